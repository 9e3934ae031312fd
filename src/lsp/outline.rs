//! The tree of 条・項・号 as the editor's outline and as folds.

use std::collections::BTreeMap;

use lsp_types::{DocumentSymbol, FoldingRange, FoldingRangeKind, SymbolKind};

use super::document::Document;
use crate::contract::{Contract, Numbering, UnitId, UnitKind};

/// Deeper units are left out; no contract has them.
const DEEPEST: usize = 12;
/// At most this much of a provision's text stands behind its number, in characters.
const DETAIL: usize = 40;

/// The outline.
pub fn symbols(document: &Document) -> Vec<DocumentSymbol> {
    below(document, UnitId(0), 0)
}

fn below(document: &Document, id: UnitId, depth: usize) -> Vec<DocumentSymbol> {
    if depth > DEEPEST {
        return Vec::new();
    }
    let contract = document.contract();
    let children = contract.unit(id).children.iter();
    children
        .flat_map(|&child| match is_silent(contract, child) {
            true => below(document, child, depth + 1),
            false => vec![symbol(document, child, depth)],
        })
        .collect()
}

/// Whether a unit is one that nobody names: the only paragraph of an article.
fn is_silent(contract: &Contract, id: UnitId) -> bool {
    let unit = contract.unit(id);
    let parent = unit.parent.map(|up| contract.citation(up)).unwrap_or_default();
    unit.kind == UnitKind::Paragraph && unit.numbering == Numbering::Implicit && contract.citation(id) == parent
}

#[allow(deprecated, reason = "the field must be given")]
fn symbol(document: &Document, id: UnitId, depth: usize) -> DocumentSymbol {
    let contract = document.contract();
    let span = contract.visible_span(id);
    let heading = contract.heading_span(id);
    let children = below(document, id, depth + 1);
    DocumentSymbol {
        name: name(contract, id),
        detail: Some(detail(contract, id)).filter(|detail| !detail.is_empty()),
        kind: match contract.unit(id).kind {
            UnitKind::Article => SymbolKind::CLASS,
            UnitKind::Paragraph => SymbolKind::METHOD,
            UnitKind::Item | UnitKind::Subitem => SymbolKind::FIELD,
            _ => SymbolKind::NAMESPACE,
        },
        tags: None,
        deprecated: None,
        // The caption may stand above the number: the range holds both.
        range: document.range(span.to(heading)),
        selection_range: document.range(heading),
        children: (!children.is_empty()).then_some(children),
    }
}

/// 「第3条」, and below it 「第2項」 without the article.
fn name(contract: &Contract, id: UnitId) -> String {
    let citation = contract.citation(id);
    let parent = contract.unit(id).parent.map(|up| contract.citation(up)).unwrap_or_default();
    match citation.strip_prefix(&parent) {
        Some(own) if !own.is_empty() => own.to_string(),
        _ => citation,
    }
}

/// The caption, or the beginning of the text.
fn detail(contract: &Contract, id: UnitId) -> String {
    let text = || {
        let own = contract.contents_of(id).iter().find(|content| content.unit == id && content.kind.is_text());
        own.map_or("", |content| contract.text().slice(content.span))
    };
    contract.caption(id).unwrap_or_else(text).chars().take(DETAIL).collect()
}

/// What can be folded: every unit of more than one line. Of several that begin on one line, the longest.
pub fn folds(document: &Document) -> Vec<FoldingRange> {
    let contract = document.contract();
    let text = contract.text();
    let mut folds: BTreeMap<u32, u32> = BTreeMap::new();
    for id in contract.ids().skip(1).filter(|&id| !is_silent(contract, id)) {
        let span = contract.visible_span(id).to(contract.heading_span(id));
        let (start, end) = (text.line_index(span.start) as u32, text.line_index(span.end) as u32);
        if end > start {
            folds.entry(start).and_modify(|known| *known = end.max(*known)).or_insert(end);
        }
    }
    folds
        .into_iter()
        .map(|(start_line, end_line)| FoldingRange {
            start_line,
            end_line,
            kind: Some(FoldingRangeKind::Region),
            ..FoldingRange::default()
        })
        .collect()
}
