//! The text of one document and the positions in it: the only code that counts lines, columns and UTF-16 units.
//!
//! Inside the library a place is a [`Span`]: a range of bytes into the [`Text`]. People read lines and characters,
//! editors UTF-16 units; [`Text::position`] converts, and nothing else may.

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use crate::plane::Plane;

/// A range of bytes into a [`Text`], always on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The empty span at `offset`.
    pub const fn empty(offset: u32) -> Self {
        Self::new(offset, offset)
    }

    /// How many bytes it covers.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it covers no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside it.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The same bytes as a range for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A place in a [`Text`] in every unit that somebody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters (Unicode scalar values), from 1.
    pub column: u32,
    /// The column in UTF-16 code units, from 1.
    pub utf16: u32,
    /// The byte offset into the decoded text, from 0.
    pub byte: u32,
}

/// How a line looks where the file says so (a Word document). Plain text says nothing of it, Markdown says it in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    /// The level of a heading, from 1; 0 for text.
    pub heading: u8,
    /// Which framed block it stands in, counted from 1; 0 outside of frames. In a model contract with commentary the clauses stand in frames.
    pub frame: u16,
    /// It is an entry of a table of contents.
    pub contents: bool,
    /// Its automatic number may not be the one that is shown.
    pub doubtful: bool,
}

/// A number that was taken over from another paragraph (a cross-reference of Word) and is not the one that this paragraph has now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleNumber {
    /// Where it is shown: 「第3条」.
    pub span: Span,
    /// The number that the paragraph has now: 「第2条」.
    pub now: String,
}

/// What the columns of an editor count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColumnUnit {
    /// Bytes.
    Utf8,
    /// UTF-16 code units.
    #[default]
    Utf16,
}

/// The decoded text of a document, exactly as it was written, with the starts of its lines.
///
/// A line ends with `\n`, `\r\n` or a lone `\r`. At most 4 GiB.
#[derive(Clone, Debug, Default)]
pub struct Text {
    content: String,
    line_starts: Vec<u32>,
    appearance: Vec<Appearance>,
    /// The characters and UTF-16 units before every [`MILE`]th byte; made when a place far inside a long line is asked for.
    miles: OnceLock<Vec<(u32, u32)>>,
    stale_numbers: Vec<StaleNumber>,
}

/// How many bytes are counted at most to find a column.
const MILE: usize = 1024;

