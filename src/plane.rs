//! Sets of characters of ASCII and of those that take three bytes in UTF-8 (U+0800 to U+FFFF: kana, kanji, full-width forms), asked by their
//! bytes: a bit for each. Which character comes next cannot be foreseen, so one look-up is faster than any comparison.

use crate::words::utf8_length;

/// A set of such characters.
pub struct Plane([u64; 1024]);

impl Plane {
    /// No character.
    pub const EMPTY: Plane = Plane([0; 1024]);

    /// Some characters.
    pub const fn of(characters: &[char]) -> Plane {
        let mut plane = Plane::EMPTY;
        let mut at = 0;
        while at < characters.len() {
            plane = plane.with(characters[at], characters[at]);
            at += 1;
        }
        plane
    }

    /// With the characters from one to another.
    pub const fn with(mut self, first: char, last: char) -> Plane {
        let mut code = first as usize;
        while code <= last as usize {
            self.0[code / 64] |= 1 << (code % 64);
            code += 1;
        }
        self
    }

    /// Without a character.
    pub const fn without(mut self, character: char) -> Plane {
        self.0[character as usize / 64] &= !(1 << (character as usize % 64));
        self
    }

    /// Where its characters stand in a text.
    pub fn places<'s>(&'s self, text: &'s str) -> impl Iterator<Item = usize> + 's {
        let mut rest = text.as_bytes();
        std::iter::from_fn(move || {
            loop {
                let at = text.len() - rest.len();
                let is_one;
                (is_one, rest) = match rest {
                    [first @ 0xE0..=0xEF, second, third, behind @ ..] => (self.has([*first, *second, *third]), behind),
                    [first @ ..0x80, behind @ ..] => {
                        (self.0[usize::from(*first) / 64] >> (first % 64) & 1 == 1, behind)
                    }
                    [first, ..] => (false, &rest[utf8_length(*first)..]),
                    [] => return None,
                };
                if is_one {
                    return Some(at);
                }
            }
        })
    }

    /// Whether a character of three bytes is in the set, by these bytes.
    #[inline]
    pub fn has(&self, bytes: [u8; 3]) -> bool {
        let block = usize::from(bytes[0] & 0x0F) << 6 | usize::from(bytes[1] & 0x3F);
        self.0[block] >> (bytes[2] & 0x3F) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_found_by_their_bytes() {
        const KANA: Plane = Plane::EMPTY.with('ぁ', 'ヿ').without('・');
        for character in '\u{800}'..='\u{FFFF}' {
            let mut bytes = [0; 3];
            character.encode_utf8(&mut bytes);
            assert_eq!(KANA.has(bytes), ('ぁ'..='ヿ').contains(&character) && character != '・', "{character}");
        }
    }

    #[test]
    fn characters_are_found_in_a_text() {
        static MARKS: Plane = Plane::of(&['（', 'つ']).with('0', '9');
        let text = "é第1条（𠮷）12つ";
        let expected: Vec<usize> = text.match_indices(['（', 'つ', '1', '2']).map(|(at, _)| at).collect();
        assert_eq!(MARKS.places(text).collect::<Vec<_>>(), expected);
    }
}
