//! See `rules/party/label-mix.md`.

use std::ops::Range;

use crate::analysis::term::word;
use crate::contract::{ContentKind, UnitKind};
use crate::report::Report;
use crate::rule::Context;
use crate::text::{places, starts_with_any};

/// What follows a label that acts or is acted upon.
const PARTICLES: [&str; 12] = ["は、", "は", "が", "に対し", "に", "を", "の", "と", "へ", "から", "及び", "又は"];

/// What follows a label that does something: 「賃貸人の地位」 is nobody's name.
const ACTING: [&str; 3] = ["は", "が", "に対し"];

/// Words by which a company speaks of itself.
const SELF: [&str; 3] = ["当社", "弊社", "当会社"];

/// Reports a second label for a party: 委託者 where 甲 is meant, 弊社 among 当社.
pub fn check(context: &Context, report: &mut Report) {
    let parties = context.analysis.parties();
    if parties.are_lettered() {
        for party in &parties.all {
            let Some(role) = party.role.filter(|role| *role.word != *party.label) else { continue };
            if let Some((first, count)) = labels(context, role.word, &PARTICLES) {
                say(context, report, first, count, role.word, &party.label);
            }
        }
    } else {
        for party in &parties.all {
            let Some(role) = party.role.filter(|role| *role.word == *party.label) else { continue };
            for word in role.synonyms().filter(|word| parties.labelled(word).is_none()) {
                if let Some((first, count)) = labels(context, word, &ACTING) {
                    say(context, report, first, count, word, &party.label);
                }
            }
        }
    }
    let mut used: Vec<(&str, Range<usize>, usize)> = SELF
        .iter()
        .filter_map(|word| labels(context, word, &PARTICLES).map(|(first, count)| (*word, first, count)))
        .collect();
    // A company that is a party as 会社 does not call itself 当社.
    if parties.labelled("会社").is_some() {
        for (word, first, count) in used.iter().filter(|(word, ..)| parties.labelled(word).is_none()) {
            say(context, report, first.clone(), *count, word, "会社");
        }
        return;
    }
    used.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
    if let [(usual, _, most), others @ ..] = used.as_slice() {
        for (word, first, count) in others.iter().filter(|(_, _, count)| count < most) {
            say(context, report, first.clone(), *count, word, usual);
        }
    }
}

fn say(context: &Context, report: &mut Report, first: Range<usize>, count: usize, word: &str, label: &str) {
    let count = if count > 1 { format!("（全部で{count}か所）") } else { String::new() };
    let message = format!("「{label}」と呼ばれている当事者が、ここでは「{word}」と呼ばれています{count}。");
    let finding = report.span(context.contract.flow().span(first), message);
    finding.help(format!("同じ者なら「{label}」に改め、別の者なら定義してください。"));
}

/// Where a word that nothing defines stands for somebody in the articles: the first place and how many.
fn labels(context: &Context, word: &str, particles: &[&str]) -> Option<(Range<usize>, usize)> {
    let contract = context.contract;
    let flow = contract.flow().as_str();
    let defined = context.analysis.terms().is_defined(word);
    let mut places = places(flow, word).map(|at| at..at + word.len()).filter(|place| {
        let own = contract.content_at(place.start).is_some_and(|content| {
            content.kind == ContentKind::Text && contract.enclosing(content.unit, UnitKind::Article).is_some()
        });
        let before = flow[..place.start].chars().next_back();
        let begins = before.is_none_or(|c| matches!(c, '、' | '。' | '\n' | '　' | ' ' | 'は'));
        let behind = &flow[place.end..];
        own && begins && word::stands_alone(flow, place.start, place.end, false) && starts_with_any(behind, particles)
    });
    let letters = SELF.contains(&word);
    let first = places.next().filter(|_| !defined || letters)?;
    Some((first, places.count() + 1))
}
