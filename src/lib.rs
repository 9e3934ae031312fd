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

pub mod analysis;
mod checks;
#[cfg(feature = "cli")]
pub mod cli;
pub mod contract;
pub mod date;
pub mod facts;
pub mod finding;
pub mod fix;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod number;
pub mod renumber;
pub mod report;
#[cfg(feature = "word")]
pub mod review;
pub mod rule;
pub mod source;
pub mod syntax;
pub mod text;
pub mod vocabulary;
pub mod words;

pub use analysis::Analysis;
pub use contract::Contract;
pub use date::Date;
pub use facts::Facts;
pub use finding::Finding;
pub use rule::{Rule, Rulebook, Severity};
pub use text::{Position, Span, Text};

/// What to check, and what is known from outside.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Stated facts.
    pub facts: Facts,
    /// Which rules speak.
    pub selection: Selection,
    /// Names that another document defines (a 基本契約): [`analysis::term::Terms::exported`].
    pub terms: Vec<String>,
}

/// Which rules speak: ids, families, or `all`; a later entry wins over an earlier one.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these; empty means all that are not optional.
    pub select: Vec<String>,
    /// Not these.
    pub ignore: Vec<String>,
}

impl Selection {
    /// Whether a rule speaks.
    pub fn includes(&self, rule: &Rule) -> bool {
        let names = |list: &[String]| {
            list.iter().any(|name| *name == rule.page.id || *name == rule.page.family || name == "all")
        };
        let exact = |list: &[String]| list.contains(&rule.page.id);
        if names(&self.ignore) && !exact(&self.select) {
            return false;
        }
        if self.select.is_empty() {
            !rule.page.optional
        } else {
            names(&self.select)
                && (!rule.page.optional || exact(&self.select) || self.select.iter().any(|n| n == "all"))
        }
    }
}

/// Holds a contract against the rules. Findings come in the order of the text.
pub fn check(contract: &Contract, rulebook: &Rulebook, settings: &Settings) -> Vec<Finding> {
    let analysis = Analysis::stating(contract, rulebook, &settings.facts).with_terms(&settings.terms);
    check_analysed(&analysis, settings)
}

/// [`check`] for a contract whose analysis is at hand.
pub fn check_analysed(analysis: &Analysis, settings: &Settings) -> Vec<Finding> {
    let mut report = report::Report::new(analysis.contract());
    for rule in analysis.rulebook().rules() {
        if let Some(ruling) = settings.selection.includes(rule).then(|| rule.ruling(analysis)).flatten() {
            report.run(rule, ruling, analysis, &settings.facts);
        }
    }
    report.finish()
}
