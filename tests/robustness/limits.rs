//! The limits of `docs/limits.md`.

use std::fs;

use serde_json::Value;

use super::*;

#[test]
fn a_file_beyond_the_limit_is_refused_unread() {
    let folder = folder(&[("a.txt", FLAWED)]);
    // It takes no room on the disk: there is nothing in it.
    fs::File::create(folder.path().join("huge.txt")).unwrap().set_len((1 << 30) + 1).unwrap();
    let output = keiyaku(folder.path(), &["check", "--format", "short", "huge.txt", "a.txt"]);
    refused(&output, &["huge.txt: 大きすぎます（1GiBまで）。分けて指定してください"]);
    assert!(stdout(&output).contains("a.txt:2:13"));
}

#[test]
fn findings_beyond_a_thousand_of_a_rule_are_counted() {
    let text = "第1条（目的）\n".to_string() + &"甲は、乙に清掃を委託する。。\n".repeat(1200);
    let folder = folder(&[("a.txt", &text)]);
    let check = |more: &[&str]| {
        let arguments = [&["check", "--select", "doubled-punctuation"], more, &["a.txt"]].concat();
        keiyaku(folder.path(), &arguments)
    };
    let json = |more: &[&str]| -> Value {
        serde_json::from_slice(&check(&[&["--format", "json"], more].concat()).stdout).unwrap()
    };
    let report = json(&[]);
    let file = &report["files"][0];
    assert_eq!(file["diagnostics"].as_array().unwrap().len(), 1000);
    assert_eq!(
        file["omitted"],
        serde_json::json!([{ "rule": "doubled-punctuation", "severity": "warning", "count": 200 }])
    );
    assert_eq!((&report["summary"]["warnings"], &report["summary"]["fixable"]), (&1200.into(), &1200.into()));
    let all = json(&["--max-per-rule", "0"]);
    assert_eq!(all["files"][0]["diagnostics"].as_array().unwrap().len(), 1200);
    assert!(all["files"][0].get("omitted").is_none());
    let human = stdout(&check(&["--max-per-rule", "3"]));
    assert!(human.contains("（同じ指摘が全部で1200か所）") && human.contains("警告1200件"), "{human}");
    assert!(human.contains("ほか: 1197か所（--max-per-rule 0 で全て表示します）"), "{human}");
    let short = check(&["--format", "short"]);
    assert_eq!(stdout(&short).lines().count(), 1000);
    assert!(stderr(&short).contains("a.txt: doubled-punctuation の指摘は1000件まで出力し、残る200件は省略しました"));
    let statistics = stdout(&check(&["--statistics"]));
    assert!(statistics.trim_start().starts_with("1200 warning"), "{statistics}");
    // What is not listed is mended and recorded all the same.
    assert_eq!(status(&keiyaku(folder.path(), &["baseline", "a.txt"])), 0);
    assert_eq!(status(&check(&["--baseline", "keiyaku-baseline.json"])), 0);
    assert_eq!(status(&keiyaku(folder.path(), &["fix", "a.txt"])), 0);
    assert!(!fs::read_to_string(folder.path().join("a.txt")).unwrap().contains("。。"));
}

#[test]
fn nesting_has_no_bottom_to_fall_through() {
    let brackets = "第1条（目的）\n甲は、".to_string() + &"（".repeat(1_000) + &"）".repeat(1_000) + "委託する。\n";
    let lists: String = (0..500).map(|depth| format!("{}- 甲は、委託する。\n", "  ".repeat(depth))).collect();
    let quotations = "> ".repeat(50_000) + "第1条（目的）\n";
    let styles: String = ["1. ", "(1) ", "ア ", "a) ", "① ", "イ ", "i) ", "(ア) ", "(a) "]
        .iter()
        .cycle()
        .take(1_000)
        .map(|label| format!("{label}次の各号\n"))
        .collect();
    for text in [brackets, lists, quotations, styles] {
        for arguments in [
            &["check", "-"][..],
            &["inspect", "--format", "json", "-"],
            &["fix", "--diff", "-"],
            &["renumber", "--diff", "-"],
        ] {
            let output = with_stdin(&std::env::temp_dir(), arguments, text.as_bytes());
            assert!((0..=2).contains(&status(&output)), "{arguments:?}");
        }
    }
}

#[test]
fn a_playbook_cannot_make_the_program_work_without_end() {
    let page = |phrases: &str| {
        format!(
            "# 語\n\n```toml rule\nseverity = \"info\"\nsince = \"1\"\n\n[forbid]\nphrases = [{phrases}]\nmessage = \"「{{found}}」です。\"\n```\n\n報告します。\n"
        )
    };
    let folder = folder(&[("a.txt", &("第1条（目的）\n".to_string() + &"甲".repeat(20_000) + "\n"))]);
    fs::create_dir(folder.path().join("playbook")).unwrap();
    let check = |phrases: &str| {
        fs::write(folder.path().join("playbook/our.md"), page(phrases)).unwrap();
        keiyaku(folder.path(), &["check", "--playbook", "playbook", "--select", "our", "a.txt"])
    };
    // Each gap could end at any 甲, and no way through them leads to 乙.
    let gaps = "甲…".repeat(30) + "乙";
    assert_eq!(status(&check(&format!("\"{gaps}\""))), 0);
    refused(&check(&format!("\"{}\"", "(甲|乙)".repeat(40))), &["our.md:", "256を超えます"]);
    refused(&check(&format!("\"{}\"", "(".repeat(900))), &["our.md:", "入れ子が深すぎます"]);
    refused(&check(&format!("\"{}\"", "甲".repeat(100_000))), &["our.md:", "長すぎます"]);
}
