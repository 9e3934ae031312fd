//! See `rules/notation/half-width-katakana.md`.

use unicode_normalization::UnicodeNormalization;

use super::mixed_characters::texts;
use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;
use crate::text::Span;

/// Reports half-width katakana and punctuation.
pub fn check(context: &Context, report: &mut Report) {
    let is_half = |c: char| ('｡'..='ﾟ').contains(&c);
    for (begin, slice, marks) in texts(context) {
        let mut at = 0;
        for (start, _) in marks.filter(|(_, character)| is_half(*character)) {
            if start < at {
                continue;
            }
            let length: usize = slice[start..].chars().take_while(|c| is_half(*c)).map(char::len_utf8).sum();
            at = start + length;
            let written = &slice[start..at];
            let instead: String = written.nfkc().collect();
            let span = Span::new(begin + start as u32, begin + at as u32);
            let finding = report.span(span, format!("半角の片仮名・記号「{written}」があります。"));
            finding.help(format!("全角の「{instead}」にしてください。"));
            let edit = Edit { span, text: instead };
            finding.fix = Some(Fix { title: "全角にする".into(), safety: Safety::Safe, edits: vec![edit] });
        }
    }
}
