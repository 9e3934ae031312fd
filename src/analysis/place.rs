//! The units around a unit that hold clauses, and their flow.

use std::ops::Range;

use super::Analysis;
use crate::contract::{UnitId, UnitKind};
use crate::text::starts_with_any;

impl Analysis<'_> {
    /// The unit that holds a clause: the 条 around a unit, the part under a heading without a number, the 附則 or 別紙; a paragraph that
    /// stands in none of them; the document.
    pub fn holder(&self, unit: UnitId) -> UnitId {
        let contract = self.contract();
        let holds = |&up: &UnitId| {
            let unit = contract.unit(up);
            match unit.kind {
                UnitKind::Article | UnitKind::Supplementary | UnitKind::Annex | UnitKind::Preamble => true,
                UnitKind::Closing | UnitKind::Signature => true,
                UnitKind::Section => unit.number.is_none(),
                _ => unit.parent == Some(UnitId(0)),
            }
        };
        contract.ancestors(unit).find(holds).unwrap_or(UnitId(0))
    }

    /// The 項 around a unit with everything in it, or the unit that stands in its place: what lies directly in its holder.
    pub fn paragraph(&self, unit: UnitId) -> UnitId {
        self.contract().enclosing(unit, UnitKind::Paragraph).unwrap_or_else(|| self.holder(unit))
    }

    /// The flow of a unit and its children, captions included.
    pub fn range_of(&self, unit: UnitId) -> Range<usize> {
        self.contract().flow().range(self.contract().unit(unit).contents)
    }

    /// Whether words are only quoted to be taken out or read as others: 「「下請法」を「取適法」に改める」, 「甲」とあるのは.
    pub fn is_replaced(&self, words: &Range<usize>) -> bool {
        let behind = &self.contract().flow().as_str()[words.end..];
        starts_with_any(behind, &["」を", "」とあるのは"])
    }
}
