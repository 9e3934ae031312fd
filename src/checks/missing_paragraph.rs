//! See `rules/reference/missing-paragraph.md`.

use super::references;
use crate::analysis::reference::Broken;
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;

/// Reports citations of paragraphs that are not there.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    for (reference, broken) in references::broken(context, |broken| matches!(broken, Broken::Paragraph(_))) {
        let Broken::Paragraph(holder) = broken else { continue };
        let words = references::words(context, reference);
        let finding =
            report.span_of(reference.span, reference.unit, format!("「{words}」とありますが、その項がありません。"));
        if let Some(holder) = holder {
            references::tell_extent(contract, holder, UnitKind::Paragraph, finding);
            finding.related(contract.heading_span(holder), "参照先の条");
            if let Some((meant, words)) = references::meant(context, reference).filter(|(meant, _)| *meant != holder) {
                finding.help(format!(
                    "「{words}」は{}です。条の番号がずれていないか確かめてください。",
                    contract.citation(meant)
                ));
                references::suggest(context, reference, meant, "見出しが一致する条", finding);
            }
        }
        references::weigh(context, reference, finding);
    }
}
