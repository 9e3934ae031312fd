//! GitLab's Code Quality report: what a merge request shows beside its differences.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use serde::Serialize;

use super::Checked;
use crate::finding::stable_hash;
use crate::rule::Severity;

/// One entry of the report.
#[derive(Serialize)]
pub struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// The entries of some files. Fingerprints are unique in the whole report, so they carry the path.
pub fn report(files: &[Checked]) -> Vec<Issue<'_>> {
    let mut issues = Vec::new();
    for file in files {
        let text = file.contract.text();
        issues.extend(file.findings.iter().map(|finding| Issue {
            description: match finding.at.is_empty() || finding.message.contains(&finding.at) {
                true => finding.message.clone(),
                false => format!("{}: {}", finding.at, finding.message),
            },
            check_name: &finding.rule,
            fingerprint: format!("{:016x}", stable_hash(&[&file.path, &finding.fingerprint])),
            severity: match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            location: Location {
                path: file.path.strip_prefix("./").unwrap_or(&file.path),
                lines: Lines {
                    begin: text.position(finding.span.start).line,
                    end: text.position(finding.span.end).line,
                },
            },
        }));
    }
    issues
}
