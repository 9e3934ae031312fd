//! See `rules/structure/placeholder-left.md`.

use std::ops::Range;

use crate::analysis::placeholder::placeholders;
use crate::contract::{Content, ContentKind, Contract, UnitId, UnitKind};
use crate::facts::Stage;
use crate::number::digit;
use crate::report::Report;
use crate::rule::Context;
use crate::syntax::is_blank;
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
        let by_hand = |range: &Range<usize>| is_date_by_hand(context, content, &slice[range.clone()]);
        places.extend(found.into_iter().filter(|range| !by_hand(range)).map(|range| {
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

/// Whether it is the day of signing, left blank to be written by hand when the draft is signed: 「令和8年　　月　　日」.
fn is_date_by_hand(context: &Context, content: &Content, words: &str) -> bool {
    let in_block = context.contract.enclosing(content.unit, UnitKind::Signature).is_some();
    let is_blank_date = || {
        let rest = words.trim_start_matches("令和");
        rest.contains('月')
            && rest.ends_with('日')
            && rest.chars().all(|c| is_blank(c) || digit(c).is_some() || "年月日".contains(c))
    };
    in_block && context.facts.stage != Some(Stage::Final) && is_blank_date()
}

/// The unit for which places are gathered: a whole signature block, otherwise the unit itself.
fn group(contract: &Contract, content: &Content) -> UnitId {
    contract.enclosing(content.unit, UnitKind::Signature).unwrap_or(content.unit)
}
