//! See `rules/structure/article-order.md`.

use super::breaks;
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;

/// Reports numbers behind a higher one among articles.
pub fn check(context: &Context, report: &mut Report) {
    breaks::order(context, report, &[UnitKind::Article]);
}
