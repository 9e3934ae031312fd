//! See `rules/structure/item-duplicate.md`.

use super::breaks;
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;

/// Reports numbers that are there twice among items and deeper units.
pub fn check(context: &Context, report: &mut Report) {
    breaks::duplicates(context, report, &[UnitKind::Item, UnitKind::Subitem]);
}
