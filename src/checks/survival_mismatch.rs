//! See `rules/reference/survival-mismatch.md`.

use super::references;
use crate::report::Report;
use crate::rule::Context;

/// Reports captions in a survival clause that are not those of the articles.
pub fn check(context: &Context, report: &mut Report) {
    for mismatch in references::caption_mismatches(context).filter(|m| m.survival) {
        mismatch.report(context, report);
    }
}
