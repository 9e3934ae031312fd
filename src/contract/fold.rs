//! Lines folded into the tree.
//!
//! One pass over the lines with what is open at each: the scope, the divisions, the article and the lists in it. What a
//! line means is decided here, from its head, from what came before it and from what the whole document shows
//! ([`Layout`]); heads that break a sequence stay where a reader sees them, and rules report them later.

mod article;
mod end;
mod entry;
mod part;
mod text;

use std::cell::{Cell, RefCell};

use foldhash::HashMap;

use super::heading::{self, Situation};
use super::layout::{self, Layout};
use super::list::{self, Entry, OpenList, Place};
use super::{Content, ContentKind, Contract, Flow, Numbering, Scheme, Scope, Unit, UnitId, UnitKind, closing, is_text};
use crate::number::{self, Number};
use crate::syntax::{self, Enumerator, Frame, Head, Line, Region, Style, System, is_blank};
use crate::text::{Span, Text};

/// Builds the contract.
pub fn fold(text: Text, lines: &[Line]) -> Contract {
    let layout = Layout::of(&text, lines);
    let mut builder = Builder::new(&text, lines, &layout);
    builder.run();
    let Builder { units, scopes, contents, title, .. } = builder;
    let flow = Flow::of(&text, &contents);
    let sections =
        (0..).map(UnitId).zip(&units).filter(|(_, unit)| unit.is_unnumbered_section()).map(|(id, _)| id).collect();
    Contract { scheme: layout.scheme, text, units, sections, scopes, contents, title, flow }
}

const DOCUMENT: UnitId = UnitId(0);

struct Builder<'a> {
    text: &'a Text,
    lines: &'a [Line],
    layout: &'a Layout,
    markdown: bool,
    units: Vec<Unit>,
    scopes: Vec<Scope>,
    contents: Vec<Content>,
    title: Option<Span>,
    /// The units that are still open, outermost first.
    open: Vec<UnitId>,
    /// The lists that may still go on in the current container.
    lists: Vec<OpenList>,
    /// The article, 附則, 別紙, section … that takes text now.
    container: UnitId,
    /// The unit that takes text that goes on.
    leaf: UnitId,
    scope: u32,
    /// The last scope that is the main text of an agreement.
    main_scope: u32,
    /// The last article in each scope that is open: main text and, inside it, 附則 or 別紙.
    last_article: Option<Number>,
    main_last_article: Option<Number>,
    agreements: u32,
    supplementaries: u32,
    unnumbered_annexes: Vec<(String, u32)>,
    /// The last line that held text, and whether a blank line came after it.
    previous: Option<usize>,
    blank: bool,
    /// A caption line that waits for its article: 「（目的）」 above 「第1条」.
    caption: Option<usize>,
    /// A caption taken off the end of the text before.
    glued_caption: Option<Span>,
    /// Until which line the text is quoted.
    quoted_until: usize,
    /// The style whose entries the text cites as 項 though a lead stands before them.
    cited_style: Option<Style>,
    /// How many `<details>` are open: a folded part that holds an alternative wording.
    folded: usize,
    /// The text before said that an article is replaced: 「第5条を次のとおり改める。」
    amending: bool,
    /// Whether a unit announces a list, as far as its contents have been looked at: [`Builder::lead_in`].
    announced: RefCell<HashMap<UnitId, (usize, bool)>>,
    /// The 項 of a container, as far as its children have been looked at: [`Builder::paragraphs`].
    counted: Cell<(UnitId, usize, Paragraphs)>,
}

/// What is known of the 項 of a container.
#[derive(Clone, Copy, Default)]
struct Paragraphs {
    count: u32,
    /// How many of them have a number that is written.
    numbered: u32,
}

impl<'a> Builder<'a> {
    fn new(text: &'a Text, lines: &'a [Line], layout: &'a Layout) -> Self {
        let document = Unit {
            kind: UnitKind::Document,
            number: None,
            numbering: Numbering::Implicit,
            until: None,
            enumerator: None,
            label: Span::empty(0),
            caption: None,
            span: Span::new(0, text.len()),
            parent: None,
            children: Vec::new(),
            contents: (0, 0),
            scope: 0,
            deleted: false,
            alternative: false,
        };
        Self {
            text,
            lines,
            layout,
            markdown: !text.is_formatted()
                && lines.iter().any(|line| line.heading > 0 || line.fence > 0 || line.bullet || line.strong),
            units: vec![document],
            scopes: vec![Scope { path: String::new(), citation: String::new(), main: true }],
            contents: Vec::new(),
            title: None,
            open: vec![DOCUMENT],
            lists: Vec::new(),
            container: DOCUMENT,
            leaf: DOCUMENT,
            scope: 0,
            main_scope: 0,
            last_article: None,
            main_last_article: None,
            agreements: 1,
            supplementaries: 0,
            unnumbered_annexes: Vec::new(),
            previous: None,
            blank: true,
            caption: None,
            glued_caption: None,
            quoted_until: 0,
            cited_style: None,
            folded: 0,
            amending: false,
            announced: RefCell::default(),
            counted: Cell::new((DOCUMENT, 0, Paragraphs::default())),
        }
    }

    fn run(&mut self) {
        for index in 0..self.lines.len() {
            let line = &self.lines[index];
            match line.region {
                Region::Blank => self.blank = true,
                Region::Noise => self.noise(index),
                Region::Table => self.table_row(index),
                Region::Text if self.layout.skipped[index] => self.blank = true,
                Region::Text => {
                    self.line(index);
                    self.previous = Some(index);
                    self.blank = false;
                }
            }
        }
        self.close_to(DOCUMENT, self.text.len());
        let contents = self.contents.len() as u32;
        self.units[0].contents = (0, contents);
    }

