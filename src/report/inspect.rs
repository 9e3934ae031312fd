//! What the analyser sees in a document: an outline for people, JSON for programs.

mod vocabulary;

use std::fmt::Write;

use foldhash::HashMap;
use schemars::JsonSchema;
use serde::Serialize;

use super::json::{Range, Tool, VERSION};
use crate::analysis::Analysis;
use crate::analysis::clause::Found;
use crate::analysis::facts::Source;
use crate::analysis::reference::Reference;
use crate::contract::{Contract, Numbering, UnitId, UnitKind};
use crate::facts::Facts;
use crate::rule::Rulebook;
use crate::text::display_width;
use vocabulary::{PartyEntry, TermEntry};

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
    kind: KindEntry<'a>,
    facts: Vec<FactEntry>,
    parties: Vec<PartyEntry>,
    units: Vec<Unit<'a>>,
    references: Vec<ReferenceEntry<'a>>,
    terms: Vec<TermEntry>,
    clauses: Vec<ClauseEntry<'a>>,
}

/// The kind of the contract, with its points and the next best.
#[derive(Serialize, JsonSchema)]
struct KindEntry<'a> {
    id: &'a str,
    title: &'a str,
    score: u32,
    runner_up: Option<RunnerUp<'a>>,
    evidence: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct RunnerUp<'a> {
    id: &'a str,
    title: &'a str,
    score: u32,
}

/// A fact that is stated or concluded, with where it is from.
#[derive(Serialize, JsonSchema)]
struct FactEntry {
    fact: &'static str,
    value: String,
    source: String,
}

/// A clause that was recognised, in one article.
#[derive(Serialize, JsonSchema)]
struct ClauseEntry<'a> {
    clause: &'a str,
    title: &'a str,
    at: String,
    path: String,
    evidence: Vec<&'a str>,
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

/// Everything that is known of some contracts, named by their paths; `imported` are names that another document defines.
pub fn inspect<'a>(
    files: &'a [(String, Contract)],
    rulebook: &'a Rulebook,
    stated: &Facts,
    imported: &[String],
) -> Inspection<'a> {
    let file = |(path, contract): &'a (String, Contract)| {
        let analysis = Analysis::stating(contract, rulebook, stated).with_terms(imported);
        inspect_one(path, contract, &analysis)
    };
    Inspection { version: VERSION, tool: Tool::this(), files: files.iter().map(file).collect() }
}

fn inspect_one<'a>(path: &'a str, contract: &'a Contract, analysis: &Analysis<'a>) -> File<'a> {
    File {
        path,
        title: contract.title().unwrap_or_default(),
        kind: kind(analysis),
        facts: facts(analysis),
        parties: vocabulary::parties(analysis),
        units: contract.unit(UnitId(0)).children.iter().map(|&id| unit(contract, id)).collect(),
        references: analysis.references().all.iter().map(|r| reference(contract, r)).collect(),
        terms: vocabulary::terms(analysis),
        clauses: clauses(contract, analysis),
    }
}

fn kind<'a>(analysis: &Analysis<'a>) -> KindEntry<'a> {
    let recognised = analysis.kind();
    KindEntry {
        id: recognised.id(),
        title: recognised.title(),
        score: recognised.score,
        runner_up: recognised.runner_up.map(|(kind, score)| RunnerUp { id: &kind.id, title: &kind.title, score }),
        evidence: recognised.evidence.clone(),
    }
}

fn facts(analysis: &Analysis) -> Vec<FactEntry> {
    let known = analysis.facts();
    let entry =
        |fact: &'static str, value: String, source: &Source| FactEntry { fact, value, source: source.to_string() };
    let answer = |yes: bool| if yes { "yes" } else { "no" }.to_string();
    [
        known.party_type.as_ref().map(|f| entry("party-type", f.value.to_string(), &f.source)),
        known.toriteki.as_ref().map(|f| entry("toriteki", answer(f.value), &f.source)),
        known.construction.as_ref().map(|f| entry("construction", answer(f.value), &f.source)),
        known.medium.as_ref().map(|f| entry("medium", f.value.to_string(), &f.source)),
        known.parent.as_ref().map(|source| entry("parent", answer(true), source)),
        known.date.as_ref().map(|f| entry("signing-date", f.value.to_string(), &f.source)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn clauses<'a>(contract: &'a Contract, analysis: &Analysis<'a>) -> Vec<ClauseEntry<'a>> {
    let entries = |found: &Found<'a>| {
        let mut evidence: HashMap<UnitId, Vec<&'a str>> = HashMap::default();
        for piece in &found.evidence {
            let words = &contract.flow().as_str()[piece.range.clone()];
            evidence.entry(analysis.holder(piece.unit)).or_default().push(words);
        }
        let entry = |&article: &UnitId| ClauseEntry {
            clause: &found.clause.id,
            title: &found.clause.title,
            at: contract.citation(article),
            path: contract.path(article),
            evidence: evidence.get(&article).cloned().unwrap_or_default(),
        };
        found.articles.iter().map(entry).collect::<Vec<_>>()
    };
    analysis.clauses().all().flat_map(entries).collect()
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

/// What a contract is, the facts that are known of it, and its clauses, each with its articles.
pub fn overview(contract: &Contract, rulebook: &Rulebook, stated: &Facts) -> String {
    let analysis = Analysis::stating(contract, rulebook, stated);
    let mut out = summary(&analysis) + "\n";
    for fact in facts(&analysis) {
        let _ = writeln!(out, "事実: {} = {}（{}）", fact.fact, fact.value, fact.source);
    }
    for found in analysis.clauses().all() {
        let articles: Vec<String> = found.articles.iter().map(|&article| contract.citation(article)).collect();
        let _ = writeln!(out, "条項: {}（{}）", found.clause.title, articles.join("、"));
    }
    out
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

/// The parties and the defined terms, one line each; `imported` are names that another document defines.
pub fn vocabulary(contract: &Contract, rulebook: &Rulebook, imported: &[String]) -> String {
    vocabulary::vocabulary(&Analysis::new(contract, rulebook).with_terms(imported))
}

/// The kind with its points and the next best: 「種類: 秘密保持（nda、11点。次は 業務委託（準委任）4点）」
fn summary(analysis: &Analysis) -> String {
    let recognised = analysis.kind();
    let next =
        recognised.runner_up.map_or_else(String::new, |(kind, score)| format!("。次は {} {score}点", kind.title));
    let stated = if recognised.stated { "、指定" } else { "" };
    format!("種類: {}（{}{stated}、{}点{next}）", recognised.title(), recognised.id(), recognised.score)
}

/// A table of kinds and clauses: one line a file with its kind, the points, the next best and the clauses that were recognised.
pub fn table(files: &[(String, Contract)], rulebook: &Rulebook, stated: &Facts) -> String {
    let mut out = String::from("| file | kind | score | runner-up | clauses |\n| --- | --- | --- | --- | --- |\n");
    for (path, contract) in files {
        let analysis = Analysis::stating(contract, rulebook, stated);
        let recognised = analysis.kind();
        let next = recognised.runner_up.map_or_else(String::new, |(kind, score)| format!("{} {score}", kind.id));
        let clause = |found: &Found| {
            let places: Vec<String> = found.articles.iter().map(|&article| contract.path(article)).collect();
            format!("{} {}", found.clause.id, places.join("/"))
        };
        let clauses: Vec<String> = analysis.clauses().all().map(clause).collect();
        let _ =
            writeln!(out, "| {path} | {} | {} | {next} | {} |", recognised.id(), recognised.score, clauses.join(", "));
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