impl Text {
    /// Takes a text as it is.
    ///
    /// # Panics
    /// When the text is larger than 4 GiB; readers of files refuse such a file before.
    pub fn new(content: impl Into<String>) -> Self {
        let content = content.into();
        assert!(u32::try_from(content.len()).is_ok(), "a text of more than 4 GiB");
        let bytes = content.as_bytes();
        let mut line_starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let crlf = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            if !crlf {
                line_starts.push(at as u32 + 1);
            }
        }
        Self { content, line_starts, appearance: Vec::new(), stale_numbers: Vec::new(), miles: OnceLock::new() }
    }

    /// Takes a text of which the file says how each line looks.
    ///
    /// # Panics
    /// As [`Text::new`].
    pub fn formatted(content: impl Into<String>, appearance: Vec<Appearance>) -> Self {
        Self { appearance, ..Self::new(content) }
    }

    /// The same text with what the file says of numbers that were taken over, in the order of the text.
    pub fn with_stale_numbers(self, stale_numbers: Vec<StaleNumber>) -> Self {
        Self { stale_numbers, ..self }
    }

    /// Cross-references that show a number which is no longer that of their target; only a Word document knows.
    pub fn stale_numbers(&self) -> &[StaleNumber] {
        &self.stale_numbers
    }

    /// How a line (counted from 0) looks.
    pub fn appearance(&self, index: usize) -> Appearance {
        self.appearance.get(index).copied().unwrap_or_default()
    }

    /// Whether the file says how lines look: marks in the text are then no Markdown.
    pub fn is_formatted(&self) -> bool {
        !self.appearance.is_empty()
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// The whole text, given away.
    pub fn into_string(self) -> String {
        self.content
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.content[span.range()]
    }

    /// Length in bytes.
    pub fn len(&self) -> u32 {
        self.content.len() as u32
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    /// The number of lines; the empty line after a final line end counts.
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The bytes of a line (counted from 0) without its line end.
    pub fn line(&self, index: usize) -> Span {
        let full = self.line_with_end(index);
        let trimmed = self.slice(full).trim_end_matches(['\n', '\r']);
        Span::new(full.start, full.start + trimmed.len() as u32)
    }

    /// The bytes of a line (counted from 0) with its line end.
    pub fn line_with_end(&self, index: usize) -> Span {
        let end = self.line_starts.get(index + 1).copied().unwrap_or(self.len());
        Span::new(self.line_starts[index], end)
    }

    /// The index (from 0) of the line in which a byte lies.
    pub fn line_index(&self, byte: u32) -> usize {
        self.line_starts.partition_point(|&start| start <= byte) - 1
    }

    /// The place of a byte offset in every unit. Offsets past the end are taken as the end.
    pub fn position(&self, byte: u32) -> Position {
        let byte = byte.min(self.len());
        let line = self.line_index(byte);
        let (start, end) = (self.line_starts[line] as usize, byte as usize);
        let (characters, units) = if end - start <= MILE {
            count(&self.content.as_bytes()[start..end])
        } else {
            let (before, until) = (self.counted_to(start), self.counted_to(end));
            (until.0 - before.0, until.1 - before.1)
        };
        Position { line: line as u32 + 1, column: characters + 1, utf16: units + 1, byte }
    }

    /// The characters and the UTF-16 units before a byte.
    fn counted_to(&self, byte: usize) -> (u32, u32) {
        let bytes = self.content.as_bytes();
        let miles = self.miles.get_or_init(|| {
            let sum = |total: &mut (u32, u32), mile| {
                let before = *total;
                let (characters, units) = count(mile);
                *total = (before.0 + characters, before.1 + units);
                Some(before)
            };
            bytes.chunks(MILE).scan((0, 0), sum).collect()
        });
        let mile = (byte / MILE).min(miles.len().saturating_sub(1));
        let (characters, units) = miles.get(mile).copied().unwrap_or_default();
        let rest = count(&bytes[mile * MILE..byte]);
        (characters + rest.0, units + rest.1)
    }

    /// The column of a byte offset in bytes of UTF-8, from 1: the unit of rdjson.
    pub fn byte_column(&self, byte: u32) -> u32 {
        let byte = byte.min(self.len());
        byte - self.line_starts[self.line_index(byte)] + 1
    }

    /// The line and the column of a byte, both from 0, as editors count them. Offsets past the end are taken as the end.
    pub fn line_column(&self, byte: u32, unit: ColumnUnit) -> (u32, u32) {
        let place = self.position(byte);
        let line = place.line - 1;
        let column = match unit {
            ColumnUnit::Utf8 => self.byte_column(byte) - 1,
            ColumnUnit::Utf16 => place.utf16 - 1,
        };
        (line, column)
    }

    /// The byte offset of a line and a column, both from 0; clamped to a character of the line.
    pub fn offset(&self, line: usize, column: u32, unit: ColumnUnit) -> u32 {
        match unit {
            ColumnUnit::Utf8 => self.offset_in_line(line, column, |c| c.len_utf8() as u32),
            ColumnUnit::Utf16 => self.offset_in_line(line, column, |c| c.len_utf16() as u32),
        }
    }

    fn offset_in_line(&self, line: usize, column: u32, width: impl Fn(char) -> u32) -> u32 {
        if line >= self.line_count() {
            return self.len();
        }
        let span = self.line(line);
        let mut passed = 0;
        for (at, character) in self.slice(span).char_indices() {
            if passed >= column {
                return span.start + at as u32;
            }
            passed += width(character);
        }
        span.end
    }
}

/// How many characters and how many UTF-16 units begin in some bytes.
fn count(bytes: &[u8]) -> (u32, u32) {
    let begins = |byte: &&u8| **byte & 0xC0 != 0x80;
    let characters = bytes.iter().filter(begins).count() as u32;
    // Four bytes of UTF-8 are two units.
    (characters, characters + bytes.iter().filter(|byte| **byte >= 0xF0).count() as u32)
}

/// Every place at which some words stand in a text, in order.
pub fn places<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = usize> + use<'t> {
    memchr::memmem::find_iter(text.as_bytes(), words.as_bytes())
}

/// The first of some words with which a text begins. Nearly always it begins with none: a byte tells.
#[inline]
pub fn leading_word<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    let bytes = text.as_bytes();
    let may_begin = |word: &[u8]| bytes.first() == word.first() && (word.len() < 3 || bytes.get(2) == word.get(2));
    words.iter().copied().find(|word| may_begin(word.as_bytes()) && bytes.starts_with(word.as_bytes()))
}

/// The first of some words with which a text ends.
#[inline]
pub fn trailing_word<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    let bytes = text.as_bytes();
    words.iter().copied().find(|word| bytes.last() == word.as_bytes().last() && bytes.ends_with(word.as_bytes()))
}

/// Whether a text begins with one of some words.
#[inline(always)]
pub fn starts_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.starts_with(word))
}

/// Whether a text ends with one of some words.
#[inline(always)]
pub fn ends_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

