//! The comparison text: the contract's sentences without line wraps, Markdown marks and differences of width.
//!
//! The document's own text is never normalised. Rules that look for words do it in the flow, where 「１４．６％」 is `14.6%`, a
//! wrapped sentence is one piece and 「が」 is one character; every place in it leads back to the bytes of the text.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

use super::{Content, ContentKind};
use crate::text::{Span, Text};

/// The comparison text with its way back.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    text: String,
    /// Where the distance between flow and text changes, in order.
    joints: Vec<Joint>,
    /// Where each piece of content begins.
    starts: Vec<u32>,
    /// The content in which each block of so many bytes begins.
    blocks: Vec<u32>,
}

/// How many bytes of the flow are searched for the content of a place.
const BLOCK: usize = 64;

#[derive(Clone, Copy, Debug)]
struct Joint {
    /// The place in the flow.
    flow: u32,
    /// The place in the text that it comes from.
    text: u32,
    /// Where in the text the piece before ends.
    end: u32,
}

impl Flow {
    /// Writes the flow of the contents.
    pub(super) fn of(text: &Text, contents: &[Content]) -> Flow {
        let mut writer = Writer {
            source: text.as_str(),
            markdown: !text.is_formatted(),
            flow: Flow {
                text: String::with_capacity(contents.iter().map(|c| c.span.len() as usize + 1).sum()),
                joints: Vec::new(),
                starts: Vec::with_capacity(contents.len()),
                blocks: Vec::new(),
            },
            text_end: 0,
            spaced: false,
            first_link: memchr::memchr(b'[', text.as_str().as_bytes()).unwrap_or(text.as_str().len()),
            unclosed: 0,
        };
        for content in contents {
            if !content.continues && !writer.flow.text.is_empty() {
                writer.emit('\n', content.span.start, content.span.start);
            }
            writer.flow.starts.push(writer.flow.text.len() as u32);
            writer.spaced = is_letter_spaced(text.slice(content.span), content.kind);
            writer.piece(content.span);
        }
        writer.flow.divide();
        writer.flow
    }

    /// Notes the contents of the blocks.
    fn divide(&mut self) {
        let mut content = 0;
        let starts = &self.starts;
        let in_which = |at: usize| {
            while starts.get(content + 1).is_some_and(|start| *start as usize <= at) {
                content += 1;
            }
            content as u32
        };
        self.blocks = (0..=self.text.len()).step_by(BLOCK).map(in_which).collect();
    }

    /// The whole comparison text; pieces of content that do not go on with the one before are parted by a line end.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The bytes of the text from which a range of the flow comes.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.source_of(range.start as u32);
        let end = if range.is_empty() { start } else { self.source_end_of(range.end as u32) };
        Span::new(start, end.max(start))
    }

    /// The range of the flow of some contents, given as a range of their indexes.
    pub fn range(&self, contents: (u32, u32)) -> Range<usize> {
        let start = self.starts.get(contents.0 as usize).map_or(self.text.len(), |s| *s as usize);
        if contents.0 >= contents.1 {
            return start..start;
        }
        let end = self.starts.get(contents.1 as usize).map_or(self.text.len(), |s| *s as usize);
        let end = end - usize::from(self.text[start..end].ends_with('\n'));
        start..end.max(start)
    }

    /// The index of the content in which a place of the flow lies.
    pub fn content_at(&self, at: usize) -> usize {
        let mut blocks = self.blocks[(at / BLOCK).min(self.blocks.len())..].iter().map(|&content| content as usize);
        let from = blocks.next().unwrap_or(0);
        let to = blocks.next().map_or(self.starts.len(), |content| content + 1);
        from + self.starts[from..to].partition_point(|&start| start as usize <= at).saturating_sub(1)
    }

    fn source_of(&self, flow: u32) -> u32 {
        match self.joints.partition_point(|j| j.flow <= flow).checked_sub(1) {
            Some(i) => self.joints[i].text + (flow - self.joints[i].flow),
            None => flow,
        }
    }

    fn source_end_of(&self, flow: u32) -> u32 {
        let after = self.joints.partition_point(|j| j.flow < flow);
        match self.joints.get(after) {
            Some(joint) if joint.flow == flow => joint.end,
            _ => match after.checked_sub(1) {
                Some(i) => self.joints[i].text + (flow - self.joints[i].flow),
                None => flow,
            },
        }
    }
}

