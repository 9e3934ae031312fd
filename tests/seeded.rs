//! Defects put into clean contracts by program: each is found, at its place, and nothing else is.
//!
//! `cargo test --test seeded -- --nocapture` prints, for every rule, how many defects were seeded and found, and what else was reported.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use keiyaku::analysis::reference::{Article, Item, Paragraph, Reference, Status, rewrite};
use keiyaku::contract::{Numbering, UnitId, UnitKind};
use keiyaku::finding::Edit;
use keiyaku::number::Number;
use keiyaku::{Analysis, Contract, Finding, Rulebook, Settings, Severity, Span, Text, check, fix};

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

/// The absolute references that point at one unit of the contract.
fn absolute(analysis: &Analysis) -> Vec<Reference> {
    let one = |r: &&Reference| r.status == Status::Resolved && r.targets.len() == 1 && r.until.is_none();
    analysis.references().all.iter().filter(one).cloned().collect()
}

fn seeds(contract: &Contract) -> Vec<Seed> {
    let analysis = Analysis::new(contract, Rulebook::builtin());
    let mut seeds = Vec::new();
    let main = |id: &UnitId| contract.scopes()[contract.unit(*id).scope as usize].path.is_empty();
    let articles: Vec<UnitId> = contract.ids_of(UnitKind::Article).filter(main).collect();
    let written = |id: UnitId| contract.unit(id).numbering == Numbering::Written && !contract.unit(id).label.is_empty();
    // An article is dropped.
    for pair in articles.windows(3).skip(1).step_by(4) {
        let unit = contract.unit(pair[1]);
        if written(pair[1]) && written(pair[2]) && unit.until.is_none() {
            seeds.push(Seed {
                rules: &["article-gap"],
                consequences: &["*"],
                place: Some(unit.span.start),
                edit: Edit { span: unit.span, text: String::new() },
            });
        }
    }
    // An item, and a paragraph, is dropped from the middle of its list.
    for (kind, rules) in [(UnitKind::Item, &["item-gap"]), (UnitKind::Paragraph, &["paragraph-gap"])] {
        let mut count = 0;
        for holder in contract.ids() {
            let units: Vec<UnitId> = contract.children_of(holder, kind).filter(|&id| written(id)).collect();
            let (Some(&middle), true) = (units.get(1), units.len() >= 3) else { continue };
            count += 1;
            if count % 3 == 1 {
                let unit = contract.unit(middle);
                seeds.push(Seed {
                    rules,
                    consequences: &["*"],
                    place: Some(unit.span.start),
                    edit: Edit { span: unit.span, text: String::new() },
                });
            }
        }
    }
    // A number of a reference is shifted out of the contract.
    for reference in absolute(&analysis) {
        let words = contract.text().slice(reference.span);
        let citation = &reference.citation;
        let mut shift = |rules: &'static [&'static str], level: rewrite::Level| {
            let text = rewrite::numbers(words, |of, _| (of == level).then(|| Number::new(98)));
            if text != words {
                seeds.push(Seed {
                    rules,
                    consequences: &[],
                    place: Some(reference.span.start),
                    edit: Edit { span: reference.span, text },
                });
            }
        };
        if citation.scope.is_none() && matches!(citation.article, Some(Article::Number(_))) && reference.list.is_none()
        {
            shift(&["missing-article"], rewrite::Level::Article);
        }
        if matches!(citation.paragraph, Some(Paragraph::Number(_))) {
            shift(&["missing-paragraph"], rewrite::Level::Paragraph);
        }
        if matches!(citation.item, Some(Item::Number(_))) {
            shift(&["missing-item"], rewrite::Level::Item);
        }
        // A citation with a caption, or one that names its topic, points one article further.
        if let (Some(Article::Number(number)), Some(_)) = (citation.article, &reference.caption)
            && let Some(next) =
                articles.iter().find(|&&id| contract.unit(id).number == Some(Number::new(number.main() + 1)))
            && contract.caption(*next).is_some()
        {
            let text = rewrite::numbers(words, |of, _| {
                (of == rewrite::Level::Article).then(|| Number::new(number.main() + 1))
            });
            seeds.push(Seed {
                rules: &["caption-mismatch", "survival-mismatch", "missing-paragraph"],
                consequences: REFERENCES,
                place: Some(reference.span.start),
                edit: Edit { span: reference.span, text },
            });
        }
    }
    // 前条 in the first article, 前項 in the first paragraph of one.
    if let Some(&first) = articles.first() {
        insert_before(contract, first, "前条の規定にかかわらず、", &["no-previous-article"], &mut seeds);
    }
    for &article in articles.iter().skip(2).step_by(5) {
        insert_before(contract, article, "前項の規定にかかわらず、", &["no-previous-paragraph"], &mut seeds);
    }
    // A number is there twice.
    for pair in articles.windows(2).skip(2).step_by(6) {
        let (a, b) = (contract.unit(pair[0]), contract.unit(pair[1]));
        if written(pair[0]) && written(pair[1]) && a.until.is_none() {
            let label = contract.text().slice(b.label);
            let text = rewrite::numbers(label, |_, _| a.number);
            if text != label {
                seeds.push(Seed {
                    rules: &["article-duplicate"],
                    consequences: &["*"],
                    place: Some(b.span.start),
                    edit: Edit { span: b.label, text },
                });
            }
        }
    }
    // A bracket is lost, a date is none, a party acts upon itself.
    let text = contract.text().as_str();
    for (at, _) in text.match_indices("）は、").step_by(3) {
        seeds.push(Seed {
            rules: &["unbalanced-bracket"],
            consequences: &["*"],
            place: None,
            edit: Edit { span: Span::new(at as u32, (at + "）".len()) as u32), text: String::new() },
        });
    }
    for (at, _) in text.match_indices("月１５日").chain(text.match_indices("月15日")).take(1) {
        seeds.push(Seed {
            rules: &["impossible-date"],
            consequences: &["*"],
            place: Some(at as u32),
            edit: Edit { span: Span::new(at as u32, (at + "月15日".len()) as u32), text: "月32日".into() },
        });
    }
    for (at, words) in text.match_indices("甲は、乙に対し").chain(text.match_indices("乙は、甲に対し")).take(3)
    {
        let own = &words[..'甲'.len_utf8()];
        let other = at + words.find("、").unwrap() + "、".len();
        seeds.push(Seed {
            rules: &["self-dealing"],
            consequences: &["role-swap"],
            place: Some(at as u32),
            edit: Edit { span: Span::new(other as u32, (other + own.len()) as u32), text: own.into() },
        });
    }
    seeds
}

/// Puts words before the text of an article's first paragraph.
fn insert_before(
    contract: &Contract,
    article: UnitId,
    words: &str,
    rules: &'static [&'static str],
    seeds: &mut Vec<Seed>,
) {
    let paragraph = contract.children_of(article, UnitKind::Paragraph).next();
    let text = |id: UnitId| contract.contents_of(id).iter().find(|c| c.kind == keiyaku::contract::ContentKind::Text);
    if let Some(content) = paragraph.and_then(text) {
        let at = content.span.start;
        seeds.push(Seed {
            rules,
            consequences: &[],
            place: Some(at),
            edit: Edit { span: Span::empty(at), text: words.into() },
        });
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
            let what = format!("{path}: {} 「{}」", seed.rules[0], seed.edit.text);
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
    assert!(seeded > 500, "{seeded} defects");
    assert!(found * 100 >= seeded * 98 && extra * 100 <= seeded, "{}", misses.join("\n"));
}

fn keys(findings: &[Finding]) -> Vec<(String, String)> {
    findings.iter().map(|finding| (finding.rule.to_string(), finding.message.clone())).collect()
}
