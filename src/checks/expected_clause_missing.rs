//! See `rules/clause/expected-clause-missing.md`.

use super::missing_clause::missing;
use crate::contract::UnitId;
use crate::report::Report;
use crate::rule::Context;
use crate::vocabulary::Need;

pub fn check(context: &Context, report: &mut Report) {
    let missing = missing(context, Need::Expected);
    if missing.is_empty() {
        return;
    }
    let titles: Vec<&str> = missing.iter().map(|clause| &*clause.title).collect();
    let kind = context.analysis.kind().title();
    let message =
        format!("「{kind}」の契約に通常ある定めのうち、見つからないものがあります（{}）。", titles.join("、"));
    report.unit(UnitId(0), message).help("定めを置かないことにした理由がなければ、加えることを検討してください。");
}
