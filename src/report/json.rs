//! JSON for programs, format 1. Lines and columns are counted from 1, columns in characters and in UTF-16 units; `byte` is an offset from 0
//! into the decoded text.

use std::{fmt, io};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Checked, Omitted, Summary};
use crate::analysis::kind::Recognised;
use crate::finding::{Finding, Fix, Related};
use crate::rule::Basis;
#[cfg(feature = "word")]
use crate::source::word::Story;
use crate::text::{Position, Span, Text};

/// The version of the format.
pub const VERSION: u32 = 1;

/// A whole report.
#[derive(Serialize, JsonSchema)]
pub struct Report<'a> {
    version: u32,
    tool: Tool,
    files: Vec<File<'a>>,
    summary: Summary,
}

/// Which program wrote it.
#[derive(Serialize, JsonSchema)]
pub struct Tool {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
}

impl Tool {
    /// This program.
    pub const fn this() -> Tool {
        Tool { name: "keiyaku", version: env!("CARGO_PKG_VERSION") }
    }
}

impl fmt::Display for Tool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}

#[derive(Serialize, JsonSchema)]
struct File<'a> {
    path: &'a str,
    title: &'a str,
    kind: &'a Kind,
    diagnostics: Vec<Diagnostic<'a>>,
    /// Findings that are counted and not listed.
    #[serde(skip_serializing_if = "<[Omitted]>::is_empty")]
    omitted: &'a [Omitted],
}

/// A kind of contract.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Kind {
    /// `nda`, or `unknown`.
    pub id: String,
    /// 「秘密保持」, or 「不明」.
    pub title: String,
}

impl Default for Kind {
    /// A kind that nobody knows.
    fn default() -> Kind {
        Kind { id: "unknown".to_string(), title: "不明".to_string() }
    }
}

impl Kind {
    /// The kind that was recognised.
    pub fn of(recognised: &Recognised) -> Kind {
        Kind { id: recognised.id().to_string(), title: recognised.title().to_string() }
    }
}

/// One finding.
#[derive(Serialize, JsonSchema)]
pub struct Diagnostic<'a> {
    rule: &'a str,
    family: &'a str,
    severity: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    at: &'a str,
    path: &'a str,
    range: Range,
    #[serde(skip_serializing_if = "Option::is_none")]
    word: Option<&'a WordRange>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<RelatedPlace<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    basis: Vec<BasisEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixPlan<'a>>,
    fingerprint: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct RelatedPlace<'a> {
    message: &'a str,
    at: &'a str,
    range: Range,
}

/// The law on which a finding rests, and when somebody last looked.
#[derive(Serialize, JsonSchema)]
struct BasisEntry<'a> {
    law: &'a str,
    article: &'a str,
    verified: String,
}

#[derive(Serialize, JsonSchema)]
struct FixPlan<'a> {
    title: &'a str,
    safety: &'static str,
    edits: Vec<Replacement<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct Replacement<'a> {
    range: Range,
    text: &'a str,
}

/// Where something begins and ends.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub struct Range {
    start: Position,
    end: Position,
}

impl Range {
    /// The range of a span.
    pub fn of(text: &Text, span: Span) -> Range {
        Range { start: text.position(span.start), end: text.position(span.end) }
    }
}

/// Where something begins and ends in a Word document, which has no lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WordRange {
    /// The part of the package: `word/document.xml`.
    pub part: String,
    /// Where it begins.
    pub start: WordPosition,
    /// Where it ends.
    pub end: WordPosition,
}

/// A place in a Word document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WordPosition {
    /// The paragraph among all paragraphs (`w:p`) of the part, in the order of the file, from 0.
    pub paragraph: u32,
    /// The id that Word keeps for the paragraph (`w14:paraId`), where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The place in the text of the paragraph as it is shown, without its automatic number, in characters from 0.
    pub character: u32,
}

#[cfg(feature = "word")]
impl WordRange {
    /// The place of some bytes of a story; `None` where it has no paragraphs.
    pub fn of(story: &Story, span: Span) -> Option<WordRange> {
        let position = |byte: u32| {
            let (paragraph, character) = story.place(byte)?;
            Some(WordPosition { paragraph: paragraph.index, id: paragraph.id.clone(), character })
        };
        Some(WordRange { part: story.part.clone(), start: position(span.start)?, end: position(span.end)? })
    }
}

