//! Lists with a total above or in their last item, and lists of what is paid when.

use std::ops::Range;

use super::inline::bracket;
use super::prices::Prices;
use super::{TOTALS, compare, compare_payments, is_each, sum};
use crate::analysis::money::Amount;
use crate::checks::amount_label::{Label, label};
use crate::contract::{UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;
use crate::text::starts_with_any;

/// The sums of the lists of payments that were held against the price.
pub(super) fn check<'a>(context: &'a Context, report: &mut Report, prices: impl Fn() -> &'a Prices<'a>) -> Vec<u64> {
    let paragraphs = context.contract.ids_of(UnitKind::Paragraph);
    paragraphs.filter_map(|id| of_items(context, report, &prices, id)).collect()
}

fn of_items<'a>(
    context: &'a Context,
    report: &mut Report,
    prices: &impl Fn() -> &'a Prices<'a>,
    id: UnitId,
) -> Option<u64> {
    let contract = context.contract;
    let items: Vec<UnitId> = contract.children_of(id, UnitKind::Item).collect();
    if items.len() < 2 {
        return None;
    }
    let text = contract.flow().as_str();
    let ranges: Vec<Range<usize>> =
        items.iter().map(|&item| contract.flow().range(contract.unit(item).contents)).collect();
    let paragraph = contract.flow().range(contract.unit(id).contents);
    let lead = paragraph.start..ranges[0].start;
    let last = ranges.len() - 1;
    if let Some(total) = total_in(context, &lead) {
        if let Some(parts) = parts(context, &ranges) {
            compare(context, report, sum(parts), total.yen, total.flow.clone());
        }
    } else if starts_with_any(&text[ranges[last].clone()], &TOTALS) && last >= 2 {
        let [total] = context.analysis.amounts_within(&ranges[last]) else { return None };
        if let Some(parts) = parts(context, &ranges[..last]) {
            compare(context, report, sum(parts), total.yen, total.flow.clone());
        }
    } else if let Some(price) = paid_in_parts(context, prices, &lead)
        && let Some(parts) = parts(context, &ranges)
    {
        let payments = sum(parts);
        compare_payments(context, report, payments, price);
        return Some(payments);
    }
    None
}

/// The one amount of each item, if each has one; its tax may stand in brackets behind it.
fn parts<'a>(context: &'a Context, items: &[Range<usize>]) -> Option<Vec<&'a Amount>> {
    let text = context.contract.flow().as_str();
    let one = |item: &Range<usize>| {
        let (amount, others) = context.analysis.amounts_within(item).split_first()?;
        let in_brackets = |other: &Amount| {
            bracket(text, amount.flow.end)
                .is_some_and(|inside| other.flow.end <= inside.end && text[inside].contains('税'))
        };
        (others.iter().all(in_brackets) && !is_each(&text[item.clone()])).then_some(amount)
    };
    items.iter().map(one).collect()
}

/// The one amount of a range that is called a total.
fn total_in<'a>(context: &'a Context, range: &Range<usize>) -> Option<&'a Amount> {
    let text = context.contract.flow().as_str();
    let called = |amount: &&Amount| {
        let before = &text[range.start..amount.flow.start];
        let near = before.char_indices().rev().nth(9).map_or(before, |(i, _)| &before[i..]);
        TOTALS.iter().any(|word| near.contains(word)) && !near.contains('。')
    };
    let mut totals = context.analysis.amounts_within(range).iter().filter(called);
    totals.next().filter(|_| totals.next().is_none())
}

/// Words of a list that says how much is paid when, or for what.
const DIVIDES: [&str; 8] =
    ["分割して", "分けて", "内訳は", "支払方法は", "支払時期は", "次のとおり支払", "次のとおり、", "次の各号のとおり"];
/// Words of a list of which not everything is paid.
const CHOICE: [&str; 6] = ["利息", "いずれか", "場合", "応じ", "区分", "上限"];

/// The price that a list divides: 「請負代金は、金1,200万円とし、次のとおり分割して支払う」, or the one of the contract that the
/// list names, 「前項の請負代金を次のとおり分割して支払う」.
fn paid_in_parts<'a>(
    context: &'a Context,
    prices: &impl Fn() -> &'a Prices<'a>,
    lead: &Range<usize>,
) -> Option<&'a Amount> {
    let text = context.contract.flow().as_str();
    let words = &text[lead.clone()];
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    if !says(&DIVIDES) || says(&CHOICE) {
        return None;
    }
    match context.analysis.amounts_within(lead) {
        [amount] => {
            let sentence = context.analysis.sentences().at(amount.flow.start);
            let (label, _) = label(&text[sentence.start..amount.digits.start])?;
            (label == Label::Price && !is_each(&text[sentence])).then_some(amount)
        }
        [] => prices().named_in(words).filter(|price| price.flow.end < lead.start),
        _ => None,
    }
}
