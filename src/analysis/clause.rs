//! Which clauses a contract has, and where: by the captions of articles and by phrases that prove a clause under any caption.

use std::ops::Range;
use std::sync::OnceLock;

use super::Analysis;
use crate::contract::{ContentKind, Contract, UnitId, UnitKind};
use crate::number;
use crate::text::{ends_with_any, places, starts_with_any};
use crate::vocabulary;

/// Why a clause is said to be somewhere.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The words, as a range of the flow.
    pub range: Range<usize>,
    /// Whether they stand in a caption.
    pub caption: bool,
    /// The unit they stand in.
    pub unit: UnitId,
}

/// A clause that was found.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// What it is.
    pub clause: &'a vocabulary::Clause,
    /// The articles (or what stands in their place) that are the clause: those whose captions say so, or else those that prove it.
    pub articles: Vec<UnitId>,
    /// All articles that speak of it, by caption or proof.
    pub mentions: Vec<UnitId>,
    /// The words that show it, captions first.
    pub evidence: Vec<Evidence>,
}

impl Found<'_> {
    /// Whether the caption of an article names it.
    pub fn is_captioned(&self) -> bool {
        self.evidence.iter().any(|evidence| evidence.caption)
    }

    /// Whether it is only spoken of in entries of lists about something else: 「(2) 反社会的勢力に利益を供与する行為」 among what users
    /// may not do.
    pub fn is_entry(&self, contract: &Contract) -> bool {
        let in_list = |unit| matches!(contract.unit(unit).kind, UnitKind::Item | UnitKind::Subitem);
        self.evidence.iter().all(|evidence| !evidence.caption && in_list(evidence.unit))
    }
}

/// What was found of each clause of the vocabulary, each looked for when it is first asked for.
#[derive(Debug)]
pub(super) struct Cells<'a> {
    found: Vec<OnceLock<Option<Found<'a>>>>,
    /// What sentences leave to what is laid down elsewhere ([`left_to_another`]).
    left: OnceLock<Vec<Range<usize>>>,
}

impl Cells<'_> {
    /// One for each clause; nothing is looked for yet.
    pub(super) fn new(count: usize) -> Self {
        Cells { found: (0..count).map(|_| OnceLock::new()).collect(), left: OnceLock::new() }
    }
}

/// The clauses of a contract.
#[derive(Clone, Copy)]
pub struct Clauses<'s, 'a> {
    pub(super) analysis: &'s Analysis<'a>,
    pub(super) cells: &'s Cells<'a>,
}

impl<'s, 'a> Clauses<'s, 'a> {
    /// The clause of an id, if the contract has it.
    pub fn get(&self, id: &str) -> Option<&'s Found<'a>> {
        let index = self.analysis.rulebook().vocabulary().clauses.iter().position(|clause| clause.id == id)?;
        self.at(index)
    }

    /// Those that were found of the clauses that contracts of all kinds have and of those that its kind needs.
    pub fn all(self) -> impl Iterator<Item = &'s Found<'a>> {
        let clauses = &self.analysis.rulebook().vocabulary().clauses;
        let kind = self.analysis.kind();
        let concerns = |clause: &vocabulary::Clause| clause.general || kind.need(&clause.id).is_some();
        (0..clauses.len()).filter(move |&index| concerns(&clauses[index])).filter_map(move |index| self.at(index))
    }

    fn at(&self, index: usize) -> Option<&'s Found<'a>> {
        let look = || find(self.analysis, &self.analysis.rulebook().vocabulary().clauses[index]);
        self.cells.found[index].get_or_init(look).as_ref()
    }
}

/// How many places of evidence are kept for each clause.
const KEPT: usize = 8;

