//! The clauses of the table of kinds that no page of its own asks for: what `required-clause-missing` and `expected-clause-missing` share.

use crate::rule::{Context, Kind};
use crate::vocabulary::{Clause, Need};

/// The clauses that the kind of contract needs so much, that are not there, and whose absence no other page reports.
pub fn missing<'c>(context: &Context<'_, 'c>, need: Need) -> Vec<&'c Clause> {
    let analysis = context.analysis;
    let rulebook = analysis.rulebook();
    let recognised = analysis.kind();
    // Where another contract stands above this one, the clauses are there.
    if recognised.kind.is_none() || analysis.facts().parent.is_some() {
        return Vec::new();
    }
    let reported_elsewhere = |id: &str| {
        rulebook.rules().iter().any(|rule| match &rule.page.kind {
            Kind::Require(require) if require.clause == id => true,
            _ if rule.page.covers.iter().all(|covered| covered != id) => false,
            Kind::Complete(complete) => complete.speaks_of_the_whole(context),
            _ => true,
        })
    };
    let is_missing = |clause: &&Clause| {
        recognised.need(&clause.id) == Some(need)
            && analysis.clauses().get(&clause.id).is_none()
            && !reported_elsewhere(&clause.id)
    };
    rulebook.vocabulary().clauses.iter().filter(is_missing).collect()
}
