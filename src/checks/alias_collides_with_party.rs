//! See `rules/definition/alias-collides-with-party.md`.

use crate::analysis::party::{Party, name_and_role, normal};
use crate::analysis::term::{Form, Term};
use crate::contract::{Contract, UnitKind};
use crate::report::Report;
use crate::rule::Context;

/// Reports the label of a party that is given a second time, to a thing or to somebody else.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let agreement = |unit| contract.scopes()[contract.unit(unit).scope as usize].agreement();
    for term in &context.analysis.terms().all {
        let Some(party) = context.analysis.parties().labelled(&term.name) else { continue };
        let given = matches!(term.form, Form::Hereinafter | Form::Means | Form::Bare);
        let another = party.flow != term.flow && agreement(party.unit) == agreement(term.unit);
        let alternative = contract.ancestors(term.unit).any(|up| contract.unit(up).alternative);
        if !given || !another || alternative || !term.scope.is_empty() || is_same(contract, party, term) {
            continue;
        }
        let message = format!("「{}」は、{}で当事者の呼び名とされています。", term.name, contract.citation(party.unit));
        let finding = report.span_of(term.span, term.unit, message);
        finding.help("別の呼び名にしてください。");
        finding.related(party.span, "当事者の呼び名");
    }
}

/// Whether the label is given to the same party once more: where it signs, 「借主（乙）」, or in a form that repeats names and labels.
fn is_same(contract: &Contract, party: &Party, term: &Term) -> bool {
    let signs = contract.enclosing(term.unit, UnitKind::Signature).is_some() && term.form == Form::Bare;
    let (name, _) = name_and_role(&contract.flow().as_str()[term.meaning.clone()]);
    let named = name.zip(party.name.as_ref()).is_some_and(|(name, known)| normal(&name) == normal(known));
    signs || named
}
