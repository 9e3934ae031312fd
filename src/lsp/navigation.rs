//! From a citation to what it cites, from a provision to every place that cites it, and from a name to where it is given and back.

use lsp_types::Location;
use serde_json::Value;

use super::document::Place;
use super::name::Name;
use crate::contract::UnitId;

/// Where the provisions cited here stand, or where the name used here is given; on a heading, the heading itself.
pub fn definition(place: &Place) -> Option<Vec<Location>> {
    if let Some(name) = name(place) {
        return Some(vec![place.document.location(name.given())]);
    }
    let targets = targets(place)?;
    Some(targets.iter().map(|&id| place.document.location(place.document.contract().heading_span(id))).collect())
}

/// Every use of the name here; or every citation of the provision cited here or of the one whose heading this is, and of what lies in it.
pub fn references(place: &Place, params: &Value) -> Option<Vec<Location>> {
    let document = place.document;
    let contract = document.contract();
    let with_given = params.pointer("/context/includeDeclaration") == Some(&Value::Bool(true));
    if let Some(name) = name(place) {
        let given = Some(name.given()).filter(|_| with_given);
        return Some(given.into_iter().chain(name.uses(document)).map(|span| document.location(span)).collect());
    }
    let targets = targets(place)?;
    let headings = targets.iter().filter(|_| with_given).map(|&id| document.location(contract.heading_span(id)));
    let cites = |cited: &[UnitId]| cited.iter().any(|&id| contract.ancestors(id).any(|up| targets.contains(&up)));
    let citing = document.references().all.iter().filter(|reference| cites(&reference.targets));
    Some(headings.chain(citing.map(|reference| document.location(reference.span))).collect())
}

/// The name at a place, unless a citation is there.
fn name<'a>(place: &Place<'a>) -> Option<Name<'a>> {
    if place.reference().is_some() { None } else { Name::at(place) }
}

/// The provisions in question.
fn targets(place: &Place) -> Option<Vec<UnitId>> {
    match place.reference() {
        Some(reference) if !reference.targets.is_empty() => Some(reference.targets.clone()),
        Some(_) => None,
        None => place.heading().map(|id| vec![id]),
    }
}
