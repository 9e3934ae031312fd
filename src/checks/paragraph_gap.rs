//! See `rules/structure/paragraph-gap.md`.

use super::breaks;
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;

/// Reports numbers left out among paragraphs.
pub fn check(context: &Context, report: &mut Report) {
    breaks::gaps(context, report, &[UnitKind::Paragraph]);
}
