//! The phrases of a rulebook in a form that needs no reading: one table of numbers, and the words they name.
//!
//! The build script makes the table for all pages and for the vocabulary, so that a run begins without unfolding a single phrase; only the
//! phrases of a playbook are unfolded then. This file is read by the build script too, so it knows nothing of the rest of the library.
//!
//! A list of phrases is a block of blocks: chains, of parts, of alternatives, of steps (`phrase`). Each block begins with its length. A chain
//! begins with what [`Chain`] knows of it, so that one whose first word stands nowhere is passed over without being read.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::phrase::{self, Piece};
use super::table::Words;
use crate::words::{Lexicon, Occurrences, Scanner, WordId};

/// A list of phrases: as a page writes them, or, once they are prepared, the place of their block in the [`Patterns`]. In the tables of the
/// build script there is only the place. The default is no phrase.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    written: Vec<Words>,
    place: u32,
}

/// All phrases of a rulebook. The numbers and words of those that are built in are part of the program and are not copied.
#[derive(Debug)]
pub struct Patterns {
    /// The words.
    pub lexicon: Lexicon,
    /// The words, ready to be found.
    pub scanner: Scanner,
    /// The table.
    pub code: Cow<'static, [u32]>,
}

/// In place of the word with which a chain begins: there are several.
const SEVERAL: u32 = u32::MAX;

/// How many bytes a word has that is too short to be scanned for where it only follows others: one kana or kanji.
const SHORT: usize = 5;

/// Blocks that stand one behind the other.
#[derive(Clone, Copy, Debug)]
pub struct Blocks<'c>(&'c [u32]);

impl<'c> Iterator for Blocks<'c> {
    type Item = &'c [u32];

    fn next(&mut self) -> Option<&'c [u32]> {
        let (&length, rest) = self.0.split_first()?;
        let (block, rest) = rest.split_at(length as usize);
        self.0 = rest;
        Some(block)
    }
}

/// One way in which a phrase can stand in a text.
#[derive(Clone, Copy, Debug)]
pub struct Chain<'c> {
    /// Which phrase of the list it belongs to.
    pub phrase: usize,
    /// The word with which it begins, if there is only one.
    pub first: Option<WordId>,
    /// Its parts, which follow each other with gaps between.
    pub parts: Blocks<'c>,
}

/// A part of a chain.
#[derive(Clone, Copy, Debug)]
pub struct Part<'c> {
    /// How many characters may stand before it.
    pub gap: usize,
    /// What it can be.
    alternatives: Blocks<'c>,
}

/// A sequence of words, gaps and numbers.
#[derive(Clone, Copy, Debug)]
pub struct Alternative<'c> {
    /// The first word: where it stands, the alternative can stand.
    pub word: WordId,
    /// The place of the first word among the steps.
    pub anchor: usize,
    steps: &'c [u32],
}

/// A step of an alternative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// These words.
    Word(WordId),
    /// Anything in the same sentence, at most so many characters.
    Gap(usize),
    /// A number.
    Number,
}

impl Phrases {
    /// Some phrases as they are written.
    pub fn new(written: Vec<Words>) -> Phrases {
        Phrases { written, place: 0 }
    }

    /// Phrases of the table that the build script made.
    pub const fn at(place: u32) -> Phrases {
        Phrases { written: Vec::new(), place }
    }

    /// The phrases as they are written; none where they come from the tables of the build script.
    pub fn written(&self) -> &[Words] {
        &self.written
    }

    /// Adds them to a table, unless they are in it.
    ///
    /// # Panics
    /// When a phrase cannot be read; pages are checked before.
    pub fn prepare(&mut self, patterns: &mut Patterns) {
        if self.place == 0 && !self.written.is_empty() {
            self.place = patterns.add(&self.written);
        }
    }

    /// Whether there are no phrases.
    pub fn is_empty(&self) -> bool {
        self.place == 0 && self.written.is_empty()
    }
}

impl Serialize for Phrases {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct("Phrases::at", &self.place)
    }
}

