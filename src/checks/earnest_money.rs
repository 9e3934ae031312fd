//! See `rules/law/earnest-money.md`.

use crate::analysis::party::Side;
use crate::report::Report;
use crate::rule::Context;
use crate::text::{places, starts_with_any};

/// What is done with earnest money, and who does not do it.
const DEEDS: [(&[&str], Side, &str); 2] = [
    (
        &["を放棄", "の放棄", "の返還請求権を放棄", "の返還を請求する権利を放棄"],
        Side::Performs,
        "手付を放棄して契約を解除するのは、手付を交付した買主です",
    ),
    (
        &["の倍額", "の2倍", "の二倍", "の倍の額", "額の倍額", "の額の倍額"],
        Side::Pays,
        "手付の倍額を現実に提供して契約を解除するのは、手付を受け取った売主です",
    ),
];

/// Reports that the seller forfeits the earnest money, or that the buyer pays it back twice.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    if places(text, "手付").next().is_none() {
        return;
    }
    let parties = &context.analysis.parties().all;
    for sentence in context.analysis.acts() {
        let words = &text[sentence.flow.clone()];
        for at in places(words, "手付").map(|at| sentence.flow.start + at) {
            let behind = &text[at + "手付".len()..];
            let behind = behind.strip_prefix('金').unwrap_or(behind);
            let Some((_, wrong, who)) = DEEDS.iter().find(|(deeds, ..)| starts_with_any(behind, deeds)) else {
                continue;
            };
            let mut before = sentence.mentions.iter().rev().skip_while(|(_, range)| range.start > at);
            let actor = before.find(|(_, range)| text[range.end..].starts_with(['は', 'が', 'に']));
            let Some((party, range)) = actor.filter(|(_, range)| !text[range.end..].starts_with('に')) else {
                continue;
            };
            if parties[*party].role.is_some_and(|role| role.side == *wrong) {
                let message = format!("{who}が、ここでは「{}」とされています。", parties[*party].label);
                let finding = report.span(flow.span(range.clone()), message);
                finding.help("売主と買主が入れ替わっていないか確かめてください。");
            }
        }
    }
}
