//! Marks before a head that carry no number: those of Markdown, of converters and word processors, and ornaments.

use super::super::Line;
use super::{enumerator, heading};
use crate::cursor::Cursor;
use crate::text::starts_with_any;

/// Whether the first character can begin a mark: nearly all lines end here.
pub fn may_begin(slice: &str) -> bool {
    let mut characters = slice.chars();
    match characters.next() {
        Some('「' | '『') => characters.next() == Some('第'),
        Some('#' | '>' | '-' | '*' | '+' | '_' | '[' | '<' | '&') => true,
        Some(character) => is_ornament(character),
        None => false,
    }
}

/// Takes the marks at the beginning of a line; their bytes.
pub fn read(slice: &str, line: &mut Line) -> usize {
    let mut cursor = Cursor::new(slice);
    while mark(&mut cursor, line).is_some() {}
    cursor.passed(slice)
}

fn mark(cursor: &mut Cursor, line: &mut Line) -> Option<()> {
    match cursor.peek()? {
        '[' => cursor.attempt(bookmark).or_else(|| cursor.attempt(anchor)),
        '#' => cursor.attempt(hashes).map(|level| line.heading = level),
        '>' => {
            cursor.word(">");
            cursor.blank();
            line.block_quote = true;
            Some(())
        }
        '-' | '+' => cursor.attempt(bullet).map(|()| line.bullet = true),
        '*' | '_' => match cursor.attempt(bullet) {
            Some(()) => {
                line.bullet = true;
                Some(())
            }
            None => cursor.any_word(&["**", "__"]).then(|| line.strong = true),
        },
        '<' => cursor.attempt(tag),
        '「' | '『' => cursor.attempt(ornament).map(|_| line.quotation = true),
        character if is_ornament(character) => cursor.attempt(ornament).map(|_| ()),
        _ => cursor.blank().then_some(()),
    }
}

/// A word processor's bookmark in exported text: `[bookmark: _5gvkn4mclheg]`
fn bookmark(cursor: &mut Cursor) -> Option<()> {
    cursor.word("[bookmark:").then_some(())?;
    cursor.characters(|character| character != ']');
    cursor.word("]").then_some(())
}

/// A converter's empty anchor: `[]{#_Toc123 .anchor}`
fn anchor(cursor: &mut Cursor) -> Option<()> {
    cursor.word("[]{#").then_some(())?;
    cursor.characters(|character| character != '}');
    cursor.word("}").then_some(())
}

/// A Markdown heading, also without the blank that Markdown asks for: `## `, `###第１条`; its level.
fn hashes(cursor: &mut Cursor) -> Option<u8> {
    const BEHIND: [&str; 7] = ["第", "（", "【", "附", "別", "**", "<"];
    let level = cursor.characters(|character| character == '#').len();
    let heads = cursor.at_blank_or_end() || starts_with_any(cursor.rest, &BEHIND);
    (heads && level <= 6).then_some(level as u8)
}

/// A Markdown list entry: `- `, `* `, `+ `
fn bullet(cursor: &mut Cursor) -> Option<()> {
    cursor.character(|character| matches!(character, '-' | '*' | '+'))?;
    cursor.ahead(|cursor| cursor.blank().then_some(())).then_some(())
}

/// `<br>`, `<a name="x">`, `</b>`
fn tag(cursor: &mut Cursor) -> Option<()> {
    cursor.word("<");
    cursor.word("/");
    cursor.character(|character| character.is_ascii_alphabetic())?;
    cursor.characters(|character| !matches!(character, '<' | '>'));
    cursor.word(">").then_some(())
}

/// A mark that decorates a heading: `【第１章　総則】`, `■第1条`; or a quotation that opens with one: `「第5条`
fn ornament(cursor: &mut Cursor) -> Option<char> {
    let mark = cursor.character(|_| true)?;
    let heading = cursor.ahead(|cursor| {
        cursor.blanks();
        let heads = cursor.ahead(heading::article) || cursor.ahead(heading::division);
        (heads || cursor.ahead(enumerator::in_brackets)).then_some(())
    });
    heading.then_some(mark)
}

fn is_ornament(character: char) -> bool {
    matches!(character, '【' | '［' | '〔' | '＜' | '■' | '◆' | '●' | '○' | '◎' | '□' | '◇' | '▼' | '◉')
}
