//! See `rules/structure/no-articles.md`.

use crate::contract::{Numbering, UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;

/// Says once that a document has no articles.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let Some(first) = contract.contents().first().filter(|_| !contract.has_articles()) else { return };
    let numbered = contract.children_of(UnitId(0), UnitKind::Paragraph);
    if numbered.filter(|&id| contract.unit(id).numbering == Numbering::Written).nth(1).is_some() {
        return;
    }
    let span = contract.title_span().unwrap_or(first.span);
    let finding = report.span_of(span, UnitId(0), "番号の付いた条（第1条、1. など）が見当たりません。");
    finding
        .help("契約書であれば条に番号を付けてください。番号を付けない文書であれば、このお知らせは差し支えありません。");
}
