//! `[position]`: what a clause says and what it may say, as a playbook demands it.

use std::ops::Range;

use super::kind::Position;
use super::when::places;
use super::{Context, Phrases};
use crate::report::Report;
use crate::rule::Severity;

impl Position {
    pub(super) fn run(&self, context: &Context, report: &mut Report) {
        let Some(ranges) = places(context, Some(&self.clause)) else { return };
        let flow = context.contract.flow();
        let first = |phrases: &Phrases| ranges.iter().find_map(|range| phrases.first(context.analysis, range));
        let words = |hit: &Range<usize>| &flow.as_str()[hit.clone()];
        let wanted = &self.wanted;
        let finding = if let Some(hit) = first(&self.unacceptable) {
            report.span(
                flow.span(hit.clone()),
                format!("「{}」は、受け入れない内容です（求める内容は{wanted}）。", words(&hit)),
            )
        } else if first(&self.required).is_some() {
            return;
        } else if let Some(hit) = first(&self.fallback) {
            let message = format!("「{}」は、次善の内容です（求める内容は{wanted}）。", words(&hit));
            let finding = report.span(flow.span(hit), message);
            finding.severity = Severity::Info;
            finding
        } else {
            let place = context.analysis.clauses().get(&self.clause).map(|found| found.articles[0]);
            report
                .unit(place.unwrap_or(crate::contract::UnitId(0)), format!("求める内容（{wanted}）が見つかりません。"))
        };
        finding.help = self.help.clone();
    }
}
