//! See `rules/reference/too-few-before.md`.

use super::references;
use crate::analysis::reference::Broken;
use crate::report::Report;
use crate::rule::Context;

/// Reports 前二項 and the like where fewer units stand before.
pub fn check(context: &Context, report: &mut Report) {
    for (reference, broken) in references::broken(context, |broken| matches!(broken, Broken::TooFewBefore(_))) {
        let Broken::TooFewBefore(count) = broken else { continue };
        let words = references::words(context, reference);
        let finding = report.span_of(
            reference.span,
            reference.unit,
            format!("「{words}」とありますが、前にあるのは{count}つだけです。"),
        );
        finding.help("前にある数と合っているか、参照先を確かめてください。");
        references::weigh(context, reference, finding);
    }
}
