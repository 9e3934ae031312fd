//! See `rules/structure/article-gap.md`.

use super::breaks;
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;

/// Reports numbers left out among articles.
pub fn check(context: &Context, report: &mut Report) {
    breaks::gaps(context, report, &[UnitKind::Article]);
}
