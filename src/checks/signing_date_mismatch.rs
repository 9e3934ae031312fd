//! See `rules/value/signing-date-mismatch.md`.

use super::signing_day::signing_day;
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;
use crate::text::{ends_with_any, starts_with_any};

/// What follows the day in a preamble that says when the contract is made.
const MADE: [&str; 12] = [
    "、次のとおり",
    "、以下のとおり",
    "、下記のとおり",
    "に、次のとおり",
    "に、以下のとおり",
    "に次のとおり",
    "に以下のとおり",
    "付で次のとおり",
    "付で、次のとおり",
    "付けで次のとおり",
    "付けで、次のとおり",
    "付けで、以下のとおり",
];
/// What stands before the day in an article that names it.
const NAMED: [&str; 6] = [
    "本契約締結日（",
    "本契約の締結日（",
    "契約締結日（",
    "本契約締結日である",
    "本契約の締結日である",
    "契約締結日である",
];

/// Reports days that the contract gives as that of its signing, where the signature block bears another one.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let (flow, text) = (contract.flow(), contract.flow().as_str());
    let dates = context.analysis.dates();
    if dates.mentions.len() < 2 {
        return;
    }
    let Some((signed, place)) = signing_day(context) else { return };
    for mention in &dates.mentions {
        let (before, behind) = (&text[..mention.flow.start], &text[mention.end()..]);
        let in_preamble = || {
            let unit = context.analysis.unit_at(mention.flow.start);
            contract.enclosing(unit, UnitKind::Preamble).is_some()
        };
        let called = ["（以下「本契約締結日」", "（以下「契約締結日」", "（以下「締結日」"];
        let of_signing = starts_with_any(behind, &called)
            || starts_with_any(behind, &MADE) && in_preamble()
            || ends_with_any(before, &NAMED);
        let Some(day) = mention.date().filter(|day| *day != signed && of_signing) else { continue };
        if mention.flow.start >= place.start || !context.analysis.is_own_text(mention.flow.start) {
            continue;
        }
        let message = format!("締結日が、ここでは{}、署名欄では{}です。", day.japanese(), signed.japanese());
        let finding = report.span(flow.span(mention.flow.clone()), message);
        finding.help("締結日がどちらかを確かめ、そろえてください。");
        finding.related(flow.span(place.clone()), "署名欄の日付");
    }
}
