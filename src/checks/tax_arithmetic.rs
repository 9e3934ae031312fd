//! See `rules/value/tax-arithmetic.md`.

use std::ops::Range;

use crate::analysis::money::{Amount, yen};
use crate::report::Report;
use crate::rule::Context;
use crate::text::{places, trailing_word};

/// The rates of consumption tax, local tax included, that were ever in force (消費税法29条, 地方税法72条の83): the one in force first.
const RATES: [u64; 4] = [10, 8, 5, 3];

/// Reports prices with their tax in brackets that do not fit together.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    let amounts = context.analysis.amounts();
    let mut read = 0;
    for (index, amount) in amounts.iter().enumerate() {
        let Some(bracket) = bracket(text, amount.flow.end) else {
            if let Some(row) = Row::of(text, &amounts[index..]).filter(|_| amount.flow.start >= read) {
                row.check(context, report);
            }
            continue;
        };
        read = bracket.end;
        let inside: Vec<&Amount> = amounts[index + 1..].iter().take_while(|a| a.flow.end <= bracket.end).collect();
        let words = &text[bracket.clone()];
        // 「1株につき金5万円（総額金1億円）」 is no matter of tax.
        if inside.is_empty() || words.contains("軽減") || !words.contains('税') {
            continue;
        }
        let Some(price) = Price::of(text, amount.yen, &bracket, &inside) else { continue };
        let rates = rate(&text[bracket.clone()]).map_or_else(|| RATES.to_vec(), |rate| vec![rate]);
        if rates.iter().any(|rate| price.fits(*rate)) || price.is_in_part_free(rates[0]) && sells_land(text) {
            continue;
        }
        let message = price.message(rates[0]);
        let finding = report.span(flow.span(amount.flow.start..bracket.end + "）".len()), message);
        finding.help("本体の価格、税率及び消費税額を確かめてください。");
    }
}

/// A price and its tax, one behind the other: 「税抜1,000,000円、消費税100,000円、合計1,100,000円」.
struct Row {
    price: Price,
    flow: Range<usize>,
}

impl Row {
    fn of(text: &str, amounts: &[Amount]) -> Option<Row> {
        let [net, tax, rest @ ..] = amounts else { return None };
        let before = text[..net.flow.start].trim_end_matches(['金', '：', '　', '、', 'は']);
        let label = trailing_word(before, &["税抜", "税抜き", "税別", "本体", "本体価格", "税抜価格", "税抜金額"])?;
        let between = |a: &Amount, b: &Amount| text[a.flow.end..b.flow.start].to_string();
        let words = between(net, tax).replace(['、', '：', '　'], "");
        let is_tax =
            ["消費税", "消費税等", "消費税額", "消費税額等", "消費税及び地方消費税", "及び消費税", "及び消費税等"];
        if !is_tax.contains(&words.trim_end_matches("相当額").trim_end_matches('は')) {
            return None;
        }
        let sum = rest.first().filter(|sum| {
            let words = between(tax, sum).replace(['、', '：', '　'], "");
            ["税込", "合計", "総額", "合計金額", "税込価格", "税込合計"].contains(&words.as_str())
        });
        let last = sum.unwrap_or(tax);
        let price = Price { net: Some(net.yen), tax: Some(tax.yen), gross: sum.map(|sum| sum.yen) };
        Some(Row { price, flow: before.len() - label.len()..last.flow.end })
    }

    fn check(&self, context: &Context, report: &mut Report) {
        if !RATES.iter().any(|rate| self.price.fits(*rate)) {
            let span = context.contract.flow().span(self.flow.clone());
            report.span(span, self.price.message(RATES[0])).help("本体の価格、税率及び消費税額を確かめてください。");
        }
    }
}

/// What is known of a price; without tax, tax, with tax.
#[derive(Default)]
struct Price {
    net: Option<u64>,
    tax: Option<u64>,
    gross: Option<u64>,
}

