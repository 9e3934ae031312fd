//! See `rules/wording/register-mix.md`.

use std::ops::Range;

use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;
use crate::text::trailing_word;

const POLITE: [&str; 7] = ["ます", "です", "ません", "ました", "でした", "ましょう", "ください"];
const PLAIN: [&str; 12] =
    ["する", "ある", "ない", "いう", "できる", "ならない", "負う", "行う", "られる", "される", "得る", "なる"];

/// Reports sentences that end in ます among such that end in する, or the reverse; the rarer, once.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    let mut polite: Vec<Range<usize>> = Vec::new();
    let mut plain: Vec<Range<usize>> = Vec::new();
    for sentence in context.analysis.sentences().iter() {
        let Some(end) =
            text[sentence.clone()].trim_end_matches('\n').strip_suffix('。').map(|s| sentence.start + s.len())
        else {
            continue;
        };
        let words = &text[sentence.start..end];
        let Some(word) = trailing_word(words, &PLAIN).or_else(|| trailing_word(words, &POLITE)) else { continue };
        // Notes below a list and forms in an annex are written otherwise than the provisions.
        let unit = context.analysis.unit_at(end - 1);
        let provision = context.contract.enclosing(unit, UnitKind::Article).is_some()
            && context.contract.enclosing(unit, UnitKind::Annex).is_none()
            && context.analysis.is_own_text(end - 1);
        if provision {
            let place = end - word.len()..end;
            if POLITE.contains(&word) { polite.push(place) } else { plain.push(place) }
        }
    }
    if polite.is_empty() || plain.is_empty() {
        return;
    }
    let (rarer, names) = if polite.len() <= plain.len() {
        (polite, ["である", "です・ます"])
    } else {
        (plain, ["です・ます", "である"])
    };
    let message = format!("{}調の文の中に、{}調の文があります（{}か所）。", names[0], names[1], rarer.len());
    let finding = report.span(flow.span(rarer[0].clone()), message);
    finding.help(format!("{}調にそろえてください。", names[0]));
    for place in rarer.iter().skip(1).take(9) {
        finding.related(flow.span(place.clone()), "ここも違います");
    }
}
