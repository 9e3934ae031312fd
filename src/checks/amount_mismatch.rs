//! See `rules/value/amount-mismatch.md`.

use crate::analysis::money::{Amount, yen};
use crate::report::Report;
use crate::rule::Context;

/// Reports amounts written in two ways (in figures and in kanji, with 万 and without), one in brackets behind the other, that differ.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    for pair in context.analysis.amounts().windows(2) {
        let [first, second] = pair else { continue };
        let way = |amount: &Amount| (amount.writing, text[amount.digits.clone()].contains(['億', '万', '千']));
        // 「20万円（220,000円）」 may be without tax and with it.
        let tax = first.writing == second.writing && with_tax(first.yen, second.yen);
        if first.yen == second.yen
            || way(first) == way(second)
            || tax
            || text.get(first.flow.end..second.flow.start) != Some("（")
        {
            continue;
        }
        if !text[second.flow.end..].starts_with(['）', '。', '、']) {
            continue;
        }
        let written = |amount: &Amount| &text[amount.flow.clone()];
        let message =
            format!("「{}」は{}、「{}」は{}です。", written(first), yen(first.yen), written(second), yen(second.yen));
        let finding = report.span(flow.span(first.flow.start..second.flow.end), message);
        finding.help("どちらの金額が正しいかを確かめ、一致させてください。");
    }
}

/// Whether one amount is the other with consumption tax.
fn with_tax(first: u64, second: u64) -> bool {
    let (net, gross) = (first.min(second), first.max(second));
    [110, 108, 105].iter().any(|percent| (net.saturating_mul(*percent) / 100).abs_diff(gross) <= 1)
}
