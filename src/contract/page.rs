//! Page numbers that stand between the lines of a text taken out of a paginated document. A reader looks past them, and a sentence goes on
//! behind them.

use std::borrow::Cow;

use crate::number::parse_unit_number;
use crate::syntax::{Line, Region, is_blank, trim};
use crate::text::Text;

/// The longest line that is looked at, in bytes: 「－ １２３ ／ ４５６ ページ －」 with what stands around it.
const LONGEST: u32 = 96;
/// How far to the right a lone number stands that is no number of an item, in cells.
const FAR: u16 = 16;
/// How many lines a page has at least.
const PAGE: usize = 12;

/// Letters before the number of a page.
const P: [char; 4] = ['p', 'P', 'ｐ', 'Ｐ'];

/// What a line is among pages.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Nothing but the number of a page: 「- 3 -」, 「3 / 12」, 「p. 3」, 「3ページ」.
    Page,
    /// A lone number: that of a page if the others count up too.
    Lone(u32),
}

/// The lines without page numbers. Blank lines around one go with it where a sentence goes on behind it.
pub fn without_page_numbers<'l>(text: &Text, lines: &'l [Line]) -> Cow<'l, [Line]> {
    let mut marks: Vec<(usize, Mark)> = (0..lines.len()).filter_map(|i| Some((i, mark_of(text, &lines[i])?))).collect();
    if !count_pages(lines, &marks) {
        marks.retain(|(_, mark)| *mark == Mark::Page);
    }
    if marks.is_empty() {
        return Cow::Borrowed(lines);
    }
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    let mut next = 0;
    // Behind the last kept line that is not blank.
    let mut held = 0;
    for (index, _) in marks {
        let between = &lines[next..index];
        if let Some(last) = between.iter().rposition(|line| line.region != Region::Blank) {
            held = kept.len() + last + 1;
        }
        kept.extend_from_slice(between);
        next = index + 1;
        let ended = held.checked_sub(1).is_none_or(|last| {
            let line = &kept[last];
            let before = text.slice(trim(text, line.span));
            line.region != Region::Text || line.heading > 0 || before.ends_with(['。', '．', '：', ':'])
        });
        if !ended {
            kept.truncate(held);
            next += lines[next..].iter().take_while(|line| line.region == Region::Blank).count();
        }
    }
    kept.extend_from_slice(&lines[next..]);
    Cow::Owned(kept)
}

/// What a line is, if it is a number and nothing else.
fn mark_of(text: &Text, line: &Line) -> Option<Mark> {
    let looked_at = matches!(line.region, Region::Text | Region::Noise) && line.heading == 0;
    if !looked_at || line.span.len() > LONGEST {
        return None;
    }
    let words = text.slice(line.span).trim_matches(is_blank);
    let dash = |c: char| matches!(c, '-' | '－' | '−' | '‐' | '–' | '—' | '―' | 'ー' | '~' | '〜' | '～');
    if !words.starts_with(|c| dash(c) || is_digit(c) || P.contains(&c)) {
        return None;
    }
    let inner = words.trim_matches(dash);
    let dashed = inner.len() < words.len() && words.starts_with(dash) && words.ends_with(dash);
    let inner = inner.trim_matches(is_blank);
    let page = inner.trim_end_matches("ページ").trim_end_matches('頁').trim_end_matches(is_blank);
    let named = page.len() < inner.len();
    let unlettered = page.trim_start_matches(P).trim_start_matches(['.', '．', ' ']);
    let lettered = unlettered.len() < page.len() && !unlettered.is_empty();
    let (first, last) = match unlettered.split_once(['/', '／']) {
        Some((first, last)) => (first, Some(number(last.trim_matches(is_blank))?)),
        None => (unlettered, None),
    };
    // 「1/2」 is a fraction or a day.
    let spaced = first.ends_with(is_blank);
    let first = number(first.trim_matches(is_blank))?;
    match last {
        _ if dashed || lettered || named => Some(Mark::Page),
        Some(last) => (spaced && first <= last).then_some(Mark::Page),
        None if inner.len() == words.len() => Some(Mark::Lone(first)),
        None => None,
    }
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || ('０'..='９').contains(&character)
}

/// The number that some words are, in digits of either width.
fn number(words: &str) -> Option<u32> {
    if !words.chars().all(is_digit) || words.chars().count() > 3 { None } else { parse_unit_number(words) }
}

/// Whether the lone numbers of a text count up one by one, each a page behind the one before or far to the right.
fn count_pages(lines: &[Line], marks: &[(usize, Mark)]) -> bool {
    let lone: Vec<(usize, u32)> = marks
        .iter()
        .filter_map(|(at, mark)| if let Mark::Lone(number) = mark { Some((*at, *number)) } else { None })
        .collect();
    let far = |at: usize| lines[at].indent >= FAR;
    lone.len() >= 2
        && lone.windows(2).all(|pair| pair[1].1 == pair[0].1 + 1)
        && (lone.iter().all(|(at, _)| far(*at)) || lone.windows(2).all(|pair| pair[1].0 - pair[0].0 >= PAGE))
}

#[cfg(test)]
mod tests {
    use crate::contract::Contract;
    use crate::text::Text;

    /// What a text reads as: for each piece of it, its unit and the words.
    fn read(text: &str) -> Vec<String> {
        let contract = Contract::parse(Text::new(text));
        let piece = |content: &crate::contract::Content| {
            format!("{} {}", contract.citation(content.unit), contract.text().slice(content.span))
        };
        contract.contents().iter().map(piece).collect()
    }

    #[test]
    fn a_sentence_goes_on_behind_the_number_of_a_page() {
        for page in ["- 1 -", "－ １ －", "―１―", "1 / 5", "p. 1", "1ページ", "\n- 1 -\n"] {
            let before = "第１条（目的）\n　甲は、清掃を委託し、乙は、\n";
            let behind = "これを受託する。\n２　乙は、従う。\n";
            let text = format!("{before}{page}\n{behind}");
            assert_eq!(read(&text), read(&format!("{before}{behind}")), "{page}");
        }
    }

    #[test]
    fn lone_numbers_that_count_up_page_by_page_are_no_items() {
        let page = "甲は、乙に対し、清掃を委託する。\n".repeat(14);
        let pages = |first: &str, second: &str| format!("第１条（目的）\n{page}{first}{page}{second}{page}");
        let plain = read(&pages("", ""));
        assert_eq!(read(&pages("1\n", "2\n")), plain);
        assert_ne!(read(&pages("1\n", "3\n")), plain, "they do not count up");
        let near =
            |first: &str, second: &str| format!("第１条（目的）\n次のとおりとする。\n{first}品名\n{second}数量\n");
        assert_ne!(read(&near("1\n", "2\n")), read(&near("", "")), "they stand near each other");
    }
}
