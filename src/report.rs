//! Findings on their way to a reader: collected from the rules here, written by one module for each format below.

pub mod github;
pub mod gitlab;
pub mod html;
#[cfg(feature = "cli")]
pub mod human;
pub mod inspect;
pub mod json;
pub mod junit;
pub mod ndjson;
pub mod rdjson;
pub mod sarif;
pub mod short;
pub mod statistics;
mod visible;

use std::collections::BTreeMap;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
pub use visible::visible;

use foldhash::HashMap;

use crate::Settings;
use crate::allow::Waiver;
use crate::analysis::Analysis;
use crate::contract::{Contract, UnitId};
use crate::finding::{Finding, Related, stable_hash};
use crate::number::is_any_number;
use crate::rule::table::{List, Words};
use crate::rule::{Basis, Rule, Ruling, Severity};
use crate::text::Span;

/// A file that was checked.
pub struct Checked {
    /// Its name as the user gave it.
    pub path: String,
    /// Which kind of contract it is.
    pub kind: json::Kind,
    /// What was read from it.
    pub contract: Contract,
    /// What was found in it, in the order of the text.
    pub findings: Vec<Finding>,
    /// The places of the findings in a Word document, in their order; empty for a text.
    pub places: Vec<json::WordRange>,
    /// Findings that are counted and not listed.
    pub omitted: Vec<Omitted>,
    /// How many findings there are, those that are not listed among them.
    pub counts: Summary,
}

/// Findings of one rule in one file that a report lists where nobody says another number.
pub const MOST: usize = 1000;

/// Further findings of one rule in one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Omitted {
    /// The id of the rule.
    pub rule: String,
    /// How bad they are.
    #[schemars(with = "String")]
    pub severity: Severity,
    /// How many they are.
    pub count: usize,
}

impl Checked {
    /// A file with all its findings.
    pub fn new(path: impl Into<String>, kind: json::Kind, contract: Contract, findings: Vec<Finding>) -> Checked {
        let mut counts = Summary { files: 1, ..Summary::default() };
        for finding in &findings {
            match finding.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Info => counts.infos += 1,
            }
            counts.fixable += usize::from(finding.fix.is_some());
        }
        Checked { path: path.into(), kind, contract, findings, places: Vec::new(), omitted: Vec::new(), counts }
    }

    /// The file with the places of its findings in a Word document.
    pub fn placed(self, places: Vec<json::WordRange>) -> Checked {
        Checked { places, ..self }
    }

    /// The file with so many findings of each rule and severity, from the first on; the others are counted.
    pub fn listing(mut self, most: usize) -> Checked {
        let mut found: BTreeMap<(String, Severity), usize> = BTreeMap::new();
        let listed = |finding: &Finding| {
            let count = found.entry((finding.rule.to_string(), finding.severity)).or_default();
            *count += 1;
            *count <= most
        };
        let listed: Vec<bool> = self.findings.iter().map(listed).collect();
        let mut keep = listed.iter();
        self.findings.retain(|_| *keep.next().unwrap_or(&true));
        let mut keep = listed.iter();
        self.places.retain(|_| *keep.next().unwrap_or(&true));
        let beyond = found.into_iter().filter(|(_, count)| *count > most);
        self.omitted =
            beyond.map(|((rule, severity), count)| Omitted { rule, severity, count: count - most }).collect();
        self
    }

    /// How many findings like this one are not listed.
    pub fn omitted_like(&self, finding: &Finding) -> usize {
        let like = |omitted: &&Omitted| omitted.rule == finding.rule && omitted.severity == finding.severity;
        self.omitted.iter().find(like).map_or(0, |omitted| omitted.count)
    }
}

/// How many findings there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Summary {
    /// Files checked.
    pub files: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity info.
    pub infos: usize,
    /// Findings that a fix can mend.
    pub fixable: usize,
}

impl Summary {
    /// Counts the findings of some files.
    pub fn of(files: &[Checked]) -> Summary {
        let mut summary = Summary::default();
        files.iter().for_each(|file| summary.add(file.counts));
        summary
    }

    /// Counts the findings of some more files.
    pub fn add(&mut self, other: Summary) {
        let Summary { files, errors, warnings, infos, fixable } = other;
        self.files += files;
        self.errors += errors;
        self.warnings += warnings;
        self.infos += infos;
        self.fixable += fixable;
    }

    /// Whether there is a finding of this severity or a worse one.
    pub fn reaches(&self, severity: Severity) -> bool {
        let counts = [(Severity::Error, self.errors), (Severity::Warning, self.warnings), (Severity::Info, self.infos)];
        counts.iter().any(|(of, count)| *of >= severity && *count > 0)
    }
}

/// Takes the findings of rules.
pub struct Report<'a> {
    contract: &'a Contract,
    rule: Option<(&'a Rule, Ruling)>,
    findings: Vec<Draft>,
}

/// A finding as a rule makes it; the report fills in what every finding has.
pub struct Draft {
    /// How bad it is, where it differs from the rule's own severity.
    pub severity: Severity,
    /// What to do.
    pub help: Option<Words>,
    /// How to mend it.
    pub fix: Option<crate::finding::Fix>,
    rule: Words,
    family: Words,
    basis: List<Basis>,
    message: String,
    span: Span,
    unit: UnitId,
    related: Vec<(Span, String)>,
}

impl Draft {
    /// The unit it is about.
    pub fn unit(&self) -> UnitId {
        self.unit
    }

