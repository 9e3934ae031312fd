//! The rows of tables.

use std::ops::Range;

use crate::contract::{ContentKind, Contract};

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its cells that are not empty, as ranges of the flow.
    pub cells: Vec<Range<usize>>,
    /// Whether it follows directly on the row before it.
    pub continues: bool,
}

/// The rows of all tables, in order.
pub fn rows(contract: &Contract) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut last = None;
    for (index, content) in contract.contents().iter().enumerate() {
        if content.kind != ContentKind::Cell {
            continue;
        }
        let cell = contract.flow().range((index as u32, index as u32 + 1));
        let line = contract.text().line_index(content.span.start);
        match rows.last_mut() {
            Some(row) if last == Some(line) => row.cells.push(cell),
            _ => rows.push(Row { cells: vec![cell], continues: last.is_some_and(|last| last + 1 == line) }),
        }
        last = Some(line);
    }
    rows
}
