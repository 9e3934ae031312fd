//! Yearly rates written in percent, and those at which late payment bears interest.

use std::ops::Range;

use crate::analysis::Analysis;
use crate::number::{self, parse_integer};
use crate::text::places;
use crate::vocabulary::thousandths;

/// A yearly rate that is written in percent.
pub(super) struct Yearly {
    /// Where it stands in the flow.
    pub flow: Range<usize>,
    /// The rate in thousandths of a percent.
    pub thousandths: u64,
}

/// Words for what is paid late.
const LATE: [&str; 6] = ["遅延損害金", "遅延利息", "延滞損害金", "延滞利息", "遅滞損害金", "延滞金"];

/// The rates in sentences about late payment; what is late in a loan has limits of its own.
pub(super) fn late<'a>(analysis: &'a Analysis) -> impl Iterator<Item = (Yearly, &'a str)> {
    let text = analysis.contract().flow().as_str();
    let in_sentence = move |rate: Yearly| {
        let sentence = &text[analysis.sentences().at(rate.flow.start)];
        let about = LATE.iter().any(|word| sentence.contains(word)) && !sentence.contains("貸金");
        (about && analysis.is_own_text(rate.flow.start)).then_some((rate, sentence))
    };
    yearly(text).into_iter().filter_map(in_sentence)
}

/// 「年18%」「年利14.6パーセント」「年十八パーセント」「年1割8分」「年二割一分九厘」
pub(super) fn yearly(text: &str) -> Vec<Yearly> {
    places(text, "年").filter_map(|at| yearly_at(text, at, at + "年".len())).collect()
}

fn yearly_at(text: &str, start: usize, behind: usize) -> Option<Yearly> {
    let rest = &text[behind..];
    let lead = ["利率", "率", "利", ""].iter().find(|lead| rest.starts_with(**lead))?.len();
    let rest = &rest[lead..];
    let (length, thousandths) = percent(rest).or_else(|| parts_of_ten(rest))?;
    Some(Yearly { flow: start..behind + lead + length, thousandths })
}

/// 「14.6%」「十四・六パーセント」: its length in bytes, and thousandths of a percent.
fn percent(text: &str) -> Option<(usize, u64)> {
    let is_decimal = |c: char| c.is_ascii_digit() || matches!(c, '.' | '・') || kanji(c);
    let length = text.find(|c| !is_decimal(c)).filter(|length| *length > 0)?;
    let number = &text[..length];
    let unit = ["%", "パーセント"].iter().find(|unit| text[length..].starts_with(**unit))?.len();
    let (whole, part) = number.split_once(['.', '・']).unwrap_or((number, ""));
    let part: String = part.chars().map_while(digit).map(|d| d.to_string()).collect();
    // What is less than a thousandth of a percent does not count.
    let part = &part[..part.len().min(3)];
    let whole = parse_integer(whole)?;
    let decimal = if part.is_empty() { whole.to_string() } else { format!("{whole}.{part}") };
    Some((length + unit, thousandths(&decimal)?))
}

/// 「1割8分」「二割一分九厘」
fn parts_of_ten(text: &str) -> Option<(usize, u64)> {
    let mut read = 0;
    let mut sum = 0;
    for (unit, thousandths) in [("割", 10_000), ("分", 1_000), ("厘", 100)] {
        let rest = &text[read..];
        let Some(digit) = rest.chars().next() else { break };
        let Some(value) = self::digit(digit) else { break };
        if rest[digit.len_utf8()..].starts_with(unit) {
            sum += value * thousandths;
            read += digit.len_utf8() + unit.len();
        }
    }
    (sum > 0).then_some((read, sum))
}

/// 8 and 八.
fn digit(c: char) -> Option<u64> {
    number::digit(c).map(u64::from).or_else(|| number::kanji_digit(c))
}

fn kanji(c: char) -> bool {
    number::kanji_digit(c).is_some() || matches!(c, '十' | '百')
}
