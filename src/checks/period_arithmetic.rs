//! See `rules/value/period-arithmetic.md`.

use crate::analysis::date::{DateMention, DateRange};
use crate::analysis::period::Period;
use crate::date::{Date, days_in_month};
use crate::report::Report;
use crate::rule::Context;

/// Reports terms whose length, as written, is not the one from their first to their last day.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let dates = context.analysis.dates();
    for range in &dates.ranges {
        let Some(length) = &range.length else { continue };
        let written = &flow.as_str()[length.flow.clone()];
        let words = range.flow.start.min(length.flow.start)..range.flow.end.max(length.flow.end);
        let (first, last) = (&dates.mentions[range.start], &dates.mentions[range.end]);
        if let (Some(start), Some(end)) = (first.date(), range.last(&dates.mentions)) {
            let Some(expected) = last_day(start, length).filter(|expected| *expected != end && end >= start) else {
                continue;
            };
            let message = format!("{}から{written}は、{}までです。", start.japanese(), expected.japanese());
            let finding = report.span(flow.span(words), message);
            finding.help(
                "終わりの日か、期間の長さのどちらかを改めてください（期間の末日は、起算日に応当する日の前日です。）。",
            );
        } else if let Some(months) = months_between(first, range, last)
            && length.months().is_some_and(|written| written != months)
        {
            let message = format!("期間は{months}か月ですが、「{written}」と書かれています。");
            report.span(flow.span(words), message).help("始まりと終わりの月か、期間の長さのどちらかを改めてください。");
        }
    }
}

/// The last day of a term that begins at 0 o'clock of its first day (民法140条ただし書, 141条, 143条2項).
fn last_day(start: Date, length: &Period) -> Option<Date> {
    if let Some(months) = length.months().filter(|months| *months <= 12_000) {
        let matching = start.plus_months(months);
        // Where the last month has no such day, the term ends with the month.
        let ends_with_month =
            matching.day() != start.day() && matching.day() == days_in_month(matching.year(), matching.month());
        return Some(if ends_with_month { matching } else { matching.previous() });
    }
    let days = length.days().filter(|days| *days <= 4_000)?;
    Some((1..days).fold(start, |day, _| day.next()))
}

/// The months of a term that is written in months, both included.
fn months_between(first: &DateMention, range: &DateRange, last: &DateMention) -> Option<u32> {
    if first.day.is_some() || last.day.is_some() {
        return None;
    }
    let place = |year: i32, month: u32| i64::from(year) * 12 + i64::from(month);
    let months = place(range.end_year.or(last.year)?, last.month?) - place(first.year?, first.month?) + 1;
    u32::try_from(months).ok().filter(|months| *months > 0)
}
