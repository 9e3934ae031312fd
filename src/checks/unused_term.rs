//! See `rules/definition/unused-term.md`.

use crate::analysis::term::{Form, Term};
use crate::contract::ContentKind;
use crate::report::Report;
use crate::rule::{Context, Severity};
use crate::text::ends_with_any;

/// Reports terms that are defined and never used.
pub fn check(context: &Context, report: &mut Report) {
    let terms = context.analysis.terms();
    // The variants that stand in the text first.
    let mut instead: Vec<Option<&str>> = vec![None; terms.all.len()];
    for (_, variant) in &terms.variant_places {
        let variant = &terms.variants[*variant];
        for &place in &variant.terms {
            instead[place].get_or_insert(&variant.name);
        }
    }
    for (place, term) in terms.all.iter().enumerate().filter(|(place, term)| is_unused(context, *place, term)) {
        let message = format!("「{}」は、定義されていますが、使われていません。", term.name);
        let finding = report.span_of(term.span, term.unit, message);
        // The short name of a statute is given by habit: 「…に関する法律（以下「取適法」という。）」.
        let meaning = context.contract.flow().as_str()[term.meaning.clone()].trim_end();
        if ends_with_any(meaning, &["法", "法律", "条例", "規則", "政令", "省令"]) {
            finding.severity = Severity::Info;
        }
        finding.help(match instead[place] {
            Some(variant) => {
                format!("「{variant}」を使っている箇所を「{}」に改めるか、定義を削ってください。", term.name)
            }
            None => "使うべき箇所が別の言葉になっていないか確かめ、使わないなら定義を削ってください。".to_string(),
        });
    }
}

/// Whether nothing in the contract uses a term.
fn is_unused(context: &Context, place: usize, term: &Term) -> bool {
    let contract = context.contract;
    let terms = context.analysis.terms();
    let flow = contract.flow();
    let own = contract.content_at(term.flow.start).is_some_and(|content| content.kind != ContentKind::Quotation);
    let alternative = contract.ancestors(term.unit).any(|up| contract.unit(up).alternative);
    let used = terms.is_mentioned(place) || terms.named(&term.name).take(64).any(|other| !other.uses.is_empty());
    !used
        && own
        && !alternative
        && is_named(flow.as_str(), term)
        && context.analysis.parties().labelled(&term.name).is_none()
}

/// Whether a definition gives a name in order to use it, and not only explains a word where it stands.
fn is_named(flow: &str, term: &Term) -> bool {
    match term.form {
        Form::Hereinafter => true,
        Form::Means => term.scope.is_empty() && flow[..term.flow.start].ends_with(['「', '『']),
        Form::Entry => flow[term.meaning.clone()].trim_end_matches('。').ends_with("いう"),
        Form::Qualified | Form::Bare => false,
    }
}
