//! SARIF 2.1.0 for code scanning and for viewers of results:
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>. Columns are UTF-16 units, counted from 1; the end is exclusive.

use serde::Serialize;
use serde_json::{Value, json};

use super::Checked;
use super::json::Tool;
use crate::finding::{Finding, Fix};
use crate::rule::{Page, Rulebook, Severity};
use crate::text::{Span, Text};

/// Where the schema of the format is published.
pub const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// A place in a file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

impl Region {
    fn of(text: &Text, span: Span) -> Region {
        let (start, end) = (text.position(span.start), text.position(span.end));
        Region { start_line: start.line, start_column: start.utf16, end_line: end.line, end_column: end.utf16 }
    }
}

/// The log of some files. It describes the rules that spoke, and no others.
pub fn report(files: &[Checked], rulebook: &Rulebook) -> Value {
    let spoke = |id: &str| files.iter().any(|file| file.findings.iter().any(|finding| finding.rule == id));
    let pages: Vec<&Page> = rulebook.rules().iter().map(|rule| &*rule.page).filter(|page| spoke(&page.id)).collect();
    let results: Vec<Value> = files
        .iter()
        .flat_map(|file| {
            file.findings.iter().map(|finding| {
                let index = pages.iter().position(|page| page.id == finding.rule);
                result(file, finding, index)
            })
        })
        .collect();
    let Tool { name, version } = Tool::this();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": name,
                "version": version,
                "semanticVersion": version,
                "language": "ja",
                "rules": pages.into_iter().map(descriptor).collect::<Vec<Value>>(),
            }},
            "columnKind": "utf16CodeUnits",
            "language": "ja",
            "results": results,
        }],
    })
}

/// What a viewer shows of a rule.
fn descriptor(page: &Page) -> Value {
    let basis: Vec<String> =
        page.basis.iter().map(|b| format!("根拠: {}{}（{}確認）", b.law, b.article, b.verified)).collect();
    let text = [page.prose().to_string()].into_iter().chain(basis.clone()).collect::<Vec<String>>().join("\n");
    let markdown = [page.body().to_string()].into_iter().chain(basis).collect::<Vec<String>>().join("\n\n");
    json!({
        "id": page.id,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.summary},
        "help": {"text": text, "markdown": markdown},
        "defaultConfiguration": {"level": level(page.level.draft)},
        "properties": {"tags": [page.family], "precision": "high", "problem.severity": problem(page.level.draft)},
    })
}

fn result(file: &Checked, finding: &Finding, rule: Option<usize>) -> Value {
    let text = file.contract.text();
    let uri = uri(&file.path);
    let place = |span| json!({"artifactLocation": {"uri": uri}, "region": Region::of(text, span)});
    let mut location = json!({"physicalLocation": place(finding.span)});
    if !finding.at.is_empty() {
        location["logicalLocations"] = json!([{"name": finding.at, "fullyQualifiedName": finding.path}]);
    }
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": {"text": finding.with_help("\n")},
        "locations": [location],
        // GitHub looks at the first only; the second says whose it is.
        "partialFingerprints": {
            "primaryLocationLineHash": finding.fingerprint,
            "keiyakuFingerprint/v1": finding.fingerprint,
        },
    });
    if let Some(rule) = rule {
        result["ruleIndex"] = json!(rule);
    }
    if !finding.related.is_empty() {
        let related = |(id, related): (usize, &crate::finding::Related)| json!({"id": id, "message": {"text": related.message}, "physicalLocation": place(related.span)});
        result["relatedLocations"] = finding.related.iter().enumerate().map(related).collect();
    }
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([plan(text, &uri, fix)]);
    }
    result
}

fn plan(text: &Text, uri: &str, fix: &Fix) -> Value {
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| json!({"deletedRegion": Region::of(text, edit.span), "insertedContent": {"text": edit.text}}))
        .collect();
    json!({
        "description": {"text": fix.title},
        "artifactChanges": [{"artifactLocation": {"uri": uri}, "replacements": replacements}],
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// The word by which GitHub orders its list.
const fn problem(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "recommendation",
    }
}

/// A path as a reference to a URI: relative paths stay relative, everything outside ASCII's unreserved characters is percent-encoded.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    let drive = path.as_bytes().get(1) == Some(&b':');
    let mut out = String::from(if drive { "file:///" } else { "" });
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for (at, byte) in path.bytes().enumerate() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            b':' if drive && at == 1 => out.push(':'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_are_references_to_uris() {
        assert_eq!(uri("contracts/a b.txt"), "contracts/a%20b.txt");
        assert_eq!(uri("./契.md"), "%E5%A5%91.md");
        assert_eq!(uri("/tmp/a.txt"), "file:///tmp/a.txt");
        assert_eq!(uri("C:\\a\\b.txt"), "file:///C:/a/b.txt");
    }
}
