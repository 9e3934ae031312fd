//! The last row of a table: 「合計 | 3,000,000円」.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{TOTALS, agree, compare, is_each};
use crate::analysis::money::yen;
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
    let relations = relations(text, head);
    let mut columns: BTreeMap<u32, Column> = BTreeMap::new();
    let mut read = 0;
    for row in table {
        let label = text[row.cells[0].flow.clone()].replace('　', "");
        let is_total = starts_with_any(&label, &TOTALS) || label == "計";
        // A subtotal is a sum too, but of which rows is not always plain.
        if !is_total && starts_with_any(&label, &["小計", "うち", "（うち"]) {
            continue;
        }
        for relation in &relations {
            relation.check(context, report, row);
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

/// Three columns of which the last follows from the others in each row.
struct Relation {
    /// How the first two make the last one.
    times: bool,
    /// Which columns, counted from the right.
    columns: [u32; 3],
    /// What they are called: 「単価×数量」.
    called: &'static str,
}

/// The relations that the head of a table names, each by columns that stand in it once.
fn relations(text: &str, head: &[Cell]) -> Vec<Relation> {
    const KNOWN: [(bool, [&[&str]; 3], &str); 3] = [
        (true, [&["単価"], &["数量", "個数", "工数"], &["金額", "小計", "価格"]], "単価×数量"),
        (false, [&["税抜", "本体"], &["消費税"], &["税込"]], "税抜の額と消費税の合計"),
        (false, [&["元金", "元本"], &["利息"], &["支払額", "返済額", "支払金額"]], "元金と利息の合計"),
    ];
    let column = |names: &[&str]| {
        let named = |cell: &&Cell| {
            let words = &text[cell.flow.clone()];
            let other =
                words.contains('残') || words.contains("税抜") != names.contains(&"税抜") && words.contains("消費税");
            !other && names.iter().any(|name| words.contains(name))
        };
        let mut found = head.iter().filter(named);
        found.next().filter(|_| found.next().is_none()).map(|cell| cell.columns_behind)
    };
    let known = KNOWN.iter().filter_map(|(times, names, called)| {
        let columns = [column(names[0])?, column(names[1])?, column(names[2])?];
        let apart = columns[0] != columns[1] && columns[1] != columns[2] && columns[0] != columns[2];
        apart.then_some(Relation { times: *times, columns, called })
    });
    known.collect()
}

impl Relation {
    fn check(&self, context: &Context, report: &mut Report, row: &Row) {
        let value_in = |column: u32| {
            let cell = row.cells.iter().find(|cell| cell.columns_behind == column)?;
            value_of(context, &cell.flow)
        };
        let [first, second, last] = self.columns.map(value_in);
        let (Some((first, _)), Some((second, _)), Some((last, place))) = (first, second, last) else { return };
        let right = if self.times { first.saturating_mul(second) } else { first.saturating_add(second) };
        let fits = right.abs_diff(last) <= 1 || self.times && agree(right, last);
        if !fits {
            let message = format!("{}は{}ですが、{}と書かれています。", self.called, yen(right), yen(last));
            let finding = report.span(context.contract.flow().span(place), message);
            finding.help("どの額が正しいかを確かめてください。");
        }
    }
}

/// The number a cell holds, whatever it is counted in, with its place: 「10個」, 「1,000円」, 「3人月」.
fn value_of(context: &Context, cell: &Range<usize>) -> Option<(u64, Range<usize>)> {
    let text = context.contract.flow().as_str();
    if let [amount] = context.analysis.amounts_within(cell) {
        return Some((amount.yen, amount.flow.clone()));
    }
    let [numeral] = context.analysis.numerals_within(cell) else { return None };
    // 「1式」 and 「1.5人月」 are read as they stand; a decimal is no number here.
    let rest = &text[numeral.flow.end..cell.end];
    (numeral.flow.start == cell.start && !rest.contains('.') && rest.chars().count() <= 3)
        .then(|| (numeral.value, cell.clone()))
}

/// Whether an amount is taken off: 「▲500,000円」.
fn is_taken_off(before: &str) -> bool {
    before.ends_with(['▲', '△', '-', '−', '－'])
}

/// The number a cell holds: one amount, or nothing but a number of things.
fn value(context: &Context, cell: &Range<usize>) -> Option<(u64, Range<usize>)> {
    let text = context.contract.flow().as_str();
    if let [amount] = context.analysis.amounts_within(cell) {
        let counts = !is_each(&text[cell.clone()]) && !is_taken_off(&text[cell.start..amount.flow.start]);
        return counts.then(|| (amount.yen, amount.flow.clone()));
    }
    let [numeral] = context.analysis.numerals_within(cell) else { return None };
    (numeral.flow.start == cell.start && COUNTED.contains(&&text[numeral.flow.end..cell.end]))
        .then(|| (numeral.value, cell.clone()))
}
