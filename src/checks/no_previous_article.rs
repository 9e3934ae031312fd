//! See `rules/reference/no-previous-article.md`.

use super::references;
use crate::analysis::reference::Broken;
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;

/// Reports 前条 where no article stands before.
pub fn check(context: &Context, report: &mut Report) {
    for (reference, _) in references::broken(context, |broken| broken == Broken::NoPreviousArticle) {
        let words = references::words(context, reference);
        let message = match context.contract.enclosing(reference.unit, UnitKind::Article) {
            Some(article) => {
                format!("「{words}」とありますが、{}より前に条がありません。", context.contract.citation(article))
            }
            None => format!("「{words}」とありますが、ここは条の中ではありません。"),
        };
        let finding = report.span_of(reference.span, reference.unit, message);
        let paragraph = context.contract.enclosing(reference.unit, UnitKind::Paragraph);
        let second =
            paragraph.is_some_and(|id| context.contract.unit(id).number.is_some_and(|number| number.main() > 1));
        finding.help(match second {
            true => "同じ条の直前の項を指すなら「前項」と書いてください。",
            false => "参照先を条番号で書いてください。",
        });
        references::weigh(context, reference, finding);
    }
}
