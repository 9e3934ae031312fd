//! Rules: their pages, and the rulebook in which they are ready to be used.

mod agree;
pub(crate) mod application;
mod complete;
pub mod examples;
mod forbid;
pub(crate) mod kind;
mod matching;
mod model;
pub mod page;
pub mod patterns;
pub(crate) mod phrase;
mod position;
mod prefer;
mod require;
mod ruling;
mod unify;
mod when;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::Settings;
use crate::allow::Waiver;
use crate::analysis::Analysis;
use crate::analysis::clause::ClauseCues;
use crate::analysis::facts::FactCues;
use crate::analysis::kind::KindCues;
use crate::checks::{self, Check};
use crate::facts::Facts;
use crate::report::Report;
use crate::vocabulary::Vocabulary;
use crate::words::Lexicon;

pub use application::{Application, Condition, Where};
pub use kind::Kind;
pub use page::{Basis, OptionValue, Page, PageError, Severity};
pub use patterns::{Patterns, Phrases};
pub use ruling::Ruling;

/// A rule ready to be used.
pub struct Rule {
    /// Its page.
    pub page: Page<'static>,
    test: Test,
}

enum Test {
    Code(Check),
    Forbid(forbid::Forbid),
    Prefer(prefer::Prefer),
    Unify(unify::Unify),
    Require(Box<require::Require>),
    Complete(Box<complete::Complete>),
    When(Box<when::When>),
    Agree(Box<agree::Agree>),
    Position(Box<position::Position>),
}

impl Rule {
    fn new(page: Page<'static>, patterns: &mut Patterns) -> Option<Rule> {
        let test = match &page.kind {
            Kind::Code => Test::Code(checks::find(&page.id)?),
            Kind::Forbid(kind) => Test::Forbid(forbid::Forbid::new(kind, patterns)),
            Kind::Prefer(kind) => Test::Prefer(prefer::Prefer::new(kind, patterns)),
            Kind::Unify(kind) => Test::Unify(unify::Unify::new(kind, patterns)),
            Kind::Require(kind) => Test::Require(Box::new(require::Require::new(kind, patterns))),
            Kind::Complete(kind) => Test::Complete(Box::new(complete::Complete::new(kind, patterns))),
            Kind::When(kind) => Test::When(Box::new(when::When::new(kind, patterns))),
            Kind::Agree(kind) => Test::Agree(Box::new(agree::Agree::new(kind, patterns))),
            Kind::Position(kind) => Test::Position(Box::new(position::Position::new(kind, patterns))),
        };
        Some(Rule { page, test })
    }

    /// The id.
    pub fn id(&self) -> &str {
        &self.page.id
    }

    /// How it speaks about a contract; `None` where it does not apply.
    pub fn ruling(&self, analysis: &Analysis) -> Option<Ruling> {
        let verified = self.page.basis.iter().map(|basis| basis.verified).max();
        self.page.application.ruling(self.page.level, verified, analysis)
    }

    /// Looks for what it is about.
    pub(crate) fn run(&self, analysis: &Analysis, settings: &Settings, waivers: &[Waiver], report: &mut Report) {
        let options = settings.rules.get(self.id()).map(|rule| &rule.options);
        let context =
            Context { contract: analysis.contract(), analysis, facts: &settings.facts, rule: self, options, waivers };
        match &self.test {
            Test::Code(check) => check(&context, report),
            Test::Forbid(kind) => kind.run(&context, report),
            Test::Prefer(kind) => kind.run(&context, report),
            Test::Unify(kind) => kind.run(&context, report),
            Test::Require(kind) => kind.run(&context, report),
            Test::Complete(kind) => kind.run(&context, report),
            Test::When(kind) => kind.run(&context, report),
            Test::Agree(kind) => kind.run(&context, report),
            Test::Position(kind) => kind.run(&context, report),
        }
    }
}

/// Everything a check may see.
pub struct Context<'a, 'c> {
    /// The tree.
    pub contract: &'c crate::contract::Contract,
    /// What the analysis knows beside the tree.
    pub analysis: &'a Analysis<'c>,
    /// What somebody stated.
    pub facts: &'a Facts,
    /// The rule itself.
    pub rule: &'a Rule,
    /// The waivers and what became of them; only rules about waivers see any.
    pub waivers: &'a [Waiver],
    options: Option<&'a BTreeMap<String, OptionValue>>,
}

impl<'a> Context<'a, '_> {
    /// The value of one of the rule's options: as configured, or as its page says.
    ///
    /// # Panics
    /// When the page has no such option.
    pub fn option(&self, name: &str) -> &'a OptionValue {
        let default = || self.rule.page.options.get(name).map(|option| &option.default);
        let value = self.options.and_then(|options| options.get(name)).or_else(default);
        value.unwrap_or_else(|| panic!("the page of {} has no option {name}", self.rule.id()))
    }
}

