//! Commands for the log of GitHub Actions: `::warning file=…,line=…,title=…::message`. GitHub shows a few of them in the difference of a
//! pull request; [`super::sarif`] has room for more. Columns are characters, counted from 1.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use std::fmt::Write;

use super::{Checked, visible};
use crate::rule::Severity;

/// The commands of a file.
pub fn report(file: &Checked) -> String {
    let mut out = String::new();
    let text = file.contract.text();
    for finding in &file.findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let (start, end) = (text.position(finding.span.start), text.position(finding.span.end));
        let _ = write!(out, "::{command} file={},line={},endLine={}", property(&file.path), start.line, end.line);
        // A range of columns is understood within one line only.
        if start.line == end.line {
            let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
        }
        let title = [finding.rule.as_ref(), &finding.at].join(" ");
        let _ = writeln!(out, ",title={}::{}", property(title.trim()), data(&finding.with_help("\n")));
    }
    out
}

/// The text of a command.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
