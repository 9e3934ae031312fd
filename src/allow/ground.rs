//! What waivers are held against: the units and the findings of a contract, each found by what waivers say of them. Everything is indexed
//! when the first waiver asks for it, so that many waivers in a long text cost no more than each alone.

use std::cell::OnceCell;

use foldhash::HashMap;
use unicode_normalization::UnicodeNormalization;

use super::clause::hash;
use super::comment;
use crate::analysis::Analysis;
use crate::contract::{Contract, UnitId};
use crate::finding::Finding;
use crate::text::Span;

/// The shortest beginning of a fingerprint that is enough, in characters; all of them are ASCII.
const SHORTEST_MARK: usize = 8;

/// A contract and its findings.
pub(super) struct Ground<'g, 'a> {
    pub analysis: &'g Analysis<'a>,
    pub findings: &'g [Finding],
    /// The findings that are waived.
    waived: Vec<bool>,
    by_unit: OnceCell<Vec<(UnitId, usize)>>,
    by_mark: OnceCell<HashMap<&'g str, Vec<usize>>>,
    by_hash: OnceCell<HashMap<String, Vec<UnitId>>>,
    by_citation: OnceCell<HashMap<String, UnitId>>,
    lines_of_text: OnceCell<Vec<usize>>,
}

impl<'g, 'a> Ground<'g, 'a> {
    pub fn of(analysis: &'g Analysis<'a>, findings: &'g [Finding]) -> Ground<'g, 'a> {
        Ground {
            analysis,
            findings,
            waived: vec![false; findings.len()],
            by_unit: OnceCell::new(),
            by_mark: OnceCell::new(),
            by_hash: OnceCell::new(),
            by_citation: OnceCell::new(),
            lines_of_text: OnceCell::new(),
        }
    }

    /// The contract.
    pub fn contract(&self) -> &'a Contract {
        self.analysis.contract()
    }

    /// Waives findings: later waivers do not see them.
    pub fn waive(&mut self, found: &[usize]) {
        found.iter().for_each(|&index| self.waived[index] = true);
    }

    /// Which findings are waived, in order.
    pub fn into_waived(self) -> Vec<bool> {
        self.waived
    }

    /// The places of the findings about a unit or what is in it, in order.
    pub fn findings_in(&self, unit: UnitId) -> Vec<usize> {
        let by_unit = self.by_unit.get_or_init(|| {
            let mut all: Vec<_> =
                self.findings.iter().enumerate().map(|(place, finding)| (finding.unit, place)).collect();
            all.sort_unstable();
            all
        });
        let contract = self.contract();
        let end = contract.unit(unit).span.end;
        let inside = |id: UnitId| id == unit || contract.ancestors(id).any(|up| up == unit);
        // The units of a document are in reading order: what is in one follows it.
        let from = by_unit.partition_point(|(id, _)| *id < unit);
        let near = by_unit[from..].iter().take_while(|(id, _)| *id == unit || contract.unit(*id).span.start <= end);
        let mut found: Vec<usize> =
            near.filter(|(id, place)| !self.waived[*place] && inside(*id)).map(|(_, place)| *place).collect();
        found.sort_unstable();
        found
    }

    /// The places of the findings whose fingerprint begins so, in order.
    pub fn findings_marked(&self, mark: &str) -> Vec<usize> {
        let by_mark = self.by_mark.get_or_init(|| {
            let mut all: HashMap<&str, Vec<usize>> = HashMap::default();
            for (place, finding) in self.findings.iter().enumerate() {
                all.entry(beginning(&finding.fingerprint)).or_default().push(place);
            }
            all
        });
        let is_it = |place: &&usize| !self.waived[**place] && self.findings[**place].fingerprint.starts_with(mark);
        let like = by_mark.get(beginning(mark)).filter(|_| mark.len() >= SHORTEST_MARK);
        like.map_or_else(Vec::new, |places| places.iter().filter(is_it).copied().collect())
    }

    /// The units with a hash, in order.
    pub fn units_with(&self, wanted: &str) -> &[UnitId] {
        let by_hash = self.by_hash.get_or_init(|| {
            let mut all: HashMap<String, Vec<UnitId>> = HashMap::default();
            for unit in self.contract().ids().skip(1) {
                all.entry(hash(self.analysis, unit)).or_default().push(unit);
            }
            all
        });
        by_hash.get(wanted).map_or(&[], Vec::as_slice)
    }

    /// The unit that begins below a comment.
    pub fn unit_below(&self, comment: Span) -> UnitId {
        let lines = self.lines_of_text.get_or_init(|| comment::lines_of_text(self.contract()));
        comment::unit_below(self.contract(), lines, comment)
    }

    /// The first unit that is cited so: 「第5条第2項」, in any width of digits.
    pub fn unit_cited(&self, at: &str) -> Option<UnitId> {
        let at: String = at.nfkc().filter(|c| !c.is_whitespace()).collect();
        if at.is_empty() {
            return Some(UnitId(0));
        }
        let contract = self.contract();
        let by_citation = self.by_citation.get_or_init(|| {
            let mut all = HashMap::default();
            for unit in contract.ids().skip(1) {
                all.entry(contract.citation(unit)).or_insert(unit);
            }
            all
        });
        by_citation.get(&at).copied()
    }
}

fn beginning(mark: &str) -> &str {
    mark.get(..SHORTEST_MARK).unwrap_or(mark)
}
