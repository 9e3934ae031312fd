//! The price, what is paid of it before, and the rest, wherever in the contract they stand: 売買代金, 手付金, 中間金, 残代金.

use super::compare_payments;
use super::prices::Prices;
use crate::report::Report;
use crate::rule::Context;

pub(super) fn check(context: &Context, report: &mut Report, prices: &Prices, listed: &[u64]) {
    let text = context.contract.flow().as_str();
    let (Some(price), Some(payments)) = (prices.price(), prices.payments()) else { return };
    // What stands in one list was looked at there.
    if listed.contains(&payments) {
        return;
    }
    let words = &text[context.analysis.sentences().at(price.flow.start)];
    // What one sentence adds up is looked at there.
    let inline = ["に分けて", "に分割して"].iter().any(|word| words.contains(word));
    if !inline && !text[price.flow.end..].starts_with("のうち") {
        compare_payments(context, report, payments, price);
    }
}
