//! Paragraphs, tables and what stands around them (ISO/IEC 29500-1 §17.3.1, §17.4), read in the order in which a person reads.

use std::collections::{BTreeSet, HashMap};

use super::Tracked;
use super::anchor::{Access, Origin, Paragraph, Piece, Run, Story, StoryKind};
use super::field::Fields;
use super::numbering::{Counters, Definitions, Label, NumberDoubt};
use super::style::{self, NumberingProperties, ParagraphStyle, Styles};
use super::xml::{Element, Tree};
use crate::text::{Appearance, Span};

/// How many paragraphs a cell of a table of data may hold; a table with fuller cells is one of layout and read line by line.
const MAX_CELL_PARAGRAPHS: usize = 3;
/// A heading is no sentence and not longer than this many characters.
const MAX_HEADING: usize = 60;

/// Reads one part.
pub struct Reader<'t> {
    pub(super) styles: &'t Styles,
    definitions: &'t Definitions,
    pub(super) tracked: Tracked,
    pub(super) story: Story,
    pub(super) fields: Fields,
    doubts: BTreeSet<NumberDoubt>,
    /// The places of all paragraphs of the part in its order of elements.
    ordinals: Vec<u32>,
    counters: Counters,
    /// The counters of text boxes, which count apart.
    box_counters: Counters,
    /// Where each bookmark begins.
    pub(super) bookmarks: HashMap<String, u32>,
    /// Paragraphs whose mark was deleted: they are one with the next.
    joined: Vec<Element<'t>>,
    /// Text boxes that are anchored in the paragraph that is read.
    pub(super) boxes: Vec<Element<'t>>,
    /// How the line that is written looks.
    line: Appearance,
    /// In a row of a table: lines do not end there.
    in_row: bool,
    frames: u16,
    /// The number of the frame that a bordered paragraph goes on with.
    border: Option<u16>,
}

/// What holds for everything inside an element.
#[derive(Clone, Copy)]
pub struct Place {
    /// What may be written there.
    pub access: Access,
    /// Whether comments can stand there.
    pub open: bool,
}

impl Place {
    const BODY: Place = Place { access: Access::Free, open: true };

    /// The same place with less access.
    pub fn with(self, access: Access) -> Place {
        Place { access: self.access.max(access), ..self }
    }

    /// Inside a content control: Word writes the text of one that is bound to data.
    pub fn in_control(self, control: Element) -> Place {
        let bound = control.child("sdtPr").is_some_and(|properties| {
            properties.children().any(|child| child.name() == "dataBinding" || child.word() == "docPartObj")
        });
        if bound { self.with(Access::Closed) } else { self }
    }
}

