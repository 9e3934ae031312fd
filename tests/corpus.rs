//! The contracts of `corpus/`: what is reported in each is what its `.expected.toml` says, and nothing else at warning or above.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use keiyaku::{Analysis, Contract, Finding, Rulebook, Settings, Severity, Text, check};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    kind: String,
    clean: bool,
    #[serde(default)]
    finding: Vec<ExpectedFinding>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedFinding {
    rule: String,
    at: String,
    #[allow(dead_code, reason = "for people")]
    why: String,
}

fn contracts() -> Vec<(PathBuf, String, Expected)> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut files: Vec<PathBuf> = fs::read_dir(corpus)
        .unwrap()
        .flat_map(|kind| fs::read_dir(kind.unwrap().path()).unwrap())
        .map(|f| f.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "txt" || e == "md"));
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let sidecar = path.with_extension("expected.toml");
            let expected = fs::read_to_string(&sidecar).unwrap_or_else(|e| panic!("{}: {e}", sidecar.display()));
            let expected = toml::from_str(&expected).unwrap_or_else(|e| panic!("{}: {e}", sidecar.display()));
            (path.clone(), fs::read_to_string(&path).unwrap(), expected)
        })
        .collect()
}

fn findings(text: &str) -> Vec<Finding> {
    check(&Contract::parse(Text::new(text)), Rulebook::builtin(), &Settings::default())
}

fn name(path: &Path) -> String {
    path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display().to_string()
}

#[test]
fn the_corpus_has_many_contracts_of_many_kinds() {
    let contracts = contracts();
    let kinds: BTreeSet<&str> = contracts.iter().map(|(_, _, expected)| expected.kind.as_str()).collect();
    assert!(contracts.len() >= 24 && kinds.len() >= 12, "{} contracts of {} kinds", contracts.len(), kinds.len());
}

#[test]
fn the_kind_of_every_contract_is_recognised() {
    let wrong: Vec<String> = contracts()
        .into_iter()
        .filter_map(|(path, text, expected)| {
            let contract = Contract::parse(Text::new(text));
            let analysis = Analysis::new(&contract, Rulebook::builtin());
            let kind = analysis.kind();
            (kind.id() != expected.kind)
                .then(|| format!("{}: {} {} {:?}", name(&path), kind.id(), kind.score, kind.evidence))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_clean_contract_has_no_finding_at_warning_or_above() {
    let mut failures = Vec::new();
    for (path, text, _) in contracts().into_iter().filter(|(_, _, expected)| expected.clean) {
        for finding in findings(&text).into_iter().filter(|f| f.severity >= Severity::Warning) {
            failures.push(format!("{}: {} {} {}", name(&path), finding.rule, finding.at, finding.message));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_flawed_contract_has_the_findings_its_label_says() {
    let rulebook = Rulebook::builtin();
    let mut failures = Vec::new();
    for (path, text, expected) in contracts() {
        let found = findings(&text);
        for label in expected.finding.iter().filter(|label| rulebook.rule(&label.rule).is_some()) {
            if !found.iter().any(|f| f.rule == label.rule && f.at == label.at) {
                let places: Vec<&str> = found.iter().filter(|f| f.rule == label.rule).map(|f| f.at.as_str()).collect();
                failures.push(format!(
                    "{}: {} at {:?} is not reported (reported at {places:?})",
                    name(&path),
                    label.rule,
                    label.at
                ));
            }
        }
        for finding in found.iter().filter(|f| f.severity >= Severity::Warning) {
            if !expected.finding.iter().any(|label| label.rule == finding.rule && label.at == finding.at) {
                failures.push(format!(
                    "{}: {} at {:?} is reported but not labelled: {}",
                    name(&path),
                    finding.rule,
                    finding.at,
                    finding.message
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

/// All findings, infos too, as they stand: a change of a rule shows here what it changes.
#[test]
fn the_findings_of_the_corpus_are_as_recorded() {
    for (path, text, _) in contracts() {
        let contract = Contract::parse(Text::new(text.as_str()));
        assert!(contract.is_well_formed(), "{}", name(&path));
        assert_eq!(contract.print(), text, "{}", name(&path));
        let lines: Vec<String> = check(&contract, Rulebook::builtin(), &Settings::default())
            .iter()
            .map(|f| format!("{} {} {} {}", contract.text().position(f.span.start).line, f.severity, f.rule, f.message))
            .collect();
        let kind = path.parent().and_then(|p| p.file_name()).unwrap().to_string_lossy().to_string();
        let stem = path.file_stem().unwrap().to_string_lossy().to_string();
        insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/corpus", omit_expression => true }, {
            insta::assert_snapshot!(format!("{kind}-{stem}"), lines.join("\n"));
        });
    }
}
