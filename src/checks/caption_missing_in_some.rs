//! See `rules/structure/caption-missing-in-some.md`.

use crate::contract::{UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;

/// Reports articles without a caption among articles that have one.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let mut scopes: Vec<Vec<UnitId>> = vec![Vec::new(); contract.scopes().len()];
    for id in contract.ids_of(UnitKind::Article).filter(|&id| !contract.unit(id).deleted) {
        scopes[contract.unit(id).scope as usize].push(id);
    }
    for articles in scopes {
        let (with, without): (Vec<UnitId>, Vec<UnitId>) =
            articles.iter().partition(|&&id| contract.unit(id).caption.is_some());
        // A caption on the line above may serve the articles that follow too.
        let above = with
            .iter()
            .any(|&id| contract.unit(id).caption.is_some_and(|caption| caption.start < contract.unit(id).label.start));
        if articles.len() < 5 || with.len() * 5 < articles.len() * 4 || above {
            continue;
        }
        for id in without {
            let finding = report.unit(id, format!("{}に見出しがありません。", contract.citation(id)));
            finding.help(format!(
                "{}条のうち{}条に見出しがあります。見出しを付けてそろえてください。",
                articles.len(),
                with.len()
            ));
        }
    }
}
