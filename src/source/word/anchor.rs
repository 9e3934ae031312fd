//! Where every character of a story comes from.

use super::numbering::Label;
use crate::text::{Appearance, Span};

/// Which part of a document a story is. Each is read on its own: a note is no part of the sentence to which it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoryKind {
    /// The text itself, with its tables and text boxes.
    Body,
    /// 脚注
    Footnotes,
    /// 文末脚注
    Endnotes,
    /// ヘッダー
    Header,
    /// フッター
    Footer,
}

/// A text with its anchors. Every byte of the text belongs to exactly one piece.
#[derive(Clone, Debug)]
pub struct Story {
    /// Which part of the document it is.
    pub kind: StoryKind,
    /// The name of its part in the package: `word/document.xml`.
    pub part: String,
    /// What a person sees, every paragraph a line: automatic numbers are written out, a row of a table is `| a | b |`.
    pub text: String,
    /// What formatting says of each line.
    pub appearance: Vec<Appearance>,
    /// Where each piece of the text comes from, in order and without gaps.
    pub pieces: Vec<Piece>,
    /// The paragraphs in the order in which they begin in the text; those that nobody sees are not among them.
    pub paragraphs: Vec<Paragraph>,
    /// The runs to which the pieces refer.
    pub runs: Vec<Run>,
    /// Cross-references whose target is a bookmark.
    pub references: Vec<CrossReference>,
}

/// A piece of a story's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The bytes of the text.
    pub text: Span,
    /// The paragraph to which it belongs: an index into [`Story::paragraphs`].
    pub paragraph: u32,
    /// Where it comes from.
    pub origin: Origin,
}

impl Piece {
    /// The run it comes from: an index into [`Story::runs`].
    pub fn run(&self) -> Option<u32> {
        match self.origin {
            Origin::Written { run, .. } | Origin::Mark { run, .. } => Some(run),
            Origin::Label | Origin::Generated => None,
        }
    }
}

/// Where a piece comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Written in the part.
    Written {
        /// The bytes of the part. Where they are as many as those of the text, the two agree byte for byte and the piece can be cut anywhere;
        /// otherwise (an entity, a CDATA section) it stands as a whole.
        raw: Span,
        /// The run: an index into [`Story::runs`].
        run: u32,
    },
    /// Something that stands for a character: a tab, a line break, a symbol.
    Mark {
        /// The bytes of the part that stand for it; they cannot be cut.
        raw: Span,
        /// The run: an index into [`Story::runs`].
        run: u32,
    },
    /// The automatic number of the paragraph and what stands behind it.
    Label,
    /// Written by the reader: the end of a line, the lines of a table.
    Generated,
}

/// A run: text of one format (§17.3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The bytes of the element.
    pub element: Span,
    /// What may be written there.
    pub access: Access,
}

/// What may be written at a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// Comments, and changes of its text.
    Free,
    /// Comments only: its text is somebody's tracked insertion.
    Comment,
    /// Nothing: Word writes the text anew (the result of a field, a bound content control), or it is no plain run (ruby, formula).
    Closed,
}

/// A paragraph (§17.3.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// The bytes of the element.
    pub element: Span,
    /// The bytes behind its properties (`pPr`) and before its end tag.
    pub inner: Span,
    /// Its text in the story, label included, without the end of the line.
    pub text: Span,
    /// Its automatic number.
    pub label: Option<Label>,
    /// The id that Word keeps for it (`w14:paraId`).
    pub id: Option<String>,
    /// The place of the element among all paragraphs of the part, from 0.
    pub index: u32,
    /// Whether a comment can stand in it. Not in a text box, a note or a bound content control.
    pub open: bool,
}

/// A field whose shown text stands for another place of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrossReference {
    /// The text that is shown, as it was when Word last wrote it.
    pub shown: Span,
    /// What is referred to: the name of a bookmark.
    pub bookmark: String,
    /// The instruction of the field: `REF _Ref123 \r \h`.
    pub instruction: String,
    /// The paragraph where the bookmark begins: an index into [`Story::paragraphs`].
    pub target: Option<u32>,
}

impl Story {
    /// The paragraph in which a byte of the text lies (the last that begins before it), and how many characters of its text, without its
    /// automatic number, stand before the byte. `None` only in a story without paragraphs.
    pub fn place(&self, byte: u32) -> Option<(&Paragraph, u32)> {
        let after = self.paragraphs.partition_point(|paragraph| paragraph.text.start <= byte);
        let index = after.saturating_sub(1);
        let paragraph = self.paragraphs.get(index)?;
        let label = self
            .pieces_of(paragraph.text)
            .iter()
            .rfind(|piece| piece.paragraph as usize == index && matches!(piece.origin, Origin::Label));
        let start = label.map_or(paragraph.text.start, |label| label.text.end);
        let end = byte.min(paragraph.text.end).max(start);
        Some((paragraph, self.text[Span::new(start, end).range()].chars().count() as u32))
    }

    /// The pieces of which a span of the text is made; for an empty span those that touch it.
    pub fn pieces_of(&self, span: Span) -> &[Piece] {
        let from = self.pieces.partition_point(|piece| match span.is_empty() {
            true => piece.text.end < span.start,
            false => piece.text.end <= span.start,
        });
        let to = self.pieces.partition_point(|piece| match span.is_empty() {
            true => piece.text.start <= span.end,
            false => piece.text.start < span.end,
        });
        &self.pieces[from..to.max(from)]
    }
}
