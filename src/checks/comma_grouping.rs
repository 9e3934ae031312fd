//! See `rules/value/comma-grouping.md`.

use crate::report::Report;
use crate::rule::Context;

/// Reports amounts whose commas do not part groups of three digits.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    for amount in context.analysis.amounts().iter().filter(|amount| !amount.grouped) {
        let written = &flow.as_str()[amount.digits.clone()];
        let message = format!("「{written}」の桁区切りが3桁ごとになっていません。");
        report.span(flow.span(amount.digits.clone()), message).help("桁の過不足がないかを確かめてください。");
    }
}
