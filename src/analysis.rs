//! What is known of a contract beside its tree. Each part is computed when the first rule asks for it, and once.

pub mod bound;
pub mod brackets;
pub mod caption;
pub mod check_digit;
pub mod clause;
pub mod date;
pub mod facts;
pub mod kind;
pub mod money;
pub(crate) mod names;
pub mod numeral;
pub mod party;
pub mod period;
mod place;
pub mod placeholder;
pub mod reference;
pub mod sentence;
pub mod sequence;
pub mod table;
pub mod term;
mod within;

pub use within::within;

use std::sync::OnceLock;

use crate::Settings;
use crate::contract::{ContentKind, Contract, UnitId};
use crate::facts::Facts;
use crate::marks::Marks;
use crate::renumber::{Renumbering, renumber};
use crate::rule::Rulebook;
use crate::rule::model::Manner;
use crate::words::Occurrences;

/// A contract with what is known of it.
pub struct Analysis<'a> {
    contract: &'a Contract,
    rulebook: &'a Rulebook,
    stated: Facts,
    kind: OnceLock<kind::Recognised<'a>>,
    clauses: clause::Cells<'a>,
    facts: OnceLock<facts::Known>,
    occurrences: OnceLock<Occurrences>,
    marks: OnceLock<Marks<'a>>,
    source_marks: OnceLock<Marks<'a>>,
    breaks: OnceLock<Vec<sequence::Break>>,
    brackets: OnceLock<brackets::Brackets>,
    references: OnceLock<reference::References>,
    sentences: OnceLock<sentence::Sentences>,
    numerals: OnceLock<Vec<numeral::Numeral>>,
    periods: OnceLock<Vec<period::Period>>,
    dates: OnceLock<date::Dates>,
    amounts: OnceLock<Vec<money::Amount>>,
    table_rows: OnceLock<Vec<table::Row>>,
    captions: OnceLock<caption::Captions>,
    renumbering: OnceLock<Option<Renumbering>>,
    manner: OnceLock<Manner>,
    terms: OnceLock<term::Terms>,
    parties: OnceLock<party::Parties>,
    acts: OnceLock<Vec<party::Act>>,
    imported: Vec<String>,
    earlier: Option<(&'a Contract, &'a Occurrences)>,
}

