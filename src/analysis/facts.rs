//! Facts that are stated, or concluded from the text; where from is always said.

use super::Analysis;
use super::date::DateMention;
use crate::contract::UnitKind;
use crate::date::Date;
use crate::facts::{Answer, Medium, PartyType, Side, Stage};

/// A fact and where it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact<T> {
    /// What is so.
    pub value: T,
    /// Where it is from.
    pub source: Source,
}

/// Where a fact is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Somebody stated it.
    Stated,
    /// These words of the text.
    Words(String),
    /// The kind of contract, by its name.
    Kind(String),
}

impl std::fmt::Display for Source {
    /// 「指定」「文中の「個人事業主」」「契約の種類（秘密保持）」
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Source::Stated => f.write_str("指定"),
            Source::Words(words) => write!(f, "文中の「{words}」"),
            Source::Kind(kind) => write!(f, "契約の種類（{kind}）"),
        }
    }
}

/// What is known of a contract beyond its tree. `None` is unknown.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// For whom it is reviewed.
    pub side: Option<Side>,
    /// How far it is.
    pub stage: Option<Stage>,
    /// What the parties are.
    pub party_type: Option<Fact<PartyType>>,
    /// Whether 取適法 applies.
    pub toriteki: Option<Fact<bool>>,
    /// Paper or electronic.
    pub medium: Option<Fact<Medium>>,
    /// Whether it is about 建設工事; a contract that does not speak of it is not.
    pub construction: Option<Fact<bool>>,
    /// The contract it stands below (基本契約, 原契約), as the text says so.
    pub parent: Option<Source>,
    /// The day on which it was signed, or that its 署名欄, 末文 or 附則 bears.
    pub date: Option<Fact<Date>>,
    /// The day whose law counts: the contract's own, or else the day that was stated; `None` is the newest law that the tables know.
    pub law_of: Option<Date>,
    /// Whether that is a day before フリーランス法 was in force.
    pub before_freelance_law: bool,
}

/// A contract between two companies is one between businesses.
fn companies(analysis: &Analysis) -> Option<Fact<PartyType>> {
    let (first, _) = analysis.parties().two_companies()?;
    Some(Fact { value: PartyType::Business, source: Source::Words(first.to_string()) })
}

pub(super) fn conclude(analysis: &Analysis) -> Known {
    let stated = analysis.stated();
    let recognised = analysis.kind();
    let date = stated.signing_date.map(by_statement).or_else(|| own_date(analysis));
    let party_of_kind = || {
        let kind = recognised.kind?;
        let value = kind.party.as_deref()?.parse().ok()?;
        Some(Fact { value, source: Source::Kind(kind.title.to_string()) })
    };
    // What a consumer could be called is said in contracts between businesses too; that one party is a freelancer is not.
    let party_in_text = || cue(analysis, "party-type");
    let in_kind = party_of_kind();
    let party = match (party_in_text(), in_kind) {
        (Some(text), Some(kind)) if text.value != PartyType::Freelance => Some(kind),
        (text, kind) => text.or(kind).or_else(|| companies(analysis)),
    };
    let law_of = date.as_ref().map(|date| date.value).or(stated.as_of);
    let in_force = |law: &str| {
        let statute = analysis.rulebook().vocabulary().statutes.iter().find(|statute| statute.name == law);
        statute.and_then(|statute| statute.changed)
    };
    Known {
        before_freelance_law: law_of.zip(in_force("フリーランス法")).is_some_and(|(day, from)| day < from),
        side: stated.side,
        stage: stated.stage,
        party_type: stated.party_type.map(by_statement).or(party),
        toriteki: match stated.toriteki {
            Some(Answer::Yes) => Some(by_statement(true)),
            Some(Answer::No) => Some(by_statement(false)),
            Some(Answer::Unknown) => None,
            None => cue(analysis, "toriteki").map(yes),
        },
        medium: stated.medium.map(by_statement).or_else(|| cue(analysis, "medium")),
        construction: cue(analysis, "construction").map(yes),
        parent: match recognised.kind.filter(|kind| kind.inherits) {
            Some(kind) => Some(Source::Kind(kind.title.to_string())),
            None => cue::<Answer>(analysis, "parent").map(|fact| fact.source),
        },
        law_of,
        date,
    }
}

fn by_statement<T>(value: T) -> Fact<T> {
    Fact { value, source: Source::Stated }
}

fn yes(answer: Fact<Answer>) -> Fact<bool> {
    Fact { value: answer.value == Answer::Yes, source: answer.source }
}

/// What the phrases of a fact say.
fn cue<T: std::str::FromStr>(analysis: &Analysis, fact: &str) -> Option<Fact<T>> {
    let rulebook = analysis.rulebook();
    let flow = analysis.contract().flow().as_str();
    let mut cues = rulebook.vocabulary().cues.iter().filter(|cue| cue.fact == fact);
    cues.find_map(|cue| {
        let hits = cue.phrases.find(analysis, &(0..flow.len()));
        let (range, _) = hits.into_iter().find(|(range, _)| analysis.is_own_text(range.start))?;
        Some(Fact { value: cue.value.parse().ok()?, source: Source::Words(flow[range].to_string()) })
    })
}

/// The date of the 署名欄 or 末文; of terms, the last date of the 附則.
fn own_date(analysis: &Analysis) -> Option<Fact<Date>> {
    let contract = analysis.contract();
    let flow = contract.flow().as_str();
    let dates = |kind: UnitKind| {
        let ranges = contract.ids_of(kind).map(|id| analysis.range_of(id)).collect::<Vec<_>>();
        let inside = |mention: &&DateMention| ranges.iter().any(|range| range.contains(&mention.flow.start));
        let dated = |mention: &DateMention| Some((mention.date()?, flow[mention.flow.clone()].to_string()));
        analysis.dates().mentions.iter().filter(inside).filter_map(dated).collect::<Vec<(Date, String)>>()
    };
    let signed = [UnitKind::Signature, UnitKind::Closing].into_iter().find_map(|kind| dates(kind).into_iter().next());
    let (value, words) = signed.or_else(|| dates(UnitKind::Supplementary).into_iter().max())?;
    Some(Fact { value, source: Source::Words(words) })
}
