//! What the project knows of contracts: the tables of `rules/vocabulary/`.
//!
//! The build script reads the files, refuses what is wrong in them, and the library carries the result. This file knows nothing of the rest
//! of the library, because the build script reads it too.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

use crate::date::Date;
use crate::rule::patterns::{Patterns, Phrases};
use crate::rule::phrase;
use crate::rule::table::{List, Words};

/// All tables.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Vocabulary {
    /// `kinds.toml`: the kinds of contracts.
    pub kinds: List<Kind>,
    /// `clauses.toml`: the clauses they have.
    pub clauses: List<Clause>,
    /// `statutes.toml`: laws with their names, numbers, moved and deleted articles.
    pub statutes: List<Statute>,
    /// `courts.toml`: the district courts.
    pub courts: Courts,
    /// `rates.toml`: rates that a law sets.
    pub rates: List<Rate>,
    /// `facts.toml`: phrases from which a fact is concluded.
    pub cues: List<Cue>,
}

/// A kind of contract: 業務委託（準委任）, 秘密保持 …
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "ContractKind")]
pub struct Kind {
    /// The name for programs: `quasi-mandate`.
    pub id: Words,
    /// The name for people.
    pub title: Words,
    /// Phrases that name it in a title for certain.
    pub titles: Phrases,
    /// Phrases in a title that may name another kind as well.
    #[serde(default)]
    pub loose: Phrases,
    /// Phrases in the preamble or the first articles.
    pub openings: Phrases,
    /// Phrases in the preamble or the first articles that decide for it over the kinds that it narrows.
    #[serde(default)]
    pub decides: Phrases,
    /// Phrases anywhere in the text that settle for it where a title means another kind as well and both have about as many points.
    #[serde(default)]
    pub settles: Phrases,
    /// The kinds (ids) of which it is a special case.
    #[serde(default)]
    pub narrows: List<Words>,
    /// Phrases anywhere in the text.
    pub words: Phrases,
    /// What the parties are where nothing else is known.
    #[serde(default)]
    pub party: Option<Words>,
    /// The clause that the whole contract is.
    #[serde(default)]
    pub whole: Option<Words>,
    /// Whether it is the kind of a contract between two companies that is none of the others for certain.
    #[serde(default)]
    pub otherwise: bool,
    /// Whether it stands below another contract, which holds the clauses that are not in it.
    #[serde(default)]
    pub inherits: bool,
    /// Clauses without which it says too little.
    pub required: List<Words>,
    /// Clauses that a careful reviewer asks for.
    pub expected: List<Words>,
    /// Clauses that may be worth a look.
    pub suggested: List<Words>,
    /// Contracts of the kind that need less.
    #[serde(default)]
    pub variants: List<Variant>,
}

/// Contracts of a kind that need less than its others: a 株主間契約 sells no shares.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Phrases that name it in the title.
    pub titles: Phrases,
    /// Phrases in the title with which it is more than that: 投資契約及び株主間契約.
    #[serde(default)]
    pub unless: Phrases,
    /// The clauses of the kind that it does not need.
    pub lacks: List<Words>,
}

/// How much a kind of contract needs a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// It may be worth a look.
    Suggested,
    /// A careful reviewer asks for it.
    Expected,
    /// Without it the contract says too little.
    Required,
}

impl Kind {
    /// How much it needs a clause.
    pub fn need(&self, clause: &str) -> Option<Need> {
        let lists =
            [(&self.required, Need::Required), (&self.expected, Need::Expected), (&self.suggested, Need::Suggested)];
        lists.into_iter().find(|(list, _)| list.iter().any(|id| id == clause)).map(|(_, need)| need)
    }
}

