//! See `rules/value/end-before-start.md`.

use crate::report::Report;
use crate::rule::Context;

/// Reports terms that end before they begin.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let dates = context.analysis.dates();
    for range in &dates.ranges {
        let (first, last) = (&dates.mentions[range.start], &dates.mentions[range.end]);
        let (Some(from), Some(to)) = (first.year, range.end_year.or(last.year)) else { continue };
        // What is left out in one of them is not compared.
        let from = (from, first.month.filter(|_| last.month.is_some()), first.day.filter(|_| last.day.is_some()));
        let to = (to, last.month.filter(|_| first.month.is_some()), last.day.filter(|_| first.day.is_some()));
        if to >= from {
            continue;
        }
        let written = |range: std::ops::Range<usize>| &flow.as_str()[range];
        let message = format!(
            "終わりの「{}」が、始まりの「{}」より前です。",
            written(last.flow.clone()),
            written(first.flow.clone())
        );
        let finding = report.span(flow.span(range.flow.clone()), message);
        finding.help("始まりと終わりの日付を確かめてください。");
    }
}
