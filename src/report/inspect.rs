//! What the analyser sees in a document: an outline for people, JSON for programs.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::Serialize;

use super::json::{Range, Tool, VERSION};
use crate::analysis::reference::{Reference, References};
use crate::contract::{Contract, Numbering, UnitId, UnitKind};
use crate::text::display_width;

/// Everything that is known of some files.
#[derive(Serialize, JsonSchema)]
pub struct Inspection<'a> {
    version: u32,
    tool: Tool,
    files: Vec<File<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct File<'a> {
    path: &'a str,
    title: &'a str,
    units: Vec<Unit<'a>>,
    references: Vec<ReferenceEntry<'a>>,
}

/// One reference with what it points at.
#[derive(Serialize, JsonSchema)]
struct ReferenceEntry<'a> {
    text: &'a str,
    at: String,
    path: String,
    range: Range,
    status: &'static str,
    targets: Vec<Target>,
}

/// A unit that is pointed at.
#[derive(Serialize, JsonSchema)]
struct Target {
    at: String,
    path: String,
}

/// One 条, 項, 号 … with what lies in it.
#[derive(Serialize, JsonSchema)]
struct Unit<'a> {
    kind: &'static str,
    number: String,
    at: String,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<&'a str>,
    range: Range,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    children: Vec<Unit<'a>>,
}

/// Everything that is known of some contracts, named by their paths.
pub fn inspect<'a>(files: &'a [(String, Contract)]) -> Inspection<'a> {
    let file = |(path, contract): &'a (String, Contract)| File {
        path,
        title: contract.title().unwrap_or_default(),
        units: contract.unit(UnitId(0)).children.iter().map(|&id| unit(contract, id)).collect(),
        references: References::of(contract).all.iter().map(|r| reference(contract, r)).collect(),
    };
    Inspection { version: VERSION, tool: Tool::this(), files: files.iter().map(file).collect() }
}

fn reference<'a>(contract: &'a Contract, reference: &Reference) -> ReferenceEntry<'a> {
    ReferenceEntry {
        text: contract.text().slice(reference.span),
        at: contract.citation(reference.unit),
        path: contract.path(reference.unit),
        range: Range::of(contract.text(), reference.span),
        status: reference.status.name(),
        targets: reference
            .targets
            .iter()
            .map(|&id| Target { at: contract.citation(id), path: contract.path(id) })
            .collect(),
    }
}

fn unit(contract: &Contract, id: UnitId) -> Unit<'_> {
    let unit_ref = contract.unit(id);
    Unit {
        kind: unit_ref.kind.name(),
        number: unit_ref.number.map_or_else(String::new, |n| n.to_string()),
        at: contract.citation(id),
        path: contract.path(id),
        caption: contract.caption(id),
        range: Range::of(contract.text(), contract.visible_span(id)),
        children: unit_ref.children.iter().map(|&child| unit(contract, child)).collect(),
    }
}

/// The outline of a contract: one line a unit with its line, its citation and the beginning of its text.
pub fn outline(contract: &Contract) -> String {
    let mut out = String::new();
    if let Some(title) = contract.title() {
        let _ = writeln!(out, "{title}");
    }
    let width = contract.text().line_count().to_string().len();
    for id in contract.ids().skip(1) {
        let unit = contract.unit(id);
        let span = contract.visible_span(id);
        let depth = contract.ancestors(id).count().saturating_sub(2);
        let line = contract.text().position(span.start).line;
        let mut row = format!("{line:>width$}  {}{}", "  ".repeat(depth), contract.citation(id));
        if let Some(caption) = contract.caption(id).filter(|_| unit.kind != UnitKind::Section || unit.number.is_some())
        {
            let _ = write!(row, "（{caption}）");
        }
        match unit.numbering {
            Numbering::Rendered => row.push_str(" [番号は表示上のもの]"),
            Numbering::Bullet => row.push_str(" [番号なし]"),
            _ => {}
        }
        if unit.deleted {
            row.push_str(" [削除]");
        }
        let text = contract
            .contents_of(id)
            .iter()
            .find(|c| c.unit == id && c.kind.is_text())
            .map(|c| contract.text().slice(c.span));
        if let Some(text) = text {
            let room = 78usize.saturating_sub(display_width(&row) + 2);
            let _ = write!(row, "  {}", shorten(text, room.max(12)));
        }
        let _ = writeln!(out, "{}", row.trim_end());
    }
    out
}

/// A text cut to a number of terminal cells.
fn shorten(text: &str, room: usize) -> String {
    let mut out = String::new();
    let mut cells = 0;
    for character in text.chars().filter(|c| !c.is_control()) {
        cells += display_width(character.encode_utf8(&mut [0; 4]));
        if cells + 1 > room {
            out.push('…');
            break;
        }
        out.push(character);
    }
    out
}

/// The JSON Schema of this format.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Inspection<'static>)
}
