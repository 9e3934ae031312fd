//! See `rules/reference/no-next-unit.md`.

use super::references;
use crate::analysis::reference::Broken;
use crate::report::Report;
use crate::rule::Context;

/// Reports 次条, 次項 and 次号 where none follows.
pub fn check(context: &Context, report: &mut Report) {
    for (reference, _) in references::broken(context, |broken| broken == Broken::NoNext) {
        let words = references::words(context, reference);
        let finding = report.span_of(
            reference.span,
            reference.unit,
            format!("「{words}」とありますが、後に続くものがありません。"),
        );
        finding.help("参照先を番号で書くか、抜け落ちた条・項・号がないか確かめてください。");
        references::weigh(context, reference, finding);
    }
}
