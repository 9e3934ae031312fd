//! `[when]`: where one phrase stands, another must or must not.

use std::ops::Range;

use super::kind::{self, Scope};
use super::{Context, Patterns, Phrases};
use crate::report::Report;

pub(super) struct When {
    page: kind::When,
    has: Phrases,
    with: Phrases,
    without: Phrases,
    except: Phrases,
    unless: Phrases,
}

impl When {
    pub(super) fn new(page: &kind::When, patterns: &mut Patterns) -> When {
        When {
            has: Phrases::new(&page.has, patterns),
            with: Phrases::new(&page.with, patterns),
            without: Phrases::new(&page.without, patterns),
            except: Phrases::new(&page.except, patterns),
            unless: Phrases::new(&page.unless, patterns),
            page: page.clone(),
        }
    }

    pub(super) fn run(&self, context: &Context, report: &mut Report) {
        let analysis = context.analysis;
        let flow = context.contract.flow();
        let all = 0..flow.as_str().len();
        let Some(places) = places(context, self.page.clause.as_ref()) else { return };
        if self.unless.first(analysis, &all).is_some() {
            return;
        }
        let except = self.except.find(analysis, &all);
        let stands = |phrases: &Phrases, ranges: &[Range<usize>]| {
            ranges.iter().any(|range| phrases.first(analysis, range).is_some())
        };
        for place in &places {
            let mut reported = 0..0;
            for (hit, _) in self.has.find(analysis, place) {
                let excepted = except.iter().any(|(e, _)| e.start <= hit.start && hit.end <= e.end);
                if excepted || !analysis.is_own_text(hit.start) || reported.contains(&hit.start) {
                    continue;
                }
                let unit = analysis.unit_at(hit.start);
                let around = match self.page.scope {
                    Scope::Sentence => vec![analysis.sentences().at(hit.start)],
                    Scope::Paragraph => vec![analysis.range_of(analysis.paragraph(unit))],
                    Scope::Article => vec![analysis.range_of(analysis.holder(unit))],
                    Scope::Clause => places.clone(),
                    Scope::Contract => vec![all.clone()],
                };
                let with = self.with.is_empty() || stands(&self.with, &around);
                if with && !stands(&self.without, &around) {
                    let message = self.page.message.replace("{found}", &flow.as_str()[hit.clone()]);
                    report.span(flow.span(hit.clone()), message).help = self.page.help.clone();
                }
                let scope = around.iter().find(|range| range.contains(&hit.start)).cloned();
                reported = scope.filter(|_| !self.page.every).unwrap_or(hit);
                if matches!(self.page.scope, Scope::Clause | Scope::Contract) && !self.page.every {
                    return;
                }
            }
        }
    }
}

/// The flow of the articles of a clause, or of the whole contract; `None` where the contract has no such clause.
pub(super) fn places(context: &Context, clause: Option<&String>) -> Option<Vec<Range<usize>>> {
    let all = 0..context.contract.flow().as_str().len();
    let Some(id) = clause.filter(|id| !context.analysis.kind().is_clause(id)) else { return Some(vec![all]) };
    let found = context.analysis.clauses().get(id)?;
    Some(found.articles.iter().map(|&article| context.analysis.range_of(article)).collect())
}
