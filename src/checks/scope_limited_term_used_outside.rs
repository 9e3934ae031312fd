//! See `rules/definition/scope-limited-term-used-outside.md`.

use foldhash::HashSet;

use crate::analysis::term::{Form, word};
use crate::contract::{ContentKind, UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;

/// Reports a term outside of the part of the contract for which alone it is defined.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let terms = context.analysis.terms();
    let mut reported: HashSet<&str> = HashSet::default();
    for (place, term) in &terms.outside {
        let term = &terms.all[*term];
        let in_text = contract.content_at(place.start).is_some_and(|content| {
            content.kind == ContentKind::Text && contract.enclosing(content.unit, UnitKind::Supplementary).is_none()
        });
        // A word that is also used before its definition, or with words of its own around it, is an ordinary one: 「通知」, 「会社の許可」.
        let name = term.name.as_str();
        let narrow = |unit: &UnitId| {
            matches!(contract.unit(*unit).kind, UnitKind::Article | UnitKind::Paragraph | UnitKind::Item)
        };
        let ordinary = place.start < term.flow.start
            || term.form != Form::Hereinafter
            || name.chars().count() < 3
            || !term.scope.iter().all(narrow)
            || is_qualified(contract.flow().as_str(), place.start);
        if ordinary {
            reported.insert(name);
        }
        if !in_text || !reported.insert(name) {
            continue;
        }
        let part: Vec<String> = term.scope.iter().map(|&unit| contract.citation(unit)).collect();
        let message = format!("「{}」は、{}に限って定義されています。", term.name, part.join("及び"));
        let finding = report.span(contract.flow().span(place.clone()), message);
        finding.help("定義の範囲を文書全体に広げるか、ここで使う言葉を改めて定めてください。");
        finding.related(term.span, "定義");
    }
}

/// Whether words before a place say which one is meant: 「クレジットカードの」, 「当該」, a noun in front.
fn is_qualified(flow: &str, at: usize) -> bool {
    flow[..at].ends_with(['の', 'る', 'た', 'い']) || flow[..at].ends_with(word::is_noun)
}
