//! The phrases of a rulebook in a form that needs no reading: one table of numbers, and the words they name.
//!
//! The build script makes the table for all pages and for the vocabulary, so that a run begins without unfolding a single phrase; only the
//! phrases of a playbook are unfolded then. This file is read by the build script too, so it knows nothing of the rest of the library.
//!
//! A list of phrases is a block of blocks: chains, of parts, of alternatives, of steps (`phrase`). Each block begins with its length.

use serde::{Deserialize, Serialize};

use super::phrase::{self, Piece};
use crate::words::{Lexicon, Occurrences, Scanner, WordId, numbers};

/// Phrases ready to be looked for: the place of their block in the [`Patterns`]. The default is no phrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Phrases(u32);

/// All phrases of a rulebook.
#[derive(Debug, Serialize, Deserialize)]
pub struct Patterns {
    lexicon: Lexicon,
    scanner: Scanner,
    #[serde(with = "numbers")]
    code: Vec<u32>,
    /// The lists that are in the table: the hash of their phrases, and their place. Sorted.
    lists: Vec<(u64, Place)>,
}

type Place = u32;

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
    /// Makes phrases ready.
    ///
    /// # Panics
    /// When a phrase cannot be read; pages are checked before.
    pub fn new<'p>(phrases: impl IntoIterator<Item = &'p String>, patterns: &mut Patterns) -> Phrases {
        let phrases: Vec<&str> = phrases.into_iter().map(String::as_str).collect();
        patterns.list(&phrases)
    }

    /// Whether there are no phrases.
    pub fn is_empty(&self) -> bool {
        *self == Phrases::default()
    }
}

impl Default for Patterns {
    fn default() -> Patterns {
        let lexicon = Lexicon::default();
        // The first block is the empty list.
        Patterns { scanner: lexicon.scanner(), lexicon, code: vec![0], lists: Vec::new() }
    }
}

impl Patterns {
    /// The words the phrases are made of.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Finds the words in a text. Phrases that were added since [`Patterns::finish`] are not looked for.
    pub fn scan(&self, text: &str) -> Occurrences {
        self.scanner.scan(&self.lexicon, text)
    }

    /// How many numbers the table has.
    pub fn len(&self) -> usize {
        self.code.len()
    }

    /// Whether there are no phrases.
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// Makes the words ready, when all phrases are in the table.
    pub fn finish(&mut self) {
        self.scanner = self.lexicon.scanner();
    }

    /// The chains of a list.
    pub fn chains(&self, list: Phrases) -> impl Iterator<Item = Chain<'_>> {
        let block = Blocks(&self.code[list.0 as usize..]).next().unwrap_or_default();
        Blocks(block).map(|chain| Chain { phrase: chain[0] as usize, parts: Blocks(&chain[1..]) })
    }

    /// Finds a list in the table, or adds it.
    fn list(&mut self, phrases: &[&str]) -> Phrases {
        if phrases.is_empty() {
            return Phrases::default();
        }
        let hash = hash(phrases);
        match self.lists.binary_search_by_key(&hash, |(hash, _)| *hash) {
            Ok(known) => Phrases(self.lists[known].1),
            Err(gap) => {
                let place = self.code.len() as u32;
                self.lists.insert(gap, (hash, place));
                self.block(|patterns| {
                    for (index, phrase) in phrases.iter().enumerate() {
                        let chains = phrase::unfold(phrase).expect("a phrase that was checked with its page");
                        chains.into_iter().for_each(|chain| patterns.chain(index, chain));
                    }
                });
                Phrases(place)
            }
        }
    }

    fn chain(&mut self, phrase: usize, parts: phrase::Chain) {
        self.block(|patterns| {
            patterns.code.push(phrase as u32);
            for part in parts {
                patterns.block(|patterns| {
                    patterns.code.push(part.gap as u32);
                    part.alternatives.into_iter().for_each(|pieces| patterns.alternative(&pieces));
                });
            }
        });
    }

    fn alternative(&mut self, pieces: &[Piece]) {
        // Pages are checked: there is a word in each.
        let Some(anchor) = pieces.iter().position(|piece| matches!(piece, Piece::Word(_))) else { return };
        self.block(|patterns| {
            patterns.code.push(anchor as u32);
            for piece in pieces {
                let step = match piece {
                    Piece::Word(word) => patterns.lexicon.intern(word).0 << 2,
                    Piece::Gap(most) => (*most as u32) << 2 | 1,
                    Piece::Number => 2,
                };
                patterns.code.push(step);
            }
        });
    }

    /// Writes a block: its length, and what `write` writes.
    fn block(&mut self, write: impl FnOnce(&mut Patterns)) {
        let start = self.code.len();
        self.code.push(0);
        write(self);
        self.code[start] = (self.code.len() - start - 1) as u32;
    }
}

impl<'c> Chain<'c> {
    /// Its parts.
    pub fn parts(&self) -> impl Iterator<Item = Part<'c>> + Clone + use<'c> {
        self.parts.map(|part| Part { gap: part[0] as usize, alternatives: Blocks(&part[1..]) })
    }
}

impl<'c> Part<'c> {
    /// What it can be.
    pub fn alternatives(&self) -> impl Iterator<Item = Alternative<'c>> + use<'c> {
        self.alternatives.map(|block| Alternative { anchor: block[0] as usize, steps: &block[1..] })
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

    /// The first word: where it stands, the alternative can stand.
    pub fn anchor_word(&self) -> WordId {
        WordId(self.steps[self.anchor] >> 2)
    }
}

/// A number for a list of phrases.
fn hash(phrases: &[&str]) -> u64 {
    let mut hash = 0u64;
    let mut add = |word: u64| hash = (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for phrase in phrases {
        for bytes in phrase.as_bytes().chunks(8) {
            let mut word = [0; 8];
            word[..bytes.len()].copy_from_slice(bytes);
            add(u64::from_le_bytes(word));
        }
        add(phrase.len() as u64);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_in_the_table_once() {
        let mut patterns = Patterns::default();
        let list = ["甲…乙".to_string(), "(丙|#丁)".to_string()];
        let first = Phrases::new(&list, &mut patterns);
        let length = patterns.len();
        assert_eq!(Phrases::new(&list, &mut patterns), first);
        assert_eq!(patterns.len(), length);
        assert_ne!(Phrases::new(&list[..1], &mut patterns), first);
        assert!(Phrases::new(&[], &mut patterns).is_empty());
    }

    #[test]
    fn the_table_gives_back_what_was_unfolded() {
        let mut patterns = Patterns::default();
        let list = Phrases::new(&["甲…{9}乙".to_string(), "(丙|#丁)".to_string()], &mut patterns);
        let word = |id: WordId| patterns.lexicon().word(id);
        let mut written = Vec::new();
        for chain in patterns.chains(list) {
            for part in chain.parts() {
                for alternative in part.alternatives() {
                    let steps = (0..).map_while(|index| alternative.step(index));
                    let steps = steps.map(|step| match step {
                        Step::Word(id) => word(id).to_string(),
                        Step::Gap(most) => format!("…{most}"),
                        Step::Number => "#".to_string(),
                    });
                    let steps: String = steps.collect();
                    written.push(format!("{} {} {steps} {}", chain.phrase, part.gap, word(alternative.anchor_word())));
                }
            }
        }
        assert_eq!(written, ["0 0 甲 甲", "0 9 乙 乙", "1 0 丙 丙", "1 0 #丁 丁"]);
    }
}
