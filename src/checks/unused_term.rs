//! See `rules/definition/unused-term.md`.

use super::near_variant::variants;
use crate::analysis::term::{Form, Term};
use crate::contract::ContentKind;
use crate::report::Report;
use crate::rule::Context;

/// Reports terms that are defined and never used.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let terms = context.analysis.terms();
    let parties = context.analysis.parties();
    let flow = contract.flow();
    for (place, term) in terms.all.iter().enumerate() {
        let own = contract
            .contents()
            .get(flow.content_at(term.flow.start))
            .is_some_and(|content| content.kind != ContentKind::Quotation);
        let alternative = contract.ancestors(term.unit).any(|up| contract.unit(up).alternative);
        let used = terms.is_mentioned(place) || terms.named(&term.name).any(|other| !other.uses.is_empty());
        if used || !own || alternative || !is_named(flow.as_str(), term) || parties.labelled(&term.name).is_some() {
            continue;
        }
        let finding = report.span_of(
            term.span,
            term.unit,
            format!("「{}」は、定義されていますが、使われていません。", term.name),
        );
        let variant = variants(&term.name).into_iter().find(|variant| flow.as_str().contains(variant.as_str()));
        finding.help(match variant {
            Some(variant) => {
                format!("「{variant}」を使っている箇所を「{}」に改めるか、定義を削ってください。", term.name)
            }
            None => "使うべき箇所が別の言葉になっていないか確かめ、使わないなら定義を削ってください。".to_string(),
        });
    }
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
