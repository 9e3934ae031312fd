//! Defects put into clean contracts by program: each is found, at its place, and nothing else is.
//!
//! `cargo test --test seeded -- --nocapture` prints, for every rule, how many defects were seeded and found, and what else was reported;
//! then every defect that was missed and everything that was reported besides.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use keiyaku::contract::{Scheme, UnitId, UnitKind};
use keiyaku::finding::Edit;
use keiyaku::{Analysis, Contract, Finding, Rulebook, Settings, Severity, Span, Text, check, fix};

mod citation;
mod structure;
mod word;

/// A defect: what is changed, and what must be said of it.
struct Seed {
    /// The rules of which one must speak.
    rules: &'static [&'static str],
    /// Rules that may speak as well: other sides of the same defect.
    consequences: &'static [&'static str],
    /// The place, in the changed text, that the finding must overlap or whose unit it must be about; none where the place is another.
    place: Option<u32>,
    edit: Edit,
}

fn clean_contracts() -> Vec<(String, String)> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut contracts = Vec::new();
    for kind in fs::read_dir(corpus).unwrap().map(|kind| kind.unwrap().path()) {
        for path in fs::read_dir(kind).unwrap().map(|file| file.unwrap().path()) {
            let is_text = path.extension().is_some_and(|e| e == "txt" || e == "md");
            if is_text && fs::read_to_string(path.with_extension("expected.toml")).unwrap().contains("\nclean = true") {
                contracts.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    contracts.sort();
    contracts
}

fn findings(text: &str) -> Vec<Finding> {
    let mut found = check(&Contract::parse(Text::new(text)), Rulebook::builtin(), &Settings::default());
    found.retain(|finding| finding.severity >= Severity::Warning);
    found
}

const REFERENCES: &[&str] = &[
    "missing-article",
    "missing-paragraph",
    "missing-item",
    "no-previous-article",
    "no-previous-paragraph",
    "no-previous-item",
    "no-next-unit",
    "too-few-before",
    "bad-range",
    "caption-mismatch",
    "survival-mismatch",
    "topic-mismatch",
    "no-antecedent",
    "ambiguous-item",
    "wrong-part",
];

/// What goes when a provision goes: references to it, definitions in it, clauses it held.
const GONE: &[&str] = &["clause", "law", "execution", "definition", "party"];

impl Seed {
    /// A defect at a place, of which one of some rules must speak.
    fn new(rules: &'static [&'static str], span: Span, text: impl Into<String>) -> Seed {
        Seed { rules, consequences: &[], place: Some(span.start), edit: Edit { span, text: text.into() } }
    }

    /// Rules that may speak as well.
    fn with(self, consequences: &'static [&'static str]) -> Seed {
        Seed { consequences, ..self }
    }
}

/// All that may follow where a provision goes or is no longer what it was.
const ANYTHING: &[&str] = &["*"];

fn seeds(contract: &Contract) -> Vec<Seed> {
    let analysis = Analysis::new(contract, Rulebook::builtin());
    let mut seeds = Vec::new();
    structure::seeds(&analysis, &mut seeds);
    citation::seeds(&analysis, &mut seeds);
    word::seeds(&analysis, &mut seeds);
    seeds
}

/// The articles of the contract itself, where it has articles that are called so.
fn articles(contract: &Contract) -> Vec<UnitId> {
    let main = |id: &UnitId| contract.scopes()[contract.unit(*id).scope as usize].path.is_empty();
    match contract.scheme() {
        Scheme::Numbered => contract.ids_of(UnitKind::Article).filter(main).collect(),
        _ => Vec::new(),
    }
}

#[derive(Default)]
struct Score {
    seeded: u32,
    found: u32,
    extra: u32,
}

#[test]
fn a_seeded_defect_is_found_and_nothing_else() {
    let rulebook = Rulebook::builtin();
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    let mut misses = Vec::new();
    for (path, text) in clean_contracts() {
        let before: Vec<(String, String)> = keys(&findings(&text));
        let contract = Contract::parse(Text::new(text.as_str()));
        for seed in seeds(&contract) {
            if seed.rules.iter().all(|rule| rulebook.rule(rule).is_none()) {
                continue;
            }
            let score = scores.entry(seed.rules[0]).or_default();
            score.seeded += 1;
            let changed = fix::apply(&text, std::slice::from_ref(&seed.edit));
            let after = Contract::parse(Text::new(changed.as_str()));
            let mut left = before.clone();
            let new: Vec<Finding> = findings(&changed)
                .into_iter()
                .filter(|finding| {
                    let key = (finding.rule.to_string(), finding.message.clone());
                    left.iter().position(|k| *k == key).map(|i| left.swap_remove(i)).is_none()
                })
                .collect();
            let line = |byte: u32| after.text().position(byte.min(changed.len() as u32)).line;
            let is_seed = |finding: &Finding| {
                let near = seed.place.is_none_or(|place| line(finding.span.start).abs_diff(line(place)) <= 4);
                seed.rules.contains(&finding.rule.as_ref()) && near
            };
            let at = contract.text().position(seed.edit.span.start).line;
            let what = format!("{path}:{at}: {} 「{}」", seed.rules[0], seed.edit.text);
            if new.iter().any(is_seed) {
                score.found += 1;
            } else {
                let said: Vec<&str> = new.iter().map(|f| f.message.as_str()).collect();
                misses.push(format!("{what}: not found; {said:?}"));
            }
            let explained = |finding: &Finding| {
                seed.rules.contains(&finding.rule.as_ref())
                    || seed.consequences.contains(&finding.rule.as_ref())
                    || seed.consequences.contains(&"*")
                        && (REFERENCES.contains(&finding.rule.as_ref()) || GONE.contains(&finding.family.as_ref()))
            };
            for finding in new.iter().filter(|finding| !explained(finding)) {
                score.extra += 1;
                misses.push(format!("{what}: also {} {} {}", finding.rule, finding.at, finding.message));
            }
        }
    }
    let (mut seeded, mut found, mut extra) = (0, 0, 0);
    println!("{:24} {:>6} {:>6} {:>6}", "rule", "seeded", "found", "extra");
    for (rule, score) in &scores {
        println!("{rule:24} {:6} {:6} {:6}", score.seeded, score.found, score.extra);
        seeded += score.seeded;
        found += score.found;
        extra += score.extra;
    }
    println!("{:24} {seeded:6} {found:6} {extra:6}", "all");
    misses.iter().for_each(|miss| println!("{miss}"));
    assert!(seeded > 500, "{seeded} defects");
    assert!(found * 100 >= seeded * 98 && extra * 100 <= seeded, "{}", misses.join("\n"));
}

fn keys(findings: &[Finding]) -> Vec<(String, String)> {
    findings.iter().map(|finding| (finding.rule.to_string(), finding.message.clone())).collect()
}
