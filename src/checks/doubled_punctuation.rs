//! See `rules/notation/doubled-punctuation.md`.

use std::ops::Range;

use super::mixed_characters::{runs, texts};
use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;
use crate::text::Span;

/// Reports punctuation marks that stand side by side.
pub fn check(context: &Context, report: &mut Report) {
    let is_mark = |c: char| matches!(c, '。' | '、' | '，');
    for (begin, slice, marks) in texts(context) {
        for Range { start, end } in runs(marks, is_mark) {
            let written = &slice[start..end];
            if written.chars().count() != 2 {
                continue;
            }
            let instead = if written.contains('。') { "。" } else { &written[..written.len() / 2] };
            let safe = written.chars().next() == written.chars().next_back();
            let span = Span::new(begin + start as u32, begin + end as u32);
            let finding = report.span(span, format!("句読点「{written}」が重なっています。"));
            finding.help(format!("「{instead}」にしてください。"));
            finding.fix = Some(Fix {
                title: format!("「{instead}」にする"),
                safety: if safe { Safety::Safe } else { Safety::Unsafe },
                edits: vec![Edit { span, text: instead.into() }],
            });
        }
    }
}
