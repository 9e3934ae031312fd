//! See `rules/reference/stale-statute-citation.md`.

use crate::analysis::reference::{Article, Paragraph, Reference, Status};
use crate::report::Report;
use crate::rule::Context;
use crate::vocabulary::Statute;

/// Reports articles of laws that were deleted or bear another number under the law of the contract.
pub fn check(context: &Context, report: &mut Report) {
    let analysis = context.analysis;
    let flow = context.contract.flow();
    let statutes = &analysis.rulebook().vocabulary().statutes;
    let law_of = analysis.facts().law_of;
    for reference in &analysis.references().all {
        let Status::External(Some(name)) = &reference.status else { continue };
        let Some(article) = article(reference).filter(|_| analysis.is_own_text(reference.flow.start)) else { continue };
        let Some((statute, former)) = statutes.iter().find_map(|statute| named(statute, name)) else { continue };
        let in_force = |from| law_of.is_none_or(|day| from <= day);
        let sentence = &flow.as_str()[analysis.sentences().at(reference.flow.start)];
        let speaks_of_old_law = ["改正前", "旧"].iter().any(|word| sentence.contains(word));
        let deleted = statute.deleted.as_ref().filter(|deleted| {
            in_force(deleted.from) && deleted.articles.iter().any(|deleted| *deleted == article.0) && !speaks_of_old_law
        });
        if let Some(deleted) = deleted {
            let message = format!("{}{}は、{}に削除されています。", statute.name, article.0, deleted.from.japanese());
            report.span(reference.span, message).help("現在の条文に当たり、引用を改めてください。");
        }
        let Some(moves) = statute.moves.as_ref().filter(|moves| in_force(moves.from)) else { continue };
        let moved = moves.articles.iter().find(|entry| {
            // Another article bears the old number now: only under the former name, or about its matter, is the old one meant.
            let meant =
                if entry.about.is_empty() { former } else { entry.about.iter().any(|w| sentence.contains(&**w)) };
            meant && (entry.old == article.0 || entry.old == article.1)
        });
        if let Some(entry) = moved {
            let words = &flow.as_str()[reference.flow.clone()];
            let message =
                format!("「{words}」に当たる規定は、{}から{}{}です。", moves.from.japanese(), statute.name, entry.new);
            report.span(reference.span, message).help("現在の条文に当たり、引用を改めてください。");
        }
    }
}

/// 「第38条」 and 「第38条第2項」.
fn article(reference: &Reference) -> Option<(String, String)> {
    let Some(Article::Number(number)) = reference.citation.article else { return None };
    let article = number.of_unit("条");
    let with_paragraph = match reference.citation.paragraph {
        Some(Paragraph::Number(paragraph)) => format!("{article}第{paragraph}項"),
        _ => article.clone(),
    };
    Some((article, with_paragraph))
}

/// The law of a name, and whether the name is a former one.
fn named<'a>(statute: &'a Statute, name: &str) -> Option<(&'a Statute, bool)> {
    if statute.former.iter().any(|former| former.name == name) {
        return Some((statute, true));
    }
    (statute.name == name || statute.aliases.iter().any(|alias| alias == name)).then_some((statute, false))
}
