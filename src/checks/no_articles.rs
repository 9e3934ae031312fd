//! See `rules/structure/no-articles.md`.

use crate::contract::{Numbering, UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;

/// Says once that a document has no articles.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let Some(first) = contract.contents().first().filter(|_| !contract.has_articles()) else { return };
    let paragraphs = || contract.children_of(UnitId(0), UnitKind::Paragraph);
    let is_written = |&id: &UnitId| contract.unit(id).numbering == Numbering::Written;
    // 「記」 and 「1. …」 below it: each says something of its own.
    let has_sentence = |&id: &UnitId| {
        let unit = contract.unit(id);
        let flow = contract.flow();
        is_written(&id) && flow.as_str()[flow.range(unit.contents)].contains('。')
    };
    let sentences = paragraphs().flat_map(|id| contract.children_of(id, UnitKind::Item)).filter(has_sentence);
    if paragraphs().filter(is_written).nth(1).is_some() || sentences.take(3).count() == 3 {
        return;
    }
    let span = contract.title_span().unwrap_or(first.span);
    let finding = report.span_of(span, UnitId(0), "番号の付いた条（第1条、1. など）が見当たりません。");
    finding
        .help("契約書であれば条に番号を付けてください。番号を付けない文書であれば、このお知らせは差し支えありません。");
}
