//! The parties and defined terms, for people and for programs.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::Serialize;

use super::Range;
use crate::analysis::Analysis;
use crate::analysis::term::Term;
use crate::contract::{Contract, UnitId};
use crate::text::Span;

/// A party: its label, its name, its role, and where the label is given.
#[derive(Serialize, JsonSchema)]
pub struct PartyEntry {
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    range: Range,
}

/// A defined term: for which part of the document it holds (`document`, or paths), where it is defined, where it is used. What another document
/// defines has the form `imported` and no place.
#[derive(Serialize, JsonSchema)]
pub struct TermEntry {
    term: String,
    form: &'static str,
    scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
    uses: Vec<Range>,
}

/// The parties.
pub fn parties(analysis: &Analysis) -> Vec<PartyEntry> {
    let parties = analysis.parties().all.iter();
    parties
        .map(|party| PartyEntry {
            label: party.label.clone(),
            name: party.name.clone(),
            role: party.role.map(|role| role.word),
            range: Range::of(analysis.contract().text(), party.span),
        })
        .collect()
}

/// The defined terms, then those that another document defines.
pub fn terms(analysis: &Analysis) -> Vec<TermEntry> {
    let contract = analysis.contract();
    let own = analysis.terms().all.iter().map(|term| TermEntry {
        term: term.name.clone(),
        form: term.form.name(),
        scope: scope(term, |id| contract.path(id), "document"),
        at: Some(contract.citation(term.unit)),
        range: Some(Range::of(contract.text(), term.span)),
        uses: ranges(contract, &term.uses),
    });
    let imported = analysis.terms().imported.iter().map(|term| TermEntry {
        term: term.name.clone(),
        form: "imported",
        scope: "document".into(),
        at: None,
        range: None,
        uses: ranges(contract, &term.uses),
    });
    own.chain(imported).collect()
}

fn ranges(contract: &Contract, places: &[std::ops::Range<usize>]) -> Vec<Range> {
    places.iter().map(|place| Range::of(contract.text(), contract.flow().span(place.clone()))).collect()
}

/// The part for which a term holds.
fn scope(term: &Term, name: impl Fn(UnitId) -> String, everywhere: &str) -> String {
    match term.scope.as_slice() {
        [] => everywhere.to_string(),
        units => units.iter().map(|&id| name(id)).collect::<Vec<String>>().join(", "),
    }
}

/// The parties and the defined terms, one line each with the line on which they are given.
pub fn vocabulary(analysis: &Analysis) -> String {
    let contract = analysis.contract();
    let (parties, terms) = (analysis.parties(), analysis.terms());
    let mut out = String::new();
    let width = contract.text().line_count().to_string().len();
    let line = |span: Span| contract.text().position(span.start).line;
    if !parties.all.is_empty() {
        out.push_str("\n当事者\n");
    }
    for party in &parties.all {
        let name = party.name.as_deref().unwrap_or("（名称なし）");
        let role = party.role.map_or_else(String::new, |role| format!("（{}）", role.word));
        let _ = writeln!(out, "{:>width$}  {}{role}  {name}", line(party.span), party.label);
    }
    if !terms.all.is_empty() || !terms.imported.is_empty() {
        out.push_str("\n定義語\n");
    }
    for term in terms.all.iter().filter(|term| parties.labelled(&term.name).is_none()) {
        let part = scope(term, |id| contract.citation(id), "");
        let part = if part.is_empty() { part } else { format!("（{part}に限る）") };
        let (at, count) = (contract.citation(term.unit), term.uses.len());
        let _ = writeln!(out, "{:>width$}  {}{part}  {at}で定義、使用{count}か所", line(term.span), term.name);
    }
    for term in &terms.imported {
        let _ = writeln!(out, "{:>width$}  {}  他の文書で定義、使用{}か所", "", term.name, term.uses.len());
    }
    out
}
