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
            let at = contract.citation(holder);
            finding.help(match references::extent(contract, holder, UnitKind::Paragraph) {
                Some(extent) => format!("{at}にあるのは{extent}です。参照先を確かめてください。"),
                None => format!("{at}に項はありません。参照先を確かめてください。"),
            });
            finding.related(contract.heading_span(holder), "参照先の条");
        }
        references::weigh(context, reference, finding);
    }
}
