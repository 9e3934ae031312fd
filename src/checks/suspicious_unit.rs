//! See `rules/value/suspicious-unit.md`.

use crate::analysis::numeral::Writing;
use crate::report::Report;
use crate::rule::Context;
use crate::text::{leading_word, places};

/// Reports amounts and rates whose unit is missing, doubled or hardly meant.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    let mut add = |range: std::ops::Range<usize>, message: String, help: &'static str| {
        report.span(flow.span(range), message).help(help);
    };
    let thousands = context.analysis.amounts().iter().filter(|a| text[a.digits.clone()].ends_with('千')).count();
    for amount in context.analysis.amounts() {
        let (written, digits) = (&text[amount.flow.clone()], &text[amount.digits.clone()]);
        let figures = digits.trim_end_matches(|c: char| !c.is_ascii_digit());
        let unit = &digits[figures.len()..];
        let again = leading_word(&text[amount.flow.end..], &["円", "千円", "万円", "億円"]);
        if let Some(again) = again.filter(|_| written.ends_with('円')) {
            let range = amount.flow.start..amount.flow.end + again.len();
            add(range, format!("「{written}{again}」は、単位が重なっています。"), "余分な単位を削除してください。");
        } else if figures.matches(',').count() >= 2
            && (!unit.is_empty() && unit != "千" || unit == "千" && thousands == 1)
        {
            let message = format!("「{written}」は、{}です。", large(amount.yen));
            add(amount.flow.clone(), message, "単位（円、千円、万円）を確かめてください。");
        }
    }
    for numeral in context.analysis.numerals() {
        let (before, behind) = (&text[..numeral.flow.start], &text[numeral.flow.end..]);
        let figures =
            numeral.writing == Writing::Figures && text[numeral.flow.clone()].contains(',') && numeral.grouped;
        if figures && before.ends_with('金') && behind.starts_with(['を', 'と', '（', '、', '。', '也']) {
            let range = numeral.flow.start - "金".len()..numeral.flow.end;
            let message = format!("「{}」に単位がありません。", &text[range.clone()]);
            add(range, message, "「円」などの単位を書いてください。");
        }
    }
    for sign in ["%%", "%パーセント", "パーセント%", "パーセントパーセント"] {
        for at in places(text, sign) {
            let number = text[..at].trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
            if number < at && !text[at + sign.len()..].starts_with('%') {
                let message = format!("「{}」は、単位が重なっています。", &text[number..at + sign.len()]);
                add(number..at + sign.len(), message, "余分な単位を削除してください。");
            }
        }
    }
    for at in places(text, "の割合") {
        let rate = text[..at].trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        let number = &text[rate.len()..at];
        if rate.ends_with('年') && !number.is_empty() && number != "." {
            let range = rate.len() - "年".len()..at;
            let message = format!("「年{number}」に単位がありません。");
            add(range, message, "「パーセント」などの単位を書いてください。");
        }
    }
}

/// 「100億円」
fn large(yen: u64) -> String {
    match yen {
        1_000_000_000_000.. => format!("{}兆円", yen / 1_000_000_000_000),
        100_000_000.. => format!("{}億円", yen / 100_000_000),
        _ => crate::analysis::money::yen(yen),
    }
}
