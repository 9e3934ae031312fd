//! Ranges that take others out: a hit inside one of the words of `except` is none.

use std::ops::Range;

/// Ranges of the flow, by where they begin.
#[derive(Default)]
pub(super) struct Covering {
    starts: Vec<usize>,
    /// How far the ranges up to each one reach.
    reach: Vec<usize>,
}

impl Covering {
    /// Of the hits of some phrases.
    pub fn of(mut hits: Vec<(Range<usize>, usize)>) -> Covering {
        hits.sort_unstable_by_key(|(range, _)| range.start);
        let mut covering = Covering::default();
        for (range, _) in hits {
            let reach = covering.reach.last().map_or(range.end, |reach| range.end.max(*reach));
            covering.starts.push(range.start);
            covering.reach.push(reach);
        }
        covering
    }

    /// Whether a range lies inside one of them.
    pub fn covers(&self, range: &Range<usize>) -> bool {
        let before = self.starts.partition_point(|start| *start <= range.start);
        before > 0 && self.reach[before - 1] >= range.end
    }
}
