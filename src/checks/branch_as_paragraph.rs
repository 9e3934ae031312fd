//! See `rules/reference/branch-as-paragraph.md`.

use std::cell::LazyCell;

use foldhash::HashMap;

use super::references;
use crate::analysis::reference::{Broken, Reference};
use crate::contract::{Contract, UnitId, UnitKind};
use crate::number::Number;
use crate::report::Report;
use crate::rule::Context;

/// Reports 第5条の1 where 第5条第1項 is meant.
pub fn check(context: &Context, report: &mut Report) {
    let articles = LazyCell::new(|| Unbranched::of(context.contract));
    for (reference, _) in references::broken(context, |broken| broken == Broken::Article) {
        let Some(meant) = is_meant_as_paragraph(context, reference, &articles) else { continue };
        let words = references::words(context, reference);
        let citation = context.contract.citation(meant);
        let message = format!("「{words}」は枝番の条の書き方ですが、その条はなく、{citation}を指すと思われます。");
        let finding = report.span_of(reference.span, reference.unit, message);
        finding.help(format!("項を指すなら「{citation}」と書いてください。"));
        finding.related(context.contract.heading_span(meant), "指していると思われる項");
        finding.fix = Some(references::rewrite(reference, citation));
    }
}

/// The articles by scope and first number; none where that has branches, or stands twice.
pub struct Unbranched(HashMap<(u32, u32), Option<UnitId>>);

impl Unbranched {
    /// Those of a contract.
    pub fn of(contract: &Contract) -> Unbranched {
        let mut all = HashMap::default();
        for id in contract.ids_of(UnitKind::Article) {
            let unit = contract.unit(id);
            if let Some(number) = unit.number {
                all.entry((unit.scope, number.main())).and_modify(|only| *only = None).or_insert(Some(id));
            }
        }
        Unbranched(all)
    }
}

/// How many 項 of an article may be meant.
const MOST: usize = 500;

/// The paragraph that 第5条の1 means, where 第5条 has no branches but has such a paragraph.
pub fn is_meant_as_paragraph(context: &Context, reference: &Reference, articles: &Unbranched) -> Option<UnitId> {
    let contract = context.contract;
    let number = reference.article_number()?;
    let mut branches = number.branches();
    let (Some(paragraph), None) = (branches.next(), branches.next()) else { return None };
    if !references::cites_article(reference) || reference.citation.paragraph.is_some() {
        return None;
    }
    let article = (*articles.0.get(&(contract.unit(reference.unit).scope, number.main()))?)?;
    let paragraphs = || contract.children_of(article, UnitKind::Paragraph);
    paragraphs().nth(1)?;
    paragraphs().take(MOST).find(|&id| contract.unit(id).number == Some(Number::new(paragraph)))
}
