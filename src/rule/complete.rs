//! `[complete]`: what a clause should speak of.

use std::ops::Range;

use super::kind::{Also, Complete, Element};
use super::{Context, Phrases};
use crate::contract::UnitId;
use crate::report::Report;

impl Complete {
    pub(super) fn run(&self, context: &Context, report: &mut Report) {
        let analysis = context.analysis;
        let Some((place, ranges)) = self.place(context) else { return };
        let first = |phrases: &Phrases| ranges.iter().find_map(|range| phrases.first(analysis, range));
        if !self.cues.is_empty() && first(&self.cues).is_none() || first(&self.unless).is_some() {
            return;
        }
        if self.organisations && only_persons_declare(context, &ranges) {
            return;
        }
        let hits: Vec<Option<Range<usize>>> = self.elements.iter().map(|element| first(&element.phrases)).collect();
        let mut missing: Vec<&Element> =
            self.elements.iter().zip(&hits).filter(|(_, hit)| hit.is_none()).map(|(element, _)| element).collect();
        let wanted = self.at_least.unwrap_or(hits.len());
        let enough = |missing: &[&Element]| hits.len() - missing.len() >= wanted;
        if enough(&missing) {
            return;
        }
        if let Some(also) = self.also {
            let all = 0..context.contract.flow().as_str().len();
            let beside = match also {
                Also::Linked => linked(context, &ranges),
                Also::Contract => vec![all],
            };
            let stands = |phrases: &Phrases| beside.iter().any(|range| phrases.first(analysis, range).is_some());
            missing.retain(|element| !stands(&element.phrases));
            if enough(&missing) || stands(&self.unless) {
                return;
            }
        }
        let found = hits.len() - missing.len();
        let missing = missing.iter().map(|element| &*element.name).collect::<Vec<&str>>().join("、");
        let fill = |text: &str| {
            let counts = text.replace("{found}", &found.to_string()).replace("{all}", &hits.len().to_string());
            counts.replace("{missing}", &missing)
        };
        // Where the clause begins to speak of such things, or else the clause itself.
        let message = fill(&self.message);
        let finding = match hits.iter().flatten().map(|hit| hit.start).min() {
            Some(at) if place != UnitId(0) => {
                let unit = analysis.paragraph(analysis.unit_at(at));
                report.span_of(
                    context
                        .contract
                        .flow()
                        .span(hits.iter().flatten().min_by_key(|h| h.start).cloned().unwrap_or(at..at)),
                    unit,
                    message,
                )
            }
            _ => report.unit(place, message),
        };
        finding.help = self.help.as_deref().map(|help| fill(help).into());
    }

    /// Whether it says of the whole contract what is missing: no single clause has to be there first, and its cues stand.
    pub fn speaks_of_the_whole(&self, context: &Context) -> bool {
        let stands = |range: &Range<usize>| self.cues.first(context.analysis, range).is_some();
        let place = self.place(context).filter(|(place, _)| *place == UnitId(0));
        place.is_some_and(|(_, ranges)| self.cues.is_empty() || ranges.iter().any(stands))
    }

    /// The article that is the clause, and where to look; the document where the whole contract is the clause. An entry of a list is none.
    fn place(&self, context: &Context) -> Option<(UnitId, Vec<Range<usize>>)> {
        let analysis = context.analysis;
        let all = 0..context.contract.flow().as_str().len();
        let Some(id) = self.clause.as_ref().filter(|id| !analysis.kind().is_clause(id)) else {
            return Some((UnitId(0), vec![all]));
        };
        let found = analysis.clauses().get(id).filter(|found| !found.is_entry(context.contract))?;
        Some((found.articles[0], found.mentions.iter().map(|&article| analysis.range_of(article)).collect()))
    }
}

/// Whether all who declare something in some ranges (「乙は、…を確約する」) are natural persons by their names.
fn only_persons_declare(context: &Context, ranges: &[Range<usize>]) -> bool {
    const DECLARES: [&str; 6] = ["表明し", "表明する", "確約し", "確約する", "誓約し", "誓約する"];
    let analysis = context.analysis;
    let flow = context.contract.flow().as_str();
    let parties = &analysis.parties().all;
    let declares = |words: &str| DECLARES.iter().any(|word| words.contains(word));
    let acts = analysis.acts().iter();
    let mut declared = acts
        .filter(|act| ranges.iter().any(|range| range.contains(&act.flow.start)) && declares(&flow[act.flow.clone()]))
        .peekable();
    declared.peek().is_some()
        && declared.all(|act| act.subject(flow).is_some_and(|subject| parties[subject].is_natural_person()))
}

/// The articles that cite some articles, given as ranges of the flow in order, and those that are cited there.
fn linked(context: &Context, articles: &[Range<usize>]) -> Vec<Range<usize>> {
    let analysis = context.analysis;
    let is_one = |range: &Range<usize>| articles.binary_search_by_key(&range.start, |article| article.start).is_ok();
    let mut found = Vec::new();
    for reference in &analysis.references().all {
        let citing = analysis.range_of(analysis.holder(reference.unit));
        // A missing 号 of an article that is there is reported where it is cited.
        for target in reference.targets.iter().copied().chain(reference.status.holder()) {
            let cited = analysis.range_of(analysis.holder(target));
            match (is_one(&citing), is_one(&cited)) {
                (true, false) => found.push(cited),
                (false, true) => found.push(citing.clone()),
                _ => {}
            }
        }
    }
    found.sort_by_key(|range| range.start);
    found.dedup();
    found
}
