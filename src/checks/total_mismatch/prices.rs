//! What a contract calls its price, and what is paid of it when.

use super::is_each;
use crate::analysis::money::Amount;
use crate::checks::amount_label::{Label, PRICES, label, with_words};
use crate::rule::Context;

/// The amounts of a contract that are called a price, or a part or the rest of one.
#[derive(Default)]
pub(super) struct Prices<'a> {
    /// With the name as it is written: 業務委託料.
    prices: Vec<(&'a Amount, &'a str)>,
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
                Label::Price => found.prices.push((amount, name)),
                Label::Before => found.before.push((name, amount.yen)),
                Label::Rest => found.rests.push(amount.yen),
            }
        }
        found.before.sort_unstable();
        found.before.dedup();
        found.rests.dedup();
        found
    }

    /// The price, if the contract has one only.
    pub(super) fn price(&self) -> Option<&'a Amount> {
        let ((price, _), more) = self.prices.split_first()?;
        more.iter().all(|(other, _)| other.yen == price.yen).then_some(*price)
    }

    /// The one price that some words name: the longest name counts (請負代金, not 代金), 代金 alone means any.
    pub(super) fn named_in(&self, words: &str) -> Option<&'a Amount> {
        let in_short = |name: &str| PRICES.iter().any(|price| name.ends_with(price) && words.contains(price));
        let whole = self.prices.iter().filter(|(_, name)| words.contains(name)).map(|(_, name)| name.len()).max();
        let mut named = self.prices.iter().filter(|(_, name)| match whole {
            Some(length) => name.len() == length && words.contains(name),
            None => in_short(name),
        });
        let (first, _) = named.next()?;
        named.all(|(other, _)| other.yen == first.yen).then_some(*first)
    }

    /// What is paid before, and the rest; one name with two amounts is not one payment.
    pub(super) fn payments(&self) -> Option<u64> {
        let [rest] = self.rests[..] else { return None };
        let twice = self.before.windows(2).any(|pair| pair[0].0 == pair[1].0);
        let sum = || self.before.iter().fold(rest, |sum, part| sum.saturating_add(part.1));
        (!self.before.is_empty() && !twice).then(sum)
    }
}
