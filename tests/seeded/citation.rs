//! Citations that point at what is not there, or at something else than they say.

use keiyaku::analysis::reference::{Article, Item, Paragraph, Reference, Status, rewrite};
use keiyaku::contract::{ContentKind, UnitId, UnitKind};
use keiyaku::number::Number;
use keiyaku::{Analysis, Contract, Span};

use super::{REFERENCES, Seed, articles};

/// A number that no provision of the corpus bears.
const NOWHERE: u32 = 98;

pub fn seeds(analysis: &Analysis, seeds: &mut Vec<Seed>) {
    let contract = analysis.contract();
    let articles = articles(contract);
    let one = |r: &&Reference| r.status == Status::Resolved && r.targets.len() == 1 && r.until.is_none();
    for reference in analysis.references().all.iter().filter(one) {
        let words = contract.text().slice(reference.span);
        let citation = &reference.citation;
        let mut shift = |rules: &'static [&'static str], level: rewrite::Level, to: u32| {
            let text = rewrite::numbers(words, |of, _| (of == level).then(|| Number::new(to)));
            if text != words {
                let consequences = if to == NOWHERE { &[] } else { REFERENCES };
                seeds.push(Seed::new(rules, reference.span, text).with(consequences));
            }
        };
        // A number is shifted out of the contract.
        let is_article = matches!(citation.article, Some(Article::Number(_)));
        if is_article && citation.scope.is_none() && reference.list.is_none() {
            shift(&["missing-article"], rewrite::Level::Article, NOWHERE);
        }
        if matches!(citation.paragraph, Some(Paragraph::Number(_))) {
            shift(&["missing-paragraph"], rewrite::Level::Paragraph, NOWHERE);
        }
        if matches!(citation.item, Some(Item::Number(_))) {
            shift(&["missing-item"], rewrite::Level::Item, NOWHERE);
        }
        // A citation with a caption points one article further.
        if let (Some(Article::Number(number)), Some(_)) = (citation.article, &reference.caption) {
            let further = Number::new(number.main() + 1);
            let next = articles.iter().find(|&&id| contract.unit(id).number == Some(further));
            if next.is_some_and(|&next| contract.caption(next).is_some()) {
                const RULES: &[&str] = &["caption-mismatch", "survival-mismatch", "missing-paragraph"];
                shift(RULES, rewrite::Level::Article, further.main());
            }
        }
    }
    // 前条 in the first article, 前項 in the first paragraph of one.
    if let Some(&first) = articles.first() {
        seeds.extend(before(contract, first, "前条の規定にかかわらず、", &["no-previous-article"]));
    }
    for &article in articles.iter().skip(2).step_by(5) {
        seeds.extend(before(contract, article, "前項の規定にかかわらず、", &["no-previous-paragraph"]));
    }
}

/// Puts words before the text of an article's first paragraph.
fn before(contract: &Contract, article: UnitId, words: &str, rules: &'static [&'static str]) -> Option<Seed> {
    let paragraph = contract.children_of(article, UnitKind::Paragraph).next()?;
    let text = contract.contents_of(paragraph).iter().find(|content| content.kind == ContentKind::Text)?;
    Some(Seed::new(rules, Span::empty(text.span.start), words))
}
