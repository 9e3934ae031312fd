//! The outline beside the text: 章 and 条 as links, with the number of findings in each.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::escape::escape;
use super::sheet::{self, Sheet};
use super::{Spoken, tally};
use crate::contract::{UnitId, UnitKind};
use crate::finding::Finding;
use crate::report::Checked;

/// Whether a unit has a line of its own in the outline.
fn is_entry(kind: UnitKind) -> bool {
    !matches!(kind, UnitKind::Document | UnitKind::Paragraph | UnitKind::Item | UnitKind::Subitem)
}

/// Writes the outline of one file.
pub fn write(out: &mut String, number: usize, file: &Checked, spoken: &Spoken) {
    let sheet = Sheet::new(number, file);
    let contract = sheet.contract;
    let mut findings: BTreeMap<UnitId, Vec<&Finding>> = BTreeMap::new();
    for finding in &file.findings {
        let entry = contract.ancestors(finding.unit).find(|&up| is_entry(contract.unit(up).kind));
        findings.entry(entry.unwrap_or(UnitId(0))).or_default().push(finding);
    }
    let mut entry = |id: UnitId, depth: usize, name: &str| {
        let _ = write!(out, "<li class=\"depth{depth}\"><a href=\"#{}\">{}</a> ", sheet.id(id), escape(name));
        tally(out, findings.get(&id).into_iter().flatten().copied(), spoken);
        out.push_str("</li>\n");
    };
    entry(UnitId(0), 0, sheet::title(file));
    for id in contract.ids().filter(|&id| is_entry(contract.unit(id).kind)) {
        let depth = contract.ancestors(id).skip(1).filter(|&up| is_entry(contract.unit(up).kind)).count();
        let unit = contract.unit(id);
        let name = match contract.caption(id) {
            Some(caption) if unit.number.is_some() || !unit.label.is_empty() => {
                format!("{}（{caption}）", contract.citation(id))
            }
            _ => contract.citation(id),
        };
        entry(id, (depth + 1).min(4), &name);
    }
}
