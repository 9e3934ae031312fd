//! Which brackets belong together. They are counted over a whole 項 with its 号, not line by line; where an article has no written 項 numbers, over
//! the whole article, because a line break inside a bracket may look like a new 項.

use crate::contract::{ContentKind, Contract, Numbering, UnitId, UnitKind};
use crate::marks::Marks;

/// The brackets of a contract, as places in the flow.
#[derive(Debug, Default)]
pub struct Brackets {
    /// Opening and closing bracket of each pair.
    pub pairs: Vec<(usize, usize)>,
    /// Brackets without a partner.
    pub unmatched: Vec<usize>,
    /// Opening 「 that stand inside a 「」, with the closing bracket that belongs to them.
    pub nested_quotes: Vec<(usize, usize)>,
}

/// The brackets that are counted, as they stand in the flow.
const PAIRS: [(char, char); 8] =
    [('（', '）'), ('「', '」'), ('『', '』'), ('【', '】'), ('〔', '〕'), ('《', '》'), ('〈', '〉'), ('｛', '｝')];

/// Pairs the brackets of a contract.
pub fn brackets(contract: &Contract, marks: &Marks) -> Brackets {
    let mut found = Brackets::default();
    let flow = contract.flow();
    let mut block: Option<UnitId> = None;
    let mut open = Open::default();
    for (index, content) in contract.contents().iter().enumerate() {
        let index = index as u32;
        if content.kind == ContentKind::Quotation {
            continue;
        }
        let own = block_of(contract, content.unit);
        if block != Some(own) {
            found.unmatched.extend(open.cut(0));
            block = Some(own);
        }
        let range = flow.range((index, index + 1));
        for (place, character) in marks.within(range.clone()) {
            if let Some(pair) = PAIRS.iter().position(|(opening, _)| *opening == character) {
                open.push(pair, place);
            } else if let Some(pair) = PAIRS.iter().position(|(_, closing)| *closing == character) {
                close(&mut found, &mut open, pair, place, &flow.as_str()[range.start..place]);
            }
        }
    }
    found.unmatched.extend(open.cut(0));
    found.unmatched.sort_unstable();
    found.pairs.sort_unstable();
    found
}

/// The brackets that are open.
#[derive(Default)]
struct Open {
    /// Which pair, and the place; outermost first.
    all: Vec<(usize, usize)>,
    /// How deep those of each pair lie.
    depths: [Vec<usize>; PAIRS.len()],
}

/// The pairs that quote: 「」 and 『』.
const QUOTES: [usize; 2] = [1, 2];

impl Open {
    fn push(&mut self, pair: usize, place: usize) {
        self.depths[pair].push(self.all.len());
        self.all.push((pair, place));
    }

    /// How deep the innermost bracket of a pair lies.
    fn innermost(&self, pair: usize) -> Option<usize> {
        self.depths[pair].last().copied()
    }

    /// Takes away what lies at a depth and deeper; the places of the brackets, innermost first.
    fn cut(&mut self, depth: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::from_fn(move || {
            let (pair, place) = if self.all.len() > depth { self.all.pop()? } else { return None };
            self.depths[pair].pop();
            Some(place)
        })
    }
}

fn close(found: &mut Brackets, open: &mut Open, pair: usize, place: usize, before: &str) {
    // What stands in 「」 is quoted: a piece of a sentence may hold half a pair.
    let quote = QUOTES.iter().filter_map(|&quote| open.innermost(quote)).max();
    let quotes = QUOTES.contains(&pair);
    match open.innermost(pair) {
        Some(depth) if !quotes && quote.is_some_and(|quote| quote > depth) => {}
        Some(depth) => {
            let at = open.all[depth].1;
            let inside = open.cut(depth + 1);
            if quotes {
                inside.for_each(drop);
            } else {
                found.unmatched.extend(inside);
            }
            open.cut(depth).for_each(drop);
            found.pairs.push((at, place));
            if pair == QUOTES[0] && open.all.last().is_some_and(|(outer, _)| *outer == pair) {
                found.nested_quotes.push((at, place));
            }
        }
        None if pair == 0 && is_mark(before) || quote.is_some() => {}
        None => found.unmatched.push(place),
    }
}

/// Whether a closing bracket belongs to a mark of a list: `1)`, `a)`, `ア）`.
fn is_mark(before: &str) -> bool {
    let mut characters = before.chars().rev();
    let Some(last) = characters.next() else { return false };
    if last.is_ascii_digit() {
        return characters.find(|c| !c.is_ascii_digit()).is_none_or(|c| !c.is_ascii_alphabetic());
    }
    let single =
        last.is_ascii_alphabetic() || ('ア'..='ン').contains(&last) || crate::number::kanji_digit(last).is_some();
    single
        && characters.next().is_none_or(|c| {
            matches!(c, ' ' | '　' | '、' | '。' | 'の' | '項' | '条' | '号' | 'び' | 'は' | 'と' | '記')
        })
}

/// The unit over which brackets are counted.
fn block_of(contract: &Contract, id: UnitId) -> UnitId {
    let mut block = id;
    for up in contract.ancestors(id) {
        let unit = contract.unit(up);
        match unit.kind {
            UnitKind::Paragraph if unit.numbering != Numbering::Implicit => return up,
            UnitKind::Paragraph | UnitKind::Item | UnitKind::Subitem => block = up,
            UnitKind::Document => return block,
            _ => return up,
        }
    }
    block
}
