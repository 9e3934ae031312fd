//! Text of contracts on its way to a person's eyes: nothing in it commands the terminal, and none of it looks like another text.

use std::borrow::Cow;

/// A text whose control characters are shown (␛ for an escape) and whose marks that turn the direction of writing are U+FFFD. Each
/// character stays one character; lines end where they did, and tabs stay.
///
/// ```
/// assert_eq!(keiyaku::report::visible("甲\u{1b}[2J\u{202e}乙\r\n"), "甲␛[2J\u{FFFD}乙\r\n");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    // Whole blocks are asked at once.
    let hides_none = |block: &[u8]| !block.iter().fold(false, |any, byte| any | may_hide(*byte));
    if text.as_bytes().chunks(BLOCK).all(hides_none) {
        return Cow::Borrowed(text);
    }
    let mut rest = text;
    let mut out = String::new();
    while let Some(at) = rest.find(hides) {
        let line_end = rest[at..].starts_with("\r\n");
        let character = rest[at..].chars().next().expect("a character was found");
        out.push_str(&rest[..at]);
        out.push(if line_end { character } else { shown(character) });
        rest = &rest[at + character.len_utf8()..];
    }
    if out.is_empty() && rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// How many bytes are asked together.
const BLOCK: usize = 64;

/// Marks by which a text can be made to look like another one.
pub(crate) fn turns(character: char) -> bool {
    matches!(character, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn hides(character: char) -> bool {
    turns(character) || character.is_control() && !matches!(character, '\t' | '\n')
}

/// Whether a character that hides may begin with this byte.
fn may_hide(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\t' | b'\n') || matches!(byte, 0x7F | 0xC2 | 0xD8 | 0xE2)
}

/// What is shown in the place of a character that hides. A lone carriage return ends a line; on a terminal it would begin to write over it.
fn shown(character: char) -> char {
    match character {
        '\r' => '\n',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + character as u32).unwrap_or('\u{FFFD}'),
        '\u{7f}' => '\u{2421}',
        _ => '\u{FFFD}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_stays_a_character_and_a_line_a_line() {
        assert!(matches!(visible("第1条\t（目的）\n"), Cow::Borrowed(_)));
        assert_eq!(visible("\0\u{7}\u{1b}\u{7f}\u{9b}\u{2066}"), "␀␇␛␡\u{FFFD}\u{FFFD}");
        assert_eq!(visible("甲\r乙\r\n丙\r"), "甲\n乙\r\n丙\n");
    }
}
