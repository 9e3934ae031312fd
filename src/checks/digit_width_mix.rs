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
        for Range { start, end } in runs(marks, |character| number::digit(character).is_some()) {
            let digits = &slice[start..end];
            let latin = |c: Option<char>| {
                c.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '/' | '.' | '_' | '@' | ':' | '#'))
            };
            if latin(slice[..start].chars().next_back()) || latin(slice[end..].chars().next()) {
                continue;
            }
            let span = Span::new(begin + start as u32, begin + end as u32);
            let is_full = !digits.is_ascii();
            convention &= is_full == (digits.chars().count() == 1);
            if is_full { full.push(span) } else { half.push(span) }
        }
    }
    if !convention {
        report_rarer(context, report, ("半角の数字", half), ("全角の数字", full), other);
    }
}

/// A number in the other width.
fn other(digits: &str) -> String {
    let values = digits.chars().filter_map(number::digit);
    values.map(|digit| if digits.is_ascii() { number::to_full_width(digit) } else { digit.to_string() }).collect()
}
