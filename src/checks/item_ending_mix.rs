//! See `rules/structure/item-ending-mix.md`.

use crate::contract::{Contract, Numbering, UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;
use crate::text::Span;

/// Endings behind which an item either always or never has a 。 in one list.
const ENDINGS: [&str; 5] = ["とき", "こと", "場合", "もの", "者"];

/// Reports items whose ending lacks (or has) the 。 that its neighbours with the same ending have.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    for holder in contract.ids() {
        let items: Vec<(UnitId, Span)> = contract
            .unit(holder)
            .children
            .iter()
            .filter(|&&id| {
                matches!(contract.unit(id).kind, UnitKind::Item | UnitKind::Subitem)
                    && contract.unit(id).numbering != Numbering::Implicit
            })
            .filter_map(|&id| Some((id, last_text(contract, id)?)))
            .collect();
        for ending in ENDINGS {
            let of_kind =
                |(_, span): &&(UnitId, Span)| contract.text().slice(*span).trim_end_matches('。').ends_with(ending);
            let (with, without): (Vec<_>, Vec<_>) =
                items.iter().filter(of_kind).partition(|(_, span)| contract.text().slice(*span).ends_with('。'));
            if with.is_empty() || without.is_empty() || with.len() + without.len() < 3 {
                continue;
            }
            let lacks = without.len() <= with.len();
            for (id, span) in if lacks { &without } else { &with } {
                let last = contract.text().slice(*span).chars().next_back().map_or(0, char::len_utf8) as u32;
                let what = if lacks { "末尾に句点がありません" } else { "末尾に句点があります" };
                let message = format!("{}は、同じ「{ending}」で終わる他の号と違って{what}。", contract.citation(*id));
                report
                    .span_of(Span::new(span.end - last, span.end), *id, message)
                    .help("一つの並びの中で句点の有無をそろえてください。");
            }
        }
    }
}

/// The last piece of text of an item that has no items of its own.
fn last_text(contract: &Contract, id: UnitId) -> Option<Span> {
    if !contract.unit(id).children.is_empty() {
        return None;
    }
    contract.contents_of(id).last().map(|content| content.span).filter(|span| !span.is_empty())
}
