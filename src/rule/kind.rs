//! What a rule looks for: the closed set of data kinds, as their pages write them. What each does is in its own module beside this one;
//! a page without a kind is a rule written in Rust (`src/checks/`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::phrase;
use crate::vocabulary::Vocabulary;

/// The kind of a rule.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// A function in `src/checks/` of the same name.
    Code,
    /// Words that should not stand in a contract.
    Forbid(Forbid),
    /// Words for which there are better ones.
    Prefer(Prefer),
    /// Variants of one word, of which a text should use one.
    Unify(Unify),
}

/// `[forbid]`: words that should not stand in a contract.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forbid {
    /// The phrases that are reported.
    pub phrases: Vec<String>,
    /// Phrases that make a hit inside them no finding.
    #[serde(default)]
    pub except: Vec<String>,
    /// The message; `{found}` is the text found.
    pub message: String,
    /// What to do.
    #[serde(default)]
    pub help: Option<String>,
}

/// `[prefer]`: words for which there are better ones.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prefer {
    /// Old words and what to write instead.
    pub words: BTreeMap<String, String>,
    /// Phrases that make a hit inside them no finding.
    #[serde(default)]
    pub except: Vec<String>,
    /// The message; `{found}` and `{instead}` are filled in.
    pub message: String,
    /// Whether the replacement cannot change the meaning.
    #[serde(default)]
    pub safe: bool,
}

/// `[unify]`: variants of one word, of which a text should use one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unify {
    /// Each group is a list of variants.
    pub groups: Vec<Vec<String>>,
    /// Groups whose variants count only as nouns, with a particle behind them: the verb 「引き渡し、」 is no variant of 「引渡し」.
    #[serde(default)]
    pub nouns: Vec<Vec<String>>,
}

/// What stands behind a noun.
pub const PARTICLES: &str = "(を|は|の|が|に|及び|又は|その他)";

impl Unify {
    /// The phrases of all groups; those of nouns with the particles behind them.
    pub fn phrases(&self) -> impl Iterator<Item = Vec<String>> + '_ {
        let nouns = self.nouns.iter().map(|group| group.iter().map(|word| format!("{word}{PARTICLES}")).collect());
        self.groups.iter().cloned().chain(nouns)
    }

    /// The variants of all groups, in the same order.
    pub fn variants(&self) -> impl Iterator<Item = &Vec<String>> {
        self.groups.iter().chain(&self.nouns)
    }
}

impl Kind {
    /// Reads the keys of a page that belong to its kind.
    ///
    /// # Errors
    /// When there is an unknown key, more than one kind, or a phrase that cannot be read; in Japanese.
    pub fn read(keys: BTreeMap<String, toml::Value>) -> Result<Kind, String> {
        const KNOWN: [&str; 3] = ["forbid", "prefer", "unify"];
        if let Some(unknown) = keys.keys().find(|key| !KNOWN.contains(&key.as_str())) {
            return Err(format!(
                "「{unknown}」という項目はありません。使えるのは severity, optional, since, kinds, except_kinds, context, from, until, where, basis, options と、種類を表す {} です",
                KNOWN.join(", ")
            ));
        }
        if keys.len() > 1 {
            return Err("種類は一つだけ書いてください".into());
        }
        let Some((name, value)) = keys.into_iter().next() else { return Ok(Kind::Code) };
        let kind = match name.as_str() {
            "forbid" => value.try_into().map(Kind::Forbid),
            "prefer" => value.try_into().map(Kind::Prefer),
            _ => value.try_into().map(Kind::Unify),
        };
        let kind = kind.map_err(|e| format!("[{name}]: {}", e.message()))?;
        kind.phrases().iter().try_for_each(|p| phrase::unfold(p).map(|_| ()))?;
        Ok(kind)
    }

    /// Checks the clauses that it names.
    ///
    /// # Errors
    /// When there is no such clause; in Japanese.
    pub fn check(&self, _vocabulary: &Vocabulary) -> Result<(), String> {
        Ok(())
    }

    /// Every phrase the kind looks for.
    pub fn phrases(&self) -> Vec<String> {
        match self {
            Kind::Code => Vec::new(),
            Kind::Forbid(kind) => kind.phrases.iter().chain(&kind.except).cloned().collect(),
            Kind::Prefer(kind) => kind.words.keys().chain(&kind.except).cloned().collect(),
            Kind::Unify(kind) => kind.phrases().flatten().collect(),
        }
    }
}
