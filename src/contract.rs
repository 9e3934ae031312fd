//! The contract as a tree of 条・項・号: a value, built once from the lines, never written to afterwards.
//!
//! Every unit is a range of the text; children lie inside their parents, in order, and what lies between them is the
//! parent's own. Printing the tree therefore gives back the text byte for byte ([`Contract::print`]).

pub(crate) mod closing;
mod flow;
mod fold;
mod heading;
mod layout;
mod list;
mod page;
mod path;

pub use flow::Flow;

use crate::number::Number;
use crate::syntax::{self, DivisionLevel, Enumerator, Line};
use crate::text::{Span, Text};

/// The place of a unit in [`Contract::units`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub u32);

/// What a unit is. Names follow the statute XML schema and the standard legal translation dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// The whole file.
    Document,
    /// 編
    Part,
    /// 章
    Chapter,
    /// 節, and a part under a heading without a number.
    Section,
    /// 款
    Subsection,
    /// 目
    Division,
    /// 条
    Article,
    /// 項
    Paragraph,
    /// 号
    Item,
    /// イ, (ア) and deeper.
    Subitem,
    /// 附則
    Supplementary,
    /// 別紙, 別表, 様式
    Annex,
    /// 前文
    Preamble,
    /// 末文: 「本契約の成立を証するため、本書2通を作成し…」
    Closing,
    /// 締結日・署名欄
    Signature,
}

impl UnitKind {
    /// The name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Part => "part",
            Self::Chapter => "chapter",
            Self::Section => "section",
            Self::Subsection => "subsection",
            Self::Division => "division",
            Self::Article => "article",
            Self::Paragraph => "paragraph",
            Self::Item => "item",
            Self::Subitem => "subitem",
            Self::Supplementary => "supplementary",
            Self::Annex => "annex",
            Self::Preamble => "preamble",
            Self::Closing => "closing",
            Self::Signature => "signature",
        }
    }

    /// The Japanese name of a numbered unit: 条, 項, 号, 章 …
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Part => "編",
            Self::Chapter => "章",
            Self::Section => "節",
            Self::Subsection => "款",
            Self::Division => "目",
            Self::Article => "条",
            Self::Paragraph => "項",
            Self::Item | Self::Subitem => "号",
            Self::Supplementary => "附則",
            Self::Annex => "別紙",
            Self::Preamble => "前文",
            Self::Closing => "末文",
            Self::Signature => "署名欄",
            Self::Document => "文書",
        }
    }

    /// Whether it is one of 編, 章, 節, 款, 目.
    pub const fn is_division(self) -> bool {
        matches!(self, Self::Part | Self::Chapter | Self::Section | Self::Subsection | Self::Division)
    }
}

impl From<DivisionLevel> for UnitKind {
    fn from(level: DivisionLevel) -> Self {
        match level {
            DivisionLevel::Part => Self::Part,
            DivisionLevel::Chapter => Self::Chapter,
            DivisionLevel::Section => Self::Section,
            DivisionLevel::Subsection => Self::Subsection,
            DivisionLevel::Division => Self::Division,
        }
    }
}

/// How a unit came by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// It is written as it stands.
    Written,
    /// No number is written: the first 項 of an article, or paragraphs that stand on lines of their own.
    Implicit,
    /// Every entry of a Markdown list is written `1.`: the number is its place.
    Rendered,
    /// A bullet: the number is its place.
    Bullet,
    /// The number is not filled in yet: 第●条.
    Unfilled,
}

/// One 条, 項, 号 … of the tree.
#[derive(Clone, Debug)]
pub struct Unit {
    /// What it is.
    pub kind: UnitKind,
    /// Its number; `None` for units that have none and for 第●条.
    pub number: Option<Number>,
    /// How it came by its number.
    pub numbering: Numbering,
    /// The end of a range of deleted articles (第8条から第10条まで　削除).
    pub until: Option<Number>,
    /// The enumerator before a 項, 号 or deeper unit.
    pub enumerator: Option<Enumerator>,
    /// The number as written, with its frame: 「第3条の2」「（１）」. Empty where nothing is written.
    pub label: Span,
    /// The caption with its brackets, if it has any.
    pub caption: Option<Span>,
    /// Everything that belongs to it, children included.
    pub span: Span,
    /// The unit it lies in; the document has none.
    pub parent: Option<UnitId>,
    /// The units directly in it, in order.
    pub children: Vec<UnitId>,
    /// The pieces of text that belong to it and to its children: a range of [`Contract::contents`].
    pub contents: (u32, u32),
    /// The numbering scope it belongs to: an index into [`Contract::scopes`].
    pub scope: u32,
    /// Whether it is 「第8条　削除」.
    pub deleted: bool,
    /// Whether it is one of several alternative wordings of one article (model contracts with commentary).
    pub alternative: bool,
}

