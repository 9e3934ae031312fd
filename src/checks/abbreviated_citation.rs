//! See `rules/reference/abbreviated-citation.md`.

use super::references;
use crate::analysis::reference::rewrite;
use crate::analysis::reference::{Item, Paragraph, Reference, Status};
use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;

/// Reports 第3条2項 in a text that writes 第3条第2項.
pub fn check(context: &Context, report: &mut Report) {
    let references = &context.analysis.references().all;
    let own = |r: &&Reference| !matches!(r.status, Status::External(_));
    let levels = |r: &&Reference| {
        let citation = &r.citation;
        citation.article.is_some()
            && (matches!(citation.paragraph, Some(Paragraph::Number(_)))
                || matches!(citation.item, Some(Item::Number(_))))
    };
    let full = references.iter().filter(own).filter(levels).filter(|r| !r.citation.abbreviated).count();
    let short: Vec<&Reference> =
        references.iter().filter(own).filter(levels).filter(|r| r.citation.abbreviated).collect();
    if full < short.len() {
        return;
    }
    for reference in short {
        let words = references::words(context, reference);
        let finding = report.span_of(
            reference.span,
            reference.unit,
            format!("「{words}」は、ほかの参照と違い、「第」を省いて書かれています。"),
        );
        finding.help("「第○条第○項第○号」の書き方にそろえてください。");
        let text = rewrite::full_form(words);
        finding.fix = Some(Fix {
            title: format!("「{text}」と書く"),
            safety: Safety::Safe,
            edits: vec![Edit { span: reference.span, text }],
        });
    }
}
