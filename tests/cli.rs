//! The command line, driven as its users drive it.
#![cfg(feature = "cli")]

mod folder;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use folder::folder;
use serde_json::Value;

const FLAWED: &str =
    "清掃の取決文書\n第1条（目的）\n1. 甲は、乙に清掃を委託する。\n2. \n第3条（期間）\n期間は、1年間とする。\n";
const CLEAN: &str = "第1条（目的）\n甲は、乙に清掃を委託する。\n第2条（期間）\n期間は、1年間とする。\n";

fn keiyaku(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_keiyaku")).current_dir(folder).args(arguments).output().unwrap()
}

fn with_stdin(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_keiyaku"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments ends before it reads.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("it ended by itself")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn the_exit_status_tells_clean_findings_and_failure_apart() {
    let folder = folder(&[("clean.txt", CLEAN.as_bytes()), ("flawed.txt", FLAWED.as_bytes())]);
    assert_eq!(status(&keiyaku(folder.path(), &["check", "clean.txt"])), 0);
    assert_eq!(status(&keiyaku(folder.path(), &["check", "flawed.txt"])), 1);
    assert_eq!(status(&keiyaku(folder.path(), &["check", "flawed.txt", "--fail-on", "never"])), 0);
    assert_eq!(status(&keiyaku(folder.path(), &["check", "absent.txt"])), 2);
    assert_eq!(status(&keiyaku(folder.path(), &["check", "--no-such-flag"])), 2);
    assert_eq!(status(&keiyaku(folder.path(), &["--help"])), 0);
    assert_eq!(status(&keiyaku(folder.path(), &[])), 2);
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_others_are_checked() {
    let folder =
        folder(&[("a.txt", FLAWED.as_bytes()), ("b.txt", &[0, 159, 146, 150, 0, 1, 2]), ("c.pdf", b"%PDF-1.7")]);
    let output = keiyaku(folder.path(), &["check", "--format", "short", "a.txt", "b.txt", "c.pdf", "absent.txt"]);
    assert_eq!(status(&output), 2);
    let errors = stderr(&output);
    for name in ["b.txt: テキストではありません", "c.pdf: PDFは読み込めません", "absent.txt: ファイルがありません"]
    {
        assert!(errors.contains(name), "{errors}");
    }
    assert!(stdout(&output).contains("a.txt:4:1: error empty-item 第1条第2項"), "{}", stdout(&output));
}

#[test]
fn folders_are_walked_in_order_and_gitignore_is_respected() {
    let folder = folder(&[
        ("b/two.md", FLAWED.as_bytes()),
        ("a/one.txt", FLAWED.as_bytes()),
        ("drafts/old.txt", FLAWED.as_bytes()),
        ("notes.rs", FLAWED.as_bytes()),
        (".gitignore", b"drafts/\n"),
    ]);
    let json: Value =
        serde_json::from_slice(&keiyaku(folder.path(), &["check", "--format", "json", "."]).stdout).unwrap();
    let paths: Vec<&str> = json["files"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["a/one.txt", "b/two.md"]);
}

#[test]
fn every_encoding_gives_the_same_findings() {
    let encoded: Vec<(&str, Vec<u8>)> = vec![
        ("utf8.txt", FLAWED.as_bytes().to_vec()),
        ("bom.txt", [b"\xEF\xBB\xBF", FLAWED.as_bytes()].concat()),
        ("sjis.txt", encoding_rs::SHIFT_JIS.encode(FLAWED).0.into_owned()),
        ("euc.txt", encoding_rs::EUC_JP.encode(FLAWED).0.into_owned()),
        ("jis.txt", encoding_rs::ISO_2022_JP.encode(FLAWED).0.into_owned()),
        ("utf16.txt", [0xFEFFu16].into_iter().chain(FLAWED.encode_utf16()).flat_map(u16::to_le_bytes).collect()),
    ];
    let files: Vec<(&str, &[u8])> = encoded.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let folder = folder(&files);
    let lines = |name: &str| stdout(&keiyaku(folder.path(), &["check", "--format", "short", name])).replace(name, "");
    let expected = lines("utf8.txt");
    assert!(expected.contains("empty-item") && expected.contains("article-gap"));
    for (name, _) in &encoded {
        assert_eq!(lines(name), expected, "{name}");
    }
    let forced = stdout(&keiyaku(folder.path(), &["check", "--format", "short", "--encoding", "cp932", "sjis.txt"]))
        .replace("sjis.txt", "");
    assert_eq!(forced, expected);
    let wrong = keiyaku(folder.path(), &["check", "--encoding", "ebcdic", "sjis.txt"]);
    assert_eq!(status(&wrong), 2);
    assert!(stderr(&wrong).contains("shift_jis"));
}

#[test]
fn standard_input_has_the_name_that_is_given() {
    let output = with_stdin(&["check", "--format", "short", "--stdin-filename", "draft.txt", "-"], FLAWED.as_bytes());
    assert_eq!(status(&output), 1);
    assert!(stdout(&output).starts_with("draft.txt:4:1: error empty-item"), "{}", stdout(&output));
}

#[test]
fn columns_are_characters_utf16_units_and_bytes() {
    let output = with_stdin(
        &["check", "--format", "json", "-"],
        "第1条（目的）\n𠮷田は、乙に委託する（以下「本業務」という。\n".as_bytes(),
    );
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["version"], 1);
    let finding = &json["files"][0]["diagnostics"][0];
    assert_eq!(finding["rule"], "unbalanced-bracket");
    assert_eq!(finding["at"], "第1条");
    assert_eq!(finding["path"], "1.1");
    let start = &finding["range"]["start"];
    assert_eq!((&start["line"], &start["column"], &start["utf16"]), (&2.into(), &11.into(), &12.into()));
    let text = "第1条（目的）\n𠮷田は、乙に委託する（以下「本業務」という。\n";
    assert_eq!(start["byte"].as_u64().unwrap() as usize, text.rfind('（').unwrap());
    assert_eq!(json["summary"]["errors"], 1);
}

