//! What a text cannot tell: facts that somebody states.
//!
//! What is not stated may be concluded from the text ([`crate::analysis::facts`]); what is neither is unknown, and rules that depend on it
//! speak one step lower.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Date;

/// Facts about the contract that are stated from outside: flags of the command line, the configuration, settings of an example.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Facts {
    /// The kind of contract: an id of `rules/vocabulary/kinds.toml`. It always wins over what the text looks like.
    pub kind: Option<String>,
    /// For whom the contract is reviewed.
    pub side: Option<Side>,
    /// What the parties are.
    pub party_type: Option<PartyType>,
    /// Whether 取適法 applies (it depends on capital and headcount, which no contract tells).
    pub toriteki: Option<Answer>,
    /// How far the contract is.
    pub stage: Option<Stage>,
    /// Paper or electronic.
    pub medium: Option<Medium>,
    /// The day on which it was or will be signed; the law of that day counts.
    #[schemars(with = "Option<String>")]
    pub signing_date: Option<Date>,
    /// The day whose law counts where no day of signing is known.
    #[schemars(with = "Option<String>")]
    pub as_of: Option<Date>,
}

impl Facts {
    /// The names under which facts are stated.
    pub const NAMES: [&'static str; 8] =
        ["kind", "side", "party-type", "toriteki", "stage", "medium", "signing-date", "as-of"];

    /// States a fact by its name, as examples of rule pages do (`kind=nda`).
    ///
    /// # Errors
    /// When there is no such fact, or it cannot have this value; in Japanese.
    pub fn state(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "kind" => self.kind = Some(value.to_string()),
            "side" => self.side = Some(value.parse()?),
            "party-type" => self.party_type = Some(value.parse()?),
            "toriteki" => self.toriteki = Some(value.parse()?),
            "stage" => self.stage = Some(value.parse()?),
            "medium" => self.medium = Some(value.parse()?),
            "signing-date" => self.signing_date = Some(value.parse()?),
            "as-of" => self.as_of = Some(value.parse()?),
            _ => return Err(format!("「{name}」という事実はありません。使えるのは {} です", Facts::NAMES.join(", "))),
        }
        Ok(())
    }
}

/// An enum whose variants have names in flags and files.
macro_rules! named {
    ($(#[$about:meta])* $name:ident { $($(#[$variant_about:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        pub enum $name {
            $($(#[$variant_about])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The name in flags and files.
            pub const fn name(self) -> &'static str {
                match self {
                    $($name::$variant => $text,)+
                }
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<$name, String> {
                $name::ALL.iter().copied().find(|one| one.name() == text).ok_or_else(|| {
                    let names: Vec<&str> = $name::ALL.iter().map(|one| one.name()).collect();
                    format!("「{text}」は使えません。使えるのは {} です", names.join(", "))
                })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

named! {
    /// How far a contract is.
    Stage {
        /// It is being written: blanks are expected.
        Draft = "draft",
        /// It is to be signed as it stands.
        Final = "final",
    }
}

named! {
    /// For whom a contract is reviewed.
    Side {
        /// 甲
        First = "甲",
        /// 乙
        Second = "乙",
        /// Neither.
        Neutral = "neutral",
    }
}

named! {
    /// What the parties of a contract are.
    PartyType {
        /// 事業者間
        Business = "b2b",
        /// 事業者と消費者
        Consumer = "b2c",
        /// 使用者と労働者
        Employment = "employment",
        /// 特定受託事業者（フリーランス）への委託
        Freelance = "freelance",
    }
}

named! {
    /// Whether something is so.
    Answer {
        /// It is.
        Yes = "yes",
        /// It is not.
        No = "no",
        /// Nobody knows, and no guess is wanted.
        Unknown = "unknown",
    }
}

named! {
    /// What the contract is signed on.
    Medium {
        /// 書面
        Paper = "paper",
        /// 電磁的記録
        Electronic = "electronic",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_stated_by_name() {
        let mut facts = Facts::default();
        for (name, value) in
            [("kind", "nda"), ("side", "乙"), ("party-type", "b2c"), ("toriteki", "unknown"), ("as-of", "2026-11-22")]
        {
            facts.state(name, value).unwrap();
        }
        assert_eq!((facts.side, facts.party_type), (Some(Side::Second), Some(PartyType::Consumer)));
        assert_eq!(
            facts.state("medium", "stone").unwrap_err(),
            "「stone」は使えません。使えるのは paper, electronic です"
        );
        assert!(facts.state("colour", "red").unwrap_err().contains("signing-date"));
    }

    #[test]
    fn a_configuration_file_states_them() {
        let facts: Facts =
            toml::from_str("kind = \"lease\"\nparty-type = \"b2b\"\nsigning-date = \"2025-04-01\"\n").unwrap();
        assert_eq!((facts.kind.as_deref(), facts.signing_date), (Some("lease"), Date::new(2025, 4, 1)));
        assert!(toml::from_str::<Facts>("party = \"b2b\"\n").is_err());
    }
}
