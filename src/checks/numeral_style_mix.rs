//! See `rules/structure/numeral-style-mix.md`.

use crate::contract::{UnitId, UnitKind};
use crate::finding::{Edit, Fix, Safety};
use crate::number;
use crate::report::Report;
use crate::rule::Context;

/// Reports numbers of articles in kanji among Arabic ones, and the reverse.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let mut kanji: Vec<UnitId> = Vec::new();
    let mut arabic: Vec<UnitId> = Vec::new();
    for id in contract.ids_of(UnitKind::Article) {
        let unit = contract.unit(id);
        if !contract.scopes()[unit.scope as usize].main || unit.number.is_none() {
            continue;
        }
        let label = contract.text().slice(unit.label);
        let digits = label.chars().any(|c| number::digit(c).is_some());
        if digits { arabic.push(id) } else { kanji.push(id) }
    }
    let kanji_is_usual = kanji.len() > arabic.len();
    let minority = if kanji_is_usual { arabic } else { kanji };
    let usual = if kanji_is_usual { "漢数字" } else { "算用数字" };
    let total = contract.ids_of(UnitKind::Article).count();
    if minority.len() * 2 >= total {
        return;
    }
    for id in minority {
        let unit = contract.unit(id);
        let finding = report.span_of(
            unit.label,
            id,
            format!("{}の番号の書き方が、他の条（{usual}）と違います。", contract.citation(id)),
        );
        finding.help(format!("条の番号を{usual}にそろえてください。"));
        let Some(number) = unit.number.filter(|n| !n.is_branch() && !n.is_in_parts() && unit.until.is_none()) else {
            continue;
        };
        let written = if kanji_is_usual { number::to_kanji(number.main()) } else { number.main().to_string() };
        finding.fix = Some(Fix {
            title: format!("条の番号を{usual}にする"),
            safety: Safety::Safe,
            edits: vec![Edit { span: unit.label, text: format!("第{written}条") }],
        });
    }
}
