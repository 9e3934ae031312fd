//! See `rules/definition/near-variant.md`.

use std::ops::Range;

use crate::analysis::term::{Term, variant, word};
use crate::contract::ContentKind;
use crate::report::Report;
use crate::rule::Context;

/// Reports words that stand for a defined term in another spelling: 機密情報 for 秘密情報, 本件業務 for 本業務.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let terms = context.analysis.terms();
    let flow = contract.flow().as_str();
    // What is defined under a name of its own is no variant.
    let limited = |term: &&Term| term.scope.is_empty();
    let meant: Vec<Option<&Term>> = terms
        .variants
        .iter()
        .map(|variant| {
            variant
                .terms
                .iter()
                .map(|&place| &terms.all[place])
                .find(limited)
                .filter(|_| !terms.is_defined(&variant.name))
        })
        .collect();
    let mut places: Vec<Vec<Range<usize>>> = vec![Vec::new(); meant.len()];
    let mut end = 0;
    for (found, variant) in terms.variant_places.iter().filter(|(_, variant)| meant[*variant].is_some()) {
        // The longest from the left counts.
        if found.start < end {
            continue;
        }
        end = found.end;
        let in_text = contract
            .content_at(found.start)
            .is_some_and(|content| matches!(content.kind, ContentKind::Text | ContentKind::Cell));
        // 「業務委託契約」 is a kind of contract, and so is what a quoted title names.
        let alone = word::stands_alone(flow, found.start, found.end, false)
            && !flow[found.end..].starts_with("契約")
            && !word::in_quoted_title(flow, found.start, found.end);
        // 「成果物（以下「納入物」という。）」, 「…された成果物を「納入物」という。」 say what the term stands for.
        let within = |range: &Range<usize>| range.contains(&found.start);
        let defines = meant[*variant].is_some_and(|term| within(&term.whole) || within(&term.meaning));
        // 「弁護士その他の専門家に開示する場合、当該被開示者は」 are those of whom was just spoken.
        let takes_up = flow[..found.start].ends_with("当該") && flow[..found.end].ends_with('者');
        if in_text && alone && !defines && !takes_up && terms.at(found.start).is_none() {
            places[*variant].push(found.clone());
        }
    }
    for ((variant, term), places) in terms.variants.iter().zip(meant).zip(places) {
        let (variant, Some(term)) = (&variant.name, term) else { continue };
        // More often than the term itself: a word of its own.
        let Some(first) = places.first().filter(|_| places.len() <= term.uses.len().max(1)) else { continue };
        let count = if places.len() > 1 { format!("（全部で{}か所）", places.len()) } else { String::new() };
        let message = format!("「{variant}」は定義されていません。定義されているのは「{}」です{count}。", term.name);
        let finding = report.span(contract.flow().span(first.clone()), message);
        finding.help(format!("同じものを指すなら「{}」に改め、別のものを指すなら定義してください。", term.name));
        finding.related(term.span, format!("「{}」の定義", term.name));
    }
}

/// The defined term of which a word is a variant.
pub fn variant_of<'a>(context: &'a Context, word: &str) -> Option<&'a Term> {
    let terms = context.analysis.terms();
    variant::variants(word).iter().find_map(|variant| terms.named(variant).find(|term| term.scope.is_empty()))
}
