//! What differs between two versions of a text: an editor changes a text in one place, and what is known of the rest is taken over.

/// The place in which two texts differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where it begins, in bytes: all before is the same. A boundary of characters.
    pub start: usize,
    /// Where it ends in the earlier text: all behind is the same. A boundary of characters, not before `start`.
    pub earlier_end: usize,
    /// Where it ends in the later text. A boundary of characters, not before `start`.
    pub end: usize,
}

impl Change {
    /// What has become of an earlier text.
    pub fn between(earlier: &str, later: &str) -> Change {
        let (old, new) = (earlier.as_bytes(), later.as_bytes());
        let start = boundary_until(earlier, same_at_front(old, new));
        let behind = same_at_end(&old[start..], &new[start..]);
        let mut ends = earlier.len() - behind..=earlier.len();
        let earlier_end = ends.find(|&at| earlier.is_char_boundary(at)).unwrap_or(earlier.len());
        Change { start, earlier_end, end: later.len() - (earlier.len() - earlier_end) }
    }

    /// The change as it looks to what reaches so many bytes ahead: it begins that much before, in the earlier text and in the later one.
    pub fn widened(self, earlier: &str, bytes: usize) -> Change {
        Change { start: boundary_until(earlier, self.start.saturating_sub(bytes)), ..self }
    }

    /// By how many bytes what stands behind has moved towards the end.
    pub fn moved(&self) -> i64 {
        self.end as i64 - self.earlier_end as i64
    }
}

/// The last boundary of characters until a byte.
fn boundary_until(text: &str, byte: usize) -> usize {
    (0..=byte).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// How many bytes are compared at once.
const BLOCK: usize = 64;

/// How many bytes are the same at the front.
fn same_at_front(one: &[u8], other: &[u8]) -> usize {
    let blocks = one.chunks_exact(BLOCK).zip(other.chunks_exact(BLOCK)).take_while(|(a, b)| a == b).count() * BLOCK;
    blocks + one[blocks..].iter().zip(&other[blocks..]).take_while(|(a, b)| a == b).count()
}

/// How many bytes are the same at the end.
fn same_at_end(one: &[u8], other: &[u8]) -> usize {
    let blocks = one.rchunks_exact(BLOCK).zip(other.rchunks_exact(BLOCK)).take_while(|(a, b)| a == b).count() * BLOCK;
    let (one, other) = (&one[..one.len() - blocks], &other[..other.len() - blocks]);
    blocks + one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The three parts of both texts.
    fn parts<'a>(earlier: &'a str, later: &'a str) -> [&'a str; 4] {
        let change = Change::between(earlier, later);
        assert_eq!(earlier[..change.start], later[..change.start]);
        assert_eq!(earlier[change.earlier_end..], later[change.end..]);
        assert_eq!(change.moved(), later.len() as i64 - earlier.len() as i64);
        let [then, now] = [&earlier[change.start..change.earlier_end], &later[change.start..change.end]];
        [&earlier[..change.start], then, now, &later[change.end..]]
    }

    #[test]
    fn a_change_lies_between_what_is_the_same() {
        assert_eq!(parts("甲は乙に", "甲が乙に"), ["甲", "は", "が", "乙に"]);
        assert_eq!(parts("甲は", "甲は、"), ["甲は", "", "、", ""]);
        assert_eq!(parts("甲甲", "甲甲甲"), ["甲甲", "", "甲", ""]);
        assert_eq!(parts("第1条第1条", "第1条"), ["第1条", "第1条", "", ""]);
        assert_eq!(parts("甲", "甲"), ["甲", "", "", ""]);
        assert_eq!(parts("", "甲"), ["", "", "甲", ""]);
    }

    #[test]
    fn long_texts_are_compared_in_blocks() {
        let long = "第1条の規定により、".repeat(40);
        for at in (0..long.len()).filter(|&at| long.is_char_boundary(at)) {
            let (before, behind) = long.split_at(at);
            assert_eq!(parts(&long, &format!("{before}★{behind}")), [before, "", "★", behind]);
        }
    }

    /// 、 (E3 80 81), 。 (E3 80 82) and 〱 (E3 80 B1) share bytes.
    #[test]
    fn characters_are_not_cut() {
        assert_eq!(parts("甲、乙", "甲。乙"), ["甲", "、", "。", "乙"]);
        assert_eq!(parts("あ\u{E081}", "あ\u{2081}"), ["あ", "\u{E081}", "\u{2081}", ""]);
    }
}
