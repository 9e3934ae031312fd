//! See `rules/structure/paragraph-duplicate.md`.

use super::breaks;
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;

/// Reports numbers that are there twice among paragraphs.
pub fn check(context: &Context, report: &mut Report) {
    breaks::duplicates(context, report, &[UnitKind::Paragraph]);
}
