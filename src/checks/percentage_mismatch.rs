//! See `rules/value/percentage-mismatch.md`.

use std::collections::HashMap;
use std::ops::Range;

use super::amount_label::{is_amount_of, with_words};
use crate::analysis::money::{Amount, yen};
use crate::analysis::numeral::Numeral;
use crate::report::Report;
use crate::rule::Context;
use crate::text::{leading_word, starts_with_any};

/// Units of a share with how many hundredths they are.
const UNITS: [(&str, u64); 6] =
    [("%", 1), ("パーセント", 1), ("割", 10), ("か月分", 100), ("ヶ月分", 100), ("カ月分", 100)];

/// Of how many names shares are looked at; a contract has few.
const MOST_NAMES: usize = 32;
/// How many amounts of one name are looked at; more than one value, and none counts.
const MOST_VALUES: usize = 64;

/// Reports amounts that are not the share of a price as which they are written.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    let mut wholes: HashMap<&str, Whole> = HashMap::new();
    for numeral in context.analysis.numerals() {
        let Some(share) = Share::of(text, numeral) else { continue };
        let Some((amount, place)) = amount_behind(context, &share).or_else(|| amount_before(context, &share)) else {
            continue;
        };
        let name = &text[share.base.clone()];
        let name = name.strip_suffix('額').unwrap_or(name);
        if wholes.len() == MOST_NAMES && !wholes.contains_key(name) {
            continue;
        }
        let whole = wholes.entry(name).or_insert_with(|| Whole::of(context, name));
        let Some(base) = whole.besides(amount) else { continue };
        let hundredths = share.hundredths;
        if fits(base, hundredths, amount.yen) {
            continue;
        }
        let (right, written) = (yen(base.saturating_mul(hundredths) / 100), yen(amount.yen));
        let (name, whole) = (&text[share.base.clone()], yen(base));
        let times = &text[share.base.end + "の".len()..share.end];
        let message = format!("{name}{whole}の{times}は{right}ですが、{written}と書かれています。");
        report.span(flow.span(place), message).help("割合、金額及び元になる額のどれが正しいかを確かめてください。");
    }
}

/// 「売買代金の10%」
struct Share {
    /// Where the name of the whole stands.
    base: Range<usize>,
    hundredths: u64,
    /// Where the unit ends.
    end: usize,
}

impl Share {
    fn of(text: &str, numeral: &Numeral) -> Option<Share> {
        let rest = &text[numeral.flow.end..];
        let (unit, hundredths) = UNITS.into_iter().find(|(unit, _)| rest.starts_with(unit))?;
        let end = numeral.flow.end + unit.len();
        if starts_with_any(&text[end..], &["引", "増", "合", "以", "を超", "未満", "又は", "若しくは"]) {
            return None;
        }
        let before = text[..numeral.flow.start].strip_suffix('の')?;
        let in_name = |c: &(usize, char)| matches!(c.1, '\u{4E00}'..='\u{9FFF}' | 'ァ'..='ヶ' | 'ー');
        let start = before.char_indices().rev().take_while(in_name).take(12).last()?.0;
        let name = &before[start..];
        let start = start + leading_word(name, &["本件", "当該", "前記"]).map_or(0, str::len);
        // 「月額賃料の3か月分」 is of the 賃料.
        let start = start + leading_word(&before[start..], &["月額", "総"]).map_or(0, str::len);
        let base = start..before.len();
        (base.len() >= "代金".len()).then_some(Share { base, hundredths: hundredths * numeral.value, end })
    }
}

/// 「売買代金の10%に相当する金500万円」「賃料の3か月分を敷金として金30万円」
fn amount_behind<'a>(context: &'a Context, share: &Share) -> Option<(&'a Amount, Range<usize>)> {
    let text = context.contract.flow().as_str();
    let amounts = context.analysis.amounts();
    let amount = amounts.get(amounts.partition_point(|amount| amount.flow.start < share.end))?;
    let between = text.get(share.end..amount.flow.start).filter(|between| between.len() <= 60)?;
    let says = leading_word(between, &["に相当", "相当", "にあた", "に当た", "である", "を"])?;
    // 「売買代金の3%を上限として」 and 「3%を差し引き」 say something else.
    let as_what = says != "を" || between.trim_end_matches('、').ends_with("として");
    let other = [
        "上限",
        "下限",
        "又は",
        "若しくは",
        "及び",
        "加え",
        "加算",
        "。",
        "\n",
        "（",
        "超",
        "以",
        "ただし",
        "差",
        "除",
        "%",
    ];
    if !as_what || other.iter().any(|word| between.contains(word)) || is_limit(&text[amount.flow.end..]) {
        return None;
    }
    Some((amount, share.base.start..amount.flow.end))
}

/// 「金500万円（売買代金の10%）」
fn amount_before<'a>(context: &'a Context, share: &Share) -> Option<(&'a Amount, Range<usize>)> {
    let text = context.contract.flow().as_str();
    let amounts = context.analysis.amounts();
    let amount = amounts[..amounts.partition_point(|amount| amount.flow.end <= share.base.start)].last()?;
    let between = &text[amount.flow.end..share.base.start];
    let opens = ["（", "（本件", "（月額"].contains(&between);
    let rest = &text[share.end..];
    let rest = leading_word(rest, &["に相当する額", "に相当する金額", "相当額", "相当分"])
        .map_or(rest, |word| &rest[word.len()..]);
    (opens && rest.starts_with('）')).then(|| (amount, amount.flow.start..text.len() - rest.len() + "）".len()))
}

/// Whether an amount is a limit, or one of several: 「金100万円以上」, 「金100万円のいずれか」.
fn is_limit(rest: &str) -> bool {
    starts_with_any(
        rest,
        &["以", "を上限", "を下", "を超", "未満", "又は", "若しくは", "のいずれ", "を加", "に加", "まで"],
    )
}

/// The amounts that a contract calls by the name of which shares are taken.
struct Whole<'a>(Vec<&'a Amount>);

impl<'a> Whole<'a> {
    fn of(context: &'a Context, name: &str) -> Whole<'a> {
        let text = context.contract.flow().as_str();
        let called = with_words(context.analysis).filter(|(_, before)| is_amount_of(&text[before.clone()], name));
        Whole(called.map(|(amount, _)| amount).take(MOST_VALUES).collect())
    }

    /// The one value of all that are so called, but for the share itself: 「代金は、代金の10%に相当する金…円」.
    fn besides(&self, share: &Amount) -> Option<u64> {
        let mut values = self.0.iter().filter(|amount| **amount != share).map(|amount| amount.yen);
        let first = values.next()?;
        values.all(|value| value == first).then_some(first)
    }
}

/// Whether an amount is a share of another one, with or without consumption tax, rounded to ten thousand at the most.
fn fits(base: u64, hundredths: u64, amount: u64) -> bool {
    let near = |exact: u128, amount: u128| {
        let unit = [10_000, 1_000, 100, 10].into_iter().find(|unit| amount.is_multiple_of(*unit)).unwrap_or(1);
        exact.abs_diff(amount) <= 1 || exact.abs_diff(amount) < unit && exact.abs_diff(amount) * 100 < exact
    };
    let exact = u128::from(base) * u128::from(hundredths) / 100;
    let amount = u128::from(amount);
    let taxes = [(100, 100), (110, 100), (108, 100), (100, 110), (100, 108)];
    taxes.into_iter().any(|(up, down)| near(exact * up / down, amount))
}
