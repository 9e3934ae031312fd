//! An open document: its text as the editor has it, what has been read from it, and places in the editor's columns.

use std::cell::OnceCell;
use std::thread;

use lsp_types::{Location, Position, Range, TextDocumentContentChangeEvent, Uri};

use super::surroundings::Agreed;
use crate::analysis::party::Parties;
use crate::analysis::reference::{Reference, References};
use crate::analysis::term::Terms;
use crate::contract::{Contract, UnitId};
use crate::finding::Finding;
use crate::marks::Marks;
use crate::syntax::{self, Line};
use crate::text::{ColumnUnit, Span, Text};
use crate::words::Occurrences;
use crate::{Analysis, check_side_by_side};

/// More threads do not check a contract any faster.
const MOST_THREADS: usize = 4;

/// An open document. What is known of it is computed when it is first asked for after a change.
pub struct Document {
    /// Its name.
    pub uri: Uri,
    /// The number of its last change.
    pub version: i32,
    unit: ColumnUnit,
    agreed: Agreed,
    text: Text,
    /// What was last read, if it has changed since.
    earlier: Option<Earlier>,
    lines: OnceCell<Vec<Line>>,
    contract: OnceCell<Contract>,
    references: OnceCell<References>,
    terms: OnceCell<Terms>,
    parties: OnceCell<Parties>,
    /// Where the words of the rulebook stand, if it was checked.
    occurrences: OnceCell<Occurrences>,
    findings: OnceCell<Vec<Finding>>,
}

/// What is known of an earlier version of a document.
struct Earlier {
    lines: Vec<Line>,
    contract: Contract,
    occurrences: Option<Occurrences>,
}

/// A place in a document.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The document.
    pub document: &'a Document,
    /// The byte.
    pub offset: u32,
}

impl Document {
    /// A document as it was opened.
    pub fn new(uri: Uri, version: i32, text: String, unit: ColumnUnit) -> Document {
        Document {
            uri,
            version,
            unit,
            agreed: Agreed::default(),
            text: readable(text),
            earlier: None,
            lines: OnceCell::new(),
            contract: OnceCell::new(),
            references: OnceCell::new(),
            terms: OnceCell::new(),
            parties: OnceCell::new(),
            occurrences: OnceCell::new(),
            findings: OnceCell::new(),
        }
    }

    /// Makes the changes of the editor, each on the text the one before left. Places past the end are taken as the end.
    pub fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        if let (Some(lines), Some(contract)) = (self.lines.take(), self.contract.take()) {
            self.earlier = Some(Earlier { lines, contract, occurrences: self.occurrences.take() });
        }
        for change in changes {
            let text = match change.range {
                None => change.text,
                Some(range) => {
                    let span = self.span(range);
                    let mut text = std::mem::take(&mut self.text).into_string();
                    text.replace_range(span.range(), &change.text);
                    text
                }
            };
            self.text = readable(text);
        }
        self.version = version;
        self.references = OnceCell::new();
        self.terms = OnceCell::new();
        self.parties = OnceCell::new();
        self.findings = OnceCell::new();
    }

    /// The contract.
    pub fn contract(&self) -> &Contract {
        self.contract.get_or_init(|| Contract::of_lines(self.text.clone(), self.lines()))
    }

    /// Its lines; those that have not changed are not read again.
    fn lines(&self) -> &[Line] {
        self.lines.get_or_init(|| match &self.earlier {
            Some(earlier) => syntax::lines_again(&self.text, earlier.contract.text(), &earlier.lines),
            None => syntax::lines(&self.text),
        })
    }

    /// Its references.
    pub fn references(&self) -> &References {
        let marks = || Marks::of(self.contract().flow().as_str());
        self.references.get_or_init(|| References::of(self.contract(), &marks()))
    }

    /// Its defined terms.
    pub fn terms(&self) -> &Terms {
        self.terms.get_or_init(|| Terms::of(self.contract(), &self.agreed.settings.terms))
    }

    /// Its parties.
    pub fn parties(&self) -> &Parties {
        self.parties.get_or_init(|| Parties::of(self.contract(), self.terms()))
    }

    /// What is wrong with it. A document without a single article is taken for no contract: an editor opens all sorts of texts.
    pub fn check(&self) -> &[Finding] {
        self.findings.get_or_init(|| {
            if !self.contract().has_articles() {
                return Vec::new();
            }
            let threads = thread::available_parallelism().map_or(1, |threads| threads.get().min(MOST_THREADS));
            let analysis = match &self.earlier {
                Some(Earlier { contract, occurrences: Some(known), .. }) => {
                    self.analysis().with_earlier(contract, known)
                }
                _ => self.analysis(),
            };
            let mut findings = check_side_by_side(&analysis, &self.agreed.settings, threads);
            analysis.into_occurrences().map(|occurrences| self.occurrences.set(occurrences));
            if let Some((baseline, path)) = &self.agreed.baseline {
                baseline.retain_new(path, &mut findings);
            }
            findings
        })
    }

    /// What a check of it knows; nothing is computed yet.
    pub fn analysis(&self) -> Analysis<'_> {
        Analysis::under(self.contract(), self.agreed.rulebook(), &self.agreed.settings)
    }

    /// What was found when it was last checked.
    pub fn findings(&self) -> &[Finding] {
        self.findings.get().map_or(&[], Vec::as_slice)
    }

    /// What is agreed on for it.
    pub fn agreed(&self) -> &Agreed {
        &self.agreed
    }

    /// Lets go of what is known of earlier versions, when nobody waits.
    pub fn forget_earlier(&mut self) {
        self.earlier = None;
    }

    /// Takes what is agreed on for it from now on.
    pub fn agree(&mut self, agreed: Agreed) {
        self.agreed = agreed;
        self.earlier = None;
        self.occurrences = OnceCell::new();
        self.terms = OnceCell::new();
        self.parties = OnceCell::new();
        self.findings = OnceCell::new();
    }

    /// Whether it is Markdown, which can carry comments.
    pub fn is_markdown(&self) -> bool {
        let name = self.uri.path().as_str().to_ascii_lowercase();
        [".md", ".markdown"].iter().any(|extension| name.ends_with(extension))
    }

    /// The byte of a place.
    pub fn offset(&self, position: Position) -> u32 {
        self.text.offset(position.line as usize, position.character, self.unit)
    }

    /// The bytes of a range; one that is written backwards is turned.
    pub fn span(&self, range: Range) -> Span {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        Span::new(start.min(end), start.max(end))
    }

    /// The place of a byte.
    pub fn position(&self, byte: u32) -> Position {
        let (line, column) = self.text.line_column(byte, self.unit);
        Position::new(line, column)
    }

    /// The range of some bytes.
    pub fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    /// Some bytes as a place to go to.
    pub fn location(&self, span: Span) -> Location {
        Location::new(self.uri.clone(), self.range(span))
    }
}

