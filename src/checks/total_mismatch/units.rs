//! A price for each and a number: 「1株につき金5万円、総額金500万円」 for 100株.

use std::collections::HashMap;
use std::ops::Range;

use super::{TOTALS, agree};
use crate::analysis::money::{Amount, yen};
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;
use crate::text::{ends_with_any, starts_with_any, trailing_word};

/// What stands between what is counted and its price.
const EACH: [&str; 3] = ["につき", "当たり", "あたり"];
const COUNTED: [&str; 12] = ["株", "口", "台", "個", "本", "枚", "冊", "件", "名", "人", "部", "時間"];

/// A list of prices has no one total.
const MOST_AMOUNTS: usize = 64;

/// The one number of each kind of thing in the whole contract, once it was asked for.
#[derive(Default)]
pub(super) struct Counts(HashMap<&'static str, Option<u64>>);

/// Compares what a price for each makes of a number with the total of the same article.
pub(super) fn check(context: &Context, report: &mut Report, each: &Amount, counts: &mut Counts) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    let before = text[..each.digits.start].trim_end_matches(['金', '、']);
    let Some(word) = trailing_word(before, &EACH) else { return };
    let before = &before[..before.len() - word.len()];
    let Some(unit) = trailing_word(before, &COUNTED) else { return };
    if !ends_with_any(&before[..before.len() - unit.len()], &["1", "一", "壱"]) {
        return;
    }
    let Some(article) = context.contract.enclosing(context.analysis.unit_at(each.flow.start), UnitKind::Article) else {
        return;
    };
    let article = flow.range(context.contract.unit(article).contents);
    let is_total = |amount: &&Amount| {
        ends_with_any(text[..amount.digits.start].trim_end_matches(['金', 'は', '、', '：']), &TOTALS)
    };
    let amounts = context.analysis.amounts_within(&article);
    if amounts.len() > MOST_AMOUNTS {
        return;
    }
    let mut totals = amounts.iter().filter(is_total);
    let (Some(total), None) = (totals.next(), totals.next()) else { return };
    let anywhere = || *counts.0.entry(unit).or_insert_with(|| one_count(context, &(0..text.len()), unit));
    let count = one_count(context, &article, unit).or_else(anywhere);
    let Some(count) = count else { return };
    let product = each.yen.saturating_mul(count);
    if !agree(product, total.yen) {
        let message = format!(
            "1{unit}につき{}で{count}{unit}は{}ですが、{}と書かれています。",
            yen(each.yen),
            yen(product),
            yen(total.yen)
        );
        let finding = report.span(flow.span(total.flow.clone()), message);
        finding.help("数、単価及び総額のどれが正しいかを確かめてください。");
    }
}

/// The one number of things of a kind in a range.
fn one_count(context: &Context, range: &Range<usize>, unit: &str) -> Option<u64> {
    let text = context.contract.flow().as_str();
    let counts = context.analysis.numerals_within(range).iter().filter(|numeral| {
        let behind = text[numeral.flow.end..].strip_prefix(unit);
        // 「1株につき」, 「100株以上」, 「5件目」
        behind.is_some_and(|behind| {
            !starts_with_any(behind, &EACH) && !starts_with_any(behind, &["以", "未満", "を超", "目", "ごと"])
        })
    });
    let mut values = counts.map(|numeral| numeral.value);
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}
