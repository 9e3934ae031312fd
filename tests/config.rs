//! `keiyaku.toml`: what it can say, how it is layered, and how its mistakes are answered.
#![cfg(feature = "cli")]

mod folder;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use folder::folder;
use keiyaku::Rulebook;
use keiyaku::config::Config;
use serde_json::Value;

const FLAWED: &str =
    "第1条（目的）\n1. 甲は、乙に清掃を委託する。。\n2. \n第3条（期間）\n期間は、１年間とする（以下「期間」という。\n";

fn keiyaku(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_keiyaku")).current_dir(folder).args(arguments).output().unwrap()
}

/// `path: severity rule` of every finding.
fn findings(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let output = keiyaku(folder, &[&["check", "--format", "json"], arguments].concat());
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let files = report["files"].as_array().unwrap().iter();
    let lines = files.flat_map(|file| {
        let text = |value: &Value| value.as_str().unwrap().to_string();
        let diagnostics = file["diagnostics"].as_array().unwrap().iter();
        diagnostics
            .map(|d| format!("{}: {} {}", text(&file["path"]), text(&d["severity"]), text(&d["rule"])))
            .collect::<Vec<String>>()
    });
    lines.collect()
}

fn mistakes(source: &str) -> Vec<String> {
    let errors = Config::read(source, Rulebook::builtin()).expect_err("it has mistakes");
    errors.iter().map(ToString::to_string).collect()
}

#[test]
fn settings_are_layered_defaults_file_overrides_flags() {
    let config = "ignore = [\"notation\"]\n[rules]\narticle-gap = \"info\"\n[[overrides]]\npaths = [\"nda/**\"]\nselect = [\"doubled-*\"]\n";
    let folder = folder(&[("keiyaku.toml", config), ("a.txt", FLAWED), ("nda/b.txt", FLAWED)]);
    let both = ["a.txt: error empty-item", "a.txt: info article-gap", "nda/b.txt: warning doubled-punctuation"];
    assert_eq!(findings(folder.path(), &["."]), both);
    assert_eq!(
        findings(folder.path(), &["--select", "article-gap", "."]),
        ["a.txt: info article-gap", "nda/b.txt: info article-gap"]
    );
    assert_eq!(findings(folder.path(), &["--ignore", "article-gap,doubled-*", "."]), both[..1]);
    assert_eq!(findings(&folder.path().join("nda"), &["../a.txt"])[1], "../a.txt: info article-gap");
    assert!(findings(folder.path(), &["--isolated", "a.txt"]).len() > 3);
}

#[test]
fn the_nearest_file_wins_and_one_can_be_named() {
    let folder = folder(&[
        ("keiyaku.toml", "select = [\"empty-item\"]"),
        ("inner/keiyaku.toml", "select = [\"article-gap\"]"),
        ("inner/deep/a.txt", FLAWED),
        ("other.toml", "select = [\"doubled-punctuation\"]"),
    ]);
    assert_eq!(
        findings(folder.path(), &["."]),
        ["inner/deep/a.txt: warning article-gap"].map(|l| l.replace("warning", severity("article-gap")))
    );
    assert_eq!(
        findings(folder.path(), &["--config", "other.toml", "."]),
        ["inner/deep/a.txt: warning doubled-punctuation"]
    );
}

fn severity(rule: &str) -> &'static str {
    Rulebook::builtin().rule(rule).unwrap().page.level.draft.name()
}

#[test]
fn files_are_excluded_when_their_folder_is_read() {
    let config = "exclude = [\"archive/**\", \"*.old.txt\"]";
    let folder =
        folder(&[("keiyaku.toml", config), ("a.txt", FLAWED), ("archive/b.txt", FLAWED), ("c/d.old.txt", FLAWED)]);
    assert!(findings(folder.path(), &["."]).iter().all(|line| line.starts_with("a.txt")));
    assert!(!findings(folder.path(), &["archive/b.txt"]).is_empty(), "what is named is read");
}

#[test]
fn facts_and_the_fail_level_come_from_the_file_unless_a_flag_says_otherwise() {
    let blank = "第1条（期間）\n期間は、令和○年○月○日までとする。\n";
    let folder = folder(&[("keiyaku.toml", "fail-on = \"never\"\n[facts]\nstage = \"final\"\n"), ("a.txt", blank)]);
    let only =
        |arguments: &[&str]| findings(folder.path(), &[&["--select", "placeholder-left"], arguments, &["."]].concat());
    assert_eq!(only(&[]), ["a.txt: error placeholder-left"]);
    assert_ne!(only(&["--stage", "draft"]), only(&[]));
    assert_eq!(keiyaku(folder.path(), &["check", "."]).status.code(), Some(0));
    assert_eq!(keiyaku(folder.path(), &["check", "--fail-on", "error", "."]).status.code(), Some(1));
}

