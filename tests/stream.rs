//! `keiyaku check --stdin ndjson`, `--statistics`, `--watch`, completions and the man page.
#![cfg(feature = "cli")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use serde_json::{Value, json};

const FLAWED: &str = "第1条（目的）\n1. 甲は、乙に清掃を委託する。\n2. \n";

fn run(arguments: &[&str], input: &[u8]) -> (Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_keiyaku"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // The answers come while the records are still being written.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn every_line_is_answered_in_order_and_bad_ones_with_an_error() {
    let shift_jis = "keYxj/CBaZbak0mBagoxLiCNYoLNgUGJs4LJkLSRfILwiM+R9YK3gumBQgoyLiAK";
    let mut input = Vec::new();
    for line in [
        json!({"id": "a", "text": FLAWED}).to_string(),
        "{\"id\": 2, \"text\"".into(),
        json!({"id": {"x": 1}}).to_string(),
        json!({"text": FLAWED}).to_string(),
        String::new(),
        json!({"id": 3, "base64": shift_jis, "other": true}).to_string(),
        json!({"id": 4, "base64": "//"}).to_string(),
        json!({"id": 5, "text": FLAWED, "facts": {"stage": "finale"}}).to_string(),
    ] {
        input.extend(line.as_bytes());
        input.push(b'\n');
    }
    input.extend(b"{\"id\": \"\xff\"}\n");
    input.extend(json!({"id": "last", "text": ""}).to_string().as_bytes());
    let (status, output) = run(&["check", "--isolated", "--stdin", "ndjson"], &input);
    assert_eq!(status, Some(0));
    let answers: Vec<Value> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<&Value> = answers.iter().map(|answer| &answer["id"]).collect();
    let expected = [
        json!("a"),
        json!(null),
        json!({"x": 1}),
        json!(null),
        json!(null),
        json!(3),
        json!(4),
        json!(5),
        json!(null),
        json!("last"),
    ];
    assert_eq!(ids, expected.iter().collect::<Vec<&Value>>(), "{output}");
    let errors: Vec<bool> = answers.iter().map(|answer| answer["error"].is_string()).collect();
    assert_eq!(errors, [false, true, true, true, true, false, true, true, true, false], "{output}");
    for answer in [&answers[0], &answers[5]] {
        assert!(answer["diagnostics"].as_array().unwrap().iter().any(|d| d["rule"] == "empty-item"), "{answer}");
        assert!(answer["summary"]["errors"].as_u64() >= Some(1));
    }
}

#[test]
fn many_records_keep_their_order() {
    let record = |id: usize| json!({"id": id, "text": FLAWED.repeat(id % 7)}).to_string() + "\n";
    let input: String = (0..1000).map(record).collect();
    let (status, output) = run(&["check", "--isolated", "--stdin", "ndjson"], input.as_bytes());
    assert_eq!(status, Some(0));
    let ids: Vec<u64> =
        output.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, (0..1000).collect::<Vec<u64>>());
}

#[test]
fn a_caller_can_wait_for_each_answer() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_keiyaku"))
        .args(["check", "--isolated", "--stdin", "ndjson"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for id in 0..3 {
        writeln!(stdin, "{}", json!({"id": id, "text": FLAWED})).unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["id"], id);
    }
    drop(stdin);
    assert!(answers.next().is_none());
    assert!(child.wait().unwrap().success());
}

#[test]
fn statistics_count_by_rule() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), FLAWED).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_keiyaku"))
        .current_dir(folder.path())
        .args(["check", "--select", "empty-item", "--statistics", "."])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "     1 error   empty-item  本文のない項・号\n");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn watching_checks_again_when_a_file_changes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    fs::write(&file, FLAWED).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_keiyaku"))
        .current_dir(folder.path())
        .args(["check", "--watch", "--select", "empty-item", "--format", "short", "."])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (sender, lines) = channel();
    for stream in [
        Box::new(child.stdout.take().unwrap()) as Box<dyn std::io::Read + Send>,
        Box::new(child.stderr.take().unwrap()),
    ] {
        let sender = sender.clone();
        std::thread::spawn(move || {
            BufReader::new(stream).lines().map_while(Result::ok).for_each(|line| drop(sender.send(line)));
        });
    }
    let until = |wanted: &str| {
        while !lines.recv_timeout(Duration::from_secs(120)).expect("a line comes").contains(wanted) {}
    };
    until("変更を待っています");
    fs::write(&file, format!("{FLAWED}3. \n")).unwrap();
    until("a.txt:4:1: error empty-item");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn completions_and_man_pages_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (status, script) = run(&["completions", shell], b"");
        assert_eq!(status, Some(0));
        assert!(script.contains("baseline") && script.contains("fail-on"), "{shell}");
    }
    let (_, page) = run(&["man"], b"");
    assert!(page.contains(".TH") && page.contains("check"));
    let (_, page) = run(&["man", "check"], b"");
    assert!(page.contains("statistics"));
    assert_eq!(run(&["man", "chekc"], b"").0, Some(2));
}

#[test]
fn help_is_in_japanese_or_english_and_in_one_of_them_only() {
    let is_japanese = |text: &str| text.chars().any(|c| ('ぁ'..='ヿ').contains(&c));
    for command in ["check", "fix", "allow", "baseline", "inspect", "rules", "schema", "init"] {
        let (status, japanese) = run(&[command, "--help"], b"");
        assert_eq!(status, Some(0));
        assert!(
            is_japanese(&japanese) && !japanese.contains("Options:") && !japanese.contains("Print help"),
            "{japanese}"
        );
        let (_, english) = run(&[command, "--help", "--lang", "en"], b"");
        assert!(english.contains("Options:") && !is_japanese(&english), "{english}");
    }
    let (_, root) = run(&["--lang", "en", "--help"], b"");
    assert!(root.contains("Examples:") && !is_japanese(&root), "{root}");
    let (_, rules) = run(&["rules", "--lang", "en"], b"");
    assert!(rules.contains("Empty item") && !is_japanese(&rules));
}
