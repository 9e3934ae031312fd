//! The clause a waiver speaks of, and the hash by which it is known again.

use crate::analysis::Analysis;
use crate::analysis::reference::Status;
use crate::contract::{Contract, UnitId, UnitKind};
use crate::finding::stable_hash;

/// The clause of a finding: its 項, or the unit itself outside of one; none where the finding is about the whole document.
pub fn clause_of(contract: &Contract, unit: UnitId) -> Option<UnitId> {
    contract.enclosing(unit, UnitKind::Paragraph).or(Some(unit)).filter(|unit| *unit != UnitId(0))
}

/// The hash of a unit's text, without its own number. Where it refers to an article with a caption, the caption counts and not the number,
/// so that it stays the same when articles are moved and references follow them.
pub fn hash(analysis: &Analysis, unit: UnitId) -> String {
    let contract = analysis.contract();
    let flow = contract.flow();
    let range = flow.range(contract.unit(unit).contents);
    let mut text = String::new();
    let mut at = range.start;
    for reference in analysis.references().within(contract, unit) {
        let (words, target) = (&reference.flow, reference.targets.first().copied());
        let article = target.and_then(|target| contract.enclosing(target, UnitKind::Article));
        let caption = article.and_then(|article| contract.caption(article));
        if reference.status == Status::Resolved
            && words.start >= at
            && words.end <= range.end
            && let (Some(target), Some(caption)) = (target, caption)
        {
            text.push_str(&flow.as_str()[at..words.start]);
            let path = contract.path(target);
            text.push_str(&format!("〔{caption}{}〕", path.split_once('.').map_or("", |(_, below)| below)));
            at = words.end;
        }
    }
    text.push_str(&flow.as_str()[at..range.end]);
    format!("{:016x}", stable_hash(&[&text]))
}

/// The first unit with a hash.
pub fn unit_with(analysis: &Analysis, wanted: &str) -> Option<UnitId> {
    analysis.contract().ids().skip(1).find(|&unit| hash(analysis, unit) == wanted)
}
