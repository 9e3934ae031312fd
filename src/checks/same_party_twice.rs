//! See `rules/party/same-party-twice.md`.

use crate::report::Report;
use crate::rule::Context;
use crate::text::{leading_word, starts_with_any};

/// What joins two who do something together.
const JOINTS: [&str; 10] = ["及び", "又は", "並びに", "若しくは", "および", "または", "もしくは", "と", "、", "・"];
/// How many bytes may stand between the two: 「甲、乙、丙及び甲」.
const LONGEST: usize = 60;
/// What follows two who do something together; 「甲又は甲の指定する者」 are two.
const TOGETHER: [&str; 16] = [
    "は",
    "間",
    "の間",
    "との間",
    "双方",
    "の双方",
    "両",
    "いずれ",
    "のいずれ",
    "記名",
    "署名",
    "各",
    "協議",
    "が協議",
    "の協議",
    "の合意",
];

/// Reports a party that stands beside itself: 「甲及び甲は」.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    let parties = &context.analysis.parties().all;
    for party in parties {
        for pair in party.uses.windows(2) {
            let between = text.get(pair[0].end..pair[1].start).filter(|between| between.len() <= LONGEST);
            let others = parties.iter().map(|other| other.label.as_str()).filter(|label| *label != party.label);
            if !between.is_some_and(|between| joins(between, others))
                || !starts_with_any(&text[pair[1].end..], &TOGETHER)
            {
                continue;
            }
            let both = &text[pair[0].start..pair[1].end];
            let finding =
                report.span(flow.span(pair[1].clone()), format!("「{both}」は、同じ当事者を二度並べています。"));
            finding.help(match context.analysis.parties().other_than(&party.label) {
                Some(other) => format!("どちらかを「{}」に改めてください。", other.label),
                None => "どちらかを相手方の呼び名に改めてください。".to_string(),
            });
        }
    }
}

/// Whether there is nothing but others, each once, and what joins them: 「及び」, 「、乙及び」, nothing at all.
fn joins<'a>(mut between: &str, others: impl Iterator<Item = &'a str>) -> bool {
    let mut named: Vec<&str> = others.filter(|label| between.contains(label)).collect();
    if named.is_empty() && between.starts_with(['、', '・']) {
        return false;
    }
    loop {
        if let Some(place) = named.iter().position(|label| between.starts_with(label)) {
            between = &between[named.swap_remove(place).len()..];
        } else if let Some(joint) = leading_word(between, &JOINTS) {
            between = &between[joint.len()..];
        } else {
            return between.is_empty();
        }
    }
}
