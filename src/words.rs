//! Finding many words in one pass.
//!
//! All words that any rule looks for are in one [`Lexicon`]. A contract is scanned once; [`Occurrences`] then answers where each word
//! stands. A word is found by the hash of its first bytes in a small bit set that stays in the processor's nearest cache, so a scan costs
//! a few nanoseconds for each character, however many words there are.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

use crate::bit_set::BitSet;
use crate::change::Change;

/// The place of a word in its lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub(crate) u32);

/// A set of words to look for.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// All words, one behind the other.
    pub text: Cow<'static, str>,
    /// Where each word ends.
    pub ends: Cow<'static, [u32]>,
    /// The words by themselves; made when the first word is added.
    ids: HashMap<Box<str>, WordId>,
}

impl Lexicon {
    /// The words of a table.
    pub fn new(text: &'static str, ends: Cow<'static, [u32]>) -> Lexicon {
        Lexicon { text: text.into(), ends, ids: HashMap::new() }
    }

    /// Adds a word, or finds it again. Words of fewer than [`SHORTEST`] bytes are never found by a scan.
    pub fn intern(&mut self, word: &str) -> WordId {
        if self.ids.len() < self.ends.len() {
            self.ids = self.ids().map(|id| (self.word(id).into(), id)).collect();
        }
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = WordId(self.ends.len() as u32);
        self.text.to_mut().push_str(word);
        self.ends.to_mut().push(self.text.len() as u32);
        self.ids.insert(word.into(), id);
        id
    }

    /// A word.
    pub fn word(&self, id: WordId) -> &str {
        &self.text[self.range(id)]
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// How many bytes the longest word has.
    fn longest(&self) -> usize {
        self.ids().map(|id| self.range(id).len()).max().unwrap_or(0)
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
        self.scanner_of(|_| true)
    }

    /// Makes some of the words ready for scanning.
    pub fn scanner_of(&self, wanted: impl Fn(WordId) -> bool) -> Scanner {
        Scanner::new(self, self.ids().filter(|id| wanted(*id)))
    }

    fn ids(&self) -> impl Iterator<Item = WordId> + use<> {
        (0..self.ends.len() as u32).map(WordId)
    }
}

/// How many bytes of a word are hashed: three kanji or kana, or, for words shorter than that, two or one.
const LENGTHS: [usize; 3] = [9, 6, SHORTEST];

/// Words of fewer bytes are not found.
pub const SHORTEST: usize = 3;

/// How many bits a hash has at the most: a bit set of so many stays in the cache.
const MOST_BITS: u32 = 17;

/// A lexicon made ready for scanning.
#[derive(Debug)]
pub struct Scanner {
    /// The hashes of the first six bytes of words: in most places of a text no word of two characters begins.
    pub begins: BitSet,
    /// The words of at least nine, six and three bytes.
    pub tables: [Table; 3],
}

/// Words by the hash of their first bytes.
#[derive(Debug)]
pub struct Table {
    /// The hashes.
    pub hashes: BitSet,
    /// Where the words of each hash begin in `words`, and where the last end.
    pub starts: Cow<'static, [u32]>,
    /// The words by their hashes; those of one hash in the order of their bytes.
    pub entries: Cow<'static, [Entry]>,
}

/// A word of a table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its first sixteen bytes, the first one highest; what it does not have is zero.
    pub first: u128,
    /// The word.
    pub word: u32,
    /// How many bytes it has.
    pub length: u32,
    /// The place of the longest word with which it begins, or `u32::MAX` where there is none.
    pub prefix: u32,
}

/// No place.
const NONE: u32 = u32::MAX;

/// How many words are sooner tried one after the other than searched.
const FEW: usize = 4;

/// A place of a text.
struct Place<'t> {
    /// The first sixteen bytes there, the first one highest; behind the text are zeros.
    first: u128,
    rest: &'t [u8],
}

