//! The head of one line: what a reader sees before its text. The text behind the head is never read here.
//!
//! A line is marks that carry no number (`mark`), then at most one head, whose first character says which kinds it can be: headings that name
//! what they are (`heading`), or the number of an entry (`enumerator`). A line without a head is text; no function looks past the head it is
//! about.

mod enumerator;
mod heading;
mod mark;

pub(crate) use self::enumerator::enumerator_at;
pub(crate) use self::heading::CATALOGUES;
use super::{Head, Line, Region, is_blank, trim};
use crate::cursor::{Cursor, is_kanji_numeral};
use crate::number;
use crate::plane::Plane;
use crate::text::{Span, Text};

/// Marks and head of one line.
pub fn line(text: &Text, index: usize, region: Region, fence: u16) -> Line {
    let span = text.line(index);
    let content = trim(text, span);
    let mut line = Line {
        span: text.line_with_end(index),
        region,
        fence,
        indent: indent(&text.slice(span)[..(content.start - span.start) as usize]),
        heading: 0,
        bullet: false,
        block_quote: false,
        quotation: false,
        strong: false,
        caption: None,
        head: Head::None,
        label: Span::empty(content.start),
        body: content,
    };
    if region == Region::Text {
        read(text, content, &mut line);
    }
    line
}

/// The head at the beginning of a span inside a line, with its label and what stands behind it; for text that follows a heading on its
/// line (`第1条（目的）1. 甲は…`).
pub(crate) fn head_at(text: &Text, span: Span) -> (Head, Span, Span) {
    let mut line = Line {
        span,
        region: Region::Text,
        fence: 0,
        indent: 0,
        heading: 0,
        bullet: false,
        block_quote: false,
        quotation: false,
        strong: false,
        caption: None,
        head: Head::None,
        label: Span::empty(span.start),
        body: span,
    };
    read(text, span, &mut line);
    (line.head, line.label, line.body)
}

/// Cells of blank space.
fn indent(blanks: &str) -> u16 {
    let cells = blanks.chars().map(|c| match c {
        '\t' => 4,
        '　' => 2,
        '\u{200B}' | '\u{FEFF}' => 0,
        _ => 1,
    });
    cells.sum::<u32>().min(u16::MAX.into()) as u16
}

/// The head at the beginning of a text, with its length in bytes.
fn head(slice: &str) -> Option<(Head, usize)> {
    let mut cursor = Cursor::new(slice);
    let first = cursor.peek()?;
    let behind = slice[first.len_utf8()..].chars();
    let entry = |cursor: &mut Cursor| enumerator::numbered(cursor).map(Head::Enumerator);
    let found = match first {
        '第' => cursor
            .attempt(heading::article)
            .or_else(|| cursor.attempt(heading::division))
            .or_else(|| cursor.attempt(heading::paragraph))
            .or_else(|| enumerator::ordinal(&mut cursor).map(Head::Enumerator)),
        '(' | '（' | '〔' | '【' | '［' | '\\' => {
            let bracketed = cursor.attempt(enumerator::bracketed).map(Head::Enumerator);
            bracketed.or_else(|| word(&mut cursor))
        }
        _ if number::digit(first).is_some() || is_kanji_numeral(first) && marks_soon(behind.clone(), 4) => {
            cursor.attempt(heading::paragraph).or_else(|| entry(&mut cursor))
        }
        _ if enumerator::is_enclosed(first) => enumerator::enclosed(&mut cursor).map(Head::Enumerator),
        // A letter is a head only with a mark or a blank close behind it.
        'ア'..='ン' | 'ｱ'..='ﾝ' if marks_soon(behind.clone(), 1) => entry(&mut cursor),
        _ if number::latin_letter(first).is_some() && marks_soon(behind.clone(), 5) => entry(&mut cursor),
        '附' | '付' | '別' | '添' | '様' | '書' | '目' | '物' | '不' | '動' | '財' | '商' | '[' | '<' | '＜' | '《'
        | ':' => word(&mut cursor),
        '■' | '◆' | '●' => word(&mut cursor).or_else(|| heading::dot(&mut cursor)),
        '・' | '･' | '\u{F06C}'..='\u{F0FE}' => heading::dot(&mut cursor),
        _ if heading::is_bullet(first) => heading::dot(&mut cursor),
        _ => None,
    };
    Some((found?, cursor.passed(slice)))
}

/// 附則, 別紙, 目次.
fn word(cursor: &mut Cursor) -> Option<Head> {
    let supplementary = cursor.attempt(heading::supplementary);
    supplementary.or_else(|| cursor.attempt(heading::annex)).or_else(|| cursor.attempt(heading::contents))
}

/// Whether, within `reach` characters, a blank, a dot, a closing bracket, 項 or the end comes.
fn marks_soon(characters: std::str::Chars<'_>, reach: usize) -> bool {
    let mut count = 0;
    for character in characters.take(reach) {
        count += 1;
        if is_blank(character)
            || matches!(character, '.' | '．' | '。' | '、' | '，' | ')' | '）' | '\\' | '項' | '&' | '及' | 'か')
        {
            return true;
        }
    }
    count < reach
}

fn read(text: &Text, content: Span, line: &mut Line) {
    let slice = text.slice(content);
    let marks = if mark::may_begin(slice) { mark::read(slice, line) } else { 0 };
    let rest = Span::new(content.start + marks as u32, content.end);
    let Some((head, length)) = head(&slice[marks..]) else { return read_text(text, content, rest, line) };
    let end = rest.start + (length + closing(&slice[..marks], &slice[marks + length..])) as u32;
    line.label = Span::new(rest.start, end);
    line.head = head;
    let body = skip_emphasis(text, trim(text, Span::new(end, rest.end)));
    line.body = trim(text, Span::new(body.start, body.end - closed_behind(&slice[..marks], text.slice(body)) as u32));
}

