//! See `rules/reference/missing-article.md`.

use std::cell::LazyCell;

use foldhash::HashMap;

use super::branch_as_paragraph::{Unbranched, is_meant_as_paragraph};
use super::references;
use crate::analysis::reference::{Article, Broken, Reference};
use crate::contract::{Unit, UnitId, UnitKind};
use crate::number::Number;
use crate::report::Report;
use crate::rule::Context;

/// The last articles.
struct Last {
    /// Of each scope and, where numbers are in parts (第2.3条), of each chapter.
    beside: HashMap<(u32, Number), UnitId>,
    in_document: Option<UnitId>,
}

/// The number of a citation of what is numbered 2.1 in the text: 「2.9項」, and 「第2.9条」 where articles are not numbered so.
fn outlined(context: &Context, reference: &Reference) -> Option<Number> {
    match reference.citation.article {
        Some(Article::Outline(number)) => Some(number),
        Some(Article::Number(number)) if number.is_in_parts() => {
            let contract = context.contract;
            let in_parts = |id: UnitId| contract.unit(id).number.is_some_and(Number::is_in_parts);
            (!contract.ids_of(UnitKind::Article).any(in_parts)).then_some(number)
        }
        _ => None,
    }
}

fn report_outlined(context: &Context, report: &mut Report, reference: &Reference, number: Number) {
    let contract = context.contract;
    let words = references::words(context, reference);
    let written = number.of_unit("");
    let written = written.trim_start_matches('第');
    let finding =
        report.span_of(reference.span, reference.unit, format!("「{words}」とありますが、{written}がありません。"));
    let article =
        contract.ids_of(UnitKind::Article).find(|&id| contract.unit(id).number == Some(Number::new(number.main())));
    let last = article.and_then(|id| contract.children_of(id, UnitKind::Paragraph).last());
    let extent = match (article, last) {
        (Some(_), Some(last)) => {
            let label = contract.text().slice(contract.unit(last).label);
            format!("最後は{}です。", label.trim_end_matches(['.', '．', '　', ' ']))
        }
        _ => {
            let last = contract.ids_of(UnitKind::Article).last();
            last.map_or_else(String::new, |id| format!("最後の条は{}です。", contract.citation(id)))
        }
    };
    finding.help(format!("{extent}参照先の番号を確かめてください。"));
    references::weigh(context, reference, finding);
}

/// Reports citations of articles that are not there.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let numbered = || {
        contract.ids_of(UnitKind::Article).map(|id| (id, contract.unit(id))).filter(|(_, unit)| unit.number.is_some())
    };
    let mut last_of: Option<Last> = None;
    let articles = LazyCell::new(|| Unbranched::of(contract));
    let beside = |number: Number| number.with_last(0);
    for (reference, _) in references::broken(context, |broken| broken == Broken::Article) {
        if let Some(number) = outlined(context, reference) {
            report_outlined(context, report, reference, number);
            continue;
        }
        let Some(number) = reference.article_number() else { continue };
        if number.is_branch() && is_meant_as_paragraph(context, reference, &articles).is_some() {
            continue;
        }
        let scope = contract.unit(reference.unit).scope;
        let words = references::words(context, reference);
        let article = number.of_unit("条");
        let message = match words.contains('第') && reference.until.is_none() {
            true => format!("「{words}」とありますが、{article}がありません。"),
            false => format!("「{words}」が指す条がありません。"),
        };
        let finding = report.span_of(reference.span, reference.unit, message);
        let last_of = last_of.get_or_insert_with(|| {
            let key = |unit: &Unit| (unit.scope, beside(unit.number.unwrap_or_default()));
            let beside = numbered().map(|(id, unit)| (key(unit), id)).collect();
            Last { beside, in_document: numbered().last().map(|(id, _)| id) }
        });
        let last = last_of.beside.get(&(scope, beside(number))).copied().or(last_of.in_document);
        match references::meant(context, reference) {
            Some((meant, caption)) => {
                finding.help(format!("「{caption}」は{}です。", contract.citation(meant)));
                references::suggest(context, reference, meant, "指していると思われる条", finding);
            }
            None => {
                let extent = last.map_or_else(String::new, |id| match number.is_in_parts() {
                    true => format!("{}までしかありません。", contract.citation(id)),
                    false => format!("最後の条は{}です。", contract.citation(id)),
                });
                finding.help(format!("{extent}参照先の番号を確かめてください。"));
            }
        }
        references::weigh(context, reference, finding);
    }
}
