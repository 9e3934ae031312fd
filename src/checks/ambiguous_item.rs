//! See `rules/reference/ambiguous-item.md`.

use foldhash::HashSet;

use super::references;
use crate::analysis::reference::Status;
use crate::report::Report;
use crate::rule::Context;

/// Reports 第3条第2号 where several paragraphs of the article have such an item.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    for reference in &context.analysis.references().all {
        if reference.status != Status::Ambiguous || reference.citation.item.is_none() {
            continue;
        }
        let names: Vec<String> = reference.targets.iter().map(|&id| contract.citation(id)).collect();
        // Numbers that are there twice are reported where they stand.
        if names.iter().collect::<HashSet<_>>().len() < names.len() {
            continue;
        }
        let words = references::words(context, reference);
        let finding = report.span_of(
            reference.span,
            reference.unit,
            format!("「{words}」は、{}のどれを指すか分かりません。", names.join("、")),
        );
        finding.help("どの項の号かを書いてください。");
        for &target in reference.targets.iter().take(3) {
            finding.related(contract.heading_span(target), "指していると思われる号");
        }
    }
}
