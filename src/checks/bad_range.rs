//! See `rules/reference/bad-range.md`.

use super::references;
use crate::analysis::reference::Broken;
use crate::report::Report;
use crate::rule::Context;

/// Reports ranges whose end does not come behind their beginning.
pub fn check(context: &Context, report: &mut Report) {
    for (reference, _) in references::broken(context, |broken| broken == Broken::Range) {
        let words = references::words(context, reference);
        let finding = report.span_of(
            reference.span,
            reference.unit,
            format!("「{words}」は、終わりが始まりより後になっていません。"),
        );
        finding.help("範囲の始まりと終わりを確かめてください。");
        references::weigh(context, reference, finding);
    }
}