impl<'t> Place<'t> {
    #[inline]
    fn of(text: &'t [u8], at: usize) -> Place<'t> {
        let rest = &text[at..];
        let first = rest.first_chunk().copied().unwrap_or_else(|| {
            let mut first = [0; 16];
            first[..rest.len()].copy_from_slice(rest);
            first
        });
        Place { first: u128::from_be_bytes(first), rest }
    }

    /// Whether a word stands here.
    #[inline]
    fn has(&self, entry: &Entry, lexicon: &Lexicon) -> bool {
        match entry.length {
            length @ ..=16 => (entry.first ^ self.first) >> (128 - 8 * length) == 0,
            _ => entry.first == self.first && self.rest.starts_with(lexicon.bytes(WordId(entry.word))),
        }
    }

    /// Whether a word comes before what stands here, or stands here.
    fn is_reached_by(&self, entry: &Entry, lexicon: &Lexicon) -> bool {
        match entry.first.cmp(&self.first) {
            Ordering::Equal if entry.length > 16 => lexicon.bytes(WordId(entry.word)) <= self.rest,
            order => order.is_le(),
        }
    }
}

impl Table {
    fn new(lexicon: &Lexicon, words: Vec<(u64, u32)>) -> Table {
        let bytes = |word: u32| lexicon.bytes(WordId(word));
        let bits = bits_for(words.len());
        let mut words: Vec<(u32, u32)> = words.into_iter().map(|(hash, word)| (cut(hash, bits), word)).collect();
        words.sort_unstable_by_key(|&(hash, word)| (hash, bytes(word)));
        let hashes = BitSet::of(words.iter().map(|&(hash, _)| hash), 1 << bits);
        let (mut starts, mut entries) = (Vec::new(), Vec::new());
        let mut begun: Vec<usize> = Vec::new();
        for (place, &(hash, word)) in words.iter().enumerate() {
            if place.checked_sub(1).is_none_or(|before| words[before].0 != hash) {
                starts.push(place as u32);
                begun.clear();
            }
            while begun.last().is_some_and(|&before| !bytes(word).starts_with(bytes(words[before].1))) {
                begun.pop();
            }
            let prefix = begun.last().map_or(NONE, |&before| before as u32);
            let (first, length) = (Place::of(bytes(word), 0).first, bytes(word).len() as u32);
            entries.push(Entry { first, word, length, prefix });
            begun.push(place);
        }
        starts.push(entries.len() as u32);
        Table { hashes, starts: starts.into(), entries: entries.into() }
    }

