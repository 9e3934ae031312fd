//! Finding many words in one pass.
//!
//! All words that any rule looks for are in one [`Lexicon`]. A contract is scanned once; [`Occurrences`] then answers where each word
//! stands. A word is found by the hash of its first bytes in a small bit set that stays in the processor's nearest cache, so a scan costs
//! about a nanosecond for each character, however many words there are.

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The place of a word in its lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub(crate) u32);

/// A set of words to look for.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Lexicon {
    /// All words, one behind the other.
    text: String,
    /// Where each word ends.
    #[serde(with = "numbers")]
    ends: Vec<u32>,
    /// The words by themselves; made when the first word is added.
    #[serde(skip)]
    ids: HashMap<Box<str>, WordId>,
}

impl Lexicon {
    /// Adds a word, or finds it again.
    pub fn intern(&mut self, word: &str) -> WordId {
        if self.ids.len() < self.ends.len() {
            self.ids = self.ids().map(|id| (self.word(id).into(), id)).collect();
        }
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = WordId(self.ends.len() as u32);
        self.text.push_str(word);
        self.ends.push(self.text.len() as u32);
        self.ids.insert(word.into(), id);
        id
    }

    /// A word.
    pub fn word(&self, id: WordId) -> &str {
        &self.text[self.range(id)]
    }

    fn bytes(&self, id: WordId) -> &[u8] {
        &self.text.as_bytes()[self.range(id)]
    }

    fn range(&self, id: WordId) -> Range<usize> {
        let index = id.0 as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[index] as usize
    }

    /// Makes the words ready for scanning.
    pub fn scanner(&self) -> Scanner {
        Scanner::new(self)
    }

    fn ids(&self) -> impl Iterator<Item = WordId> + use<> {
        (0..self.ends.len() as u32).map(WordId)
    }
}

/// How many bytes of a word are hashed: two kanji or kana, or, for words shorter than that, one.
const LONG: usize = 6;
const SHORT: usize = 3;
const BITS: u32 = 17;

/// A lexicon made ready for scanning.
#[derive(Debug, Serialize, Deserialize)]
pub struct Scanner {
    long: Table,
    short: Table,
}

/// Words by the hash of their first bytes.
#[derive(Debug, Serialize, Deserialize)]
struct Table {
    /// A bit for each hash that occurs.
    #[serde(with = "numbers")]
    present: Vec<u32>,
    /// The hashes of the words, sorted, and the words beside them.
    #[serde(with = "numbers")]
    hashes: Vec<u32>,
    #[serde(with = "numbers")]
    words: Vec<u32>,
}

impl Table {
    fn new(mut entries: Vec<(u32, u32)>) -> Table {
        let mut present = vec![0u32; (1 << BITS) / 32];
        for (hash, _) in &entries {
            present[(hash >> 5) as usize] |= 1 << (hash & 31);
        }
        entries.sort_unstable();
        let (hashes, words) = entries.into_iter().unzip();
        Table { present, hashes, words }
    }

    #[inline]
    fn has(&self, hash: u32) -> bool {
        self.present[(hash >> 5) as usize] >> (hash & 31) & 1 == 1
    }

    fn words(&self, hash: u32) -> impl Iterator<Item = u32> + '_ {
        let from = self.hashes.partition_point(|h| *h < hash);
        let same = self.hashes[from..].iter().zip(&self.words[from..]);
        same.take_while(move |(h, _)| **h == hash).map(|(_, word)| *word)
    }
}

#[inline]
fn hash(bytes: u64) -> u32 {
    (bytes.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS)) as u32
}

#[inline]
fn first_bytes(text: &[u8], count: usize) -> u64 {
    let mut buffer = [0u8; 8];
    buffer[..count].copy_from_slice(&text[..count]);
    u64::from_le_bytes(buffer)
}

impl Scanner {
    fn new(lexicon: &Lexicon) -> Scanner {
        let mut long = Vec::new();
        let mut short = Vec::new();
        for id in lexicon.ids() {
            let bytes = lexicon.bytes(id);
            if bytes.len() >= LONG {
                long.push((hash(first_bytes(bytes, LONG)), id.0));
            } else if bytes.len() >= SHORT {
                short.push((hash(first_bytes(bytes, SHORT)), id.0));
            }
        }
        Scanner { long: Table::new(long), short: Table::new(short) }
    }

