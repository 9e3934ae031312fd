//! See `rules/reference/missing-annex.md`.

use foldhash::HashMap;

use super::references;
use crate::analysis::reference::{Broken, Reference, Scope};
use crate::contract::{UnitId, UnitKind};
use crate::facts::Stage;
use crate::report::Report;
use crate::rule::{Context, Severity};
use crate::syntax::is_blank;

/// Reports annexes that are cited and not there.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let mut seen: HashMap<(&str, &str), usize> = HashMap::default();
    let cited: Vec<&Reference> =
        references::broken(context, |broken| broken == Broken::Annex).map(|(reference, _)| reference).collect();
    for reference in &cited {
        if let Some(Scope::Annex(annex)) = &reference.citation.scope {
            *seen.entry((&annex.kind, &annex.mark)).or_default() += 1;
        }
    }
    let lines = contract.text().as_str().lines().map(|line| line.trim_matches(is_blank));
    let mut listed: Vec<&str> = match cited.is_empty() {
        true => Vec::new(),
        false => lines.filter(|l| l.starts_with(['別', '様', '添']) && !l.ends_with('。') && l.len() < 200).collect(),
    };
    listed.sort_unstable();
    let is_listed = |words: &str| {
        listed.get(listed.partition_point(|line| *line < words)).is_some_and(|line| line.starts_with(words))
    };
    let others: Vec<UnitId> = contract.ids_of(UnitKind::Annex).take(3).collect();
    for reference in cited {
        let Some(Scope::Annex(annex)) = &reference.citation.scope else { continue };
        let Some(count) = seen.remove(&(&*annex.kind, &*annex.mark)) else { continue };
        // A list of annexes at the end names those that are attached.
        if is_listed(references::words(context, reference)) {
            continue;
        }
        // 別紙●● is reported as a blank.
        if references::behind(context, reference).starts_with(['●', '○', '◯', '＿', '【', '[', '〇', '■', '△', '_'])
        {
            continue;
        }
        let words = references::words(context, reference);
        let times = if count > 1 { format!("（全部で{count}か所）") } else { String::new() };
        let finding = report.span_of(
            reference.span,
            reference.unit,
            format!("「{words}」とありますが{times}、この文書にありません。"),
        );
        match others.first() {
            Some(&first) => {
                let names: Vec<String> = others.iter().map(|&id| contract.citation(id)).collect();
                finding.help(format!("あるのは{}です。番号を確かめるか、添付してください。", names.join("、")));
                finding.related(contract.heading_span(first), "添付されている別紙など");
            }
            None => {
                finding.severity = match context.facts.stage {
                    Some(Stage::Final) => Severity::Warning,
                    _ => Severity::Info,
                };
                finding.help("別の文書なら、締結のときに添付されているか確かめてください。");
            }
        }
    }
}
