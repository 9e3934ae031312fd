//! See `rules/value/amount-mismatch.md`.

use crate::analysis::money::yen;
use crate::report::Report;
use crate::rule::Context;

/// Reports amounts in figures and in kanji, one in brackets behind the other, that differ.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    for pair in context.analysis.amounts().windows(2) {
        let [first, second] = pair else { continue };
        let same = first.yen == second.yen || first.writing == second.writing;
        if same || text.get(first.flow.end..second.flow.start) != Some("（") {
            continue;
        }
        if !text[second.flow.end..].starts_with(['）', '。', '、']) {
            continue;
        }
        let written = |amount: &crate::analysis::money::Amount| &text[amount.flow.clone()];
        let message =
            format!("「{}」は{}、「{}」は{}です。", written(first), yen(first.yen), written(second), yen(second.yen));
        let finding = report.span(flow.span(first.flow.start..second.flow.end), message);
        finding.help("どちらの金額が正しいかを確かめ、一致させてください。");
    }
}
