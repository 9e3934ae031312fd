//! Calendar dates, as rules and contracts need them: no clock, no time zones.

use std::fmt;
use std::str::FromStr;

use serde::ser::SerializeTupleStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// A day of the tables, which is known to exist.
    pub(crate) const fn of(year: i32, month: u8, day: u8) -> Date {
        Date { year, month, day }
    }

    /// The day, if it exists.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Date> {
        let exists =
            (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        exists.then_some(Date { year, month: month as u8, day: day as u8 })
    }

    /// The year.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u32 {
        self.month as u32
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> u32 {
        self.day as u32
    }

    /// Days since 0001-01-01, which is 0.
    pub fn ordinal(self) -> i64 {
        let years = i64::from(self.year) - 1;
        let before_year = years * 365 + years / 4 - years / 100 + years / 400;
        let before_month: u32 = (1..self.month()).map(|m| days_in_month(self.year, m)).sum();
        before_year + i64::from(before_month) + i64::from(self.day) - 1
    }

    /// The day of an [`ordinal`](Date::ordinal), up to the year 9999.
    pub fn from_ordinal(ordinal: i64) -> Option<Date> {
        // A guess that is never late.
        let mut year = i32::try_from(ordinal / 366 + 1).ok()?.max(1);
        while Date::new(year + 1, 1, 1).is_some_and(|first| first.ordinal() <= ordinal) {
            year += 1;
        }
        let mut left = u32::try_from(ordinal - Date::new(year, 1, 1)?.ordinal()).ok()?;
        let mut month = 1;
        while month < 12 && left >= days_in_month(year, month) {
            left -= days_in_month(year, month);
            month += 1;
        }
        Date::new(year, month, left + 1)
    }

    /// The day of the week: 0 is Monday (月), 6 Sunday (日).
    pub fn weekday(self) -> usize {
        // 0001-01-01 was a Monday.
        self.ordinal().rem_euclid(7) as usize
    }

    /// The same day some months later; the last day of the month where it has no such day (民法143条2項).
    pub fn plus_months(self, months: u32) -> Date {
        let count = self.year * 12 + i32::from(self.month) - 1 + months as i32;
        let (year, month) = (count.div_euclid(12), count.rem_euclid(12) as u32 + 1);
        let day = self.day().min(days_in_month(year, month));
        Date { year, month: month as u8, day: day as u8 }
    }

    /// The day after.
    pub fn next(self) -> Date {
        Date::new(self.year, self.month(), self.day() + 1)
            .or_else(|| Date::new(self.year, self.month() + 1, 1))
            .unwrap_or(Date { year: self.year + 1, month: 1, day: 1 })
    }

    /// The day before; 0001-01-01 has none and stays.
    pub fn previous(self) -> Date {
        match (self.month, self.day) {
            (1, 1) => Date::new(self.year - 1, 12, 31).unwrap_or(self),
            (month, 1) => Date { month: month - 1, day: days_in_month(self.year, self.month() - 1) as u8, ..self },
            (_, day) => Date { day: day - 1, ..self },
        }
    }

    /// 「2026年11月22日」
    pub fn japanese(self) -> String {
        format!("{}年{}月{}日", self.year, self.month, self.day)
    }
}

/// A Japanese era (元号), from 明治 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Era {
    /// 明治
    Meiji,
    /// 大正
    Taisho,
    /// 昭和
    Showa,
    /// 平成
    Heisei,
    /// 令和
    Reiwa,
}

impl Era {
    /// All of them, in order.
    pub const ALL: [Era; 5] = [Era::Meiji, Era::Taisho, Era::Showa, Era::Heisei, Era::Reiwa];

    /// 「令和」
    pub const fn name(self) -> &'static str {
        match self {
            Era::Meiji => "明治",
            Era::Taisho => "大正",
            Era::Showa => "昭和",
            Era::Heisei => "平成",
            Era::Reiwa => "令和",
        }
    }

    /// The first day (元号法 and the 政令 of each change; 明治 is reckoned from the beginning of its first year, 大正 and 昭和 from the day of the change).
    pub const fn first(self) -> Date {
        let (year, month, day) = match self {
            Era::Meiji => (1868, 1, 25),
            Era::Taisho => (1912, 7, 30),
            Era::Showa => (1926, 12, 25),
            Era::Heisei => (1989, 1, 8),
            Era::Reiwa => (2019, 5, 1),
        };
        Date { year, month, day }
    }

    /// The era that followed.
    pub const fn next(self) -> Option<Era> {
        match self {
            Era::Meiji => Some(Era::Taisho),
            Era::Taisho => Some(Era::Showa),
            Era::Showa => Some(Era::Heisei),
            Era::Heisei => Some(Era::Reiwa),
            Era::Reiwa => None,
        }
    }

    /// The year of the Gregorian calendar: 令和8年 is 2026.
    pub const fn gregorian(self, year: i32) -> i32 {
        self.first().year + year - 1
    }
}

/// How many days a month has.
pub const fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Date {
    /// `2026-11-22`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = String;

    /// Reads `2026-11-22`.
    fn from_str(text: &str) -> Result<Date, String> {
        let parts: Vec<Option<u32>> = text.split('-').map(|part| part.parse().ok()).collect();
        let date = match parts[..] {
            [Some(year), Some(month), Some(day)] if text.len() == 10 => Date::new(year as i32, month, day),
            _ => None,
        };
        date.ok_or_else(|| format!("「{text}」は日付ではありません（2026-11-22 の形で書いてください）"))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            let mut day = serializer.serialize_tuple_struct("Date::of", 3)?;
            day.serialize_field(&self.year)?;
            day.serialize_field(&self.month)?;
            day.serialize_field(&self.day)?;
            day.end()
        }
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_do_not_exist_are_none() {
        assert_eq!(Date::new(2026, 2, 29), None);
        assert!(Date::new(2024, 2, 29).is_some());
        assert_eq!(Date::new(2026, 4, 31), None);
        assert_eq!("2026-13-01".parse::<Date>().ok(), None);
    }

    #[test]
    fn eras_count_from_their_first_year() {
        assert_eq!(Era::Reiwa.gregorian(8), 2026);
        assert_eq!(Era::Heisei.gregorian(31), 2019);
        assert_eq!(Era::Showa.gregorian(64), 1989);
        assert!(Era::ALL.windows(2).all(|pair| pair[0].next() == Some(pair[1]) && pair[0].first() < pair[1].first()));
    }

    #[test]
    fn weekdays_and_arithmetic() {
        let date = Date::new(2026, 11, 22).unwrap();
        assert_eq!(date.weekday(), 6, "a Sunday");
        assert_eq!(Date::new(2026, 1, 31).unwrap().plus_months(1), Date::new(2026, 2, 28).unwrap());
        assert_eq!(Date::new(2026, 12, 31).unwrap().next(), Date::new(2027, 1, 1).unwrap());
        assert_eq!(Date::new(2027, 1, 1).unwrap().previous(), Date::new(2026, 12, 31).unwrap());
        assert_eq!(Date::new(2028, 3, 1).unwrap().previous(), Date::new(2028, 2, 29).unwrap());
        assert_eq!(date.to_string(), "2026-11-22");
        for day in [date, Date::new(1, 1, 1).unwrap(), Date::new(2024, 12, 31).unwrap(), Date::new(2025, 1, 1).unwrap()]
        {
            assert_eq!(Date::from_ordinal(day.ordinal()), Some(day));
        }
        assert_eq!((Date::from_ordinal(-1), Date::from_ordinal(4_000_000)), (None, None));
    }
}
