//! Looking for many names in one pass, where they are known only from the contract itself. (What rules look for is in the lexicon.)

use std::cmp::Reverse;
use std::ops::Range;

use crate::words::{Lexicon, SHORTEST, WordId};

/// How many names are sooner looked for one after the other.
const FEW: usize = 16;

/// Every place of every name in a text, with the place of the name among the names: in the order of the text, the longest first where several
/// begin together.
pub fn find<N: AsRef<str>>(names: impl IntoIterator<Item = N>, text: &str) -> Vec<(Range<usize>, usize)> {
    let names: Vec<N> = names.into_iter().collect();
    let scanned = (names.len() > FEW).then(|| {
        let mut lexicon = Lexicon::default();
        let words: Vec<WordId> = names.iter().map(|name| lexicon.intern(name.as_ref())).collect();
        (lexicon.scanner().scan(&lexicon, text), words)
    });
    let mut found = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let name = name.as_ref();
        let mut add = |at: usize| found.push((at..at + name.len(), index));
        match &scanned {
            Some((occurrences, words)) if name.len() >= SHORTEST => {
                occurrences.of(words[index]).iter().for_each(|&at| add(at as usize));
            }
            _ => {
                let finder = memchr::memmem::Finder::new(name);
                let mut from = 0;
                while let Some(at) = text.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
                    add(from + at);
                    from += at + 1;
                }
            }
        }
    }
    found.sort_unstable_by_key(|(range, index)| (range.start, Reverse(range.end), *index));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_the_order_of_the_text() {
        let found = find(["本業務", "業務", "AI", "業務", "対象"], "AIによる本業務及び業務AI");
        let places: Vec<(usize, usize)> = found.into_iter().map(|(range, name)| (range.start, name)).collect();
        assert_eq!(places, [(0, 2), (11, 0), (14, 1), (14, 3), (26, 1), (26, 3), (32, 2)]);
        assert!(find([] as [&str; 0], "本業務").is_empty());
    }

    #[test]
    fn many_names_are_found_as_few_are() {
        let text = "甲甲甲は、本業務及び業務AIを乙に委託する。甲の本業務";
        let few = ["甲甲", "本業務", "業務", "AI", "乙"];
        let many = few.into_iter().chain(["丙"; FEW]);
        assert_eq!(find(few, text), find(many, text));
    }
}
