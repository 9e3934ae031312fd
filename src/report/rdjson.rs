//! Reviewdog's diagnostic format: <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>. Columns are bytes of UTF-8, counted
//! from 1; the end of a range is exclusive.

use serde::Serialize;

use super::Checked;
use crate::finding::{Finding, Fix};
use crate::rule::Severity;
use crate::text::{Span, Text};

/// A whole report.
#[derive(Serialize)]
pub struct Report<'a> {
    source: Source,
    diagnostics: Vec<Diagnostic<'a>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<RelatedLocation<'a>>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct RelatedLocation<'a> {
    message: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

/// The report of some files.
pub fn report(files: &[Checked]) -> Report<'_> {
    let diagnostics = files.iter().flat_map(|file| file.findings.iter().map(|finding| diagnostic(file, finding)));
    Report { source: Source { name: "keiyaku" }, diagnostics: diagnostics.collect() }
}

fn diagnostic<'a>(file: &'a Checked, finding: &'a Finding) -> Diagnostic<'a> {
    let text = file.contract.text();
    let location = |span| Location { path: &file.path, range: range(text, span) };
    Diagnostic {
        message: finding.with_help("\n"),
        location: location(finding.span),
        severity: match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        },
        code: Code { value: &finding.rule },
        suggestions: finding.fix.as_ref().and_then(|fix| suggestion(text, fix)).into_iter().collect(),
        related_locations: finding
            .related
            .iter()
            .map(|related| RelatedLocation { message: &related.message, location: location(related.span) })
            .collect(),
    }
}

/// Each suggestion is applied on its own, so a fix whose edits belong together is none.
fn suggestion<'a>(text: &Text, fix: &'a Fix) -> Option<Suggestion<'a>> {
    match &fix.edits[..] {
        [edit] => Some(Suggestion { range: range(text, edit.span), text: &edit.text }),
        _ => None,
    }
}

fn range(text: &Text, span: Span) -> Range {
    let position = |byte| Position { line: text.position(byte).line, column: text.byte_column(byte) };
    Range { start: position(span.start), end: position(span.end) }
}
