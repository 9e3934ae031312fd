//! Every written form of a number before a paragraph, item or subitem: `1.`, `（２）`, `①`, `イ　`, `1.1`, `第1　`.

use super::super::{Enumerator, Frame, Style, System};
use crate::cursor::{Cursor, Numeral};
use crate::number;

/// The enumerator at the beginning of a piece of text, with its length in bytes.
pub(crate) fn enumerator_at(slice: &str) -> Option<(Enumerator, usize)> {
    let mut cursor = Cursor::new(slice);
    let read = match cursor.peek()? {
        '第' => ordinal,
        '(' | '（' | '〔' | '【' | '［' | '\\' => bracketed,
        character if is_enclosed(character) => enclosed,
        _ => numbered,
    };
    let enumerator = read(&mut cursor)?;
    Some((enumerator, cursor.passed(slice)))
}

/// `第1　契約の目的` of public documents
pub fn ordinal(cursor: &mut Cursor) -> Option<Enumerator> {
    cursor.word("第").then_some(())?;
    let numeral = cursor.numeral().filter(|_| cursor.at_blank_or_end())?;
    let value = numeral.value().filter(|&value| value > 0 || numeral.arabic)?;
    Some(bare(System::Ordinal, value))
}

/// `①`, `⑴`, `Ⅳ`, `⒈`
pub fn enclosed(cursor: &mut Cursor) -> Option<Enumerator> {
    let character = cursor.character(is_enclosed)?;
    cursor.attempt(|cursor| {
        cursor.character(|mark| matches!(mark, '.' | '．' | '、' | ')' | '）'))?;
        at_no_digit(cursor)
    });
    Some(bare(System::Enclosed(enclosed_family(character)), number::enclosed(character)?))
}

/// `(1)`, `（１）`, `（一）`, `（ア）`, `(a)`, `（ii）`; `（2）から（5）まで　削除`
pub fn bracketed(cursor: &mut Cursor) -> Option<Enumerator> {
    let first = in_brackets(cursor)??;
    match cursor.attempt(last) {
        Some(last) => until(first, last?),
        None => Some(first),
    }
}

/// One of them; `None` inside where the token has no value.
pub fn in_brackets(cursor: &mut Cursor) -> Option<Option<Enumerator>> {
    cursor.word("\\");
    cursor.character(|character| matches!(character, '(' | '（' | '〔' | '【' | '［'))?;
    cursor.blanks();
    let token = token(cursor)?;
    cursor.blanks();
    cursor.word("\\");
    cursor.character(|character| matches!(character, ')' | '）' | '〕' | '】' | '］'))?;
    Some(token.enumerator(Frame::Brackets))
}

/// A number or letter with what stands behind it: `二及び三　略`, `1.1`, `1)`, `1.`, `２　`
pub fn numbered(cursor: &mut Cursor) -> Option<Enumerator> {
    let token = token(cursor)?;
    if let Some(last) = cursor.attempt(last) {
        return until(Enumerator { branch: 0, ..token.enumerator(Frame::Bare)? }, last?);
    }
    if let Some((count, last)) = cursor.attempt(parts) {
        return Some(bare(System::Chain(count.saturating_add(1).min(9)), last?));
    }
    let close = |cursor: &mut Cursor| {
        cursor.word("\\");
        cursor.character(|character| matches!(character, ')' | '）')).map(|_| Frame::Close)
    };
    let dot = |cursor: &mut Cursor| {
        cursor.word("\\");
        let dot = cursor.character(|character| matches!(character, '.' | '．' | '。' | '、' | '，'))?;
        at_no_digit(cursor)?;
        Some(if matches!(dot, '、' | '，') { Frame::Comma } else { Frame::Dot })
    };
    let frame = cursor.attempt(close).or_else(|| cursor.attempt(dot));
    token.enumerator(frame.or_else(|| cursor.at_blank_or_end().then_some(Frame::Bare))?)
}

/// The parts behind the first of `1.1`, `２－１`, `1.2.3.`, before a blank: how many, and the value of the last.
fn parts(cursor: &mut Cursor) -> Option<(u8, Option<u32>)> {
    let part = |cursor: &mut Cursor| {
        cursor.character(|character| matches!(character, '.' | '．' | '-' | '－'))?;
        let digits = cursor.characters(|character| number::digit(character).is_some());
        (!digits.is_empty()).then(|| number::parse_unit_number(digits))
    };
    let (mut count, mut last) = (0u8, None);
    while let Some(value) = cursor.attempt(part) {
        count = count.saturating_add(1);
        last = Some(value);
    }
    let last = last?;
    cursor.character(|character| matches!(character, '.' | '．'));
    cursor.at_blank_or_end().then_some((count, last))
}

/// `から（5）まで` of several numbers of which nothing is left
fn last(cursor: &mut Cursor) -> Option<Option<Enumerator>> {
    const REST: [&str; 4] = ["略", "削除", "（略", "（削除"];
    cursor.blanks();
    cursor.any_word(&["及び", "から", "～", "〜", "・", "、"]).then_some(())?;
    cursor.blanks();
    let last = match cursor.attempt(in_brackets) {
        Some(last) => last,
        None => token(cursor)?.enumerator(Frame::Bare),
    };
    cursor.word("まで");
    let nothing_left = cursor.ahead(|cursor| {
        cursor.blank().then_some(())?;
        cursor.blanks();
        cursor.any_word(&REST).then_some(())
    });
    nothing_left.then_some(last)
}

