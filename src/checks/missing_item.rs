//! See `rules/reference/missing-item.md`.

use super::references;
use crate::analysis::reference::Broken;
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;

/// Reports citations of items that are not there.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    for (reference, broken) in references::broken(context, |broken| matches!(broken, Broken::Item(_))) {
        let Broken::Item(holder) = broken else { continue };
        let words = references::words(context, reference);
        let finding =
            report.span_of(reference.span, reference.unit, format!("「{words}」とありますが、その号がありません。"));
        if let Some(holder) = holder {
            references::tell_extent(contract, holder, UnitKind::Item, finding);
            if contract.enclosing(reference.unit, contract.unit(holder).kind) != Some(holder) {
                finding.related(contract.heading_span(holder), "参照先");
            }
        }
        references::weigh(context, reference, finding);
    }
}