    /// Adds the words that stand at a place and have this hash, the longest first. The hash has to be present.
    fn find(&self, lexicon: &Lexicon, hash: u32, text: &[u8], at: usize, found: &mut Vec<(u32, u32)>) {
        let entries = &*self.entries;
        let bucket = self.hashes.rank(hash);
        let (start, end) = (self.starts[bucket] as usize, self.starts[bucket + 1] as usize);
        let here = Place::of(text, at);
        let mut place = if end - start <= FEW {
            end
        } else {
            // All words that stand there are the beginnings of the last word that does not come behind the text.
            start + entries[start..end].partition_point(|entry| here.is_reached_by(entry, lexicon))
        };
        while place > start && !here.has(&entries[place - 1], lexicon) {
            place = match entries[place - 1].prefix {
                _ if end - start <= FEW => place - 1,
                NONE => return,
                before => before as usize + 1,
            };
        }
        let mut longest = if place > start { place as u32 - 1 } else { NONE };
        while longest != NONE {
            let entry = &entries[longest as usize];
            found.push((entry.word, at as u32));
            longest = entry.prefix;
        }
    }
}

/// How many bits hashes have in a set of so many words: sixteen for each word leave little to chance.
fn bits_for(words: usize) -> u32 {
    (words.max(2).ilog2() + 5).min(MOST_BITS)
}

#[inline]
fn hash(bytes: u64) -> u64 {
    bytes.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The first bits of a hash.
#[inline]
fn cut(hash: u64, bits: u32) -> u32 {
    (hash >> (64 - bits)) as u32
}

/// The first eight bytes at a place of a text; behind the text are zeros.
#[inline]
fn eight_bytes(text: &[u8], at: usize) -> u64 {
    let rest = &text[at..];
    match rest.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => rest.iter().rev().fold(0, |eight, &byte| eight << 8 | u64::from(byte)),
    }
}

/// The hash of the first three of eight bytes.
#[inline]
fn short_hash(eight: u64) -> u64 {
    hash(eight & 0xFF_FFFF)
}

/// The hash of the first six of eight bytes.
#[inline]
fn middle_hash(eight: u64) -> u64 {
    hash(eight & 0xFFFF_FFFF_FFFF)
}

/// The hash of the first nine bytes at a place of a text, of which the first eight are known.
#[inline]
fn long_hash(text: &[u8], at: usize, eight: u64) -> u64 {
    let ninth = u64::from(text.get(at + 8).copied().unwrap_or(0));
    hash(eight ^ ninth.wrapping_mul(0xC2B2_AE3D_27D4_EB4F))
}

/// How many bytes a character has that begins with a byte.
#[inline]
pub(crate) const fn utf8_length(first: u8) -> usize {
    match first {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    }
}

impl Scanner {
    fn new(lexicon: &Lexicon, ids: impl Iterator<Item = WordId>) -> Scanner {
        let mut entries: [Vec<(u64, u32)>; 3] = Default::default();
        let mut beginnings: Vec<u64> = Vec::new();
        for id in ids {
            let bytes = lexicon.bytes(id);
            if let Some(table) = LENGTHS.iter().position(|&length| bytes.len() >= length) {
                let eight = eight_bytes(bytes, 0);
                let middle = middle_hash(eight);
                let hashes = [long_hash(bytes, 0, eight), middle, short_hash(eight)];
                entries[table].push((hashes[table], id.0));
                if bytes.len() >= LENGTHS[1] {
                    beginnings.push(middle);
                }
            }
        }
        beginnings.sort_unstable();
        beginnings.dedup();
        let bits = bits_for(beginnings.len());
        let begins = BitSet::of(beginnings.into_iter().map(|hash| cut(hash, bits)), 1 << bits);
        Scanner { begins, tables: entries.map(|entries| Table::new(lexicon, entries)) }
    }

    /// Finds every occurrence of every word of the lexicon that has at least three bytes, also where they overlap.
    pub fn scan(&self, lexicon: &Lexicon, text: &str) -> Occurrences {
        Occurrences::new(self.find(lexicon, text, 0..text.len()), lexicon.len())
    }

    /// What [`Scanner::scan`] finds in a text of which an earlier version was scanned: only words that begin in what has changed, or reach
    /// into it, are looked for.
    pub fn scan_again(&self, lexicon: &Lexicon, text: &str, earlier: &str, known: &Occurrences) -> Occurrences {
        let change = Change::between(earlier, text).widened(earlier, lexicon.longest());
        known.changed(&change, self.find(lexicon, text, change.start..change.end))
    }

