//! Where the parts of a definition stand in its text: its sentence, its bracket, the units it is limited to.

use std::ops::Range;

use crate::contract::{Contract, UnitId, UnitKind};
use crate::text::starts_with_any;

/// How far back and ahead, in characters, the words around a name are looked at.
const AROUND: usize = 400;

/// Where the 」 of a 「 stands whose inside begins at `inner`; nothing where the name would be too long or hold another 「.
pub fn close_of(text: &str, inner: usize) -> Option<usize> {
    for (at, character) in text[inner..].char_indices().take(super::definition::LONGEST + 4) {
        match character {
            '」' => return Some(inner + at),
            '「' | '。' | '\n' => return None,
            _ => {}
        }
    }
    None
}

/// A range without quotation marks and blanks at its ends.
pub fn trim_quotes(text: &str, range: Range<usize>) -> Range<usize> {
    let quote = |c: char| matches!(c, '"' | '“' | '”' | '\'' | ' ' | '　' | '『' | '』');
    let inner = &text[range.clone()];
    let start = range.start + inner.len() - inner.trim_start_matches(quote).len();
    let end = range.end - (inner.len() - inner.trim_end_matches(quote).len());
    start..end.max(start)
}

/// What stands before a place in its bracket or, outside of brackets, in its sentence.
pub fn lead(text: &str, at: usize) -> Range<usize> {
    let mut depth = 0;
    let mut start = 0;
    for (i, character) in text[..at].char_indices().rev().take(AROUND) {
        start = i;
        match character {
            '）' => depth += 1,
            '（' if depth == 0 => return i + '（'.len_utf8()..at,
            '（' => depth -= 1,
            '。' | '\n' if depth == 0 => return i + character.len_utf8()..at,
            _ => {}
        }
    }
    start..at
}

/// The opening bracket in which a place stands.
pub fn bracket_open(text: &str, at: usize) -> Option<usize> {
    let mut depth = 0;
    for (i, character) in text[..at].char_indices().rev().take(AROUND) {
        match character {
            '）' => depth += 1,
            '（' if depth == 0 => return Some(i),
            '（' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Behind the closing bracket of the bracket in which a place stands.
pub fn bracket_close(text: &str, at: usize) -> Option<usize> {
    let mut depth = 0;
    for (i, character) in text[at..].char_indices().take(AROUND) {
        match character {
            '（' => depth += 1,
            '）' if depth == 0 => return Some(at + i + '）'.len_utf8()),
            '）' => depth -= 1,
            '\n' => return None,
            _ => {}
        }
    }
    None
}

/// Behind the 。 of the sentence in which a place stands; brackets are passed over.
pub fn sentence_end(text: &str, at: usize) -> usize {
    let mut depth = 0;
    for (i, character) in text[at..].char_indices() {
        match character {
            '（' => depth += 1,
            '）' if depth > 0 => depth -= 1,
            '。' if depth == 0 => return at + i + character.len_utf8(),
            '\n' => return at + i,
            _ if i > AROUND * 4 => return at + i,
            _ => {}
        }
    }
    text.len()
}

/// What a bracket at `open` belongs to: the words before it in the sentence, from the last bracket or name on.
pub fn meaning_before(text: &str, open: usize) -> Range<usize> {
    let before = lead(text, open);
    let words = &text[before.clone()];
    // Behind the definition before it: 「…（以下「甲」という。）と…（以下「乙」という。）」.
    let from = words.rfind("という。）").map_or(0, |i| i + "という。）".len());
    before.start + from..open
}

/// A text without what stands in brackets in it.
pub fn outside_of_brackets(text: &str) -> String {
    let mut depth = 0u32;
    let keep = |c: &char| {
        match c {
            '（' => depth += 1,
            '）' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    };
    text.chars().filter(keep).collect()
}

/// The units a definition is limited to by the words before the name: 「以下この条において」, 「以下この章及び次条において」.
pub fn scope(contract: &Contract, unit: UnitId, lead: &str) -> Vec<UnitId> {
    let lead = lead.rfind("以下").map_or(lead, |at| &lead[at..]);
    if !["において", "では", "に限り", "中"].iter().any(|w| lead.contains(w)) {
        // 「前項における半日とは」, 「この場合の1年間とは」 speak of what was just said.
        let near = starts_with_any(lead, &["前", "第", "この場合", "その", "同"]);
        return contract.enclosing(unit, UnitKind::Article).filter(|_| near).into_iter().collect();
    }
    const KINDS: [(&str, UnitKind); 10] = [
        ("条", UnitKind::Article),
        ("項", UnitKind::Paragraph),
        ("号", UnitKind::Item),
        ("節", UnitKind::Section),
        ("款", UnitKind::Subsection),
        ("目", UnitKind::Division),
        ("章", UnitKind::Chapter),
        ("編", UnitKind::Part),
        ("附則", UnitKind::Supplementary),
        ("別紙", UnitKind::Annex),
    ];
    let mut units = Vec::new();
    for (name, kind) in KINDS {
        let named = ["この", "本"].iter().any(|this| {
            lead.match_indices(&format!("{this}{name}")).any(|(at, found)| {
                // 「この条約」, 「本条項」, 「この目的」 name no unit.
                !lead[at + found.len()..].starts_with(['約', '例', '項', '件', '的', '紙', '標'])
                    && (lead[..at].ends_with("以下") || !lead[..at].ends_with(super::word::is_kanji))
            })
        });
        if named && let Some(holder) = contract.enclosing(unit, kind) {
            units.push(holder);
            if kind == UnitKind::Article && lead.contains("次条") {
                units.extend(next_article(contract, holder));
            }
        }
    }
    // More than the unit at hand, in words that are not understood: the whole document rather than too little.
    if units.len() == 1 && lead.contains('第') { Vec::new() } else { units }
}

/// The article behind an article.
pub fn next_article(contract: &Contract, id: UnitId) -> Option<UnitId> {
    let siblings = &contract.unit(contract.unit(id).parent?).children;
    siblings.iter().copied().find(|&other| other > id && contract.unit(other).kind == UnitKind::Article)
}