/// Characters that take two cells, whatever stands beside them.
static WIDE: Plane = Plane::EMPTY
    .with('\u{3000}', '\u{3029}')
    .with('ぁ', 'ゖ')
    .with('ァ', 'ヿ')
    .with('\u{4E00}', '\u{9FFF}')
    .with('！', '＿');

/// How many cells of a terminal a text takes: full-width characters two, half-width ones one.
pub fn display_width(text: &str) -> usize {
    width_until(text, usize::MAX)
}

/// Whether a text takes more than so many cells.
pub fn is_wider(text: &str, cells: usize) -> bool {
    // No character takes more cells than it has bytes.
    text.len() > cells && width_until(text, cells) > cells
}

/// The width of a text, or of a part of it that takes more than so many cells.
fn width_until(text: &str, enough: usize) -> usize {
    let mut rest = text.as_bytes();
    let mut cells = 0;
    while cells <= enough {
        // Blanks, letters and figures of half width; kana, kanji and the usual marks. The library knows all others.
        (rest, cells) = match rest {
            [first @ 0xE0..=0xEF, second, third, behind @ ..] if WIDE.has([*first, *second, *third]) => {
                (behind, cells + 2)
            }
            [b' '..=b'~', behind @ ..] => (behind, cells + 1),
            [] => break,
            _ => return unicode_width::UnicodeWidthStr::width(text),
        };
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_lf_crlf_or_cr() {
        let text = Text::new("甲\r\n乙\n丙\r丁");
        let lines: Vec<&str> = (0..text.line_count()).map(|i| text.slice(text.line(i))).collect();
        assert_eq!(lines, ["甲", "乙", "丙", "丁"]);
        assert_eq!(text.slice(text.line_with_end(0)), "甲\r\n");
    }

    #[test]
    fn the_width_of_usual_characters_is_that_of_the_library() {
        for code in 0..0x20000 {
            let Some(character) = char::from_u32(code) else { continue };
            for text in [format!("{character}"), format!("甲{character}a"), format!("「{character}」")] {
                let width = unicode_width::UnicodeWidthStr::width(&*text);
                assert_eq!(display_width(&text), width, "{code:X}");
                assert!((0..6).all(|cells| is_wider(&text, cells) == (width > cells)), "{code:X}");
            }
        }
    }

    #[test]
    fn words_lead_and_trail() {
        let words = ["及び", "又は", "又", "/"];
        assert_eq!(leading_word("又は前条", &words), Some("又は"));
        assert_eq!(leading_word("又、前条", &words), Some("又"));
        assert_eq!(leading_word("/", &words), Some("/"));
        assert_eq!((leading_word("前条又は", &words), leading_word("", &words)), (None, None));
        assert_eq!(trailing_word("前条又は", &words), Some("又は"));
        assert_eq!((trailing_word("又は前条", &words), trailing_word("", &words)), (None, None));
    }

    #[test]
    fn a_position_has_characters_and_utf16_units() {
        let text = Text::new("一行目\n𠮷田は、甲");
        let byte = text.as_str().find('甲').unwrap() as u32;
        assert_eq!(text.position(byte), Position { line: 2, column: 5, utf16: 6, byte });
        assert_eq!(text.byte_column(byte), 14);
        assert_eq!(text.line_column(byte, ColumnUnit::Utf16), (1, 5));
        assert_eq!(text.offset(1, 5, ColumnUnit::Utf16), byte);
        assert_eq!(text.line_column(byte, ColumnUnit::Utf8), (1, 13));
        assert_eq!(text.offset(1, 13, ColumnUnit::Utf8), byte);
        assert_eq!(text.offset(0, 99, ColumnUnit::Utf16), 9, "the end of the line");
        assert_eq!(text.offset(9, 0, ColumnUnit::Utf8), text.len(), "the end of the text");
    }

    #[test]
    fn columns_of_a_long_line_are_those_of_a_count_from_its_beginning() {
        let line = "甲は、𠮷田にaを支払う。".repeat(400);
        let text = Text::new(format!("第1条\n{line}\n{line}"));
        for (at, _) in text.as_str().char_indices().step_by(7) {
            let place = text.position(at as u32);
            let before = &text.as_str()[text.line(place.line as usize - 1).start as usize..at];
            assert_eq!(place.column as usize, before.chars().count() + 1);
            assert_eq!(place.utf16 as usize, before.encode_utf16().count() + 1);
        }
    }

    #[test]
    fn a_final_line_end_opens_an_empty_line() {
        let text = Text::new("甲\n");
        assert_eq!(text.line_count(), 2);
        assert_eq!(text.position(4), Position { line: 2, column: 1, utf16: 1, byte: 4 });
    }
}
