//! What a rule looks for: the closed set of data kinds, as their pages write them. What each does is in its own module beside this one;
//! a page without a kind is a rule written in Rust (`src/checks/`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::patterns::{Patterns, Phrases};
use super::phrase;
use super::table::{List, Words};
use crate::date::Date;
use crate::vocabulary::Vocabulary;

/// The kind of a rule.
#[derive(Clone, Debug, Serialize)]
pub enum Kind {
    /// A function in `src/checks/` of the same name.
    Code,
    /// Words that should not stand in a contract.
    Forbid(Forbid),
    /// Words for which there are better ones.
    Prefer(Prefer),
    /// Variants of one word, of which a text should use one.
    Unify(Unify),
    /// A clause that a contract should have.
    Require(Require),
    /// What a clause should speak of.
    Complete(Complete),
    /// Where one phrase stands, another must or must not.
    When(When),
    /// Two numbers that must be equal.
    Agree(Agree),
    /// What a clause says and what it may say.
    Position(Position),
}

/// `[forbid]`: words that should not stand in a contract.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forbid {
    /// The phrases that are reported.
    pub phrases: Phrases,
    /// Phrases that make a hit inside them no finding.
    #[serde(default)]
    pub except: Phrases,
    /// The message; `{found}` is the text found.
    pub message: Words,
    /// What to do.
    #[serde(default)]
    pub help: Option<Words>,
}

/// `[prefer]`: words for which there are better ones.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prefer {
    /// Old words and what to write instead.
    #[serde(default)]
    pub words: Replacements,
    /// Words that are renamed on a day, each with exemptions of its own.
    #[serde(default, rename(deserialize = "term"))]
    pub terms: List<Renamed>,
    /// Phrases that make a hit inside them no finding.
    #[serde(default)]
    pub except: Phrases,
    /// The message; `{found}`, `{instead}` and `{from}` (the day, 「2026年1月1日」) are filled in.
    pub message: Words,
    /// What to do.
    #[serde(default)]
    pub help: Option<Words>,
    /// Whether the replacement cannot change the meaning.
    #[serde(default)]
    pub safe: bool,
}

/// `[[prefer.term]]`: words that are renamed on a day.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Renamed {
    /// The old words.
    pub old: Phrases,
    /// What is said now.
    pub instead: Words,
    /// The first day of the new words: contracts of a day before keep the old ones.
    #[serde(default)]
    pub from: Option<Date>,
    /// Phrases that make a hit inside them no finding.
    #[serde(default)]
    pub except: Phrases,
    /// Phrases anywhere in the contract that make every hit no finding.
    #[serde(default)]
    pub unless: Phrases,
    /// Whether the new words can stand in the place of the old ones; if not, no fix is offered.
    #[serde(default)]
    pub replace: bool,
    /// What to do about these words.
    #[serde(default)]
    pub help: Option<Words>,
}

/// Old words and what to write instead of each.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "BTreeMap<Words, Words>")]
pub struct Replacements {
    /// The old words.
    pub old: Phrases,
    /// The new ones, in their order.
    pub instead: List<Words>,
}

impl From<BTreeMap<Words, Words>> for Replacements {
    fn from(words: BTreeMap<Words, Words>) -> Replacements {
        let (old, instead): (Vec<Words>, Vec<Words>) = words.into_iter().unzip();
        Replacements { old: Phrases::new(old), instead: instead.into() }
    }
}

/// `[unify]`: variants of one word, of which a text should use one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unify {
    /// Each group is a list of variants.
    pub groups: List<Variants>,
    /// Groups whose variants count only as nouns, with a particle behind them: the verb 「引き渡し、」 is no variant of 「引渡し」.
    #[serde(default)]
    pub nouns: List<Variants>,
}

/// Variants of one word.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "Vec<Words>")]
pub struct Variants {
    /// The variants.
    pub words: List<Words>,
    /// How they are found.
    pub phrases: Phrases,
}

impl From<Vec<Words>> for Variants {
    fn from(words: Vec<Words>) -> Variants {
        Variants { phrases: Phrases::new(words.clone()), words: words.into() }
    }
}

/// What stands behind a noun.
const PARTICLES: &str = "(を|は|の|が|に|及び|又は|その他)";

/// `[require]`: a clause that a contract should have.
///
/// Where the page names neither `kinds` nor `cues`, `kinds.toml` says which kinds need the clause: one that is `suggested` is an info, one
/// that is `expected` has the severity of the page, and so has one that is `required` (an error where somebody stated the kind).
/// Silent where another contract stands above this one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Require {
    /// The clause: an id of `clauses.toml`.
    pub clause: Words,
    /// Only in contracts in which one of these phrases stands.
    #[serde(default)]
    pub cues: Phrases,
    /// Not in contracts in which one of these phrases stands.
    #[serde(default)]
    pub unless: Phrases,
    /// Also where another contract stands above this one (原契約, 基本契約).
    #[serde(default)]
    pub even_below_another: bool,
    /// Clauses behind which this one usually stands; the first that the contract has counts.
    #[serde(default)]
    pub behind: List<Words>,
    /// The message; `{clause}` is the title of the clause, `{kind}` that of the kind of contract.
    pub message: Words,
    /// What to do; what was looked for and the nearest article are added.
    #[serde(default)]
    pub help: Option<Words>,
}

