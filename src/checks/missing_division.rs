//! See `rules/reference/missing-division.md`.

use super::references;
use crate::analysis::reference::Broken;
use crate::report::Report;
use crate::rule::Context;

/// Reports citations of chapters, sections and supplementary provisions that are not there.
pub fn check(context: &Context, report: &mut Report) {
    for (reference, broken) in
        references::broken(context, |broken| matches!(broken, Broken::Division | Broken::Supplementary))
    {
        let words = references::words(context, reference);
        let what = if broken == Broken::Division { "その章・節" } else { "附則" };
        let finding =
            report.span_of(reference.span, reference.unit, format!("「{words}」とありますが、{what}がありません。"));
        finding.help("参照先を確かめてください。");
    }
}
