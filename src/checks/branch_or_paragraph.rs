//! See `rules/reference/branch-or-paragraph.md`.

use super::references;
use crate::report::Report;
use crate::rule::Context;

/// Reports 第3条の2項, which may be a branch or a paragraph.
pub fn check(context: &Context, report: &mut Report) {
    for reference in &context.analysis.references().all {
        if !references::cites_article(reference) || reference.citation.paragraph.is_some() {
            continue;
        }
        let Some(rest) = references::behind(context, reference).strip_prefix('の') else { continue };
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 || !rest[digits..].starts_with('項') || rest[digits..].starts_with("項目") {
            continue;
        }
        let end = reference.flow.end + 'の'.len_utf8() + digits + '項'.len_utf8();
        let span = context.contract.flow().span(reference.flow.start..end);
        let words = context.contract.text().slice(span);
        let finding = report.span_of(
            span,
            reference.unit,
            format!("「{words}」は、枝番の条（第○条の○）とも項（第○条第○項）とも読めます。"),
        );
        finding.help("項を指すなら「第○条第○項」と書いてください。");
    }
}
