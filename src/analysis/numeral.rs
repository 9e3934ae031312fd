//! Every number of the text, found in one pass: the ground on which dates, periods and amounts stand.

use std::ops::Range;

use crate::marks::Marks;
use crate::number;

/// A whole number in the flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// The digits, as a range of the flow: 「1,000」, 「十二」, 「3百万」.
    pub flow: Range<usize>,
    /// What they mean.
    pub value: u64,
    /// How they are written.
    pub writing: Writing,
    /// Whether commas stand where thousands end (true where there are none).
    pub grouped: bool,
}

/// In which characters a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// With Arabic digits: 1,000、3百万.
    Figures,
    /// In kanji only, 大字 included: 三百万、参百萬.
    Kanji,
}

/// Finds the numbers of a flow. Decimals (14.6) are none, nor are numbers that are part of a word in Latin letters (ISO9001).
pub fn numerals(marks: &Marks) -> Vec<Numeral> {
    let mut found = Vec::new();
    let flow = marks.text();
    let mut at = 0;
    for (start, _) in marks.within(0..flow.len()).filter(|(_, character)| begins(*character)) {
        // What stands behind the point of a decimal belongs to it.
        if start < at {
            continue;
        }
        let end = start + run(&flow[start..]);
        at = end;
        if let Some(fraction) =
            flow[end..].strip_prefix('.').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        {
            // 14.6, 192.168.0.1, 1.5億
            let more = fraction.find(|c: char| !belongs(c) && c != '.').unwrap_or(fraction.len());
            at = end + 1 + more;
            continue;
        }
        let written = &flow[start..end];
        // 2026年〇月〇日 is a blank to fill in.
        if written.chars().all(|c| c == '〇') {
            continue;
        }
        if written == "元" {
            // 令和元年
            if flow[end..].starts_with('年') && flow[..start].ends_with(['和', '成', '正', '治']) {
                found.push(Numeral { flow: start..end, value: 1, writing: Writing::Kanji, grouped: true });
            }
            continue;
        }
        let latin = |c: char| c.is_ascii_alphabetic() || c == '.';
        if flow[..start].ends_with(|c: char| latin(c) && c != 'T')
            || flow[end..].starts_with(|c: char| c.is_ascii_alphabetic())
        {
            continue;
        }
        let Some(value) = number::parse_integer(written) else { continue };
        let figures = written.contains(|c: char| c.is_ascii_digit());
        let writing = if figures { Writing::Figures } else { Writing::Kanji };
        found.push(Numeral { flow: start..end, value, writing, grouped: grouped(written) });
    }
    found
}

fn begins(character: char) -> bool {
    character != ',' && belongs(character) && !matches!(character, '万' | '萬' | '億' | '兆') || character == '元'
}

fn belongs(character: char) -> bool {
    matches!(character, '0'..='9' | ',') || number::is_number_kanji(character)
}

/// The length of the number at the beginning of a text. A comma belongs to it only between digits.
fn run(text: &str) -> usize {
    if text.starts_with('元') {
        return '元'.len_utf8();
    }
    let end = text.find(|c: char| !belongs(c)).unwrap_or(text.len());
    text[..end].trim_end_matches(',').len()
}

/// Whether every comma has three digits behind it and at most three before the first.
fn grouped(written: &str) -> bool {
    let figures = written.split(|c: char| !c.is_ascii_digit() && c != ',').filter(|part| part.contains(','));
    figures.into_iter().all(|part| {
        let mut groups = part.split(',');
        (1..=3).contains(&groups.next().map_or(0, str::len)) && groups.all(|group| group.len() == 3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(flow: &str) -> Vec<(u64, bool)> {
        numerals(&Marks::of(flow)).into_iter().map(|n| (n.value, n.grouped)).collect()
    }

    #[test]
    fn numbers_in_every_writing() {
        assert_eq!(
            values("金1,200,000円と金参百萬円、3百万円"),
            [(1_200_000, true), (3_000_000, true), (3_000_000, true)]
        );
        assert_eq!(values("令和元年、元本、二〇二六年"), [(1, true), (2026, true)]);
        assert_eq!(values("金1,0000円、10,00円"), [(10_000, false), (1_000, false)]);
    }

    #[test]
    fn decimals_and_codes_are_no_numbers() {
        assert_eq!(values("年14.6%、ISO9001、192.168.0.1、1.5億円、v2.0"), []);
        assert_eq!(values("5,6日"), [(56, false)]);
    }
}
