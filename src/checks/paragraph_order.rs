//! See `rules/structure/paragraph-order.md`.

use super::breaks;
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;

/// Reports numbers behind a higher one among paragraphs.
pub fn check(context: &Context, report: &mut Report) {
    breaks::order(context, report, &[UnitKind::Paragraph]);
}
