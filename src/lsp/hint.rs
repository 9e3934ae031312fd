//! What relative words mean where they stand: 前項 → 第3条第1項.

use lsp_types::{InlayHint, InlayHintKind, InlayHintLabel, InlayHintTooltip};

use super::document::Document;
use crate::analysis::reference::{Article, Citation, Item, Paragraph, Reference, Status};
use crate::text::Span;

/// The hints of some bytes.
pub fn within(document: &Document, span: Span) -> Vec<InlayHint> {
    let references = document.references().all.iter();
    references
        .filter(|reference| reference.span.overlaps(span) && reference.status == Status::Resolved)
        .filter(|reference| is_relative(&reference.citation) || reference.until.as_deref().is_some_and(is_relative))
        .filter_map(|reference| hint(document, reference))
        .collect()
}

fn hint(document: &Document, reference: &Reference) -> Option<InlayHint> {
    let contract = document.contract();
    let first = contract.citation(*reference.targets.first()?);
    let label = match reference.targets.last() {
        Some(&last) if reference.targets.len() > 1 => format!("{first}〜{}", contract.citation(last)),
        _ => first,
    };
    let caption = contract.ancestors(reference.targets[0]).find_map(|up| contract.caption(up));
    Some(InlayHint {
        position: document.position(reference.span.end),
        label: InlayHintLabel::String(label),
        kind: Some(InlayHintKind::TYPE),
        text_edits: None,
        tooltip: caption.map(|caption| InlayHintTooltip::String(caption.to_string())),
        padding_left: Some(true),
        padding_right: Some(true),
        data: None,
    })
}

/// Whether a reader has to look back to know what is cited. 本条 and 次の各号 say it themselves.
fn is_relative(citation: &Citation) -> bool {
    use Article::{BeforePrevious, Next, Previous, PreviousEach, Same};
    let article = matches!(citation.article, Some(BeforePrevious | Next | Previous(_) | PreviousEach | Same));
    let paragraph = matches!(
        citation.paragraph,
        Some(Paragraph::Next | Paragraph::Previous(_) | Paragraph::PreviousEach | Paragraph::Same)
    );
    let item = matches!(citation.item, Some(Item::Next | Item::Previous(_) | Item::PreviousEach | Item::Same));
    article || paragraph || item
}
