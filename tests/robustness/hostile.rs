//! Texts and names that mean harm: to a terminal, to a page, to a log, to a reader.

use std::fs;

use serde_json::Value;

use super::*;

/// Clears the screen, sets the title of the window, turns the direction, closes elements and strings, begins commands.
const TEXT: &str = "第1条（<script>alert(1)</script>）\n1. 甲は、\u{1b}[2J\u{1b}]0;壊\u{7}\u{202e}乙\u{9b}31m\u{7f}に]]>&\"'%0A::error::\u{8}委託する。。\n\
                    2. \n第3条（\u{1b}[31m期間）\n甲は、第9条\u{2066}により「<img src=x onerror=alert(1)>」を\rする（以下\"。\n";
/// As a file may be named.
const NAME: &str = "\u{1b}[2J<b>\u{202e}::error,a=b::&\"']]>.txt";

fn output(format: &str) -> String {
    let folder = folder(&[(NAME, TEXT)]);
    let run = keiyaku(folder.path(), &["check", "--format", format, "."]);
    assert_eq!(status(&run), 1, "{}", stderr(&run));
    assert!(!stdout(&run).is_empty());
    is_tame(&stderr(&run));
    stdout(&run)
}

/// Nothing in it commands a terminal or turns the direction of writing.
fn is_tame(text: &str) {
    let wild =
        |c: &char| c.is_control() && *c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!text.chars().any(|c| wild(&c)), "{text:?}");
}

#[test]
fn a_terminal_is_not_commanded() {
    for format in ["human", "short", "github"] {
        is_tame(&output(format));
    }
    let human = output("human");
    assert!(human.contains("␛[2J") && human.contains('␇'), "what was there is shown: {human}");
    let folder = folder(&[("a.txt", TEXT), ("keiyaku.toml", "\"\\u001b[31m\" = 1\n")]);
    for arguments in
        [&["inspect", "--isolated", "a.txt"][..], &["check", "a.txt"], &["check", "--isolated", "\u{1b}[31m.txt"]]
    {
        let run = keiyaku(folder.path(), arguments);
        is_tame(&stdout(&run));
        is_tame(&stderr(&run));
    }
    // What a program applies is as it is.
    let patch = stdout(&keiyaku(folder.path(), &["fix", "--isolated", "--diff", "a.txt"]));
    assert!(patch.contains("\u{1b}[2J"), "{patch:?}");
}

#[test]
fn places_are_right_behind_what_is_shown_otherwise() {
    let output = output("human");
    let line = output.lines().position(|line| line.contains("委託する。。")).unwrap();
    let lines: Vec<&str> = output.lines().collect();
    assert!(lines[line].contains("1. 甲は、␛[2J␛]0;壊␇\u{FFFD}乙\u{FFFD}31m␡に]]>"), "{}", lines[line]);
}

#[test]
fn a_page_stays_a_page() {
    let page = output("html");
    for wild in ["<script", "<img src=x", "<b>", "\u{1b}", "\u{202e}", "\u{2066}", "\u{9b}"] {
        assert!(!page.contains(wild), "{wild:?}");
    }
    assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;"));
}

#[test]
fn a_log_keeps_its_lines() {
    let log = output("github");
    for line in log.lines() {
        assert!(["::error ", "::warning ", "::notice "].iter().any(|command| line.starts_with(command)), "{line}");
        let (properties, _) = line[2..].split_once("::").unwrap();
        assert!(properties.matches("file=").count() == 1 && properties.contains("%3A%3Aerror%2Ca=b%3A%3A"), "{line}");
    }
    assert!(!log.contains("%0A::error") || log.contains("%250A::error"), "{log}");
}

#[test]
fn xml_is_well_formed_and_says_what_was_there() {
    let xml = output("junit");
    let mut reader = quick_xml::Reader::from_str(&xml);
    let mut failures = 0;
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {xml}")) {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(element) => {
                failures += usize::from(element.name().as_ref() == "failure");
                element.attributes().for_each(|attribute| drop(attribute.unwrap()));
            }
            _ => {}
        }
    }
    assert!(failures > 0);
    let allowed =
        |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(xml.chars().all(allowed), "XML 1.0 has no such characters");
}

#[test]
fn json_is_json_and_keeps_every_character() {
    for format in ["json", "sarif", "gitlab", "rdjson"] {
        let report: Value = serde_json::from_str(&output(format)).unwrap();
        assert!(report.to_string().contains("doubled-punctuation"), "{format}");
    }
    let lines = output("ndjson");
    assert!(lines.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
    let report: Value = serde_json::from_str(&output("json")).unwrap();
    assert_eq!(report["files"][0]["path"], NAME);
    let sarif: Value = serde_json::from_str(&output("sarif")).unwrap();
    let uri = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert!(uri.as_str().unwrap().bytes().all(|b| b.is_ascii_graphic() && !b"<>\"\\^`{|}".contains(&b)), "{uri}");
}

/// No command, no path out of the folder, no other file: a configuration can name what is read, and nothing that is run or written.
#[test]
fn a_configuration_runs_and_writes_nothing() {
    let folder = folder(&[
        ("a.txt", FLAWED),
        (
            "keiyaku.toml",
            "baseline = \"../$(touch run)/`touch run`\"\nterms-from = [\"|touch run\"]\nplaybook = [\"../$(touch run)\"]\n",
        ),
    ]);
    let before = names(folder.path());
    for arguments in
        [&["check", "."][..], &["fix", "."], &["baseline", "--output", "x.json", "."], &["renumber", "a.txt"]]
    {
        refused(&keiyaku(folder.path(), arguments), &["ファイルがありません"]);
        assert_eq!(names(folder.path()), before);
    }
    assert_eq!(fs::read_to_string(folder.path().join("a.txt")).unwrap(), FLAWED);
}
