//! See `rules/definition/redefined-term.md`.

use foldhash::HashMap;

use crate::analysis::term::{Form, Term};
use crate::contract::{ContentKind, Contract, UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;

/// Reports terms that are defined a second time for the same part of the contract.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let parties = context.analysis.parties();
    let mut first: HashMap<(&str, Option<&str>, Option<UnitId>), &Term> = HashMap::default();
    for term in context.analysis.terms().all.iter().filter(|term| counts(contract, term)) {
        if parties.labelled(&term.name).is_some() {
            continue;
        }
        let agreement = contract.scopes()[contract.unit(term.unit).scope as usize].agreement();
        // What a 附則 defines holds in it alone.
        let supplementary = contract.enclosing(term.unit, UnitKind::Supplementary);
        let part = (term.name.as_str(), agreement, supplementary);
        let Some(before) = first.get(&part) else {
            first.insert(part, term);
            continue;
        };
        let place = contract.citation(before.unit);
        let message = format!("「{}」は、{place}で既に定義されています。", term.name);
        let finding = report.span_of(term.span, term.unit, message);
        finding.help("同じ意味なら後の定義を削り、違う意味なら別の言葉にするか、適用の範囲を「この条において」などと限ってください。");
        finding.related(before.span, "先の定義");
    }
}

/// Whether a definition only says where the word is defined: 「「本株式」とは、第2条に定める意味を有する。」
fn points_elsewhere(contract: &Contract, term: &Term) -> bool {
    const POINTS: [&str; 9] = [
        "定める意味",
        "規定する意味",
        "定義する意味",
        "定義された意味",
        "定める意義",
        "定義される",
        "定義されている",
        "定義するとおり",
        "定めるとおり",
    ];
    let meaning = &contract.flow().as_str()[term.meaning.clone()];
    term.form == Form::Means && POINTS.iter().any(|words| meaning.contains(words))
}

/// Whether a definition gives the word one meaning for the whole document.
fn counts(contract: &Contract, term: &Term) -> bool {
    let quoted = contract.content_at(term.flow.start).is_some_and(|content| content.kind == ContentKind::Quotation);
    term.scope.is_empty()
        && matches!(term.form, Form::Hereinafter | Form::Means)
        && !quoted
        && !points_elsewhere(contract, term)
        && !contract.ancestors(term.unit).any(|up| contract.unit(up).alternative)
}
