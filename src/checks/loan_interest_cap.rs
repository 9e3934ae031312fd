//! See `rules/law/loan-interest-cap.md`.

use super::loan_rate;
use crate::report::Report;
use crate::rule::Context;

/// Reports rates of interest above the cap for the principal.
pub fn check(context: &Context, report: &mut Report) {
    let late = ["遅延", "遅滞", "損害金", "延滞"];
    loan_rate::report_above(context, report, "loan-interest", &["利息", "利率", "貸し付け", "年利"], &late);
}
