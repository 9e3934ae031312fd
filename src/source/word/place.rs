//! Where in the file something can be written that is about some bytes of the text.

use super::anchor::{Access, Origin, Piece, Story};
use super::write::carries_comment;
use crate::text::Span;

/// The place of a comment.
pub enum Anchor {
    /// From a byte in one run to a byte in another, or the same.
    Runs {
        /// The run, and the byte of the part.
        from: (u32, u32),
        /// The run, and the byte of the part.
        to: (u32, u32),
    },
    /// Between runs, at two bytes of the part: around something that cannot be cut, such as the result of a field.
    Around {
        /// Where it begins.
        start: u32,
        /// Where it ends.
        end: u32,
    },
    /// At the end of a paragraph without text: an index into [`Story::paragraphs`].
    Inside {
        /// The paragraph.
        paragraph: u32,
    },
}

/// The place for a comment on some bytes of the text: those of them that are written in the first paragraph they touch; where they are an
/// automatic number, the paragraph that bears it. `None` only where no paragraph can carry a comment.
pub fn anchor(story: &Story, span: Span) -> Option<Anchor> {
    let pieces = story.pieces_of(span);
    let open = |piece: &&Piece| carries_comment(story, piece) && story.paragraphs[piece.paragraph as usize].open;
    if let Some(first) = pieces.iter().find(open) {
        let same = |piece: &&Piece| open(piece) && piece.paragraph == first.paragraph;
        let last = pieces.iter().rfind(same).unwrap_or(first);
        return Some(runs(first, last, span));
    }
    let touched = pieces.iter().find(|piece| piece.run().is_some()).or(pieces.first())?;
    let paragraph = (0..=touched.paragraph).rev().find(|&p| story.paragraphs.get(p as usize).is_some_and(|p| p.open));
    let paragraph = paragraph.or_else(|| story.paragraphs.iter().position(|p| p.open).map(|p| p as u32))?;
    let own = story.pieces_of(story.paragraphs[paragraph as usize].text);
    let mut carriers = own.iter().filter(|piece| piece.paragraph == paragraph && carries_comment(story, piece));
    if touched.paragraph == paragraph && touched.run().is_some() {
        return Some(around(story, touched, own));
    }
    Some(match (carriers.next(), carriers.next_back()) {
        (Some(first), last) => runs(first, last.unwrap_or(first), story.paragraphs[paragraph as usize].text),
        (None, _) => Anchor::Inside { paragraph },
    })
}

/// From the beginning of the span in the first piece to its end in the last.
fn runs(first: &Piece, last: &Piece, span: Span) -> Anchor {
    let (start, end) = (raw_of(first), raw_of(last));
    let span = if span.is_empty() { first.text } else { span };
    let from = if is_cuttable(first) { start.start + span.start.saturating_sub(first.text.start) } else { start.start };
    let to = if is_cuttable(last) { end.end - last.text.end.saturating_sub(span.end) } else { end.end };
    Anchor::Runs { from: (first.run().unwrap_or(0), from), to: (last.run().unwrap_or(0), to) }
}

/// Around the runs between those that can be written at: the whole field whose result is meant.
fn around(story: &Story, touched: &Piece, own: &[Piece]) -> Anchor {
    let paragraph = &story.paragraphs[touched.paragraph as usize];
    let element = |piece: &Piece| piece.run().map(|run| story.runs[run as usize].element);
    let carriers = || own.iter().filter(|piece| piece.paragraph == touched.paragraph && carries_comment(story, piece));
    let before = carriers().rfind(|piece| piece.text.end <= touched.text.start).and_then(element);
    let after = carriers().find(|piece| piece.text.start >= touched.text.end).and_then(element);
    let start = before.map_or(paragraph.inner.start, |run| run.end);
    Anchor::Around { start, end: after.map_or(paragraph.inner.end, |run| run.start) }
}

/// The pieces that an edit takes away, each with the bytes of the part that go; for an insertion the piece it is written into, with no bytes.
/// Empty where the edit cannot be made.
pub fn pieces_to_change(story: &Story, span: Span) -> Vec<(&Piece, Span)> {
    let is_free = |piece: &Piece| {
        let run = piece.run().map(|run| story.runs[run as usize]);
        is_cuttable(piece) && run.is_some_and(|run| run.access == Access::Free)
    };
    let pieces = story.pieces_of(span);
    if span.is_empty() {
        let before =
            pieces.iter().find(|piece| is_free(piece) && piece.text.end >= span.start && piece.text.start < span.start);
        let piece = before.or_else(|| pieces.iter().find(|piece| is_free(piece) && piece.text.start == span.start));
        return piece
            .map(|piece| (piece, Span::empty(raw_of(piece).start + span.start - piece.text.start)))
            .into_iter()
            .collect();
    }
    let covered = |piece: &Piece| {
        let (start, end) = (span.start.max(piece.text.start), span.end.min(piece.text.end));
        let raw = raw_of(piece).start;
        Span::new(raw + start - piece.text.start, raw + end - piece.text.start)
    };
    let in_one = pieces.windows(2).all(|pair| pair[0].paragraph == pair[1].paragraph);
    match in_one && pieces.iter().all(is_free) {
        true => pieces.iter().map(|piece| (piece, covered(piece))).collect(),
        false => Vec::new(),
    }
}

fn raw_of(piece: &Piece) -> Span {
    match piece.origin {
        Origin::Written { raw, .. } | Origin::Mark { raw, .. } => raw,
        Origin::Label | Origin::Generated => Span::empty(0),
    }
}

/// Whether the bytes of the part agree with those of the text.
fn is_cuttable(piece: &Piece) -> bool {
    matches!(piece.origin, Origin::Written { raw, .. } if raw.len() == piece.text.len())
}