/// The length of the bracket that closes directly behind a number what opened directly before it: 「【第1条】（目的）」.
fn closing(before: &str, behind: &str) -> usize {
    let pair = before.chars().next_back().and_then(brackets);
    let close = pair.and_then(|(_, closes)| behind.chars().next().filter(|c| closes.contains(c)));
    close.map_or(0, char::len_utf8)
}

/// The length of the bracket at the end of a heading that closes what opened before its number: 「【第3条　管轄】」.
fn closed_behind(before: &str, body: &str) -> usize {
    let Some((opens, closes)) = before.chars().next_back().and_then(brackets) else { return 0 };
    let close = body.chars().next_back().filter(|c| closes.contains(c) && !body.contains(opens));
    close.map_or(0, char::len_utf8)
}

/// A line without a head: text, a caption in brackets, or the entry of a list with bullets. `rest` is what stands behind the marks.
fn read_text(text: &Text, content: Span, rest: Span, line: &mut Line) {
    line.label = Span::empty(rest.start);
    let body = skip_emphasis(text, trim(text, rest));
    line.body = body;
    match caption_end(text.slice(body)) {
        Some(end) if !only_marks(&text.slice(body)[end..]) => caption_before_article(text, body, end, line),
        Some(_) => line.head = Head::Caption,
        None if line.bullet => {
            let bullet = text.slice(content).trim_start_matches(['>', ' ']).chars().next();
            line.head = Head::Bullet(bullet.unwrap_or('-'));
        }
        None => {}
    }
}

/// 「（目的）第1条　本契約は…」: the caption stands before the number.
fn caption_before_article(text: &Text, body: Span, end: usize, line: &mut Line) {
    let rest = trim(text, Span::new(body.start + end as u32, body.end));
    if text.slice(rest).starts_with('第') {
        let (head, label, text_behind) = head_at(text, rest);
        if matches!(head, Head::Article { .. }) {
            line.caption = Some(Span::new(body.start, body.start + end as u32));
            (line.head, line.label, line.body) = (head, label, text_behind);
        }
    }
}

/// The span without emphasis marks and tags at its beginning and end (`** `, `<br>`).
fn skip_emphasis(text: &Text, mut span: Span) -> Span {
    loop {
        let slice = text.slice(span);
        if !slice.starts_with(['*', '_', '<', '&']) && !slice.ends_with(['*', '_', '>', '\\']) {
            return span;
        }
        let before = span;
        for mark in ["**", "__", "<br>", "<br/>", "<br />"] {
            if text.slice(span).starts_with(mark) {
                span.start += mark.len() as u32;
            }
            if text.slice(span).ends_with(mark) && span.len() as usize >= mark.len() {
                // Bold that begins inside the text and ends with it stays whole.
                let inside = &text.slice(span)[..span.len() as usize - mark.len()];
                if mark.starts_with('<') || !inside.contains(mark) {
                    span.end -= mark.len() as u32;
                }
            }
        }
        for entity in ["&emsp;", "&ensp;", "&nbsp;", "&#12288;"] {
            if text.slice(span).starts_with(entity) {
                span.start += entity.len() as u32;
            }
        }
        if slice.ends_with('\\') && span == before {
            span.end -= 1;
        }
        span = trim(text, span);
        if span == before {
            return span;
        }
    }
}

/// Whether nothing but emphasis, blanks and tags is left.
fn only_marks(rest: &str) -> bool {
    rest.replace("<br>", "").replace("<br/>", "").chars().all(|c| is_blank(c) || matches!(c, '*' | '_' | '#' | '\\'))
}

/// The bytes of a caption in brackets at the beginning of a text, brackets included: 「（秘密保持）」, 「【目的】」, nested ones too.
/// Captions are short; a bracket that is not closed within 80 characters is none.
pub(crate) fn caption_end(slice: &str) -> Option<usize> {
    const LONGEST: usize = 80;
    let ([open, other_open], [close, other_close]) = brackets(slice.chars().next()?)?;
    let mut depth = 0usize;
    for at in BRACKETS.places(slice).take_while(|&at| at < 4 * LONGEST) {
        let character = slice[at..].chars().next()?;
        if character == open || character == other_open {
            depth += 1;
        } else if character == close || character == other_close {
            depth -= 1;
            if depth == 0 {
                let is_short = at < LONGEST || slice[..at].chars().count() < LONGEST;
                return is_short.then_some(at + character.len_utf8());
            }
        }
    }
    None
}

/// All that [`brackets`] knows.
static BRACKETS: Plane = Plane::of(&[
    '（', '(', '）', ')', '【', '】', '［', '[', '］', ']', '〔', '〕', '＜', '<', '＞', '>', '《', '》', '〈', '〉',
]);

/// An opening bracket and the one that closes it, both in either width: opened in one width and closed in the other, it is still a pair.
fn brackets(open: char) -> Option<([char; 2], [char; 2])> {
    Some(match open {
        '（' | '(' => (['（', '('], ['）', ')']),
        '【' => (['【'; 2], ['】'; 2]),
        '［' | '[' => (['［', '['], ['］', ']']),
        '〔' => (['〔'; 2], ['〕'; 2]),
        '＜' | '<' => (['＜', '<'], ['＞', '>']),
        '《' => (['《'; 2], ['》'; 2]),
        '〈' => (['〈'; 2], ['〉'; 2]),
        _ => return None,
    })
}
