//! Playbooks: an organisation's own pages beside the built-in rules.
#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::Command;

use keiyaku::{Contract, Rulebook, Settings, Severity, Text, check};

fn rules_check(folder: &Path) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_keiyaku")).args(["rules", "--check"]).arg(folder).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), text)
}

#[test]
fn the_example_playbook_passes_its_own_examples() {
    let (status, text) = rules_check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/playbook"));
    assert_eq!((status, text.as_str()), (0, "5個の規則を読みました。例はいずれも書かれたとおりに報告されます。\n"));
}

#[test]
fn mistakes_are_named_with_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, block: &str, example: &str| {
        let page = format!(
            "# 題名\n\n```toml rule\nseverity = \"info\"\nsince = \"1\"\n{block}```\n\n本文。\n\n```contract bad\n{example}\n```\n"
        );
        fs::write(folder.path().join(name), page).unwrap();
    };
    write(
        "a.md",
        "[forbid]\nphrases = [\"極力\"]\nmessage = \"「{found}」があります。\"\n",
        "第1条（対応）\n乙は、極力対応する。",
    );
    let (status, text) = rules_check(folder.path());
    assert_eq!(status, 1);
    assert!(text.contains("a.md:14: 例（Bad）で報告されたのは、印とは違い次のとおりです。"), "{text}");
    assert!(text.contains("乙は、⟦極力⟧対応する。"), "{text}");
    write("b.md", "[require]\nclause = \"anti-social\"\nmessage = \"ありません。\"\n", "⟦第1条⟧");
    write("c.md", "", "⟦第1条⟧");
    let (status, text) = rules_check(folder.path());
    assert_eq!(status, 2);
    assert!(text.contains("b.md:4: 「anti-social」という条項はありません。使えるのは"), "{text}");
    assert!(text.contains("c.md:4: [require]"), "{text}");
}

#[test]
fn a_page_with_the_name_of_a_built_in_rule_changes_it() {
    let page = "# 役員\n\n```toml rule\nseverity = \"error\"\nsince = \"1\"\n```\n";
    let rulebook = Rulebook::with([("asf-officers", page)]).unwrap();
    let contract = Contract::parse(Text::new(
        "第1条（反社会的勢力の排除）\n甲及び乙は、自己が反社会的勢力に該当しないことを確約する。\n",
    ));
    let severity = |rulebook: &Rulebook| {
        let findings = check(&contract, rulebook, &Settings::default());
        findings.into_iter().find(|finding| finding.rule == "asf-officers").map(|finding| finding.severity)
    };
    assert_eq!(severity(&rulebook), Some(Severity::Error));
    assert_eq!(severity(Rulebook::builtin()), Some(Severity::Info));
}
