//! The day on which a contract was signed, as it stands above the names in the signature block.

use std::ops::Range;

use crate::contract::UnitKind;
use crate::date::Date;
use crate::rule::Context;

/// The day that stands in a line of its own in the signature block, with its place in the flow; the last of several.
pub(super) fn signing_day(context: &Context) -> Option<(Date, Range<usize>)> {
    let contract = context.contract;
    let text = contract.flow().as_str();
    context.analysis.dates().mentions.iter().rev().find_map(|mention| {
        let unit = context.analysis.unit_at(mention.flow.start);
        let alone = text[..mention.flow.start].ends_with('\n')
            && text[mention.end()..].trim_start_matches('付').starts_with('\n');
        contract.enclosing(unit, UnitKind::Signature).filter(|_| alone)?;
        Some((mention.date()?, mention.flow.clone()))
    })
}