impl Unit {
    /// Whether it is a part under a heading without a number.
    pub(crate) fn is_unnumbered_section(&self) -> bool {
        self.kind == UnitKind::Section && self.number.is_none() && self.numbering == Numbering::Implicit
    }
}

/// A range of the document in which the numbers of articles are counted on their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The prefix of paths for programs: ``, `附則:`, `別紙1:`, `A2:`, `c2:`.
    pub path: String,
    /// The prefix of citations for people: ``, `附則`, `別紙1の`, `第2の契約の`, `第2章`.
    pub citation: String,
    /// Whether it belongs to the main text of an agreement (not to a 附則 or 別紙).
    pub main: bool,
}

impl Scope {
    /// Which further agreement of the file it belongs to: `2` of `A2:附則:`; nothing for the first one.
    pub fn agreement(&self) -> Option<&str> {
        self.path.strip_prefix('A').and_then(|path| path.split(':').next())
    }
}

/// What a piece of text is in its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentKind {
    /// The document's title.
    Title,
    /// The caption of an article or heading, brackets included.
    Caption,
    /// Running text.
    Text,
    /// One cell of a table.
    Cell,
    /// Text of another document, quoted: the new wording of an article in an amendment.
    Quotation,
}

/// A piece of text inside one line, in reading order. Labels, bookmarks and Markdown marks at the line's head are not in it.
#[derive(Clone, Copy, Debug)]
pub struct Content {
    /// The unit it belongs to.
    pub unit: UnitId,
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub kind: ContentKind,
    /// Whether it goes on with the sentence of the piece before (a wrapped line).
    pub continues: bool,
}

/// A document read as a contract.
#[derive(Clone, Debug)]
pub struct Contract {
    text: Text,
    units: Vec<Unit>,
    /// The sections under headings without numbers, in order.
    sections: Vec<UnitId>,
    scopes: Vec<Scope>,
    contents: Vec<Content>,
    title: Option<Span>,
    flow: Flow,
    scheme: Scheme,
}

/// What the articles of a document are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// 第1条
    Numbered,
    /// `## 1. 適用`: numbered headings of this Markdown level.
    Headings(u8),
    /// `1. 適用` on lines of their own, with text below.
    Titles,
    /// The entries of one list.
    List,
    /// There are no articles.
    None,
}

impl Contract {
    /// Reads a text. Never fails: any text is a contract, if only one without articles.
    pub fn parse(text: Text) -> Contract {
        let lines = syntax::lines(&text);
        Contract::of_lines(text, &lines)
    }

    /// Reads a text whose lines are at hand.
    pub fn of_lines(text: Text, lines: &[Line]) -> Contract {
        let lines = page::without_page_numbers(&text, lines);
        fold::fold(text, &lines)
    }

