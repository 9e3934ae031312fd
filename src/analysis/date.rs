//! Dates as they are written: 2026年4月1日, 令和八年四月一日, 令和8年（2026年）4月, 2026/04/01（水）, 4月1日.

mod range;

use std::ops::Range;

use super::numeral::Numeral;
use crate::date::{Date, Era};
use crate::text::ends_with_any;

pub use range::DateRange;

/// A date in the flow, whole or with parts left out. Blanks (令和○年○月○日) are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateMention {
    /// Its words without the weekday, as a range of the flow.
    pub flow: Range<usize>,
    /// The year of the Gregorian calendar.
    pub year: Option<i32>,
    /// The era and its year, where it is so written.
    pub era: Option<(Era, u32)>,
    /// The year in the other reckoning: the 2026年 of 「令和8年（2026年）」, with its place.
    pub other_year: Option<(i32, Range<usize>)>,
    /// The month as written, which need not exist.
    pub month: Option<u32>,
    /// The day as written, which need not exist.
    pub day: Option<u32>,
    /// The weekday behind it, 0 for 月, with its place.
    pub weekday: Option<(usize, Range<usize>)>,
}

impl DateMention {
    /// The day, where all of it is written and it exists.
    pub fn date(&self) -> Option<Date> {
        Date::new(self.year?, self.month?, self.day?)
    }

    /// The end of the words, the weekday included.
    pub fn end(&self) -> usize {
        self.weekday.as_ref().map_or(self.flow.end, |(_, place)| place.end)
    }
}

/// The dates of a text and the ranges between them.
#[derive(Clone, Debug, Default)]
pub struct Dates {
    /// Every date, in order.
    pub mentions: Vec<DateMention>,
    /// Every 「から…まで」.
    pub ranges: Vec<DateRange>,
}

impl Dates {
    /// Finds the dates of a flow.
    pub fn of(flow: &str, numerals: &[Numeral]) -> Dates {
        let mut mentions = Vec::new();
        let mut index = 0;
        while index < numerals.len() {
            let mut reader = Reader { flow, numerals, index, at: numerals[index].flow.start };
            let mention = reader.with_year().or_else(|| {
                reader = Reader { flow, numerals, index, at: numerals[index].flow.start };
                reader.without_year()
            });
            match mention {
                Some(mut mention) => {
                    mention.weekday = weekday(flow, mention.flow.end);
                    index = reader.index.max(index + 1);
                    mentions.push(mention);
                }
                None => index += 1,
            }
        }
        let ranges = range::ranges(flow, &mentions, numerals);
        Dates { mentions, ranges }
    }
}