/// Rules that are used together, with all the words they look for.
pub struct Rulebook {
    rules: Vec<Rule>,
    vocabulary: Vocabulary,
    recognition: Recognition,
    patterns: Patterns,
}

/// The phrases by which kinds, clauses and facts are recognised.
pub(crate) struct Recognition {
    pub(crate) kinds: KindCues,
    pub(crate) clauses: ClauseCues,
    pub(crate) facts: FactCues,
}

/// What the build script made of `rules/`: the pages, the lengths of their texts, the vocabulary, all phrases.
type Tables = (Vec<Page<'static>>, Vec<usize>, Vocabulary, Patterns);

static TABLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"));
static TEXTS: &str = include_str!(concat!(env!("OUT_DIR"), "/rules.md"));

/// The built-in pages with their texts, the vocabulary and all phrases.
fn builtin() -> (Vec<Page<'static>>, Vocabulary, Patterns) {
    let (mut pages, lengths, vocabulary, patterns): Tables =
        postcard::from_bytes(TABLES).expect("the build script wrote the tables");
    let mut texts = TEXTS;
    for (page, length) in pages.iter_mut().zip(lengths) {
        let (text, rest) = texts.split_at(length);
        page.text = text.into();
        texts = rest;
    }
    (pages, vocabulary, patterns)
}

impl Rulebook {
    /// The rules that come with the project.
    pub fn builtin() -> &'static Rulebook {
        static BUILTIN: LazyLock<Rulebook> = LazyLock::new(|| {
            let (pages, vocabulary, mut patterns) = builtin();
            let length = patterns.len();
            let (rules, recognition) = ready(pages, &vocabulary, &mut patterns);
            debug_assert_eq!(patterns.len(), length, "the build script unfolded every phrase");
            Rulebook { rules, vocabulary, recognition, patterns }
        });
        &BUILTIN
    }

    /// The built-in rules with the pages of a playbook, given as ids (file names without `.md`) and texts. A page with the id of a built-in
    /// rule takes its place; if it names no kind of its own, it keeps what that rule looks for and changes the rest: its severity, the kinds
    /// of contracts it applies to, its prose and examples.
    ///
    /// # Errors
    /// Every page that cannot be read, by its id.
    pub fn with<'t>(
        playbook: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Rulebook, Vec<(String, PageError)>> {
        const FAMILY: &str = "playbook";
        let (mut pages, vocabulary, mut patterns) = builtin();
        let mut mistakes = Vec::new();
        for (id, text) in playbook {
            let builtin = pages.iter_mut().find(|page| page.id == id);
            let family = builtin.as_ref().map_or(FAMILY.to_string(), |page| page.family.clone());
            let page =
                Page::read(&family, id, text).and_then(|page| page.check(&vocabulary).map(|()| page.into_owned()));
            match (page, builtin) {
                (Err(mistake), _) => mistakes.push((id.to_string(), mistake)),
                (Ok(mut page), Some(builtin)) => {
                    if matches!(page.kind, Kind::Code) {
                        page.kind = builtin.kind.clone();
                    }
                    *builtin = page;
                }
                (Ok(page), None) if matches!(page.kind, Kind::Code) => {
                    let message = "[require] [forbid] [prefer] [complete] [when] [agree] [unify] [position] のいずれかを書いてください";
                    mistakes.push((id.to_string(), PageError { line: page.block_line(), message: message.into() }));
                }
                (Ok(page), None) => pages.push(page),
            }
        }
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let (rules, recognition) = ready(pages, &vocabulary, &mut patterns);
        patterns.finish();
        Ok(Rulebook { rules, vocabulary, recognition, patterns })
    }

    /// All rules, by family and id.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule of an id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.page.id == id)
    }

    /// What the project knows of kinds of contracts, clauses, laws, courts.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    pub(crate) fn recognition(&self) -> &Recognition {
        &self.recognition
    }

    /// The words all rules look for.
    pub fn lexicon(&self) -> &Lexicon {
        self.patterns.lexicon()
    }

    pub(crate) fn patterns(&self) -> &Patterns {
        &self.patterns
    }
}

/// Makes pages and the vocabulary ready to be used.
fn ready(pages: Vec<Page<'static>>, vocabulary: &Vocabulary, patterns: &mut Patterns) -> (Vec<Rule>, Recognition) {
    let recognition = Recognition {
        kinds: KindCues::new(vocabulary, patterns),
        clauses: ClauseCues::new(vocabulary, patterns),
        facts: FactCues::new(vocabulary, patterns),
    };
    (pages.into_iter().filter_map(|page| Rule::new(page, patterns)).collect(), recognition)
}
