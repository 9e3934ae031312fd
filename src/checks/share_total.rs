//! See `rules/value/share-total.md`.

use std::ops::Range;

use crate::contract::{UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;
use crate::text::starts_with_any;

/// What is divided among parties.
const SHARES: [&str; 14] = [
    "持株比率",
    "持株割合",
    "持分割合",
    "持分比率",
    "出資比率",
    "出資割合",
    "負担割合",
    "負担比率",
    "分配割合",
    "分配比率",
    "配分割合",
    "配分比率",
    "議決権割合",
    "議決権比率",
];
const UNITS: [&str; 2] = ["%", "パーセント"];

/// Reports shares of the parties that are not the whole together, and shares that do not fit the numbers beside them.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let text = contract.flow().as_str();
    let mut read = 0;
    for numeral in context.analysis.numerals() {
        if numeral.flow.start < read || !starts_with_any(&text[numeral.flow.end..], &UNITS) {
            continue;
        }
        let unit = context.analysis.unit_at(numeral.flow.start);
        let list = contract.enclosing(unit, UnitKind::Item).and_then(|item| contract.unit(item).parent);
        read = match list {
            Some(list) => of_list(context, report, list),
            None => of_sentence(context, report, numeral.flow.start),
        }
        .max(numeral.flow.end);
    }
}

/// A share as it is written.
struct Share {
    /// In hundredths of a percent.
    value: u64,
    /// How many hundredths of a percent its last digit stands for.
    step: u64,
    /// Number and unit.
    flow: Range<usize>,
    /// The place of the party whose share it is.
    party: Option<usize>,
}

/// 「負担割合は、甲60%、乙40%とする」. Says where the sentence ends.
fn of_sentence(context: &Context, report: &mut Report, at: usize) -> usize {
    let text = context.contract.flow().as_str();
    let sentence = context.analysis.sentences().at(at);
    let words = &text[sentence.clone()];
    if SHARES.iter().any(|name| words.contains(name)) && !words.contains("残") {
        let shares = shares(context, &sentence);
        compare(context, report, &shares.unwrap_or_default());
    }
    sentence.end
}

/// The shares of a list, one in each 号. Says where the list ends.
fn of_list(context: &Context, report: &mut Report, list: UnitId) -> usize {
    let contract = context.contract;
    let flow = contract.flow();
    let whole = flow.range(contract.unit(list).contents);
    let words = &flow.as_str()[whole.clone()];
    if !SHARES.iter().any(|name| words.contains(name)) {
        return whole.end;
    }
    let items: Vec<Range<usize>> =
        contract.children_of(list, UnitKind::Item).map(|item| flow.range(contract.unit(item).contents)).collect();
    let one = |item: &Range<usize>| {
        let mut shares = shares(context, item)?;
        (shares.len() == 1).then(|| shares.remove(0))
    };
    let shares: Option<Vec<Share>> = items.iter().map(one).collect();
    if let Some(shares) = shares
        && !compare(context, report, &shares)
    {
        of_numbers(context, report, &items, &shares);
    }
    whole.end
}

/// The shares in a range, each with the party named before it. None where one is a limit.
fn shares(context: &Context, range: &Range<usize>) -> Option<Vec<Share>> {
    let text = context.contract.flow().as_str();
    let parties = &context.analysis.parties().all;
    let mut found: Vec<Share> = Vec::new();
    let mut read = range.start;
    let mut units: Vec<(usize, &str)> = UNITS.iter().flat_map(|unit| text[range.clone()].match_indices(unit)).collect();
    units.sort_unstable();
    for (at, unit) in units.into_iter().map(|(at, unit)| (range.start + at, unit)) {
        let end = at + unit.len();
        let digits = text[read..at].bytes().rev().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        let (value, step) = hundredths(&text[at - digits..at])?;
        if starts_with_any(&text[end..], &["以", "を超", "超", "未満", "を下", "を上"]) {
            return None;
        }
        let before = &text[read..at - digits];
        let party = (0..parties.len()).filter_map(|i| Some((before.rfind(parties[i].label.as_str())?, i))).max();
        found.push(Share { value, step, flow: at - digits..end, party: party.map(|(_, i)| i) });
        read = end;
    }
    Some(found)
}

/// 「33.3」 → 3,330, with steps of 10.
fn hundredths(written: &str) -> Option<(u64, u64)> {
    let (whole, fraction) = written.split_once('.').unwrap_or((written, ""));
    let step = match fraction.len() {
        0 => 100,
        1 => 10,
        2 => 1,
        _ => return None,
    };
    let value = whole.parse::<u64>().ok()?.checked_mul(100)?;
    let parts = if fraction.is_empty() { 0 } else { fraction.parse::<u64>().ok()? };
    Some((value.checked_add(parts * step)?, step))
}

/// Compares the sum of shares with the whole; says whether it reported something.
fn compare(context: &Context, report: &mut Report, shares: &[Share]) -> bool {
    let flow = context.contract.flow();
    let [_, .., last] = shares else { return false };
    // 「甲40%、乙30%から、甲50%、乙20%に改める」
    let parties: Option<Vec<usize>> = shares.iter().map(|share| share.party).collect();
    let Some(all) = parties.and_then(|parties| context.analysis.parties().are_all(parties)) else { return false };
    let sum = shares.iter().fold(0_u64, |sum, share| sum.saturating_add(share.value));
    if !all && sum <= WHOLE {
        return false;
    }
    let step = shares.iter().map(|share| share.step).max().unwrap_or(1);
    let rounded = if shares.len() == 2 && step == 100 { 0 } else { step * (shares.len() as u64 / 2) };
    if sum.abs_diff(WHOLE) <= rounded {
        return false;
    }
    let message = format!("割合を足すと{}で、100%になりません。", percent(sum));
    report.span(flow.span(last.flow.clone()), message).help("それぞれの割合が正しいかを確かめてください。");
    true
}

/// Compares shares with the numbers of shares of stock beside them, which are the whole together.
fn of_numbers(context: &Context, report: &mut Report, items: &[Range<usize>], shares: &[Share]) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    let number = |item: &Range<usize>| {
        let mut counted = context
            .analysis
            .numerals_within(item)
            .iter()
            .filter(|n| starts_with_any(&text[n.flow.end..], &["株", "口"]));
        counted.next().filter(|_| counted.next().is_none()).map(|numeral| numeral.value)
    };
    let Some(numbers) = items.iter().map(number).collect::<Option<Vec<u64>>>() else { return };
    let total = numbers.iter().fold(0_u128, |sum, number| sum + u128::from(*number));
    if total == 0 || shares.iter().fold(0, |sum, share| sum + share.value).abs_diff(WHOLE) > 100 {
        return;
    }
    for (number, share) in numbers.iter().zip(shares) {
        let exact = (u128::from(*number) * u128::from(WHOLE) / total) as u64;
        if exact.abs_diff(share.value) > share.step {
            let message = format!(
                "全部で{total}のうちの{number}は{}ですが、{}と書かれています。",
                percent(exact),
                percent(share.value)
            );
            let finding = report.span(flow.span(share.flow.clone()), message);
            finding.help("数と割合のどちらが正しいかを確かめてください。");
        }
    }
}

const WHOLE: u64 = 100 * 100;

/// 3,330 → 「33.3%」
fn percent(hundredths: u64) -> String {
    let fraction = format!("{:02}", hundredths % 100);
    match fraction.trim_end_matches('0') {
        "" => format!("{}%", hundredths / 100),
        fraction => format!("{}.{fraction}%", hundredths / 100),
    }
}
