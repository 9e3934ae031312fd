//! Looking for many names in one pass, where they are known only from the contract itself. (What rules look for is in the lexicon.)

use std::cmp::Reverse;
use std::ops::Range;

use crate::words::{Lexicon, SHORTEST, WordId};

/// Every place of every name in a text, with the place of the name among the names: in the order of the text, the longest first where several
/// begin together.
pub fn find<N: AsRef<str>>(names: impl IntoIterator<Item = N>, text: &str) -> Vec<(Range<usize>, usize)> {
    let names: Vec<N> = names.into_iter().collect();
    let mut lexicon = Lexicon::default();
    let words: Vec<WordId> = names.iter().map(|name| lexicon.intern(name.as_ref())).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let occurrences = lexicon.scanner().scan(&lexicon, text);
    let mut found = Vec::new();
    for (index, (name, word)) in names.iter().zip(words).enumerate() {
        let name = name.as_ref();
        let mut add = |at: usize| found.push((at..at + name.len(), index));
        if name.len() < SHORTEST {
            memchr::memmem::find_iter(text.as_bytes(), name).for_each(&mut add);
        } else {
            occurrences.of(word).iter().for_each(|&at| add(at as usize));
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
}
