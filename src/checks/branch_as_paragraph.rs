//! See `rules/reference/branch-as-paragraph.md`.

use super::references;
use crate::analysis::reference::{Broken, Reference};
use crate::contract::{UnitId, UnitKind};
use crate::number::Number;
use crate::report::Report;
use crate::rule::Context;

/// Reports 第5条の1 where 第5条第1項 is meant.
pub fn check(context: &Context, report: &mut Report) {
    for (reference, _) in references::broken(context, |broken| broken == Broken::Article) {
        let Some(meant) = is_meant_as_paragraph(context, reference) else { continue };
        let words = references::words(context, reference);
        let citation = context.contract.citation(meant);
        let message = format!("「{words}」は枝番の条の書き方ですが、その条はなく、{citation}を指すと思われます。");
        let finding = report.span_of(reference.span, reference.unit, message);
        finding.help(format!("項を指すなら「{citation}」と書いてください。"));
        finding.related(context.contract.heading_span(meant), "指していると思われる項");
        finding.fix = Some(references::rewrite(reference, citation));
    }
}

/// The paragraph that 第5条の1 means, where 第5条 has no branches but has such a paragraph.
pub fn is_meant_as_paragraph(context: &Context, reference: &Reference) -> Option<UnitId> {
    let contract = context.contract;
    let number = reference.article_number()?;
    let mut branches = number.branches();
    let (Some(paragraph), None) = (branches.next(), branches.next()) else { return None };
    if !references::cites_article(reference) || reference.citation.paragraph.is_some() {
        return None;
    }
    let articles = contract.ids_of(UnitKind::Article).filter(|&id| {
        contract.unit(id).scope == contract.unit(reference.unit).scope
            && contract.unit(id).number.is_some_and(|own| own.main() == number.main())
    });
    let articles: Vec<UnitId> = articles.collect();
    let &[article] = articles.as_slice() else { return None };
    let paragraphs: Vec<UnitId> = contract.children_of(article, UnitKind::Paragraph).collect();
    (paragraphs.len() > 1).then_some(())?;
    paragraphs.into_iter().find(|&id| contract.unit(id).number == Some(Number::new(paragraph)))
}
