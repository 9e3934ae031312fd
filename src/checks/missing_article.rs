//! See `rules/reference/missing-article.md`.

use foldhash::HashMap;

use super::branch_as_paragraph::is_meant_as_paragraph;
use super::references;
use crate::analysis::reference::Broken;
use crate::contract::{UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;

/// Reports citations of articles that are not there.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let numbered = || {
        contract.ids_of(UnitKind::Article).map(|id| (id, contract.unit(id))).filter(|(_, unit)| unit.number.is_some())
    };
    // The last article of each scope, and of the document.
    let mut last_of: Option<(HashMap<u32, UnitId>, Option<UnitId>)> = None;
    for (reference, _) in references::broken(context, |broken| broken == Broken::Article) {
        let Some(number) = reference.article_number() else { continue };
        if number.is_branch() && is_meant_as_paragraph(context, reference).is_some() {
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
        let (in_scope, in_document) = last_of.get_or_insert_with(|| {
            (numbered().map(|(id, unit)| (unit.scope, id)).collect(), numbered().last().map(|(id, _)| id))
        });
        let last = in_scope.get(&scope).copied().or(*in_document);
        match references::meant(context, reference) {
            Some((meant, caption)) => {
                finding.help(format!("「{caption}」は{}です。", contract.citation(meant)));
                references::suggest(context, reference, meant, "指していると思われる条", finding);
            }
            None => {
                let extent = last.map_or_else(String::new, |id| format!("最後の条は{}です。", contract.citation(id)));
                finding.help(format!("{extent}参照先の番号を確かめてください。"));
            }
        }
        references::weigh(context, reference, finding);
    }
}