struct Writer<'a> {
    source: &'a str,
    /// Whether marks in the text may be Markdown.
    markdown: bool,
    flow: Flow,
    /// Where in the source the last character written ends.
    text_end: u32,
    /// Whether wide blanks in the piece only space its letters out.
    spaced: bool,
    /// Where the first `[` of the source stands.
    first_link: usize,
    /// Until where there is no `)`, as far as was looked.
    unclosed: usize,
}

impl Writer<'_> {
    /// Writes one character that comes from `start..end` of the source.
    fn emit(&mut self, character: char, start: u32, end: u32) {
        self.join(start);
        self.flow.text.push(character);
        self.text_end = end;
        if character.len_utf8() as u32 != end - start {
            self.mark(end);
        }
    }

    /// Notes a joint where the source does not go on directly.
    fn join(&mut self, start: u32) {
        if start != self.text_end || self.flow.joints.is_empty() {
            self.mark(start);
        }
    }

    fn mark(&mut self, text: u32) {
        let flow = self.flow.text.len() as u32;
        let joint = Joint { flow, text, end: self.text_end };
        match self.flow.joints.last_mut() {
            // Several joints at one place of the flow: the first knows where the text before ended.
            Some(last) if last.flow == flow => last.text = text,
            _ => self.flow.joints.push(joint),
        }
    }

    /// Writes a run of the source as it stands.
    fn copy(&mut self, start: usize, end: usize) {
        if start < end {
            self.join(start as u32);
            self.flow.text.push_str(&self.source[start..end]);
            self.text_end = end as u32;
        }
    }

    fn piece(&mut self, span: Span) {
        let (mut at, end) = (span.start as usize, span.end as usize);
        let source = self.source;
        let bytes = source.as_bytes();
        let mut run = at;
        // Until where a Markdown link's target is left out.
        while at < end {
            let byte = bytes[at];
            // Nearly everything is a kanji or a kana: copied in runs.
            let special = match byte {
                0xE3 => matches!((bytes[at + 1], bytes[at + 2]), (0x80, 0x80) | (0x82, 0x99 | 0x9A) | (0x80, 0x9C)),
                0xE2 => matches!(bytes[at + 1], 0x80 | 0xBA..=0xBF),
                0xEF => matches!(bytes[at + 1], 0xA4..=0xAB | 0xBB..=0xBE),
                0xC2 => bytes[at + 1] == 0xA0,
                b'*' | b'_' | b'`' | b'[' | b']' | b'<' | b'&' | b'\\' | b'(' | b')' | b',' | b' ' | b'\t' | b'~' => {
                    true
                }
                _ => false,
            };
            if !special {
                at += crate::words::utf8_length(byte);
                continue;
            }
            self.copy(run, at);
            at = self.special(at, end);
            run = at;
        }
        self.copy(run, end);
    }

    /// Writes what a special character at `at` becomes; returns where to go on.
    fn special(&mut self, at: usize, end: usize) -> usize {
        let rest = &self.source[at..end];
        let character = rest.chars().next().expect("a character");
        let next = at + character.len_utf8();
        let replace = |writer: &mut Self, with: char| {
            writer.emit(with, at as u32, next as u32);
            next
        };
        match character {
            '*' | '_' | '`' | '[' | ']' | '<' | '&' | '\\' if !self.markdown => self.keep(at, next),
            '*' | '_' if rest[1..].starts_with(character) => at + rest.len() - rest.trim_start_matches(character).len(),
            '`' => next,
            '[' if link(rest).is_some() => next,
            ']' if rest[1..].starts_with('(') && self.first_link < at => self.link_target_end(at, end).unwrap_or(next),
            '<' if rest.starts_with("<!--") => rest.find("-->").map_or(end, |close| at + close + 3),
            '<' => match tag_end(rest) {
                Some(length) => at + length,
                None => self.keep(at, next),
            },
            '&' => match entity(rest) {
                Some((' ', length)) => self.blank(at, at + length, end),
                Some((decoded, length)) => {
                    self.emit(decoded, at as u32, (at + length) as u32);
                    at + length
                }
                None => self.keep(at, next),
            },
            '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => next,
            '(' => replace(self, '（'),
            ')' => replace(self, '）'),
            '~' | '～' => replace(self, '〜'),
            ',' if self.flow.text.ends_with(|c: char| !c.is_ascii()) => replace(self, '、'),
            ' ' | '\t' | '\u{A0}' | '\u{2002}' | '\u{2003}' | '\u{2009}' | '\u{200B}' | '\u{FEFF}' => {
                self.blank(at, next, end)
            }
            '　' if self.spaced => next,
            '　' => self.keep(at, next),
            '，' => {
                let digits = self.flow.text.ends_with(|c: char| c.is_ascii_digit()) && digit_follows(&rest[3..]);
                replace(self, if digits { ',' } else { '、' })
            }
            '．' => {
                let point = self.flow.text.ends_with(|c: char| c.is_ascii_alphanumeric())
                    && rest[3..].starts_with(|c: char| crate::number::digit(c).is_some() || c.is_ascii_alphanumeric());
                replace(self, if point { '.' } else { '。' })
            }
            '（' | '）' => self.keep(at, next),
            '！'..='～' => replace(self, char::from_u32(character as u32 - 0xFEE0).unwrap_or(character)),
            '｡' => replace(self, '。'),
            '､' => replace(self, '、'),
            '｢' => replace(self, '「'),
            '｣' => replace(self, '」'),
            '･' => replace(self, '・'),
            'ﾞ' | 'ﾟ' | '\u{3099}' | '\u{309A}' => self.voicing(character, at, next),
            'ｦ'..='ﾝ' | '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' => {
                let normal = std::iter::once(character).nfkc().next().unwrap_or(character);
                replace(self, normal)
            }
            _ => self.keep(at, next),
        }
    }

    /// Where the target of a link ends, whose `]` stands at `at`. What is not closed is looked through once.
    fn link_target_end(&mut self, at: usize, end: usize) -> Option<usize> {
        if at < self.unclosed {
            return None;
        }
        let close = memchr::memchr(b')', &self.source.as_bytes()[at..end]);
        if close.is_none() {
            self.unclosed = end;
        }
        close.map(|close| at + close + 1)
    }

    fn keep(&mut self, at: usize, next: usize) -> usize {
        self.copy(at, next);
        next
    }

    /// A blank stays, as one space, only between two words in Latin letters or digits.
    fn blank(&mut self, at: usize, next: usize, end: usize) -> usize {
        let latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '-' | '&' | '/');
        let before = self.flow.text.chars().next_back().is_some_and(latin);
        let after = self.source[next..end].chars().next().is_some_and(latin);
        if before && after {
            self.emit(' ', at as u32, next as u32);
        }
        next
    }

    /// Joins a voicing mark to the kana before it: か + ゛ → が.
    fn voicing(&mut self, mark: char, at: usize, next: usize) -> usize {
        let combining = if matches!(mark, 'ﾞ' | '\u{3099}') { '\u{3099}' } else { '\u{309A}' };
        let composed = self.flow.text.chars().next_back().and_then(|base| Some((base, compose(base, combining)?)));
        match composed {
            Some((base, composed)) if base.len_utf8() == composed.len_utf8() => {
                let length = self.flow.text.len() - base.len_utf8();
                self.flow.text.truncate(length);
                self.flow.text.push(composed);
                self.text_end = next as u32;
                self.mark(next as u32);
                next
            }
            _ => self.keep(at, next),
        }
    }
}

