//! The price, what is paid of it before, and the rest, wherever in the contract they stand: 売買代金, 手付金, 中間金, 残代金.

use super::{compare_payments, is_each};
use crate::analysis::money::Amount;
use crate::checks::amount_label::{Label, label, with_words};
use crate::report::Report;
use crate::rule::Context;
use crate::text::places;

pub(super) fn check(context: &Context, report: &mut Report) {
    let text = context.contract.flow().as_str();
    if !["残代金", "残金"].iter().any(|word| places(text, word).next().is_some()) {
        return;
    }
    let mut prices: Vec<&Amount> = Vec::new();
    let mut parts: Vec<(&str, u64)> = Vec::new();
    let mut rests: Vec<u64> = Vec::new();
    for (amount, before) in with_words(context.analysis) {
        let Some((label, name)) = label(&text[before]) else { continue };
        if is_each(&text[context.analysis.sentences().at(amount.flow.start)]) {
            continue;
        }
        match label {
            Label::Price => prices.push(amount),
            Label::Before => parts.push((name, amount.yen)),
            Label::Rest => rests.push(amount.yen),
        }
    }
    parts.sort_unstable();
    parts.dedup();
    rests.dedup();
    let [rest] = rests[..] else { return };
    // One name with two amounts is not one payment.
    if parts.is_empty() || parts.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return;
    }
    let payments = parts.iter().fold(rest, |sum, part| sum.saturating_add(part.1));
    if let Some((price, more)) = prices.split_first()
        && more.iter().all(|other| other.yen == price.yen)
    {
        let words = &text[context.analysis.sentences().at(price.flow.start)];
        // What one sentence adds up is looked at there.
        if !["に分けて", "に分割して"].iter().any(|word| words.contains(word))
            && !text[price.flow.end..].starts_with("のうち")
        {
            compare_payments(context, report, payments, price);
        }
    }
}
