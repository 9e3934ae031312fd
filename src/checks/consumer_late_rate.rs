//! See `rules/law/consumer-late-rate.md`.

use super::yearly_rate::late;
use crate::report::Report;
use crate::rule::Context;

/// Reports rates for late payment above the limit of the table of rates.
pub fn check(context: &Context, report: &mut Report) {
    let analysis = context.analysis;
    let flow = context.contract.flow();
    let law_of = analysis.facts().law_of;
    let rates = &analysis.rulebook().vocabulary().rates;
    let Some(limit) = rates.iter().find(|rate| rate.id == "consumer-late" && rate.holds(law_of, 0)) else { return };
    for (rate, sentence) in late(analysis) {
        // What the business pays late has no such limit.
        let owed_by_business = sentence.starts_with("当社は") || sentence.starts_with("事業者は");
        if !owed_by_business && rate.thousandths > limit.thousandths() {
            let written = &flow.as_str()[rate.flow.clone()];
            let message = format!("遅延損害金が「{written}」と、年{}%を超えています。", limit.percent);
            report.span(flow.span(rate.flow), message).help(format!(
                "{}{}は、消費者が支払う遅延損害金のうち年{}%を超える部分を無効としています。",
                limit.law, limit.article, limit.percent
            ));
        }
    }
}