/// Reads a date, number by number.
struct Reader<'a> {
    flow: &'a str,
    numerals: &'a [Numeral],
    /// The next number.
    index: usize,
    /// Where it stands.
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.flow[self.at..]
    }

    fn skip(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// The number that stands here, if it is a plain one.
    fn number(&mut self) -> Option<u32> {
        let numeral = self.numerals.get(self.index).filter(|numeral| numeral.flow.start == self.at)?;
        let plain = !self.flow[numeral.flow.clone()].contains([',', '万', '億']);
        let value = u32::try_from(numeral.value).ok().filter(|_| plain)?;
        self.index += 1;
        self.at = numeral.flow.end;
        Some(value)
    }

    /// A number with its unit; the reader stays where it is if they are not there.
    fn number_of(&mut self, unit: &str) -> Option<u32> {
        let (index, at) = (self.index, self.at);
        let number = self.number();
        if number.is_none() || !self.skip(unit) {
            (self.index, self.at) = (index, at);
            return None;
        }
        number
    }

    fn with_year(&mut self) -> Option<DateMention> {
        let era = era_before(self.flow, self.at);
        let start = self.at - era.map_or(0, |era| era.name().len());
        let year = self.number()?;
        let mut mention = DateMention { era: era.map(|era| (era, year)), ..DateMention::default() };
        mention.year = match era {
            Some(era) => Some(era.gregorian(i32::try_from(year).ok().filter(|year| (1..=200).contains(year))?)),
            None => Some(i32::try_from(year).ok().filter(|year| (1600..=2500).contains(year))?),
        };
        // 令和8（2026）年, 2026（令和8）年
        let other_era = self.rest().strip_prefix('（').and_then(era_at).is_some();
        if self.rest().starts_with('（') && (era.is_some() || other_era) {
            mention.other_year = self.year_in_brackets("");
        }
        if !self.skip("年") {
            return if era.is_none() { self.with_strokes(mention, start) } else { None };
        }
        if self.rest().starts_with('度') {
            return None;
        }
        if self.rest().starts_with('（') && mention.other_year.is_none() {
            mention.other_year = self.year_in_brackets("年");
        }
        mention.month = self.number_of("月");
        if mention.month.is_some() {
            mention.day = self.number_of("日");
        }
        if self.rest().starts_with('（') && mention.day.is_some() && mention.other_year.is_none() {
            mention.other_year = self.day_in_brackets(&mention);
        }
        mention.flow = start..self.at;
        Some(mention)
    }

    /// 「（2026年）」 or 「（令和8年）」 here.
    fn year_in_brackets(&mut self, unit: &str) -> Option<(i32, Range<usize>)> {
        let (index, at) = (self.index, self.at);
        let mut read = || {
            self.skip("（");
            self.skip("西暦");
            let start = self.at;
            let era = era_at(self.rest());
            self.at += era.map_or(0, |era| era.name().len());
            let year = i32::try_from(self.number()?).ok()?;
            let year = match era {
                Some(era) => era.gregorian(year),
                None => Some(year).filter(|year| (1600..=2500).contains(year))?,
            };
            self.skip(unit).then_some(())?;
            let place = start..self.at;
            self.skip("）").then_some((year, place))
        };
        let found = read();
        if found.is_none() {
            (self.index, self.at) = (index, at);
        }
        found
    }

    /// 「（2026年7月1日）」 here, the same month and day in the other reckoning.
    fn day_in_brackets(&mut self, mention: &DateMention) -> Option<(i32, Range<usize>)> {
        let (index, at) = (self.index, self.at);
        let mut read = || {
            self.skip("（");
            self.skip("西暦");
            let start = self.at;
            let era = era_at(self.rest());
            (era.is_some() != mention.era.is_some()).then_some(())?;
            self.at += era.map_or(0, |era| era.name().len());
            let year = i32::try_from(self.number_of("年")?).ok()?;
            let place = start..self.at;
            let year = era.map_or(year, |era| era.gregorian(year));
            let same = self.number_of("月") == mention.month && self.number_of("日") == mention.day;
            (same && self.skip("）")).then_some((year, place))
        };
        let found = read();
        if found.is_none() {
            (self.index, self.at) = (index, at);
        }
        found
    }

    /// 2026/04/01 and 2026-4-1.
    fn with_strokes(&mut self, mut mention: DateMention, start: usize) -> Option<DateMention> {
        let stroke = ["/", "-"].into_iter().find(|stroke| self.skip(stroke))?;
        let month = self.number().filter(|month| (1..=12).contains(month))?;
        self.skip(stroke).then_some(())?;
        let day = self.number().filter(|day| (1..=31).contains(day))?;
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
        if self.flow[..start].ends_with(word) || self.rest().starts_with(word) {
            return None;
        }
        mention.month = Some(month);
        mention.day = Some(day);
        mention.flow = start..self.at;
        Some(mention)
    }

    /// 4月1日, and behind 同年 the month alone.
    fn without_year(&mut self) -> Option<DateMention> {
        let start = self.at;
        let month = self.number_of("月")?;
        let Some(day) = self.number_of("日") else {
            let of_year = ends_with_any(&self.flow[..start], &["同年", "翌年", "翌々年"]);
            let mention = DateMention { month: Some(month), flow: start..self.at, ..DateMention::default() };
            return Some(mention).filter(|_| of_year);
        };
        // 「六月三十日間」 is no date.
        if self.rest().starts_with(['間', '以']) {
            return None;
        }
        Some(DateMention { month: Some(month), day: Some(day), flow: start..self.at, ..DateMention::default() })
    }
}

