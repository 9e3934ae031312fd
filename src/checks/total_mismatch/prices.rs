//! What a contract calls its price, and what is paid of it when.

use super::is_each;
use crate::analysis::money::Amount;
use crate::checks::amount_label::{Label, PRICES, label, with_words};
use crate::rule::Context;

/// How many names of prices are told apart; a contract has few.
const MOST_NAMES: usize = 64;

/// The amounts of a contract that are called a price, or a part or the rest of one.
#[derive(Default)]
pub(super) struct Prices<'a> {
    /// By the name as it is written (業務委託料), in order; no amount where one name has several.
    prices: Vec<(&'a str, Option<&'a Amount>)>,
    before: Vec<(&'a str, u64)>,
    rests: Vec<u64>,
}

impl<'a> Prices<'a> {
    pub(super) fn of(context: &'a Context) -> Prices<'a> {
        let text = context.contract.flow().as_str();
        let mut found = Prices::default();
        for (amount, before) in with_words(context.analysis) {
            let Some((label, name)) = label(&text[before]) else { continue };
            if is_each(&text[context.analysis.sentences().at(amount.flow.start)]) {
                continue;
            }
            match label {
                Label::Price => found.add_price(name, amount),
                Label::Before => found.before.push((name, amount.yen)),
                Label::Rest => found.rests.push(amount.yen),
            }
        }
        found.before.sort_unstable();
        found.before.dedup();
        found.rests.dedup();
        found
    }

    fn add_price(&mut self, name: &'a str, amount: &'a Amount) {
        if let Some((_, known)) = self.prices.iter_mut().find(|(other, _)| *other == name) {
            *known = known.filter(|known| known.yen == amount.yen);
        } else if self.prices.len() < MOST_NAMES {
            self.prices.push((name, Some(amount)));
        }
    }

    /// The price, if the contract has one only.
    pub(super) fn price(&self) -> Option<&'a Amount> {
        one(self.prices.iter().map(|(_, amount)| *amount))
    }

    /// The one price that some words name: the longest name counts (請負代金, not 代金), 代金 alone means any.
    pub(super) fn named_in(&self, words: &str) -> Option<&'a Amount> {
        let in_short = |name: &str| PRICES.iter().any(|price| name.ends_with(price) && words.contains(price));
        let whole = self.prices.iter().filter(|(name, _)| words.contains(name)).map(|(name, _)| name.len()).max();
        let named = self.prices.iter().filter(|(name, _)| match whole {
            Some(length) => name.len() == length && words.contains(name),
            None => in_short(name),
        });
        one(named.map(|(_, amount)| *amount))
    }

    /// What is paid before, and the rest; one name with two amounts is not one payment.
    pub(super) fn payments(&self) -> Option<u64> {
        let [rest] = self.rests[..] else { return None };
        let twice = self.before.windows(2).any(|pair| pair[0].0 == pair[1].0);
        let sum = || self.before.iter().fold(rest, |sum, part| sum.saturating_add(part.1));
        (!self.before.is_empty() && !twice).then(sum)
    }
}

/// The one amount, where all are equally much.
fn one<'a>(mut amounts: impl Iterator<Item = Option<&'a Amount>>) -> Option<&'a Amount> {
    let first = amounts.next()??;
    amounts.all(|other| other.is_some_and(|other| other.yen == first.yen)).then_some(first)
}
