//! `[agree]`: two numbers that must be equal.

use std::ops::Range;

use super::Context;
use super::kind::{Agree, Capture};
use super::when::places;
use crate::analysis::period::{Period, PeriodUnit};
use crate::report::Report;

/// A number, and where it stands in the flow with its unit.
struct Quantity {
    value: u64,
    /// In what it is counted; `None` for a plain number. Years are counted in months, weeks in days.
    unit: Option<PeriodUnit>,
    range: Range<usize>,
}

impl Agree {
    pub(super) fn run(&self, context: &Context, report: &mut Report) {
        let Some(left) = quantities(context, &self.left).into_iter().next() else { return };
        let flow = context.contract.flow();
        for right in quantities(context, &self.right) {
            if right.unit != left.unit || right.value == left.value || right.range == left.range {
                continue;
            }
            let words = |quantity: &Quantity| &flow.as_str()[quantity.range.clone()];
            let analysis = context.analysis;
            let at = context.contract.citation(analysis.paragraph(analysis.unit_at(left.range.start)));
            let message = self.message.replace("{left}", words(&left)).replace("{right}", words(&right));
            let finding = report.span(flow.span(right.range.clone()), message.replace("{at}", &at));
            finding.help = self.help.clone();
            finding.related(flow.span(left.range.clone()), format!("「{}」", words(&left)));
        }
    }
}

fn quantities(context: &Context, capture: &Capture) -> Vec<Quantity> {
    let Some(ranges) = places(context, capture.clause.as_ref()) else { return Vec::new() };
    let outside = capture.outside.as_ref().and_then(|id| places(context, Some(id))).unwrap_or_default();
    let mut hits: Vec<Range<usize>> =
        ranges.iter().flat_map(|range| capture.phrases.find(context.analysis, range)).map(|(hit, _)| hit).collect();
    hits.retain(|hit| {
        context.analysis.is_own_text(hit.start) && !outside.iter().any(|range| range.contains(&hit.start))
    });
    let mut found: Vec<Quantity> = hits.iter().filter_map(|hit| last_quantity(context, hit)).collect();
    found.sort_by_key(|quantity| quantity.range.start);
    found.dedup_by_key(|quantity| quantity.range.start);
    found
}

/// The last number in some words, with the unit behind it.
fn last_quantity(context: &Context, hit: &Range<usize>) -> Option<Quantity> {
    let numeral = context.analysis.numerals_within(hit).last()?;
    let Some(period) = Period::at(context.contract.flow().as_str(), numeral) else {
        return Some(Quantity { value: numeral.value, unit: None, range: numeral.flow.clone() });
    };
    let (value, unit) = match (period.months(), period.days()) {
        (Some(months), _) => (months, PeriodUnit::Month),
        (None, Some(days)) => (days, PeriodUnit::Day),
        (None, None) => (period.count, period.unit),
    };
    Some(Quantity { value: u64::from(value), unit: Some(unit), range: period.flow.clone() })
}