/// Whether every letter stands alone: 「業　務　委　託　契　約　書（案）」, 「（目　的）」. In running text 「年　月　日」 is a form to fill in.
fn is_letter_spaced(piece: &str, kind: ContentKind) -> bool {
    const LONGEST: usize = 200;
    if piece.len() > LONGEST || !piece.contains('　') {
        return false;
    }
    let brackets = ['（', '）', '(', ')', '【', '】'];
    let words = piece.trim().trim_start_matches(brackets).split(brackets).next().unwrap_or_default();
    let named = matches!(kind, ContentKind::Title | ContentKind::Caption);
    let letters: Vec<&str> = words.split_whitespace().collect();
    let alone = |word: &&str| word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    letters.len() >= if named { 2 } else { 4 } && letters.iter().all(alone)
}

fn digit_follows(rest: &str) -> bool {
    rest.chars().next().is_some_and(|c| crate::number::digit(c).is_some())
}

/// Whether a `[` begins a link `[text](target)`: its text has less than 400 bytes.
fn link(rest: &str) -> Option<usize> {
    let close = memchr::memchr(b']', &rest.as_bytes()[..rest.len().min(400)])?;
    rest[close + 1..].starts_with('(').then_some(close)
}

/// The length of a tag at the beginning, of at most 300 bytes.
fn tag_end(rest: &str) -> Option<usize> {
    let inner = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
    let named = inner.starts_with(|c: char| c.is_ascii_alphabetic());
    let close = memchr::memchr(b'>', &rest.as_bytes()[..rest.len().min(300)])?;
    (named && !rest[1..close].contains('<')).then_some(close + 1)
}

