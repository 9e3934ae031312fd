//! From a citation to what it cites, and from a provision to every place that cites it.

use lsp_types::Location;
use serde_json::Value;

use super::document::Place;
use crate::contract::UnitId;

/// Where the provisions cited here stand; on a heading, the heading itself.
pub fn definition(place: &Place) -> Option<Vec<Location>> {
    let targets = targets(place)?;
    Some(targets.iter().map(|&id| place.document.location(place.document.contract().heading_span(id))).collect())
}

/// Every citation of the provision cited here or of the one whose heading this is, and of what lies in it.
pub fn references(place: &Place, params: &Value) -> Option<Vec<Location>> {
    let document = place.document;
    let contract = document.contract();
    let targets = targets(place)?;
    let with_headings = params.pointer("/context/includeDeclaration") == Some(&Value::Bool(true));
    let headings = targets.iter().filter(|_| with_headings).map(|&id| document.location(contract.heading_span(id)));
    let cites = |cited: &[UnitId]| cited.iter().any(|&id| contract.ancestors(id).any(|up| targets.contains(&up)));
    let citing = document.references().all.iter().filter(|reference| cites(&reference.targets));
    Some(headings.chain(citing.map(|reference| document.location(reference.span))).collect())
}

/// The provisions in question.
fn targets(place: &Place) -> Option<Vec<UnitId>> {
    match place.reference() {
        Some(reference) if !reference.targets.is_empty() => Some(reference.targets.clone()),
        Some(_) => None,
        None => place.heading().map(|id| vec![id]),
    }
}