    /// A line that is not text may still open or close a folded part.
    fn noise(&mut self, index: usize) {
        let slice = self.slice(self.lines[index].span);
        self.folded += slice.matches("<details").count();
        self.folded = self.folded.saturating_sub(slice.matches("</details").count());
    }

    fn line(&mut self, index: usize) {
        let line = &self.lines[index];
        if index < self.quoted_until {
            return self.quotation(index);
        }
        if let Some(end) = self.quotation_end(index) {
            self.quoted_until = end;
            return self.quotation(index);
        }
        match &line.head {
            Head::Article { .. } => self.article_line(index),
            Head::Division { level, number } => {
                if heading::is_division_heading(self.text, line, self.inside_sentence(index)) {
                    self.open_division(index, UnitKind::from(*level), *number);
                } else {
                    self.plain(index);
                }
            }
            Head::Supplementary if self.is_supplementary(line) => self.open_supplementary(index),
            Head::Annex if self.is_annex(index) => self.open_annex(index),
            Head::Caption if self.waits_for_article(index) => self.caption = Some(index),
            Head::Caption if self.layout.scheme == Scheme::None && self.is_heading_caption(index) => {
                self.open_section(index)
            }
            Head::Contents if line.body.is_empty() => {}
            _ if self.layout.articles[index] => self.open_listed_article(index),
            Head::Paragraph(number) => self.paragraph_line(index, *number),
            Head::Enumerator(_) if self.is_above_articles(line) => self.open_section(index),
            Head::Enumerator(enumerator) => self.entry(index, *enumerator),
            Head::Bullet(mark) => self.bullet(index, *mark),
            _ if line.heading > 0 => self.unnumbered_heading(index),
            Head::None if self.is_annex_title(index) => self.set_annex_title(index),
            _ => self.plain(index),
        }
    }

    fn slice(&self, span: Span) -> &'a str {
        self.text.slice(span)
    }

    fn body(&self, index: usize) -> &'a str {
        self.slice(self.lines[index].body)
    }

    /// The text of a line with its head, for lines whose head is none after all.
    fn whole(&self, index: usize) -> Span {
        let line = &self.lines[index];
        match line.head {
            Head::None | Head::Caption => line.body,
            _ if line.label.is_empty() => line.body,
            _ => line.label.to(line.body),
        }
    }

    fn inside_sentence(&self, index: usize) -> bool {
        layout::inside_sentence(self.text, self.lines, index, self.layout.wrapped)
    }

    /// The next line with text after a line.
    fn next_text(&self, index: usize) -> Option<usize> {
        (index + 1..self.lines.len()).find(|&i| is_text(&self.lines[i]) && !self.layout.skipped[i])
    }

    fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.0 as usize]
    }

    fn enter(&mut self, id: UnitId) {
        self.container = id;
        self.leaf = id;
        self.lists.clear();
    }

    fn push(&mut self, kind: ContentKind, unit: UnitId, span: Span, continues: bool) {
        self.contents.push(Content { unit, span, kind, continues });
    }

    /// Closes every open unit inside `id`: they end at `at`.
    fn close_to(&mut self, id: UnitId, at: u32) {
        let contents = self.contents.len() as u32;
        while self.open.len() > 1 && self.open.last() != Some(&id) {
            let closed = self.open.pop().expect("an open unit");
            let unit = &mut self.units[closed.0 as usize];
            unit.span.end = at.max(unit.span.start);
            unit.contents.1 = contents;
        }
        // A list goes on only while the unit that holds it is open.
        let Self { lists, units, open, .. } = self;
        lists.retain(|list| units[list.entry.0 as usize].parent.is_some_and(|holder| open.contains(&holder)));
        if matches!(self.unit(id).kind, UnitKind::Document) && id == DOCUMENT {
            self.container = DOCUMENT;
        }
    }

    fn open_unit(
        &mut self,
        kind: UnitKind,
        number: Option<Number>,
        numbering: Numbering,
        label: Span,
        start: u32,
    ) -> UnitId {
        let parent = *self.open.last().expect("the document is always open");
        let id = UnitId(self.units.len() as u32);
        let contents = self.contents.len() as u32;
        self.units.push(Unit {
            kind,
            number,
            numbering,
            until: None,
            enumerator: None,
            label,
            caption: None,
            span: Span::new(start, self.text.len()),
            parent: Some(parent),
            children: Vec::new(),
            contents: (contents, contents),
            scope: self.scope,
            deleted: false,
            alternative: false,
        });
        self.units[parent.0 as usize].children.push(id);
        self.open.push(id);
        self.leaf = id;
        id
    }

    fn open_numbered(
        &mut self,
        kind: UnitKind,
        value: u32,
        numbering: Numbering,
        enumerator: Enumerator,
        label: Span,
        start: u32,
    ) -> UnitId {
        let number = Number::new(value);
        let number = if enumerator.branch > 0 { number.branch(enumerator.branch) } else { number };
        let id = self.open_unit(kind, Some(number), numbering, label, start);
        let unit = &mut self.units[id.0 as usize];
        unit.enumerator = Some(enumerator);
        unit.until = Some(enumerator.until).filter(|last| *last > 0).map(Number::new);
        id
    }
}
