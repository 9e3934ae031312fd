//! See `rules/reference/deleted-article-cited.md`.

use super::references;
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;

/// Reports citations of articles that were deleted.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    for reference in references::resolved(context).filter(|r| r.until.is_none()) {
        let Some(article) = contract.enclosing(reference.targets[0], UnitKind::Article) else { continue };
        if !contract.unit(article).deleted || reference.targets.len() > 1 {
            continue;
        }
        let words = references::words(context, reference);
        let finding =
            report.span_of(reference.span, reference.unit, format!("「{words}」が指す条は、削除されています。"));
        finding.help("参照を削るか、代わりの条を書いてください。");
        finding.related(contract.heading_span(article), "削除された条");
    }
}