    /// The text it was read from.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// All units in reading order; the first is the document.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// One unit.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.0 as usize]
    }

    /// The ids of all units in reading order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = UnitId> + use<> {
        (0..self.units.len() as u32).map(UnitId)
    }

    /// The ids of all units of a kind, in reading order.
    pub fn ids_of(&self, kind: UnitKind) -> impl Iterator<Item = UnitId> + '_ {
        self.ids().filter(move |&id| self.unit(id).kind == kind)
    }

    /// The numbering scopes.
    pub fn scopes(&self) -> &[Scope] {
        &self.scopes
    }

    /// All pieces of text in reading order.
    pub fn contents(&self) -> &[Content] {
        &self.contents
    }

    /// The piece of text in which a place of the flow lies; none in a document without text.
    pub fn content_at(&self, at: usize) -> Option<&Content> {
        self.contents.get(self.flow.content_at(at))
    }

    /// The pieces of text of a unit and its children.
    pub fn contents_of(&self, id: UnitId) -> &[Content] {
        let (from, to) = self.unit(id).contents;
        &self.contents[from as usize..to as usize]
    }

    /// The title of the document, if a line looks like one.
    pub fn title(&self) -> Option<&str> {
        self.title.map(|span| self.text.slice(span))
    }

    /// The span of the title.
    pub fn title_span(&self) -> Option<Span> {
        self.title
    }

    /// The comparison text: what is written without line wraps, marks and differences of width.
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// What the articles of this document are.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Whether it has articles at all.
    pub fn has_articles(&self) -> bool {
        self.units.iter().any(|unit| unit.kind == UnitKind::Article)
    }

    /// The nearest unit of a kind that `id` is or lies in.
    pub fn enclosing(&self, id: UnitId, kind: UnitKind) -> Option<UnitId> {
        self.ancestors(id).find(|&up| self.unit(up).kind == kind)
    }

    /// The unit and its ancestors, innermost first.
    pub fn ancestors(&self, id: UnitId) -> impl Iterator<Item = UnitId> + '_ {
        std::iter::successors(Some(id), |&up| self.unit(up).parent)
    }

    /// The deepest unit in which a byte of the text lies.
    pub fn unit_at(&self, byte: u32) -> UnitId {
        let mut id = UnitId(0);
        loop {
            let children = &self.unit(id).children;
            let after = children.partition_point(|&child| self.unit(child).span.start <= byte);
            match after.checked_sub(1).map(|i| children[i]).filter(|&child| byte < self.unit(child).span.end) {
                Some(child) => id = child,
                None => return id,
            }
        }
    }

    /// The children of a kind, in order.
    pub fn children_of(&self, id: UnitId, kind: UnitKind) -> impl Iterator<Item = UnitId> + '_ {
        self.unit(id).children.iter().copied().filter(move |&child| self.unit(child).kind == kind)
    }

    /// The caption of a unit without its brackets, as written.
    pub fn caption(&self, id: UnitId) -> Option<&str> {
        let caption = self.text.slice(self.unit(id).caption?);
        const OPEN: &[char] = &['（', '(', '【', '［', '[', '〔', '＜', '<', '《', '〈', '「'];
        const CLOSE: &[char] = &['）', ')', '】', '］', ']', '〕', '＞', '>', '》', '〉', '」'];
        let inner = match syntax::caption_end(caption) {
            Some(end) if end == caption.len() => &caption[caption.chars().next().map_or(0, char::len_utf8)..],
            _ => return Some(caption.trim_matches(syntax::is_blank)),
        };
        let inner = inner.strip_suffix(CLOSE).unwrap_or(inner).trim_start_matches(OPEN);
        Some(inner.trim_matches(syntax::is_blank))
    }

    /// The words that carry a finding about a whole unit: its label and caption, or else the beginning of its text.
    pub fn heading_span(&self, id: UnitId) -> Span {
        let unit = self.unit(id);
        match (unit.label.is_empty(), unit.caption) {
            (false, Some(caption)) if caption.start >= unit.label.start => unit.label.to(caption),
            (false, _) => unit.label,
            (true, Some(caption)) => caption,
            (true, None) => self.contents_of(id).first().map_or(unit.label, |content| content.span),
        }
    }

    /// From the number or caption to the end of the text, without the blank lines behind.
    pub fn visible_span(&self, id: UnitId) -> Span {
        let unit = self.unit(id);
        let contents = self.contents_of(id);
        // A caption above the number is not where a reader looks for the unit.
        let start = match (unit.label.is_empty(), contents.first()) {
            (true, Some(first)) => first.span.start,
            _ => unit.label.start,
        };
        let mut end = unit.label.end.max(start);
        let mut last = Some(id);
        while let Some(inner) = last {
            let (unit, contents) = (self.unit(inner), self.contents_of(inner));
            let ends = [Some(unit.label.end), unit.caption.map(|c| c.end), contents.last().map(|c| c.span.end)];
            end = ends.into_iter().flatten().fold(end, u32::max);
            last = unit.children.last().copied();
        }
        Span::new(start, end)
    }

    /// The tree printed back: the text, byte for byte.
    pub fn print(&self) -> String {
        let mut out = String::with_capacity(self.text.len() as usize);
        // Iterative, because a hostile text may nest deeper than the stack.
        let mut at = 0;
        for unit in &self.units {
            if unit.span.start > at {
                out.push_str(self.text.slice(Span::new(at, unit.span.start)));
                at = unit.span.start;
            }
        }
        out.push_str(self.text.slice(Span::new(at, self.unit(UnitId(0)).span.end)));
        out
    }

    /// Whether children lie inside their parents, in order and apart: the invariant on which everything stands.
    pub fn is_well_formed(&self) -> bool {
        self.ids().all(|id| {
            let unit = self.unit(id);
            let mut end = unit.span.start;
            unit.children.iter().all(|&child| {
                let inner = self.unit(child);
                let ok = inner.parent == Some(id) && inner.span.start >= end && unit.span.contains(inner.span);
                end = inner.span.end;
                ok
            })
        })
    }
}

/// Whether a line holds text a reader reads (used by the fold's modules).
fn is_text(line: &Line) -> bool {
    matches!(line.region, syntax::Region::Text)
}
