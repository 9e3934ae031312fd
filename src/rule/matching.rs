//! Phrases found in the flow of a contract.

use std::ops::Range;

use super::phrase::{self, Piece};
use crate::analysis::Analysis;
use crate::number;
use crate::words::{Lexicon, WordId};

/// Phrases ready to be looked for.
#[derive(Debug, Default)]
pub struct Phrases {
    alternatives: Vec<Alternative>,
}

#[derive(Debug)]
struct Alternative {
    /// Which phrase it is an alternative of.
    phrase: usize,
    pieces: Vec<Step>,
}

#[derive(Debug)]
enum Step {
    Word(WordId, usize),
    Gap(usize),
    Number,
}

impl Phrases {
    /// Makes phrases ready.
    ///
    /// # Panics
    /// When a phrase cannot be read; pages are checked before.
    pub fn new<'p>(phrases: impl IntoIterator<Item = &'p String>, lexicon: &mut Lexicon) -> Phrases {
        let mut alternatives = Vec::new();
        for (phrase, written) in phrases.into_iter().enumerate() {
            for pieces in phrase::unfold(written).expect("a phrase that was checked with its page") {
                let step = |piece: Piece| match piece {
                    Piece::Word(word) => Step::Word(lexicon.intern(&word), word.len()),
                    Piece::Gap(count) => Step::Gap(count),
                    Piece::Number => Step::Number,
                };
                alternatives.push(Alternative { phrase, pieces: pieces.into_iter().map(step).collect() });
            }
        }
        Phrases { alternatives }
    }

    /// Every place in a range of the flow where one of the phrases stands: its range and the index of the phrase, in order, the longest first.
    pub fn find(&self, analysis: &Analysis, within: &Range<usize>) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        for alternative in &self.alternatives {
            alternative.find(analysis, within, &mut |range| {
                found.push((range, alternative.phrase));
                true
            });
        }
        found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        found.dedup_by(|b, a| a.0 == b.0);
        found
    }

    /// The first place in a range of the flow where one of the phrases stands.
    pub fn first(&self, analysis: &Analysis, within: &Range<usize>) -> Option<Range<usize>> {
        let mut first: Option<Range<usize>> = None;
        for alternative in &self.alternatives {
            alternative.find(analysis, within, &mut |range| {
                if first.as_ref().is_none_or(|f| range.start < f.start) {
                    first = Some(range);
                }
                false
            });
        }
        first
    }
}

impl Alternative {
    fn find(&self, analysis: &Analysis, within: &Range<usize>, take: &mut dyn FnMut(Range<usize>) -> bool) {
        // The anchor is the first piece that is a word; a number may stand before it.
        let Some((index, word, length)) = self.pieces.iter().enumerate().find_map(|(i, step)| match step {
            Step::Word(word, length) => Some((i, *word, *length)),
            _ => None,
        }) else {
            return;
        };
        let flow = analysis.contract().flow().as_str();
        for &at in analysis.occurrences().within(word, within) {
            let at = at as usize;
            let Some(start) = self.before(flow, index, at) else { continue };
            let Some(end) = self.after(analysis, index + 1, at + length) else { continue };
            if start >= within.start && end <= within.end && !take(start..end) {
                return;
            }
        }
    }

    /// Where the pieces before the anchor begin.
    fn before(&self, flow: &str, index: usize, at: usize) -> Option<usize> {
        let mut start = at;
        for step in self.pieces[..index].iter().rev() {
            match step {
                Step::Number => {
                    let digits =
                        flow[..start].chars().rev().take_while(|c| is_number(*c)).map(char::len_utf8).sum::<usize>();
                    start -= digits;
                    if digits == 0 {
                        return None;
                    }
                }
                _ => return None,
            }
        }
        Some(start)
    }

    /// Where the pieces from `index` on, which follow at `at`, end.
    fn after(&self, analysis: &Analysis, index: usize, at: usize) -> Option<usize> {
        let flow = analysis.contract().flow().as_str();
        match self.pieces.get(index) {
            None => Some(at),
            Some(Step::Word(word, length)) => {
                let matches = flow[at..].starts_with(analysis.rulebook().lexicon().word(*word));
                if matches { self.after(analysis, index + 1, at + length) } else { None }
            }
            Some(Step::Number) => {
                let digits = flow[at..].chars().take_while(|c| is_number(*c)).map(char::len_utf8).sum::<usize>();
                if digits == 0 { None } else { self.after(analysis, index + 1, at + digits) }
            }
            Some(Step::Gap(most)) => {
                let sentence = flow[at..].find(['。', '\n']).map_or(flow.len(), |end| at + end);
                let limit = flow[at..sentence].char_indices().nth(*most).map_or(sentence, |(i, _)| at + i);
                match &self.pieces[index + 1] {
                    Step::Word(word, length) => analysis
                        .occurrences()
                        .within(*word, &(at..limit + 1))
                        .iter()
                        .find_map(|&next| self.after(analysis, index + 2, next as usize + length)),
                    _ => flow[at..limit]
                        .char_indices()
                        .filter(|(i, c)| is_number(*c) && !flow[..at + i].ends_with(is_number))
                        .find_map(|(i, _)| self.after(analysis, index + 1, at + i)),
                }
            }
        }
    }
}

fn is_number(character: char) -> bool {
    number::digit(character).is_some()
        || number::kanji_digit(character).is_some()
        || matches!(character, '十' | '百' | '千' | '万' | ',' | '.')
}
