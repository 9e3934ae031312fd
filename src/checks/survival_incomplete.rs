//! See `rules/reference/survival-incomplete.md`.

use crate::analysis::clause::Found;
use crate::analysis::reference::Status;
use crate::contract::{UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;

/// The clauses that are meant to outlive a contract.
const KEPT: [&str; 4] = ["confidentiality", "intellectual-property", "damages", "jurisdiction"];

/// Words by which a list of surviving articles is not the whole list, or an article survives by itself.
const OPEN: [&str; 5] = ["性質上", "その他", "一切の条項", "全ての条項", "すべての条項"];

/// Reports a survival clause that lists articles and leaves out one that the contract has and that is meant to survive.
pub fn check(context: &Context, report: &mut Report) {
    let analysis = context.analysis;
    let contract = context.contract;
    let text = |id| &contract.flow().as_str()[analysis.range_of(id)];
    let Some(survival) = analysis.clauses().get("survival") else { return };
    let outlives = |words: &str| ["終了後", "満了後", "失効後", "終了した後"].iter().any(|word| words.contains(word));
    let kept = KEPT.iter().filter_map(|id| analysis.clauses().get(id));
    let ends = |id: &UnitId| contract.unit(*id).kind == UnitKind::Article && !outlives(text(*id));
    let kept: Vec<_> = kept.filter(|found| found.is_captioned() && found.articles.iter().all(ends)).collect();
    for &article in survival.articles.iter().filter(|_| survival.is_captioned()) {
        let references = analysis.references().within(contract, article);
        // A citation that points at nothing may mean the article that seems to be left out.
        if references.iter().any(|reference| matches!(reference.status, Status::Broken(_))) {
            continue;
        }
        let cited: Vec<_> = references
            .iter()
            .flat_map(|reference| &reference.targets)
            .filter_map(|&target| contract.enclosing(target, UnitKind::Article).or(Some(target)))
            .collect();
        let own = text(article);
        // 「出版権の存続期間」 is how long a right lasts.
        let is_term = contract.caption(article).is_some_and(|caption| caption.contains("存続期間"));
        if is_term || cited.is_empty() || OPEN.iter().any(|word| own.contains(word)) {
            continue;
        }
        let left_out = |found: &&Found| {
            let is_one = |id: &UnitId| found.articles.binary_search(id).is_ok();
            let missing = !is_one(&article) && !cited.iter().any(is_one);
            let first = *found.articles.first()?;
            let caption = contract.caption(first)?;
            missing.then(|| format!("{}（{caption}）", contract.citation(first)))
        };
        let missing: Vec<String> = kept.iter().filter_map(left_out).collect();
        if !missing.is_empty() {
            let message = format!("契約の終了後も効力を有する条の中に、{}がありません。", missing.join("、"));
            let finding = report.unit(article, message);
            finding.help("終了の後も残す条を確かめ、加えてください。全てを挙げないときは、「その他その性質上存続すべき規定」と書いてください。");
        }
    }
}
