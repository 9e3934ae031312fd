//! See `rules/reference/self-reference.md`.

use super::references;
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;
use crate::text::starts_with_any;

/// Reports citations of the article in which they stand.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    for reference in references::resolved(context) {
        let citation = &reference.citation;
        let plain = references::cites_article(reference)
            && citation.paragraph.is_none()
            && citation.item.is_none()
            && reference.list.is_none();
        let own = contract.enclosing(reference.unit, UnitKind::Article);
        let continues = ["及び", "又は", "並びに", "、第", "から", "・第", "および", "または"];
        if !plain
            || own.is_none_or(|own| reference.targets != [own])
            || starts_with_any(references::behind(context, reference), &continues)
        {
            continue;
        }
        let words = references::words(context, reference);
        let at = contract.citation(reference.targets[0]);
        let finding =
            report.span_of(reference.span, reference.unit, format!("「{words}」は、{at}自身を指しています。"));
        match references::meant(context, reference).filter(|(meant, _)| Some(*meant) != own) {
            Some((meant, caption)) => finding.help(format!("「{caption}」は{}です。", contract.citation(meant))),
            None => finding.help("この条を指すなら「本条」と書き、ほかの条を指すなら番号を確かめてください。"),
        };
    }
}
