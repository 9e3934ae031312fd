//! See `rules/value/total-mismatch.md`.

use std::ops::Range;

use crate::analysis::money::{Amount, in_thousands, yen};
use crate::contract::{UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;
use crate::text::{ends_with_any, starts_with_any};

/// Reports totals that are not the sum of what stands above or below them.
pub fn check(context: &Context, report: &mut Report) {
    for id in context.contract.ids_of(UnitKind::Paragraph) {
        of_items(context, report, id);
    }
    of_sentences(context, report);
    of_tables(context, report);
}

/// 「総額金500万円とし、手付金100万円、残代金400万円に分けて支払う」
fn of_sentences(context: &Context, report: &mut Report) {
    let text = context.contract.flow().as_str();
    let is_last = |amount: &&Amount| starts_with_any(&text[amount.flow.end..], &["に分けて", "に分割して"]);
    for last in context.analysis.amounts().iter().filter(is_last) {
        let sentence = context.analysis.sentences().at(last.flow.start);
        let [total, parts @ .., _] = within(context, &(sentence.start..last.flow.end)) else { continue };
        let before = text[sentence.start..total.flow.start].trim_end_matches('金');
        let each = EACH.iter().any(|word| text[sentence.clone()].contains(word));
        if ends_with_any(before, &TOTALS) && !each && !parts.is_empty() {
            let sum = parts.iter().fold(last.yen, |sum, part| sum.saturating_add(part.yen));
            compare(context, report, sum, total.yen, total.flow.clone());
        }
    }
}

/// Words behind which a total stands.
const TOTALS: [&str; 5] = ["合計", "総額", "総計", "計金", "総合計"];
/// What follows a number of things in a table, if anything does.
const COUNTED: [&str; 8] = ["", "台", "個", "件", "本", "名", "人", "枚"];
/// Words that say an amount is one of several like it.
const EACH: [&str; 9] = ["につき", "単価", "当たり", "あたり", "×", "月額", "上限", "ごと", "毎"];

/// The total in the text above a list of items, or in its last item.
fn of_items(context: &Context, report: &mut Report, id: UnitId) {
    let contract = context.contract;
    let items: Vec<UnitId> = contract.children_of(id, UnitKind::Item).collect();
    if items.len() < 2 {
        return;
    }
    let text = contract.flow().as_str();
    let ranges: Vec<Range<usize>> =
        items.iter().map(|&item| contract.flow().range(contract.unit(item).contents)).collect();
    let lead = contract.flow().range((contract.unit(id).contents.0, contract.unit(items[0]).contents.0));
    let last = ranges.len() - 1;
    let (total, parts) = match total_in(context, &lead) {
        Some(total) => (total, &ranges[..]),
        None if starts_with_any(&text[ranges[last].clone()], &TOTALS) && last >= 2 => {
            let [total] = within(context, &ranges[last]) else { return };
            (total, &ranges[..last])
        }
        None => return,
    };
    let mut sum = 0u64;
    for part in parts {
        let [amount] = within(context, part) else { return };
        if EACH.iter().any(|word| text[part.clone()].contains(word)) {
            return;
        }
        sum = sum.saturating_add(amount.yen);
    }
    compare(context, report, sum, total.yen, total.flow.clone());
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

/// The amounts in a range of the flow.
fn within<'a>(context: &'a Context, range: &Range<usize>) -> &'a [Amount] {
    let amounts = context.analysis.amounts();
    let from = amounts.partition_point(|amount| amount.flow.start < range.start);
    let to = amounts.partition_point(|amount| amount.flow.start < range.end);
    &amounts[from..to.max(from)]
}

fn compare(context: &Context, report: &mut Report, sum: u64, total: u64, at: Range<usize>) {
    // The parts may be without the tax that is in the total.
    let taxed = |rate: u64| (sum + sum * rate / 100).abs_diff(total) <= 1;
    if sum == total || taxed(10) || taxed(8) {
        return;
    }
    let flow = context.contract.flow();
    let money = flow.as_str()[at.clone()].contains(['円', '￥', '¥']);
    let write = |value| if money { yen(value) } else { in_thousands(value) };
    let message = format!("合計は{}と書かれていますが、内訳を足すと{}です。", write(total), write(sum));
    report.span(flow.span(at), message).help("内訳と合計のどちらが正しいかを確かめてください。");
}

fn of_tables(context: &Context, report: &mut Report) {
    let text = context.contract.flow().as_str();
    let mut above: Vec<Option<u64>> = Vec::new();
    for row in context.analysis.table_rows() {
        if !row.continues {
            above.clear();
        }
        let label = text[row.cells[0].clone()].replace('　', "");
        let value = row.cells.iter().rev().find_map(|cell| value(context, cell));
        let is_total = starts_with_any(&label, &TOTALS) || label == "計";
        // A subtotal is a sum too, but of which rows is not always plain.
        let passed_over = starts_with_any(&label, &["小計", "うち", "（うち"]);
        match value {
            Some((total, place)) if is_total => {
                let sum = above.iter().try_fold(0u64, |sum, part| sum.checked_add((*part)?));
                if let Some(sum) = sum.filter(|_| above.len() >= 2) {
                    compare(context, report, sum, total, place);
                }
                above.clear();
            }
            // What stands above the first number is the head of the table.
            None if above.is_empty() => {}
            _ if passed_over => {}
            value => above.push(value.map(|(value, _)| value)),
        }
    }
}

/// The number a cell holds: one amount, or nothing but a number of things.
fn value(context: &Context, cell: &Range<usize>) -> Option<(u64, Range<usize>)> {
    let text = context.contract.flow().as_str();
    if let [amount] = within(context, cell) {
        return (!EACH.iter().any(|word| text[cell.clone()].contains(word))).then(|| (amount.yen, amount.flow.clone()));
    }
    let numerals = context.analysis.numerals();
    let numeral = numerals.get(numerals.partition_point(|numeral| numeral.flow.start < cell.start))?;
    let unit = text.get(numeral.flow.end..cell.end)?;
    (numeral.flow.start == cell.start && COUNTED.contains(&unit)).then(|| (numeral.value, cell.clone()))
}