/// `[complete]`: what a clause should speak of.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Complete {
    /// The clause: an id of `clauses.toml`. All its articles and those that speak of it count. Silent where the contract has no such clause;
    /// without this key the whole contract counts.
    #[serde(default)]
    pub clause: Option<Words>,
    /// Where an element may stand too.
    #[serde(default)]
    pub also: Option<Also>,
    /// What it should speak of.
    #[serde(rename(deserialize = "element"))]
    pub elements: List<Element>,
    /// How many of the elements are enough; all, where nothing is said.
    #[serde(default)]
    pub at_least: Option<usize>,
    /// Only where one of these phrases stands in the same place.
    #[serde(default)]
    pub cues: Phrases,
    /// Not where one of these phrases stands in the same place, or where an element may stand too.
    #[serde(default)]
    pub unless: Phrases,
    /// Only about organisations: not where all who declare something in the same place are natural persons.
    #[serde(default)]
    pub organisations: bool,
    /// The message; `{missing}` is the list of what is missing, `{found}` and `{all}` are numbers.
    pub message: Words,
    /// What to do; `{missing}` is filled in.
    #[serde(default)]
    pub help: Option<Words>,
}

/// `[[complete.element]]`: one thing that a clause should speak of.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Element {
    /// Its name, for the message.
    pub name: Words,
    /// The phrases that show it.
    pub phrases: Phrases,
}

/// Where what a clause should speak of may stand, beside the clause itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Also {
    /// In the articles that cite the clause, and in those that it cites.
    Linked,
    /// Anywhere in the contract.
    Contract,
}

/// How far around a phrase another is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The sentence; a ただし書 is another one.
    Sentence,
    /// The 項 with its 号.
    #[default]
    Paragraph,
    /// The 条.
    Article,
    /// All articles of the clause that `clause` names.
    Clause,
    /// The whole contract.
    Contract,
}

/// `[when]`: where one phrase stands, another must or must not.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// Only in the articles of this clause: an id of `clauses.toml`.
    #[serde(default)]
    pub clause: Option<Words>,
    /// How far `with` and `without` are looked for.
    #[serde(default)]
    pub scope: Scope,
    /// The phrases that are reported.
    pub has: Phrases,
    /// Only where one of these stands in the scope: then `has` must not.
    #[serde(default)]
    pub with: Phrases,
    /// Only where none of these stands in the scope: where `has` stands, one of these must.
    #[serde(default)]
    pub without: Phrases,
    /// Phrases that make a hit of `has` or `with` inside them none.
    #[serde(default)]
    pub except: Phrases,
    /// Phrases anywhere in the contract that make every hit no finding.
    #[serde(default)]
    pub unless: Phrases,
    /// Whether a hit that the words behind it deny is none: 「手形により支払」 in 「手形により支払ってはならない」.
    #[serde(default)]
    pub unless_denied: bool,
    /// Report every hit, and not only the first in each scope.
    #[serde(default)]
    pub every: bool,
    /// The message; `{found}` is the text found.
    pub message: Words,
    /// What to do.
    #[serde(default)]
    pub help: Option<Words>,
}

/// `[agree]`: two numbers that must be equal.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agree {
    /// The first number.
    pub left: Capture,
    /// The number that is reported where it differs.
    pub right: Capture,
    /// The message; `{left}`, `{right}` and `{at}` (where the first stands) are filled in.
    pub message: Words,
    /// What to do.
    #[serde(default)]
    pub help: Option<Words>,
}

/// A number in a clause: the last one in the words that a phrase finds, with the unit behind it (年 and か月 are compared in months).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capture {
    /// Only in the articles of this clause: an id of `clauses.toml`.
    #[serde(default)]
    pub clause: Option<Words>,
    /// Not in the articles of this clause.
    #[serde(default)]
    pub outside: Option<Words>,
    /// The phrases, each with a number (`#`).
    pub phrases: Phrases,
}

/// `[position]`: what a clause says and what it may say, as a playbook demands it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// The clause: an id of `clauses.toml`. Silent where the contract has no such clause.
    pub clause: Words,
    /// What is wanted: one of these.
    pub required: Phrases,
    /// What is accepted instead; it is reported as an info.
    #[serde(default)]
    pub fallback: Phrases,
    /// What is not accepted, whatever else stands there.
    #[serde(default)]
    pub unacceptable: Phrases,
    /// The position in words, for the message.
    pub wanted: Words,
    /// What to do.
    #[serde(default)]
    pub help: Option<Words>,
}

