//! See `rules/structure/placeholder-left.md`.

use crate::analysis::placeholder::placeholders;
use crate::contract::{Content, ContentKind, Contract, UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;
use crate::text::Span;

/// Reports what somebody was to fill in: one finding for each paragraph, item or block, with the other places in it.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let text = contract.text();
    let mut places: Vec<(UnitId, Span)> = Vec::new();
    for unit in contract
        .units()
        .iter()
        .filter(|unit| !unit.label.is_empty() && unit.number.is_none() && matches!(unit.kind, UnitKind::Article))
    {
        places.push((contract.unit_at(unit.label.start), unit.label));
    }
    for content in contract.contents().iter().filter(|content| content.kind != ContentKind::Quotation) {
        let slice = text.slice(content.span);
        let marks = context.analysis.source_marks().inside(content.span.range());
        let found = placeholders(slice, marks, content.kind == ContentKind::Cell);
        places.extend(found.into_iter().map(|range| {
            let span = Span::new(content.span.start + range.start as u32, content.span.start + range.end as u32);
            (group(contract, content), span)
        }));
    }
    places.sort_by_key(|(unit, span)| (*unit, *span));
    for of_unit in places.chunk_by(|a, b| a.0 == b.0) {
        let (unit, first) = of_unit[0];
        let written = text.slice(first);
        let message = match of_unit.len() {
            1 => format!("未記入の箇所「{written}」が残っています。"),
            count => format!("未記入の箇所が{count}か所残っています（最初は「{written}」）。"),
        };
        let finding = report.span_of(first, unit, message);
        finding.help("書き込むか、不要な箇所を削除してください。");
        for (_, other) in &of_unit[1..] {
            finding.related(*other, "ここも未記入です");
        }
    }
}

/// The unit for which places are gathered: a whole signature block, otherwise the unit itself.
fn group(contract: &Contract, content: &Content) -> UnitId {
    contract.enclosing(content.unit, UnitKind::Signature).unwrap_or(content.unit)
}
