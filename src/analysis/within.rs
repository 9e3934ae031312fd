//! What of the analysis lies in a range of the flow.

use std::ops::Range;

use super::Analysis;
use super::money::Amount;
use super::numeral::Numeral;
use super::period::Period;

impl Analysis<'_> {
    /// The numbers in a range of the flow.
    pub fn numerals_within(&self, range: &Range<usize>) -> &[Numeral] {
        within(self.numerals(), range, |numeral| &numeral.flow)
    }

    /// The periods in a range of the flow.
    pub fn periods_within(&self, range: &Range<usize>) -> &[Period] {
        within(self.periods(), range, |period| &period.flow)
    }

    /// The amounts of money in a range of the flow.
    pub fn amounts_within(&self, range: &Range<usize>) -> &[Amount] {
        within(self.amounts(), range, |amount| &amount.flow)
    }
}

/// Those of some things, which stand in the flow one behind the other, that lie in a range of it as a whole.
pub fn within<'a, T>(all: &'a [T], range: &Range<usize>, place: impl Fn(&T) -> &Range<usize>) -> &'a [T] {
    let behind = &all[all.partition_point(|thing| place(thing).start < range.start)..];
    &behind[..behind.partition_point(|thing| place(thing).end <= range.end)]
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn what_only_begins_or_ends_in_a_range_does_not_lie_in_it() {
        let all = [0..3, 3..5, 5..9];
        assert_eq!(within(&all, &(3..9), |range| range), [3..5, 5..9]);
        assert_eq!(within(&all, &(1..8), |range| range), &all[1..2]);
        assert!(within(&all, &(6..8), |range| range).is_empty());
    }
}
