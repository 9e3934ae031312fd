//! How a number is written: 12, １２, 十二, 一二.

use super::{digit, kanji_digit, to_full_width, to_kanji};

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `12`
    HalfWidth,
    /// `１２`
    FullWidth,
    /// `１`–`９`, but `10`: one digit full width, more of them half width.
    OneFullWidth,
    /// `十二`
    Kanji,
    /// `一二`, `一〇`
    KanjiDigits,
}

impl Form {
    /// The form of a written number. A single full-width digit may be one of a text that writes `10` with half-width digits.
    pub fn of(written: &str) -> Form {
        let count = written.chars().count();
        let kanji = written.chars().any(|c| !c.is_ascii_digit() && digit(c).is_none());
        if kanji {
            let plain = count > 1 && written.chars().all(|c| kanji_digit(c).is_some());
            return if plain { Form::KanjiDigits } else { Form::Kanji };
        }
        match (written.chars().all(|c| c.is_ascii_digit()), count) {
            (true, _) => Form::HalfWidth,
            (false, 1) => Form::OneFullWidth,
            _ => Form::FullWidth,
        }
    }

    /// Writes a number in this form.
    ///
    /// ```
    /// use keiyaku::number::Form;
    /// assert_eq!(Form::of("十二").write(13), "十三");
    /// assert_eq!(Form::of("１２").write(9), "９");
    /// ```
    pub fn write(self, value: u32) -> String {
        match self {
            Form::HalfWidth => value.to_string(),
            Form::OneFullWidth if value >= 10 => value.to_string(),
            Form::FullWidth | Form::OneFullWidth => to_full_width(value),
            Form::Kanji => to_kanji(value),
            Form::KanjiDigits => value
                .to_string()
                .bytes()
                .filter_map(|b| "〇一二三四五六七八九".chars().nth(usize::from(b - b'0')))
                .collect(),
        }
    }

    /// Whether a character can be part of a number.
    pub fn is_numeral(character: char) -> bool {
        digit(character).is_some()
            || matches!(
                character,
                '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千'
            )
    }
}
