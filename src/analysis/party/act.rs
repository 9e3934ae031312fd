//! Sentences in which parties act: who is named in them, and who is the subject.

use std::ops::Range;

use super::Parties;
use crate::analysis::sentence::Sentences;
use crate::contract::{ContentKind, Contract, UnitKind};
use crate::text::ends_with_any;

/// A sentence with the parties named in it.
#[derive(Clone, Debug)]
pub struct Act {
    /// The sentence with its 。, as a range of the flow; one in brackets belongs to the one around it.
    pub flow: Range<usize>,
    /// The places in [`Parties::all`] of those named, with the ranges of their labels, in order.
    pub mentions: Vec<(usize, Range<usize>)>,
}

impl Act {
    /// The party of which alone the sentence speaks: 「甲は、…」 at its beginning.
    pub fn subject(&self, flow: &str) -> Option<usize> {
        let (party, range) = self.mentions.first()?;
        let before = &flow[self.flow.start..range.start];
        let begins = before.trim_matches(crate::syntax::is_blank).is_empty()
            || ends_with_any(before, &["ただし、", "また、", "なお、", "この場合、", "但し、", "この場合において、"]);
        let behind = &flow[range.end..self.flow.end];
        (begins && behind.starts_with('は')).then_some(*party)
    }
}

/// Every sentence of the articles in which a party is named, in order.
pub fn acts(contract: &Contract, parties: &Parties, sentences: &Sentences) -> Vec<Act> {
    let mut named: Vec<(usize, Range<usize>)> = Vec::new();
    for (place, party) in parties.all.iter().enumerate() {
        named.extend(party.uses.iter().map(|range| (place, range.clone())));
    }
    named.sort_by_key(|(_, range)| range.start);
    let mut found: Vec<Act> = Vec::new();
    for mention in named {
        let place = mention.1.start;
        if let Some(last) = found.last_mut().filter(|act| act.flow.contains(&place)) {
            last.flow.end = last.flow.end.max(mention.1.end);
            last.mentions.push(mention);
            continue;
        }
        let content = contract.content_at(place);
        let counts = content.is_some_and(|content| {
            content.kind == ContentKind::Text && contract.enclosing(content.unit, UnitKind::Article).is_some()
        });
        if counts {
            let sentence = sentences.at(place);
            // A sentence that is too long may be cut inside of a label.
            let flow = sentence.start..sentence.end.max(mention.1.end);
            found.push(Act { flow, mentions: vec![mention] });
        }
    }
    found
}
