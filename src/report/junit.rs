//! JUnit's XML, which every CI reads: a suite for each file, a failed case for each finding, one passed case where nothing was found.

use std::fmt::Write;

use super::Checked;

/// The suites of some files.
pub fn report(files: &[Checked]) -> String {
    let total: usize = files.iter().map(|file| file.findings.len()).sum();
    let cases: usize = files.iter().map(|file| file.findings.len().max(1)).sum();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"keiyaku\" tests=\"{cases}\" failures=\"{total}\" errors=\"0\">\n"
    );
    for file in files {
        suite(&mut out, file);
    }
    out.push_str("</testsuites>\n");
    out
}

fn suite(out: &mut String, file: &Checked) {
    let (path, failures) = (escape(&file.path), file.findings.len());
    let _ = writeln!(
        out,
        "  <testsuite name=\"{path}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">",
        failures.max(1)
    );
    if file.findings.is_empty() {
        let _ = writeln!(out, "    <testcase name=\"指摘なし\" classname=\"{path}\"/>");
    }
    for finding in &file.findings {
        let place = file.contract.text().position(finding.span.start);
        let at = if finding.at.is_empty() { String::new() } else { format!(" {}", escape(&finding.at)) };
        let _ = writeln!(
            out,
            "    <testcase name=\"{}{at} {}:{}\" classname=\"{path}\">\n      <failure type=\"{}\" message=\"{}\">{}:{}:{}{}</failure>\n    </testcase>",
            finding.rule,
            place.line,
            place.column,
            finding.severity,
            escape(&finding.message),
            path,
            place.line,
            place.column,
            finding.help.as_ref().map_or_else(String::new, |help| format!(": {}", escape(help)))
        );
    }
    out.push_str("  </testsuite>\n");
}

/// Text in an attribute or an element. XML 1.0 has no way to write most control characters; they become U+FFFD.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}