impl<'de> Deserialize<'de> for Phrases {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Phrases, D::Error> {
        Vec::deserialize(deserializer).map(Phrases::new)
    }
}

impl Default for Patterns {
    fn default() -> Patterns {
        let lexicon = Lexicon::default();
        // The first block is the empty list.
        Patterns { scanner: lexicon.scanner(), lexicon, code: Cow::Owned(vec![0]) }
    }
}

impl Patterns {
    /// Finds the words in a text. Phrases that were added since [`Patterns::finish`] are not looked for.
    pub fn scan(&self, text: &str) -> Occurrences {
        self.scanner.scan(&self.lexicon, text)
    }

    /// What [`Patterns::scan`] finds in a text of which an earlier version was scanned by these patterns.
    pub fn scan_again(&self, text: &str, earlier: &str, known: &Occurrences) -> Occurrences {
        self.scanner.scan_again(&self.lexicon, text, earlier, known)
    }

    /// How many numbers the table has.
    pub fn len(&self) -> usize {
        self.code.len()
    }

    /// Whether there are no phrases.
    pub fn is_empty(&self) -> bool {
        self.code.len() == 1
    }

    /// Makes the words ready, when all phrases are in the table. Short words that only follow others (を, し) stand nearly everywhere: they
    /// are looked for where they may follow ([`Patterns::is_scanned`]).
    pub fn finish(&mut self) {
        let mut wanted = vec![false; self.lexicon.len()];
        for chain in Blocks(&self.code).flat_map(chains_of) {
            for (index, part) in chain.parts().enumerate() {
                for alternative in part.alternatives() {
                    wanted[alternative.word.0 as usize] |= index == 0 || alternative.anchor > 0;
                    let steps = (0..).map_while(|index| alternative.step(index));
                    for (step, next) in steps.clone().zip(steps.skip(1)) {
                        if let (Step::Gap(_), Step::Word(word)) = (step, next) {
                            wanted[word.0 as usize] = true;
                        }
                    }
                }
            }
        }
        let lexicon = &self.lexicon;
        self.scanner = lexicon.scanner_of(|word| wanted[word.0 as usize] || Self::is_scanned(lexicon, word));
    }

    /// Whether a word is looked for by the scan wherever it stands in the phrases.
    pub fn is_scanned(lexicon: &Lexicon, word: WordId) -> bool {
        lexicon.word(word).len() > SHORT
    }

    /// The chains of a list.
    pub fn chains<'c>(&'c self, list: &Phrases) -> impl Iterator<Item = Chain<'c>> + use<'c> {
        chains_of(Blocks(&self.code[list.place as usize..]).next().unwrap_or_default())
    }

    /// Adds a list; its place.
    fn add(&mut self, phrases: &[Words]) -> u32 {
        let place = self.code.len() as u32;
        self.block(|patterns| {
            for (index, phrase) in phrases.iter().enumerate() {
                let chains = phrase::unfold(phrase).expect("a phrase that was checked with its page");
                chains.into_iter().for_each(|chain| patterns.chain(index, chain));
            }
        });
        place
    }

    fn chain(&mut self, phrase: usize, parts: phrase::Chain) {
        self.block(|patterns| {
            patterns.push(phrase as u32);
            let place = patterns.len();
            patterns.push(SEVERAL);
            for part in parts {
                patterns.block(|patterns| {
                    patterns.push(part.gap as u32);
                    part.alternatives.into_iter().for_each(|pieces| patterns.alternative(&pieces));
                });
            }
            patterns.code.to_mut()[place] = first_word(&patterns.code[place + 1..]);
        });
    }

    fn alternative(&mut self, pieces: &[Piece]) {
        // Pages are checked: there is a word in each.
        let Some(anchor) = pieces.iter().position(|piece| matches!(piece, Piece::Word(_))) else { return };
        self.block(|patterns| {
            patterns.push(0);
            patterns.push(anchor as u32);
            let steps = patterns.len();
            for piece in pieces {
                let step = match piece {
                    Piece::Word(word) => patterns.lexicon.intern(word).0 << 2,
                    Piece::Gap(most) => (*most as u32) << 2 | 1,
                    Piece::Number => 2,
                };
                patterns.push(step);
            }
            patterns.code.to_mut()[steps - 2] = patterns.code[steps + anchor] >> 2;
        });
    }

    /// Writes a block: its length, and what `write` writes.
    fn block(&mut self, write: impl FnOnce(&mut Patterns)) {
        let start = self.code.len();
        self.push(0);
        write(self);
        let length = self.code.len() - start - 1;
        self.code.to_mut()[start] = length as u32;
    }

    fn push(&mut self, number: u32) {
        self.code.to_mut().push(number);
    }
}

