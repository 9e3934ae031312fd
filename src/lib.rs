//! `keiyaku` (契約): a clause analyser and compliance linter for Japanese contracts.
//!
//! The whole of it in four steps: [`source::decode`] decodes bytes, [`Contract::parse`] reads the text into a tree of 条・項・号, [`check`] holds it
//! against the [`Rulebook`], [`fix::fix`] mends what can be mended.
//!
//! ```
//! use keiyaku::{Contract, Rulebook, Settings, Text, check};
//!
//! let contract = Contract::parse(Text::new("第1条（目的）\n本契約は、…を目的とする。\n第3条（期間）\n1年間とする。\n"));
//! let findings = check(&contract, Rulebook::builtin(), &Settings::default());
//! assert!(findings.iter().any(|finding| finding.rule == "article-gap" && finding.at == "第3条"));
//! ```
//!
//! # Invariants
//!
//! 1. Parsing never fails: any text gives a [`Contract`].
//! 2. The text is never normalised; spans are byte ranges into it; printing the tree gives back the text byte for byte.
//! 3. The tree is a value. What else is known is computed beside it, never written back.
//! 4. A check sees the contract, the analysis, its own options and the stated facts; nothing else. The library does no I/O.
//! 5. Only [`text`] counts columns; only `report` and the language server know JSON, colour or editors.
//! 6. Findings are about the contract, errors about the user's files, panics about us.
//! 7. No fix is safe unless the legal meaning cannot change. Fixes settle: fixing twice is fixing once.
//! 8. The same input gives the same bytes: no clock, no network, no environment.
//! 9. Every cost is linear in the text. Nothing is compiled, read or built before something needs it.

pub mod allow;
pub mod analysis;
pub mod baseline;
pub mod bit_set;
mod change;
mod checks;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod contract;
mod cursor;
pub mod date;
pub mod facts;
pub mod finding;
pub mod fix;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod marks;
pub mod number;
mod plane;
pub mod renumber;
pub mod report;
#[cfg(feature = "word")]
pub mod review;
pub mod rule;
mod run;
pub mod source;
pub mod spelling;
pub mod syntax;
pub mod text;
pub mod vocabulary;
pub mod words;

use std::collections::BTreeMap;

use rule::{OptionValue, Page};

pub use allow::Allow;
pub use analysis::Analysis;
pub use contract::Contract;
pub use date::Date;
pub use facts::Facts;
pub use finding::Finding;
pub use rule::{Rule, Rulebook, Severity};
pub use run::{check, check_analysed, check_side_by_side, check_together};
pub use text::{Position, Span, Text};

/// What to check, and what is known from outside.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Stated facts.
    pub facts: Facts,
    /// Which rules speak; it wins over what is configured for each of them.
    pub selection: Selection,
    /// Names that another document defines (a 基本契約): [`analysis::term::Terms::exported`].
    pub terms: Vec<String>,
    /// What is configured for rules, by id.
    pub rules: BTreeMap<String, RuleSettings>,
    /// Waivers that are configured for the document.
    pub allow: Vec<Allow>,
}

/// What is configured for one rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleSettings {
    /// Whether it speaks; `None` leaves it to its page.
    pub speaks: Option<bool>,
    /// How bad its findings are; `None` leaves it to its page.
    pub severity: Option<Severity>,
    /// Its options by name; what is not here is as its page says.
    pub options: BTreeMap<String, OptionValue>,
}

impl Settings {
    /// Whether a rule speaks.
    pub fn includes(&self, rule: &Rule) -> bool {
        let configured = self.rules.get(rule.id()).and_then(|rule| rule.speaks);
        self.selection.decide(&rule.page, configured.unwrap_or(!rule.page.optional))
    }

    /// How bad a rule's findings are, if that is configured.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        self.rules.get(rule.id()).and_then(|rule| rule.severity)
    }
}

/// Which rules speak: ids, families, ids with `*`, or `all`. A rule of taste (`optional`) is meant only by its id or by `all`.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these; empty leaves it to what is configured.
    pub select: Vec<String>,
    /// Not these, unless they are selected by id.
    pub ignore: Vec<String>,
}

impl Selection {
    /// Whether a rule speaks.
    pub fn includes(&self, rule: &Rule) -> bool {
        self.decide(&rule.page, !rule.page.optional)
    }

    /// Whether a rule speaks, where it would or would not without this selection.
    fn decide(&self, page: &Page, otherwise: bool) -> bool {
        let exact = self.select.iter().any(|name| *name == page.id);
        if self.ignore.iter().any(|name| is_named(name, &page.id, &page.family)) && !exact {
            return false;
        }
        if self.select.is_empty() { otherwise } else { selects(&self.select, page) }
    }
}

/// Whether one of some names means a rule.
fn selects(names: &[String], page: &Page) -> bool {
    let meant =
        |name: &String| is_named(name, &page.id, &page.family) && (!page.optional || *name == page.id || name == "all");
    names.iter().any(meant)
}

/// Whether a name is a rule's id, its family, `all`, or its id with `*` for any letters.
pub(crate) fn is_named(name: &str, id: &str, family: &str) -> bool {
    name == id || name == family || name == "all" || name.contains('*') && is_like(id, name)
}

/// Whether a text is a pattern with something, or nothing, in place of each `*`.
fn is_like(text: &str, pattern: &str) -> bool {
    let (first, rest) = pattern.split_once('*').unwrap_or((pattern, ""));
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        let Some((_, after)) = text.split_once(part) else { return false };
        text = after;
    }
    text.ends_with(last)
}
