//! See `rules/reference/uncited-annex.md`.

use std::collections::HashSet;

use crate::contract::{UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;

/// Reports annexes that the text never names.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let annexes: Vec<UnitId> = contract.ids_of(UnitKind::Annex).collect();
    if annexes.is_empty() {
        return;
    }
    let references = &context.analysis.references().all;
    let cited: HashSet<UnitId> = references.iter().flat_map(|r| r.targets.iter().copied()).collect();
    let flow = contract.flow();
    for id in annexes {
        let own = flow.range(contract.unit(id).contents);
        let is_cited = cited.contains(&id)
            || references
                .iter()
                .any(|r| r.targets.iter().any(|&target| contract.enclosing(target, UnitKind::Annex) == Some(id)));
        let title = contract.caption(id).map(str::trim).filter(|title| title.chars().count() >= 3);
        let named = title.is_some_and(|title| flow.as_str().match_indices(title).any(|(at, _)| !own.contains(&at)));
        if is_cited || named {
            continue;
        }
        let at = contract.citation(id);
        let finding = report.unit(id, format!("{at}は、本文のどこにも引かれていません。"));
        finding.help("本文で引くか、不要なら外してください。");
    }
}