#[test]
fn mistakes_are_named_with_their_place_and_the_nearest_right_name() {
    let source = "slect = []\nignore = [\"notatoin\", 3]\nfail-on = \"eror\"\n[facts]\nstage = \"finale\"\n[rules]\nempty-itm = \"off\"\narticle-gap = { severity = \"info\", limt = 3 }\n[[overrides]]\nignore = \"notation\"\n";
    assert_eq!(
        mistakes(source),
        [
            "1:1: 「slect」という項目はありません（もしかして: select）",
            "2:11: 「ignore」に「notatoin」とは書けません（もしかして: notation）",
            "2:23: 「ignore」には文字列を書いてください",
            "3:11: 「fail-on」に「eror」とは書けません（もしかして: error）",
            "5:9: 「facts.stage」に「finale」とは書けません（もしかして: final）",
            "7:1: 「rules.empty-itm」という項目はありません（もしかして: empty-item）",
            "8:36: 「rules.article-gap.limt」という項目はありません（書けるのは severity）",
            "9:1: [[overrides]] に「paths」がありません",
            "10:10: 「overrides.ignore」にはリスト（[ ] で囲んだもの）を書いてください",
        ]
    );
    assert!(mistakes("select = [").concat().contains("TOMLとして読めません"));
    assert!(mistakes("exclude = [\"a/[\"]").concat().starts_with("1:13: 「a/[」はパスの指定として読めません"));
}

#[test]
fn a_file_with_mistakes_stops_the_work_and_is_named() {
    let folder = folder(&[("keiyaku.toml", "slect = []\n"), ("a.txt", FLAWED)]);
    for command in ["check", "fix"] {
        let output = keiyaku(folder.path(), &[command, "."]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(errors.contains("keiyaku.toml:1:1: 「slect」という項目はありません（もしかして: select）"), "{errors}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("a.txt")).unwrap(), FLAWED);
}

#[test]
fn init_writes_a_file_that_is_right_when_its_lines_are_used() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(keiyaku(folder.path(), &["init"]).status.code(), Some(0));
    let written = fs::read_to_string(folder.path().join("keiyaku.toml")).unwrap();
    assert!(Config::read(&written, Rulebook::builtin()).is_ok());
    let is_setting =
        |line: &str| line.starts_with('[') || line.split_once(" = ").is_some_and(|(key, _)| key.is_ascii());
    let used: Vec<&str> =
        written.lines().filter_map(|line| line.strip_prefix("# ")).filter(|line| is_setting(line)).collect();
    assert!(used.len() > 10, "{used:#?}");
    Config::read(&used.join("\n"), Rulebook::builtin()).unwrap_or_else(|errors| panic!("{errors:#?}\n{used:#?}"));
    assert_eq!(keiyaku(folder.path(), &["init"]).status.code(), Some(2), "what is there is not written over");
}

#[test]
fn the_schema_knows_every_rule() {
    let output = keiyaku(Path::new("."), &["schema", "--config"]);
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    for rule in Rulebook::builtin().rules() {
        let properties = &schema["$defs"]["Rules"]["properties"][rule.id()]["anyOf"][1]["properties"];
        assert!(properties["severity"].is_object(), "{}", rule.id());
        let described = |name: &str| properties[name]["description"].is_string();
        assert!(rule.page.options.iter().all(|option| described(&option.name)), "{}", rule.id());
    }
}

#[test]
fn the_settings_shown_are_a_configuration_file() {
    let config = "[rules]\narticle-gap = \"off\"\nempty-item = \"info\"\n[facts]\nstage = \"final\"\n";
    let folder = folder(&[("keiyaku.toml", config), ("a.txt", FLAWED)]);
    let shown = String::from_utf8(keiyaku(folder.path(), &["check", "--show-settings", "."]).stdout).unwrap();
    for line in ["article-gap = \"off\"", "empty-item = \"info\"", "stage = \"final\"", "# a.txt"] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    Config::read(&shown, Rulebook::builtin()).unwrap_or_else(|errors| panic!("{errors:#?}"));
}

#[test]
fn terms_of_another_document_are_defined() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("基本契約.txt", "第1条（定義）\n本契約において「本成果物」とは、成果をいう。\n");
    write("個別契約.txt", "個別契約書\n第1条（目的）\n甲は、「本成果物」を納入する。「本成果物」は、甲に帰属する。\n");
    let undefined = |arguments: &[&str]| {
        let all = [&["check", "--format", "short", "--select", "undefined-term", "個別契約.txt"], arguments].concat();
        let output = keiyaku(folder.path(), &all);
        (String::from_utf8(output.stdout).unwrap().contains("undefined-term"), output.status.code())
    };
    assert_eq!(undefined(&[]), (true, Some(1)));
    assert_eq!(undefined(&["--terms-from", "基本契約.txt"]), (false, Some(0)));
    assert_eq!(undefined(&["--terms-from", "ない.txt"]), (false, Some(2)));
    write("keiyaku.toml", "terms-from = [\"基本契約.txt\"]\n");
    assert_eq!(undefined(&[]), (false, Some(0)));
    assert_eq!(undefined(&["--isolated"]), (true, Some(1)));
    write("keiyaku.toml", "terms-from = [\"ない.txt\"]\n");
    assert_eq!(undefined(&[]), (false, Some(2)));
}
