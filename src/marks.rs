//! Where a text has something else than words: punctuation, brackets, figures, letters, blanks, line ends.
//!
//! Most of a contract is kana and kanji. Whoever looks for anything else looks at the few places that are noted here, in one pass for all.

use std::ops::Range;

use crate::number;
use crate::plane::Plane;
use crate::words::utf8_length;

/// The marks of a text: every character that is neither kana nor kanji, and the kanji of numbers and of some
/// blanks. A bit for each byte.
#[derive(Debug)]
pub struct Marks<'t> {
    text: &'t str,
    bits: Vec<u64>,
}

/// Kanji with which what is looked for character by character begins, beside those of numbers: 元年, 金　　円, 　年　月　日, 要確認.
const WATCHED: [char; 4] = ['元', '金', '年', '要'];

/// Whether a kanji is noted: it is part of a number, or one of the few with which a blank to fill in begins.
const fn is_watched(kanji: char) -> bool {
    let mut watched = 0;
    while watched < WATCHED.len() && WATCHED[watched] != kanji {
        watched += 1;
    }
    watched < WATCHED.len() || number::is_number_kanji(kanji)
}

/// Kana and kanji, but for those that are noted.
static WORDS: Plane = {
    let mut words = Plane::EMPTY.with('\u{3040}', 'ヿ').without('・').with('\u{4000}', '\u{9FFF}');
    let mut code = 0x4E00;
    while code < 0xA000 {
        if let Some(kanji) = char::from_u32(code)
            && is_watched(kanji)
        {
            words = words.without(kanji);
        }
        code += 1;
    }
    words
};

impl<'t> Marks<'t> {
    /// Notes the marks of a text.
    pub fn of(text: &'t str) -> Marks<'t> {
        let bytes = text.as_bytes();
        let mut bits = vec![0u64; bytes.len().div_ceil(64)];
        let mut rest = bytes;
        loop {
            rest = match rest {
                [first @ 0xE0..=0xEF, second, third, behind @ ..] if WORDS.has([*first, *second, *third]) => behind,
                [first, ..] => {
                    let at = bytes.len() - rest.len();
                    bits[at / 64] |= 1 << (at % 64);
                    &rest[utf8_length(*first)..]
                }
                [] => return Marks { text, bits },
            };
        }
    }

    /// The text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The marks that begin in a range of bytes, with their places, in order.
    pub fn within(&self, range: Range<usize>) -> impl Iterator<Item = (usize, char)> + use<'_, 't> {
        let Range { start, end } = range;
        let first = start / 64;
        let behind = |bits: u64| bits & !0 << (start % 64);
        let mut words = self.bits[first.min(self.bits.len())..end.div_ceil(64).max(first).min(self.bits.len())].iter();
        let mut bits = words.next().map_or(0, |bits| behind(*bits));
        let mut base = first * 64;
        std::iter::from_fn(move || {
            while bits == 0 {
                bits = *words.next()?;
                base += 64;
            }
            let at = base + bits.trailing_zeros() as usize;
            bits &= bits - 1;
            let character = self.text[at..].chars().next().expect("a character begins at its mark");
            (at < end).then_some((at, character))
        })
    }

    /// The same with their places in the range: from 0 on.
    pub fn inside(&self, range: Range<usize>) -> impl Iterator<Item = (usize, char)> + use<'_, 't> {
        let start = range.start;
        self.within(range).map(move |(at, character)| (at - start, character))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_but_kana_and_kanji_is_noted() {
        let text = "第１条（目的）甲は、ABCの・〇二年ﾃﾞｰﾀー𠮷é\n金１０，０００円を払う。";
        let noted: String = Marks::of(text).within(0..text.len()).map(|(_, character)| character).collect();
        assert_eq!(noted, "１（）、ABC・〇二年ﾃﾞｰﾀ𠮷é\n金１０，０００。");
        let from = text.find('金').unwrap();
        let first = Marks::of(text).within(from + '金'.len_utf8()..from + "金１".len()).collect::<Vec<_>>();
        assert_eq!(first, [(from + '金'.len_utf8(), '１')]);
        assert_eq!(Marks::of("").within(0..0).count(), 0);
    }

    #[test]
    fn the_kanji_of_numbers_are_noted() {
        for kanji in '\u{4E00}'..='\u{9FFF}' {
            let text = kanji.to_string();
            let noted = Marks::of(&text).within(0..text.len()).count() == 1;
            assert_eq!(noted, is_watched(kanji), "{kanji}");
            assert!(noted || number::kanji_digit(kanji).is_none() && number::parse_integer(&text).is_none(), "{kanji}");
        }
    }
}
