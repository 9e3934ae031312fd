//! See `rules/notation/doubled-punctuation.md`.

use super::mixed_characters::texts;
use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;
use crate::text::Span;

/// Reports punctuation marks that stand side by side.
pub fn check(context: &Context, report: &mut Report) {
    let is_mark = |c: char| matches!(c, '。' | '、' | '，');
    for (content, slice) in texts(context.contract) {
        let mut at = 0;
        while let Some(found) = slice[at..].find(is_mark) {
            let start = at + found;
            let length: usize = slice[start..].chars().take_while(|c| is_mark(*c)).map(char::len_utf8).sum();
            at = start + length;
            let written = &slice[start..at];
            if written.chars().count() != 2 {
                continue;
            }
            let instead = if written.contains('。') { "。" } else { &written[..written.len() / 2] };
            let safe = written.chars().next() == written.chars().next_back();
            let span = Span::new(content.span.start + start as u32, content.span.start + at as u32);
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
