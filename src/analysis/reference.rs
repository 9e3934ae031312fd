//! References: every place where the contract points at a provision, and what it points at.
//!
//! A scan of the comparison text finds the few places where a citation can begin; it is read there (`citation/parse.rs`). Lists and ranges are joined, foreign citations (民法第541条, 原契約第3条) set apart, relative words (前条, 同項)
//! resolved against where they stand.

mod antecedent;
mod citation;
mod foreign;
mod index;
mod items;
mod resolve;
pub mod rewrite;
mod scan;
mod scope;

use std::ops::Range;

use crate::contract::{Contract, UnitId};
use crate::marks::Marks;
use crate::number::Number;
use crate::text::Span;

pub use citation::{Annex, Article, Citation, Division, Item, Paragraph, Part, Scope};

/// One reference.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The words, as a range of the flow.
    pub flow: Range<usize>,
    /// The words in the text.
    pub span: Span,
    /// The unit in which they stand.
    pub unit: UnitId,
    /// What is written.
    pub citation: Citation,
    /// The end of a range (第3条から第5条まで).
    pub until: Option<Box<Citation>>,
    /// The caption in brackets behind the citation: 第12条（秘密保持）, without the brackets, as a range of the flow.
    pub caption: Option<Range<usize>>,
    /// The place of the reference before it in the same list (第3条、第4条及び第5条).
    pub list: Option<usize>,
    /// What became of it.
    pub status: Status,
    /// The units it points at, in order; empty unless it is resolved or ambiguous, and for 次の各号 before a table or words that run on.
    pub targets: Vec<UnitId>,
}

/// What became of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It points at units of this document.
    Resolved,
    /// It points at several units, of which only one can be meant.
    Ambiguous,
    /// It points into another document: the name found before it, if any.
    External(Option<String>),
    /// It points at nothing.
    Broken(Broken),
}

impl Status {
    /// `resolved`, `ambiguous`, `external`, `broken`.
    pub const fn name(&self) -> &'static str {
        match self {
            Status::Resolved => "resolved",
            Status::Ambiguous => "ambiguous",
            Status::External(_) => "external",
            Status::Broken(_) => "broken",
        }
    }

    /// What is there and does not have the 項 or 号 that is cited.
    pub const fn holder(&self) -> Option<UnitId> {
        match self {
            Status::Broken(Broken::Paragraph(holder) | Broken::Item(holder)) => *holder,
            _ => None,
        }
    }
}

/// Why a reference points at nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// There is no such article.
    Article,
    /// The article, 附則 or annex has no such paragraph.
    Paragraph(Option<UnitId>),
    /// The paragraph, or item, has no such item.
    Item(Option<UnitId>),
    /// There is no such chapter or section.
    Division,
    /// There is no such annex.
    Annex,
    /// There is no supplementary provision.
    Supplementary,
    /// 前条 in the first article, or outside of articles.
    NoPreviousArticle,
    /// 前項 in the first paragraph.
    NoPreviousParagraph,
    /// 前号, 前各号 where no item stands before.
    NoPreviousItem,
    /// 前二項, 前三条: fewer units stand before; how many.
    TooFewBefore(u32),
    /// 次条, 次項, 次号 in the last unit.
    NoNext,
    /// 次の各号 without items.
    NoItemsFollow,
    /// 同条, 同項, 同号 with nothing cited before.
    NoAntecedent,
    /// 同条, 同項, 同号 behind a citation that points at nothing itself.
    Antecedent,
    /// 本号 outside of an item.
    NotInside,
    /// A range whose end does not come behind its beginning.
    Range,
}

/// Everything that is cited in a contract.
#[derive(Clone, Debug, Default)]
pub struct References {
    /// In reading order.
    pub all: Vec<Reference>,
}

impl References {
    /// Finds and resolves the references of a contract, given the marks of its flow.
    pub fn of(contract: &Contract, marks: &Marks) -> References {
        let foreign = foreign::Names::of(contract);
        let found = scan::scan(contract, &foreign);
        References { all: resolve::resolve(contract, marks, found) }
    }

    /// The references whose words stand in a unit or in its children.
    pub fn within(&self, contract: &Contract, id: UnitId) -> &[Reference] {
        let range = contract.flow().range(contract.unit(id).contents);
        let from = self.all.partition_point(|r| r.flow.start < range.start);
        let to = self.all.partition_point(|r| r.flow.start < range.end);
        &self.all[from..to.max(from)]
    }

    /// The references that point at a unit.
    pub fn to(&self, id: UnitId) -> impl Iterator<Item = &Reference> {
        self.all.iter().filter(move |r| r.targets.contains(&id))
    }
}

impl Reference {
    /// The number of the article that is written, if one is.
    pub fn article_number(&self) -> Option<Number> {
        match self.citation.article {
            Some(Article::Number(number)) => Some(number),
            _ => None,
        }
    }
}
