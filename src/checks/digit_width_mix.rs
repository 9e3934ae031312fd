//! See `rules/notation/digit-width-mix.md`.

use std::ops::Range;

use super::mixed_characters::{report_rarer, runs, texts};
use crate::number;
use crate::report::Report;
use crate::rule::Context;
use crate::text::Span;

/// Reports numbers in the width that is rarer in the document.
pub fn check(context: &Context, report: &mut Report) {
    let mut full = Vec::new();
    let mut half = Vec::new();
    // １–９ in full width and 10– in half width is a convention of offices.
    let mut convention = true;
    for (begin, slice, marks) in texts(context) {
        for Range { start, end } in numbers(slice, runs(marks, |character| number::digit(character).is_some())) {
            let digits = &slice[start..end];
            let latin = |c: Option<char>| {
                c.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '/' | '.' | '_' | '@' | ':' | '#'))
            };
            if latin(slice[..start].chars().next_back()) || latin(slice[end..].chars().next()) {
                continue;
            }
            let span = Span::new(begin + start as u32, begin + end as u32);
            let is_full = is_full(digits);
            convention &= is_full == (digits.chars().count() == 1);
            if is_full { full.push(span) } else { half.push(span) }
        }
    }
    if !convention {
        report_rarer(context, report, ("半角の数字", half), ("全角の数字", full), other);
    }
}

/// What groups the digits of a number, in half and in full width.
const COMMAS: [char; 2] = [',', '，'];

/// The runs of digits of a text, those together that commas group by three.
fn numbers(slice: &str, runs: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for run in runs {
        let three = slice[run.clone()].chars().count() == 3;
        match found.last_mut() {
            Some(last) if three && COMMAS.iter().any(|comma| slice[last.end..run.start] == *comma.to_string()) => {
                last.end = run.end;
            }
            _ => found.push(run),
        }
    }
    found
}

/// Whether the digits of a number are of full width, whatever its commas are.
fn is_full(digits: &str) -> bool {
    digits.chars().any(|character| !character.is_ascii() && number::digit(character).is_some())
}

/// A number in the other width, its commas too.
fn other(digits: &str) -> String {
    let to_full = !is_full(digits);
    let written = |character: char| match number::digit(character) {
        Some(digit) if to_full => number::to_full_width(digit),
        Some(digit) => digit.to_string(),
        None => COMMAS[usize::from(to_full)].to_string(),
    };
    digits.chars().map(written).collect()
}
