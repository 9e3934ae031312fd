//! Lines and their heads: what stands at the beginning of each line, and nothing about what it means.
//!
//! The head of a line is recognised (`syntax/head.rs`); the text behind it is left alone. Which 「第3条」 is a
//! heading and which a wrapped reference, and whether 「1.」 is a 項 or a 号, is decided later by the fold
//! (`contract/fold.rs`), which sees all lines.

mod head;
mod region;

pub(crate) use head::{CATALOGUES, caption_end, enumerator_at, head_at};

pub use region::{Region, comments, is_cut};

use crate::change::Change;
use crate::number::Number;
use crate::text::{Span, Text};

/// One line of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The whole line with its line end.
    pub span: Span,
    /// What kind of line it is.
    pub region: Region,
    /// Which code fence or frame it stands in, counted from 1; 0 outside.
    pub fence: u16,
    /// Cells of blank space before the first mark (a full-width space is two, a tab four).
    pub indent: u16,
    /// The level of a heading (Markdown, Word), 1 to 6; 0 for other lines.
    pub heading: u8,
    /// Whether a Markdown list bullet stands before the head or the text.
    pub bullet: bool,
    /// Whether the line is a Markdown block quotation.
    pub block_quote: bool,
    /// Whether the head stands behind an opening quotation mark: 「第5条　…」 in an amendment.
    pub quotation: bool,
    /// Whether the head or the text begins in Markdown bold.
    pub strong: bool,
    /// A caption before the head, on the same line: 「（目的）第1条」.
    pub caption: Option<Span>,
    /// What the line begins with.
    pub head: Head,
    /// The head as written (`第3条の2`, `（１）`); empty where there is none.
    pub label: Span,
    /// The text behind the head, trimmed.
    pub body: Span,
}

impl Line {
    /// The same line, so many bytes further on.
    fn moved(&self, by: i64) -> Line {
        let place = |offset: u32| (i64::from(offset) + by) as u32;
        let span = |span: Span| Span::new(place(span.start), place(span.end));
        Line {
            span: span(self.span),
            caption: self.caption.map(span),
            label: span(self.label),
            body: span(self.body),
            ..self.clone()
        }
    }
}

/// What a line begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// Nothing: text.
    None,
    /// 第3条, 第3条の2; 第●条 has no number. `until` is the last article of 第8条から第10条まで　削除.
    Article {
        /// The number, unless it is not filled in yet.
        number: Option<Number>,
        /// The end of a range of deleted articles.
        until: Option<Number>,
    },
    /// 第1章, 第2節の2.
    Division {
        /// 編, 章, 節, 款 or 目.
        level: DivisionLevel,
        /// The number, unless it is not filled in yet.
        number: Option<Number>,
    },
    /// 第2項, `2 項.`: a paragraph named as such.
    Paragraph(u32),
    /// A number or letter before a paragraph, item or subitem.
    Enumerator(Enumerator),
    /// ・, ● and the like, and Markdown bullets without an inner head.
    Bullet(char),
    /// 附則.
    Supplementary,
    /// 別紙1, 別表, 様式第1号.
    Annex,
    /// 目次.
    Contents,
    /// A line that is nothing but 「（秘密保持）」 or 「【秘密保持】」: a caption of what follows.
    Caption,
}

/// The levels above the article, outermost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DivisionLevel {
    /// 編
    Part,
    /// 章
    Chapter,
    /// 節
    Section,
    /// 款
    Subsection,
    /// 目
    Division,
}

/// The written number of a paragraph, item or subitem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enumerator {
    /// How it is written.
    pub style: Style,
    /// Its value in that writing.
    pub value: u32,
    /// Its branch number (枝番): 2 in 五の二, 0 where there is none.
    pub branch: u32,
    /// The last of several numbers of which nothing is left (「二及び三　削除」), 0 where it is one number.
    pub until: u32,
    /// A second way to read it: イ is 1 of イロハ and 2 of アイウ, `i` is 9 of a–z and 1 of i, ii, iii.
    pub other: Option<(System, u32)>,
}

