//! See `rules/notation/punctuation-mix.md`.

use super::mixed_characters::{report_rarer, texts};
use crate::number;
use crate::report::Report;
use crate::rule::Context;
use crate::text::Span;

/// Reports 「，．」 among 「、。」 and the reverse.
pub fn check(context: &Context, report: &mut Report) {
    let mut japanese = Vec::new();
    let mut western = Vec::new();
    for (begin, slice, marks) in texts(context) {
        for (at, character) in marks {
            if !matches!(character, '、' | '。' | '，' | '．') {
                continue;
            }
            // 「１，０００」 and 「３．５」 are numbers.
            let digit = |c: Option<char>| c.is_some_and(|c| number::digit(c).is_some() || c.is_ascii_alphabetic());
            let behind = slice[at + character.len_utf8()..].chars().next();
            if matches!(character, '，' | '．')
                && digit(slice[..at].chars().next_back())
                && (digit(behind) || character == '．')
            {
                continue;
            }
            let start = begin + at as u32;
            let span = Span::new(start, start + character.len_utf8() as u32);
            if matches!(character, '、' | '。') { japanese.push(span) } else { western.push(span) }
        }
    }
    report_rarer(context, report, ("「、。」", japanese), ("「，．」", western), other);
}

/// A mark in the other writing.
fn other(mark: &str) -> String {
    match mark {
        "、" => "，",
        "。" => "．",
        "，" => "、",
        _ => "。",
    }
    .into()
}
