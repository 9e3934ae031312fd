//! Whether a rule speaks about a contract, and how loud.

use super::application::{Application, Condition};
use super::page::{Level, Severity};
use crate::analysis::Analysis;
use crate::analysis::facts::Known;
use crate::date::Date;
use crate::facts::{Medium, PartyType, Side, Stage};

/// How a rule speaks about a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// How bad its findings are.
    pub severity: Severity,
    /// On what they depend, where that is unknown: 「取適法の適用がある場合」.
    pub case: Option<String>,
}

impl Application {
    /// How a rule speaks about a contract; `None` where it does not apply. `verified` is the day on which somebody last looked at the law:
    /// what is in force only later is said of a contract without a day one step lower, with the day.
    pub(super) fn ruling(&self, level: Level, verified: Option<Date>, analysis: &Analysis) -> Option<Ruling> {
        // Most rules ask nothing, and nothing need be known for them.
        let asks_kind = !self.kinds.is_empty() || !self.except_kinds.is_empty();
        if asks_kind {
            let kind = analysis.kind();
            if kind.is_one_of(&self.except_kinds) || !self.kinds.is_empty() && !kind.is_one_of(&self.kinds) {
                return None;
            }
        }
        let mut severity = match analysis.stated().stage {
            Some(Stage::Final) => level.r#final,
            _ => level.draft,
        };
        if (self.from.is_some() || self.until.is_some()) && !in_force(self.from, self.until, analysis.facts().law_of) {
            return None;
        }
        let coming = |from: Option<Date>| {
            let ahead = |from: &Date| verified.is_some_and(|verified| *from > verified);
            from.filter(ahead).filter(|_| analysis.facts().law_of.is_none())
        };
        let mut later = coming(self.from);
        for place in self.levels.iter() {
            let kind = place.kinds.is_empty() || analysis.kind().is_one_of(&place.kinds);
            let context = place.context.is_empty() || holds(&place.context, analysis.facts()) == Some(true);
            let dated = place.from.is_some() || place.until.is_some();
            if kind && context && (!dated || in_force(place.from, place.until, analysis.facts().law_of)) {
                severity = place.severity;
                later = coming(self.from.max(place.from));
            }
        }
        let day = later.map(|day| format!("{}以後に締結する場合", day.japanese()));
        if day.is_some() {
            severity = severity.lower();
        }
        if self.context.is_empty() {
            return Some(Ruling { severity, case: day });
        }
        match holds(&self.context, analysis.facts()) {
            Some(true) => Some(Ruling { severity, case: day }),
            Some(false) => None,
            None => {
                let known = analysis.facts();
                let open = self.context.iter().filter(|condition| condition.holds(known).is_none());
                let cases: Vec<&str> = open.map(|condition| condition.case()).collect();
                let case = cases.join("又は");
                let case = day.map_or(case.clone(), |day| format!("{day}、{case}"));
                Some(Ruling { severity: severity.lower(), case: Some(case) })
            }
        }
    }
}

/// Whether a law of some days is that of the contract; where its day is unknown the newest law counts.
fn in_force(from: Option<Date>, until: Option<Date>, law_of: Option<Date>) -> bool {
    match law_of {
        Some(day) => from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until),
        None => until.is_none(),
    }
}

/// Whether one of some conditions holds; `None` where that is unknown.
fn holds(conditions: &[Condition], known: &Known) -> Option<bool> {
    let mut all_known = true;
    for condition in conditions {
        match condition.holds(known) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => all_known = false,
        }
    }
    all_known.then_some(false)
}

impl Condition {
    /// Whether it holds; `None` where that is unknown.
    pub fn holds(self, known: &Known) -> Option<bool> {
        let party = |party: PartyType| known.party_type.as_ref().map(|fact| fact.value == party);
        let medium = |medium: Medium| known.medium.as_ref().map(|fact| fact.value == medium);
        match self {
            // A freelancer is a business as well.
            Condition::Business => {
                known.party_type.as_ref().map(|fact| matches!(fact.value, PartyType::Business | PartyType::Freelance))
            }
            Condition::Consumer => party(PartyType::Consumer),
            Condition::Employment => party(PartyType::Employment),
            Condition::Freelance if known.before_freelance_law => Some(false),
            Condition::Freelance => match known.party_type.as_ref() {
                // A business may be a freelancer; a consumer and an employer's contract is not with one.
                Some(fact)
                    if fact.value == PartyType::Business && fact.source != crate::analysis::facts::Source::Stated =>
                {
                    None
                }
                Some(fact) => Some(fact.value == PartyType::Freelance),
                None => None,
            },
            Condition::Toriteki => match (&known.toriteki, &known.construction, &known.party_type) {
                (Some(fact), ..) => Some(fact.value),
                // 建設工事 is outside of 取適法 (2条4項), and so are contracts with consumers and employees.
                (None, Some(fact), _) if fact.value => Some(false),
                (None, _, Some(fact)) if matches!(fact.value, PartyType::Consumer | PartyType::Employment) => {
                    Some(false)
                }
                _ => None,
            },
            Condition::Construction => Some(known.construction.as_ref().is_some_and(|fact| fact.value)),
            Condition::Final => known.stage.map(|stage| stage == Stage::Final),
            Condition::Paper => medium(Medium::Paper),
            Condition::Electronic => medium(Medium::Electronic),
            Condition::First => known.side.map(|side| side == Side::First),
            Condition::Second => known.side.map(|side| side == Side::Second),
        }
    }
}
