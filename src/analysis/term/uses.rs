//! Finding the uses of all terms in one pass.

use std::ops::Range;

use foldhash::HashMap;

use super::word::stands_alone;
use super::{Term, Terms};
use crate::analysis::names;
use crate::contract::{ContentKind, Contract};

/// Whose name it is.
#[derive(Clone, Copy)]
enum Owner {
    /// The terms of a name, as an index into the groups.
    Terms(usize),
    /// An imported one.
    Imported(usize),
}

/// The terms of one name.
struct Group {
    /// Their places, in the order of their definitions.
    places: Vec<usize>,
    /// The parts for which the limited ones hold, in order of their beginnings, with the place of the term.
    limited: Vec<(Range<usize>, usize)>,
    /// Those that hold for the whole document.
    general: Vec<usize>,
}

/// Fills in the uses of all terms, and where variants of them stand.
pub fn find(contract: &Contract, terms: &mut Terms) {
    let mut groups: Vec<Group> = Vec::new();
    let mut names: Vec<(String, Owner)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::default();
    for (place, term) in terms.all.iter().enumerate() {
        let index = *known.entry(&term.name).or_insert_with(|| {
            names.push((term.name.clone(), Owner::Terms(groups.len())));
            groups.push(Group { places: Vec::new(), limited: Vec::new(), general: Vec::new() });
            groups.len() - 1
        });
        let group = &mut groups[index];
        group.places.push(place);
        if term.scope.is_empty() {
            group.general.push(place);
        }
        for &unit in &term.scope {
            group.limited.push((contract.flow().range(contract.unit(unit).contents), place));
        }
    }
    groups.iter_mut().for_each(|group| group.limited.sort_by_key(|(range, _)| range.start));
    names.extend(terms.imported.iter().enumerate().map(|(i, other)| (other.name.clone(), Owner::Imported(i))));
    let flow = contract.flow().as_str();
    // A name inside of another is known to be there; the longest from the left is the use.
    let variants = terms.variants.iter().map(|variant| &variant.name);
    let found = names::find(names.iter().map(|(name, _)| name).chain(variants), flow);
    let (found, of_variants): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, name)| *name < names.len());
    terms.variant_places = of_variants.into_iter().map(|(range, name)| (range, name - names.len())).collect();
    let defined: Vec<Range<usize>> = terms.all.iter().map(|term| term.flow.clone()).collect();
    let mut definitions = defined.into_iter().peekable();
    let mut last_end = 0;
    for (Range { start, end }, name) in found {
        while definitions.peek().is_some_and(|definition| definition.end <= start) {
            definitions.next();
        }
        let defines = definitions.peek().is_some_and(|definition| definition.start <= start && end <= definition.end);
        let (owner, whole) = (names[name].1, definitions.peek().is_some_and(|d| *d == (start..end)));
        if whole {
            last_end = last_end.max(end);
            continue;
        }
        let quoted = contract.content_at(start).is_some_and(|content| content.kind == ContentKind::Quotation);
        let alone = !defines && start >= last_end && stands_alone(flow, start, end, start == last_end && start > 0);
        if !alone || quoted {
            if let Owner::Terms(index) = owner {
                groups[index].places.iter().for_each(|&place| terms.mentioned[place] = true);
                groups[index].places.clear();
            }
            continue;
        }
        last_end = end;
        match owner {
            Owner::Imported(index) => {
                terms.imported[index].uses.push(start..end);
                terms.imported_uses.push(start..end);
            }
            Owner::Terms(index) => match meant(contract, &groups[index], &terms.all, start) {
                Ok(place) => {
                    terms.all[place].uses.push(start..end);
                    terms.uses.push((start..end, place));
                }
                Err(place) => {
                    terms.mentioned[place] = true;
                    terms.outside.push((start..end, place));
                }
            },
        }
    }
}

/// The term that a name means at a place: the innermost limited one that holds there, else the general one defined last before it in the same
/// agreement, else the first behind it. `Err`: all are limited and none holds.
fn meant(contract: &Contract, group: &Group, all: &[Term], at: usize) -> Result<usize, usize> {
    let after = group.limited.partition_point(|(range, _)| range.start <= at);
    // Parts lie inside one another or apart; the few that begin last before the place are enough to look at.
    let inside = group.limited[..after].iter().rev().take(16).find(|(range, _)| at < range.end);
    if let Some((_, place)) = inside {
        return Ok(*place);
    }
    let agreement = |unit: crate::contract::UnitId| {
        contract.scopes().get(contract.unit(unit).scope as usize).and_then(|scope| scope.agreement())
    };
    let before = group.general.partition_point(|&place| all[place].flow.start <= at);
    let here = contract.content_at(at).map(|content| content.unit);
    let same = |place: &&usize| here.is_none_or(|unit| agreement(unit) == agreement(all[**place].unit));
    group.general[..before]
        .last()
        .filter(same)
        .or_else(|| group.general[before..].first().filter(same))
        .or_else(|| group.general[..before].last())
        .or_else(|| group.general.first())
        .copied()
        .ok_or_else(|| group.limited.first().map_or(0, |(_, place)| *place))
}
