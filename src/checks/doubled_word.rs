//! See `rules/wording/doubled-word.md`.

use crate::analysis::term::word::{is_kanji, is_noun};
use crate::contract::ContentKind;
use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;
use crate::text::places;

/// Particles that no noun has twice.
const PARTICLES: [&str; 6] = ["を", "は", "が", "に", "の", "で"];

/// The shortest word that is no chance, and the longest that is looked at, in bytes.
const SHORTEST: usize = "損害".len();
const LONGEST: usize = 48;

/// Reports 「報酬をを」 and 「損害を損害を」.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let flow = contract.flow();
    let text = flow.as_str();
    for particle in PARTICLES {
        // Where the particle before ended.
        let mut before = None;
        for at in places(text, particle) {
            let end = at + particle.len();
            let Some(earlier) = before.replace(end) else { continue };
            let word = &text[earlier..at];
            // 「こののち」 and 「父母ははは」 are something else.
            let doubled = word.is_empty()
                && text[..earlier - particle.len()].ends_with(is_written_word)
                && !text[end..].starts_with(is_hiragana);
            // 「子会社の子会社の株式」 is right.
            let repeated = particle != "の"
                && (SHORTEST..=LONGEST).contains(&word.len())
                && text[..earlier - particle.len()].ends_with(word)
                && word.chars().all(is_written_word)
                && !word.contains('々')
                && !text[..earlier - particle.len() - word.len()].ends_with(is_noun);
            if !doubled && !repeated {
                continue;
            }
            let start = earlier - particle.len() - word.len();
            let content = contract.contents().get(flow.content_at(start));
            let in_text = content.is_some_and(|content| content.kind == ContentKind::Text);
            let span = flow.span(start..end);
            if !in_text || is_quoted(&text[..start]) {
                continue;
            }
            let once = &text[earlier..end];
            let finding = report.span(span, format!("「{}」と、同じ語が重なっています。", &text[start..end]));
            finding.help(format!("「{once}」にしてください。"));
            let edits = vec![Edit { span: flow.span(start..earlier), text: String::new() }];
            let same_line = flow.span(start..earlier).len() as usize == earlier - start;
            finding.fix =
                same_line.then(|| Fix { title: format!("「{once}」にする"), safety: Safety::Unsafe, edits });
        }
    }
}

/// Whether a quotation is open behind a text.
fn is_quoted(before: &str) -> bool {
    const LOOKED_AT: usize = 60;
    before.chars().rev().take(LOOKED_AT).find(|c| matches!(c, '「' | '」' | '\n')) == Some('「')
}

/// Whether a word is written with it: a kanji, a katakana, a letter or a digit.
fn is_written_word(character: char) -> bool {
    is_noun(character) || is_kanji(character)
}

fn is_hiragana(character: char) -> bool {
    matches!(character, 'ぁ'..='ん')
}