    /// Says what to do.
    pub fn help(&mut self, help: impl Into<Words>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that belongs to the finding.
    pub fn related(&mut self, span: Span, message: impl Into<String>) -> &mut Self {
        self.related.push((span, message.into()));
        self
    }
}

impl<'a> Report<'a> {
    /// An empty report.
    pub(crate) fn new(contract: &'a Contract) -> Report<'a> {
        Report { contract, rule: None, findings: Vec::new() }
    }

    /// Runs a rule.
    pub(crate) fn run(
        &mut self,
        rule: &'a Rule,
        ruling: Ruling,
        analysis: &Analysis,
        settings: &Settings,
        waivers: &[Waiver],
    ) {
        self.rule = Some((rule, ruling));
        rule.run(analysis, settings, waivers, self);
    }

    /// Reports a whole unit; its label and caption are shown.
    pub fn unit(&mut self, unit: UnitId, message: impl Into<String>) -> &mut Draft {
        self.add(self.contract.heading_span(unit), unit, message.into())
    }

    /// Reports some bytes.
    pub fn span(&mut self, span: Span, message: impl Into<String>) -> &mut Draft {
        self.add(span, self.contract.unit_at(span.start), message.into())
    }

    /// Reports some bytes as belonging to a unit.
    pub fn span_of(&mut self, span: Span, unit: UnitId, message: impl Into<String>) -> &mut Draft {
        self.add(span, unit, message.into())
    }

    fn add(&mut self, span: Span, unit: UnitId, message: String) -> &mut Draft {
        let (rule, ruling) = self.rule.as_ref().expect("rules report only while they run");
        let message = match &ruling.case {
            Some(case) => format!("{}（{case}）。", message.trim_end_matches('。')),
            None => message,
        };
        self.findings.push(Draft {
            severity: ruling.severity,
            help: None,
            fix: None,
            rule: rule.page.id.clone(),
            family: rule.page.family.clone(),
            basis: rule.page.basis.clone(),
            message,
            span,
            unit,
            related: Vec::new(),
        });
        self.findings.last_mut().expect("just pushed")
    }

    /// Takes over what another report of the same contract has; no rule may have run for both.
    pub(crate) fn append(&mut self, other: Report) {
        self.findings.extend(other.findings);
    }

    /// The findings, in the order of the text.
    pub(crate) fn finish(self) -> Vec<Finding> {
        let contract = self.contract;
        let mut drafts = self.findings;
        lower_doubtful(contract, &mut drafts);
        drafts.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
        let mut seen: HashMap<u64, u32> = HashMap::default();
        drafts
            .into_iter()
            .map(|draft| {
                let base = fingerprint(contract, &draft);
                let count = seen.entry(base).and_modify(|c| *c += 1).or_insert(1);
                let fingerprint =
                    if *count == 1 { base } else { stable_hash(&[&base.to_string(), &count.to_string()]) };
                let related = draft.related.into_iter().map(|(span, message)| Related {
                    message,
                    span,
                    at: contract.citation(contract.unit_at(span.start)),
                });
                Finding {
                    rule: draft.rule,
                    family: draft.family,
                    severity: draft.severity,
                    message: draft.message,
                    help: draft.help,
                    span: draft.span,
                    unit: draft.unit,
                    at: if draft.unit == UnitId(0) { String::new() } else { contract.citation(draft.unit) },
                    path: contract.path(draft.unit),
                    related: related.collect(),
                    basis: draft.basis,
                    fix: draft.fix,
                    fingerprint: format!("{fingerprint:016x}"),
                }
            })
            .collect()
    }
}

/// What rests on automatic numbers that may not be those that are shown is told as information only: what is said of the structure where the
/// number itself is in doubt, what is said of references wherever any number is.
fn lower_doubtful(contract: &Contract, drafts: &mut [Draft]) {
    let text = contract.text();
    if !(0..text.line_count()).any(|line| text.appearance(line).doubtful) {
        return;
    }
    let doubtful = |span: Span| text.appearance(text.line_index(span.start)).doubtful;
    for draft in drafts {
        let number = doubtful(draft.span)
            || doubtful(contract.unit(draft.unit).label)
            || draft.related.iter().any(|(span, _)| doubtful(*span));
        if draft.family == "reference" || draft.family == "structure" && number {
            draft.severity = Severity::Info;
        }
    }
}

/// The rule, the caption above and the words around the place, in one width and without any number: none of it changes when text moves. What
/// is said of the whole document is known by its own words: no part of the text is what it is about.
fn fingerprint(contract: &Contract, draft: &Draft) -> u64 {
    if draft.unit == UnitId(0) {
        return stable_hash(&[&draft.rule, &draft.message.replace(is_any_number, "")]);
    }
    let unit = contract.unit(draft.unit);
    let flow = contract.flow();
    let around = &flow.as_str()[flow.range(unit.contents)];
    let around = around.char_indices().nth(200).map_or(around, |(end, _)| &around[..end]);
    let words = around.replace(is_any_number, "");
    let in_one_width =
        |text: &str| text.nfkc().filter(|c| !is_any_number(*c) && !c.is_whitespace()).collect::<String>();
    let caption = contract.ancestors(draft.unit).find_map(|up| contract.caption(up)).unwrap_or_default();
    let marked = contract.text().slice(draft.span);
    stable_hash(&[&draft.rule, &in_one_width(caption), &words, &in_one_width(marked)])
}
