//! Defined terms: where a word is given a meaning, for which part of the contract, and where it is used.
//!
//! Definitions come in many forms: 「（以下「本業務」という。）」, 「「秘密情報」とは、…をいう。」, an entry in a list or table of definitions,
//! 「消費者（…をいう。以下同じ。）」. The uses of all terms are found in one pass over the comparison text; where one name lies in another the longest
//! counts, and 「本契約」 in 「本契約書」 is none.

mod definition;
mod entry;
mod ordinary;
mod place;
mod uses;
pub mod variant;
pub mod word;

use std::ops::Range;

use foldhash::HashMap;

use crate::contract::{Contract, UnitId};
use crate::text::Span;

pub use definition::LABELS;
pub use ordinary::is_ordinary;
pub use variant::Variant;

/// How a term is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// 「（以下「X」という。）」 and its relatives: the words before are the meaning.
    Hereinafter,
    /// 「「X」とは、…をいう。」
    Means,
    /// An entry of a list or table of definitions: 「X　…をいう。」, `X：…`.
    Entry,
    /// 「X（…をいう。以下同じ。）」: an ordinary word whose meaning is fixed.
    Qualified,
    /// 「…サービス（本サービス）」, 「株式会社青葉（甲）」, 「青葉を甲、若葉を乙とし」: only the name.
    Bare,
}

impl Form {
    /// `hereinafter`, `means`, `entry`, `qualified`, `bare`.
    pub const fn name(self) -> &'static str {
        match self {
            Form::Hereinafter => "hereinafter",
            Form::Means => "means",
            Form::Entry => "entry",
            Form::Qualified => "qualified",
            Form::Bare => "bare",
        }
    }
}

/// A term with one definition of it. A name that is defined twice is two terms.
#[derive(Clone, Debug)]
pub struct Term {
    /// The word, in the comparison text's spelling: 「本業務」.
    pub name: String,
    /// The word where it is defined, as a range of the flow.
    pub flow: Range<usize>,
    /// The word where it is defined, in the text, without its 「」.
    pub span: Span,
    /// The unit in which it is defined.
    pub unit: UnitId,
    /// How it is defined.
    pub form: Form,
    /// What it stands for, as a range of the flow: the words before 「（以下「X」という。）」, or the sentence behind 「X」とは.
    pub meaning: Range<usize>,
    /// The defining words, as a range of the flow: the bracket 「（以下「X」という。）」, or the whole sentence 「「X」とは、…をいう。」.
    pub whole: Range<usize>,
    /// The units for which it holds (以下この条において); empty: the whole document.
    pub scope: Vec<UnitId>,
    /// Where it is used, as ranges of the flow, in order; its definitions are no uses.
    pub uses: Vec<Range<usize>>,
}

/// The terms of a contract.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// In the order of their definitions.
    pub all: Vec<Term>,
    /// Names that somebody stated to be defined elsewhere (in a 基本契約), with their uses here, by name.
    pub imported: Vec<Imported>,
    /// Every use in the order of the text, with the place of its term in `all`.
    pub uses: Vec<(Range<usize>, usize)>,
    /// Words that stand outside of the part for which they are defined, with the place of a term of that name in `all`.
    pub outside: Vec<(Range<usize>, usize)>,
    /// Names that also stand inside of other words (在宅勤務 in 在宅勤務者), by the place of their terms in `all`.
    mentioned: Vec<bool>,
    /// Every use of an imported name, in the order of the text.
    imported_uses: Vec<Range<usize>>,
    /// Other spellings of their names, by these.
    pub variants: Vec<Variant>,
    /// Where those stand in the order of the text, the longest first where several begin together, with the place in `variants`.
    pub variant_places: Vec<(Range<usize>, usize)>,
    by_name: HashMap<String, Vec<usize>>,
}

/// A term defined in another document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The word.
    pub name: String,
    /// Where it is used, as ranges of the flow, in order.
    pub uses: Vec<Range<usize>>,
}

impl Terms {
    /// Finds the definitions of a contract and every use of them. `imported` are names defined in another document; a definition in this one wins.
    pub fn of(contract: &Contract, imported: &[String]) -> Terms {
        let mut all = definition::definitions(contract);
        entry::add_entries(contract, &mut all);
        all.sort_by_key(|term| (term.flow.start, term.flow.end));
        all.dedup_by(|b, a| a.flow == b.flow);
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::default();
        for (place, term) in all.iter().enumerate() {
            by_name.entry(term.name.clone()).or_default().push(place);
        }
        let mut names: Vec<&String> = imported.iter().filter(|name| !by_name.contains_key(*name)).collect();
        names.sort();
        names.dedup();
        let imported = names.into_iter().map(|name| Imported { name: name.clone(), uses: Vec::new() }).collect();
        let mentioned = vec![false; all.len()];
        let mut terms = Terms {
            variants: variant::of_all(&all),
            variant_places: Vec::new(),
            all,
            imported,
            uses: Vec::new(),
            outside: Vec::new(),
            mentioned,
            imported_uses: Vec::new(),
            by_name,
        };
        uses::find(contract, &mut terms);
        terms
    }

    /// The terms of a name, in the order of their definitions.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Term> {
        self.by_name.get(name).into_iter().flatten().map(|&place| &self.all[place])
    }

    /// Whether a name is defined, here or in the other document that was named.
    pub fn is_defined(&self, name: &str) -> bool {
        self.by_name.contains_key(name) || self.imported.binary_search_by(|other| other.name.as_str().cmp(name)).is_ok()
    }

    /// The term that is defined or used at a place of the flow.
    pub fn at(&self, place: usize) -> Option<&Term> {
        let covers = |range: &Range<usize>| range.contains(&place);
        let used = self.uses.partition_point(|(range, _)| range.start <= place).checked_sub(1);
        let defined = self.all.partition_point(|term| term.flow.start <= place).checked_sub(1);
        used.map(|i| &self.uses[i])
            .filter(|(range, _)| covers(range))
            .map(|(_, term)| &self.all[*term])
            .or_else(|| defined.map(|i| &self.all[i]).filter(|term| covers(&term.flow)))
    }

    /// Whether a term is used, or its name stands inside of another word.
    pub fn is_mentioned(&self, place: usize) -> bool {
        !self.all[place].uses.is_empty() || self.mentioned[place]
    }

    /// Whether a name of the other document is used at a place of the flow.
    pub fn is_imported_at(&self, place: usize) -> bool {
        let after = self.imported_uses.partition_point(|range| range.start <= place);
        after.checked_sub(1).is_some_and(|i| self.imported_uses[i].contains(&place))
    }

    /// The names that hold for the whole document: what another document can take over ([`Terms::of`]).
    pub fn exported(&self) -> impl Iterator<Item = &str> {
        self.all.iter().filter(|term| term.scope.is_empty()).map(|term| term.name.as_str())
    }
}

/// The sentences of a contract: runs of content that go on with one another, each with the unit it begins in.
pub(crate) fn sentences(contract: &Contract) -> impl Iterator<Item = (usize, Range<usize>)> + '_ {
    let contents = contract.contents();
    let mut index = 0;
    std::iter::from_fn(move || {
        let first = index;
        contents.get(first)?;
        index += 1;
        while index < contents.len() && contents[index].continues {
            index += 1;
        }
        Some((first, contract.flow().range((first as u32, index as u32))))
    })
}
