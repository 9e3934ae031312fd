//! Periods: 「1年間」「３か月」「三十日」「10営業日」.

use std::ops::Range;

use super::numeral::Numeral;
use crate::text::starts_with_any;

/// A length of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The words, 間 included, as a range of the flow.
    pub flow: Range<usize>,
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: PeriodUnit,
}

/// In what a period is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PeriodUnit {
    /// 時間
    Hour,
    /// 日
    Day,
    /// 営業日
    BusinessDay,
    /// 週
    Week,
    /// か月 in all its writings.
    Month,
    /// 年
    Year,
}

/// Units by their names, the longer first.
const UNITS: [(&str, PeriodUnit); 19] = [
    ("営業日", PeriodUnit::BusinessDay),
    ("業務日", PeriodUnit::BusinessDay),
    ("銀行営業日", PeriodUnit::BusinessDay),
    ("か月", PeriodUnit::Month),
    ("ヶ月", PeriodUnit::Month),
    ("ヵ月", PeriodUnit::Month),
    ("カ月", PeriodUnit::Month),
    ("ケ月", PeriodUnit::Month),
    ("ヶ 月", PeriodUnit::Month),
    ("ヵ 月", PeriodUnit::Month),
    ("箇月", PeriodUnit::Month),
    ("個月", PeriodUnit::Month),
    ("カ年", PeriodUnit::Year),
    ("か年", PeriodUnit::Year),
    ("箇年", PeriodUnit::Year),
    ("週", PeriodUnit::Week),
    ("時間", PeriodUnit::Hour),
    ("年", PeriodUnit::Year),
    ("日", PeriodUnit::Day),
];

impl Period {
    /// The period that begins with a number, if a unit follows: 「1年間」, but not 「1年度」 or 「1年目」.
    pub fn at(flow: &str, numeral: &Numeral) -> Option<Period> {
        let rest = &flow[numeral.flow.end..];
        if !rest.starts_with(|first| "営業銀かヶヵカケ箇個週時年日".contains(first)) {
            return None;
        }
        let (name, unit) = UNITS.iter().find(|(name, _)| rest.starts_with(name))?;
        let behind = &rest[name.len()..];
        let other = ["度", "目", "生", "代", "額", "単位", "付", "給"];
        if !numeral.grouped || starts_with_any(behind, &other) {
            return None;
        }
        let length = name.len() + if behind.starts_with('間') { "間".len() } else { 0 };
        let count = u32::try_from(numeral.value).ok().filter(|count| (1..100_000).contains(count))?;
        Some(Period { flow: numeral.flow.start..numeral.flow.end + length, count, unit: *unit })
    }

    /// Years and months in months; `None` for what has no fixed number of them.
    pub fn months(&self) -> Option<u32> {
        match self.unit {
            PeriodUnit::Month => Some(self.count),
            PeriodUnit::Year => self.count.checked_mul(12),
            _ => None,
        }
    }

    /// Days and weeks in days; `None` for what has no fixed number of them.
    pub fn days(&self) -> Option<u32> {
        match self.unit {
            PeriodUnit::Day => Some(self.count),
            PeriodUnit::Week => self.count.checked_mul(7),
            _ => None,
        }
    }
}
