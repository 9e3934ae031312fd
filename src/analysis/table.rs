//! The rows of tables.

use std::ops::Range;

use crate::contract::{Content, ContentKind, Contract};

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its cells that are not empty.
    pub cells: Vec<Cell>,
    /// Whether it follows directly on the row before it.
    pub continues: bool,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its text, as a range of the flow.
    pub flow: Range<usize>,
    /// How many columns stand to its right; a label at the left may span several.
    pub columns_behind: u32,
}

/// The rows of all tables, in order.
pub fn rows(contract: &Contract) -> Vec<Row> {
    let text = contract.text();
    let mut rows: Vec<Row> = Vec::new();
    let mut last = None;
    let cells = contract.contents().iter().enumerate().filter(|(_, content)| content.kind == ContentKind::Cell);
    let mut row: Vec<(usize, &Content)> = Vec::new();
    let mut row_line = 0;
    let mut close = |row: &mut Vec<(usize, &Content)>, line: usize| {
        if row.is_empty() {
            return;
        }
        let mut end = text.line(line).end;
        let mut columns_behind = 0;
        let mut cells: Vec<Cell> = Vec::with_capacity(row.len());
        for (index, content) in row.drain(..).rev() {
            let behind = &text.as_str().as_bytes()[content.span.end as usize..end as usize];
            columns_behind += memchr::memchr_iter(b'|', behind).count() as u32;
            end = content.span.start;
            cells.push(Cell { flow: contract.flow().range((index as u32, index as u32 + 1)), columns_behind });
        }
        cells.reverse();
        // Below the head stands the line `| --- | --- |`.
        let is_rule = |line| {
            let written = text.slice(text.line(line));
            written.contains('-') && written.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
        };
        let continues = last.is_some_and(|last| last + 1 == line || last + 2 == line && is_rule(last + 1));
        rows.push(Row { cells, continues });
        last = Some(line);
    };
    for (index, content) in cells {
        let line = text.line_index(content.span.start);
        if line != row_line {
            close(&mut row, row_line);
            row_line = line;
        }
        row.push((index, content));
    }
    close(&mut row, row_line);
    rows
}
