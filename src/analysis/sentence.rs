//! Where sentences begin and end.

use std::ops::Range;

use crate::marks::Marks;

/// How many bytes a sentence has at most: whoever looks at the sentence around every place then takes linear time on any text.
const LONGEST: usize = 6_000;

/// The sentences of a flow, in order. 「。」 ends one outside of brackets; the end of a line ends one always.
#[derive(Debug, Default)]
pub struct Sentences {
    ends: Vec<u32>,
}

impl Sentences {
    /// Finds the sentences of a flow.
    pub fn of(marks: &Marks) -> Sentences {
        let flow = marks.text();
        let mut sentences = Sentences::default();
        let mut depth = 0u32;
        for (at, character) in marks.within(0..flow.len()) {
            if sentences.cut(flow, at) {
                depth = 0;
            }
            match character {
                '\n' => {
                    depth = 0;
                    sentences.ends.push(at as u32 + 1);
                }
                '。' if depth == 0 => sentences.ends.push((at + '。'.len_utf8()) as u32),
                '「' | '『' | '（' => depth += 1,
                '」' | '』' | '）' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        sentences.cut(flow, flow.len().saturating_sub(1));
        if sentences.end() < flow.len() {
            sentences.ends.push(flow.len() as u32);
        }
        sentences
    }

    /// Where the last sentence ends that was found.
    fn end(&self) -> usize {
        self.ends.last().map_or(0, |end| *end as usize)
    }

    /// Ends sentences that have become too long before a place; whether there were any.
    fn cut(&mut self, flow: &str, at: usize) -> bool {
        let mut any = false;
        while at >= self.end() + LONGEST {
            let end = (self.end() + LONGEST..).find(|end| flow.is_char_boundary(*end)).expect("the end is one");
            if end > at {
                break;
            }
            self.ends.push(end as u32);
            any = true;
        }
        any
    }

    /// The sentence in which a place of the flow lies.
    pub fn at(&self, place: usize) -> Range<usize> {
        let index = self.ends.partition_point(|end| *end as usize <= place);
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        start..self.ends.get(index).map_or(start, |end| *end as usize).max(start)
    }

    /// What stands behind a range in the sentence in which it begins; nothing where a sentence that is too long was cut inside of the range.
    pub fn behind(&self, range: &Range<usize>) -> Range<usize> {
        range.end..self.at(range.start).end.max(range.end)
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
        let sentences = Sentences::of(&Marks::of(flow));
        let texts: Vec<&str> = sentences.iter().map(|range| &flow[range]).collect();
        assert_eq!(
            texts,
            ["甲は、乙（以下「乙」という。）に払う。", "ただし、次を除く。", "\n", "一 金（銭\n", "二 物"]
        );
        let place = flow.find("除く").unwrap();
        assert_eq!(&flow[sentences.at(place)], "ただし、次を除く。");
        assert_eq!(Sentences::of(&Marks::of("")).at(0), 0..0);
        let endless = "甲、".repeat(10_000);
        assert!(
            Sentences::of(&Marks::of(&endless))
                .iter()
                .all(|range| range.len() <= LONGEST + 3 && endless.is_char_boundary(range.end))
        );
    }
}
