//! See `rules/structure/chapter-gap.md`.

use super::breaks;
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;

const DIVISIONS: [UnitKind; 5] =
    [UnitKind::Part, UnitKind::Chapter, UnitKind::Section, UnitKind::Subsection, UnitKind::Division];

/// Reports numbers of chapters, sections and the like that do not run on.
pub fn check(context: &Context, report: &mut Report) {
    breaks::gaps(context, report, &DIVISIONS);
    breaks::duplicates(context, report, &DIVISIONS);
    breaks::order(context, report, &DIVISIONS);
}