impl Kind {
    /// Reads the keys of a page that belong to its kind.
    ///
    /// # Errors
    /// When there is an unknown key, more than one kind, or a phrase that cannot be read; in Japanese.
    pub fn read(keys: BTreeMap<String, toml::Value>) -> Result<Kind, String> {
        const KNOWN: [&str; 8] = ["forbid", "prefer", "unify", "require", "complete", "when", "agree", "position"];
        if let Some(unknown) = keys.keys().find(|key| !KNOWN.contains(&key.as_str())) {
            return Err(format!(
                "「{unknown}」という項目はありません。使えるのは severity, optional, since, kinds, except_kinds, context, from, until, where, covers, basis, options と、種類を表す {} です",
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
            "unify" => value.try_into().map(Kind::Unify),
            "require" => value.try_into().map(Kind::Require),
            "complete" => value.try_into().map(Kind::Complete),
            "when" => value.try_into().map(Kind::When),
            "agree" => value.try_into().map(Kind::Agree),
            _ => value.try_into().map(Kind::Position),
        };
        let mut kind = kind.map_err(|e| format!("[{name}]: {}", e.message()))?;
        if let Kind::Unify(unify) = &mut kind {
            for group in unify.nouns.to_mut() {
                let nouns = group.words.iter().map(|word| format!("{word}{PARTICLES}").into()).collect();
                group.phrases = Phrases::new(nouns);
            }
        }
        let phrases = kind.phrases();
        phrases.iter().flat_map(|list| list.written()).try_for_each(|p| phrase::unfold(p).map(|_| ()))?;
        match &kind {
            Kind::When(when) if when.scope == Scope::Clause && when.clause.is_none() => {
                return Err("[when]: scope = \"clause\" には clause を書いてください".into());
            }
            Kind::Complete(complete) if complete.at_least.is_some_and(|n| n == 0 || n > complete.elements.len()) => {
                return Err(format!("[complete]: at_least は1から{}までです", complete.elements.len()));
            }
            Kind::Agree(agree) => {
                let mut captures = agree.left.phrases.written().iter().chain(agree.right.phrases.written());
                if let Some(phrase) = captures.find(|phrase| !phrase.contains('#')) {
                    return Err(format!("[agree]: 「{phrase}」に数を表す # がありません"));
                }
            }
            _ => {}
        }
        Ok(kind)
    }

    /// Checks the clauses that it names, and those that its page covers.
    ///
    /// # Errors
    /// When there is no such clause; in Japanese.
    pub fn check(&self, vocabulary: &Vocabulary, covers: &[Words]) -> Result<(), String> {
        let own: Vec<&Words> = match self {
            Kind::Require(kind) => std::iter::once(&kind.clause).chain(kind.behind.iter()).collect(),
            Kind::Complete(kind) => kind.clause.iter().collect(),
            Kind::When(kind) => kind.clause.iter().collect(),
            Kind::Agree(kind) => {
                [&kind.left, &kind.right].into_iter().flat_map(|c| c.clause.iter().chain(&c.outside)).collect()
            }
            Kind::Position(kind) => vec![&kind.clause],
            Kind::Code | Kind::Forbid(_) | Kind::Prefer(_) | Kind::Unify(_) => Vec::new(),
        };
        match own.into_iter().chain(covers).find(|id| vocabulary.clause(id).is_none()) {
            Some(unknown) => {
                let known: Vec<&str> = vocabulary.clauses.iter().map(|clause| &*clause.id).collect();
                Err(format!("「{unknown}」という条項はありません。使えるのは {} です", known.join(", ")))
            }
            None => Ok(()),
        }
    }

    /// The phrases the kind looks for.
    fn phrases(&mut self) -> Vec<&mut Phrases> {
        match self {
            Kind::Code => Vec::new(),
            Kind::Forbid(kind) => vec![&mut kind.phrases, &mut kind.except],
            Kind::Prefer(kind) => {
                let terms = kind.terms.to_mut().iter_mut();
                let terms = terms.flat_map(|term| [&mut term.old, &mut term.except, &mut term.unless]);
                terms.chain([&mut kind.words.old, &mut kind.except]).collect()
            }
            Kind::Unify(kind) => {
                kind.groups.to_mut().iter_mut().chain(kind.nouns.to_mut()).map(|group| &mut group.phrases).collect()
            }
            Kind::Require(kind) => vec![&mut kind.cues, &mut kind.unless],
            Kind::Complete(kind) => {
                let elements = kind.elements.to_mut().iter_mut().map(|element| &mut element.phrases);
                elements.chain([&mut kind.cues, &mut kind.unless]).collect()
            }
            Kind::When(kind) => {
                vec![&mut kind.has, &mut kind.with, &mut kind.without, &mut kind.except, &mut kind.unless]
            }
            Kind::Agree(kind) => vec![&mut kind.left.phrases, &mut kind.right.phrases],
            Kind::Position(kind) => vec![&mut kind.required, &mut kind.fallback, &mut kind.unacceptable],
        }
    }

    /// Makes the phrases ready to be looked for.
    pub fn prepare(&mut self, patterns: &mut Patterns) {
        self.phrases().into_iter().for_each(|list| list.prepare(patterns));
    }
}
