//! See `rules/notation/missing-period.md`.

use crate::contract::{Contract, UnitId, UnitKind};
use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;
use crate::text::{Span, ends_with_any};

/// Endings of a sentence that is complete but for its 。.
const ENDINGS: [&str; 29] = [
    "する",
    "れる",
    "える",
    "いる",
    "ある",
    "なる",
    "せる",
    "める",
    "ける",
    "げる",
    "べる",
    "てる",
    "ねる",
    "できる",
    "ない",
    "ます",
    "です",
    "ません",
    "ました",
    "った",
    "した",
    "行う",
    "負う",
    "従う",
    "払う",
    "得る",
    "よる",
    "守る",
    "わる",
];

/// Reports paragraphs that end like a sentence, without 。, where nearly all others have it.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let ends: Vec<(UnitId, Span)> = contract
        .ids_of(UnitKind::Paragraph)
        .filter(|&id| stands_in_article(contract, id))
        .filter_map(|id| Some((id, last_text(contract, id)?)))
        .collect();
    let slice = |span: Span| contract.text().slice(span);
    let complete = ends.iter().filter(|(_, span)| slice(*span).ends_with(['。', '．', '｡'])).count();
    if complete < 3 || complete * 4 < ends.len() * 3 {
        return;
    }
    let lacks_it = |words: &str| !words.ends_with('。') && ends_with_any(words, &ENDINGS);
    for (id, span) in ends.into_iter().filter(|(_, span)| lacks_it(slice(*span))) {
        let last = slice(span).chars().next_back().map_or(0, char::len_utf8) as u32;
        let finding = report.span_of(Span::new(span.end - last, span.end), id, "文の終わりに句点がありません。");
        finding.help("句点を補うか、途中で切れた文を補ってください。");
        let edit = Edit { span: Span::empty(span.end), text: "。".into() };
        finding.fix = Some(Fix { title: "句点を補う".into(), safety: Safety::Unsafe, edits: vec![edit] });
    }
}

fn stands_in_article(contract: &Contract, id: UnitId) -> bool {
    contract.unit(id).parent.is_some_and(|up| contract.unit(up).kind == UnitKind::Article)
}

/// The last piece of text of a paragraph behind which nothing of it follows.
fn last_text(contract: &Contract, id: UnitId) -> Option<Span> {
    if !contract.unit(id).children.is_empty() {
        return None;
    }
    contract
        .contents_of(id)
        .last()
        .filter(|content| {
            let words = contract.text().slice(content.span);
            // 「甲は、費用を負担する」 is short, and yet a sentence.
            content.kind.is_text() && (content.span.len() > 30 || words.contains("は、"))
        })
        .map(|content| content.span)
}
