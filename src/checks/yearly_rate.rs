//! Yearly rates written in percent, and those at which late payment bears interest.

use std::ops::Range;

use crate::analysis::Analysis;
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

/// 「年18%」「年利14.6パーセント」「年1割5分」 is left out.
pub(super) fn yearly(text: &str) -> Vec<Yearly> {
    places(text, "年").filter_map(|at| yearly_at(text, at, at + "年".len())).collect()
}

fn yearly_at(text: &str, start: usize, behind: usize) -> Option<Yearly> {
    let rest = &text[behind..];
    let lead = ["利率", "率", "利", ""].iter().find(|lead| rest.starts_with(**lead))?.len();
    let digits = rest[lead..].find(|c: char| !c.is_ascii_digit() && c != '.').filter(|length| *length > 0)?;
    let number = &rest[lead..lead + digits];
    let unit = ["%", "パーセント"].iter().find(|unit| rest[lead + digits..].starts_with(**unit))?.len();
    // What is less than a thousandth of a percent does not count.
    let counted = number.find('.').map_or(number.len(), |dot| number.len().min(dot + ".000".len()));
    Some(Yearly { flow: start..behind + lead + digits + unit, thousandths: thousandths(&number[..counted])? })
}