impl<'a> Analysis<'a> {
    /// Begins the analysis of a contract; nothing is computed yet.
    pub fn new(contract: &'a Contract, rulebook: &'a Rulebook) -> Analysis<'a> {
        Analysis {
            contract,
            rulebook,
            stated: Facts::default(),
            kind: OnceLock::new(),
            clauses: clause::Cells::new(rulebook.vocabulary().clauses.len()),
            facts: OnceLock::new(),
            occurrences: OnceLock::new(),
            marks: OnceLock::new(),
            source_marks: OnceLock::new(),
            breaks: OnceLock::new(),
            brackets: OnceLock::new(),
            references: OnceLock::new(),
            sentences: OnceLock::new(),
            numerals: OnceLock::new(),
            periods: OnceLock::new(),
            dates: OnceLock::new(),
            amounts: OnceLock::new(),
            table_rows: OnceLock::new(),
            captions: OnceLock::new(),
            renumbering: OnceLock::new(),
            manner: OnceLock::new(),
            terms: OnceLock::new(),
            parties: OnceLock::new(),
            acts: OnceLock::new(),
            imported: Vec::new(),
            earlier: None,
        }
    }

    /// The same with facts that somebody states; what is recognised depends on them, so they come first.
    pub fn stating(contract: &'a Contract, rulebook: &'a Rulebook, facts: &Facts) -> Analysis<'a> {
        Analysis { stated: facts.clone(), ..Analysis::new(contract, rulebook) }
    }

    /// The analysis for a check with some settings: the stated facts and the terms of other documents.
    pub fn under(contract: &'a Contract, rulebook: &'a Rulebook, settings: &Settings) -> Analysis<'a> {
        Analysis::stating(contract, rulebook, &settings.facts).with_terms(&settings.terms)
    }

    /// Takes names over that another document defines (a 基本契約); see [`term::Terms::exported`].
    pub fn with_terms(mut self, names: &[String]) -> Analysis<'a> {
        self.imported = names.to_vec();
        self.terms = OnceLock::new();
        self
    }

    /// Takes over what the same rulebook found in an earlier version of the contract: only what has changed is looked at again.
    pub fn with_earlier(mut self, contract: &'a Contract, occurrences: &'a Occurrences) -> Analysis<'a> {
        self.earlier = Some((contract, occurrences));
        self
    }

    /// Where the words of the rulebook stand, for [`Analysis::with_earlier`]; nothing where nobody asked.
    pub fn into_occurrences(self) -> Option<Occurrences> {
        self.occurrences.into_inner()
    }

    /// How many parts most rules need.
    pub(crate) const COMMON: usize = 8;

    /// Computes one of the parts that most rules need, the longest work first: what threads that check a contract side by side do before the
    /// rules ask for it.
    pub(crate) fn compute(&self, part: usize) {
        match part {
            0 => _ = self.references(),
            1 => _ = self.occurrences(),
            2 => _ = self.parties(),
            3 => _ = self.sentences(),
            4 => _ = self.dates(),
            5 => _ = self.brackets(),
            6 => _ = self.breaks(),
            _ => _ = self.captions(),
        }
    }

    /// The contract.
    pub fn contract(&self) -> &'a Contract {
        self.contract
    }

    /// The rules whose words are looked for.
    pub fn rulebook(&self) -> &'a Rulebook {
        self.rulebook
    }

    /// The facts that somebody stated.
    pub fn stated(&self) -> &Facts {
        &self.stated
    }

    /// Which kind of contract it is.
    pub fn kind(&self) -> &kind::Recognised<'a> {
        self.kind.get_or_init(|| kind::recognise(self))
    }

    /// Which clauses it has.
    pub fn clauses(&self) -> clause::Clauses<'_, 'a> {
        clause::Clauses { analysis: self, cells: &self.clauses }
    }

    /// The facts that are stated or can be concluded from the text.
    pub fn facts(&self) -> &facts::Known {
        self.facts.get_or_init(|| facts::conclude(self))
    }

    /// Where the words of the rulebook stand in the flow.
    pub fn occurrences(&self) -> &Occurrences {
        let (patterns, flow) = (self.rulebook.patterns(), self.contract.flow().as_str());
        self.occurrences.get_or_init(|| match self.earlier {
            Some((earlier, known)) => patterns.scan_again(flow, earlier.flow().as_str(), known),
            None => patterns.scan(flow),
        })
    }

    /// Where the flow has something else than words.
    pub fn marks(&self) -> &Marks<'a> {
        self.marks.get_or_init(|| Marks::of(self.contract.flow().as_str()))
    }

    /// Where the text, as it is written, has something else than words.
    pub fn source_marks(&self) -> &Marks<'a> {
        self.source_marks.get_or_init(|| Marks::of(self.contract.text().as_str()))
    }

    /// Where numbers do not run on.
    pub fn breaks(&self) -> &[sequence::Break] {
        self.breaks.get_or_init(|| sequence::breaks(self.contract))
    }

    /// Which brackets belong together.
    pub fn brackets(&self) -> &brackets::Brackets {
        self.brackets.get_or_init(|| brackets::brackets(self.contract, self.marks()))
    }

    /// Every reference, resolved.
    pub fn references(&self) -> &reference::References {
        self.references.get_or_init(|| reference::References::of(self.contract, self.marks()))
    }

    /// Where sentences begin and end.
    pub fn sentences(&self) -> &sentence::Sentences {
        self.sentences.get_or_init(|| sentence::Sentences::of(self.marks()))
    }

    /// Every number.
    pub fn numerals(&self) -> &[numeral::Numeral] {
        self.numerals.get_or_init(|| numeral::numerals(self.marks()))
    }

    /// Every period.
    pub fn periods(&self) -> &[period::Period] {
        let flow = self.contract.flow().as_str();
        let at = |numeral| period::Period::at(flow, numeral);
        self.periods.get_or_init(|| self.numerals().iter().filter_map(at).collect())
    }

    /// Every date, and the ranges between dates.
    pub fn dates(&self) -> &date::Dates {
        self.dates.get_or_init(|| date::Dates::of(self.contract.flow().as_str(), self.numerals()))
    }

    /// Every amount of money.
    pub fn amounts(&self) -> &[money::Amount] {
        self.amounts.get_or_init(|| money::amounts(self.contract.flow().as_str(), self.numerals()))
    }

    /// The rows of all tables.
    pub fn table_rows(&self) -> &[table::Row] {
        self.table_rows.get_or_init(|| table::rows(self.contract))
    }

    /// The unit in which a place of the flow stands.
    pub fn unit_at(&self, at: usize) -> UnitId {
        self.contract.content_at(at).map_or(UnitId(0), |content| content.unit)
    }

    /// The captions of the articles.
    pub fn captions(&self) -> &caption::Captions {
        self.captions.get_or_init(|| caption::Captions::of(self.contract))
    }

    /// How the document would be numbered anew; nothing where all numbers are right or where something stands in the way.
    pub fn renumbering(&self) -> Option<&Renumbering> {
        let made = || renumber(self).ok().filter(|renumbering| !renumbering.edits.is_empty());
        self.renumbering.get_or_init(made).as_ref()
    }

    /// How it is written, for model clauses that are put into it.
    pub(crate) fn manner(&self) -> &Manner {
        self.manner.get_or_init(|| Manner::of(self.contract))
    }

    /// Every defined term with its uses.
    pub fn terms(&self) -> &term::Terms {
        self.terms.get_or_init(|| term::Terms::of(self.contract, &self.imported))
    }

    /// The parties.
    pub fn parties(&self) -> &party::Parties {
        self.parties.get_or_init(|| party::Parties::of(self.contract, self.terms()))
    }

    /// The sentences of the articles in which parties are named.
    pub fn acts(&self) -> &[party::Act] {
        self.acts.get_or_init(|| party::acts(self.contract, self.parties(), self.sentences()))
    }

    /// Whether a place of the flow is text of this contract and not text it quotes.
    pub fn is_own_text(&self, at: usize) -> bool {
        self.contract.content_at(at).is_none_or(|content| content.kind != ContentKind::Quotation)
    }
}