/// Several numbers of which nothing is left, from the first to the last.
fn until(first: Enumerator, last: Enumerator) -> Option<Enumerator> {
    let until = last.value_in(first.style)?;
    (until > first.value).then_some(Enumerator { until, ..first })
}

fn at_no_digit(cursor: &Cursor) -> Option<()> {
    cursor.peek().is_none_or(|character| number::digit(character).is_none()).then_some(())
}

fn bare(system: System, value: u32) -> Enumerator {
    Enumerator { style: Style { system, frame: Frame::Bare }, value, branch: 0, until: 0, other: None }
}

/// A number or letter by itself.
enum Token<'t> {
    /// `12`, `五の二`
    Number(Numeral<'t>, u32),
    /// ア, ｱ
    Katakana(char),
    /// `ii`, `IV`
    Roman(&'t str),
    /// a, Ａ
    Latin(char),
}

fn token<'t>(cursor: &mut Cursor<'t>) -> Option<Token<'t>> {
    if let Some(numeral) = cursor.numeral() {
        let mut branch = None;
        while let Some(value) = cursor.attempt(item_branch) {
            branch = branch.or(Some(value));
        }
        return Some(Token::Number(numeral, branch.flatten().unwrap_or(0)));
    }
    let is_roman = |c: char| matches!(c, 'i' | 'v' | 'x' | 'I' | 'V' | 'X' | 'ｉ' | 'ｖ' | 'ｘ' | 'Ｉ' | 'Ｖ' | 'Ｘ');
    let longest = cursor.rest.char_indices().take_while(|&(_, character)| is_roman(character)).take(5);
    let (count, end) = longest.fold((0, 0), |(count, _), (at, character)| (count + 1, at + character.len_utf8()));
    if count >= 2 {
        let (roman, rest) = cursor.rest.split_at(end);
        cursor.rest = rest;
        return Some(Token::Roman(roman));
    }
    match cursor.character(|c| matches!(c, 'ア'..='ン' | 'ｱ'..='ﾝ') || number::latin_letter(c).is_some())? {
        character @ ('ア'..='ン' | 'ｱ'..='ﾝ') => Some(Token::Katakana(character)),
        character => Some(Token::Latin(character)),
    }
}

/// `の二` of 五の二, only directly behind the number; its value, if it is not too large.
fn item_branch(cursor: &mut Cursor) -> Option<Option<u32>> {
    let joint = |character: char| matches!(character, 'の' | 'ノ');
    cursor.character(joint)?;
    let numeral = cursor.numeral()?;
    let ends = |character: char| joint(character) || matches!(character, '.' | '．' | ')' | '）');
    (cursor.at_blank_or_end() || cursor.peek().is_some_and(ends)).then(|| numeral.value())
}

impl Token<'_> {
    /// The enumerator it is with what stands around it; `None` where it has no value.
    fn enumerator(&self, frame: Frame) -> Option<Enumerator> {
        let (system, value, other) = match self {
            Token::Number(numeral, _) => {
                (if numeral.arabic { System::Arabic } else { System::Kanji }, numeral.value()?, None)
            }
            Token::Katakana(character) => {
                let wide = number::wide_katakana(*character);
                let iroha = number::iroha(wide).map(|n| (System::Iroha, n));
                let (system, value) = number::aiueo(wide).map(|n| (System::Aiueo, n)).or(iroha)?;
                (system, value, iroha)
            }
            Token::Roman(written) => {
                let upper = number::latin_letter(written.chars().next()?)?.is_ascii_uppercase();
                (if upper { System::RomanUpper } else { System::Roman }, number::roman(written)?, None)
            }
            Token::Latin(character) => {
                let letter = number::latin_letter(*character)?;
                let upper = letter.is_ascii_uppercase();
                let place = letter.to_ascii_lowercase() as u32 - 'a' as u32 + 1;
                let (latin, roman) =
                    if upper { (System::LatinUpper, System::RomanUpper) } else { (System::Latin, System::Roman) };
                let mut written = [0; 4];
                (latin, place, number::roman(character.encode_utf8(&mut written)).map(|n| (roman, n)))
            }
        };
        let branch = if let Token::Number(_, branch) = self { *branch } else { 0 };
        Some(Enumerator { style: Style { system, frame }, value, branch, until: 0, other })
    }
}

/// A number that carries its own frame.
pub fn is_enclosed(character: char) -> bool {
    matches!(
        character,
        '①'..='⒛'
            | '⒜'..='⒵'
            | 'ⓐ'..='ⓩ'
            | '⓵'..='⓾'
            | '❶'..='❿'
            | '➀'..='➉'
            | '㉑'..='㉟'
            | '㊱'..='㊿'
            | '㈠'..='㈩'
            | '㊀'..='㊉'
            | 'Ⅰ'..='Ⅻ'
            | 'ⅰ'..='ⅻ'
    )
}

/// The first member of the family to which an enclosed number belongs.
fn enclosed_family(character: char) -> char {
    match character {
        '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿' => '①',
        '❶'..='❿' => '❶',
        '➀'..='➉' => '➀',
        '⓵'..='⓾' => '⓵',
        '⑴'..='⒇' => '⑴',
        '⒈'..='⒛' => '⒈',
        '㈠'..='㈩' => '㈠',
        '㊀'..='㊉' => '㊀',
        'Ⅰ'..='Ⅻ' => 'Ⅰ',
        'ⅰ'..='ⅻ' => 'ⅰ',
        'ⓐ'..='ⓩ' => 'ⓐ',
        _ => '⒜',
    }
}
