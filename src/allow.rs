//! Waivers: findings that somebody looked at and accepts, with the reason.
//!
//! ```toml
//! [[allow]]                      # in keiyaku.toml
//! file = "contracts/lease.md"
//! rule = "late-charge-rate"
//! at = "第5条第2項"              # or fingerprint = "…"
//! reason = "取引基本契約の定めに合わせた"
//! author = "法務部"
//! until = 2027-03-31
//! clause = "3f2a90c1d4e5b677"    # the hash of the clause that was looked at
//! ```
//!
//! A draft in Markdown can carry one itself, on a line above the clause: `<!-- keiyaku-allow rule = "…", reason = "…", clause = "…" -->`.
//! A waiver ends when the text of its clause changes and survives when the clause is moved or renumbered. What waives nothing, has ended or
//! cannot be read is itself reported (`rules/allow/`).

mod clause;
mod comment;
mod ground;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Settings;
use crate::analysis::Analysis;
use crate::contract::{Contract, UnitId};
use crate::date::Date;
use crate::finding::Finding;
use crate::rule::Rulebook;
use crate::text::Span;

pub use clause::{clause_of, hash};
pub use comment::comment;
use ground::Ground;

/// The family of the rules about waivers.
pub const FAMILY: &str = "allow";

/// A waiver as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[schemars(description = "理由を付けて受け入れる指摘")]
pub struct Allow {
    /// The file, from the folder of the configuration; not written in the file itself.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(description = "対象のファイル（この設定ファイルのあるフォルダから）")]
    pub file: String,
    /// The id of the rule, its family, or an id with `*`.
    #[schemars(with = "crate::config::RuleName", description = "規則（ID、分類、又は * を含むID）")]
    pub rule: String,
    /// The clause as a lawyer cites it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(description = "条項（第5条第2項）")]
    pub at: Option<String>,
    /// The finding, instead of all findings of the rule in the clause.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(description = "指摘の指紋（keiyaku allow で表示されるもの）")]
    pub fingerprint: Option<String>,
    /// Why it is accepted.
    #[schemars(description = "受け入れる理由")]
    pub reason: String,
    /// Who accepted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(description = "受け入れた人")]
    pub author: Option<String>,
    /// The last day on which it is accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", description = "期限（この日まで有効）")]
    pub until: Option<Date>,
    /// The hash of the clause that was looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(description = "確認した条文の記録（keiyaku allow が書き込むもの）")]
    pub clause: Option<String>,
}

impl Allow {
    /// A waiver for one finding, with the hash of its clause; the file is the caller's to name.
    pub fn of(analysis: &Analysis, finding: &Finding, reason: &str) -> Allow {
        Allow {
            rule: finding.rule.to_string(),
            at: Some(finding.at.clone()).filter(|at| !at.is_empty()),
            fingerprint: Some(finding.fingerprint.clone()),
            reason: reason.into(),
            clause: clause_of(analysis.contract(), finding.unit).map(|clause| hash(analysis, clause)),
            ..Allow::default()
        }
    }

    /// What is to be added at the end of a configuration file with this text; `None` where the file cannot take it, because it is no TOML or
    /// writes its waivers as `allow = []`.
    pub fn appended_to(&self, source: &str) -> Option<String> {
        let gap = match source {
            "" => "",
            ended if ended.ends_with('\n') => "\n",
            _ => "\n\n",
        };
        let entry = toml::to_string(self).expect("a waiver is plain data");
        let added = format!("{gap}[[allow]]\n{entry}");
        toml::de::DeTable::parse(&format!("{source}{added}")).is_ok().then_some(added)
    }
}

/// A waiver held against the findings of a contract.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// As it is written; what could be read of it.
    pub allow: Allow,
    /// The comment in the text; `None` for one of the configuration.
    pub comment: Option<Span>,
    /// What became of it.
    pub state: State,
}

/// What became of a waiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It waives this many findings.
    Active(usize),
    /// It waives findings, but does not say which text of the clause was looked at; this one, as it stands.
    Unsealed(String),
    /// The text of the clause is not the one that was looked at; the present one.
    Changed(String),
    /// Its last day is past.
    Ended(Date),
    /// It waives nothing.
    Unused,
    /// It cannot be read: why, in Japanese.
    Malformed(String),
}

