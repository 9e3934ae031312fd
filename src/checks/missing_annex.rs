//! See `rules/reference/missing-annex.md`.

use foldhash::HashMap;

use super::references;
use crate::analysis::reference::{Broken, Reference, Scope};
use crate::analysis::term::word::is_noun;
use crate::contract::{UnitId, UnitKind};
use crate::facts::Stage;
use crate::report::Report;
use crate::rule::{Context, Severity};
use crate::syntax::is_blank;
use crate::text::ends_with_any;

/// Reports annexes that are cited and not there.
pub fn check(context: &Context, report: &mut Report) {
    check_titles(context, report);
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

/// How many titles are looked at; a contract has few annexes.
const MOST_TITLES: usize = 32;
/// With which nouns end that name a paper: 「別紙在庫目録」.
const PAPERS: [&str; 9] = ["目録", "明細表", "明細書", "一覧表", "一覧", "料金表", "仕様書", "図面", "計画書"];

/// Reports annexes without numbers that are cited by a title that none of them bears.
fn check_titles(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let packed = |text: &str| text.chars().filter(|c| !is_blank(*c)).collect::<String>();
    let annexes: Vec<UnitId> = contract.ids_of(UnitKind::Annex).collect();
    let captions: Vec<String> = annexes.iter().filter_map(|&id| contract.caption(id)).map(packed).collect();
    // One without a title may be any.
    if annexes.is_empty() || captions.len() < annexes.len() {
        return;
    }
    let mut seen: Vec<&str> = Vec::new();
    for reference in references::resolved(context) {
        let Some(Scope::Annex(annex)) = &reference.citation.scope else { continue };
        let quoted = !annex.title.is_empty();
        let title = if quoted { &annex.title } else { paper(references::behind(context, reference)) };
        if !annex.mark.is_empty() || title.chars().count() < 3 || seen.contains(&title) || seen.len() == MOST_TITLES {
            continue;
        }
        seen.push(title);
        let is_meant = |caption: &String| {
            let alike = || packed(title).chars().take(2).eq(caption.chars().take(2));
            caption.contains(&packed(title)) || title.contains(caption.as_str()) || !quoted && alike()
        };
        let stands = |id: &UnitId| {
            let text = &contract.flow().as_str()[contract.flow().range(contract.unit(*id).contents)];
            text.contains(title)
        };
        if captions.iter().any(is_meant) || annexes.iter().any(stands) {
            continue;
        }
        let message =
            format!("「{}」とありますが、「{title}」という題の{}がこの文書にありません。", annex.kind, annex.kind);
        let finding = report.span_of(reference.span, reference.unit, message);
        finding.severity = Severity::Warning;
        finding.help(format!("あるのは「{}」です。題をそろえるか、添付してください。", captions.join("」「")));
        finding.related(contract.heading_span(annexes[0]), "添付されている別紙など");
    }
}

/// The name of a paper with which a text begins: 「在庫目録」 of 「在庫目録に記載の」.
fn paper(behind: &str) -> &str {
    let length = behind.chars().take(20).take_while(|c| is_noun(*c)).map(char::len_utf8).sum();
    Some(&behind[..length]).filter(|name| ends_with_any(name, &PAPERS)).unwrap_or_default()
}
