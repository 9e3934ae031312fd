//! Which brackets belong together. They are counted over a whole 項 with its 号, not line by line; where an article has no written 項 numbers, over
//! the whole article, because a line break inside a bracket may look like a new 項.

use crate::contract::{ContentKind, Contract, Numbering, UnitId, UnitKind};

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
pub fn brackets(contract: &Contract) -> Brackets {
    let mut found = Brackets::default();
    let flow = contract.flow();
    let mut block: Option<UnitId> = None;
    let mut open: Vec<(char, usize)> = Vec::new();
    for (index, content) in contract.contents().iter().enumerate() {
        let index = index as u32;
        if content.kind == ContentKind::Quotation {
            continue;
        }
        let own = block_of(contract, content.unit);
        if block != Some(own) {
            found.unmatched.extend(open.drain(..).map(|(_, at)| at));
            block = Some(own);
        }
        let range = flow.range((index, index + 1));
        let text = &flow.as_str()[range.clone()];
        for (at, character) in text.char_indices() {
            // All of them are three bytes that begin with E3 or EF.
            if (character as u32) < 0x3000 {
                continue;
            }
            let place = range.start + at;
            if PAIRS.iter().any(|(opening, _)| *opening == character) {
                open.push((character, place));
            } else if let Some((opening, _)) = PAIRS.iter().find(|(_, closing)| *closing == character) {
                close(&mut found, &mut open, *opening, place, &text[..at]);
            }
        }
    }
    found.unmatched.extend(open.into_iter().map(|(_, at)| at));
    found.unmatched.sort_unstable();
    found.pairs.sort_unstable();
    found
}

fn close(found: &mut Brackets, open: &mut Vec<(char, usize)>, opening: char, place: usize, before: &str) {
    // What stands in 「」 is quoted: a piece of a sentence may hold half a pair.
    let quote = open.iter().rposition(|(character, _)| matches!(character, '「' | '『'));
    match open.iter().rposition(|(character, _)| *character == opening) {
        Some(depth) if !matches!(opening, '「' | '『') && quote.is_some_and(|quote| quote > depth) => {}
        Some(depth) => {
            let inside = open.split_off(depth + 1);
            if !matches!(opening, '「' | '『') {
                found.unmatched.extend(inside.into_iter().map(|(_, at)| at));
            }
            if let Some((_, at)) = open.pop() {
                found.pairs.push((at, place));
                if opening == '「' && open.last().is_some_and(|(outer, _)| *outer == '「') {
                    found.nested_quotes.push((at, place));
                }
            }
        }
        None if opening == '（' && is_mark(before) || quote.is_some() => {}
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
