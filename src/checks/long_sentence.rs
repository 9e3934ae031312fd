//! See `rules/wording/long-sentence.md`.

use crate::report::Report;
use crate::rule::Context;

/// From how many characters on a sentence is long.
const LONG: usize = 200;
/// With so many levels of brackets it is hard to read.
const DEEP: usize = 3;

/// Reports long sentences with brackets in brackets.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    for sentence in context.analysis.sentences().iter() {
        let words = flow.as_str()[sentence.clone()].trim_matches('\n');
        let count = words.chars().count();
        let depth = depth(words);
        if count <= LONG || depth < DEEP {
            continue;
        }
        let start = sentence.end - flow.as_str()[sentence.clone()].trim_start_matches('\n').len();
        let first = words.char_indices().nth(10).map_or(words.len(), |(at, _)| at);
        let message = format!("この文は{count}字あり、括弧が{depth}重になっています。");
        let finding = report.span(flow.span(start..start + first), message);
        finding.help("文を分けるか、括弧の中を別の項や定義に出してください。");
    }
}

/// How many brackets are open at once.
fn depth(words: &str) -> usize {
    let mut open = 0usize;
    let mut deepest = 0;
    for character in words.chars() {
        match character {
            '（' | '「' | '『' | '【' => open += 1,
            '）' | '」' | '』' | '】' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}
