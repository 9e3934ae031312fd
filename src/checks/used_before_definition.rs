//! See `rules/definition/used-before-definition.md`.

use std::ops::Range;

use crate::analysis::term::{Form, Term};
use crate::contract::{ContentKind, Contract, UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;
use crate::text::ends_with_any;

/// Reports the first use of a term in an article before the one that defines it.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let parties = context.analysis.parties();
    let terms = context.analysis.terms();
    for term in terms.all.iter().filter(|term| term.scope.is_empty() && term.form != Form::Qualified) {
        let another = terms.named(&term.name).next().is_some_and(|first| first.flow != term.flow);
        let Some(article) = article_of(contract, term.unit).filter(|_| !another) else { continue };
        if parties.labelled(&term.name).is_some() {
            continue;
        }
        let early = term.uses.iter().take_while(|place| place.start < term.flow.start).find(|place| {
            contract.content_at(place.start).is_some_and(|content| {
                content.kind == ContentKind::Text
                    && article_of(contract, content.unit).is_some_and(|other| other < article)
            }) && !in_definition(&terms.all, place.start)
                && !points_on(contract.flow().as_str(), place)
        });
        if let Some(early) = early {
            let message =
                format!("「{}」は、定義されている{}より前で使われています。", term.name, contract.citation(term.unit));
            let finding = report.span(contract.flow().span(early.clone()), message);
            finding.help("初めて使う箇所で定義するか、定義の条を前に置いてください。");
            finding.related(term.span, "定義");
        }
    }
}

/// The article of the main text in which a unit lies.
fn article_of(contract: &Contract, id: UnitId) -> Option<UnitId> {
    let article = contract.enclosing(id, UnitKind::Article)?;
    contract.scopes()[contract.unit(article).scope as usize].main.then_some(article)
}

/// Whether a place lies in the definition of another term, where terms help one another.
fn in_definition(all: &[Term], place: usize) -> bool {
    let after = all.partition_point(|term| term.flow.start <= place);
    all[..after]
        .iter()
        .rev()
        .take(8)
        .any(|term| matches!(term.form, Form::Means | Form::Entry) && term.whole.contains(&place))
}

/// 「本製品（第5条で定義する。）」, 「第3条に定める本製品」 say where the definition is.
fn points_on(flow: &str, place: &Range<usize>) -> bool {
    const SAYS_WHERE: [&str; 6] = ["に定める", "で定める", "に定義する", "で定義する", "に定義される", "に規定する"];
    if ends_with_any(&flow[..place.start], &SAYS_WHERE) {
        return true;
    }
    let end = place.end;
    let behind: String = flow[end..].chars().take(24).collect();
    behind.starts_with('（') && (behind.contains("定義") || behind.contains("定める") || behind.contains("いう"))
}
