//! One line a finding: `path:line:column: severity rule 第N条 message`. Columns are characters, counted from 1.

use std::fmt::Write;

use super::{Checked, visible};

/// The lines of a file.
pub fn report(file: &Checked) -> String {
    lines(file, false)
}

/// The lines of a file with the fingerprint of each finding behind it: `… [3f2a90c1d4e5b677]`.
pub fn with_fingerprints(file: &Checked) -> String {
    lines(file, true)
}

fn lines(file: &Checked, fingerprints: bool) -> String {
    let mut out = String::new();
    for finding in &file.findings {
        let place = file.contract.text().position(finding.span.start);
        let at = if finding.at.is_empty() { "-" } else { &finding.at };
        let print = if fingerprints { format!(" [{}]", finding.fingerprint) } else { String::new() };
        let (line, column) = (place.line, place.column);
        let finding = format!(
            "{}:{line}:{column}: {} {} {at} {}{print}",
            file.path, finding.severity, finding.rule, finding.message
        );
        let _ = writeln!(out, "{}", visible(&finding.replace(['\n', '\r'], " ")));
    }
    out
}
