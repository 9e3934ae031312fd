//! Phrases found in the flow of a contract.

use std::ops::Range;

use super::phrase::{self, Piece};
use crate::analysis::Analysis;
use crate::number;
use crate::words::{Lexicon, WordId};

/// Phrases ready to be looked for.
#[derive(Debug, Default)]
pub struct Phrases {
    chains: Vec<Chain>,
}

/// One way in which a phrase can stand in a text.
#[derive(Debug)]
struct Chain {
    /// Which phrase it belongs to.
    phrase: usize,
    parts: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    gap: usize,
    alternatives: Vec<Alternative>,
}

/// A sequence of words and numbers.
#[derive(Debug)]
struct Alternative {
    steps: Vec<Step>,
    /// The first word among the steps, its place and length: where it stands, the alternative can stand.
    anchor: (WordId, usize, usize),
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
        let mut chains = Vec::new();
        for (phrase, written) in phrases.into_iter().enumerate() {
            for chain in phrase::unfold(written).expect("a phrase that was checked with its page") {
                let part = |part: phrase::Part| Part {
                    gap: part.gap,
                    alternatives: part.alternatives.into_iter().filter_map(|p| Alternative::new(p, lexicon)).collect(),
                };
                chains.push(Chain { phrase, parts: chain.into_iter().map(part).collect() });
            }
        }
        Phrases { chains }
    }

    /// Whether there are no phrases.
    pub fn is_empty(&self) -> bool {
        self.chains.is_empty()
    }

    /// Every place in a range of the flow where one of the phrases stands: its range and the index of the phrase, in order, the longest first.
    pub fn find(&self, analysis: &Analysis, within: &Range<usize>) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        for chain in &self.chains {
            chain.find(analysis, within, &mut |range| {
                found.push((range, chain.phrase));
                true
            });
        }
        found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        found.dedup_by(|b, a| a.0 == b.0);
        found
    }

    /// The first place in a range of the flow where one of the phrases stands.
    pub fn first(&self, analysis: &Analysis, within: &Range<usize>) -> Option<Range<usize>> {
        first(&self.chains, analysis, within)
    }

    /// The first place in a range of the flow of each phrase that stands there, in the order of the phrases.
    pub fn each_first<'p>(
        &'p self,
        analysis: &'p Analysis,
        within: &'p Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> + 'p {
        self.chains.chunk_by(|a, b| a.phrase == b.phrase).filter_map(|chains| first(chains, analysis, within))
    }
}

fn first(chains: &[Chain], analysis: &Analysis, within: &Range<usize>) -> Option<Range<usize>> {
    let mut first: Option<Range<usize>> = None;
    for chain in chains {
        chain.find(analysis, within, &mut |range| {
            if first.as_ref().is_none_or(|f| range.start < f.start) {
                first = Some(range);
            }
            false
        });
    }
    first
}

impl Chain {
    /// Hands every place to `take`, one alternative of the first part after the other; of each until it wants no more.
    fn find(&self, analysis: &Analysis, within: &Range<usize>, take: &mut dyn FnMut(Range<usize>) -> bool) {
        let occurrences = analysis.occurrences();
        // Most phrases stand nowhere: some part of them has no word in the text.
        let possible = |part: &Part| part.alternatives.iter().any(|a| !occurrences.of(a.anchor.0).is_empty());
        let Some((head, rest)) = self.parts.split_first().filter(|_| self.parts.iter().all(possible)) else { return };
        for alternative in &head.alternatives {
            alternative.find(analysis, within, &mut |range| {
                let end = follow(rest, analysis, range.end);
                end.filter(|end| *end <= within.end).is_none_or(|end| take(range.start..end))
            });
        }
    }
}

/// Where the parts that follow at `at`, each behind its gap, end.
fn follow(parts: &[Part], analysis: &Analysis, at: usize) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else { return Some(at) };
    let flow = analysis.contract().flow().as_str();
    let limit = gap_end(flow, at, part.gap);
    let mut best: Option<usize> = None;
    for alternative in &part.alternatives {
        // The word itself may reach over the limit; where it begins counts.
        alternative.find_from(analysis, at..limit + 1, &mut |range| {
            if best.is_some_and(|best| best <= range.end) {
                return false;
            }
            best = follow(rest, analysis, range.end).or(best);
            best.is_none()
        });
    }
    best
}

/// Where a gap of so many characters ends at the latest: before the end of the sentence.
fn gap_end(flow: &str, at: usize, most: usize) -> usize {
    let mut characters = flow[at..].char_indices().take(most + 1);
    let far = characters.by_ref().take(most).find(|(_, character)| matches!(character, '。' | '\n'));
    far.or_else(|| characters.next()).map_or(flow.len(), |(end, _)| at + end)
}

impl Alternative {
    /// `None` without a word; pages are checked before.
    fn new(pieces: Vec<Piece>, lexicon: &mut Lexicon) -> Option<Alternative> {
        let step = |piece: Piece| match piece {
            Piece::Word(word) => Step::Word(lexicon.intern(&word), word.len()),
            Piece::Gap(count) => Step::Gap(count),
            Piece::Number => Step::Number,
        };
        let steps: Vec<Step> = pieces.into_iter().map(step).collect();
        let anchor = steps.iter().enumerate().find_map(|(i, step)| match step {
            Step::Word(word, length) => Some((*word, i, *length)),
            _ => None,
        })?;
        Some(Alternative { steps, anchor })
    }

    /// Every place that lies in a range.
    fn find(&self, analysis: &Analysis, within: &Range<usize>, take: &mut dyn FnMut(Range<usize>) -> bool) {
        self.find_from(analysis, within.clone(), &mut |range| range.end > within.end || take(range));
    }

    /// Every place that begins in a range.
    fn find_from(&self, analysis: &Analysis, within: Range<usize>, take: &mut dyn FnMut(Range<usize>) -> bool) {
        let (word, index, length) = self.anchor;
        let flow = analysis.contract().flow().as_str();
        // A number may stand before the anchor.
        for &at in analysis.occurrences().of_from(word, within.start) {
            let at = at as usize;
            let Some(start) = self.before(flow, index, at) else { continue };
            if start >= within.end {
                return;
            }
            let Some(end) = self.after(analysis, index + 1, at + length) else { continue };
            if start >= within.start && !take(start..end) {
                return;
            }
        }
    }

    /// Where the steps before the anchor begin.
    fn before(&self, flow: &str, index: usize, at: usize) -> Option<usize> {
        let mut start = at;
        for step in self.steps[..index].iter().rev() {
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

    /// Where the steps from `index` on, which follow at `at`, end.
    fn after(&self, analysis: &Analysis, index: usize, at: usize) -> Option<usize> {
        let flow = analysis.contract().flow().as_str();
        match self.steps.get(index) {
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
                let limit = gap_end(flow, at, *most);
                match &self.steps[index + 1] {
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
    number::is_numeral(character) || matches!(character, ',' | '.')
}
