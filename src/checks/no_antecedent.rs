//! See `rules/reference/no-antecedent.md`.

use super::references;
use crate::analysis::reference::Broken;
use crate::report::Report;
use crate::rule::Context;

/// Reports 同条, 同項, 同号 and 本号 that take up nothing.
pub fn check(context: &Context, report: &mut Report) {
    for (reference, broken) in
        references::broken(context, |broken| matches!(broken, Broken::NoAntecedent | Broken::NotInside))
    {
        let words = references::words(context, reference);
        let message = match broken {
            Broken::NotInside => format!("「{words}」とありますが、ここはその中ではありません。"),
            _ => format!("「{words}」が指すものが、その前に書かれていません。"),
        };
        let finding = report.span_of(reference.span, reference.unit, message);
        finding.help("参照先を番号で書いてください。");
        references::weigh(context, reference, finding);
    }
}
