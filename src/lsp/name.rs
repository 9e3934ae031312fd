//! Names that the contract itself gives: defined terms and the labels of parties, with every place where they stand.

use std::ops::Range;

use super::document::{Document, Place};
use crate::analysis::party::Party;
use crate::analysis::term::Term;
use crate::text::Span;

/// A defined term or a party.
#[derive(Clone, Copy)]
pub enum Name<'a> {
    /// 「本業務」
    Term(&'a Term),
    /// 「甲」
    Party(&'a Party),
}

impl<'a> Name<'a> {
    /// The name that is given or used at a place; a party before the term that gives it its label.
    pub fn at(place: &Place<'a>) -> Option<Name<'a>> {
        let document = place.document;
        let flow = document.contract().flow();
        let here = |range: &Range<usize>| {
            let span = flow.span(range.clone());
            span.start <= place.offset && place.offset <= span.end
        };
        let stands = |given: &Range<usize>, uses: &[Range<usize>]| {
            // The uses are in order: only the last that begins before the place can hold it.
            let after = uses.partition_point(|range| flow.span(range.clone()).start <= place.offset);
            here(given) || uses[..after].last().is_some_and(here)
        };
        let party = document.parties().all.iter().find(|party| stands(&party.flow, &party.uses)).map(Name::Party);
        party.or_else(|| document.terms().all.iter().find(|term| stands(&term.flow, &term.uses)).map(Name::Term))
    }

    /// All names of a document, parties first.
    pub fn all(document: &'a Document) -> impl Iterator<Item = Name<'a>> {
        let parties = document.parties();
        let terms = document.terms().all.iter().filter(|term| parties.labelled(&term.name).is_none());
        parties.all.iter().map(Name::Party).chain(terms.map(Name::Term))
    }

    /// The name.
    pub fn text(self) -> &'a str {
        match self {
            Name::Term(term) => &term.name,
            Name::Party(party) => &party.label,
        }
    }

    /// Where it is given.
    pub fn given(self) -> Span {
        match self {
            Name::Term(term) => term.span,
            Name::Party(party) => party.span,
        }
    }

    /// Where it is used, the signature block included, in order.
    pub fn uses(self, document: &Document) -> Vec<Span> {
        let (uses, signed) = match self {
            Name::Term(term) => (&term.uses, None),
            Name::Party(party) => (&party.uses, party.signed.as_ref().map(|signed| signed.label)),
        };
        let flow = document.contract().flow();
        let mut spans: Vec<Span> = uses.iter().map(|range| flow.span(range.clone())).collect();
        spans.extend(signed);
        spans.sort_unstable();
        spans.dedup();
        spans.retain(|span| !span.overlaps(self.given()));
        spans
    }

    /// What it stands for, as it is written.
    pub fn meaning(self, document: &'a Document) -> String {
        match self {
            Name::Term(term) => document.contract().flow().as_str()[term.meaning.clone()].trim().to_string(),
            Name::Party(party) => {
                let role = party.role.map_or_else(String::new, |role| format!("（{}）", role.word));
                format!("{}{role}", party.name.as_deref().unwrap_or("名称の記載なし"))
            }
        }
    }
}
