//! See `rules/law/loan-default-cap.md`.

use super::loan_rate;
use crate::report::Report;
use crate::rule::Context;

/// Reports rates of damages for delay above the cap for the principal.
pub fn check(context: &Context, report: &mut Report) {
    loan_rate::report_above(context, report, "loan-default", &["遅延損害金", "損害金", "遅延利息", "延滞"], &[]);
}
