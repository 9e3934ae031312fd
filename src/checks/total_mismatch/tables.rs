//! The last row of a table: 「合計 | 3,000,000円」.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{TOTALS, compare, is_each, within};
use crate::analysis::table::{Cell, Row};
use crate::report::Report;
use crate::rule::Context;
use crate::text::starts_with_any;

/// What follows a number of things in a table, if anything does.
const COUNTED: [&str; 8] = ["", "台", "個", "件", "本", "名", "人", "枚"];
/// Words in the head of a column that is not added up.
const NOT_ADDED: [&str; 6] = ["単価", "残", "累計", "率", "割合", "番号"];

/// What stands in a column above a row, from its first number on.
#[derive(Default)]
struct Column {
    count: usize,
    /// Nothing where a cell is no number.
    sum: Option<u64>,
    /// Up to which row it was read.
    read: usize,
}

pub(super) fn check(context: &Context, report: &mut Report) {
    for table in context.analysis.table_rows().chunk_by(|_, row| row.continues) {
        of_table(context, report, table);
    }
}

fn of_table(context: &Context, report: &mut Report, table: &[Row]) {
    let text = context.contract.flow().as_str();
    let head = &table[0].cells;
    let is_added = |cell: &Cell| {
        let head = head.iter().find(|head| head.columns_behind == cell.columns_behind);
        head.is_none_or(|head| !NOT_ADDED.iter().any(|word| text[head.flow.clone()].contains(word)))
    };
    let mut columns: BTreeMap<u32, Column> = BTreeMap::new();
    let mut read = 0;
    for row in table {
        let label = text[row.cells[0].flow.clone()].replace('　', "");
        let is_total = starts_with_any(&label, &TOTALS) || label == "計";
        // A subtotal is a sum too, but of which rows is not always plain.
        if !is_total && starts_with_any(&label, &["小計", "うち", "（うち"]) {
            continue;
        }
        if is_total {
            for cell in &row.cells[1..] {
                let column =
                    columns.get(&cell.columns_behind).filter(|column| column.count >= 2 && column.read == read);
                let sum = column.and_then(|column| column.sum).filter(|_| is_added(cell));
                if let (Some(sum), Some((total, place))) = (sum, value(context, &cell.flow)) {
                    compare(context, report, sum, total, place);
                }
            }
            columns.clear();
            continue;
        }
        for cell in &row.cells {
            let value = value(context, &cell.flow).map(|(value, _)| value);
            let nothing = ["-", "－", "―", "—", "なし"].contains(&&text[cell.flow.clone()]);
            let value = value.or(nothing.then_some(0));
            let column = columns.entry(cell.columns_behind).or_default();
            if column.count == 0 {
                // What stands above the first number is the head of the table.
                let Some(value) = value else { continue };
                *column = Column { count: 1, sum: Some(value), read: read + 1 };
            } else {
                let whole = column.read == read;
                let sum = column.sum.zip(value).filter(|_| whole);
                column.sum = sum.and_then(|(sum, value)| sum.checked_add(value));
                column.count += 1;
                column.read = read + 1;
            }
        }
        read += 1;
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