/// The waivers for a contract: those in its text, and those configured for it.
pub(crate) fn waivers(contract: &Contract, settings: &Settings, rulebook: &Rulebook) -> Vec<Waiver> {
    let configured =
        settings.allow.iter().map(|allow| Waiver { allow: allow.clone(), comment: None, state: State::Unused });
    comment::waivers(contract, rulebook).into_iter().chain(configured).collect()
}

/// Takes waived findings away and says what became of each waiver.
pub(crate) fn apply(analysis: &Analysis, settings: &Settings, waivers: &mut [Waiver], findings: &mut Vec<Finding>) {
    let mut ground = Ground::of(analysis, findings);
    for waiver in waivers.iter_mut().filter(|waiver| !matches!(waiver.state, State::Malformed(_))) {
        let (state, found) = judge(&ground, settings, waiver);
        waiver.state = state;
        ground.waive(&found);
    }
    let mut waived = ground.into_waived().into_iter();
    findings.retain(|_| !waived.next().unwrap_or(false));
}

/// The state of a waiver and the places of the findings it waives.
fn judge(ground: &Ground, settings: &Settings, waiver: &Waiver) -> (State, Vec<usize>) {
    let (analysis, findings) = (ground.analysis, ground.findings);
    let contract = ground.contract();
    let allow = &waiver.allow;
    let of_rule = |finding: &Finding| crate::is_named(&allow.rule, &finding.rule, &finding.family);
    let of_the_rule = |mut found: Vec<usize>| {
        found.retain(|&place| of_rule(&findings[place]));
        found
    };
    let in_unit = |unit: UnitId| of_the_rule(ground.findings_in(unit));
    let written = match (waiver.comment, &allow.at) {
        (Some(comment), _) => Some(ground.unit_below(comment)),
        (None, Some(at)) => ground.unit_cited(at),
        (None, None) => None,
    };
    let marked = allow.fingerprint.as_ref().map(|mark| of_the_rule(ground.findings_marked(mark)));
    let clause_at = |found: &[usize]| found.first().and_then(|&first| clause_of(contract, findings[first].unit));
    let looked_at = |unit: Option<UnitId>| match (unit, &allow.clause) {
        (Some(unit), Some(clause)) => hash(analysis, unit) == *clause,
        _ => true,
    };
    // The clause: where the finding is, or where the waiver says, or where the text that was looked at has gone.
    let (unit, found) = match marked {
        Some(found) if !found.is_empty() && looked_at(clause_at(&found)) => (clause_at(&found), found),
        // The mark is lost where a caption is another, and passes on where a clause of like words comes before. Then the text that was looked
        // at counts; one finding was accepted there, and no more than one is waived.
        Some(found) => {
            let one_of = |unit: UnitId| Some((Some(unit), in_unit(unit).get(..1)?.to_vec()));
            let same =
                allow.clause.as_ref().and_then(|clause| ground.units_with(clause).iter().copied().find_map(one_of));
            let marked = || Some((clause_at(&found), found.clone())).filter(|_| !found.is_empty());
            match same.or_else(marked).or_else(|| written.and_then(one_of)) {
                Some(clause) => clause,
                None => return (State::Unused, Vec::new()),
            }
        }
        None => {
            let unit = match (written, &allow.clause) {
                (written, None) => written.or(allow.at.is_none().then_some(UnitId(0))),
                (Some(unit), Some(clause)) if hash(analysis, unit) == *clause => Some(unit),
                (written, Some(clause)) => ground.units_with(clause).first().copied().or(written),
            };
            match unit {
                Some(unit) => (Some(unit), in_unit(unit)),
                None => (None, Vec::new()),
            }
        }
    };
    if found.is_empty() {
        return (State::Unused, found);
    }
    if let (Some(until), Some(today)) = (allow.until, settings.facts.as_of)
        && until < today
    {
        return (State::Ended(until), Vec::new());
    }
    match (unit.filter(|unit| *unit != UnitId(0)).map(|unit| hash(analysis, unit)), &allow.clause) {
        (Some(now), Some(then)) if now != *then => (State::Changed(now), Vec::new()),
        (Some(now), None) => (State::Unsealed(now), found),
        _ => (State::Active(found.len()), found),
    }
}
