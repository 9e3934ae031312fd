//! Amounts of money: 金1,000,000円, 金壱百萬円也, 100万円, ￥1,000,000-.

use std::ops::Range;

use super::numeral::{Numeral, Writing};
use crate::text::{ends_with_any, starts_with_any};

/// An amount in yen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The words with 金, ￥ and 円, as a range of the flow.
    pub flow: Range<usize>,
    /// The digits alone.
    pub digits: Range<usize>,
    /// Yen.
    pub yen: u64,
    /// In which characters it is written.
    pub writing: Writing,
    /// Whether its commas stand where thousands end.
    pub grouped: bool,
}

/// Finds the amounts of a flow.
pub fn amounts(flow: &str, numerals: &[Numeral]) -> Vec<Amount> {
    numerals.iter().filter_map(|numeral| amount(flow, numeral)).collect()
}

fn amount(flow: &str, numeral: &Numeral) -> Option<Amount> {
    let before = &flow[..numeral.flow.start];
    let sign = ["￥", "¥", "\\"].into_iter().find(|sign| before.ends_with(sign));
    let rest = &flow[numeral.flow.end..];
    if sign.is_none() && !rest.starts_with('円') {
        return None;
    }
    // 「数十万円」「1〜3万円」 and blanks are no amounts; 円滑 and 円周 no yen.
    let vague = ends_with_any(before, &["数", "何", "約", "〜"]);
    let word = starts_with_any(rest, &["円滑", "円周", "円形", "円卓"]);
    if vague || word {
        return None;
    }
    let unit = if rest.starts_with('円') { "円".len() } else { 0 };
    let mut start = numeral.flow.start - sign.map_or(0, str::len);
    if flow[..start].ends_with('金') {
        start -= "金".len();
    }
    let mut end = numeral.flow.end + unit;
    for tail in ["也", "-", "―", "−"] {
        if flow[end..].starts_with(tail) {
            end += tail.len();
            break;
        }
    }
    Some(Amount {
        flow: start..end,
        digits: numeral.flow.clone(),
        yen: numeral.value,
        writing: numeral.writing,
        grouped: numeral.grouped,
    })
}

/// 「1,234,567円」
pub fn yen(value: u64) -> String {
    in_thousands(value) + "円"
}

/// 「1,234,567」
pub fn in_thousands(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3 + 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::numeral::numerals;
    use super::*;

    #[test]
    fn one_amount_in_every_writing() {
        for flow in ["金1,000,000円", "100万円", "金壱百萬円也", "￥1,000,000-", "1百万円", "1,000千円"]
        {
            let found = amounts(flow, &numerals(&crate::marks::Marks::of(flow)));
            assert_eq!(found.len(), 1, "{flow}");
            assert_eq!(found[0].yen, 1_000_000, "{flow}");
            assert_eq!(found[0].flow, 0..flow.len(), "{flow}");
        }
        assert_eq!(yen(1_234_567), "1,234,567円");
        assert_eq!(yen(500), "500円");
    }

    #[test]
    fn what_is_no_amount() {
        for flow in ["数十万円", "一円滑に", "金●●円", "金百貨店", "1.5億円"] {
            assert_eq!(amounts(flow, &numerals(&crate::marks::Marks::of(flow))), [], "{flow}");
        }
    }
}
