//! See `rules/notation/half-width-katakana.md`.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::mixed_characters::{runs, texts};
use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;
use crate::text::Span;

/// Reports half-width katakana and punctuation.
pub fn check(context: &Context, report: &mut Report) {
    let is_half = |c: char| ('｡'..='ﾟ').contains(&c);
    for (begin, slice, marks) in texts(context) {
        for Range { start, end } in runs(marks, is_half) {
            let written = &slice[start..end];
            let instead: String = written.nfkc().collect();
            let span = Span::new(begin + start as u32, begin + end as u32);
            let finding = report.span(span, format!("半角の片仮名・記号「{written}」があります。"));
            finding.help(format!("全角の「{instead}」にしてください。"));
            let edit = Edit { span, text: instead };
            finding.fix = Some(Fix { title: "全角にする".into(), safety: Safety::Safe, edits: vec![edit] });
        }
    }
}
