//! The numbers of units: 第3条, 第3条の2, 第2.3条.

use std::fmt;

/// The number of a unit: `3`, with branch numbers (枝番) `3-2` for 第3条の2 and `3-2-2` for 第3条の2の2, or in parts `2.3` for 第2.3条, as
/// contracts write it that number their articles by chapter.
///
/// Ordered as the units stand in a statute: 3 < 3の2 < 3の3 < 4.
///
/// ```
/// use keiyaku::number::Number;
/// let (third, branch, first) = (Number::new(2).part(3), Number::new(2).part(3).branch(2), Number::new(3).part(1));
/// assert_eq!([third, branch, first].map(|number| number.of_unit("条")), ["第2.3条", "第2.3条の2", "第3.1条"]);
/// assert!(branch.follows(third) && first.follows(branch) && third < branch && branch < first);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    main: u32,
    /// First the further parts, then the branches; zeros behind them.
    further: [u16; 3],
    /// How many of them are parts.
    parts: u8,
}

impl Number {
    /// A number without further parts and branches.
    pub const fn new(main: u32) -> Self {
        Self { main, further: [0; 3], parts: 0 }
    }

    /// The same number, which has no branches, with one part more: 2.3 of 2. A fourth is not kept.
    pub fn part(mut self, part: u32) -> Self {
        if let Some(free) = self.further.get_mut(usize::from(self.parts)) {
            *free = part.min(u16::MAX.into()) as u16;
            self.parts += 1;
        }
        self
    }

    /// The same number with one branch more; more than three parts and branches are not kept (no statute has them).
    pub fn branch(mut self, branch: u32) -> Self {
        if let Some(free) = self.further[usize::from(self.parts)..].iter_mut().find(|b| **b == 0) {
            *free = branch.min(u16::MAX.into()) as u16;
        }
        self
    }

    /// The first part: 2 of 2.3, and of 2の3.
    pub const fn main(self) -> u32 {
        self.main
    }

    /// The last part: 3 of 2.3, but 2 of 2の3.
    pub fn last(self) -> u32 {
        self.parts().last().unwrap_or(self.main)
    }

    /// The parts, the first one first.
    pub fn parts(&self) -> impl Iterator<Item = u32> + '_ {
        let further = self.further[..usize::from(self.parts)].iter().map(|part| u32::from(*part));
        std::iter::once(self.main).chain(further)
    }

    /// The branch numbers, outermost first.
    pub fn branches(&self) -> impl Iterator<Item = u32> + '_ {
        self.further[usize::from(self.parts)..].iter().filter(|b| **b != 0).map(|b| u32::from(*b))
    }

    /// Whether it has further parts: 2.3.
    pub const fn is_in_parts(self) -> bool {
        self.parts > 0
    }

    /// Whether it has a branch number.
    pub fn is_branch(self) -> bool {
        self.branches().next().is_some()
    }

    /// Whether a sequence may begin with it: 1, 1.1.
    pub fn is_first(self) -> bool {
        self.parts().all(|part| part == 1) && !self.is_branch()
    }

    /// Without branches, another last part: 2.5 of 2.3, 5 of 3の2.
    pub fn with_last(self, last: u32) -> Number {
        match self.outer() {
            Some(outer) => outer.part(last),
            None => Number::new(last),
        }
    }

    /// Whether both differ in nothing but the last part and branches: 2.3 and 2.5の2, any two of one part.
    pub fn is_beside(self, other: Number) -> bool {
        self.parts == other.parts && self.outer() == other.outer()
    }

    /// The number without its last part: 2 of 2.3. `None` where it has one part only.
    fn outer(self) -> Option<Number> {
        let parts = self.parts.checked_sub(1)?;
        let mut outer = Number { parts, ..self };
        outer.further[usize::from(parts)..].fill(0);
        Some(outer)
    }

    /// Whether `self` may follow `previous` directly: 4 after 3, 3の2 after 3, 3の3 after 3の2, 4 after 3の2, 3の2の2 after 3の2; 2.4 after 2.3,
    /// 3.1 after 2.3.
    pub fn follows(self, previous: Number) -> bool {
        if !self.is_branch() {
            if self.is_beside(previous) {
                return self.last() == previous.last().saturating_add(1);
            }
            let outer = self.outer().zip(previous.outer()).filter(|_| self.parts == previous.parts && self.last() == 1);
            return outer.is_some_and(|(own, before)| own.follows(before));
        }
        let depth = usize::from(self.parts) + self.branches().count();
        let last = u32::from(self.further[depth - 1]);
        let mut parent = self;
        parent.further[depth - 1] = 0;
        let mut previous_cut = previous;
        previous_cut.further[depth..].fill(0);
        let mut before = self;
        before.further[depth - 1] = (last - 1) as u16;
        // The first branch may be の2 (nearly always) or の1 (some rules of organisations).
        (last <= 2 && previous == parent) || (last > 1 && previous_cut == before)
    }

    /// 「第3条の2」 for the unit name 「条」.
    pub fn of_unit(self, unit: &str) -> String {
        let mut out = format!("第{}", self.main);
        self.parts().skip(1).for_each(|part| out.push_str(&format!(".{part}")));
        out.push_str(unit);
        self.branches().for_each(|branch| out.push_str(&format!("の{branch}")));
        out
    }
}

impl From<u32> for Number {
    fn from(main: u32) -> Self {
        Self::new(main)
    }
}

impl fmt::Display for Number {
    /// `3`, `3-2`, `2_3`: as in a path for programs, where a dot goes before a 項. With `{:#}` as a lawyer writes it behind the unit's name:
    /// `3`, `3の2`, `2.3` (the unit's name goes between: see [`Number::of_unit`]).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.main)?;
        self.parts().skip(1).try_for_each(|part| write!(f, "{}{part}", if f.alternate() { "." } else { "_" }))?;
        self.branches().try_for_each(|b| write!(f, "{}{b}", if f.alternate() { "の" } else { "-" }))
    }
}
