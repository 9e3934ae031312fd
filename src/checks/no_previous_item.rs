//! See `rules/reference/no-previous-item.md`.

use super::references;
use crate::analysis::reference::Broken;
use crate::contract::{UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;

/// Reports 前号 and 前各号 where no item stands before.
pub fn check(context: &Context, report: &mut Report) {
    for (reference, _) in references::broken(context, |broken| broken == Broken::NoPreviousItem) {
        let contract = context.contract;
        let words = references::words(context, reference);
        let finding = report.span_of(
            reference.span,
            reference.unit,
            format!("「{words}」とありますが、{}より前に号がありません。", contract.citation(reference.unit)),
        );
        finding.help(match places(context, reference.unit) {
            Place::BeforeItems => "後に続く号を指すなら「次の各号」と書いてください。",
            Place::BehindItemsOfPrevious => "直前の項の号を指すなら「前項各号」と書いてください。",
            Place::Elsewhere => "参照先を条・項・号の番号で書いてください。",
        });
        references::weigh(context, reference, finding);
    }
}

/// Where the items stand that may be meant.
enum Place {
    BeforeItems,
    BehindItemsOfPrevious,
    Elsewhere,
}

fn places(context: &Context, unit: UnitId) -> Place {
    let contract = context.contract;
    let has_items = |id: UnitId| contract.children_of(id, UnitKind::Item).next().is_some();
    let Some(paragraph) = contract.enclosing(unit, UnitKind::Paragraph) else { return Place::Elsewhere };
    if unit == paragraph && has_items(paragraph) {
        return Place::BeforeItems;
    }
    let previous = contract.unit(paragraph).parent.and_then(|up| {
        let siblings = &contract.unit(up).children;
        let before = &siblings[..siblings.partition_point(|&id| id < paragraph)];
        before.iter().rev().copied().find(|&id| contract.unit(id).kind == UnitKind::Paragraph)
    });
    if previous.is_some_and(has_items) { Place::BehindItemsOfPrevious } else { Place::Elsewhere }
}
