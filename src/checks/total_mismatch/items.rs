//! Lists with a total above or in their last item, and lists of what is paid when.

use std::ops::Range;

use super::{TOTALS, compare, compare_payments, is_each, sum, within};
use crate::analysis::money::Amount;
use crate::checks::amount_label::{Label, label};
use crate::contract::{UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;
use crate::text::starts_with_any;

pub(super) fn check(context: &Context, report: &mut Report) {
    for id in context.contract.ids_of(UnitKind::Paragraph) {
        of_items(context, report, id);
    }
}

fn of_items(context: &Context, report: &mut Report, id: UnitId) {
    let contract = context.contract;
    let items: Vec<UnitId> = contract.children_of(id, UnitKind::Item).collect();
    if items.len() < 2 {
        return;
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
        let [total] = within(context, &ranges[last]) else { return };
        if let Some(parts) = parts(context, &ranges[..last]) {
            compare(context, report, sum(parts), total.yen, total.flow.clone());
        }
    } else if let Some(price) = paid_in_parts(context, id, &lead)
        && let Some(parts) = parts(context, &ranges)
    {
        compare_payments(context, report, sum(parts), price);
    }
}

/// The one amount of each item, if each has one.
fn parts<'a>(context: &'a Context, items: &[Range<usize>]) -> Option<Vec<&'a Amount>> {
    let text = context.contract.flow().as_str();
    let one = |item: &Range<usize>| match within(context, item) {
        [amount] if !is_each(&text[item.clone()]) => Some(amount),
        _ => None,
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
    let mut totals = within(context, range).iter().filter(called);
    totals.next().filter(|_| totals.next().is_none())
}

/// The price that a list divides: 「請負代金は、金1,200万円とし、次のとおり分割して支払う」, or the one amount of the 項 before,
/// 「前項の請負代金を次のとおり分割して支払う」.
fn paid_in_parts<'a>(context: &'a Context, id: UnitId, lead: &Range<usize>) -> Option<&'a Amount> {
    let contract = context.contract;
    let text = contract.flow().as_str();
    let words = &text[lead.clone()];
    let divides =
        ["分割して", "分けて", "その内訳", "内訳は", "支払方法", "支払時期"].iter().any(|word| words.contains(word));
    if !divides || words.contains("利息") {
        return None;
    }
    let amount = match within(context, lead) {
        [amount] => amount,
        [] if words.contains("前項") => {
            let siblings = &contract.unit(contract.unit(id).parent?).children;
            let before = siblings[..siblings.binary_search(&id).ok()?].last()?;
            let [amount] = within(context, &contract.flow().range(contract.unit(*before).contents)) else {
                return None;
            };
            amount
        }
        _ => return None,
    };
    let sentence = context.analysis.sentences().at(amount.flow.start);
    let (label, _) = label(&text[sentence.start..amount.digits.start])?;
    (label == Label::Price && !is_each(&text[sentence])).then_some(amount)
}
