//! Phrases found in the flow of a contract.

use std::collections::HashMap;
use std::ops::Range;

use super::patterns::{Alternative, Chain, Part, Phrases, Step};
use crate::analysis::Analysis;
use crate::number;

impl Phrases {
    /// Every place in a range of the flow where one of the phrases stands: its range and the index of the phrase, in order, the longest first.
    pub fn find(&self, analysis: &Analysis, within: &Range<usize>) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        for chain in self.chains(analysis) {
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
        first(self.chains(analysis), analysis, within)
    }

    /// The first place in a range of the flow of each phrase that stands there, in the order of the phrases.
    pub fn each_first(&self, analysis: &Analysis, within: &Range<usize>) -> Vec<Range<usize>> {
        let mut chains = self.chains(analysis).peekable();
        let mut found = Vec::new();
        while let Some(Chain { phrase, .. }) = chains.peek() {
            let phrase = *phrase;
            let same = std::iter::from_fn(|| chains.next_if(|chain| chain.phrase == phrase));
            found.extend(first(same, analysis, within));
        }
        found
    }

    fn chains<'a>(&self, analysis: &Analysis<'a>) -> impl Iterator<Item = Chain<'a>> + use<'a> {
        analysis.rulebook().patterns().chains(self)
    }
}

fn first<'c>(
    chains: impl Iterator<Item = Chain<'c>>,
    analysis: &Analysis,
    within: &Range<usize>,
) -> Option<Range<usize>> {
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

impl Chain<'_> {
    /// Hands every place to `take`, one alternative of the first part after the other; of each until it wants no more.
    fn find(&self, analysis: &Analysis, within: &Range<usize>, take: &mut dyn FnMut(Range<usize>) -> bool) {
        let occurrences = analysis.occurrences();
        // Most phrases stand nowhere: some part of them has no word in the text.
        let possible = |part: Part| part.alternatives().any(|a| !occurrences.of(a.anchor_word()).is_empty());
        let mut parts = self.parts();
        if !parts.clone().all(possible) {
            return;
        }
        let Some(head) = parts.next() else { return };
        let mut known = Known::new();
        for alternative in head.alternatives() {
            alternative.find(analysis, within, &mut |range| {
                let end = follow(parts.clone(), 1, analysis, range.end, &mut known);
                end.filter(|end| *end <= within.end).is_none_or(|end| take(range.start..end))
            });
        }
    }
}

/// Where the parts of a chain from one on, behind a place, end: asked from many places, it is answered once.
type Known = HashMap<(usize, usize), Option<usize>>;

/// Where the parts that follow at `at`, each behind its gap, end.
fn follow<'c>(
    mut parts: impl Iterator<Item = Part<'c>> + Clone,
    place: usize,
    analysis: &Analysis,
    at: usize,
    known: &mut Known,
) -> Option<usize> {
    let Some(part) = parts.next() else { return Some(at) };
    if let Some(end) = known.get(&(place, at)) {
        return *end;
    }
    let flow = analysis.contract().flow().as_str();
    let limit = gap_end(flow, at, part.gap);
    let mut best: Option<usize> = None;
    for alternative in part.alternatives() {
        // The word itself may reach over the limit; where it begins counts.
        alternative.find_from(analysis, at..limit + 1, &mut |range| {
            if best.is_some_and(|best| best <= range.end) {
                return false;
            }
            best = follow(parts.clone(), place + 1, analysis, range.end, known).or(best);
            best.is_none()
        });
    }
    // Behind the last part there is nothing to look for twice.
    if parts.next().is_some() {
        known.insert((place, at), best);
    }
    best
}

/// Where a gap of so many characters ends at the latest: before the end of the sentence. 「（以下「本業務」という。）」 ends none.
fn gap_end(flow: &str, at: usize, most: usize) -> usize {
    let ends = |end: usize, character: char| match character {
        '\n' => true,
        '。' => !flow[end + character.len_utf8()..].starts_with(['）', '」']),
        _ => false,
    };
    let mut characters = flow[at..].char_indices().take(most + 1);
    let far = characters.by_ref().take(most).find(|&(end, character)| ends(at + end, character));
    far.or_else(|| characters.next()).map_or(flow.len(), |(end, _)| at + end)
}

impl Alternative<'_> {
    /// Every place that lies in a range.
    fn find(&self, analysis: &Analysis, within: &Range<usize>, take: &mut dyn FnMut(Range<usize>) -> bool) {
        self.find_from(analysis, within.clone(), &mut |range| range.end > within.end || take(range));
    }

    /// Every place that begins in a range.
    fn find_from(&self, analysis: &Analysis, within: Range<usize>, take: &mut dyn FnMut(Range<usize>) -> bool) {
        let (word, index) = (self.anchor_word(), self.anchor);
        let length = analysis.rulebook().lexicon().word(word).len();
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
        for index in (0..index).rev() {
            match self.step(index) {
                Some(Step::Number) => {
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
        let word = |id| analysis.rulebook().lexicon().word(id);
        match self.step(index) {
            None => Some(at),
            Some(Step::Word(id)) => {
                if flow[at..].starts_with(word(id)) {
                    self.after(analysis, index + 1, at + word(id).len())
                } else {
                    None
                }
            }
            Some(Step::Number) => {
                let digits = flow[at..].chars().take_while(|c| is_number(*c)).map(char::len_utf8).sum::<usize>();
                if digits == 0 { None } else { self.after(analysis, index + 1, at + digits) }
            }
            Some(Step::Gap(most)) => {
                let limit = gap_end(flow, at, most);
                match self.step(index + 1) {
                    Some(Step::Word(id)) => analysis
                        .occurrences()
                        .within(id, &(at..limit + 1))
                        .iter()
                        .find_map(|&next| self.after(analysis, index + 2, next as usize + word(id).len())),
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
