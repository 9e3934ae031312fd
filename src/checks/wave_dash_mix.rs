//! See `rules/notation/wave-dash-mix.md`.

use super::mixed_characters::{report_rarer, texts};
use crate::report::Report;
use crate::rule::Context;
use crate::text::Span;

/// Reports the rarer of the two wave dashes.
pub fn check(context: &Context, report: &mut Report) {
    let mut wave = Vec::new();
    let mut tilde = Vec::new();
    for (begin, _, marks) in texts(context) {
        for (at, character) in marks {
            let start = begin + at as u32;
            let span = Span::new(start, start + character.len_utf8() as u32);
            match character {
                '〜' => wave.push(span),
                '～' => tilde.push(span),
                _ => {}
            }
        }
    }
    let other = |written: &str| if written == "〜" { "～".into() } else { "〜".into() };
    report_rarer(context, report, ("「〜」（U+301C）", wave), ("「～」（U+FF5E）", tilde), other);
}