/// A clause: 秘密保持, 合意管轄 …
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// The name for programs: `confidentiality`.
    pub id: Words,
    /// The name for people.
    pub title: Words,
    /// Whether contracts of all kinds may have it; others are shown only where the kind needs them.
    #[serde(default)]
    pub general: bool,
    /// Phrases inside a caption.
    #[serde(default)]
    pub captions: Phrases,
    /// Phrases that are a whole caption or a whole part of one.
    #[serde(default)]
    pub exact: Phrases,
    /// What a finding names as looked for: both of these as they are written.
    #[serde(default)]
    pub looked_for: List<Words>,
    /// Phrases in the text that prove it under any caption.
    pub proofs: Phrases,
    /// Phrases that make a proof inside them none.
    #[serde(default)]
    pub except: Phrases,
    /// Clauses (ids) in whose articles, recognised by their captions, nothing proves this one.
    #[serde(default)]
    pub not_in: List<Words>,
}

/// A law.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statute {
    /// The usual short name: 民法.
    pub name: Words,
    /// The law number: 明治29年法律第89号.
    pub number: Words,
    /// Other names of the law that are right today.
    #[serde(default)]
    pub aliases: List<Words>,
    /// The first day of the last change that matters to a rule.
    #[serde(default)]
    pub changed: Option<Date>,
    /// Names it had until a day.
    #[serde(default)]
    pub former: List<FormerName>,
    /// Articles that are 削除.
    #[serde(default)]
    pub deleted: Option<Deleted>,
    /// Articles that have another number now; of a law with a former name, its articles under that name.
    #[serde(default)]
    pub moves: Option<Moves>,
    /// When somebody last looked.
    pub verified: Date,
}

impl Statute {
    /// Whether it has or had this name.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name
            || self.aliases.iter().any(|alias| alias == name)
            || self.former.iter().any(|former| former.name == name)
    }

    /// Where it is to be read: its page of the e-Gov law search, whose address follows from the law number
    /// (明治29年法律第89号 is `129AC0000000089`). Nothing for a 政令 or 省令.
    pub fn address(&self) -> Option<String> {
        let eras = [("明治", 1), ("大正", 2), ("昭和", 3), ("平成", 4), ("令和", 5)];
        let (rest, era) = eras.iter().find_map(|(name, era)| Some((self.number.strip_prefix(name)?, era)))?;
        let (year, number) = rest.strip_suffix('号')?.split_once("年法律第")?;
        let year: u32 = if year == "元" { 1 } else { year.parse().ok()? };
        let number: u32 = number.parse().ok()?;
        Some(format!("https://laws.e-gov.go.jp/law/{era}{year:02}AC0000000{number:03}"))
    }
}

/// A name that a law had.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormerName {
    /// The name.
    pub name: Words,
    /// The last day of it.
    pub until: Date,
}

/// Articles that were deleted.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deleted {
    /// The first day without them.
    pub from: Date,
    /// 「第170条」
    pub articles: List<Words>,
}

/// Articles that were renumbered.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moves {
    /// The first day of the new numbers.
    pub from: Date,
    /// Which ones.
    pub articles: List<Move>,
}

/// An article that was renumbered.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// The old number: 「第22条」, 「第38条第2項」.
    pub old: Words,
    /// The new one.
    pub new: Words,
    /// Words of what it is about: another article bears the old number now, so only a sentence with one of them means this one. None where
    /// the name of the law tells.
    #[serde(default)]
    pub about: List<Words>,
}

/// The district courts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Courts {
    /// Their seats: 東京, 横浜 …
    pub seats: List<Words>,
    /// Names that are mistaken for seats, and the seat that is meant.
    #[serde(deserialize_with = "pairs")]
    pub slips: List<(Words, Words)>,
}

/// A rate that a law sets.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Its name for programs; several entries of one name differ in days or principal.
    pub id: Words,
    /// Its name for people.
    pub title: Words,
    /// Percent, as a decimal: `14.6`.
    pub percent: Words,
    /// The first day; none: from the beginning.
    #[serde(default)]
    pub from: Option<Date>,
    /// The last day; none: still.
    #[serde(default)]
    pub until: Option<Date>,
    /// For principals of at least so many yen.
    #[serde(default)]
    pub above: Option<u64>,
    /// For principals of less than so many yen.
    #[serde(default)]
    pub below: Option<u64>,
    /// The law that sets it.
    pub law: Words,
    /// The article.
    pub article: Words,
}