impl Price {
    /// Reads 「（うち消費税800,000円）」「（税込1,100,000円）」「（税抜1,000,000円、消費税100,000円）」 behind an amount.
    fn of(text: &str, before: u64, bracket: &Range<usize>, inside: &[&Amount]) -> Option<Price> {
        let mut price = Price::default();
        let mut at = bracket.start;
        for amount in inside {
            let label = &text[at..amount.flow.start];
            at = amount.flow.end;
            // The word that stands nearest says what the amount is: 「税込。うち消費税400円」.
            let last = |words: &[&str]| words.iter().filter_map(|word| label.rfind(word)).max();
            let places = [last(&["税抜", "税別", "本体"]), last(&["税込", "総額", "合計"]), last(&["消費税"])];
            let nearest = *places.iter().max()?;
            nearest?;
            let part = match places.iter().position(|place| *place == nearest)? {
                0 => &mut price.net,
                1 => &mut price.gross,
                _ => &mut price.tax,
            };
            *part = Some(amount.yen);
        }
        // 「消費税を含まない」 is the tax apart.
        let words = text[bracket.clone()].replace("含まない", "除く").replace("含まず", "除き");
        let included = ["うち", "含", "税込", "込み", "内税"].iter().any(|word| words.contains(word));
        let apart = ["別途", "加算", "加え", "除", "外税"].iter().any(|word| words.contains(word));
        match (price.net, price.gross) {
            (Some(_), None) => price.gross = Some(before),
            (None, Some(_)) => price.net = Some(before),
            (None, None) if included && !apart => price.gross = Some(before),
            (None, None) if apart && !included => price.net = Some(before),
            _ => return None,
        }
        Some(price)
    }

    /// Whether it is right at a rate, however fractions are rounded.
    fn fits(&self, rate: u64) -> bool {
        let near = |a: u64, b: u64| a.abs_diff(b) <= 1;
        let of_net = |net: u64| net.saturating_mul(rate) / 100;
        let of_gross = |gross: u64| gross.saturating_mul(rate) / (100 + rate);
        match (self.net, self.tax, self.gross) {
            (Some(net), Some(tax), Some(gross)) => near(of_net(net), tax) && net + tax == gross,
            (Some(net), None, Some(gross)) => near(net + of_net(net), gross),
            (Some(net), Some(tax), None) => near(of_net(net), tax),
            (None, Some(tax), Some(gross)) => near(of_gross(gross), tax),
            _ => true,
        }
    }

    /// Whether its tax is less than that of the whole price would be.
    fn is_in_part_free(&self, rate: u64) -> bool {
        match (self.net, self.tax, self.gross) {
            (Some(net), Some(tax), Some(gross)) => net + tax == gross && tax < net.saturating_mul(rate) / 100,
            (None, Some(tax), Some(gross)) => tax < gross.saturating_mul(rate) / (100 + rate),
            _ => false,
        }
    }

    fn message(&self, rate: u64) -> String {
        match (self.net, self.gross) {
            (Some(net), _) => {
                let tax = net.saturating_mul(rate) / 100;
                format!("{}に対する消費税は、税率{rate}%なら{}（税込{}）です。", yen(net), yen(tax), yen(net + tax))
            }
            (None, gross) => {
                let gross = gross.unwrap_or_default();
                let tax = gross.saturating_mul(rate) / (100 + rate);
                format!("{}に含まれる消費税は、税率{rate}%なら{}です。", yen(gross), yen(tax))
            }
        }
    }
}

/// Whether a price may be that of land and of a building together: land bears no tax (消費税法6条1項).
fn sells_land(text: &str) -> bool {
    ["土地", "敷地", "不動産"].iter().any(|word| places(text, word).next().is_some())
}

/// The inside of the bracket that begins at a place.
fn bracket(text: &str, at: usize) -> Option<Range<usize>> {
    let start = at + text[at..].strip_prefix('（').map(|_| "（".len())?;
    let close = text[start..].char_indices().take(120).find(|(_, c)| matches!(c, '）' | '（' | '\n'))?;
    (close.1 == '）').then_some(start..start + close.0)
}

/// The rate that is written: 「10%」「8パーセント」.
fn rate(words: &str) -> Option<u64> {
    let end = words.find(['%', 'パ'])?;
    let digits = words[..end].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    words[digits..end].parse().ok().filter(|rate| (1..=20).contains(rate))
}
