//! See `rules/reference/caption-mismatch.md`.

use super::references;
use crate::report::Report;
use crate::rule::Context;

/// Reports citations whose caption is not that of the article.
pub fn check(context: &Context, report: &mut Report) {
    for mismatch in references::caption_mismatches(context).filter(|m| !m.survival) {
        mismatch.report(context, report);
    }
}
