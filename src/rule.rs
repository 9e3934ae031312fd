//! Rules: their pages, and the rulebook in which they are ready to be used.

mod agree;
pub(crate) mod application;
mod complete;
mod covering;
pub mod examples;
mod forbid;
pub(crate) mod kind;
mod matching;
pub(crate) mod model;
pub mod page;
pub mod patterns;
pub(crate) mod phrase;
mod position;
mod prefer;
mod require;
mod ruling;
pub mod table;
mod unify;
mod when;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::Settings;
use crate::allow::Waiver;
use crate::analysis::Analysis;
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
    pub page: Cow<'static, Page>,
    /// Its function, where it is written in Rust.
    check: Option<Check>,
}

impl Rule {
    fn new(page: Cow<'static, Page>) -> Rule {
        let check = matches!(page.kind, Kind::Code).then(|| checks::find(&page.id)).flatten();
        Rule { page, check }
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
        match &self.page.kind {
            Kind::Code => self.check.expect("the build script knows a function for each page")(&context, report),
            Kind::Forbid(kind) => kind.run(&context, report),
            Kind::Prefer(kind) => kind.run(&context, report),
            Kind::Unify(kind) => kind.run(&context, report),
            Kind::Require(kind) => kind.run(&context, report),
            Kind::Complete(kind) => kind.run(&context, report),
            Kind::When(kind) => kind.run(&context, report),
            Kind::Agree(kind) => kind.run(&context, report),
            Kind::Position(kind) => kind.run(&context, report),
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
        let default = || self.rule.page.option(name).map(|option| &option.default);
        let value = self.options.and_then(|options| options.get(name)).or_else(default);
        value.unwrap_or_else(|| panic!("the page of {} has no option {name}", self.rule.id()))
    }
}

/// Rules that are used together, with all the words they look for.
pub struct Rulebook {
    rules: Vec<Rule>,
    patterns: Patterns,
}

/// What the build script made of `rules/`: `PAGES`, `VOCABULARY`, `patterns()`.
mod builtin {
    use std::borrow::Cow;

    use super::application::*;
    use super::kind::{Kind, *};
    use super::page::*;
    use super::patterns::*;
    use super::table::*;
    use crate::bit_set::BitSet;
    use crate::date::Date;
    use crate::vocabulary::{Kind as ContractKind, *};
    use crate::words::*;

    include!(concat!(env!("OUT_DIR"), "/rules.rs"));
}

impl Rulebook {
    /// The rules that come with the project.
    pub fn builtin() -> &'static Rulebook {
        static BUILTIN: LazyLock<Rulebook> = LazyLock::new(|| {
            let rules = builtin::PAGES.iter().map(|page| Rule::new(Cow::Borrowed(page)));
            Rulebook { rules: rules.collect(), patterns: builtin::patterns() }
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
        let mut pages: Vec<Cow<Page>> = builtin::PAGES.iter().map(Cow::Borrowed).collect();
        let mut patterns = builtin::patterns();
        let mut mistakes = Vec::new();
        for (id, text) in playbook {
            let builtin = pages.iter_mut().find(|page| page.id == id);
            let family = builtin.as_ref().map_or(FAMILY.into(), |page| page.family.clone());
            let page = Page::read(&family, id, text).and_then(|page| page.check(&builtin::VOCABULARY).map(|()| page));
            match (page, builtin) {
                (Err(mistake), _) => mistakes.push((id.to_string(), mistake)),
                (Ok(mut page), Some(builtin)) => {
                    if matches!(page.kind, Kind::Code) {
                        page.kind = builtin.kind.clone();
                    }
                    page.kind.prepare(&mut patterns);
                    *builtin = Cow::Owned(page);
                }
                (Ok(page), None) if matches!(page.kind, Kind::Code) => {
                    let message = "[require] [forbid] [prefer] [complete] [when] [agree] [unify] [position] のいずれかを書いてください";
                    mistakes.push((id.to_string(), PageError { line: page.block_line(), message: message.into() }));
                }
                (Ok(mut page), None) => {
                    page.kind.prepare(&mut patterns);
                    pages.push(Cow::Owned(page));
                }
            }
        }
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        patterns.finish();
        Ok(Rulebook { rules: pages.into_iter().map(Rule::new).collect(), patterns })
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
    pub fn vocabulary(&self) -> &'static Vocabulary {
        &builtin::VOCABULARY
    }

    /// The words all rules look for.
    pub fn lexicon(&self) -> &Lexicon {
        &self.patterns.lexicon
    }

    pub(crate) fn patterns(&self) -> &Patterns {
        &self.patterns
    }
}
