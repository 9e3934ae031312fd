//! See `rules/law/consumer-late-rate.md`.

use crate::report::Report;
use crate::rule::Context;

/// Words that say what a consumer pays late; the limit for the debts of a loan is another.
const LATE: [&str; 4] = ["遅延損害金", "遅延利息", "延滞損害金", "延滞利息"];

/// Reports rates for late payment above the limit of the table of rates.
pub fn check(context: &Context, report: &mut Report) {
    let analysis = context.analysis;
    let flow = context.contract.flow();
    let text = flow.as_str();
    let law_of = analysis.facts().law_of;
    let Some(limit) =
        analysis.rulebook().vocabulary().rates.iter().find(|rate| rate.id == "consumer-late" && rate.holds(law_of, 0))
    else {
        return;
    };
    for (at, _) in text.match_indices('年') {
        let from = at + "年".len();
        let digits = text[from..].find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(0);
        let written = &text[from..from + digits];
        let behind = &text[from + digits..];
        let unit = ["%", "パーセント"].into_iter().find(|unit| behind.starts_with(unit));
        let (Some(unit), Ok(percent), Ok(most)) = (unit, written.parse::<f64>(), limit.percent.parse::<f64>()) else {
            continue;
        };
        let sentence = &text[analysis.sentences().at(at)];
        let late = LATE.iter().any(|word| sentence.contains(word)) && !sentence.contains("貸金");
        // What the business pays late has no such limit.
        let owed_by_business = sentence.starts_with("当社は") || sentence.starts_with("事業者は");
        if late && !owed_by_business && percent > most && analysis.is_own_text(at) {
            let range = at..from + digits + unit.len();
            let message = format!("遅延損害金が「{}」と、年{}%を超えています。", &text[range.clone()], limit.percent);
            report.span(flow.span(range), message).help(format!(
                "{}{}は、消費者が支払う遅延損害金のうち年{}%を超える部分を無効としています。",
                limit.law, limit.article, limit.percent
            ));
        }
    }
}
