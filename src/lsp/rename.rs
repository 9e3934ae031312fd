//! A defined term or a party under another name, wherever it is used.

use lsp_types::{PrepareRenameResponse, WorkspaceEdit};
use serde_json::Value;

use super::action::workspace_edit;
use super::document::Place;
use super::name::Name;
use super::settings::Client;
use crate::finding::Edit;
use crate::text::Span;

/// The name at a place, if it is one that can be changed.
pub fn prepare(place: &Place) -> Option<PrepareRenameResponse> {
    let name = Name::at(place)?;
    let here = places(place, name).into_iter().find(|span| span.start <= place.offset && place.offset <= span.end)?;
    Some(PrepareRenameResponse::RangeWithPlaceholder {
        range: place.document.range(here),
        placeholder: name.text().to_string(),
    })
}

/// The edits that change the name at a place; or why it cannot be changed, for the user.
pub fn rename(place: &Place, params: &Value, client: &Client) -> Result<Option<WorkspaceEdit>, String> {
    let Some(name) = Name::at(place) else { return Ok(None) };
    let new = params.get("newName").and_then(Value::as_str).unwrap_or_default();
    if new.is_empty() || new.trim() != new || new.contains(|c: char| c.is_control() || "「」『』（）()、。".contains(c))
    {
        return Err("名前に、空白、かぎ括弧、括弧、句読点は使えません".into());
    }
    if new != name.text() && Name::all(place.document).any(|other| other.text() == new) {
        return Err(format!("「{new}」は既に定義されています"));
    }
    let edits: Vec<Edit> = places(place, name).into_iter().map(|span| Edit { span, text: new.to_string() }).collect();
    Ok(Some(workspace_edit(place.document, &edits, client)))
}

fn places(place: &Place, name: Name) -> Vec<Span> {
    let mut places = vec![name.given()];
    places.extend(name.uses(place.document));
    places.sort_unstable();
    places
}
