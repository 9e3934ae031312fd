//! Equal parts of a debt: 「金120万円を12回に分割して、毎月末日限り金10万円ずつ支払う」.

use std::ops::Range;

use super::{agree, compare_payments};
use crate::analysis::date::{DateMention, DateRange};
use crate::analysis::money::{Amount, yen};
use crate::analysis::within;
use crate::checks::amount_label::{is_amount_of, with_words};
use crate::report::Report;
use crate::rule::Context;
use crate::text::{ends_with_any, starts_with_any};

/// What is paid in parts, a longer name before one that it ends with.
const DEBTS: [&str; 15] = [
    "借入金",
    "貸付金",
    "貸金",
    "元金",
    "元本",
    "解決金",
    "和解金",
    "残代金",
    "譲渡代金",
    "売買代金",
    "請負代金",
    "損害金",
    "賠償金",
    "慰謝料",
    "代金",
];
/// What follows the amount of a loan that has no name.
const LENT: [&str; 6] = ["を貸し付け", "を貸付け", "を貸付", "を借り受け", "を借り入れ", "を貸し渡"];
const LOANS: [&str; 5] = ["借入金", "貸付金", "貸金", "元金", "元本"];
/// Words of sentences whose parts are not all equal, or are more than the debt.
const UNEQUAL: [&str; 8] = ["手数料", "初回", "第1回", "第一回", "最終回", "以上", "元利", "残額"];

/// Compares what a sentence says is paid each time with the debt that it names, which may stand in another article.
pub(super) fn check(context: &Context, report: &mut Report, each: &Amount) {
    let text = context.contract.flow().as_str();
    let sentence = context.analysis.sentences().at(each.flow.start);
    let words = &text[sentence.clone()];
    // 「元金を…ずつ支払い、利息は、元金とともに支払う」
    let interest = ["利息", "利子"].iter().any(|word| words.contains(word));
    if UNEQUAL.iter().any(|word| words.contains(word))
        || interest && !["元金は", "元金を"].iter().any(|principal| words.contains(principal))
    {
        return;
    }
    let (times, months) = (times(context, &sentence), months(context, &sentence));
    let Some(count) = times.as_ref().map(|(times, _)| *times).or(months) else { return };
    if let (Some((times, place)), Some(months)) = (times, months.filter(|months| *months != count)) {
        let message = format!("支払の期間は{months}か月ですが、回数は{times}回と書かれています。");
        let finding = report.span(context.contract.flow().span(place), message);
        finding.help("毎月の支払であれば、期間の月数と回数は同じです。どちらが正しいかを確かめてください。");
        return;
    }
    let payments = each.yen.saturating_mul(count);
    match context.analysis.amounts_within(&sentence) {
        [total, also] if also == each => compare_payments(context, report, payments, total),
        [also] if also == each => {
            let Some((name, total)) = debt(context, &text[sentence.start..each.flow.start], each) else { return };
            // Only what is paid for something may be written without its tax.
            let taxed = name.ends_with("代金") && agree(payments, total.yen);
            if payments != total.yen && !taxed {
                let flow = context.contract.flow();
                let message =
                    format!("{}ずつ{count}回で{}ですが、全部で{}です。", yen(each.yen), yen(payments), yen(total.yen));
                let finding = report.span(flow.span(each.flow.clone()), message);
                finding.help("全部の額と各回の額のどれが正しいかを確かめてください。");
                finding.related(flow.span(total.flow.clone()), "全部の額");
            }
        }
        _ => {}
    }
}

/// How often is paid: 「12回に分割して」, 「（全12回）」, with the place of the number.
fn times(context: &Context, sentence: &Range<usize>) -> Option<(u64, Range<usize>)> {
    let text = context.contract.flow().as_str();
    let mut found = context.analysis.numerals_within(sentence).iter().filter(|numeral| {
        let behind = &text[numeral.flow.end..];
        starts_with_any(behind, &["回に分", "回の分割", "回払", "回にわた"])
            || behind.starts_with('回') && ends_with_any(&text[..numeral.flow.start], &["全", "計"])
    });
    let first = found.next().map(|numeral| (numeral.value, numeral.flow.clone()));
    first.filter(|_| found.next().is_none())
}

/// How many months are paid in: 「2026年5月から2027年4月まで、毎月末日限り」.
fn months(context: &Context, sentence: &Range<usize>) -> Option<u64> {
    let text = context.contract.flow().as_str();
    if !text[sentence.clone()].contains("毎月") {
        return None;
    }
    let dates = context.analysis.dates();
    let [range] = within(&dates.ranges, sentence, |range| &range.flow) else { return None };
    from_to(&dates.mentions[range.start], range, &dates.mentions[range.end])
}

/// The months from the first to the last, both included, where both are the same day of their month or none.
fn from_to(first: &DateMention, range: &DateRange, last: &DateMention) -> Option<u64> {
    let place = |year: i32, month: u32| i64::from(year) * 12 + i64::from(month);
    let months = place(range.end_year.or(last.year)?, last.month?) - place(first.year?, first.month?) + 1;
    u64::try_from(months).ok().filter(|months| *months > 0 && first.day == last.day)
}

/// Whether an amount is given a name that ends with some words: 「（以下「本件貸付金」という。）」.
fn is_called(behind: &str, name: &str) -> bool {
    let given = behind.strip_prefix("（以下").map(|given| given.trim_start_matches('、'));
    let given = given.and_then(|given| given.strip_prefix('「')?.split_once('」'));
    given.is_some_and(|(given, _)| given.ends_with(name))
}

/// The name of a debt in some words, and the one amount that the contract so calls.
fn debt<'a>(context: &'a Context, words: &str, each: &Amount) -> Option<(&'static str, &'a Amount)> {
    let text = context.contract.flow().as_str();
    let name = DEBTS.into_iter().find(|name| words.contains(name))?;
    let lent = LOANS.contains(&name);
    let is_debt = |(amount, before): &(&Amount, Range<usize>)| {
        let behind = &text[amount.flow.end..];
        is_amount_of(&text[before.clone()], name) || lent && starts_with_any(behind, &LENT) || is_called(behind, name)
    };
    let mut amounts = with_words(context.analysis).filter(is_debt).map(|(amount, _)| amount).filter(|a| *a != each);
    let first = amounts.next()?;
    amounts.all(|amount| amount.yen == first.yen).then_some((name, first))
}
