//! Rules: their pages, and the rulebook in which they are ready to be used.

pub mod examples;
mod forbid;
pub(crate) mod kind;
mod matching;
pub mod page;
pub(crate) mod phrase;
mod prefer;
mod unify;

use std::sync::LazyLock;

use crate::analysis::Analysis;
use crate::checks::{self, Check};
use crate::facts::{Facts, Stage};
use crate::report::Report;
use crate::words::{Lexicon, Scanner};

pub use kind::Kind;
pub use matching::Phrases;
pub use page::{Basis, OptionValue, Page, PageError, Severity};

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
}

impl Rule {
    fn new(page: Page<'static>, lexicon: &mut Lexicon) -> Option<Rule> {
        let test = match &page.kind {
            Kind::Code => Test::Code(checks::find(&page.id)?),
            Kind::Forbid(kind) => Test::Forbid(forbid::Forbid::new(kind, lexicon)),
            Kind::Prefer(kind) => Test::Prefer(prefer::Prefer::new(kind, lexicon)),
            Kind::Unify(kind) => Test::Unify(unify::Unify::new(kind, lexicon)),
        };
        Some(Rule { page, test })
    }

    /// The id.
    pub fn id(&self) -> &str {
        &self.page.id
    }

    /// How bad its findings are, given what is known.
    pub fn severity(&self, facts: &Facts) -> Severity {
        match facts.stage {
            Some(Stage::Final) => self.page.level.r#final,
            _ => self.page.level.draft,
        }
    }

    /// Looks for what it is about.
    pub(crate) fn run(&self, analysis: &Analysis, facts: &Facts, report: &mut Report) {
        let context = Context { contract: analysis.contract(), analysis, facts, rule: self };
        match &self.test {
            Test::Code(check) => check(&context, report),
            Test::Forbid(kind) => kind.run(&context, report),
            Test::Prefer(kind) => kind.run(&context, report),
            Test::Unify(kind) => kind.run(&context, report),
        }
    }
}

/// Everything a check may see.
pub struct Context<'a> {
    /// The tree.
    pub contract: &'a crate::contract::Contract,
    /// What the analysis knows beside the tree.
    pub analysis: &'a Analysis<'a>,
    /// What somebody stated.
    pub facts: &'a Facts,
    /// The rule itself, with its options.
    pub rule: &'a Rule,
}

/// Rules that are used together, with all the words they look for.
pub struct Rulebook {
    rules: Vec<Rule>,
    lexicon: Lexicon,
    scanner: Scanner,
}

static PAGES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"));

impl Rulebook {
    /// The rules that come with the project.
    pub fn builtin() -> &'static Rulebook {
        static BUILTIN: LazyLock<Rulebook> = LazyLock::new(|| {
            let pages: Vec<Page<'static>> = postcard::from_bytes(PAGES).expect("the build script wrote the pages");
            Rulebook::new(pages)
        });
        &BUILTIN
    }

    fn new(pages: Vec<Page<'static>>) -> Rulebook {
        let mut lexicon = Lexicon::default();
        let rules = pages.into_iter().filter_map(|page| Rule::new(page, &mut lexicon)).collect();
        let scanner = lexicon.scanner();
        Rulebook { rules, lexicon, scanner }
    }

    /// All rules, by family and id.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule of an id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.page.id == id)
    }

    /// The words all rules look for.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    pub(crate) fn scanner(&self) -> &Scanner {
        &self.scanner
    }
}