impl Enumerator {
    /// Its value when it is read as a member of `style`, if it can be.
    pub fn value_in(&self, style: Style) -> Option<u32> {
        if style.frame != self.style.frame {
            return None;
        }
        if style.system == self.style.system {
            return Some(self.value);
        }
        self.other.filter(|(system, _)| *system == style.system).map(|(_, value)| value)
    }
}

/// How an enumerator is written: what counts, and what stands around it. Width is left out on purpose: （１） and (1) are one style
/// for the depth of a list; rules about notation look at the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Style {
    /// What counts.
    pub system: System,
    /// What stands around it.
    pub frame: Frame,
}

/// What counts in an enumerator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum System {
    /// 1, ２
    Arabic,
    /// 一, 十二
    Kanji,
    /// ① ⑴ ⒈ ❶ and their like, each a family of its own (named by its first member).
    Enclosed(char),
    /// イロハ
    Iroha,
    /// アイウ
    Aiueo,
    /// a, b
    Latin,
    /// A, B
    LatinUpper,
    /// i, ii
    Roman,
    /// I, II
    RomanUpper,
    /// 1.1, 2-1: the number of components.
    Chain(u8),
    /// 第1, 第2 of public documents.
    Ordinal,
    /// A bullet.
    Bullet(char),
}

/// What stands around the number of an enumerator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Frame {
    /// Nothing but a blank behind it, or one character that carries its own frame (①).
    Bare,
    /// `1.`, `1．`
    Dot,
    /// `1、`
    Comma,
    /// `1)`
    Close,
    /// `(1)`, `（1）`
    Brackets,
}

/// Reads a text into its lines.
pub fn lines(text: &Text) -> Vec<Line> {
    let regions = region::regions(text);
    let mut lines: Vec<Line> = (0..text.line_count())
        .zip(regions)
        .map(|(index, (region, fence))| head::line(text, index, region, fence))
        .collect();
    if text.is_formatted() {
        for (index, line) in lines.iter_mut().enumerate() {
            let appearance = text.appearance(index);
            (line.heading, line.fence) = (appearance.heading, appearance.frame);
        }
    }
    lines
}

/// [`lines`] of a text that has changed in one place: the lines before and behind the change are taken over from the earlier text, because
/// what a line begins with depends on nothing but the line and its region. Editors change a text that way, and heads cost the most of
/// reading it.
pub fn lines_again(text: &Text, earlier: &Text, known: &[Line]) -> Vec<Line> {
    if text.is_formatted() || known.len() != earlier.line_count() {
        return lines(text);
    }
    let change = Change::between(earlier.as_str(), text.as_str());
    let moved = change.moved();
    let count = text.line_count();
    let before = (0..count.min(known.len()))
        .take_while(|&index| {
            known[index].span.end as usize <= change.start && known[index].span == text.line_with_end(index)
        })
        .count();
    let behind = (1..=count.min(known.len()) - before)
        .take_while(|&back| {
            let (now, then) = (text.line_with_end(count - back), known[known.len() - back].span);
            now.start as usize >= change.end
                && then.start as usize >= change.earlier_end
                && i64::from(now.start) == i64::from(then.start) + moved
        })
        .count();
    let regions = region::regions(text).into_iter().enumerate();
    regions
        .map(|(index, (region, fence))| {
            let taken = match index {
                index if index < before => Some((&known[index], 0)),
                index if index >= count - behind => Some((&known[known.len() - (count - index)], moved)),
                _ => None,
            };
            match taken.filter(|(line, _)| line.region == region) {
                Some((line, moved)) => Line { fence, ..line.moved(moved) },
                None => head::line(text, index, region, fence),
            }
        })
        .collect()
}

/// Whether a character is blank space of any width.
pub fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200B}' | '\u{FEFF}')
}

/// The span without blanks and Markdown emphasis marks at its ends.
pub fn trim(text: &Text, span: Span) -> Span {
    let slice = text.slice(span);
    let front = slice.trim_start_matches(is_blank);
    let start = span.start + (slice.len() - front.len()) as u32;
    Span::new(start, start + front.trim_end_matches(is_blank).len() as u32)
}
