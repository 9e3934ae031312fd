//! See `rules/reference/no-previous-paragraph.md`.

use super::references;
use crate::analysis::reference::Broken;
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;

/// Reports 前項 where no paragraph stands before.
pub fn check(context: &Context, report: &mut Report) {
    for (reference, _) in references::broken(context, |broken| broken == Broken::NoPreviousParagraph) {
        let words = references::words(context, reference);
        let at = context.contract.citation(reference.unit);
        let finding = report.span_of(
            reference.span,
            reference.unit,
            format!("「{words}」とありますが、{at}より前に項がありません。"),
        );
        let first = context
            .contract
            .enclosing(reference.unit, UnitKind::Article)
            .is_some_and(|id| context.contract.ids_of(UnitKind::Article).next() == Some(id));
        finding.help(match first {
            true => "参照先を条・項の番号で書いてください。",
            false => "直前の条を指すなら「前条」と書いてください。項が抜け落ちていないかも確かめてください。",
        });
        references::weigh(context, reference, finding);
    }
}
