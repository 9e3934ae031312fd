//! Which kind of contract a text is: by its title, its first articles and its words.
//!
//! A kind that the title names for certain has 10 points, one that it may mean 3; 3 more for what the preamble and the first articles say,
//! and one for each word of the kind in the text, at most 5. The best is taken if it has at least 5 (6 where the title says
//! nothing of it) and is 2 ahead of the next (1 where the first articles speak of it alone, none where far more of its words stand in the
//! text). Otherwise it is the kind of any contract between two companies, where the title says that it is a contract, or else unknown, and
//! only general rules speak. A kind that narrows another (定期建物賃貸借 a 賃貸借) leaves it out of the count where the title names it or the
//! first articles decide for it. A stated kind always wins.

use std::ops::Range;

use super::Analysis;
use crate::contract::{ContentKind, UnitKind, closing};
use crate::rule::Phrases;
use crate::rule::table::Words;
use crate::vocabulary::{self, Need};

/// Points for a title that names the kind.
const TITLE: u32 = 10;
/// Points for a title that may mean the kind.
const LOOSE: u32 = 3;
/// Points for what the preamble and the first articles say.
const OPENING: u32 = 3;
/// Words in a title behind which the contract stands that it names.
const ABOUT: [&str; 5] = ["に係る", "に関する", "のための", "に伴う", "における"];
/// The most points for words.
const WORDS: u32 = 5;
/// What the best kind needs.
const ENOUGH: u32 = 5;
/// What it needs where the title says nothing of it: one clause of a contract speaks like a contract of its own.
const ENOUGH_WITHOUT_TITLE: u32 = 6;
/// How far ahead of the next it has to be.
const AHEAD: u32 = 2;
/// How many more words of it in the text decide between two kinds that have as many points.
const MORE_WORDS: usize = 3;
/// How many articles a contract has that is whole: less is a note on something else.
const WHOLE: usize = 6;
/// How many articles belong to the opening.
const FIRST_ARTICLES: usize = 3;
/// How many bytes belong to the opening where there are no articles.
const FIRST_BYTES: usize = 3000;

/// Which kind a contract is.
#[derive(Clone, Debug)]
pub struct Recognised<'a> {
    /// The kind; `None` where it is unknown.
    pub kind: Option<&'a vocabulary::Kind>,
    /// A second kind that the title names as well (保守及び使用許諾), or between which and the first the text does not decide (業務委託 with
    /// both 善管注意 and 検収).
    pub also: Option<&'a vocabulary::Kind>,
    /// Whether the text does not decide between the two.
    pub in_doubt: bool,
    /// Whether somebody stated it.
    pub stated: bool,
    /// Its points, or those of the best where it is unknown.
    pub score: u32,
    /// The next best kind with its points.
    pub runner_up: Option<(&'a vocabulary::Kind, u32)>,
    /// What in the title and the text speaks for it.
    pub evidence: Vec<String>,
    /// What a contract with this title needs less than others of its kind.
    variant: Option<&'a vocabulary::Variant>,
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

    /// How much it needs a clause; of two kinds that both do, the weaker need counts. In doubt both have to need it.
    pub fn need(&self, clause: &str) -> Option<Need> {
        if self.variant.is_some_and(|variant| variant.lacks.iter().any(|lacked| lacked == clause)) {
            return None;
        }
        let needs: Vec<Option<Need>> =
            [self.kind, self.also].into_iter().flatten().map(|kind| kind.need(clause)).collect();
        if self.in_doubt && needs.contains(&None) {
            return None;
        }
        needs.into_iter().flatten().min()
    }

    /// Whether the whole contract is this clause: a 秘密保持契約 is its own 秘密保持条項.
    pub fn is_clause(&self, clause: &str) -> bool {
        self.kind.is_some_and(|kind| kind.whole.as_deref() == Some(clause))
    }

    /// Whether it is, or is also, one of some kinds.
    pub fn is_one_of(&self, ids: &[Words]) -> bool {
        [self.kind, self.also].into_iter().flatten().any(|kind| ids.contains(&kind.id))
    }
}

#[derive(Default)]
struct Score {
    points: u32,
    certain: bool,
    titled: bool,
    opened: bool,
    decided: bool,
    settled: bool,
    words: usize,
    evidence: Vec<String>,
}

