//! From one date to another: 「2026年4月1日から2027年3月31日までの1年間」.

use std::ops::Range;

use super::super::numeral::Numeral;
use super::super::period::Period;
use super::DateMention;
use crate::date::Date;
use crate::text::starts_with_any;

/// 「…から…まで」 between two dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateRange {
    /// The first date: an index into the mentions.
    pub start: usize,
    /// The last date.
    pub end: usize,
    /// The whole words, as a range of the flow.
    pub flow: Range<usize>,
    /// The length that is written behind it, or directly before.
    pub length: Option<Period>,
    /// The year of the last date where only 同年 or 翌年 is written.
    pub end_year: Option<i32>,
}

impl DateRange {
    /// The last day, where it can be told.
    pub fn last(&self, mentions: &[DateMention]) -> Option<Date> {
        let end = &mentions[self.end];
        Date::new(self.end_year.or(end.year)?, end.month?, end.day?)
    }
}

/// Finds the ranges between neighbouring dates.
pub(super) fn ranges(flow: &str, mentions: &[DateMention], numerals: &[Numeral]) -> Vec<DateRange> {
    let mut found = Vec::new();
    for (start, pair) in mentions.windows(2).enumerate() {
        let (first, last) = (&pair[0], &pair[1]);
        if let Some((length, end)) = length_between(flow, first, last, numerals) {
            let flow = first.flow.start..end;
            found.push(DateRange { start, end: start + 1, flow, length: Some(length), end_year: None });
            continue;
        }
        let Some(years) = joined(flow, first, last) else { continue };
        let end_year = years.and_then(|years| Some(first.year? + years));
        let until =
            [last.end(), behind_bracket(flow, last.end())].into_iter().find(|at| flow[*at..].starts_with("まで"));
        let end = until.map_or(last.end(), |at| at + "まで".len());
        let length = length(flow, end, until.is_some(), numerals)
            .or_else(|| length_before(flow, first.flow.start, numerals).filter(|_| until.is_some()));
        found.push(DateRange { start, end: start + 1, flow: first.flow.start..end, length, end_year });
    }
    found
}

/// The length of 「2026年4月1日から1年間（2027年3月31日まで）」, with the end of the words.
fn length_between(
    flow: &str,
    first: &DateMention,
    last: &DateMention,
    numerals: &[Numeral],
) -> Option<(Period, usize)> {
    let between = behind_bracket(flow, first.end());
    // 「契約締結日（2026年4月1日）から」
    let between = between + if flow[between..].starts_with('）') { "）".len() } else { 0 };
    let words = flow.get(between..last.flow.start)?.strip_prefix("から")?;
    let period = period_at(flow, between + "から".len(), numerals)?;
    let joint = words.get(period.flow.len()..)?;
    let until = flow[last.end()..].starts_with("まで");
    (until && matches!(joint, "（" | "、" | "、すなわち")).then(|| (period, last.end() + "まで".len()))
}

/// The length of 「期間は、1年間とし、2026年4月1日から…」.
fn length_before(flow: &str, at: usize, numerals: &[Numeral]) -> Option<Period> {
    let before = ["とし、", "とし"].iter().find_map(|joint| flow[..at].strip_suffix(joint))?;
    let index = numerals.partition_point(|numeral| numeral.flow.end <= before.len()).checked_sub(1)?;
    let period = Period::at(flow, &numerals[index])?;
    let named = ["期間は", "期間は、", "期間は満", "期間は、満"];
    (period.flow.end == before.len() && named.iter().any(|name| flow[..period.flow.start].ends_with(name)))
        .then_some(period)
}

/// The period that begins at a place.
fn period_at(flow: &str, at: usize, numerals: &[Numeral]) -> Option<Period> {
    let index = numerals.partition_point(|numeral| numeral.flow.start < at);
    Period::at(flow, numerals.get(index).filter(|numeral| numeral.flow.start == at)?)
}

/// Whether one date leads to the other; with the years between, where the second says 同年 or 翌年.
fn joined(flow: &str, first: &DateMention, last: &DateMention) -> Option<Option<i32>> {
    const JOINTS: [&str; 9] = ["から", "より", "〜", "~", "-", "―", "－", "–", "—"];
    let between = behind_bracket(flow, first.end());
    let mut words = flow.get(between..last.flow.start)?;
    let from_to = flow[..first.flow.start].ends_with('自') && words.trim_start_matches('、') == "至";
    if from_to {
        return Some(None);
    }
    words = JOINTS.iter().find_map(|joint| words.strip_prefix(joint))?;
    match words.trim_matches(' ') {
        "" => Some(None),
        "同年" | "同" => Some(Some(0)),
        "翌年" => Some(Some(1)),
        "翌々年" => Some(Some(2)),
        _ => None,
    }
}

/// Behind the bracket that begins at a place: 「（以下「開始日」という。）」.
fn behind_bracket(flow: &str, at: usize) -> usize {
    if !flow[at..].starts_with('（') {
        return at;
    }
    let close = flow[at..].char_indices().take(60).find(|(_, c)| matches!(c, '）' | '\n'));
    close.filter(|(_, c)| *c == '）').map_or(at, |(i, c)| at + i + c.len_utf8())
}

/// The length of the range, written behind it: 「までの1年間」「（1年間）」「まで2年間とし」.
fn length(flow: &str, at: usize, until: bool, numerals: &[Numeral]) -> Option<Period> {
    let rest = &flow[at..];
    let skip = if until {
        ["の満", "の", "、", "（", ""].into_iter().find(|word| rest.starts_with(word))?
    } else {
        ["の", "（"].into_iter().find(|word| rest.starts_with(word))?
    };
    let start = at + skip.len();
    let period = period_at(flow, start, numerals)?;
    let behind = &flow[period.flow.end..];
    let whole = flow[period.flow.clone()].ends_with('間')
        || starts_with_any(behind, &["と", "）", "。", "、", "\n"])
        || behind.is_empty();
    (whole && !behind.starts_with("以") && !behind.starts_with("の間に")).then_some(period)
}

#[cfg(test)]
mod tests {
    use super::super::super::numeral::numerals;
    use super::super::Dates;

    fn lengths(flow: &str) -> Vec<Option<u32>> {
        let dates = Dates::of(flow, &numerals(&crate::marks::Marks::of(flow)));
        dates.ranges.iter().map(|range| range.length.as_ref().map(|period| period.count)).collect()
    }

    #[test]
    fn ranges_and_their_lengths() {
        assert_eq!(lengths("2026年4月1日から2027年3月31日までの1年間とする。"), [Some(1)]);
        assert_eq!(lengths("2026年4月1日（以下「開始日」という。）から同年9月30日まで（6か月間）"), [Some(6)]);
        assert_eq!(lengths("自2026年4月1日至2028年3月31日"), [None]);
        assert_eq!(lengths("2026年4月1日〜2027年3月31日（1年間）"), [Some(1)]);
        assert_eq!(lengths("2026年4月1日から1年間（2027年3月31日まで）"), [Some(1)]);
        assert_eq!(lengths("2026年4月1日から2027年3月31日までの3日以上"), [None]);
    }

    #[test]
    fn two_dates_that_are_no_range() {
        assert_eq!(lengths("2026年4月1日から施行する。2027年3月31日まで"), []);
        assert_eq!(lengths("2026年4月1日及び2027年3月31日、2026年4月1日から、2025年3月31日までに"), []);
    }
}
