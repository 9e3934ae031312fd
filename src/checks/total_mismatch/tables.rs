//! The last row of a table: 「合計 | 3,000,000円」.

use std::ops::Range;

use super::{TOTALS, compare, is_each, within};
use crate::report::Report;
use crate::rule::Context;
use crate::text::starts_with_any;

/// What follows a number of things in a table, if anything does.
const COUNTED: [&str; 8] = ["", "台", "個", "件", "本", "名", "人", "枚"];

pub(super) fn check(context: &Context, report: &mut Report) {
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
        return (!is_each(&text[cell.clone()])).then(|| (amount.yen, amount.flow.clone()));
    }
    let numerals = context.analysis.numerals();
    let numeral = numerals.get(numerals.partition_point(|numeral| numeral.flow.start < cell.start))?;
    let unit = text.get(numeral.flow.end..cell.end)?;
    (numeral.flow.start == cell.start && COUNTED.contains(&unit)).then(|| (numeral.value, cell.clone()))
}
