//! See `rules/value/total-mismatch.md`.

mod balance;
mod headcount;
mod inline;
mod instalments;
mod items;
mod prices;
mod tables;
mod units;

use std::cell::LazyCell;
use std::ops::Range;

use self::prices::Prices;
use crate::analysis::money::{Amount, in_thousands, yen};
use crate::report::Report;
use crate::rule::Context;
use crate::text::{places, starts_with_any};

/// Reports totals that are not the sum of what stands above or below them.
pub fn check(context: &Context, report: &mut Report) {
    let text = context.contract.flow().as_str();
    // Few contracts say what is left to pay.
    let prices = LazyCell::new(|| Prices::of(context));
    let listed = items::check(context, report, || &prices);
    inline::check(context, report);
    tables::check(context, report);
    headcount::check(context, report);
    if places(text, "残").any(|at| starts_with_any(&text[at..], &["残代金", "残金", "残額"])) {
        balance::check(context, report, &prices, &listed);
    }
}

/// Words behind which a total stands.
const TOTALS: [&str; 5] = ["合計", "総額", "総計", "計金", "総合計"];
/// Words that say an amount is one of several like it.
const EACH: [&str; 9] = ["につき", "単価", "当たり", "あたり", "×", "月額", "上限", "ごと", "毎"];

/// Whether an amount is one of several like it: 月額, 単価.
fn is_each(text: &str) -> bool {
    EACH.iter().any(|word| text.contains(word))
}

/// The sum of some amounts.
fn sum<'a>(amounts: impl IntoIterator<Item = &'a Amount>) -> u64 {
    amounts.into_iter().fold(0, |sum, amount| sum.saturating_add(amount.yen))
}

/// Whether a total is a sum, or the sum with consumption tax: the parts may be without the tax that is in the total, or the
/// other way round.
fn agree(sum: u64, total: u64) -> bool {
    let taxed = |net: u64, gross: u64, rate: u64| {
        net.saturating_add(net / 100 * rate + net % 100 * rate / 100).abs_diff(gross) <= 1
    };
    sum == total || [10, 8].iter().any(|rate| taxed(sum, total, *rate) || taxed(total, sum, *rate))
}

fn compare(context: &Context, report: &mut Report, sum: u64, total: u64, at: Range<usize>) {
    if agree(sum, total) {
        return;
    }
    let flow = context.contract.flow();
    let money = flow.as_str()[at.clone()].contains(['円', '￥', '¥']);
    let write = |value| if money { yen(value) } else { in_thousands(value) };
    let message = format!("合計は{}と書かれていますが、内訳を足すと{}です。", write(total), write(sum));
    report.span(flow.span(at), message).help("内訳と合計のどちらが正しいかを確かめてください。");
}

/// Compares a price with what is paid of it at one time and another.
fn compare_payments(context: &Context, report: &mut Report, payments: u64, price: &Amount) {
    if agree(payments, price.yen) {
        return;
    }
    let flow = context.contract.flow();
    let message = format!("全部で{}ですが、分けて支払う額を足すと{}です。", yen(price.yen), yen(payments));
    report.span(flow.span(price.flow.clone()), message).help("全部の額と各回の額のどれが正しいかを確かめてください。");
}
