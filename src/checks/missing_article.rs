//! See `rules/reference/missing-article.md`.

use super::branch_as_paragraph::is_meant_as_paragraph;
use super::references;
use crate::analysis::reference::Broken;
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;

/// Reports citations of articles that are not there.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
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
        let last = contract
            .ids_of(UnitKind::Article)
            .filter(|&id| contract.unit(id).scope == scope && contract.unit(id).number.is_some())
            .last()
            .or_else(|| contract.ids_of(UnitKind::Article).filter(|&id| contract.unit(id).number.is_some()).last());
        match references::meant(context, reference) {
            Some((meant, caption)) => {
                finding.help(format!("「{caption}」は{}です。", contract.citation(meant)));
                finding.related(contract.heading_span(meant), "指していると思われる条");
                if let Some(meant) = contract.unit(meant).number {
                    finding.fix = Some(references::renumber(context, reference, meant));
                }
            }
            None => {
                let extent = last.map_or_else(String::new, |id| format!("最後の条は{}です。", contract.citation(id)));
                finding.help(format!("{extent}参照先の番号を確かめてください。"));
            }
        }
        references::weigh(context, reference, finding);
    }
}
