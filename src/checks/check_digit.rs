//! What the rules about numbers with a check digit have in common.

use std::ops::Range;

use crate::report::Report;
use crate::rule::Context;
use crate::text::places;

/// The digits, without strokes and blanks, that follow a name within a few characters: 「法人番号：1234567890123」「法人番号は、…」.
pub fn behind(context: &Context, name: &str) -> Vec<(Range<usize>, String)> {
    let text = context.contract.flow().as_str();
    let mut found = Vec::new();
    for at in places(text, name) {
        let rest = &text[at + name.len()..];
        // In a table or a signature block the number stands in the next cell or line.
        let gap = rest.char_indices().take(8).find(|(_, c)| c.is_ascii_digit() || *c == 'T').map(|(i, _)| i);
        let Some(start) = gap.filter(|gap| rest[..*gap].chars().all(|c| "：:は、）（\n ".contains(c))) else {
            continue;
        };
        let start = at + name.len() + start;
        let mark = usize::from(text[start..].starts_with('T'));
        let run = text[start + mark..]
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | ' ')))
            .unwrap_or(text.len() - start - mark);
        let written = text[start + mark..start + mark + run].trim_end_matches(['-', ' ']);
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        // A number so short is of something else: 「法人番号は、13桁の数字とする。」
        if digits.len() >= 10 {
            found.push((start..start + mark + written.len(), digits));
        }
    }
    found
}

/// Whether digits only hold the place of a number: 0000000000000.
pub fn is_placeholder(digits: &str) -> bool {
    let mut characters = digits.chars();
    let first = characters.next();
    characters.all(|c| Some(c) == first)
}

/// Reports a number.
pub fn add(context: &Context, report: &mut Report, place: Range<usize>, message: String) {
    report.span(context.contract.flow().span(place), message).help("国税庁の公表サイトで番号を確かめてください。");
}