/// The chains in the block of a list.
fn chains_of(list: &[u32]) -> impl Iterator<Item = Chain<'_>> {
    let first = |word: u32| (word != SEVERAL).then_some(WordId(word));
    Blocks(list).map(move |chain| Chain {
        phrase: chain[0] as usize,
        first: first(chain[1]),
        parts: Blocks(&chain[2..]),
    })
}

/// The word with which a chain of these parts begins.
fn first_word(parts: &[u32]) -> u32 {
    let head = parts_of(Blocks(parts)).next();
    let mut words = head.iter().flat_map(Part::alternatives).map(|alternative| alternative.word);
    words.next().filter(|_| words.next().is_none()).map_or(SEVERAL, |word| word.0)
}

/// The parts that stand one behind the other.
fn parts_of(parts: Blocks<'_>) -> impl Iterator<Item = Part<'_>> + Clone {
    parts.map(|part| Part { gap: part[0] as usize, alternatives: Blocks(&part[1..]) })
}

impl<'c> Chain<'c> {
    /// Its parts.
    pub fn parts(&self) -> impl Iterator<Item = Part<'c>> + Clone + use<'c> {
        parts_of(self.parts)
    }
}

impl<'c> Part<'c> {
    /// What it can be.
    pub fn alternatives(&self) -> impl Iterator<Item = Alternative<'c>> + use<'c> {
        self.alternatives.map(|block| match block {
            [word, anchor, steps @ ..] => Alternative { word: WordId(*word), anchor: *anchor as usize, steps },
            _ => unreachable!("an alternative begins with its word and the place of that word"),
        })
    }
}

impl Alternative<'_> {
    /// A step, if there are so many.
    pub fn step(&self, index: usize) -> Option<Step> {
        let &code = self.steps.get(index)?;
        Some(match code & 3 {
            0 => Step::Word(WordId(code >> 2)),
            1 => Step::Gap((code >> 2) as usize),
            _ => Step::Number,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_in_the_table_once() {
        let mut patterns = Patterns::default();
        let mut list = Phrases::new(vec!["甲…乙".into(), "(丙|#丁)".into()]);
        assert!(!list.is_empty() && Phrases::default().is_empty());
        list.prepare(&mut patterns);
        let length = patterns.len();
        list.clone().prepare(&mut patterns);
        Phrases::default().prepare(&mut patterns);
        assert_eq!(patterns.len(), length);
    }

    #[test]
    fn the_table_gives_back_what_was_unfolded() {
        let mut patterns = Patterns::default();
        let mut list = Phrases::new(vec!["甲…{9}乙".into(), "(丙|#丁)".into()]);
        list.prepare(&mut patterns);
        let word = |id: WordId| patterns.lexicon.word(id);
        let mut written = Vec::new();
        for chain in patterns.chains(&list) {
            for part in chain.parts() {
                for alternative in part.alternatives() {
                    let steps = (0..).map_while(|index| alternative.step(index));
                    let steps = steps.map(|step| match step {
                        Step::Word(id) => word(id).to_string(),
                        Step::Gap(most) => format!("…{most}"),
                        Step::Number => "#".to_string(),
                    });
                    let steps: String = steps.collect();
                    written.push(format!("{} {} {steps} {}", chain.phrase, part.gap, word(alternative.word)));
                }
            }
        }
        assert_eq!(written, ["0 0 甲 甲", "0 9 乙 乙", "1 0 丙 丙", "1 0 #丁 丁"]);
    }
}
