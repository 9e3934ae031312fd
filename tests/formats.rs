//! Every output format, as the programs read it for which it is made. `tests/clients/formats` holds the same outputs against those
//! programs themselves.
#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// 𠮷 is two UTF-16 units and four bytes, so that no two units of columns agree; `%`, `,` and `:` are what commands have to escape.
const TEXT: &str = "清掃の取決文書\n第1条（目的）\n1. 𠮷田は、乙に清掃を委託する。。\n2. \n第2条（料金）\n料金は、月額10%とする（以下「料金」という。\n第2条（期間）\n1年間とする。\n";
/// A name with everything that paths are escaped for.
const NAME: &str = "契約 50%,a:b.txt";

fn output(format: &str, files: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let run = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keiyaku"));
        let names = files.iter().map(|(name, _)| Path::new(name));
        let output = command
            .current_dir(folder.path())
            .args(["check", "--select", "structure,notation", "--format", format])
            .args(names)
            .output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    let first = run();
    assert_eq!(first, run(), "the same bytes each time");
    first
}

fn json(format: &str) -> Value {
    serde_json::from_str(&output(format, &[(NAME, TEXT), ("clean.txt", "第1条（目的）\n委託する。\n")])).unwrap()
}

/// The text from one UTF-16 column of a line to another.
fn utf16(line: usize, start: usize, end: usize) -> String {
    let units: Vec<u16> = TEXT.lines().nth(line - 1).unwrap().encode_utf16().collect();
    String::from_utf16(&units[start - 1..end - 1]).unwrap()
}

fn number(value: &Value) -> usize {
    value.as_u64().unwrap() as usize
}

#[test]
fn sarif_has_rules_regions_fingerprints_and_fixes() {
    let log = json("sarif");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        let rule = &rules[number(&result["ruleIndex"])];
        assert_eq!(rule["id"], result["ruleId"]);
        for text in ["/shortDescription/text", "/fullDescription/text", "/help/text", "/help/markdown"] {
            assert!(
                !rule.pointer(text).unwrap().as_str().unwrap().is_empty(),
                "GitHub takes empty for missing: {text}"
            );
        }
        assert!(!rule["help"]["markdown"].as_str().unwrap().contains("toml rule"));
        assert_eq!(result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap().len(), 16);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "%E5%A5%91%E7%B4%84%2050%25%2Ca%3Ab.txt");
    }
    let doubled = results.iter().find(|result| result["ruleId"] == "doubled-punctuation").unwrap();
    let region = &doubled["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        utf16(number(&region["startLine"]), number(&region["startColumn"]), number(&region["endColumn"])),
        "。。"
    );
    assert_eq!(doubled["locations"][0]["logicalLocations"][0]["name"], "第1条第1項");
    let replacement = &doubled["fixes"][0]["artifactChanges"][0]["replacements"][0];
    let (region, inserted) = (&replacement["deletedRegion"], replacement["insertedContent"]["text"].as_str().unwrap());
    let deleted = utf16(number(&region["startLine"]), number(&region["startColumn"]), number(&region["endColumn"]));
    assert!(matches!((deleted.as_str(), inserted), ("。。", "。") | ("。", "")), "{deleted} → {inserted}");
    let duplicate = results.iter().find(|result| result["ruleId"] == "article-duplicate").unwrap();
    assert_eq!(duplicate["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 5);
}

#[test]
fn rdjson_counts_bytes_and_suggests() {
    let report = json("rdjson");
    let diagnostics = report["diagnostics"].as_array().unwrap();
    let doubled = diagnostics.iter().find(|diagnostic| diagnostic["code"]["value"] == "doubled-punctuation").unwrap();
    let range = &doubled["location"]["range"];
    let line = TEXT.lines().nth(number(&range["start"]["line"]) - 1).unwrap();
    let (start, end) = (number(&range["start"]["column"]) - 1, number(&range["end"]["column"]) - 1);
    assert_eq!(&line[start..end], "。。");
    assert_eq!(doubled["location"]["path"], NAME);
    assert!(doubled["suggestions"][0]["range"]["start"]["line"].is_number());
    assert!(diagnostics.iter().all(|d| ["ERROR", "WARNING", "INFO"].contains(&d["severity"].as_str().unwrap())));
}

#[test]
fn gitlab_has_unique_fingerprints_and_relative_paths() {
    let text = output("gitlab", &[(NAME, TEXT), ("./copy.txt", TEXT)]);
    let issues: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut fingerprints: Vec<&str> = issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), issues.len());
    assert!(issues.iter().any(|issue| issue["location"]["path"] == "copy.txt"));
    for issue in &issues {
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&issue["severity"].as_str().unwrap()));
        assert!(
            number(&issue["location"]["lines"]["begin"]) >= 1 && !issue["description"].as_str().unwrap().is_empty()
        );
    }
}

#[test]
fn github_commands_are_escaped() {
    let commands = output("github", &[(NAME, TEXT)]);
    for command in commands.lines() {
        let (properties, message) = command.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (severity, properties) = properties.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&severity) && !message.is_empty());
        let names: Vec<&str> = properties.split(',').map(|property| property.split_once('=').unwrap().0).collect();
        assert!(names.starts_with(&["file", "line", "endLine"]) && names.ends_with(&["title"]), "{command}");
    }
    assert!(commands.contains("file=契約 50%25%2Ca%3Ab.txt,line=4,"), "{commands}");
}

#[test]
fn junit_has_a_case_for_each_finding_and_for_a_clean_file() {
    let report = output("junit", &[(NAME, TEXT), ("clean.txt", "第1条（目的）\n委託する。\n")]);
    insta::assert_snapshot!(report.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn ndjson_is_a_line_for_each_finding() {
    let lines = output("ndjson", &[(NAME, TEXT), ("clean.txt", "第1条（目的）\n委託する。\n")]);
    let findings: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let whole = json("json");
    assert_eq!(findings.len(), whole["files"][0]["diagnostics"].as_array().unwrap().len());
    for (line, diagnostic) in findings.iter().zip(whole["files"][0]["diagnostics"].as_array().unwrap()) {
        assert_eq!((&line["file"], &line["version"]), (&NAME.into(), &1.into()));
        assert_eq!(line["fingerprint"], diagnostic["fingerprint"]);
    }
}

/// The commands of the jobs in docs/integration.md, as a shell of the CI runs them.
#[cfg(unix)]
#[test]
fn the_commands_of_the_documented_jobs_run() {
    let page = fs::read_to_string("docs/integration.md").unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("draft.txt"), "第1条（目的）\n委託する。。\n第3条（期間）\n1年とする。\n").unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_keiyaku"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut written = Vec::new();
    for block in page.split("```yaml\n").skip(1).map(|block| block.split("```").next().unwrap()) {
        let commands = block.lines().map(|line| line.trim().trim_start_matches("- ").trim_start_matches("run: "));
        for command in commands.filter(|command| command.starts_with("keiyaku ")) {
            let mut shell = Command::new("sh");
            let status =
                shell.args(["-c", command]).env("PATH", &path).current_dir(folder.path()).output().unwrap().status;
            let fails = !command.contains("--fail-on never");
            assert_eq!(status.code(), Some(fails.into()), "{command}");
            written.extend(command.split_once("> ").map(|(_, file)| file.to_string()));
        }
    }
    assert_eq!(written, ["keiyaku.sarif", "gl-code-quality-report.json", "keiyaku.xml"]);
    for file in written {
        assert!(fs::read_to_string(folder.path().join(&file)).unwrap().contains("article-gap"), "{file}");
    }
}
