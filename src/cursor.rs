//! What stands at one place of a text: the small words of which the readers of heads (`syntax/head`) and of citations
//! (`analysis/reference/citation`) are made.

use crate::number::{self, Number};
use crate::text::leading_word;

/// A place in a text. What does not stand there leaves it where it is.
#[derive(Clone, Copy)]
pub struct Cursor<'t> {
    /// What is still ahead.
    pub rest: &'t str,
}

/// A number as it is written.
#[derive(Clone, Copy)]
pub struct Numeral<'t> {
    /// The digits.
    pub written: &'t str,
    /// Whether it is written in Arabic digits, and not in kanji.
    pub arabic: bool,
}

impl Numeral<'_> {
    /// Its value, if it is not too large.
    pub fn value(&self) -> Option<u32> {
        number::parse_unit_number(self.written)
    }
}

impl<'t> Cursor<'t> {
    /// The beginning of a text.
    pub fn new(rest: &'t str) -> Cursor<'t> {
        Cursor { rest }
    }

    /// How many bytes of a text, which began with this cursor's, have been passed.
    pub fn passed(&self, text: &str) -> usize {
        text.len() - self.rest.len()
    }

    /// The next character.
    pub fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// Passes a word.
    pub fn word(&mut self, word: &str) -> bool {
        match self.rest.strip_prefix(word) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Passes the first of several words that stands here.
    pub fn any_word(&mut self, words: &[&str]) -> bool {
        leading_word(self.rest, words).is_some_and(|word| self.word(word))
    }

    /// Passes a character of some kind.
    pub fn character(&mut self, is: impl Fn(char) -> bool) -> Option<char> {
        let next = self.peek().filter(|&character| is(character))?;
        self.rest = &self.rest[next.len_utf8()..];
        Some(next)
    }

    /// Passes as many characters of some kind as there are; what they are.
    pub fn characters(&mut self, is: impl Fn(char) -> bool) -> &'t str {
        let end = self.rest.find(|character| !is(character)).unwrap_or(self.rest.len());
        let (passed, rest) = self.rest.split_at(end);
        self.rest = rest;
        passed
    }

    /// Passes all of something, or nothing.
    pub fn attempt<T>(&mut self, read: impl FnOnce(&mut Cursor<'t>) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let read = read(&mut ahead)?;
        *self = ahead;
        Some(read)
    }

    /// Whether something stands here; nothing is passed.
    pub fn ahead<T>(&self, read: impl FnOnce(&mut Cursor<'t>) -> Option<T>) -> bool {
        read(&mut { *self }).is_some()
    }

    /// Passes a space of any width, a tab, a no-break space, or an entity that stands for one.
    pub fn blank(&mut self) -> bool {
        match self.peek() {
            Some('&') => self.any_word(&["&emsp;", "&ensp;", "&nbsp;", "&#12288;"]),
            Some(' ' | '　' | '\t' | '\u{A0}' | '\u{2002}' | '\u{2003}') => self.character(|_| true).is_some(),
            _ => false,
        }
    }

    /// Passes as many blanks as there are.
    pub fn blanks(&mut self) {
        while self.blank() {}
    }

    /// Whether a blank or the end stands here.
    pub fn at_blank_or_end(&self) -> bool {
        self.rest.is_empty() || self.ahead(|cursor| cursor.blank().then_some(()))
    }

    /// Whether nothing stands here but the end of Markdown bold.
    pub fn at_end_of_bold(&self) -> bool {
        let mut ahead = *self;
        while ahead.any_word(&["**", "__"]) {}
        ahead.rest.is_empty()
    }

    /// Passes `12`, `１２`, `十二`.
    pub fn numeral(&mut self) -> Option<Numeral<'t>> {
        let arabic = self.characters(|character| number::digit(character).is_some());
        if !arabic.is_empty() {
            return Some(Numeral { written: arabic, arabic: true });
        }
        let kanji = self.characters(is_kanji_numeral);
        (!kanji.is_empty()).then_some(Numeral { written: kanji, arabic: false })
    }

    /// Passes a unit's number: `12`, `１２`, `十二`, or in parts `2.3`. Nothing inside where it is too large.
    pub fn number(&mut self) -> Option<Option<Number>> {
        let numeral = self.numeral()?;
        let part = |cursor: &mut Cursor<'t>| {
            cursor.character(|character| matches!(character, '.' | '．'))?;
            cursor.numeral().filter(|numeral| numeral.arabic)
        };
        let mut number = numeral.value().map(Number::new);
        while numeral.arabic
            && let Some(numeral) = self.attempt(part)
        {
            number = number.zip(numeral.value()).map(|(number, part)| number.part(part));
        }
        Some(number)
    }

    /// Passes the branches of a unit's number: `の2` of 第3条の2, `ノ二`. The number with them; `None` where one is too large.
    pub fn branches(&mut self, number: Option<Number>) -> Option<Number> {
        let branch = |cursor: &mut Cursor<'t>| {
            cursor.blanks();
            cursor.character(|character| matches!(character, 'の' | 'ノ' | '之'))?;
            cursor.blanks();
            cursor.numeral()
        };
        let mut number = number;
        while let Some(numeral) = self.attempt(branch) {
            number = number.zip(numeral.value()).map(|(number, branch)| number.branch(branch));
        }
        number
    }
}

/// A kanji of which numbers of units are made.
pub fn is_kanji_numeral(character: char) -> bool {
    matches!(character, '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千')
}

/// What stands for a number that is not filled in yet: ●, ○○, XX, ＿.
pub fn is_unfilled(character: char) -> bool {
    const MARKS: &str = "●○◯〇■□△▲XxＸ＿_*＊？?";
    MARKS.contains(character)
}