    /// Finds every occurrence of every word of the lexicon that has at least three bytes, also where they overlap.
    pub fn scan(&self, lexicon: &Lexicon, text: &str) -> Occurrences {
        let bytes = text.as_bytes();
        let mut found: Vec<(u32, u32)> = Vec::new();
        let mut look = |table: &Table, hash: u32, at: usize| {
            for word in table.words(hash) {
                if bytes[at..].starts_with(lexicon.bytes(WordId(word))) {
                    found.push((word, at as u32));
                }
            }
        };
        let mut at = 0;
        while at + 8 <= bytes.len() {
            // Inside a character nothing begins.
            if bytes[at] & 0xC0 != 0x80 {
                let eight = u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"));
                let long = hash(eight & 0xFFFF_FFFF_FFFF);
                if self.long.has(long) {
                    look(&self.long, long, at);
                }
                let short = hash(eight & 0xFF_FFFF);
                if self.short.has(short) {
                    look(&self.short, short, at);
                }
            }
            at += 1;
        }
        for at in at..bytes.len() {
            if bytes[at] & 0xC0 == 0x80 {
                continue;
            }
            if bytes.len() - at >= LONG {
                look(&self.long, hash(first_bytes(&bytes[at..], LONG)), at);
            }
            if bytes.len() - at >= SHORT {
                look(&self.short, hash(first_bytes(&bytes[at..], SHORT)), at);
            }
        }
        Occurrences::new(found, lexicon.ends.len())
    }
}

/// Where the words of a lexicon stand in a text.
#[derive(Debug)]
pub struct Occurrences {
    /// Where the places of each word begin in `places`.
    starts: Vec<u32>,
    places: Vec<u32>,
}

impl Occurrences {
    fn new(found: Vec<(u32, u32)>, words: usize) -> Occurrences {
        let mut starts = vec![0u32; words + 1];
        for (word, _) in &found {
            starts[*word as usize + 1] += 1;
        }
        for i in 0..words {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut places = vec![0; found.len()];
        for (word, at) in found {
            places[next[word as usize] as usize] = at;
            next[word as usize] += 1;
        }
        Occurrences { starts, places }
    }

    /// The places of a word, as byte offsets in order.
    pub fn of(&self, word: WordId) -> &[u32] {
        &self.places[self.starts[word.0 as usize] as usize..self.starts[word.0 as usize + 1] as usize]
    }

    /// The places of a word from a byte on.
    pub fn of_from(&self, word: WordId, start: usize) -> &[u32] {
        let places = self.of(word);
        &places[places.partition_point(|&at| (at as usize) < start)..]
    }

    /// The places of a word that begin in a range.
    pub fn within(&self, word: WordId, range: &Range<usize>) -> &[u32] {
        let places = self.of(word);
        let from = places.partition_point(|&at| (at as usize) < range.start);
        let to = places.partition_point(|&at| (at as usize) < range.end);
        &places[from..to.max(from)]
    }
}

/// Numbers written and read as their bytes: what the build script makes is read at the start of every run.
pub(crate) mod numbers {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(numbers: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        serializer.serialize_bytes(&bytes)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u32>, D::Error> {
        let bytes: &[u8] = Deserialize::deserialize(deserializer)?;
        let number = |bytes: &[u8]| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        Ok(bytes.chunks_exact(4).map(number).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_occurrence_is_found_also_overlapping_ones() {
        let mut lexicon = Lexicon::default();
        let words = ["秘密情報", "秘密", "情報", "報", "Ltd.", "損害を賠償"];
        let ids: Vec<WordId> = words.iter().map(|w| lexicon.intern(w)).collect();
        let text = "秘密情報とは、秘密の情報をいう。Foo Ltd.は、損害を賠償する。情報";
        let occurrences = lexicon.scanner().scan(&lexicon, text);
        for (word, id) in words.iter().zip(ids) {
            let expected: Vec<u32> = text.match_indices(word).map(|(at, _)| at as u32).collect();
            assert_eq!(occurrences.of(id), expected, "{word}");
        }
    }

    #[test]
    fn words_at_the_very_end_are_found() {
        let mut lexicon = Lexicon::default();
        let id = lexicon.intern("裁判所");
        assert_eq!(lexicon.scanner().scan(&lexicon, "地方裁判所").of(id), [6]);
        assert_eq!(lexicon.scanner().scan(&lexicon, "所").of(id), [] as [u32; 0]);
    }
}
