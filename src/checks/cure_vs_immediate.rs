//! See `rules/clause/cure-vs-immediate.md`.

use std::ops::Range;

use foldhash::HashMap;

use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;

/// The grounds that are compared: what they are called, a word of them, and the words that name them.
const GROUNDS: [(&str, &str, &[&str]); 2] = [
    (
        "支払を怠ったこと",
        "支払",
        &["支払を怠", "支払いを怠", "支払を遅滞", "支払いを遅滞", "支払を遅延", "支払わないとき", "支払わなかったとき"],
    ),
    (
        "契約に違反したこと",
        "違反",
        &[
            "本契約に違反し",
            "本契約の条項に違反し",
            "本契約の規定に違反し",
            "本契約のいずれかの条項に違反し",
            "本契約の各条項に違反し",
            "本契約に定める義務に違反し",
            "本契約上の義務に違反し",
        ],
    ),
];

/// Words that make of a ground another one: graver, counted, or only after a demand.
const NARROWER: [&str; 15] = [
    "重大",
    "重要",
    "著し",
    "催告",
    "是正",
    "改善",
    "相当",
    "再三",
    "度々",
    "たびたび",
    "繰り返",
    "以上",
    "か月",
    "回",
    "日以内",
];

/// How a contract is ended.
const ENDED: &str = "解除";

/// What a provision demands before the contract can be ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Demand {
    Needed,
    NotNeeded,
}

/// A ground for ending the contract.
struct Ground<'a> {
    name: &'static str,
    demand: Demand,
    /// Who may end it: 「甲」.
    by: &'a str,
    words: Range<usize>,
}

/// Reports a ground that ends the contract after a demand in one place and without one in another.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let grounds = grounds(context);
    let mut after_demand: HashMap<(&str, &str), &Ground> = HashMap::default();
    for ground in grounds.iter().filter(|ground| ground.demand == Demand::Needed) {
        after_demand.entry((ground.name, ground.by)).or_insert(ground);
    }
    for immediate in grounds.iter().filter(|ground| ground.demand == Demand::NotNeeded) {
        let Some(cure) = after_demand.get(&(immediate.name, immediate.by)) else { continue };
        let analysis = context.analysis;
        let at = context.contract.citation(analysis.paragraph(analysis.unit_at(cure.words.start)));
        let message = format!(
            "{}による解除が、ここでは催告を要しないとされ、{at}では催告を要するとされています。",
            immediate.name
        );
        let finding = report.span(flow.span(immediate.words.clone()), message);
        finding.help(
            "どちらによるかを一つに決めるか、催告を要しない場合を「2か月分以上」「重大な」などと限ってください。",
        );
        finding.related(flow.span(cure.words.clone()), "催告を要する解除");
    }
}

fn grounds<'a>(context: &'a Context) -> Vec<Ground<'a>> {
    let (contract, analysis) = (context.contract, context.analysis);
    let text = contract.flow().as_str();
    let mut grounds = Vec::new();
    for paragraph in contract.ids_of(UnitKind::Paragraph) {
        let whole = analysis.range_of(paragraph);
        if !text[whole.clone()].contains(ENDED) {
            continue;
        }
        let items: Vec<Range<usize>> =
            contract.children_of(paragraph, UnitKind::Item).map(|item| analysis.range_of(item)).collect();
        let lead_end = items.first().map_or(whole.end, |item| item.start);
        let mut at = whole.start;
        while at < lead_end {
            let sentence = analysis.sentences().at(at);
            at = sentence.end.max(at + 1);
            let range = sentence.start.max(whole.start)..sentence.end.min(lead_end);
            let words = &text[range.clone()];
            let Some(demand) = demand(words) else { continue };
            let by = words.split(['は', '、']).next().unwrap_or_default();
            let mut add = |within: Range<usize>| {
                let found = named(&text[within.clone()], within.start);
                grounds.extend(found.map(|(name, words)| Ground { name, demand, by, words }));
            };
            add(range.clone());
            if text[range.end..lead_end].trim().is_empty() {
                items.iter().cloned().for_each(&mut add);
            }
        }
    }
    grounds
}

/// Whether a sentence lets somebody end the contract, and whether a demand comes first.
fn demand(sentence: &str) -> Option<Demand> {
    const NONE: [&str; 7] =
        ["催告を要せず", "催告を要しない", "催告なく", "催告なし", "何らの催告", "催告をすることなく", "無催告"];
    if !sentence.contains("催告") || !sentence.contains(ENDED) || sentence.contains("できない") {
        return None;
    }
    Some(if NONE.iter().any(|word| sentence.contains(word)) { Demand::NotNeeded } else { Demand::Needed })
}

/// The ground that words name, with its place: the part up to とき or 場合 says whether it is narrowed down.
fn named(words: &str, start: usize) -> impl Iterator<Item = (&'static str, Range<usize>)> {
    let find = move |&(name, word, phrases): &(&'static str, &str, &[&str])| {
        if !words.contains(word) {
            return None;
        }
        let (at, phrase) = phrases.iter().find_map(|phrase| Some((words.find(phrase)?, *phrase)))?;
        let end =
            ["とき", "場合"].iter().filter_map(|word| words[at..].find(word)).min().map_or(words.len(), |e| at + e);
        let begin = words[..at].rfind(['は', '、']).map_or(0, |comma| comma + '、'.len_utf8());
        let narrowed = NARROWER.iter().any(|word| words[begin..end].contains(word))
            || words[begin..end].contains(|c: char| c.is_ascii_digit());
        (!narrowed).then(|| (name, start + at..start + at + phrase.len()))
    };
    GROUNDS.iter().filter_map(find)
}
