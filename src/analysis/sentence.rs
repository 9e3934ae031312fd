//! Where sentences begin and end.

use std::ops::Range;

/// How many bytes a sentence has at most: whoever looks at the sentence around every place then takes linear time on any text.
const LONGEST: usize = 6_000;

/// The sentences of a flow, in order. 「。」 ends one outside of brackets; the end of a line ends one always.
#[derive(Debug, Default)]
pub struct Sentences {
    ends: Vec<u32>,
}

impl Sentences {
    /// Finds the sentences of a flow.
    pub fn of(flow: &str) -> Sentences {
        let mut ends = Vec::new();
        let mut depth = 0u32;
        let bytes = flow.as_bytes();
        let mut at = 0;
        let mut start = 0;
        // 。「」（） are E3 80 xx and EF BC xx; everything else is passed over by its length.
        while at < bytes.len() {
            if let Some(end) = ends.last().filter(|end| **end as usize > start) {
                start = *end as usize;
            }
            if at - start >= LONGEST {
                ends.push(at as u32);
                depth = 0;
            }
            match bytes[at] {
                b'\n' => {
                    depth = 0;
                    at += 1;
                    ends.push(at as u32);
                }
                0xE3 if bytes[at + 1] == 0x80 => {
                    match bytes[at + 2] {
                        0x82 if depth == 0 => ends.push(at as u32 + 3),
                        0x8C | 0x8E => depth += 1,
                        0x8D | 0x8F => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    at += 3;
                }
                0xEF if bytes[at + 1] == 0xBC => {
                    match bytes[at + 2] {
                        0x88 => depth += 1,
                        0x89 => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    at += 3;
                }
                byte => at += if byte < 0x80 { 1 } else { (byte.leading_ones() as usize).max(1) },
            }
        }
        if ends.last().is_none_or(|end| (*end as usize) < flow.len()) {
            ends.push(flow.len() as u32);
        }
        Sentences { ends }
    }

    /// The sentence in which a place of the flow lies.
    pub fn at(&self, place: usize) -> Range<usize> {
        let index = self.ends.partition_point(|end| *end as usize <= place);
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        start..self.ends.get(index).map_or(start, |end| *end as usize).max(start)
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.ends.iter().scan(0, |start, &end| {
            let range = *start..end as usize;
            *start = end as usize;
            Some(range)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_do_not_end_a_sentence_and_lines_do() {
        let flow = "甲は、乙（以下「乙」という。）に払う。ただし、次を除く。\n一 金（銭\n二 物";
        let sentences = Sentences::of(flow);
        let texts: Vec<&str> = sentences.iter().map(|range| &flow[range]).collect();
        assert_eq!(
            texts,
            ["甲は、乙（以下「乙」という。）に払う。", "ただし、次を除く。", "\n", "一 金（銭\n", "二 物"]
        );
        let place = flow.find("除く").unwrap();
        assert_eq!(&flow[sentences.at(place)], "ただし、次を除く。");
        assert_eq!(Sentences::of("").at(0), 0..0);
        let endless = "甲、".repeat(10_000);
        assert!(
            Sentences::of(&endless)
                .iter()
                .all(|range| range.len() <= LONGEST + 3 && endless.is_char_boundary(range.end))
        );
    }
}