impl Rate {
    /// The rate in thousandths of a percent: 14600.
    pub fn thousandths(&self) -> u64 {
        thousandths(&self.percent).unwrap_or(0)
    }

    /// Whether it holds on a day (any, where none is known) and for a principal in yen.
    pub fn holds(&self, on: Option<Date>, principal: u64) -> bool {
        let day = |on: Date| self.from.is_none_or(|from| from <= on) && self.until.is_none_or(|until| on <= until);
        on.is_none_or(day)
            && self.above.is_none_or(|above| above <= principal)
            && self.below.is_none_or(|below| principal < below)
    }
}

/// A decimal in thousandths: 14600 for `14.6`; `None` for what is none, or has more than three decimal places.
pub fn thousandths(decimal: &str) -> Option<u64> {
    let (whole, part) = decimal.split_once('.').unwrap_or((decimal, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || part.len() > 3 || !digits(whole) || !digits(part) {
        return None;
    }
    whole.parse::<u64>().ok()?.checked_mul(1000)?.checked_add(format!("{part:0<3}").parse().ok()?)
}

/// Phrases from which a fact is concluded that nobody stated.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    /// The fact.
    pub fact: Words,
    /// Its value.
    pub value: Words,
    /// The phrases.
    pub phrases: Phrases,
}

/// The values that the facts of `facts.toml` can have.
const FACTS: [(&str, &[&str]); 5] = [
    ("party-type", &PARTIES),
    ("toriteki", &["yes", "no"]),
    ("medium", &["paper", "electronic"]),
    ("construction", &["yes"]),
    ("parent", &["yes"]),
];

/// What the parties of a contract can be.
const PARTIES: [&str; 4] = ["b2b", "b2c", "employment", "freelance"];

/// A mistake in a file of the vocabulary, with the line (from 1) on which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VocabularyError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what would be right, in Japanese.
    pub message: String,
}

impl fmt::Display for VocabularyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}行目: {}", self.line, self.message)
    }
}

/// The names of the files, in the order in which they are read.
pub const FILES: [&str; 6] = ["clauses", "kinds", "statutes", "courts", "rates", "facts"];

impl Vocabulary {
    /// Adds a file, by its name without `.toml`; `clauses` comes before `kinds`.
    ///
    /// # Errors
    /// When the file is unknown, or holds an unknown key or an impossible value.
    pub fn read(&mut self, name: &str, text: &str) -> Result<(), VocabularyError> {
        match name {
            "clauses" => self.clauses = entries(text, "clause")?.into(),
            "kinds" => self.kinds = entries(text, "kind")?.into(),
            "statutes" => self.statutes = entries(text, "statute")?.into(),
            "courts" => self.courts = parse(text)?,
            "rates" => self.rates = entries(text, "rate")?.into(),
            "facts" => self.cues = entries(text, "cue")?.into(),
            _ => {
                return Err(at(
                    text,
                    name,
                    format!("「{name}」という語彙はありません。使えるのは {} です", FILES.join(", ")),
                ));
            }
        }
        let checked = match name {
            "clauses" => self.check_clauses(),
            "kinds" => self.check_kinds(),
            "courts" => self.check_courts(),
            "rates" => self.check_rates(),
            "facts" => self.check_cues(),
            _ => Ok(()),
        };
        checked.map_err(|(value, message)| at(text, &value, message))
    }