#[test]
fn the_human_report_underlines_in_characters_and_gathers_repeats() {
    let text = "第1条（業務）\n1. 清掃を行う。\n2. \n第2条（費用）\n1. 費用を支払う。\n2. \n第3条（期間）\n1. 一年とする。\n2. \n";
    let output = with_stdin(&["check", "-"], text.as_bytes());
    let report = stdout(&output);
    assert!(!report.contains('\u{1b}'), "no colour without a terminal");
    insta::assert_snapshot!(report);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for format in ["human", "short", "json"] {
        let run = || keiyaku(&corpus, &["check", "--format", format, "."]).stdout;
        assert!(run() == run(), "{format}");
    }
}

#[test]
fn a_wrong_rule_is_answered_with_the_nearest_one() {
    let output = with_stdin(&["check", "--select", "empty-itme", "-"], CLEAN.as_bytes());
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("もしかして: empty-item"), "{}", stderr(&output));
    let output = with_stdin(&["explain", "artcle-gap"], b"");
    assert!(stderr(&output).contains("もしかして: article-gap"));
    // A beginning is enough, and a family or a pattern is a list.
    assert!(stderr(&with_stdin(&["explain", "artic"], b"")).contains("もしかして: article-"));
    for several in ["structure", "article-*"] {
        let list = stdout(&with_stdin(&["explain", several], b""));
        assert!(list.contains("  article-gap") && !list.contains("doubled-punctuation"), "{list}");
    }
}

#[test]
fn a_wrong_argument_is_answered_in_the_language_of_the_help() {
    let japanese = with_stdin(&["check", "--selct", "x"], b"");
    assert_eq!(status(&japanese), 2);
    let told =
        "keiyaku: 「--selct」という指定はありません（もしかして: --select）\nkeiyaku: 使い方は --help で表示できます\n";
    assert_eq!(stderr(&japanese), told);
    let english = with_stdin(&["check", "--lang", "en", "--selct", "x"], b"");
    assert!(stderr(&english).contains("a similar argument exists: '--select'"), "{}", stderr(&english));
    for (language, heading) in [("ja", "使い方: keiyaku check"), ("en", "Usage: keiyaku check")] {
        let help = stdout(&with_stdin(&["check", "--lang", language, "--help"], b""));
        assert!(help.contains(heading), "{help}");
    }
}

#[test]
fn select_and_ignore_take_rules_and_families() {
    let rules = |arguments: &[&str]| {
        let arguments = [&["check", "--format", "json"], arguments, &["-"]].concat();
        let json: Value = serde_json::from_slice(&with_stdin(&arguments, FLAWED.as_bytes()).stdout).unwrap();
        let diagnostics = json["files"][0]["diagnostics"].as_array().unwrap().clone();
        diagnostics.iter().map(|d| d["rule"].as_str().unwrap().to_string()).collect::<Vec<String>>()
    };
    assert_eq!(rules(&["--select", "article-gap"]), ["article-gap"]);
    assert_eq!(rules(&["--select", "structure", "--ignore", "article-gap"]), ["empty-item"]);
    assert!(rules(&["--ignore", "structure"]).is_empty());
}

