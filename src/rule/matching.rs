//! Phrases found in the flow of a contract.

use std::collections::BTreeMap;
use std::ops::Range;

use super::patterns::{Alternative, Chain, Part, Patterns, Phrases, Step};
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
        let lexicon = analysis.rulebook().lexicon();
        let stands = |word| !occurrences.of(word).is_empty() || !Patterns::is_scanned(lexicon, word);
        let possible = |part: Part| part.alternatives().any(|a| stands(a.anchor_word()));
        let mut parts = self.parts();
        let Some(head) = parts.next() else { return };
        let begins = head.alternatives().any(|a| !occurrences.of(a.anchor_word()).is_empty());
        if !begins || !parts.clone().all(possible) {
            return;
        }
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
type Known = BTreeMap<(usize, usize), Option<usize>>;

/// Where the parts that follow at `at`, each behind its gap, end.
fn follow<'c>(
    mut parts: impl Iterator<Item = Part<'c>> + Clone,
    place: usize,
    analysis: &Analysis,
    at: usize,
    known: &mut Known,
) -> Option<usize> {
    let Some(part) = parts.next() else { return Some(at) };
    // Behind the last part there is nothing to look for twice.
    let is_last = parts.clone().next().is_none();
    if let Some(end) = known.get(&(place, at)).filter(|_| !is_last) {
        return *end;
    }
    let mut limit = None;
    let mut best: Option<usize> = None;
    for alternative in part.alternatives() {
        if !alternative.may_begin(analysis, at..at + LONGEST_CHARACTER * part.gap + 1) {
            continue;
        }
        let limit = *limit.get_or_insert_with(|| gap_end(analysis, at, part.gap));
        // The word itself may reach over the limit; where it begins counts.
        alternative.find_behind(analysis, at..limit + 1, &mut |range| {
            if best.is_some_and(|best| best <= range.end) {
                return false;
            }
            best = follow(parts.clone(), place + 1, analysis, range.end, known).or(best);
            best.is_none()
        });
    }
    if !is_last {
        known.insert((place, at), best);
    }
    best
}

/// How many bytes a number has at the most that begins in a range and reaches over its end.
const LONGEST_NUMBER: usize = 256;

/// How many bytes a character has at the most.
const LONGEST_CHARACTER: usize = 4;

/// Where a gap of so many characters ends at the latest: before the end of the sentence. 「（以下「本業務」という。）」 ends none.
fn gap_end(analysis: &Analysis, at: usize, most: usize) -> usize {
    let flow = analysis.contract().flow().as_str();
    let mut behind = flow[at..].chars();
    if let Some(last) = most.checked_sub(1) {
        behind.nth(last);
    }
    let far = flow.len() - behind.as_str().len();
    let ends = |&(end, character): &(usize, char)| match character {
        '\n' => true,
        '。' => !flow[end + character.len_utf8()..].starts_with(['）', '」']),
        _ => false,
    };
    analysis.marks().within(at..far).find(ends).map_or(far, |(end, _)| end)
}

impl Alternative<'_> {
    /// Every place that lies in a range.
    fn find(&self, analysis: &Analysis, within: &Range<usize>, take: &mut dyn FnMut(Range<usize>) -> bool) {
        let places = analysis.occurrences().of_from(self.anchor_word(), within.start).iter();
        let places = places.map(|&at| at as usize);
        self.find_among(places, analysis, within.clone(), &mut |range| range.end > within.end || take(range));
    }

    /// Whether it may begin in a range: its anchor stands there, or may.
    fn may_begin(&self, analysis: &Analysis, within: Range<usize>) -> bool {
        let word = self.anchor_word();
        self.anchor > 0
            || !Patterns::is_scanned(analysis.rulebook().lexicon(), word)
            || analysis.occurrences().of_from(word, within.start).first().is_some_and(|at| (*at as usize) < within.end)
    }

    /// Every place that begins in the short range in which what follows can begin.
    fn find_behind(&self, analysis: &Analysis, within: Range<usize>, take: &mut dyn FnMut(Range<usize>) -> bool) {
        let (word, lexicon) = (self.anchor_word(), analysis.rulebook().lexicon());
        if self.anchor > 0 || Patterns::is_scanned(lexicon, word) {
            let places = analysis.occurrences().of_from(word, within.start).iter();
            self.find_among(places.map(|&at| at as usize), analysis, within, take);
        } else {
            let word = lexicon.word(word).as_bytes();
            let windows = analysis.contract().flow().as_str().as_bytes()[within.start..].windows(word.len());
            let places = (within.start..within.end).zip(windows).filter(|(_, bytes)| *bytes == word);
            self.find_among(places.map(|(at, _)| at), analysis, within, take);
        }
    }

    /// Every place that begins in a range, given the places of the anchor from there on.
    fn find_among(
        &self,
        places: impl Iterator<Item = usize>,
        analysis: &Analysis,
        within: Range<usize>,
        take: &mut dyn FnMut(Range<usize>) -> bool,
    ) {
        let index = self.anchor;
        let length = analysis.rulebook().lexicon().word(self.anchor_word()).len();
        let flow = analysis.contract().flow().as_str();
        places.take_while(|at| *at < within.end + LONGEST_NUMBER).all(|at| {
            // A number may stand before the anchor.
            let Some(start) = self.before(flow, index, at) else { return true };
            if start >= within.end {
                return false;
            }
            let Some(end) = self.after(analysis, index + 1, at + length) else { return true };
            start < within.start || take(start..end)
        });
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
                let limit = gap_end(analysis, at, most);
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