    /// The kind of an id.
    pub fn kind(&self, id: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.id == id)
    }

    /// The clause of an id.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == id)
    }

    /// Makes the phrases by which kinds, clauses and facts are recognised ready to be looked for.
    pub fn prepare(&mut self, patterns: &mut Patterns) {
        for clause in self.clauses.to_mut() {
            let looked_for = clause.captions.written().iter().chain(clause.exact.written());
            clause.looked_for = looked_for.cloned().collect();
        }
        let clauses = self.clauses.to_mut().iter_mut();
        let clauses = clauses.flat_map(|c| [&mut c.captions, &mut c.exact, &mut c.proofs, &mut c.except]);
        let kinds = self.kinds.to_mut().iter_mut().flat_map(|k| {
            let variants = k.variants.to_mut().iter_mut().flat_map(|v| [&mut v.titles, &mut v.unless]);
            let own = [&mut k.titles, &mut k.loose, &mut k.openings, &mut k.decides, &mut k.settles, &mut k.words];
            own.into_iter().chain(variants)
        });
        let cues = self.cues.to_mut().iter_mut().map(|cue| &mut cue.phrases);
        clauses.chain(kinds).chain(cues).for_each(|list| list.prepare(patterns));
    }

    fn check_clauses(&self) -> Checked {
        unique(self.clauses.iter().map(|clause| &clause.id))?;
        for id in self.clauses.iter().flat_map(|clause| clause.not_in.iter()) {
            one_of(id, self.clauses.iter().map(|clause| &*clause.id), "条項")?;
        }
        self.clauses.iter().flat_map(|c| [&c.captions, &c.exact, &c.proofs, &c.except]).try_for_each(readable)
    }

    fn check_kinds(&self) -> Checked {
        unique(self.kinds.iter().map(|kind| &kind.id))?;
        for kind in self.kinds.iter() {
            let phrases = [&kind.titles, &kind.loose, &kind.openings, &kind.decides, &kind.settles, &kind.words];
            phrases.into_iter().try_for_each(readable)?;
            for id in kind.narrows.iter() {
                one_of(id, self.kinds.iter().map(|kind| &*kind.id), "契約の種類")?;
            }
            let needs = || kind.required.iter().chain(kind.expected.iter()).chain(kind.suggested.iter());
            for id in needs().chain(&kind.whole) {
                one_of(id, self.clauses.iter().map(|clause| &*clause.id), "条項")?;
            }
            unique(needs())?;
            for variant in kind.variants.iter() {
                [&variant.titles, &variant.unless].into_iter().try_for_each(readable)?;
                for id in variant.lacks.iter() {
                    one_of(id, needs().map(|id| &**id), "この種類の条項")?;
                }
            }
            kind.party.iter().try_for_each(|party| one_of(party, PARTIES.into_iter(), "当事者の種類"))?;
        }
        Ok(())
    }

    fn check_courts(&self) -> Checked {
        unique(self.courts.seats.iter())?;
        self.courts
            .slips
            .iter()
            .try_for_each(|(_, seat)| one_of(seat, self.courts.seats.iter().map(|seat| &**seat), "地方裁判所"))
    }

    fn check_rates(&self) -> Checked {
        match self.rates.iter().find(|rate| thousandths(&rate.percent).is_none()) {
            Some(rate) => Err((
                rate.percent.to_string(),
                format!("「{}」は利率ではありません（14.6 の形で書いてください）", rate.percent),
            )),
            None => Ok(()),
        }
    }

    fn check_cues(&self) -> Checked {
        for cue in self.cues.iter() {
            one_of(&cue.fact, FACTS.iter().map(|(fact, _)| *fact), "事実")?;
            let values = FACTS.iter().find(|(fact, _)| *fact == cue.fact).map_or(&[] as &[&str], |(_, values)| values);
            one_of(&cue.value, values.iter().copied(), "値")?;
            readable(&cue.phrases)?;
        }
        Ok(())
    }
}

/// Nothing, or the value that is wrong and why.
type Checked = Result<(), (String, String)>;

