//! Sums within one sentence.

use std::ops::Range;

use super::{TOTALS, compare, compare_payments, instalments, is_each, sum, units};
use crate::analysis::money::Amount;
use crate::checks::amount_label::{Label, label};
use crate::report::Report;
use crate::rule::Context;
use crate::text::{ends_with_any, starts_with_any};

pub(super) fn check(context: &Context, report: &mut Report) {
    let text = context.contract.flow().as_str();
    let mut counts = units::Counts::default();
    for amount in context.analysis.amounts() {
        let rest = &text[amount.flow.end..];
        if starts_with_any(rest, &["に分けて", "に分割して"]) {
            divided(context, report, amount);
        } else if rest.starts_with("のうち") {
            balance(context, report, amount);
        } else if starts_with_any(rest, &["（内訳", "（その内訳"]) {
            breakdown(context, report, amount);
        } else if rest.starts_with("ずつ") || rest.starts_with("を分割して") {
            instalments::check(context, report, amount);
        } else {
            units::check(context, report, amount, &mut counts);
        }
    }
}

/// 「総額金500万円とし、手付金100万円、残代金400万円に分けて支払う」
fn divided(context: &Context, report: &mut Report, last: &Amount) {
    let text = context.contract.flow().as_str();
    let sentence = context.analysis.sentences().at(last.flow.start);
    let [total, parts @ .., _] = context.analysis.amounts_within(&(sentence.start..last.flow.end)) else { return };
    let before = text[sentence.start..total.flow.start].trim_end_matches('金');
    if ends_with_any(before, &TOTALS) && !is_each(&text[sentence]) && !parts.is_empty() {
        compare(context, report, sum(parts).saturating_add(last.yen), total.yen, total.flow.clone());
    }
}

/// 「代金金300万円のうち、前金100万円を契約の日に、残金200万円を引渡しの日に支払う」
fn balance(context: &Context, report: &mut Report, total: &Amount) {
    let text = context.contract.flow().as_str();
    let sentence = context.analysis.sentences().at(total.flow.start);
    let parts = context.analysis.amounts_within(&(total.flow.end..sentence.end));
    let mut read = total.flow.end;
    let is_rest = |part: &Amount| {
        let from = std::mem::replace(&mut read, part.flow.end);
        label(&text[from..part.digits.start]).is_some_and(|(label, _)| label == Label::Rest)
    };
    let Some(rest) = parts.iter().position(is_rest) else { return };
    let words = &text[sentence];
    if rest > 0 && !is_each(words) && !words.contains("消費税") {
        compare_payments(context, report, sum(&parts[..=rest]), total);
    }
}

/// 「金600万円（内訳：設計費金200万円、開発費金400万円）」
fn breakdown(context: &Context, report: &mut Report, total: &Amount) {
    let text = context.contract.flow().as_str();
    let Some(inside) = bracket(text, total.flow.end) else { return };
    let parts = context.analysis.amounts_within(&inside);
    let taxes = |part: &&Amount| {
        ends_with_any(text[..part.flow.start].trim_end_matches(['：', '　', '額', '等', 'は']), &["消費税"])
    };
    let without_taxes = sum(parts.iter().filter(|part| !taxes(part)));
    if parts.len() >= 2 && !is_each(&text[inside]) && without_taxes != total.yen {
        compare(context, report, sum(parts), total.yen, total.flow.clone());
    }
}

/// The inside of a bracket that begins at a place, if no other is in it.
pub(super) fn bracket(text: &str, at: usize) -> Option<Range<usize>> {
    let start = at + text[at..].strip_prefix('（').map(|_| '（'.len_utf8())?;
    let (length, close) = text[start..].char_indices().take(400).find(|(_, c)| matches!(c, '）' | '（' | '\n'))?;
    (close == '）').then_some(start..start + length)
}
