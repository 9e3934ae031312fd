//! See `rules/reference/no-items-follow.md`.

use super::references;
use crate::analysis::reference::Broken;
use crate::report::Report;
use crate::rule::Context;

/// Reports 次の各号 where no items follow.
pub fn check(context: &Context, report: &mut Report) {
    for (reference, _) in references::broken(context, |broken| broken == Broken::NoItemsFollow) {
        let words = references::words(context, reference);
        let finding =
            report.span_of(reference.span, reference.unit, format!("「{words}」とありますが、後に号がありません。"));
        finding.help("号が抜け落ちていないか確かめ、ほかの項の号を指すならその項を書いてください。");
        references::weigh(context, reference, finding);
    }
}
