//! Which kind of contract a text is: by its title, its first articles and its words.
//!
//! A kind that the title names for certain has 6 points, one that it may mean 3; 3 more for what the preamble and the first articles say,
//! and one for each word of the kind in the text, at most 5. The best is taken if it has at least 5 (6 where the title says
//! nothing of it) and is 2 ahead of the next (1 where the first articles speak of it alone); otherwise the kind is unknown and only general rules speak. A stated kind always wins.

use std::ops::Range;

use super::Analysis;
use crate::contract::{ContentKind, UnitKind};
use crate::rule::Phrases;
use crate::vocabulary::{self, Need};

/// Points for a title that names the kind.
const TITLE: u32 = 6;
/// Points for a title that may mean the kind.
const LOOSE: u32 = 3;
/// Points for what the preamble and the first articles say.
const OPENING: u32 = 3;
/// The most points for words.
const WORDS: u32 = 5;
/// What the best kind needs.
const ENOUGH: u32 = 5;
/// What it needs where the title says nothing of it: one clause of a contract speaks like a contract of its own.
const ENOUGH_WITHOUT_TITLE: u32 = 6;
/// How far ahead of the next it has to be.
const AHEAD: u32 = 2;
/// How many articles belong to the opening.
const FIRST_ARTICLES: usize = 3;
/// How many bytes belong to the opening where there are no articles.
const FIRST_BYTES: usize = 3000;

/// Which kind a contract is.
#[derive(Clone, Debug)]
pub struct Recognised<'a> {
    /// The kind; `None` where it is unknown.
    pub kind: Option<&'a vocabulary::Kind>,
    /// A second kind that the title names as well (保守及び使用許諾).
    pub also: Option<&'a vocabulary::Kind>,
    /// Whether somebody stated it.
    pub stated: bool,
    /// Its points, or those of the best where it is unknown.
    pub score: u32,
    /// The next best kind with its points.
    pub runner_up: Option<(&'a vocabulary::Kind, u32)>,
    /// What in the title and the text speaks for it.
    pub evidence: Vec<String>,
}

impl<'a> Recognised<'a> {
    /// The id, or `unknown`.
    pub fn id(&self) -> &'a str {
        self.kind.map_or("unknown", |kind| &kind.id)
    }

    /// The name for people.
    pub fn title(&self) -> &'a str {
        self.kind.map_or("不明", |kind| &kind.title)
    }

    /// How much it needs a clause; of two kinds that both do, the weaker need counts.
    pub fn need(&self, clause: &str) -> Option<Need> {
        let needs = [self.kind, self.also].into_iter().flatten().filter_map(|kind| kind.need(clause));
        needs.min()
    }

    /// Whether the whole contract is this clause: a 秘密保持契約 is its own 秘密保持条項.
    pub fn is_clause(&self, clause: &str) -> bool {
        self.kind.is_some_and(|kind| kind.whole.as_deref() == Some(clause))
    }

    /// Whether it is, or is also, one of some kinds.
    pub fn is_one_of(&self, ids: &[String]) -> bool {
        [self.kind, self.also].into_iter().flatten().any(|kind| ids.contains(&kind.id))
    }
}

struct Score {
    points: u32,
    certain: bool,
    titled: bool,
    opened: bool,
    evidence: Vec<String>,
}

pub(super) fn recognise<'a>(analysis: &Analysis<'a>) -> Recognised<'a> {
    let rulebook = analysis.rulebook();
    let kinds = &rulebook.vocabulary().kinds;
    let scores = scores(analysis, &rulebook.vocabulary().kinds);
    let mut order: Vec<usize> = (0..kinds.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(scores[i].points));
    let stated = analysis.stated().kind.as_deref().and_then(|id| kinds.iter().position(|kind| kind.id == id));
    let best = stated.or(order.first().copied());
    let Some(best) = best else {
        return Recognised { kind: None, also: None, stated: false, score: 0, runner_up: None, evidence: Vec::new() };
    };
    let second = order.iter().copied().find(|&i| i != best);
    let second_points = second.map_or(0, |i| scores[i].points);
    let enough = if scores[best].titled { ENOUGH } else { ENOUGH_WITHOUT_TITLE };
    // 「業務委託契約書」 may be many kinds: the one of which the first articles speak is ahead by any distance.
    let opens = scores[best].titled && scores[best].opened && second.is_none_or(|i| !scores[i].opened);
    let ahead = if opens { 1 } else { AHEAD };
    let clear = scores[best].points >= enough && scores[best].points >= second_points + ahead;
    let also = second.filter(|&i| scores[i].certain && scores[best].certain && scores[i].points > TITLE);
    // Two kinds that the title names both are no doubt about which one it is.
    let known = stated.is_some() || clear || also.is_some();
    Recognised {
        kind: known.then(|| &kinds[best]),
        also: also.filter(|_| known && stated.is_none()).map(|i| &kinds[i]),
        stated: stated.is_some(),
        score: scores[best].points,
        runner_up: second.filter(|_| second_points > 0).map(|i| (&kinds[i], second_points)),
        evidence: scores[best].evidence.clone(),
    }
}

