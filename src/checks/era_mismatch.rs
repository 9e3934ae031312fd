//! See `rules/value/era-mismatch.md`.

use crate::report::Report;
use crate::rule::Context;

/// Reports years written in both reckonings that are not the same year.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    for mention in &context.analysis.dates().mentions {
        let (Some(year), Some((other, place))) = (mention.year, &mention.other_year) else { continue };
        if year == *other {
            continue;
        }
        let start = mention.flow.start;
        let close = if flow.as_str()[place.end..].starts_with('）') { "）".len() } else { 0 };
        let words = start..place.end + close;
        let first = flow.as_str()[start..place.start].split(['年', '（']).next().unwrap_or_default();
        let second = flow.as_str()[place.clone()].trim_end_matches('年');
        let message = match mention.era {
            Some(_) => format!("{first}年は{year}年ですが、{second}年と書かれています。"),
            None => format!("{second}年は{other}年ですが、{first}年と書かれています。"),
        };
        report.span(flow.span(words), message).help("どちらが正しいかを確かめ、一方を改めてください。");
    }
}
