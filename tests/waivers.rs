//! Waivers and baselines: what they hold back, what ends them, and what they survive.
#![cfg(feature = "cli")]

mod folder;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use folder::folder;
use serde_json::Value;

const DRAFT: &str = "第1条（定義）\n用語は、別紙のとおりとする。\n第2条（委託料）\n1. 委託料は、月額10万円とする。。\n2. 遅延損害金は、第1条の定めにより年3%とする。。\n";

fn keiyaku(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_keiyaku")).current_dir(folder).args(arguments).output().unwrap()
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}

fn diagnostics(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let all = [&["check", "--select", "doubled-punctuation,allow", "--format", "json"], arguments, &["."]].concat();
    let output = keiyaku(folder, &all);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    report["files"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|file| file["diagnostics"].as_array().unwrap().clone())
        .collect()
}

/// `rule at` of every finding.
fn findings(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let name = |d: &Value| format!("{} {}", d["rule"].as_str().unwrap(), d["at"].as_str().unwrap());
    diagnostics(folder, arguments).iter().map(name).collect()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder with the draft, in which the finding in 第2条第2項 is accepted.
fn accepted() -> tempfile::TempDir {
    let folder = folder(&[("a.md", DRAFT)]);
    let print = diagnostics(folder.path(), &[])[1]["fingerprint"].as_str().unwrap().to_string();
    let arguments =
        ["allow", &print[..8], "--reason", "取引基本契約の\"定め\"", "--author", "法務部", "--until", "2030-03-31"];
    let output = keiyaku(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    folder
}

#[test]
fn an_accepted_finding_is_not_reported_again() {
    let folder = accepted();
    assert_eq!(findings(folder.path(), &[]), ["doubled-punctuation 第2条第1項"]);
    let written = fs::read_to_string(folder.path().join("keiyaku.toml")).unwrap();
    for part in
        ["[[allow]]", "file = \"a.md\"", "at = \"第2条第2項\"", "author = \"法務部\"", "clause = \"", "2030-03-31"]
    {
        assert!(written.contains(part), "{part}\n{written}");
    }
    let short =
        keiyaku(folder.path(), &["check", "--select", "doubled-punctuation", "--format", "short", "--fingerprints"]);
    let line = String::from_utf8(short.stdout).unwrap();
    let print = line.trim_end().rsplit_once('[').unwrap().1.trim_end_matches(']').to_string();
    assert_eq!(keiyaku(folder.path(), &["allow", &print, "--reason", "もう一つ"]).status.code(), Some(0));
    assert!(findings(folder.path(), &[]).is_empty(), "a second waiver stands behind the first");
}

#[test]
fn a_waiver_survives_when_its_clause_is_moved_and_renumbered() {
    let folder = accepted();
    let moved = DRAFT
        .replace("第1条（定義）", "第1条（目的）\n委託する。\n第2条（定義）")
        .replace("第2条（委託料）", "第3条（委託料）");
    write(folder.path(), "a.md", &moved.replace("第1条の定め", "第2条の定め"));
    assert_eq!(findings(folder.path(), &[]), ["doubled-punctuation 第3条第1項"]);
    write(folder.path(), "a.md", &moved);
    assert_eq!(findings(folder.path(), &[]).len(), 3, "now it refers to another article");
}

#[test]
fn a_waiver_ends_visibly_when_its_clause_changes() {
    let folder = accepted();
    write(folder.path(), "a.md", &DRAFT.replace("年3%", "年20%"));
    assert_eq!(
        findings(folder.path(), &[]),
        ["expired-allow ", "doubled-punctuation 第2条第1項", "doubled-punctuation 第2条第2項"]
    );
    write(folder.path(), "a.md", &DRAFT.replace("遅延損害金は、第1条の定めにより年3%とする", "利息は付さない"));
    assert!(findings(folder.path(), &[]).contains(&"expired-allow ".to_string()), "also when every word is another");
    write(folder.path(), "a.md", &DRAFT.replace("年3%とする。。", "年3%とする。"));
    assert_eq!(findings(folder.path(), &[]), ["unused-allow ", "doubled-punctuation 第2条第1項"]);
}

#[test]
fn a_waiver_ends_with_its_last_day() {
    let folder = accepted();
    assert_eq!(findings(folder.path(), &["--as-of", "2030-03-31"]), ["doubled-punctuation 第2条第1項"]);
    assert_eq!(findings(folder.path(), &["--as-of", "2030-04-01"]).len(), 3);
    assert!(findings(folder.path(), &["--as-of", "2030-04-01"]).contains(&"expired-allow ".to_string()));
}

#[test]
fn a_place_can_be_accepted_by_hand() {
    let config = "[[allow]]\nfile = \"a.md\"\nrule = \"doubled-*\"\nat = \"第２条第１項\"\nreason = \"原文のまま\"\nuntil = 2030-01-01\n";
    let folder = folder(&[("a.md", DRAFT), ("b.md", DRAFT), ("keiyaku.toml", config)]);
    let found = findings(folder.path(), &["--ignore", "unsealed-allow"]);
    assert_eq!(found[0], "doubled-punctuation 第2条第2項");
    assert_eq!(found.len(), 3, "the other file is another: {found:?}");
    assert!(findings(folder.path(), &[]).contains(&"unsealed-allow ".to_string()));
    write(folder.path(), "keiyaku.toml", &config.replace("reason = \"原文のまま\"\n", ""));
    let output = keiyaku(folder.path(), &["check", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("「reason」がありません"), "{}", stderr(&output));
}

#[test]
fn a_comment_in_a_draft_is_sealed_by_fixing() {
    let comment = "<!-- keiyaku-allow rule = \"doubled-punctuation\", reason = \"原文のまま\" -->\n";
    let folder = folder(&[("a.md", &DRAFT.replace("第2条（委託料）", &format!("{comment}第2条（委託料）")))]);
    assert_eq!(findings(folder.path(), &[]), ["unsealed-allow 第1条"]);
    assert_eq!(keiyaku(folder.path(), &["fix", "--select", "allow", "."]).status.code(), Some(0));
    assert!(findings(folder.path(), &[]).is_empty());
    let sealed = fs::read_to_string(folder.path().join("a.md")).unwrap();
    assert!(sealed.contains("reason = \"原文のまま\", clause = \""), "{sealed}");
    write(folder.path(), "a.md", &sealed.replace("10万円", "30万円"));
    assert_eq!(findings(folder.path(), &[]).len(), 3);
    write(folder.path(), "a.md", &sealed.replace("第2条（委託料）", "第3条（委託料）"));
    assert!(findings(folder.path(), &[]).is_empty(), "a number is no change");
}

/// A contract as people edit one; the last article has the finding that is accepted, and a clause that it should have is missing.
const CONTRACT: &str = "業務委託契約書

株式会社青葉（以下「甲」という。）と株式会社若葉（以下「乙」という。）は、次のとおり契約する。

第1条（目的）
甲は、乙に清掃を委託する。
第2条（委託料）
1. 委託料は、月額10万円とする。ただし、休業した月は、この限りでない。
2. 委託料は、月末に支払う。
第3条（検査）
甲は、業務の終了後に検査する。
第4条（存続）
第2条第1項ただし書及び第2条から第3条までの定めは、終了後3年間存続する。。
";

/// Every article one further on, and so are the references.
fn one_further_on(text: &str) -> String {
    (1..=4).rev().fold(text.into(), |text: String, n| text.replace(&format!("第{n}条"), &format!("第{}条", n + 1)))
}

fn with_an_article_in_front(text: &str, article: &str) -> String {
    let at = text.find("第1条").unwrap();
    format!("{}{article}{}", &text[..at], one_further_on(&text[at..]))
}

fn without_captions(text: &str) -> String {
    ["目的", "委託料", "検査", "存続"]
        .iter()
        .fold(text.into(), |text: String, name| text.replace(&format!("（{name}）"), ""))
}

/// What is left after an edit of a contract whose two findings, one of a clause and one of the whole, were accepted.
fn after(text: &str, edited: &str, suffix: &str) -> Vec<String> {
    let rules = "doubled-punctuation,asf-missing,allow";
    let folder = folder(&[(&*format!("a.{suffix}"), text)]);
    let check = |format: &str| {
        let arguments = [
            "check",
            "--select",
            rules,
            "--party-type",
            "b2b",
            "--kind",
            "quasi-mandate",
            "--format",
            "short",
            format,
            ".",
        ];
        String::from_utf8(keiyaku(folder.path(), &arguments).stdout).unwrap()
    };
    let listed = check("--fingerprints");
    assert_eq!(listed.lines().count(), 2, "{listed}");
    for line in listed.lines() {
        let print = line.rsplit_once('[').unwrap().1.trim_end_matches(']');
        let facts = ["--party-type", "b2b", "--kind", "quasi-mandate", "--reason", "確認した"];
        let output = keiyaku(folder.path(), &[&["allow", print], &facts[..]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    assert_eq!(check("--isolated").lines().count(), 2);
    write(folder.path(), &format!("a.{suffix}"), edited);
    let report = check("--fingerprints");
    report.lines().map(|line| line.split(' ').skip(2).take(2).collect::<Vec<&str>>().join(" ")).collect()
}

#[test]
fn waivers_survive_what_does_not_change_the_clause() {
    let wide = CONTRACT.replace('1', "１").replace('2', "２").replace('3', "３").replace('4', "４").replace('0', "０");
    let heading = CONTRACT.find("第3条").unwrap()..CONTRACT.find("第4条").unwrap();
    // 第3条 goes behind 第4条, and the reference to it follows.
    let moved =
        CONTRACT.replace(&CONTRACT[heading.clone()], "").replace("第4条", "第３条").replace("第3条まで", "第4条まで")
            + &CONTRACT[heading].replace("第3条", "第4条");
    let edits = [
        ("an article in front", with_an_article_in_front(CONTRACT, "第1条（定義）\n用語は、別紙のとおりとする。\n")),
        ("an article moved", moved),
        ("digits in full width", wide),
        ("brackets of ASCII", CONTRACT.replace('（', "(").replace('）', ")")),
        ("blank lines", CONTRACT.replace('\n', "\n\n")),
        ("line ends", CONTRACT.replace('\n', "\r\n")),
        ("blanks behind and inside", CONTRACT.replace("。\n", "。　 \n").replace("終了後3年間", "終了後 3 年間")),
        ("a wrapped line", CONTRACT.replace("終了後3年間", "終了後\n3年間")),
        ("indentation", CONTRACT.replace("\n第2条第1項ただし書", "\n　第2条第1項ただし書")),
        ("a party under another name", CONTRACT.replace("株式会社若葉", "株式会社わかば商事")),
        ("another title", CONTRACT.replace("業務委託契約書", "清掃業務委託契約書")),
        ("another caption", CONTRACT.replace("（存続）", "（存続条項）")),
        (
            "another caption and an article in front",
            with_an_article_in_front(CONTRACT, "第1条（定義）\n別紙による。\n").replace("（存続）", "（残存条項）"),
        ),
        ("another clause", CONTRACT.replace("10万円", "20万円")),
    ];
    for (name, edited) in edits {
        assert_ne!(edited, CONTRACT, "{name}");
        for suffix in ["md", "txt"] {
            assert_eq!(after(CONTRACT, &edited, suffix), Vec::<String>::new(), "{name}, {suffix}:\n{edited}");
        }
    }
    let bare = without_captions(CONTRACT);
    let edited = with_an_article_in_front(&bare, "第1条\n用語は、別紙のとおりとする。\n");
    assert_eq!(after(&bare, &edited, "txt"), Vec::<String>::new(), "no captions");
}

#[test]
fn waivers_end_when_the_clause_says_something_else() {
    let ended = ["expired-allow -", "doubled-punctuation 第4条"];
    for (before, changed) in [
        ("3年間", "4年間"),
        ("存続する", "存続しない"),
        ("第2条から第3条まで", "第1条から第3条まで"),
        ("第2条から第3条まで", "第2条から第4条まで"),
        ("第2条第1項ただし書", "第2条第1項本文"),
        ("第2条第1項ただし書", "第2条第2項"),
    ] {
        assert_eq!(after(CONTRACT, &CONTRACT.replace(before, changed), "txt"), ended, "{before} → {changed}");
        let bare = without_captions(CONTRACT);
        assert_eq!(after(&bare, &bare.replace(before, changed), "txt"), ended, "{before} → {changed}, no captions");
    }
}

#[test]
fn a_waiver_is_for_one_clause_and_not_for_its_like() {
    let clause = "第4条（存続）\n第2条第1項ただし書及び第2条から第3条までの定めは、終了後3年間存続する。。\n";
    let like = CONTRACT
        .replace(clause, &format!("{}{clause}", clause.replace("3年間", "30年間").replace("第4条", "第3条の2")));
    assert_eq!(after(CONTRACT, &like, "txt"), ["doubled-punctuation 第3条の2"], "{like}");
    // Where one of two findings of a clause was accepted, the other is reported, also when the caption is another.
    let twice = CONTRACT.replace("存続する。。", "存続する。。別に定める。。").replace("（存続）", "（残存）");
    assert!(after(CONTRACT, &twice, "txt").contains(&"doubled-punctuation 第4条".to_string()));
}

#[test]
fn a_baseline_survives_the_same_edits() {
    let edits = [
        with_an_article_in_front(CONTRACT, "第1条（定義）\n用語の意味は、法令の例による。\n"),
        CONTRACT.replace('（', "(").replace('）', ")"),
        CONTRACT.replace("株式会社若葉", "株式会社わかば商事"),
        CONTRACT.replace("業務委託契約書", "清掃業務委託契約書"),
    ];
    for edited in edits {
        let folder = folder(&[("a.txt", CONTRACT)]);
        let facts = ["--party-type", "b2b", "--kind", "quasi-mandate"];
        assert_eq!(keiyaku(folder.path(), &[&["baseline", "."], &facts[..]].concat()).status.code(), Some(0));
        write(folder.path(), "a.txt", &edited);
        let arguments = ["check", "--format", "short", "--baseline", "keiyaku-baseline.json", "."];
        let output = keiyaku(folder.path(), &[&arguments[..], &facts].concat());
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "", "{edited}");
    }
}

#[test]
fn a_baseline_holds_back_what_is_known_also_after_renumbering() {
    let folder = folder(&[("a.md", DRAFT)]);
    assert_eq!(keiyaku(folder.path(), &["baseline", "."]).status.code(), Some(0));
    let known = ["--baseline", "keiyaku-baseline.json"];
    assert!(findings(folder.path(), &known).is_empty());
    let moved = DRAFT
        .replace("第1条（定義）", "第1条（目的）\n委託する。。\n第2条（定義）")
        .replace("第2条（委託料）", "第3条（委託料）");
    write(folder.path(), "a.md", &moved);
    assert_eq!(findings(folder.path(), &known), ["doubled-punctuation 第1条"]);
    write(
        folder.path(),
        "a.md",
        &moved.replace("第1条", "第一条").replace("第2条", "第二条").replace("第3条", "第三条"),
    );
    assert_eq!(findings(folder.path(), &known), ["doubled-punctuation 第1条"]);
    write(folder.path(), "keiyaku.toml", "baseline = \"keiyaku-baseline.json\"\n");
    assert_eq!(findings(folder.path(), &[]), ["doubled-punctuation 第1条"]);
    let bytes = fs::read(folder.path().join("keiyaku-baseline.json")).unwrap();
    write(folder.path(), "a.md", DRAFT);
    keiyaku(folder.path(), &["baseline", "--isolated", "."]);
    assert_eq!(
        fs::read(folder.path().join("keiyaku-baseline.json")).unwrap(),
        bytes,
        "the same findings give the same bytes"
    );
    write(folder.path(), "keiyaku-baseline.json", "{}");
    let output = keiyaku(folder.path(), &["check", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("keiyaku-baseline.json"), "{}", stderr(&output));
}

/// A comment written for a finding waives it and leaves nothing to be said about waivers, wherever in a contract it stands.
#[test]
fn a_comment_for_any_finding_of_the_corpus_waives_it() {
    use keiyaku::{Analysis, Contract, Rulebook, Settings, Text, allow, check_analysed, fix};

    let settings = Settings::default();
    let mut written = 0;
    for file in drafts("corpus") {
        let text = fs::read_to_string(&file).unwrap();
        let contract = Contract::parse(Text::new(text.as_str()));
        let analysis = Analysis::under(&contract, Rulebook::builtin(), &settings);
        let findings = check_analysed(&analysis, &settings);
        let mut seen = std::collections::BTreeSet::new();
        for finding in findings.iter().filter(|finding| seen.insert(finding.rule.to_string())) {
            let Some(comment) = allow::comment(&analysis, finding, "確認した") else { continue };
            let commented = Contract::parse(Text::new(fix::apply(&text, &[comment])));
            let left = check_analysed(&Analysis::under(&commented, Rulebook::builtin(), &settings), &settings);
            let about_waivers: Vec<&str> =
                left.iter().filter(|left| left.family == "allow").map(|left| left.message.as_str()).collect();
            assert!(about_waivers.is_empty(), "{}: {} {about_waivers:?}", file.display(), finding.message);
            let of_clause = |of: &&keiyaku::Finding| of.rule == finding.rule && of.path == finding.path;
            assert!(!left.iter().any(|left| of_clause(&left)), "{}: {}", file.display(), finding.message);
            written += 1;
        }
    }
    assert!(written > 40, "{written}");
}

/// The drafts in Markdown below a folder.
fn drafts(folder: &str) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let below = folders.iter().flat_map(|folder| drafts(folder.to_str().unwrap()));
    files.into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "md")).chain(below).collect()
}
