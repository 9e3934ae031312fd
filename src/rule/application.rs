//! To which contracts a rule applies, and how loud it speaks there: the keys of a page that stand beside its kind. Read by the build script
//! too.

use serde::{Deserialize, Serialize};

use super::page::Severity;
use super::table::{List, Words};
use crate::date::Date;
use crate::vocabulary::Vocabulary;

/// To which contracts a rule applies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Only these kinds of contracts; empty means all, also where the kind is unknown.
    pub kinds: List<Words>,
    /// Not these kinds.
    pub except_kinds: List<Words>,
    /// Only where one of these holds; empty means everywhere. Where it is unknown, the rule speaks one step lower and says 「…の場合」.
    pub context: List<Condition>,
    /// The first day of the law that the rule knows: silent on contracts that were signed before.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
    /// Where another severity holds; of several that hold the last counts.
    pub levels: List<Where>,
}

/// `[[where]]`: under all of these conditions another severity holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Where {
    /// In these kinds of contracts.
    #[serde(default)]
    pub kinds: List<Words>,
    /// Where one of these is known to hold.
    #[serde(default)]
    pub context: List<Condition>,
    /// Under the law of this day and later.
    #[serde(default)]
    pub from: Option<Date>,
    /// Under the law of this day and earlier.
    #[serde(default)]
    pub until: Option<Date>,
    /// The severity.
    pub severity: Severity,
}

/// A fact on which a rule can depend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Condition {
    /// Between businesses.
    #[serde(rename(deserialize = "b2b"))]
    Business,
    /// With a consumer.
    #[serde(rename(deserialize = "b2c"))]
    Consumer,
    /// With an employee.
    #[serde(rename(deserialize = "employment"))]
    Employment,
    /// With a freelancer.
    #[serde(rename(deserialize = "freelance"))]
    Freelance,
    /// 取適法 applies.
    #[serde(rename(deserialize = "toriteki"))]
    Toriteki,
    /// About 建設工事.
    #[serde(rename(deserialize = "construction"))]
    Construction,
    /// To be signed as it stands.
    #[serde(rename(deserialize = "final"))]
    Final,
    /// Signed on paper.
    #[serde(rename(deserialize = "paper"))]
    Paper,
    /// Signed electronically.
    #[serde(rename(deserialize = "electronic"))]
    Electronic,
    /// Reviewed for 甲.
    #[serde(rename(deserialize = "甲"))]
    First,
    /// Reviewed for 乙.
    #[serde(rename(deserialize = "乙"))]
    Second,
}

impl Condition {
    /// 「取適法の適用がある場合」
    pub const fn case(self) -> &'static str {
        match self {
            Condition::Business => "事業者間の契約の場合",
            Condition::Consumer => "消費者との契約の場合",
            Condition::Employment => "労働者との契約の場合",
            Condition::Freelance => "相手方が特定受託事業者である場合",
            Condition::Toriteki => "取適法の適用がある場合",
            Condition::Construction => "建設工事の請負の場合",
            Condition::Final => "締結用の契約書の場合",
            Condition::Paper => "書面で締結する場合",
            Condition::Electronic => "電磁的記録で締結する場合",
            Condition::First => "甲の立場の場合",
            Condition::Second => "乙の立場の場合",
        }
    }
}

impl Application {
    /// Checks the kinds that are named.
    ///
    /// # Errors
    /// When there is no such kind; in Japanese, with the kinds that there are.
    pub fn check(&self, vocabulary: &Vocabulary) -> Result<(), String> {
        let named = self
            .kinds
            .iter()
            .chain(self.except_kinds.iter())
            .chain(self.levels.iter().flat_map(|level| level.kinds.iter()));
        match named.into_iter().find(|id| vocabulary.kind(id).is_none()) {
            Some(unknown) => {
                let known: Vec<&str> = vocabulary.kinds.iter().map(|kind| &*kind.id).collect();
                Err(format!("「{unknown}」という種類の契約はありません。使えるのは {} です", known.join(", ")))
            }
            None => Ok(()),
        }
    }
}
