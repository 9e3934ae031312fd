//! See `rules/value/tax-unclear.md`.

use foldhash::HashMap;

use crate::contract::{UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;

/// Words that say something about the tax, anywhere in the document.
const TAX: [&str; 10] = ["消費税", "税込", "税別", "税抜", "税引", "税金", "非課税", "課税", "内税", "外税"];
/// What is not taxed, or paid for something that is not: wages, loans, shares, dwellings, deposits, fines.
const UNTAXED: [&str; 24] = [
    "賃金",
    "給与",
    "基本給",
    "雇用",
    "貸し付け",
    "貸付",
    "借入",
    "株式の",
    "株式を",
    "普通株式",
    "出資",
    "居住",
    "住宅",
    "居宅",
    "寄附",
    "寄付",
    "土地を賃貸",
    "和解金",
    // A debt is paid with the tax it has.
    "義務があることを認め",
    "義務のあることを認め",
    "債務があることを認め",
    "債務を承認",
    "債務の承認",
    "債務弁済契約",
];
/// What is paid for goods and services.
const PRICES: [&str; 18] = [
    "委託料",
    "請負代金",
    "報酬",
    "代金",
    "料金",
    "使用料",
    "利用料",
    "実施料",
    "許諾料",
    "賃料",
    "対価",
    "顧問料",
    "保守料",
    "契約金",
    "手数料として",
    "売買価格",
    "ロイヤルティ",
    "業務委託費",
];

/// Reports the first price of a document that nowhere says whether tax is included.
pub fn check(context: &Context, report: &mut Report) {
    let analysis = context.analysis;
    let text = context.contract.flow().as_str();
    if analysis.amounts().is_empty() || TAX.iter().any(|word| text.contains(word)) {
        return;
    }
    // Consumption tax is paid on what a business does (消費税法第4条第1項).
    if analysis.parties().are_natural_persons() {
        return;
    }
    if UNTAXED.iter().any(|word| text.contains(word)) || sells_only_land(context) {
        return;
    }
    // A price stands before its amount; in a list, in the text above it.
    let called = |words: &str| PRICES.iter().any(|word| words.contains(word));
    let contract = context.contract;
    let mut lists: HashMap<UnitId, bool> = HashMap::default();
    let priced = analysis.amounts().iter().find(|amount| {
        let sentence = analysis.sentences().at(amount.flow.start);
        let near = &text[sentence.start..amount.flow.start];
        let unit = contract.unit(analysis.unit_at(amount.flow.start));
        let is_list_of_prices = unit.parent.filter(|_| unit.kind == UnitKind::Item).is_some_and(|above| {
            let contents = (contract.unit(above).contents.0, unit.contents.0);
            *lists.entry(above).or_insert_with(|| called(&text[contract.flow().range(contents)]))
        });
        let limit = ["極度額", "上限", "損害", "違約金", "敷金", "保証金", "罰金", "以上", "超える", "以下"];
        let rest = &text[amount.flow.end..sentence.end.max(amount.flow.end)];
        (called(near) || is_list_of_prices || called(rest) && near.chars().count() < 40)
            && !limit.iter().any(|word| text[sentence.clone()].contains(word))
            && amount.yen > 0
            && analysis.is_own_text(amount.flow.start)
    });
    if let Some(amount) = priced {
        let flow = context.contract.flow();
        let written = &text[amount.flow.clone()];
        let message = format!("「{written}」が消費税を含むかどうかが書かれていません。");
        let unit = analysis.unit_at(amount.flow.start);
        let unit = context.contract.enclosing(unit, UnitKind::Paragraph).unwrap_or(unit);
        let finding = report.span_of(flow.span(amount.flow.clone()), unit, message);
        finding.help("「（消費税及び地方消費税別途）」「（税込）」などと書いてください。");
    }
}

/// Whether what is sold is land alone, whose transfer is not taxed (消費税法第6条): the title says so, or the sentence that sells.
fn sells_only_land(context: &Context) -> bool {
    let text = context.contract.flow().as_str();
    let land = |words: &str| words.contains("土地") && !words.contains("建物");
    let sells = || {
        let first = ["売り渡", "売渡"].iter().filter_map(|word| text.find(word)).min();
        first.is_some_and(|at| land(&text[context.analysis.sentences().at(at)]))
    };
    let title: String = context.contract.title().unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
    title.contains("売買") && land(&title) || !text.contains("建物") && sells()
}