fn find<'a>(analysis: &Analysis<'a>, clause: &'a vocabulary::Clause) -> Option<Found<'a>> {
    let all = 0..analysis.contract().flow().as_str().len();
    let contained = clause.captions.find(analysis, &all).into_iter().filter(|(range, _)| is_caption(analysis, range));
    let exact = clause
        .exact
        .find(analysis, &all)
        .into_iter()
        .filter(|(range, _)| is_caption(analysis, range) && is_part(analysis, range));
    let mut evidence: Vec<Evidence> = contained
        .chain(exact)
        .map(|(range, _)| Evidence { unit: analysis.unit_at(range.start), range, caption: true })
        .collect();
    evidence.sort_by_key(|e| e.range.start);
    let mut articles: Vec<UnitId> = evidence.iter().map(|e| analysis.holder(e.unit)).collect();
    articles.dedup();
    let except = clause.except.find(analysis, &all);
    let mut proofs = clause.proofs.find(analysis, &all);
    let mut except = except.into_iter().peekable();
    // How far what is excepted reaches that has begun so far.
    let mut excepted = 0;
    let left = analysis.clauses().cells.left.get_or_init(|| left_to_another(analysis));
    let is_left = |range: &Range<usize>| {
        let before = left.partition_point(|left| left.start <= range.start);
        before.checked_sub(1).is_some_and(|last| range.end <= left[last].end)
    };
    proofs.retain(|(range, _)| {
        while let Some((begun, _)) = except.next_if(|(except, _)| except.start <= range.start) {
            excepted = excepted.max(begun.end);
        }
        excepted < range.end && is_text(analysis, range) && !is_cited_caption(analysis, range.start) && !is_left(range)
    });
    let others: Vec<UnitId> = clause.not_in.iter().flat_map(|id| captioned(analysis, id)).collect();
    let mut mentions = articles.clone();
    for (range, _) in proofs {
        let unit = analysis.unit_at(range.start);
        let holder = analysis.holder(unit);
        if others.contains(&holder) {
            continue;
        }
        if mentions.last() != Some(&holder) {
            mentions.push(holder);
        }
        if evidence.len() < KEPT {
            evidence.push(Evidence { range, caption: false, unit });
        }
    }
    mentions.sort_unstable();
    mentions.dedup();
    if mentions.is_empty() {
        return None;
    }
    if articles.is_empty() {
        articles.clone_from(&mentions);
    }
    Some(Found { clause, articles, mentions, evidence })
}

/// The articles whose captions say that they are a clause.
fn captioned(analysis: &Analysis, id: &str) -> Vec<UnitId> {
    let found = analysis.clauses().get(id).filter(|found| found.is_captioned());
    found.map_or_else(Vec::new, |found| found.articles.clone())
}

fn is_caption(analysis: &Analysis, range: &Range<usize>) -> bool {
    analysis.contract().content_at(range.start).is_some_and(|content| content.kind == ContentKind::Caption)
}

fn is_text(analysis: &Analysis, range: &Range<usize>) -> bool {
    analysis.contract().content_at(range.start).is_some_and(|content| content.kind.is_text())
}

/// Whether a place lies in a caption that is cited with its article: 「第14条（秘密保持）の規定は、…存続する」 is no 秘密保持.
fn is_cited_caption(analysis: &Analysis, at: usize) -> bool {
    const LONGEST: usize = 40;
    const BYTES_OF_LONGEST: usize = 4 * LONGEST;
    let before = &analysis.contract().flow().as_str()[..at];
    let near = analysis.marks().within(at.saturating_sub(BYTES_OF_LONGEST)..at);
    let bracket = near.filter(|(_, c)| matches!(c, '（' | '【' | '）' | '】' | '。' | '\n')).last();
    bracket.filter(|(_, c)| matches!(c, '（' | '【')).is_some_and(|(open, _)| {
        if before[open..].chars().count() > LONGEST {
            return false;
        }
        let label = before[..open].trim_end_matches(|c: char| number::is_numeral(c) || c == 'の');
        label.ends_with(['条', '項'])
    })
}

/// What is only named in a sentence that leaves it to what is laid down elsewhere: 「反社会的勢力の排除その他本個別契約に定めのない事項は、
/// 基本契約の定めるところによる。」 In order, as ranges of the flow that end where 「その他」 begins.
fn left_to_another(analysis: &Analysis) -> Vec<Range<usize>> {
    let flow = analysis.contract().flow().as_str();
    let left = ["に定めのない事項", "に定めのない事由"].into_iter().flat_map(|words| places(flow, words));
    let named = left.filter_map(|at| {
        let start = analysis.sentences().at(at).start;
        flow[start..at].rfind("その他").map(|other| start..start + other)
    });
    let mut found: Vec<Range<usize>> = named.collect();
    found.sort_by_key(|range| range.start);
    found
}

/// Whether words are a whole caption or a whole part of one: 「変更」 of 「（変更及び協議）」.
fn is_part(analysis: &Analysis, range: &Range<usize>) -> bool {
    const JOINTS: [&str; 12] =
        ["及び", "並びに", "又は", "および", "ならびに", "または", "、", "・", "と", "等", "について", "に関する"];
    const BRACKETS: [char; 14] = ['（', '）', '【', '】', '［', '］', '〔', '〕', '〈', '〉', '「', '」', ' ', '　'];
    let flow = analysis.contract().flow().as_str();
    let (before, after) = (&flow[..range.start], &flow[range.end..]);
    let begins =
        before.is_empty() || before.ends_with(['\n']) || before.ends_with(BRACKETS) || ends_with_any(before, &JOINTS);
    let ends =
        after.is_empty() || after.starts_with(['\n']) || after.starts_with(BRACKETS) || starts_with_any(after, &JOINTS);
    begins && ends
}
