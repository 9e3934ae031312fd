//! Phrases found in the flow of a contract.

use std::collections::BTreeMap;
use std::ops::Range;

use super::patterns::{Alternative, Chain, Patterns, Phrases, Step};
use crate::analysis::Analysis;
use crate::marks::Marks;
use crate::number;
use crate::words::{Lexicon, Occurrences};

impl Phrases {
    /// Every place in a range of the flow where one of the phrases stands: its range and the index of the phrase, in order, the longest first.
    pub fn find(&self, analysis: &Analysis, within: &Range<usize>) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        let mut search = Search::of(analysis);
        for chain in self.chains(analysis) {
            search.find_chain(&chain, within, &mut |range| {
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
        first(self.chains(analysis), &mut Search::of(analysis), within)
    }

    /// The first place in a range of the flow of each phrase that stands there, in the order of the phrases.
    pub fn each_first(&self, analysis: &Analysis, within: &Range<usize>) -> Vec<Range<usize>> {
        let mut chains = self.chains(analysis).peekable();
        let (mut found, mut search) = (Vec::new(), Search::of(analysis));
        while let Some(Chain { phrase, .. }) = chains.peek() {
            let phrase = *phrase;
            let same = std::iter::from_fn(|| chains.next_if(|chain| chain.phrase == phrase));
            found.extend(first(same, &mut search, within));
        }
        found
    }

    fn chains<'s>(&self, analysis: &'s Analysis) -> impl Iterator<Item = Chain<'s>> + use<'s> {
        analysis.rulebook().patterns().chains(self)
    }
}

fn first<'s>(
    chains: impl Iterator<Item = Chain<'s>>,
    search: &mut Search<'s>,
    within: &Range<usize>,
) -> Option<Range<usize>> {
    let mut first: Option<Range<usize>> = None;
    for chain in chains {
        search.find_chain(&chain, within, &mut |range| {
            if first.as_ref().is_none_or(|f| range.start < f.start) {
                first = Some(range);
            }
            false
        });
    }
    first
}

/// The chain that is looked for in a text.
struct Search<'s> {
    marks: &'s Marks<'s>,
    lexicon: &'s Lexicon,
    occurrences: &'s Occurrences,
    /// The gap before each part of the chain, in characters, and where its alternatives end.
    parts: Vec<(usize, usize)>,
    alternatives: Vec<Standing<'s>>,
}

/// An alternative that stands in the text, or may.
struct Standing<'s> {
    alternative: Alternative<'s>,
    /// The word of its anchor.
    word: &'s str,
    /// Where it stands; nothing where it is not scanned for.
    places: Option<&'s [u32]>,
}

/// Where the parts of a chain from one on, behind a place, end: asked from many places, it is answered once.
type Known = BTreeMap<(usize, usize), Option<usize>>;

/// How many bytes a number has at the most that begins in a range and reaches over its end.
const LONGEST_NUMBER: usize = 256;

/// How many bytes a character has at the most.
const LONGEST_CHARACTER: usize = 4;

impl<'s> Search<'s> {
    fn of(analysis: &'s Analysis) -> Search<'s> {
        let (occurrences, lexicon) = (analysis.occurrences(), analysis.rulebook().lexicon());
        Search { marks: analysis.marks(), lexicon, occurrences, parts: Vec::new(), alternatives: Vec::new() }
    }

    /// Hands every place of a chain to `take`, one alternative of the first part after the other; of each until it wants no more.
    fn find_chain(&mut self, chain: &Chain<'s>, within: &Range<usize>, take: &mut dyn FnMut(Range<usize>) -> bool) {
        if chain.first.is_some_and(|word| self.occurrences.of(word).is_empty()) || !self.take_up(chain) {
            return;
        }
        let mut known = Known::new();
        for head in self.alternatives_of(0) {
            self.find(head, within, &mut |range| {
                let end = (range.end <= within.end).then(|| self.follow(1, range.end, &mut known)).flatten();
                end.filter(|end| *end <= within.end).is_none_or(|end| take(range.start..end))
            });
        }
    }

    /// Says whether all parts of a chain have words in the text, and notes what stands of them. Most chains have none.
    fn take_up(&mut self, chain: &Chain<'s>) -> bool {
        self.parts.clear();
        self.alternatives.clear();
        for part in chain.parts() {
            let before = self.alternatives.len();
            for alternative in part.alternatives() {
                let places = self.occurrences.of(alternative.word);
                let is_scanned =
                    || before == 0 || alternative.anchor > 0 || Patterns::is_scanned(self.lexicon, alternative.word);
                if places.is_empty() && is_scanned() {
                    continue;
                }
                let places = is_scanned().then_some(places);
                let word = self.lexicon.word(alternative.word);
                self.alternatives.push(Standing { alternative, word, places });
            }
            if self.alternatives.len() == before {
                return false;
            }
            self.parts.push((part.gap, self.alternatives.len()));
        }
        true
    }

    fn flow(&self) -> &'s str {
        self.marks.text()
    }

    /// What stands of a part.
    fn alternatives_of(&self, part: usize) -> &[Standing<'s>] {
        let start = part.checked_sub(1).map_or(0, |before| self.parts[before].1);
        &self.alternatives[start..self.parts[part].1]
    }