impl<'a> Diagnostic<'a> {
    /// The findings of a file.
    pub fn all(checked: &'a Checked) -> impl Iterator<Item = Diagnostic<'a>> {
        let findings = checked.findings.iter().enumerate();
        findings.map(|(at, finding)| Diagnostic::of(checked.contract.text(), finding, checked.places.get(at)))
    }

    /// A finding in a text, and its place where that was a Word document.
    fn of(text: &Text, finding: &'a Finding, word: Option<&'a WordRange>) -> Diagnostic<'a> {
        let related = |place: &'a Related| RelatedPlace {
            message: &place.message,
            at: &place.at,
            range: Range::of(text, place.span),
        };
        let plan = |fix: &'a Fix| FixPlan {
            title: &fix.title,
            safety: fix.safety.name(),
            edits: fix
                .edits
                .iter()
                .map(|edit| Replacement { range: Range::of(text, edit.span), text: &edit.text })
                .collect(),
        };
        let entry = |basis: &'a Basis| BasisEntry {
            law: &basis.law,
            article: &basis.article,
            verified: basis.verified.to_string(),
        };
        Diagnostic {
            rule: &finding.rule,
            family: &finding.family,
            severity: finding.severity.name(),
            message: &finding.message,
            help: finding.help.as_deref(),
            at: &finding.at,
            path: &finding.path,
            range: Range::of(text, finding.span),
            word,
            related: finding.related.iter().map(related).collect(),
            basis: finding.basis.iter().map(entry).collect(),
            fix: finding.fix.as_ref().map(plan),
            fingerprint: &finding.fingerprint,
        }
    }
}

impl<'a> File<'a> {
    fn of(checked: &'a Checked) -> File<'a> {
        File {
            path: &checked.path,
            title: checked.contract.title().unwrap_or_default(),
            kind: &checked.kind,
            diagnostics: Diagnostic::all(checked).collect(),
            omitted: &checked.omitted,
        }
    }
}

impl<'a> Report<'a> {
    fn new(files: Vec<File<'a>>, summary: Summary) -> Report<'a> {
        Report { version: VERSION, tool: Tool::this(), files, summary }
    }
}

/// The report of some files.
pub fn report(files: &[Checked]) -> Report<'_> {
    Report::new(files.iter().map(File::of).collect(), Summary::of(files))
}

/// [`report`] with line breaks, in pieces: [`opening`](Pieces::opening), a [`file`](Pieces::file) for each file with a comma between them,
/// [`closing`](Pieces::closing). No piece needs another file than its own, so each can be written where and when the file is checked.
pub struct Pieces;

/// Where the files stand in a report that has none.
const NO_FILES: &str = "\"files\": []";

impl Pieces {
    /// What comes before the files.
    pub fn opening() -> String {
        let report = Pieces::without_files(Summary::default());
        let (before, _) = report.split_once(NO_FILES).expect("a report has files");
        format!("{before}\"files\": [")
    }

    /// A file.
    pub fn file(checked: &Checked) -> String {
        let mut deeper = Deeper(b"\n    ".to_vec());
        serde_json::to_writer_pretty(&mut deeper, &File::of(checked)).expect(WRITABLE);
        String::from_utf8(deeper.0).expect("JSON is UTF-8")
    }

    /// What comes behind the files.
    pub fn closing(summary: &Summary) -> String {
        let report = Pieces::without_files(*summary);
        let (_, behind) = report.split_once(NO_FILES).expect("a report has files");
        let end = if summary.files == 0 { "]" } else { "\n  ]" };
        format!("{end}{behind}\n")
    }

    fn without_files(summary: Summary) -> String {
        pretty(&Report::new(Vec::new(), summary))
    }
}

/// Takes JSON that stands two levels deeper than it is written. Line breaks in it are between values, and each is the end of what is handed
/// over at once.
struct Deeper(Vec<u8>);

impl io::Write for Deeper {
    fn write(&mut self, json: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(json);
        if json.ends_with(b"\n") {
            self.0.extend_from_slice(b"    ");
        }
        Ok(json.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Why it can be expected.
const WRITABLE: &str = "text and numbers can be written as JSON";

fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).expect(WRITABLE)
}

/// The JSON Schema of this format.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Report<'static>)
}
