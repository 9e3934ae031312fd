//! See `rules/law/payment-over-60-days.md`.

use std::ops::Range;

use crate::analysis::Analysis;
use crate::analysis::period::PeriodUnit;
use crate::report::Report;
use crate::rule::Context;
use crate::text::{ends_with_any, starts_with_any};

/// The longest time from the day of receipt to the day of payment, with months of 30 days.
const DAYS: u32 = 60;
/// How late a month is paid, counted in months behind that of the closing.
const MONTHS: [(&str, u32); 9] = [
    ("翌々々月", 3),
    ("翌々月", 2),
    ("翌翌月", 2),
    ("翌月", 1),
    ("3か月後", 3),
    ("当月", 0),
    ("同月", 0),
    ("その月", 0),
    ("月内", 0),
];

/// Reports days of payment that can be more than 60 days behind the receipt.
pub fn check(context: &Context, report: &mut Report) {
    let analysis = context.analysis;
    let flow = context.contract.flow();
    let text = flow.as_str();
    let Some(payment) = analysis.clauses().get("payment") else { return };
    for &article in &payment.articles {
        let range = analysis.range_of(article);
        let mut sentence = analysis.sentences().at(range.start);
        while sentence.start < range.end {
            if let Some(late) = late(analysis, &text[sentence.clone()], sentence.start) {
                let finding = report.span(flow.span(late.flow), late.message);
                finding.help("給付を受領した日から60日以内に支払う定めとしてください。");
            }
            if sentence.end >= range.end {
                break;
            }
            sentence = analysis.sentences().at(sentence.end);
        }
    }
}

struct Late {
    flow: Range<usize>,
    message: String,
}

/// What is too late in a sentence that begins at `start` of the flow.
fn late(analysis: &Analysis, sentence: &str, start: usize) -> Option<Late> {
    let paid = ["支払う", "支払い", "支払います", "振り込", "振込", "払いとする", "支払日", "支払期日"]
        .iter()
        .any(|word| sentence.contains(word));
    if !paid || ["賃料", "延滞", "遅延損害金", "前払"].iter().any(|word| sentence.contains(word)) {
        return None;
    }
    by_month(sentence, start).or_else(|| by_days(analysis, sentence, start))
}

/// 「毎月20日に締め切り、翌々月10日までに支払う」
fn by_month(sentence: &str, start: usize) -> Option<Late> {
    let (at, word, months) = MONTHS
        .iter()
        .filter_map(|(word, months)| Some((sentence.find(word)?, *word, *months)))
        .min_by_key(|(at, word, _)| (*at, usize::MAX - word.len()))?;
    let behind = &sentence[at + word.len()..];
    let behind = behind.strip_prefix('の').unwrap_or(behind);
    let (day, length) = day_of_month(behind)?;
    let closing = closing(&sentence[..at])?;
    // From the first day of the month that is closed to the last possible day of payment; months of 30 days.
    let days = 30 * months + day + if closing == 30 { 0 } else { 30 - closing };
    let days = days.saturating_sub(1);
    let end = at + word.len() + (sentence.len() - at - word.len() - behind.len()) + length;
    (days > DAYS).then(|| Late {
        flow: start + at..start + end,
        message: format!("支払が、受領の日から最長で約{days}日後になります。"),
    })
}

/// 「10日」 and 「末日」 at the beginning, with its length in bytes.
fn day_of_month(text: &str) -> Option<(u32, usize)> {
    for last in ["末日", "月末", "末"] {
        if text.starts_with(last) {
            return Some((30, last.len()));
        }
    }
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let day: u32 = text[..digits].parse().ok()?;
    (text[digits..].starts_with('日') && (1..=31).contains(&day)).then_some((day.min(30), digits + "日".len()))
}

/// The day on which a month is closed: 「毎月20日」, 「毎月末日」, 「納入の月の」.
fn closing(before: &str) -> Option<u32> {
    if let Some(at) = before.find("毎月") {
        let behind = &before[at + "毎月".len()..];
        // 「毎月1日から末日までに」 closes at its end.
        let behind = behind.split_once("から").map_or(behind, |(_, last)| last);
        let behind = behind.strip_prefix('の').unwrap_or(behind);
        return day_of_month(behind).map(|(day, _)| day).or(Some(30));
    }
    let month = [
        "納入の月",
        "納入月",
        "納品月",
        "納品の月",
        "受領の月",
        "受領月",
        "検収月",
        "検収の月",
        "日の属する月",
        "した月",
        "当月末",
    ];
    month.iter().any(|word| before.contains(word)).then_some(30)
}

/// 「受領した日から90日以内に支払う」
fn by_days(analysis: &Analysis, sentence: &str, start: usize) -> Option<Late> {
    let text = analysis.contract().flow().as_str();
    for period in analysis.periods_within(&(start..start + sentence.len())) {
        let days = match period.unit {
            PeriodUnit::Day => period.count,
            PeriodUnit::Month => period.count * 30,
            _ => continue,
        };
        let before = &text[start..period.flow.start];
        let behind = &text[period.flow.end..start + sentence.len()];
        let received = ["受領", "納入", "納品", "引渡", "検収", "検査", "完了", "提供を受け"]
            .iter()
            .any(|word| before.contains(word));
        let counted = ends_with_any(before, &["から", "後", "より", "起算して", "起算し"])
            && starts_with_any(behind, &["以内に", "以内と", "以内の日", "後に", "を経過"]);
        if received && counted && days > DAYS {
            return Some(Late {
                flow: period.flow.clone(),
                message: format!("支払が、受領の日から{days}日後までとなっています。"),
            });
        }
    }
    None
}
