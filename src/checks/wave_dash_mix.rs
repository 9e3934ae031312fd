//! See `rules/notation/wave-dash-mix.md`.

use super::mixed_characters::{Place, report_rarer, texts};
use crate::report::Report;
use crate::rule::Context;
use crate::text::Span;

/// Reports the rarer of the two wave dashes.
pub fn check(context: &Context, report: &mut Report) {
    let mut wave = Vec::new();
    let mut tilde = Vec::new();
    for (content, slice) in texts(context.contract) {
        for (at, found) in slice.match_indices(['〜', '～']) {
            let start = content.span.start + at as u32;
            let span = Span::new(start, start + found.len() as u32);
            match found {
                "〜" => wave.push(Place { span, other: "～".into() }),
                _ => tilde.push(Place { span, other: "〜".into() }),
            }
        }
    }
    report_rarer(report, ("「〜」（U+301C）", wave), ("「～」（U+FF5E）", tilde));
}
