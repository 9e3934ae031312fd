//! See `rules/wording/doubled-word.md`.

use crate::analysis::term::word::is_noun;
use crate::contract::ContentKind;
use crate::finding::{Edit, Fix, Safety};
use crate::plane::Plane;
use crate::report::Report;
use crate::rule::Context;

/// Particles that no noun has twice.
const PARTICLES: [char; 6] = ['を', 'は', 'が', 'に', 'の', 'で'];
static PLACES: Plane = Plane::of(&PARTICLES);
const LENGTH: usize = 'を'.len_utf8();

/// The shortest word that is no chance, and the longest that is looked at, in bytes.
const SHORTEST: usize = "損害".len();
const LONGEST: usize = 48;

/// Reports 「報酬をを」 and 「損害を損害を」.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let flow = contract.flow();
    let text = flow.as_str();
    // Where the last of each particle ended.
    let mut ends = [None; PARTICLES.len()];
    for at in PLACES.places(text) {
        let end = at + LENGTH;
        let particle = PARTICLES.iter().position(|particle| text[at..].starts_with(*particle));
        let Some(earlier) = particle.and_then(|particle| ends[particle].replace(end)) else { continue };
        let word = &text[earlier..at];
        if word.len() > LONGEST || !word.is_empty() && word.len() < SHORTEST {
            continue;
        }
        let before = &text[..earlier - LENGTH];
        // 「こののち」 and 「父母ははは」 are something else; 「子会社の子会社の株式」 is right.
        let is_doubled = match word {
            "" => before.ends_with(is_noun) && !text[end..].starts_with(is_hiragana),
            _ => {
                before.ends_with(word)
                    && !text[at..].starts_with('の')
                    && word.chars().all(is_noun)
                    && !word.contains('々')
                    && !before[..before.len() - word.len()].ends_with(is_noun)
            }
        };
        if !is_doubled {
            continue;
        }
        let start = before.len() - word.len();
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
        finding.fix = same_line.then(|| Fix { title: format!("「{once}」にする"), safety: Safety::Unsafe, edits });
    }
}

/// Whether a quotation is open behind a text.
fn is_quoted(before: &str) -> bool {
    const LOOKED_AT: usize = 60;
    before.chars().rev().take(LOOKED_AT).find(|c| matches!(c, '「' | '」' | '\n')) == Some('「')
}

fn is_hiragana(character: char) -> bool {
    matches!(character, 'ぁ'..='ん')
}
