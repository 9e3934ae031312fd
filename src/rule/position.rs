//! `[position]`: what a clause says and what it may say, as a playbook demands it.

use std::ops::Range;

use super::when::places;
use super::{Context, Patterns, Phrases, kind};
use crate::report::Report;
use crate::rule::Severity;

pub(super) struct Position {
    page: kind::Position,
    required: Phrases,
    fallback: Phrases,
    unacceptable: Phrases,
}

impl Position {
    pub(super) fn new(page: &kind::Position, patterns: &mut Patterns) -> Position {
        Position {
            required: Phrases::new(&page.required, patterns),
            fallback: Phrases::new(&page.fallback, patterns),
            unacceptable: Phrases::new(&page.unacceptable, patterns),
            page: page.clone(),
        }
    }

    pub(super) fn run(&self, context: &Context, report: &mut Report) {
        let Some(ranges) = places(context, Some(&self.page.clause)) else { return };
        let flow = context.contract.flow();
        let first = |phrases: &Phrases| ranges.iter().find_map(|range| phrases.first(context.analysis, range));
        let words = |hit: &Range<usize>| &flow.as_str()[hit.clone()];
        let wanted = &self.page.wanted;
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
            let place = context.analysis.clauses().get(&self.page.clause).map(|found| found.articles[0]);
            report
                .unit(place.unwrap_or(crate::contract::UnitId(0)), format!("求める内容（{wanted}）が見つかりません。"))
        };
        finding.help = self.page.help.clone();
    }
}
