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
use crate::words::{Lexicon, Scanner};

pub use application::{Application, Condition, Where};
pub use kind::Kind;
pub use matching::Phrases;
pub use page::{Basis, OptionValue, Page, PageError, Severity};
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
    fn new(page: Page<'static>, lexicon: &mut Lexicon) -> Option<Rule> {
        let test = match &page.kind {
            Kind::Code => Test::Code(checks::find(&page.id)?),
            Kind::Forbid(kind) => Test::Forbid(forbid::Forbid::new(kind, lexicon)),
            Kind::Prefer(kind) => Test::Prefer(prefer::Prefer::new(kind, lexicon)),
            Kind::Unify(kind) => Test::Unify(unify::Unify::new(kind, lexicon)),
            Kind::Require(kind) => Test::Require(Box::new(require::Require::new(kind, lexicon))),
            Kind::Complete(kind) => Test::Complete(Box::new(complete::Complete::new(kind, lexicon))),
            Kind::When(kind) => Test::When(Box::new(when::When::new(kind, lexicon))),
            Kind::Agree(kind) => Test::Agree(Box::new(agree::Agree::new(kind, lexicon))),
            Kind::Position(kind) => Test::Position(Box::new(position::Position::new(kind, lexicon))),
        };
        Some(Rule { page, test })
    }

    /// The id.
    pub fn id(&self) -> &str {
        &self.page.id
    }

    /// How it speaks about a contract; `None` where it does not apply.
    pub fn ruling(&self, analysis: &Analysis) -> Option<Ruling> {
        self.page.application.ruling(self.page.level, analysis)
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
    lexicon: Lexicon,
    scanner: Scanner,
}

/// The phrases by which kinds, clauses and facts are recognised.
pub(crate) struct Recognition {
    pub(crate) kinds: KindCues,
    pub(crate) clauses: ClauseCues,
    pub(crate) facts: FactCues,
}

static VOCABULARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/vocabulary.bin"));
static PAGES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"));

impl Rulebook {
    /// The rules that come with the project.
    pub fn builtin() -> &'static Rulebook {
        static BUILTIN: LazyLock<Rulebook> = LazyLock::new(|| {
            let pages: Vec<Page<'static>> = postcard::from_bytes(PAGES).expect("the build script wrote the pages");
            Rulebook::new(pages, postcard::from_bytes(VOCABULARY).expect("the build script wrote the vocabulary"))
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
        let mut pages: Vec<Page<'static>> = postcard::from_bytes(PAGES).expect("the build script wrote the pages");
        let vocabulary: Vocabulary = postcard::from_bytes(VOCABULARY).expect("the build script wrote the vocabulary");
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
        if mistakes.is_empty() { Ok(Rulebook::new(pages, vocabulary)) } else { Err(mistakes) }
    }

    fn new(pages: Vec<Page<'static>>, vocabulary: Vocabulary) -> Rulebook {
        let mut lexicon = Lexicon::default();
        let recognition = Recognition {
            kinds: KindCues::new(&vocabulary, &mut lexicon),
            clauses: ClauseCues::new(&vocabulary, &mut lexicon),
            facts: FactCues::new(&vocabulary, &mut lexicon),
        };
        let rules = pages.into_iter().filter_map(|page| Rule::new(page, &mut lexicon)).collect();
        let scanner = lexicon.scanner();
        Rulebook { rules, vocabulary, recognition, lexicon, scanner }
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
        &self.lexicon
    }

    pub(crate) fn scanner(&self) -> &Scanner {
        &self.scanner
    }
}