impl<'t> Reader<'t> {
    /// A reader of a part of this document.
    pub fn new(tree: &'t Tree, styles: &'t Styles, definitions: &'t Definitions, tracked: Tracked) -> Reader<'t> {
        let mut ordinals = Vec::new();
        let mut marks = Vec::new();
        for element in tree.elements() {
            match element.word() {
                "p" => ordinals.push(element.index()),
                "fldChar" => match element.attribute("fldCharType").as_deref() {
                    Some("begin") => marks.push(true),
                    Some("end") => marks.push(false),
                    _ => {}
                },
                _ => {}
            }
        }
        Reader {
            styles,
            definitions,
            tracked,
            story: Story {
                kind: StoryKind::Body,
                part: String::new(),
                text: String::new(),
                appearance: Vec::new(),
                pieces: Vec::new(),
                paragraphs: Vec::new(),
                runs: Vec::new(),
                references: Vec::new(),
            },
            fields: Fields::new(marks),
            doubts: BTreeSet::new(),
            ordinals,
            counters: Counters::default(),
            box_counters: Counters::default(),
            bookmarks: HashMap::new(),
            joined: Vec::new(),
            boxes: Vec::new(),
            line: Appearance::default(),
            in_row: false,
            frames: 0,
            border: None,
        }
    }

    /// Reads everything inside an element as one story.
    pub fn story(
        mut self,
        kind: StoryKind,
        part: &str,
        element: Element<'t>,
        doubts: &mut BTreeSet<NumberDoubt>,
    ) -> Story {
        (self.story.kind, self.story.part) = (kind, part.to_string());
        let place = if kind == StoryKind::Body { Place::BODY } else { Place { open: false, ..Place::BODY } };
        self.blocks(element, place);
        self.join(place);
        doubts.append(&mut self.doubts);
        for reference in &mut self.story.references {
            let target = self.bookmarks.get(&reference.bookmark).copied();
            reference.target = target.filter(|&target| (target as usize) < self.story.paragraphs.len());
        }
        self.story
    }

    fn blocks(&mut self, parent: Element<'t>, place: Place) {
        for child in parent.children() {
            match child.word() {
                "p" => self.paragraph(child, place),
                "tbl" => self.table(child, place),
                "sdt" => {
                    let place = place.in_control(child);
                    child.child("sdtContent").into_iter().for_each(|content| self.blocks(content, place));
                }
                "customXml" | "smartTag" => self.blocks(child, place),
                "footnote" | "endnote" if child.attribute("type").is_none_or(|kind| kind == "normal") => {
                    self.blocks(child, place);
                    self.join(place);
                }
                "bookmarkStart" => self.bookmark(child, self.story.paragraphs.len()),
                "ins" | "moveTo" if self.tracked == Tracked::Accepted => {
                    self.blocks(child, place.with(Access::Comment))
                }
                "del" | "moveFrom" if self.tracked == Tracked::Original => {
                    self.blocks(child, place.with(Access::Comment))
                }
                _ => {}
            }
        }
    }

    /// Notes where a bookmark begins: in this paragraph.
    pub(super) fn bookmark(&mut self, element: Element, paragraph: usize) {
        if let Some(name) = element.attribute("name") {
            self.bookmarks.entry(name.into_owned()).or_insert(paragraph as u32);
        }
    }

    fn paragraph(&mut self, element: Element<'t>, place: Place) {
        let mark = element.child("pPr").and_then(|properties| properties.child("rPr"));
        let removed: [&str; 2] = match self.tracked {
            Tracked::Accepted => ["del", "moveFrom"],
            Tracked::Original => ["ins", "moveTo"],
        };
        let is_removed = mark.is_some_and(|mark| mark.children().any(|child| removed.contains(&child.word())));
        self.joined.push(element);
        if !is_removed {
            self.join(place);
        }
    }

    /// Writes the paragraphs that are one, with the properties of the last, whose mark is kept.
    fn join(&mut self, place: Place) {
        let group = std::mem::take(&mut self.joined);
        let Some(last) = group.last() else { return };
        let properties = last.child("pPr");
        let name = properties.and_then(|p| p.child("pStyle")).and_then(Element::value);
        let style = self.styles.paragraph(name.as_deref());
        let mark_is_hidden = properties.and_then(style::hidden).unwrap_or(style.hidden);
        let is_hidden = mark_is_hidden && !group.iter().any(|paragraph| self.is_seen(*paragraph, style));
        let label = self.label(properties, style, is_hidden);
        if is_hidden {
            // Nobody sees it, but a field may begin or end in it.
            group.iter().for_each(|paragraph| self.content(*paragraph, style, place));
            return;
        }
        self.line.contents = self.fields.are_contents() || style.contents;
        self.line.doubtful = label.as_ref().is_some_and(|label| label.doubtful);
        self.frame(properties, style);
        let start = self.story.text.len();
        for (place_in_group, paragraph) in group.iter().enumerate() {
            let label = label.as_ref().filter(|_| place_in_group == 0);
            self.one(*paragraph, label, style, place);
        }
        self.line.contents |= self.fields.are_contents();
        let outline = properties.and_then(style::outline).or(style.outline).filter(|&level| level < 9);
        self.line.heading = match &self.story.text[start..] {
            text if self.in_row || text.ends_with('。') || text.trim().is_empty() => 0,
            text if text.contains('\n') || text.chars().nth(MAX_HEADING).is_some() => 0,
            _ => outline.map_or(0, |level| (level + 1).min(6)),
        };
        // A hidden mark lets the text of the next paragraph go on in the line.
        if !mark_is_hidden || self.in_row {
            self.end_line(Origin::Generated);
        }
        for text_box in std::mem::take(&mut self.boxes) {
            std::mem::swap(&mut self.counters, &mut self.box_counters);
            let inside = Place { open: false, ..place };
            self.blocks(text_box, inside);
            self.join(inside);
            std::mem::swap(&mut self.counters, &mut self.box_counters);
        }
    }

    fn label(&mut self, properties: Option<Element>, style: &ParagraphStyle, hidden: bool) -> Option<Label> {
        let direct = properties.map(NumberingProperties::of).unwrap_or_default();
        let numbering = self.definitions.resolve(direct, style)?;
        self.counters.next(self.definitions, numbering, hidden, &mut self.doubts)
    }

    /// Whether anything in a paragraph is seen whose mark is hidden.
    fn is_seen(&self, paragraph: Element<'t>, style: &ParagraphStyle) -> bool {
        paragraph.find_all("r").into_iter().any(|run| {
            !self.is_hidden(run, style)
                && run.children().any(|child| !matches!(child.word(), "rPr" | "fldChar" | "instrText"))
        })
    }

    /// Writes one paragraph, without the end of its line.
    fn one(&mut self, element: Element<'t>, label: Option<&Label>, style: &'t ParagraphStyle, place: Place) {
        let index = self.story.paragraphs.len();
        let start = self.story.text.len() as u32;
        let id = element.tag().contains("paraId").then(|| element.attribute("paraId")).flatten();
        self.story.paragraphs.push(Paragraph {
            element: span(element.range()),
            inner: span(element.child("pPr").map_or(element.inner().start, |p| p.range().end)..element.inner().end),
            text: Span::empty(start),
            label: label.cloned(),
            id: id.map(|id| id.into_owned()),
            index: self.ordinals.partition_point(|&ordinal| ordinal < element.index()) as u32,
            open: place.open && place.access < Access::Closed,
        });
        if let Some(label) = label {
            let blank = if self.in_row { " " } else { label.suffix };
            self.push(&label.text, Origin::Label);
            self.push(if label.suffix.is_empty() { "" } else { blank }, Origin::Label);
        }
        self.content(element, style, place);
        self.story.paragraphs[index].text = Span::new(start, self.story.text.len() as u32);
    }

    /// Paragraphs with a border around them one below the other stand in one frame.
    fn frame(&mut self, properties: Option<Element>, style: &ParagraphStyle) {
        if self.in_row || self.border.is_none() && self.line.frame > 0 {
            return;
        }
        let bordered = properties.and_then(style::bordered).unwrap_or(style.bordered);
        if bordered && self.border.is_none() {
            self.frames = self.frames.saturating_add(1);
        }
        self.border = bordered.then_some(self.frames);
        self.line.frame = self.border.unwrap_or(0);
    }

    fn table(&mut self, table: Element<'t>, place: Place) {
        self.join(place);
        let rows = self.rows(table);
        let is_nested = self.in_row;
        let outside = (self.line.frame, self.border.take());
        if is_nested || !self.is_grid(&rows) {
            if rows.iter().all(|row| cells(*row).len() == 1) && outside.0 == 0 && !is_nested {
                self.frames = self.frames.saturating_add(1);
                self.line.frame = self.frames;
            }
            for cell in rows.iter().flat_map(|row| cells(*row)) {
                self.blocks(cell, place);
                self.join(place);
            }
        } else {
            rows.iter().for_each(|row| self.row(*row, place));
        }
        (self.line.frame, self.border) = outside;
        if self.border.is_none() && !is_nested {
            self.line.frame = 0;
        }
    }

    /// The rows of a table that are seen.
    fn rows(&self, table: Element<'t>) -> Vec<Element<'t>> {
        let removed = if self.tracked == Tracked::Accepted { "del" } else { "ins" };
        let mut rows = inside(table, "tr");
        rows.retain(|row| {
            !row.child("trPr")
                .is_some_and(|p| p.child(removed).is_some() || p.child("hidden").is_some_and(Element::is_on))
        });
        rows
    }

    /// Whether a table holds data: more than one column, short cells, no table inside.
    fn is_grid(&self, rows: &[Element<'t>]) -> bool {
        let small = |cell: Element<'t>| {
            let blocks = inside(cell, "p");
            inside(cell, "tbl").is_empty() && blocks.iter().filter(|p| has_text(**p)).count() <= MAX_CELL_PARAGRAPHS
        };
        rows.iter().any(|row| cells(*row).len() > 1) && rows.iter().flat_map(|row| cells(*row)).all(small)
    }

    /// Writes a row as `| a | b |`. Cells that go on from the row above are empty.
    fn row(&mut self, row: Element<'t>, place: Place) {
        self.in_row = true;
        self.line = Appearance { frame: self.line.frame, ..Appearance::default() };
        self.push("| ", Origin::Generated);
        let cells = cells(row);
        for (at, cell) in cells.iter().enumerate() {
            let merged = cell.child("tcPr").and_then(|p| p.child("vMerge"));
            if merged.is_none_or(|merged| merged.value().is_some_and(|value| value == "restart")) {
                self.blocks(*cell, place);
                self.join(place);
            }
            self.push(if at + 1 < cells.len() { "| " } else { "|" }, Origin::Generated);
        }
        self.in_row = false;
        self.line = Appearance { frame: self.line.frame, ..Appearance::default() };
        self.end_line(Origin::Generated);
    }

    /// Writes a piece of text.
    pub(super) fn push(&mut self, text: &str, origin: Origin) {
        if text.is_empty() {
            return;
        }
        let start = self.story.text.len() as u32;
        self.story.text.push_str(text);
        let paragraph = (self.story.paragraphs.len() as u32).saturating_sub(1);
        self.story.pieces.push(Piece { text: Span::new(start, self.story.text.len() as u32), paragraph, origin });
    }

    /// Ends a line; inside a row, where lines do not end, a blank stands for it.
    pub(super) fn end_line(&mut self, origin: Origin) {
        if self.in_row {
            return self.push(" ", origin);
        }
        self.push("\n", origin);
        self.story.appearance.push(self.line);
        self.line = Appearance { frame: self.line.frame, contents: self.line.contents, ..Appearance::default() };
    }

    /// Takes up a run to which pieces refer.
    pub(super) fn add_run(&mut self, element: Element, access: Access) -> u32 {
        self.story.runs.push(Run { element: span(element.range()), access });
        self.story.runs.len() as u32 - 1
    }

    /// Writes a tab, which does not part the cells of a row.
    pub(super) fn tab(&self) -> &'static str {
        if self.in_row { " " } else { "\t" }
    }
}

/// A range of bytes of a part as a span.
pub fn span(range: std::ops::Range<usize>) -> Span {
    Span::new(range.start as u32, range.end as u32)
}

fn cells(row: Element<'_>) -> Vec<Element<'_>> {
    inside(row, "tc")
}

/// The elements of a name inside another, through content controls and custom XML.
fn inside<'t>(parent: Element<'t>, name: &str) -> Vec<Element<'t>> {
    let mut found = Vec::new();
    let mut open = vec![parent.children()];
    while let Some(children) = open.last_mut() {
        match children.next() {
            Some(child) if child.word() == name => found.push(child),
            Some(child) if matches!(child.word(), "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo") => {
                open.push(child.children());
            }
            Some(_) => {}
            None => drop(open.pop()),
        }
    }
    found
}

/// Whether a paragraph holds characters.
fn has_text(paragraph: Element) -> bool {
    let mut open = vec![paragraph.children()];
    while let Some(children) = open.last_mut() {
        match children.next() {
            Some(child) if child.word() == "t" && !child.inner().is_empty() => return true,
            Some(child) => open.push(child.children()),
            None => drop(open.pop()),
        }
    }
    false
}
