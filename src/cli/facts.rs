//! The flags that state facts.

use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;

use crate::config;
use crate::date::Date;
use crate::facts::{Answer, Facts, Medium, PartyType, Side, Stage};
use crate::rule::Rulebook;

/// Facts that a text cannot tell. What is not stated is concluded from the text, or unknown.
#[derive(Args)]
pub struct Stated {
    /// 契約の種類（nda, lease など。文面からの判定に優先する）
    #[arg(long, value_name = "KIND", help_heading = "契約についての事実")]
    kind: Option<String>,
    /// どちらの立場で確認するか（甲、乙、neutral）
    #[arg(long, value_name = "SIDE", help_heading = "契約についての事実")]
    side: Option<Side>,
    /// 当事者の種類（b2b は事業者間、b2c は消費者、employment は労働者、freelance は特定受託事業者）
    #[arg(long, value_name = "TYPE", help_heading = "契約についての事実")]
    party_type: Option<PartyType>,
    /// 取適法（旧下請法）の適用があるか（yes, no, unknown）
    #[arg(long, value_name = "ANSWER", help_heading = "契約についての事実")]
    toriteki: Option<Answer>,
    /// 契約書の段階（draft は作成中、final は締結用）
    #[arg(long, value_name = "STAGE", help_heading = "契約についての事実")]
    stage: Option<Stage>,
    /// 締結の方法（paper は書面、electronic は電磁的記録）
    #[arg(long, value_name = "MEDIUM", help_heading = "契約についての事実")]
    medium: Option<Medium>,
    /// 締結日（2026-11-22 の形。この日の法令によって確認する）
    #[arg(long, value_name = "DATE", help_heading = "契約についての事実")]
    signing_date: Option<Date>,
    /// 締結日が分からない契約を、この日の法令によって確認する（指定しなければ今日）
    #[arg(long, value_name = "DATE", help_heading = "契約についての事実")]
    as_of: Option<Date>,
}

impl Stated {
    /// Says what is wrong with the facts.
    ///
    /// # Errors
    /// When there is no such kind of contracts.
    pub fn verify(&self, rulebook: &Rulebook) -> Result<(), String> {
        let kinds = &rulebook.vocabulary().kinds;
        if let Some(unknown) = self.kind.as_ref().filter(|id| kinds.iter().all(|kind| kind.id != **id)) {
            let known: Vec<&str> = kinds.iter().map(|kind| &*kind.id).collect();
            return Err(format!("「{unknown}」という種類の契約はありません。使えるのは {} です", known.join(", ")));
        }
        Ok(())
    }

    /// The facts that flags state, above those that are configured. Law and deadlines are those of today where nothing else is said.
    pub fn over(&self, configured: &Facts) -> Facts {
        let stated = Facts {
            kind: self.kind.clone(),
            side: self.side,
            party_type: self.party_type,
            toriteki: self.toriteki,
            stage: self.stage,
            medium: self.medium,
            signing_date: self.signing_date,
            as_of: self.as_of,
        };
        let facts = config::above(&stated, configured);
        Facts { as_of: facts.as_of.or_else(today), ..facts }
    }
}

/// Today in Japan: the one place where the program looks at a clock.
pub fn today() -> Option<Date> {
    const JAPAN: u64 = 9 * 3600;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs() + JAPAN;
    Date::from_ordinal(Date::new(1970, 1, 1)?.ordinal() + (seconds / 86_400) as i64)
}