    /// The words that begin in a range of a text, with their places, in the order of the text.
    fn find(&self, lexicon: &Lexicon, text: &str, range: Range<usize>) -> Vec<(u32, u32)> {
        let text = text.as_bytes();
        let mut found: Vec<(u32, u32)> = Vec::new();
        let [long, middle, short] = &self.tables;
        let (bits, begins) = (self.begins.width(), self.begins.contains());
        let [in_long, in_middle, in_short] = self.tables.each_ref().map(|table| table.hashes.contains());
        let [long_bits, middle_bits, short_bits] = self.tables.each_ref().map(|table| table.hashes.width());
        let mut next = range.start;
        while next < range.end {
            let at = next;
            let eight = eight_bytes(text, at);
            // Inside a character nothing begins.
            next += utf8_length(text[at]);
            let hash = middle_hash(eight);
            if begins(cut(hash, bits)) {
                let long_hash = cut(long_hash(text, at, eight), long_bits);
                if in_long(long_hash) {
                    long.find(lexicon, long_hash, text, at, &mut found);
                }
                let hash = cut(hash, middle_bits);
                if in_middle(hash) {
                    middle.find(lexicon, hash, text, at, &mut found);
                }
            }
            let hash = cut(short_hash(eight), short_bits);
            if in_short(hash) {
                short.find(lexicon, hash, text, at, &mut found);
            }
        }
        found
    }
}

/// Where the words of a lexicon stand in a text.
#[derive(Debug)]
pub struct Occurrences {
    /// Of each word, its number among those that stand somewhere, from 1; 0 for most words, which stand nowhere.
    numbers: Vec<u32>,
    /// Where the places of each of them end in `places`, by their numbers; those of the first begin at 0.
    ends: Vec<u32>,
    places: Vec<u32>,
}

impl Occurrences {
    /// What was found in the order of the text.
    fn new(found: Vec<(u32, u32)>, words: usize) -> Occurrences {
        let mut numbers = vec![0u32; words];
        // How often each stands first; then where the next of its places goes, which is where they end when all are there.
        let mut ends = vec![0u32];
        for (word, _) in &found {
            let number = &mut numbers[*word as usize];
            if *number == 0 {
                *number = ends.len() as u32;
                ends.push(0);
            }
            ends[*number as usize] += 1;
        }
        let mut start = 0;
        for end in &mut ends {
            start += std::mem::replace(end, start);
        }
        let mut places = vec![0; found.len()];
        for (word, at) in found {
            let next = &mut ends[numbers[word as usize] as usize];
            places[*next as usize] = at;
            *next += 1;
        }
        Occurrences { numbers, ends, places }
    }

    /// The same where the text has changed in one place, in which these words, in the order of the text, begin now.
    fn changed(&self, change: &Change, mut found: Vec<(u32, u32)>) -> Occurrences {
        found.sort_by_key(|&(word, _)| word);
        let mut found = found.into_iter().peekable();
        let mut numbers = vec![0u32; self.numbers.len()];
        let (mut ends, mut places) = (vec![0u32], Vec::with_capacity(self.places.len() + found.len()));
        for word in 0..self.numbers.len() as u32 {
            let before = self.within(WordId(word), &(0..change.start));
            let behind = self.of_from(WordId(word), change.earlier_end);
            places.extend_from_slice(before);
            places.extend(std::iter::from_fn(|| found.next_if(|&(of, _)| of == word)).map(|(_, at)| at));
            places.extend(behind.iter().map(|&at| (i64::from(at) + change.moved()) as u32));
            if ends.last().is_some_and(|&end| (end as usize) < places.len()) {
                numbers[word as usize] = ends.len() as u32;
                ends.push(places.len() as u32);
            }
        }
        Occurrences { numbers, ends, places }
    }

    /// The places of a word, as byte offsets in order.
    #[inline]
    pub fn of(&self, word: WordId) -> &[u32] {
        match self.numbers[word.0 as usize] as usize {
            0 => &[],
            number => &self.places[self.ends[number - 1] as usize..self.ends[number] as usize],
        }
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

    /// Any edit of a text leaves the occurrences that a scan of it finds.
    #[test]
    fn what_is_known_of_an_earlier_text_is_taken_over() {
        let mut lexicon = Lexicon::default();
        for word in ["秘密情報", "秘密", "情報", "報", "損害を賠償する義務", "害を"] {
            lexicon.intern(word);
        }
        let scanner = lexicon.scanner();
        let pieces = ["秘密", "情報", "損害を賠償", "する義務", "報", "、", "秘", "害", ""];
        let mut text: String = pieces.repeat(8).concat();
        let mut known = scanner.scan(&lexicon, &text);
        let mut seed = 7usize;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for _ in 0..2_000 {
            let characters: Vec<char> = text.chars().collect();
            let from = random(characters.len() + 1);
            let to = (from + random(4)).min(characters.len());
            let (front, rest) = (&characters[..from], &characters[to..]);
            let changed: String =
                front.iter().copied().chain(pieces[random(9)].chars()).chain(rest.iter().copied()).collect();
            known = scanner.scan_again(&lexicon, &changed, &text, &known);
            let again = scanner.scan(&lexicon, &changed);
            assert!(lexicon.ids().all(|word| known.of(word) == again.of(word)), "{text} -> {changed}");
            text = changed;
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