#[test]
fn fixing_keeps_encoding_and_line_ends_and_settles() {
    let text = "第1条（目的）\r\n1. 甲は、乙に清掃を委託する。。\r\n2. \r\n第２条（期間）\r\n期間は、1年間とする。\r\n第3条（協議）\r\n協議する。\r\n";
    let bytes = encoding_rs::SHIFT_JIS.encode(text).0.into_owned();
    let folder = folder(&[("draft.txt", &bytes)]);
    let diff = keiyaku(folder.path(), &["fix", "--diff", "draft.txt"]);
    assert_eq!(status(&diff), 1);
    assert!(stdout(&diff).contains("-2. "), "{}", stdout(&diff));
    assert_eq!(fs::read(folder.path().join("draft.txt")).unwrap(), bytes, "--diff writes nothing");
    assert_eq!(status(&keiyaku(folder.path(), &["fix", "draft.txt"])), 0);
    let fixed = fs::read(folder.path().join("draft.txt")).unwrap();
    let expected = "第1条（目的）\r\n1. 甲は、乙に清掃を委託する。\r\n第2条（期間）\r\n期間は、1年間とする。\r\n第3条（協議）\r\n協議する。\r\n";
    assert_eq!(encoding_rs::SHIFT_JIS.decode(&fixed).0, expected);
    keiyaku(folder.path(), &["fix", "draft.txt"]);
    assert_eq!(fs::read(folder.path().join("draft.txt")).unwrap(), fixed);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside the file");
}

#[test]
fn renumbering_rewrites_references_and_refuses_with_the_place() {
    let text = "第1条（目的）\n条件を定める。\n第3条（代金）\n10万円とする。\n第4条（支払）\n第3条の代金を支払う。\n";
    let folder = folder(&[
        ("draft.txt", text.as_bytes()),
        ("broken.txt", text.replace("第3条の代金", "第9条の代金").as_bytes()),
    ]);
    let diff = keiyaku(folder.path(), &["renumber", "--diff", "draft.txt"]);
    assert_eq!(status(&diff), 1);
    assert!(stdout(&diff).contains("+第2条の代金を支払う。"), "{}", stdout(&diff));
    assert_eq!(status(&keiyaku(folder.path(), &["renumber", "draft.txt"])), 0);
    let after = fs::read_to_string(folder.path().join("draft.txt")).unwrap();
    assert!(after.contains("第2条（代金）") && after.ends_with("第3条（支払）\n第2条の代金を支払う。\n"), "{after}");
    let refused = keiyaku(folder.path(), &["renumber", "broken.txt"]);
    assert_eq!(status(&refused), 2);
    assert!(stderr(&refused).contains("broken.txt:6:1: 第4条"), "{}", stderr(&refused));
    assert_eq!(
        fs::read_to_string(folder.path().join("broken.txt")).unwrap(),
        text.replace("第3条の代金", "第9条の代金")
    );
}

#[test]
fn fixing_refuses_bytes_it_does_not_understand() {
    let mut bytes =
        "第1条（目的）\n甲は、乙に清掃を委託する。。\n第2条（期間）\n期間は、1年間とする。\n".as_bytes().to_vec();
    bytes.push(0xFF);
    let folder = folder(&[("draft.txt", &bytes)]);
    let output = keiyaku(folder.path(), &["fix", "draft.txt"]);
    assert_eq!(status(&output), 2);
    assert_eq!(fs::read(folder.path().join("draft.txt")).unwrap(), bytes);
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let output = with_stdin(&["fix", "-"], "第1条（目的）\n委託する。。\n".as_bytes());
    assert_eq!(stdout(&output), "第1条（目的）\n委託する。\n");
}

#[test]
fn inspect_shows_the_tree_to_people_and_programs() {
    let output = with_stdin(&["inspect", "-"], FLAWED.as_bytes());
    assert!(stdout(&output).contains("第1条第2項"), "{}", stdout(&output));
    let json: Value =
        serde_json::from_slice(&with_stdin(&["inspect", "--format", "json", "-"], FLAWED.as_bytes()).stdout).unwrap();
    let article = &json["files"][0]["units"][0];
    assert_eq!(
        (&article["kind"], &article["path"], &article["caption"]),
        (&"article".into(), &"1".into(), &"目的".into())
    );
    assert_eq!(article["children"][1]["path"], "1.2");
}

#[test]
fn schemas_are_json_schemas() {
    for arguments in [&["schema"][..], &["schema", "--inspect"]] {
        let schema: Value = serde_json::from_slice(&with_stdin(arguments, b"").stdout).unwrap();
        assert!(schema["$schema"].as_str().unwrap().contains("json-schema.org"));
        assert!(schema["properties"]["files"].is_object());
    }
}

#[test]
fn explain_prints_the_page() {
    let output = with_stdin(&["explain", "empty-item"], b"");
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/structure/empty-item.md")).unwrap();
    assert_eq!(stdout(&output), page);
}
