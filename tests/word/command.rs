//! The command line with Word documents.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::build::{Docx, paragraph, plain, run};

fn keiyaku(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_keiyaku")).current_dir(folder).args(arguments).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let gap =
        plain("第1条（目的）") + &plain("甲は、委託する。") + &plain("第3条（期間）") + &plain("ﾃﾞｰﾀは、一年とする。");
    fs::write(folder.path().join("draft.docx"), Docx::new(gap).bytes()).unwrap();
    folder
}

#[test]
fn check_and_inspect_read_word_documents_also_in_folders() {
    let folder = folder();
    for path in ["draft.docx", "."] {
        let output = keiyaku(folder.path(), &["check", "--format", "short", path]);
        let report = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1), "{}", told(&output));
        assert!(report.contains("draft.docx:3:1") && report.contains("article-gap"), "{report}");
    }
    fs::write(folder.path().join("~$draft.docx"), b"somebody has it open").unwrap();
    assert_eq!(keiyaku(folder.path(), &["check", "--fail-on", "never", "."]).status.code(), Some(0));
    let outline = keiyaku(folder.path(), &["inspect", "draft.docx"]);
    assert!(String::from_utf8_lossy(&outline.stdout).contains("第3条（期間）"));
}

#[test]
fn json_says_where_in_the_document_a_finding_is() {
    let folder = folder();
    let output = keiyaku(folder.path(), &["check", "--format", "json", "--select", "article-gap", "draft.docx"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let place = &report["files"][0]["diagnostics"][0]["word"];
    assert_eq!((&place["part"], &place["start"]["paragraph"]), (&"word/document.xml".into(), &2.into()), "{report}");
    fs::write(folder.path().join("a.txt"), "第1条（目的）\n第3条（期間）\n").unwrap();
    let output = keiyaku(folder.path(), &["check", "--format", "json", "a.txt"]);
    assert!(!String::from_utf8_lossy(&output.stdout).contains("\"word\""));
}

#[test]
fn either_side_of_tracked_changes_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let changed = run("期間は、") + "<w:ins w:id=\"1\" w:author=\"a\"><w:r><w:t>ﾃﾞｰﾀ</w:t></w:r></w:ins>";
    let docx = Docx::new(plain("第1条（期間）") + &paragraph("", &(changed + &run("一年とする。"))));
    fs::write(folder.path().join("a.docx"), docx.bytes()).unwrap();
    let found = |tracked: &str| {
        let output = keiyaku(folder.path(), &["check", "--format", "short", "--tracked", tracked, "a.docx"]);
        String::from_utf8_lossy(&output.stdout).contains("half-width-katakana")
    };
    assert!(found("accepted") && !found("original"));
}

#[test]
fn fix_leaves_word_documents_alone() {
    let folder = folder();
    let before = fs::read(folder.path().join("draft.docx")).unwrap();
    let output = keiyaku(folder.path(), &["fix", "draft.docx"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("keiyaku review"), "{}", told(&output));
    assert_eq!(keiyaku(folder.path(), &["fix", "."]).status.code(), Some(0), "in a folder it is passed over");
    assert_eq!(fs::read(folder.path().join("draft.docx")).unwrap(), before);
}

#[test]
fn review_writes_a_copy_and_never_the_input() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let before = fs::read(path("draft.docx")).unwrap();
    let output = keiyaku(
        folder.path(),
        &["review", "draft.docx", "-o", "reviewed.docx", "--fix", "tracked", "--date", "2026-11-22"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(told(&output).contains("コメント2件") && told(&output).contains("1件の修正"), "{}", told(&output));
    assert!(path("reviewed.docx").exists());
    for target in ["draft.docx", "./draft.docx"] {
        let output = keiyaku(folder.path(), &["review", "draft.docx", "-o", target]);
        assert_eq!(output.status.code(), Some(2));
        assert!(told(&output).contains("元の文書には書き込みません"), "{}", told(&output));
    }
    assert_eq!(fs::read(path("draft.docx")).unwrap(), before);
    fs::write(path("a.txt"), "第1条（目的）\n").unwrap();
    let output = keiyaku(folder.path(), &["review", "a.txt", "-o", "b.docx"]);
    assert!(output.status.code() == Some(2) && told(&output).contains("Word 文書ではありません"), "{}", told(&output));
    assert!(!path("b.docx").exists());
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_a_remedy() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("old.doc"), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest").unwrap();
    let output = keiyaku(folder.path(), &["check", "old.doc"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        told(&output).contains("old.doc") && told(&output).contains(".docx 形式で保存し直してください"),
        "{}",
        told(&output)
    );
}
