//! What the text itself cites: a hint of what its numbers are, long before any citation is resolved.

use foldhash::HashSet;

use crate::cursor::Cursor;
use crate::number::{self, Number};
use crate::syntax::{Head, Line, Region};
use crate::text::Text;

/// Whether the text speaks of 第N条 somewhere.
pub fn any_article(text: &str) -> bool {
    text.match_indices('第').any(|(at, mark)| {
        let mut cursor = Cursor::new(&text[at + mark.len()..]);
        cursor.number().is_some() && cursor.rest.starts_with('条')
    })
}

/// The articles of which the text cites a second or later 項: 第3条第2項, 3条2項, 第2.3条第2項, 前条第4項.
pub fn articles(text: &Text, lines: &[Line], numbered: &[bool]) -> HashSet<Number> {
    let mut cited = HashSet::default();
    let mut current = Number::default();
    for (i, line) in lines.iter().enumerate().filter(|(_, line)| line.region == Region::Text) {
        if let Head::Article { number: Some(number), .. } = line.head
            && numbered[i]
        {
            current = number;
        }
        let slice = text.slice(line.span);
        for (at, mark) in slice.match_indices('条') {
            let before = &slice[..at];
            let digits = before.chars().rev().take_while(|c| is_digit(*c) || matches!(c, '.' | '．'));
            let digits = digits.map(char::len_utf8).sum::<usize>();
            let mut written = Cursor::new(&before[before.len() - digits..]);
            let article = match written.number().filter(|_| written.rest.is_empty()) {
                Some(Some(article)) => article,
                _ if before.ends_with('前') => current.with_last(current.last().saturating_sub(1)),
                _ => continue,
            };
            let lead = before[..before.len() - digits].trim_end_matches('第');
            let behind = &slice[at + mark.len()..];
            let behind = behind.strip_prefix('第').unwrap_or(behind);
            let end = behind.find(|c: char| !is_digit(c)).unwrap_or(behind.len());
            let paragraph = number::parse_unit_number(&behind[..end]).unwrap_or(0);
            if paragraph >= 2
                && behind[end..].starts_with('項')
                && !lead.ends_with(['法', '令', '則', '約', '程', '款', '）', ')'])
            {
                cited.insert(article);
            }
        }
    }
    cited
}

fn is_digit(character: char) -> bool {
    number::digit(character).is_some() || number::kanji_digit(character).is_some() || character == '十'
}
