//! The clause a waiver speaks of, and the hash by which it is known again.

use crate::analysis::Analysis;
use crate::analysis::reference::{Citation, Part, Reference, Status};
use crate::contract::{Contract, UnitId, UnitKind};
use crate::finding::stable_hash;
use crate::number::is_any_number;

/// Characters by which an article without a caption is known.
const OPENING: usize = 30;

/// The clause of a finding: its 項, or the unit itself outside of one; none where the finding is about the whole document.
pub fn clause_of(contract: &Contract, unit: UnitId) -> Option<UnitId> {
    contract.enclosing(unit, UnitKind::Paragraph).or(Some(unit)).filter(|unit| *unit != UnitId(0))
}

/// The hash of a unit's text, without its own number. Of a reference that is resolved counts what it means and not the number under which
/// that stands, so that the hash stays the same when articles are moved and references follow them.
pub fn hash(analysis: &Analysis, unit: UnitId) -> String {
    let contract = analysis.contract();
    let flow = contract.flow();
    let range = flow.range(contract.unit(unit).contents);
    let mut text = String::new();
    let mut at = range.start;
    for reference in analysis.references().within(contract, unit) {
        let words = &reference.flow;
        if words.start >= at
            && words.end <= range.end
            && let Some(meaning) = meaning(contract, unit, reference)
        {
            text.push_str(&flow.as_str()[at..words.start]);
            text.push_str(&meaning);
            at = words.end;
        }
    }
    text.push_str(&flow.as_str()[at..range.end]);
    format!("{:016x}", stable_hash(&[&text]))
}

/// 「〔秘密保持2ただし書〕」, 「〔検収〜存続〕」: what a reference in a unit means. `None` where its words have to do.
fn meaning(contract: &Contract, unit: UnitId, reference: &Reference) -> Option<String> {
    if reference.status != Status::Resolved {
        return None;
    }
    let own = contract.enclosing(unit, UnitKind::Article);
    let provision = |target: UnitId, citation: &Citation| {
        let article = contract.enclosing(target, UnitKind::Article)?;
        let name = match contract.caption(article) {
            Some(caption) => caption.to_string(),
            None if Some(article) != own => opening(contract, article),
            None => return None,
        };
        let path = contract.path(target);
        let below = path.split_once('.').map_or("", |(_, below)| below);
        Some(format!("{name}{below}{}", citation.part.map_or("", Part::japanese)))
    };
    let (first, last) = (*reference.targets.first()?, *reference.targets.last()?);
    let from = provision(first, &reference.citation)?;
    if first == last {
        return Some(format!("〔{from}〕"));
    }
    let to = provision(last, reference.until.as_deref().unwrap_or(&reference.citation))?;
    Some(format!("〔{from}〜{to}〕"))
}

/// The first words of an article that has no caption, without numbers.
fn opening(contract: &Contract, article: UnitId) -> String {
    let flow = contract.flow();
    let words = &flow.as_str()[flow.range(contract.unit(article).contents)];
    words.chars().filter(|c| !is_any_number(*c)).take(OPENING).collect()
}
