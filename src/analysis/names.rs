//! Looking for many names in one pass, where they are known only from the contract itself. (What rules look for is in the lexicon.)

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// Texts below so many bytes are read sooner than the fastest automaton is built.
const SHORT: usize = 200_000;

/// An automaton that finds names in a text, by their places; `None` where there are none.
pub fn automaton<N: AsRef<[u8]>>(
    names: impl IntoIterator<Item = N>,
    matches: MatchKind,
    text: &str,
) -> Option<AhoCorasick> {
    let mut names = names.into_iter().peekable();
    names.peek()?;
    let kind = (text.len() < SHORT).then_some(AhoCorasickKind::ContiguousNFA);
    AhoCorasick::builder().kind(kind).match_kind(matches).build(names).ok()
}