    /// Where the parts from one on, which follow at `at`, each behind its gap, end.
    fn follow(&self, part: usize, at: usize, known: &mut Known) -> Option<usize> {
        let Some(&(gap, _)) = self.parts.get(part) else { return Some(at) };
        // From a place, the second part is asked for once; behind the last there is nothing to look for.
        let is_remembered = part > 1 && part + 1 < self.parts.len();
        if is_remembered && let Some(end) = known.get(&(part, at)) {
            return *end;
        }
        let mut limit = None;
        let mut best: Option<usize> = None;
        for standing in self.alternatives_of(part) {
            if !standing.may_begin(&(at..at + LONGEST_CHARACTER * gap + 1)) {
                continue;
            }
            let limit = *limit.get_or_insert_with(|| self.gap_end(at, gap));
            // The word itself may reach over the limit; where it begins counts.
            self.find(standing, &(at..limit + 1), &mut |range| {
                if best.is_some_and(|best| best <= range.end) {
                    return false;
                }
                best = self.follow(part + 1, range.end, known).or(best);
                best.is_none()
            });
        }
        if is_remembered {
            known.insert((part, at), best);
        }
        best
    }

    /// Hands every place of an alternative that begins in a range to `take`, until it wants no more.
    fn find(&self, standing: &Standing, within: &Range<usize>, take: &mut dyn FnMut(Range<usize>) -> bool) {
        let mut take_at = |at: usize| {
            // A number may stand before the anchor.
            let Some(start) = self.before(&standing.alternative, at) else { return true };
            if start >= within.end {
                return false;
            }
            let Some(end) =
                self.after(&standing.alternative, standing.alternative.anchor + 1, at + standing.word.len())
            else {
                return true;
            };
            start < within.start || take(start..end)
        };
        match standing.places {
            Some(places) => {
                let places = &places[places.partition_point(|&at| (at as usize) < within.start)..];
                let places = places.iter().map(|&at| at as usize);
                places.take_while(|at| *at < within.end + LONGEST_NUMBER).all(&mut take_at);
            }
            None => {
                let word = standing.word.as_bytes();
                let windows = self.flow().as_bytes()[within.start..].windows(word.len());
                let places = within.clone().zip(windows).filter(|(_, bytes)| *bytes == word);
                places.map(|(at, _)| at).all(&mut take_at);
            }
        }
    }

    /// Where a gap of so many characters ends at the latest: before the end of the sentence. 「（以下「本業務」という。）」 ends none.
    fn gap_end(&self, at: usize, most: usize) -> usize {
        let flow = self.flow();
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
        self.marks.within(at..far).find(ends).map_or(far, |(end, _)| end)
    }

    /// Where the steps before the anchor begin.
    fn before(&self, alternative: &Alternative, at: usize) -> Option<usize> {
        let mut start = at;
        for index in (0..alternative.anchor).rev() {
            match alternative.step(index) {
                Some(Step::Number) => start -= length_of_number(self.flow()[..start].chars().rev())?,
                _ => return None,
            }
        }
        Some(start)
    }

    /// Where the steps from `index` on, which follow at `at`, end.
    fn after(&self, alternative: &Alternative, index: usize, at: usize) -> Option<usize> {
        let flow = self.flow();
        match alternative.step(index) {
            None => Some(at),
            Some(Step::Word(id)) => {
                let word = self.lexicon.word(id);
                let follows = flow.as_bytes()[at..].starts_with(word.as_bytes());
                follows.then(|| self.after(alternative, index + 1, at + word.len())).flatten()
            }
            Some(Step::Number) => self.after(alternative, index + 1, at + length_of_number(flow[at..].chars())?),
            Some(Step::Gap(most)) => {
                let limit = self.gap_end(at, most);
                match alternative.step(index + 1) {
                    Some(Step::Word(id)) => {
                        let length = self.lexicon.word(id).len();
                        let places = self.occurrences.within(id, &(at..limit + 1)).iter();
                        places
                            .map(|&next| next as usize + length)
                            .find_map(|end| self.after(alternative, index + 2, end))
                    }
                    _ => flow[at..limit]
                        .char_indices()
                        .filter(|(i, c)| is_number(*c) && !flow[..at + i].ends_with(is_number))
                        .find_map(|(i, _)| self.after(alternative, index + 1, at + i)),
                }
            }
        }
    }
}

impl Standing<'_> {
    /// Whether it may begin in a range.
    fn may_begin(&self, within: &Range<usize>) -> bool {
        let Some(places) = self.places else { return true };
        let end = if self.alternative.anchor > 0 { within.end + LONGEST_NUMBER } else { within.end };
        let next = places.partition_point(|&at| (at as usize) < within.start);
        places.get(next).is_some_and(|at| (*at as usize) < end)
    }
}

/// How many bytes the number has with which some characters begin; nothing where there is none.
fn length_of_number(characters: impl Iterator<Item = char>) -> Option<usize> {
    let length = characters.take_while(|character| is_number(*character)).map(char::len_utf8).sum();
    (length > 0).then_some(length)
}

fn is_number(character: char) -> bool {
    number::is_numeral(character) || matches!(character, ',' | '.')
}