/// The character and length of an entity at the beginning.
fn entity(rest: &str) -> Option<(char, usize)> {
    [
        ("&emsp;", ' '),
        ("&ensp;", ' '),
        ("&nbsp;", ' '),
        ("&#12288;", ' '),
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
    ]
    .into_iter()
    .find(|(name, _)| rest.starts_with(name))
    .map(|(name, character)| (character, name.len()))
}

/// Whether a kind of content is part of a sentence.
impl ContentKind {
    /// Whether it is running text of the contract itself.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Cell)
    }
}

#[cfg(test)]
mod tests {
    use super::super::UnitId;
    use super::*;

    fn flow(source: &str) -> (Text, Flow) {
        let text = Text::new(source);
        let contents: Vec<Content> = (0..text.line_count())
            .map(|i| Content { unit: UnitId(0), span: text.line(i), kind: ContentKind::Text, continues: i > 0 })
            .collect();
        let flow = Flow::of(&text, &contents);
        (text, flow)
    }

    fn origin<'t>(text: &'t Text, flow: &Flow, needle: &str) -> &'t str {
        let at = flow.as_str().find(needle).unwrap();
        text.slice(flow.span(at..at + needle.len()))
    }

    #[test]
    fn widths_marks_and_wraps_are_gone_and_lead_back() {
        let (text, flow) = flow("年**１４．６％**の割合による損害\n金を、[別紙](a.md)の(1)により支払う，ものとする．");
        assert_eq!(flow.as_str(), "年14.6%の割合による損害金を、別紙の（1）により支払う、ものとする。");
        assert_eq!(origin(&text, &flow, "14.6%"), "１４．６％");
        assert_eq!(origin(&text, &flow, "損害金"), "損害\n金");
        assert_eq!(origin(&text, &flow, "別紙"), "別紙");
        assert_eq!(origin(&text, &flow, "（1）"), "(1)");
    }

    #[test]
    fn decomposed_and_half_width_kana_are_composed() {
        let (text, flow) = flow("か\u{3099}いしゃ ﾃﾞｰﾀ 第 3 条");
        assert_eq!(flow.as_str(), "がいしゃデータ第3条");
        assert_eq!(origin(&text, &flow, "が"), "か\u{3099}");
        assert_eq!(origin(&text, &flow, "データ"), "ﾃﾞｰﾀ");
        assert_eq!(origin(&text, &flow, "第3条"), "第 3 条");
    }
}
