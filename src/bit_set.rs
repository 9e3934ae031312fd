//! A set of small numbers, a bit for each, that also knows how many of its numbers come before another: what lies at the numbers of a set is
//! kept one behind the other, without room for those that are not in it. This file is read by the build script too.

use std::borrow::Cow;

/// A set of numbers.
#[derive(Debug)]
pub struct BitSet {
    /// A bit for each number.
    pub bits: Cow<'static, [u32]>,
    /// How many numbers of the set come before each number of `bits`.
    pub ranks: Cow<'static, [u32]>,
}

impl BitSet {
    /// The set of some numbers below a bound.
    ///
    /// # Panics
    /// When a number is not below it.
    pub fn of(numbers: impl IntoIterator<Item = u32>, bound: usize) -> BitSet {
        let mut bits = vec![0u32; bound.div_ceil(32)];
        for number in numbers {
            bits[number as usize / 32] |= 1 << (number % 32);
        }
        let ranks: Vec<u32> =
            bits.iter().scan(0, |rank, bits| Some(std::mem::replace(rank, *rank + bits.count_ones()))).collect();
        BitSet { bits: bits.into(), ranks: ranks.into() }
    }

    /// Below which power of two all numbers are that can be in it.
    pub fn width(&self) -> u32 {
        (self.bits.len() * 32).ilog2()
    }

    /// Says of each number whether it is in the set.
    #[inline]
    pub fn contains(&self) -> impl Fn(u32) -> bool + Copy + use<'_> {
        let bits = &*self.bits;
        move |number| bits[number as usize / 32] >> (number % 32) & 1 == 1
    }

    /// How many numbers of the set come before a number.
    #[inline]
    pub fn rank(&self, number: u32) -> usize {
        let below = self.bits[number as usize / 32] & ((1 << (number % 32)) - 1);
        (self.ranks[number as usize / 32] + below.count_ones()) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_knows_its_numbers_and_their_ranks() {
        let numbers = [0, 5, 31, 32, 63, 95];
        let set = BitSet::of(numbers, 96);
        assert_eq!(set.width(), 6);
        for number in 0..96 {
            assert_eq!(set.contains()(number), numbers.contains(&number));
            assert_eq!(set.rank(number), numbers.iter().filter(|&&other| other < number).count());
        }
    }
}