fn era_before(flow: &str, at: usize) -> Option<Era> {
    Era::ALL.into_iter().find(|era| flow[..at].ends_with(era.name()))
}

fn era_at(rest: &str) -> Option<Era> {
    Era::ALL.into_iter().find(|era| rest.starts_with(era.name()))
}

/// 「（月）」「（月曜日）」「（月・祝）」「月曜日」 behind a date.
fn weekday(flow: &str, at: usize) -> Option<(usize, Range<usize>)> {
    let bracket = flow[at..].starts_with('（');
    let start = at + if bracket { "（".len() } else { 0 };
    let name = flow[start..].chars().next()?;
    let day = "月火水木金土日".chars().position(|c| c == name)?;
    let behind = start + name.len_utf8();
    let long = ["曜日", "曜"].into_iter().find(|word| flow[behind..].starts_with(word));
    if !bracket {
        return long.map(|word| (day, start..behind + word.len()));
    }
    let end = behind + long.map_or(0, str::len);
    let rest = flow[end..]
        .strip_prefix(['・', '、', '/'])
        .map_or(&flow[end..], |rest| rest.trim_start_matches(['祝', '休', '日', '振', '替']));
    let close = flow.len() - rest.len();
    rest.starts_with('）').then_some((day, at..close + "）".len()))
}

#[cfg(test)]
mod tests {
    use super::super::numeral::numerals;
    use super::*;

    fn dates(flow: &str) -> Dates {
        Dates::of(flow, &numerals(&crate::marks::Marks::of(flow)))
    }

    fn written(flow: &str) -> Vec<String> {
        dates(flow).mentions.iter().map(|m| flow[m.flow.clone()].to_string()).collect()
    }

    #[test]
    fn one_day_in_every_writing() {
        for flow in [
            "2026年4月1日",
            "令和8年4月1日",
            "令和八年四月一日",
            "二〇二六年四月一日",
            "2026/04/01",
            "2026-4-1",
            "令和8年（2026年）4月1日",
            "2026年（令和8年）4月1日",
            "令和8（2026）年4月1日",
            "2026（令和8）年4月1日",
            "令和8年4月1日（2026年4月1日）",
            "2026年4月1日（令和8年4月1日）",
        ] {
            let found = dates(flow).mentions;
            assert_eq!(found.len(), 1, "{flow}: {found:?}");
            assert_eq!(found[0].date(), Date::new(2026, 4, 1), "{flow}");
            assert_eq!(found[0].flow, 0..flow.len(), "{flow}");
        }
    }

    #[test]
    fn parts_and_blanks() {
        assert_eq!(written("毎年4月30日、令和元年5月、2026年"), ["4月30日", "令和元年5月", "2026年"]);
        assert_eq!(
            written("令和○年○月○日、20XX年、年　月　日、2026年度、1年6か月、3月31日間、5年4月"),
            [] as [&str; 0]
        );
        assert_eq!(written("http://example.com/2026/04/01/a、090-1234-5678、2026-1234-5"), [] as [&str; 0]);
    }

    #[test]
    fn weekdays() {
        for flow in
            ["2026年11月22日（日）", "2026年11月22日（日曜日）", "2026年11月22日日曜日", "2026年11月22日（日・祝）"]
        {
            let mention = &dates(flow).mentions[0];
            assert_eq!(mention.weekday.as_ref().map(|(day, _)| *day), Some(6), "{flow}");
            assert_eq!(mention.end(), flow.len(), "{flow}");
        }
        assert_eq!(dates("2026年11月22日（日本時間）").mentions[0].weekday, None);
        assert_eq!(dates("2026年11月22日金融").mentions[0].weekday, None);
    }
}