pub(super) fn recognise<'a>(analysis: &Analysis<'a>) -> Recognised<'a> {
    let rulebook = analysis.rulebook();
    let kinds = &rulebook.vocabulary().kinds;
    let scores = scores(analysis, &rulebook.vocabulary().kinds);
    let mut order: Vec<usize> = (0..kinds.len()).collect();
    // A kind narrows another where the title names it or the first articles decide; what changes or calls a contract is not that contract.
    let narrows = |by: usize, other: usize| {
        let (narrow, wide) = (&kinds[by], &kinds[other]);
        let named = scores[by].certain || scores[by].decided;
        let below = scores[by].certain && narrow.inherits && !wide.inherits;
        by != other && (below || named && narrow.narrows.contains(&wide.id))
    };
    let narrowed: Vec<bool> = (0..kinds.len()).map(|i| (0..kinds.len()).any(|by| narrows(by, i))).collect();
    order.sort_by_key(|&i| (narrowed[i], std::cmp::Reverse((scores[i].points, scores[i].words))));
    let stated = analysis.stated().kind.as_deref().and_then(|id| kinds.iter().position(|kind| kind.id == id));
    let best = stated.or(order.first().copied());
    let Some(best) = best else {
        return Recognised {
            kind: None,
            also: None,
            in_doubt: false,
            stated: false,
            score: 0,
            runner_up: None,
            evidence: Vec::new(),
            variant: None,
        };
    };
    let second = order.iter().copied().find(|&i| i != best && !narrowed[i]);
    // 「業務委託契約」 with 納入 and 検査 is a 請負 where nothing else tells them apart.
    let settles = |by: usize, other: usize| {
        scores[by].settled
            && !scores[other].settled
            && !scores[by].certain
            && !scores[other].certain
            && !kinds[other].narrows.contains(&kinds[by].id)
            && scores[by].points + AHEAD > scores[other].points
    };
    let (best, second) = match second {
        Some(second) if stated.is_none() && settles(second, best) => (second, Some(best)),
        second => (best, second),
    };
    let second_points = second.map_or(0, |i| scores[i].points);
    let enough = if scores[best].titled { ENOUGH } else { ENOUGH_WITHOUT_TITLE };
    // 「業務委託契約書」 may be many kinds: the one of which the first articles speak is ahead by any distance.
    let opens = scores[best].titled && scores[best].opened && second.is_none_or(|i| !scores[i].opened);
    let wordy = scores[best].titled && second.is_none_or(|i| scores[best].words >= scores[i].words + MORE_WORDS);
    let ahead = match (wordy, opens) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => AHEAD,
    };
    let settled = second.is_some_and(|second| settles(best, second));
    let clear = scores[best].points >= enough && (settled || scores[best].points >= second_points + ahead);
    let also = second.filter(|&i| scores[i].certain && scores[best].certain && scores[i].points > TITLE);
    // Two kinds that the title names both are no doubt about which one it is.
    let known = stated.is_some() || clear || also.is_some();
    // 「業務委託契約」 that is a bit of both: what both are is known of it.
    let both = |second: &usize| {
        scores[*second].settled && scores[best].settled && scores[best].titled && scores[best].points >= enough
    };
    let doubted = second.filter(|second| !known && both(second));
    let kind = if known || doubted.is_some() { Some(&kinds[best]) } else { otherwise(analysis, kinds) };
    Recognised {
        kind,
        also: also.filter(|_| known && stated.is_none()).or(doubted).map(|i| &kinds[i]),
        in_doubt: doubted.is_some(),
        stated: stated.is_some(),
        score: scores[best].points,
        runner_up: second.filter(|_| second_points > 0).map(|i| (&kinds[i], second_points)),
        evidence: scores[best].evidence.clone(),
        variant: if known { variant(analysis, &kinds[best]) } else { None },
    }
}

/// The kind of a contract between two companies that is none of the others for certain.
fn otherwise<'a>(analysis: &Analysis<'a>, kinds: &'a [vocabulary::Kind]) -> Option<&'a vocabulary::Kind> {
    let contract = analysis.contract();
    let title = &contract.flow().as_str()[title(analysis)];
    let is_contract = (title.contains("契約書") || title.ends_with("契約")) && !title.contains("覚書");
    let is_whole = || contract.ids_of(UnitKind::Article).nth(WHOLE - 1).is_some();
    let between_companies = || analysis.parties().two_companies().is_some();
    kinds.iter().find(|kind| kind.otherwise && is_contract && is_whole() && between_companies())
}

/// Which contract of its kind the title names.
fn variant<'a>(analysis: &Analysis, kind: &'a vocabulary::Kind) -> Option<&'a vocabulary::Variant> {
    let title = title(analysis);
    let stands = |phrases: &Phrases| phrases.first(analysis, &title).is_some();
    kind.variants.iter().find(|variant| stands(&variant.titles) && !stands(&variant.unless))
}