/// The entries of a table, by their keys.
fn pairs<'de, D: Deserializer<'de>>(deserializer: D) -> Result<List<(Words, Words)>, D::Error> {
    BTreeMap::deserialize(deserializer).map(|pairs| pairs.into_iter().collect())
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, VocabularyError> {
    toml::from_str(text).map_err(|e| {
        let line = e.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        VocabularyError { line, message: e.message().to_string() }
    })
}

/// The entries of a file that is a list of tables of one name.
fn entries<T: DeserializeOwned>(text: &str, name: &str) -> Result<Vec<T>, VocabularyError> {
    let mut lists: BTreeMap<String, Vec<T>> = parse(text)?;
    match (lists.remove(name), lists.into_keys().next()) {
        (Some(list), None) => Ok(list),
        (_, Some(other)) => Err(at(text, &other, format!("「{other}」という項目はありません。使えるのは {name} です"))),
        (None, None) => Err(at(text, name, format!("[[{name}]] がありません"))),
    }
}

/// A mistake on the line where a value stands.
fn at(text: &str, value: &str, message: String) -> VocabularyError {
    let quoted = format!("\"{value}\"");
    let line = text
        .lines()
        .position(|line| line.contains(&quoted))
        .or_else(|| text.lines().position(|line| line.contains(value)));
    VocabularyError { line: line.map_or(1, |line| line + 1), message }
}

fn readable(phrases: &Phrases) -> Checked {
    let readable =
        |written: &Words| phrase::unfold(written).map(|_| ()).map_err(|message| (written.to_string(), message));
    phrases.written().iter().try_for_each(readable)
}

fn unique<'a>(ids: impl Iterator<Item = &'a Words>) -> Checked {
    let mut seen = std::collections::BTreeSet::new();
    match ids.into_iter().find(|id| !seen.insert(*id)) {
        Some(id) => Err((id.to_string(), format!("「{id}」が二度あります"))),
        None => Ok(()),
    }
}

fn one_of<'a>(value: &str, allowed: impl Iterator<Item = &'a str>, what: &str) -> Checked {
    let allowed: Vec<&str> = allowed.collect();
    if allowed.contains(&value) {
        return Ok(());
    }
    Err((value.to_string(), format!("「{value}」という{what}はありません。使えるのは {} です", allowed.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(name: &str, text: &str) -> String {
        let mut vocabulary = Vocabulary::default();
        vocabulary
            .read("clauses", "[[clause]]\nid = \"term\"\ntitle = \"契約期間\"\nproofs = [\"有効期間\"]\n")
            .unwrap();
        vocabulary.read(name, text).unwrap_err().to_string()
    }

    #[test]
    fn mistakes_are_refused_with_their_line_and_what_is_allowed() {
        let kind = "[[kind]]\nid = \"x\"\ntitle = \"X\"\ntitles = []\nopenings = []\nwords = []\nrequired = []\nexpected = []\n";
        assert!(
            error("kinds", &format!("{kind}suggested = []\ncolour = \"red\"\n"))
                .starts_with("10行目: unknown field `colour`")
        );
        assert_eq!(
            error("kinds", &format!("{kind}suggested = [\"termm\"]\n")),
            "9行目: 「termm」という条項はありません。使えるのは term です"
        );
        assert!(error("kinds", &format!("{kind}suggested = []\nparty = \"b2d\"\n")).starts_with("10行目: 「b2d」"));
        assert!(error("courts", "seats = [\"横浜\"]\n[slips]\n\"神奈川\" = \"川崎\"\n").starts_with("3行目: 「川崎」"));
        assert!(
            error(
                "rates",
                "[[rate]]\nid = \"a\"\ntitle = \"a\"\npercent = \"五分\"\nlaw = \"民法\"\narticle = \"第404条\"\n"
            )
            .starts_with("4行目")
        );
        assert!(
            error("facts", "[[cue]]\nfact = \"medium\"\nvalue = \"stone\"\nphrases = []\n")
                .starts_with("3行目: 「stone」")
        );
        assert!(error("clauses", "[[clause]]\nid = \"a\"\ntitle = \"a\"\nproofs = [\"(甲\"]\n").starts_with("4行目"));
    }

    #[test]
    fn rates_hold_for_their_days_and_principals() {
        assert_eq!(thousandths("21.9"), Some(21_900));
        assert_eq!(thousandths("3"), Some(3_000));
        assert_eq!(thousandths("1.2345"), None);
        let day = |text: &str| Some(text.parse::<Date>().unwrap());
        let rate = Rate {
            id: "statutory".into(),
            title: "法定利率".into(),
            percent: "3".into(),
            from: day("2020-04-01"),
            until: day("2029-03-31"),
            above: None,
            below: Some(100),
            law: "民法".into(),
            article: "第404条".into(),
        };
        assert!(
            rate.holds(day("2020-04-01"), 0)
                && !rate.holds(day("2020-03-31"), 0)
                && !rate.holds(day("2020-04-01"), 100)
        );
    }
}
