//! See `rules/structure/empty-article.md`.

use crate::contract::{Contract, UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;

/// Reports articles that are a heading and nothing else.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let articles: Vec<UnitId> = contract.ids_of(UnitKind::Article).collect();
    let empty: Vec<bool> = articles.iter().map(|&id| is_empty(contract, id)).collect();
    // Headings one below the other are a table of contents or an outline.
    let outline = |i: usize| {
        let run = |range: &mut dyn Iterator<Item = usize>| range.take_while(|&k| empty[k]).take(2).count();
        run(&mut (0..i).rev()) + run(&mut (i + 1..empty.len())) >= 2
    };
    for (i, &id) in articles.iter().enumerate().filter(|(i, _)| empty[*i]) {
        if !outline(i) {
            let finding = report.unit(id, format!("{}に本文がありません。", contract.citation(id)));
            finding.help("本文を書くか、見出しを削除してください。欠番にするなら「削除」と書きます。");
        }
    }
}

fn is_empty(contract: &Contract, id: UnitId) -> bool {
    let unit = contract.unit(id);
    let only_caption = contract.contents_of(id).iter().all(|content| !content.kind.is_text());
    only_caption
        && unit.children.is_empty()
        && !unit.deleted
        && !unit.alternative
        && !super::shows_something_else(contract, id)
}
