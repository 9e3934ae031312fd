//! See `rules/value/percentage-mismatch.md`.

use std::collections::HashMap;
use std::ops::Range;

use super::amount_label::{is_amount_of, with_words};
use crate::analysis::money::{Amount, yen};
use crate::analysis::numeral::Numeral;
use crate::report::Report;
use crate::rule::Context;
use crate::text::{ends_with_any, leading_word, starts_with_any};

/// Units of a share with how many hundredths they are.
const UNITS: [(&str, u64); 8] = [
    ("%", 1),
    ("パーセント", 1),
    ("割", 10),
    ("か月分", MONTH),
    ("ヶ月分", MONTH),
    ("カ月分", MONTH),
    ("ケ月分", MONTH),
    ("箇月分", MONTH),
];
/// A month of what is paid for each month, in hundredths.
const MONTH: u64 = 100;

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
        let times = &text[share.times];
        let message = format!("{name}{whole}の{times}は{right}ですが、{written}と書かれています。");
        report.span(flow.span(place), message).help("割合、金額及び元になる額のどれが正しいかを確かめてください。");
    }
}

/// 「売買代金の10%」「6か月分の賃料」
struct Share {
    /// Where the name of the whole stands.
    base: Range<usize>,
    hundredths: u64,
    /// Where the number stands, with its unit.
    times: Range<usize>,
    /// Where number and name end.
    end: usize,
}

impl Share {
    fn of(text: &str, numeral: &Numeral) -> Option<Share> {
        let rest = &text[numeral.flow.end..];
        let (unit, hundredths) = UNITS.into_iter().find(|(unit, _)| rest.starts_with(unit))?;
        let times = numeral.flow.start..numeral.flow.end + unit.len();
        if starts_with_any(&text[times.end..], &["引", "増", "合", "以", "を超", "未満", "又は", "若しくは"])
        {
            return None;
        }
        let before = &text[..times.start];
        let of = before.strip_suffix('の');
        let of = of.and_then(|before| name_before(without_tax(before)));
        // 「敷金2か月分」 is a deposit of two months' rent.
        let monthly = |name: &Range<usize>| hundredths == MONTH && ends_with_any(&text[name.clone()], &MONTHLY);
        let of = of.or_else(|| name_before(without_tax(before)).filter(monthly));
        let behind = || name_behind(text, times.end).filter(monthly);
        let base = of.or_else(behind).filter(|base| !is_one_of_several(text, base))?;
        let end = times.end.max(base.end);
        Some(Share { base, hundredths: hundredths * numeral.value, times, end })
    }

    /// Where number and name begin.
    fn start(&self) -> usize {
        self.base.start.min(self.times.start)
    }
}

/// What is paid for each month: its name alone stands beside a number of months.
const MONTHLY: [&str; 9] = ["賃料", "家賃", "地代", "報酬", "委託料", "使用料", "顧問料", "給与", "賃金"];
/// Words before the name of a whole that do not belong to it: 「月額賃料の3か月分」 is of the 賃料.
const BESIDE_NAME: [&str; 5] = ["本件", "当該", "前記", "月額", "総"];

fn in_name(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | 'ァ'..='ヶ' | 'ー')
}

/// The name with which a text ends.
fn name_before(before: &str) -> Option<Range<usize>> {
    let start = before.char_indices().rev().take_while(|c| in_name(c.1)).take(12).last()?.0;
    name(before, start..before.len())
}

/// The name behind 「6か月分の」.
fn name_behind(text: &str, at: usize) -> Option<Range<usize>> {
    let start = at + text[at..].strip_prefix('の').map(|_| "の".len())?;
    let last = text[start..].char_indices().take_while(|c| in_name(c.1)).take(12).last()?;
    let end = start + last.0 + last.1.len_utf8();
    // 「6か月分の賃料相当額」
    let end = text[start..end].find("相当").map_or(end, |at| start + at);
    name(text, start..end)
}

/// Whether the whole is more than what is named: 「賃料及び共益費の3か月分」, 「共益費を含む賃料」.
fn is_one_of_several(text: &str, name: &Range<usize>) -> bool {
    let before = &text[..name.start];
    let joined = ["及び", "並びに", "と", "・"].into_iter().find_map(|joint| before.strip_suffix(joint));
    joined.is_some_and(|other| other.ends_with(['料', '費', '賃', '金', '代', '額']))
        || ends_with_any(before, &["含む", "含めた", "加えた", "改定後の", "更新後の"])
        || starts_with_any(
            &text[name.end..],
            &["及び", "並びに", "と共", "と管", "・", "（共益", "（管理", "、共益", "、管理"],
        )
}

/// A name without the words before it.
fn name(text: &str, mut name: Range<usize>) -> Option<Range<usize>> {
    while let Some(word) = leading_word(&text[name.clone()], &BESIDE_NAME) {
        name.start += word.len();
    }
    (name.len() >= "代金".len()).then_some(name)
}

/// 「賃料（消費税を除く。）」 → 「賃料」
fn without_tax(before: &str) -> &str {
    const LONGEST: usize = 90;
    let Some(inside) = before.strip_suffix('）') else { return before };
    let from = (inside.len().saturating_sub(LONGEST)..inside.len()).find(|&at| inside.is_char_boundary(at));
    let open = from.and_then(|from| inside[from..].rfind('（').map(|at| from + at));
    open.filter(|&open| inside[open..].contains('税')).map_or(before, |open| &before[..open])
}

/// 「売買代金の10%に相当する金500万円」「賃料の3か月分を敷金として金30万円」
fn amount_behind<'a>(context: &'a Context, share: &Share) -> Option<(&'a Amount, Range<usize>)> {
    let text = context.contract.flow().as_str();
    let amounts = context.analysis.amounts();
    let amount = amounts.get(amounts.partition_point(|amount| amount.flow.start < share.end))?;
    let between = text.get(share.end..amount.flow.start).filter(|between| between.len() <= 60)?;
    // 「賃料の3か月分（金30万円）」
    if between == "（" && text[amount.flow.end..].starts_with('）') {
        return Some((amount, share.start()..amount.flow.end + "）".len()));
    }
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
    let behind = &text[amount.flow.end..];
    // 「20%に相当する金100万円を上限とする」: the limit is the share.
    let limit = is_limit(behind) && (says == "を" || !starts_with_any(behind, &["を上限", "を限度"]));
    if !as_what || limit || other.iter().any(|word| between.contains(word)) {
        return None;
    }
    Some((amount, share.start()..amount.flow.end))
}

/// 「金500万円（売買代金の10%）」
fn amount_before<'a>(context: &'a Context, share: &Share) -> Option<(&'a Amount, Range<usize>)> {
    let text = context.contract.flow().as_str();
    let amounts = context.analysis.amounts();
    let amount = amounts[..amounts.partition_point(|amount| amount.flow.end <= share.start())].last()?;
    let between = &text[amount.flow.end..share.start()];
    // 「（本契約締結時の月額賃料の3か月分）」
    let words = between.strip_prefix('（').filter(|words| words.len() <= "本契約の締結の時における月額".len());
    let opens =
        words.is_some_and(|words| words.is_empty() || ends_with_any(words, &["本件", "月額", "時の", "における"]));
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
