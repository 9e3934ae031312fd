//! Lists and tables of definitions: articles headed 定義, and lists led in by 「次の各号に掲げる用語の意義は、…」.

use std::ops::Range;

use super::definition::NO_NAMES;
use super::place::outside_of_brackets;
use super::{Form, Term, sentences};
use crate::contract::{Content, ContentKind, Contract, Unit, UnitId, UnitKind};
use crate::syntax::is_blank;
use crate::text::ends_with_any;

/// The longest name in a list, in characters.
const LONGEST: usize = 24;

/// Adds the entries of lists and tables of definitions.
pub fn add_entries(contract: &Contract, found: &mut Vec<Term>) {
    let defining = lists_of_definitions(contract);
    let known: foldhash::HashSet<usize> = found.iter().map(|term| term.flow.start).collect();
    let runs: Vec<(usize, Range<usize>)> = sentences(contract).collect();
    for (index, (first, range)) in runs.iter().enumerate() {
        let content = contract.contents()[*first];
        if !content.kind.is_text() {
            continue;
        }
        let own = content.unit;
        if !defining[own.0 as usize] {
            continue;
        }
        let text = &contract.flow().as_str()[range.clone()];
        let entry = match content.kind {
            ContentKind::Cell => row(contract, &runs, index),
            _ => line(text).map(|(name, behind)| {
                (range.start + name.start..range.start + name.end, range.start + behind..range.end)
            }),
        };
        let Some((name, meaning)) = entry.filter(|(name, _)| !known.contains(&name.start)) else { continue };
        let written = &contract.flow().as_str()[name.clone()];
        if NO_NAMES.contains(&written) || ["用語", "定義", "項目", "名称"].contains(&written) {
            continue;
        }
        found.push(Term {
            name: written.to_string(),
            span: contract.flow().span(name.clone()),
            unit: own,
            form: Form::Entry,
            whole: name.start..meaning.end,
            meaning,
            scope: Vec::new(),
            flow: name,
            uses: Vec::new(),
        });
    }
}

/// Of each unit, whether it lies in a list of definitions: below a heading 定義, or below a sentence that announces definitions.
fn lists_of_definitions(contract: &Contract) -> Vec<bool> {
    let titled = |unit: &Unit| {
        let caption = unit.caption.map(|caption| contract.text().slice(caption));
        caption.is_some_and(|caption| caption.contains("定義") || caption.contains("用語"))
    };
    let announces = |id: UnitId| {
        let lead: Option<&Content> = contract.contents_of(id).iter().find(|c| c.unit == id && c.kind.is_text());
        lead.is_some_and(|content| {
            let text = contract.text().slice(content.span);
            ["用語の意義", "用語の定義", "用語の意味", "用語は", "定義は"].iter().any(|w| text.contains(w))
        })
    };
    // What holds others comes before them.
    let (mut defining, mut holding) = (Vec::new(), Vec::new());
    for id in contract.ids() {
        let unit = contract.unit(id);
        let defines = unit.parent.is_some_and(|parent: UnitId| holding[parent.0 as usize]) || titled(unit);
        let may_announce = !unit.children.is_empty() && matches!(unit.kind, UnitKind::Paragraph | UnitKind::Item);
        defining.push(defines);
        holding.push(defines || may_announce && announces(id));
    }
    defining
}

/// 「X」…, 「X　…をいう。」, `X：…`: the name and where its meaning begins.
fn line(text: &str) -> Option<(Range<usize>, usize)> {
    let quoted = text.strip_prefix(['「', '『']);
    let start = text.len() - quoted.unwrap_or(text).len();
    let rest = &text[start..];
    let mark = |c: char| matches!(c, '：' | ':' | '…' | '」' | '』') || quoted.is_none() && is_blank(c);
    let end = rest.char_indices().take(LONGEST + 1).find(|(_, c)| mark(*c)).map(|(at, _)| at)?;
    let name = &rest[..end];
    let plain = |c: char| super::word::is_noun(c) || super::word::is_hiragana(c) || matches!(c, '（' | '）' | '-');
    let verb = ends_with_any(name, &["する", "した", "は", "が", "を", "に", "とは", "ます", "において"]);
    if name.is_empty() || !name.chars().all(plain) || verb {
        return None;
    }
    let behind = rest[end..].trim_start_matches(|c| mark(c) || is_blank(c));
    let behind_at = text.len() - behind.len();
    // 「X」　…; without 「」 only what says whatever it is.
    let titled = rest[end..].starts_with([':', '：']) && behind.chars().count() >= 10;
    let says = quoted.is_some() || titled || {
        let sentence = behind.trim_end_matches(['。', '）']);
        ends_with_any(sentence, &["いう", "いいます", "指す", "指します", "意味する", "もの", "者"]) || {
            // 「…をいい、…を含む。」, 「…をいう。ただし、…を除く。」
            let plain = outside_of_brackets(sentence);
            ["をいい、", "をいう。", "を指し、", "を意味し、"].iter().any(|word| plain.contains(word))
        }
    };
    (says && !behind.is_empty() && !behind.starts_with("とは")).then_some((start..start + end, behind_at))
}

/// The first cell of a row whose second cell says what it is.
fn row(contract: &Contract, runs: &[(usize, Range<usize>)], index: usize) -> Option<(Range<usize>, Range<usize>)> {
    let text = contract.text();
    let line_of = |run: &(usize, Range<usize>)| {
        let content = contract.contents()[run.0];
        (content.kind == ContentKind::Cell).then(|| text.line_index(content.span.start))
    };
    let here = line_of(&runs[index])?;
    let first = index.checked_sub(1).and_then(|before| line_of(&runs[before])) != Some(here);
    let next = runs.get(index + 1).filter(|next| line_of(next) == Some(here))?;
    let flow = contract.flow().as_str();
    let name = runs[index].1.clone();
    let written = &flow[name.clone()];
    let meaning = next.1.clone();
    let says = flow[meaning.clone()].trim_end_matches('。');
    let long = ends_with_any(says, &["いう", "いいます", "指す", "もの", "者", "こと"]);
    let quote = written.starts_with('「') && written.ends_with('」');
    let name = if quote { name.start + '「'.len_utf8()..name.end - '」'.len_utf8() } else { name };
    (first && long && written.chars().count() <= LONGEST && !written.contains(['。', '、'])).then_some((name, meaning))
}