fn scores(analysis: &Analysis, kinds: &[vocabulary::Kind]) -> Vec<Score> {
    let flow = analysis.contract().flow().as_str();
    let names_a_kind = |line: &Range<usize>| kinds.iter().any(|kind| !hits(&kind.titles, analysis, line).is_empty());
    let own = title(analysis);
    let title = if names_a_kind(&own) { None } else { lines_like_titles(analysis).into_iter().find(names_a_kind) };
    let title = title.unwrap_or(own);
    let opening = title.end..opening_end(analysis).max(title.end);
    let all = 0..flow.len();
    let named: Vec<Vec<Range<usize>>> = kinds.iter().map(|kind| hits(&kind.titles, analysis, &title)).collect();
    // 「定期建物賃貸借契約」 names no 「賃貸借契約」: a phrase that shares words with a longer one of another kind does not count.
    let inside_longer = |kind: usize, hit: &Range<usize>| {
        named.iter().enumerate().any(|(other, hits)| {
            other != kind && hits.iter().any(|h| h.start < hit.end && hit.start < h.end && h.len() > hit.len())
        })
    };
    let score = |(kind, cues): (usize, &vocabulary::Kind)| {
        let mut score = Score { points: 0, certain: false, titled: false, opened: false, evidence: Vec::new() };
        let certain = named[kind].iter().find(|hit| !inside_longer(kind, hit)).cloned();
        score.certain = certain.is_some();
        let loose = || hits(&cues.loose, analysis, &title).into_iter().find(|hit| !inside_longer(kind, hit));
        if let Some(hit) = certain.or_else(loose) {
            score.titled = true;
            score.points += if score.certain { TITLE } else { LOOSE };
            score.evidence.push(format!("題名「{}」", &flow[hit]));
        }
        if let Some(hit) = cues.openings.first(analysis, &opening) {
            score.opened = true;
            score.points += OPENING;
            score.evidence.push(format!("冒頭「{}」", &flow[hit]));
        }
        let words: Vec<String> =
            cues.words.each_first(analysis, &all).into_iter().map(|hit| format!("「{}」", &flow[hit])).collect();
        score.points += WORDS.min(words.len() as u32);
        score.evidence.extend(words);
        score
    };
    kinds.iter().enumerate().map(score).collect()
}

fn hits(phrases: &Phrases, analysis: &Analysis, within: &Range<usize>) -> Vec<Range<usize>> {
    phrases.find(analysis, within).into_iter().map(|(range, _)| range).collect()
}

/// The flow of the title, or of the first line where no line is one; the caption of an article is no title.
fn title(analysis: &Analysis) -> Range<usize> {
    let contract = analysis.contract();
    let contents = contract.contents();
    let place = contents.iter().position(|content| content.kind == ContentKind::Title);
    let first = || contents.first().filter(|content| content.kind != ContentKind::Caption).map(|_| 0);
    place.or_else(first).map_or(0..0, |place| contract.flow().range((place as u32, place as u32 + 1)))
}

/// Short lines before the first article that end like the name of a contract: where a cover page stands above, the title is one of them.
fn lines_like_titles(analysis: &Analysis) -> Vec<Range<usize>> {
    const ENDINGS: [&str; 8] = ["契約書", "契約", "規約", "約款", "覚書", "通知書", "誓約書", "合意書"];
    const LONGEST: usize = 40;
    const LOOKED_AT: u32 = 60;
    let contract = analysis.contract();
    let flow = contract.flow();
    let first = contract.ids_of(UnitKind::Article).next().map_or(flow.as_str().len(), |id| analysis.range_of(id).start);
    let lines = (0..(contract.contents().len() as u32).min(LOOKED_AT)).map(|place| flow.range((place, place + 1)));
    lines
        .take_while(|line| line.end <= first)
        .filter(|line| {
            // 「技術検証（PoC）契約書（AI）」: what stands in the last brackets is no part of the name.
            let words = flow.as_str()[line.clone()].trim();
            let bracket = words.rfind('（').filter(|_| words.ends_with('）'));
            let name = words[..bracket.unwrap_or(words.len())].trim_end();
            words.chars().count() <= LONGEST && ENDINGS.iter().any(|end| name.ends_with(end))
        })
        .collect()
}

/// Where the preamble and the first articles end.
fn opening_end(analysis: &Analysis) -> usize {
    let contract = analysis.contract();
    let flow = contract.flow().as_str();
    let articles = contract.ids_of(UnitKind::Article).take(FIRST_ARTICLES).last();
    match articles {
        Some(last) => analysis.range_of(last).end,
        None => (FIRST_BYTES.min(flow.len())..=flow.len()).find(|&at| flow.is_char_boundary(at)).unwrap_or(flow.len()),
    }
}