impl Place<'_> {
    /// The reference at the place; behind its last character counts too.
    pub fn reference(&self) -> Option<&Reference> {
        let all = &self.document.references().all;
        let at = |reference: &&Reference| reference.span.start <= self.offset && self.offset <= reference.span.end;
        all.iter().rev().find(|reference| reference.span.start <= self.offset && at(reference))
    }

    /// The unit on whose number or caption the place is.
    pub fn heading(&self) -> Option<UnitId> {
        let contract = self.document.contract();
        let named = |&id: &UnitId| {
            let (unit, span) = (contract.unit(id), contract.heading_span(id));
            (!unit.label.is_empty() || unit.caption.is_some()) && span.start <= self.offset && self.offset <= span.end
        };
        contract.ancestors(contract.unit_at(self.offset)).find(named)
    }
}

/// A text the library takes; one of more than 4 GiB, which no editor holds, is none.
fn readable(text: String) -> Text {
    if u32::try_from(text.len()).is_ok() { Text::new(text) } else { Text::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rulebook, Settings, check};

    /// Any edits in UTF-16 columns leave the text that the same edits of UTF-16 units leave.
    #[test]
    fn changes_are_those_of_the_editor() {
        let uri: Uri = "file:///a.txt".parse().unwrap();
        let mut document = Document::new(uri, 0, "第1条\r\n𠮷田は、\n乙".into(), ColumnUnit::Utf16);
        let mut model = document.text.as_str().to_string();
        let pieces = ["", "甲", "𠮷", "\n", "第2条\n", "\r\n", "a"];
        let mut seed = 7usize;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for version in 0..300 {
            let boundaries: Vec<usize> = model.char_indices().map(|(at, _)| at).chain([model.len()]).collect();
            let inside_line_end = |at: usize| model[..at].ends_with('\r') && model[at..].starts_with('\n');
            let (a, b) = (boundaries[random(boundaries.len())], boundaries[random(boundaries.len())]);
            if inside_line_end(a) || inside_line_end(b) {
                continue;
            }
            let (start, end) = (a.min(b), a.max(b).min(a.min(b) + 12));
            let end = (end..=model.len()).find(|&at| model.is_char_boundary(at) && !inside_line_end(at)).unwrap();
            let text = pieces[random(pieces.len())];
            let position = |at: usize| {
                let text = Text::new(model.as_str());
                let line = text.line_index(at as u32);
                let before = &model[text.line_with_end(line).start as usize..at];
                Position::new(line as u32, before.encode_utf16().count() as u32)
            };
            let range = Range::new(position(start), position(end));
            let change = TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: text.into() };
            document.change(version, vec![change]);
            model.replace_range(start..end, text);
            assert_eq!(document.text.as_str(), model);
            assert_eq!(document.contract().print(), model);
            assert_eq!(document.lines(), syntax::lines(&document.text), "{model:?}");
            let contract = Contract::parse(document.text.clone());
            let found = check(&contract, Rulebook::builtin(), &Settings::default());
            let found = if contract.has_articles() { found } else { Vec::new() };
            assert_eq!(format!("{:?}", document.check()), format!("{found:?}"), "{model:?}");
            if version % 3 == 0 {
                document.forget_earlier();
            }
        }
    }
}