fn scores(analysis: &Analysis, kinds: &[vocabulary::Kind]) -> Vec<Score> {
    let flow = analysis.contract().flow().as_str();
    let named_in = |line: &Range<usize>| kinds.iter().any(|kind| !hits(&kind.titles, analysis, line).is_empty());
    let may_name = |line: &Range<usize>| kinds.iter().any(|kind| !hits(&kind.loose, analysis, line).is_empty());
    let own = title(analysis);
    let title = if named_in(&own) { None } else { lines_like_titles(analysis).into_iter().find(named_in) };
    let title = title.or_else(|| if may_name(&own) { None } else { concluded(analysis).into_iter().find(named_in) });
    let title = title.unwrap_or(own);
    let opening = title.end..opening_end(analysis).max(title.end);
    let all = 0..flow.len();
    let named: Vec<Vec<Range<usize>>> = kinds.iter().map(|kind| hits(&kind.titles, analysis, &title)).collect();
    // 「定期建物賃貸借契約」 names no 「賃貸借契約」: a phrase that shares words with a longer one of another kind does not count. One of a kind
    // that narrows the other does: 「農地賃貸借契約」.
    let inside_longer = |kind: usize, hit: &Range<usize>, loose: bool| {
        named.iter().enumerate().any(|(other, hits)| {
            let wider = kinds[kind].narrows.contains(&kinds[other].id);
            let within = |h: &Range<usize>| h.start <= hit.start && hit.end <= h.end;
            let shares = |h: &Range<usize>| h.start < hit.end && hit.start < h.end && h.len() > hit.len();
            other != kind && hits.iter().any(|h| shares(h) && !(wider && (loose || !within(h))))
        })
    };
    // 「共同研究に係る秘密保持契約」 is a 秘密保持契約.
    let only_about = |kind: usize, hit: &Range<usize>| {
        named.iter().enumerate().any(|(other, hits)| {
            let behind = |h: &Range<usize>| {
                flow.get(hit.end..h.start).is_some_and(|gap| ABOUT.iter().any(|word| gap.contains(word)))
            };
            other != kind && !kinds[kind].narrows.contains(&kinds[other].id) && hits.iter().any(behind)
        })
    };
    let score = |(kind, cues): (usize, &vocabulary::Kind)| {
        let mut score = Score::default();
        let names = |hit: &&Range<usize>| !inside_longer(kind, hit, false) && !only_about(kind, hit);
        let certain = named[kind].iter().find(names).cloned();
        score.certain = certain.is_some();
        let loose = || hits(&cues.loose, analysis, &title).into_iter().find(|hit| !inside_longer(kind, hit, true));
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
        if let Some(hit) = cues.decides.first(analysis, &opening) {
            score.decided = true;
            score.evidence.push(format!("冒頭「{}」", &flow[hit]));
        }
        if let Some(hit) = cues.settles.first(analysis, &all).filter(|_| score.titled) {
            score.settled = true;
            score.evidence.push(format!("「{}」", &flow[hit]));
        }
        let words: Vec<String> =
            cues.words.each_first(analysis, &all).into_iter().map(|hit| format!("「{}」", &flow[hit])).collect();
        score.words = words.len();
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

/// Lines before the first article that name a document: where a cover page stands above, the title is one of them.
fn lines_like_titles(analysis: &Analysis) -> Vec<Range<usize>> {
    let flow = analysis.contract().flow().as_str();
    lines_before_articles(analysis).filter(|line| closing::is_title(&flow[line.clone()])).collect()
}

/// The names of contracts that the preamble says are concluded: 「…に関し、次のとおり【業務委託契約】を締結する」. They count where no line is a title.
fn concluded(analysis: &Analysis) -> Vec<Range<usize>> {
    const CONCLUDES: [&str; 6] =
        ["（以下「本契約」", "（以下、「本契約」", "（以下本契約", "を締結", "（以下「本覚書」", "（以下「本規約」"];
    let flow = analysis.contract().flow().as_str();
    let name = |line: Range<usize>| {
        let end = line.start + CONCLUDES.iter().filter_map(|words| flow[line.clone()].find(words)).min()?;
        let start = flow[line.start..end].rfind(['、', '。']).map_or(line.start, |comma| line.start + comma);
        Some(start..end)
    };
    lines_before_articles(analysis).filter_map(name).collect()
}

fn lines_before_articles<'s>(analysis: &'s Analysis) -> impl Iterator<Item = Range<usize>> + 's {
    const LOOKED_AT: u32 = 60;
    let contract = analysis.contract();
    let flow = contract.flow();
    let first = contract.ids_of(UnitKind::Article).next().map_or(flow.as_str().len(), |id| analysis.range_of(id).start);
    let lines = (0..(contract.contents().len() as u32).min(LOOKED_AT)).map(|place| flow.range((place, place + 1)));
    lines.take_while(move |line| line.end <= first)
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
