//! `[when]`: where one phrase stands, another must or must not.

use std::ops::Range;

use super::covering::Covering;
use super::kind::{Scope, When};
use super::table::Words;
use super::{Context, Phrases};
use crate::report::Report;

impl When {
    pub(super) fn run(&self, context: &Context, report: &mut Report) {
        let analysis = context.analysis;
        let flow = context.contract.flow();
        let all = 0..flow.as_str().len();
        let Some(places) = places(context, self.clause.as_ref()) else { return };
        if self.unless.first(analysis, &all).is_some() {
            return;
        }
        let except = Covering::of(self.except.find(analysis, &all));
        let stands = |phrases: &Phrases, ranges: &[Range<usize>]| {
            ranges.iter().any(|range| phrases.first(analysis, range).is_some())
        };
        for place in &places {
            let mut reported = 0..0;
            for (hit, _) in self.has.find(analysis, place) {
                if except.covers(&hit) || !analysis.is_own_text(hit.start) || reported.contains(&hit.start) {
                    continue;
                }
                if self.unless_denied && is_denied(&flow.as_str()[hit.end..]) {
                    continue;
                }
                let unit = analysis.unit_at(hit.start);
                // Of the alternative wordings of an article one will stand: which, a template does not say.
                if matches!(self.scope, Scope::Contract) && context.contract.unit(analysis.holder(unit)).alternative {
                    continue;
                }
                let around = match self.scope {
                    Scope::Sentence => vec![analysis.sentences().at(hit.start)],
                    Scope::Paragraph => vec![analysis.range_of(analysis.paragraph(unit))],
                    Scope::Article => vec![analysis.range_of(analysis.holder(unit))],
                    Scope::Clause => places.clone(),
                    Scope::Contract => vec![all.clone()],
                };
                let with = self.with.is_empty()
                    || around
                        .iter()
                        .flat_map(|range| self.with.find(analysis, range))
                        .any(|(hit, _)| !except.covers(&hit));
                if with && !stands(&self.without, &around) {
                    let message = self.message.replace("{found}", &flow.as_str()[hit.clone()]);
                    report.span(flow.span(hit.clone()), message).help = self.help.clone();
                }
                let scope = around.iter().find(|range| range.contains(&hit.start)).cloned();
                reported = scope.filter(|_| !self.every).unwrap_or(hit);
                if matches!(self.scope, Scope::Clause | Scope::Contract) && !self.every {
                    return;
                }
            }
        }
    }
}

/// Whether words are denied by those behind them: 「…支払」 「ってはならない。」, 「…定め」 「ることはできない。」; 「なければならない」 denies
/// nothing.
fn is_denied(rest: &str) -> bool {
    let ends = |&(_, c): &(usize, char)| matches!(c, '、' | '。' | '（' | '「' | '\n');
    let end = rest.char_indices().take(40).find(ends).map_or(rest.len().min(160), |(end, _)| end);
    let end = (end..rest.len()).find(|end| rest.is_char_boundary(*end)).unwrap_or(rest.len());
    let tail = &rest[..end];
    let must = ["なければなら", "なくてはなら"].iter().any(|word| tail.contains(word));
    !must && (tail.contains("ない") || tail.contains("ません") || tail.ends_with('ず'))
}

/// The flow of the articles of a clause, or of the whole contract; `None` where the contract has no such clause.
pub(super) fn places(context: &Context, clause: Option<&Words>) -> Option<Vec<Range<usize>>> {
    let all = 0..context.contract.flow().as_str().len();
    let Some(id) = clause.filter(|id| !context.analysis.kind().is_clause(id)) else { return Some(vec![all]) };
    let found = context.analysis.clauses().get(id)?;
    Some(found.articles.iter().map(|&article| context.analysis.range_of(article)).collect())
}
