//! See `rules/execution/guarantor-signature.md`.

use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;
use crate::text::places;

/// Reports a guarantor of whom the text speaks and for whom there is no place to sign.
pub fn check(context: &Context, report: &mut Report) {
    const GUARANTORS: [&str; 2] = ["保証人は", "保証人が"];
    const JOINT: &str = "連帯";
    const ELSEWHERE: [&str; 4] = ["保証会社", "保証書", "保証契約書", "別途保証"];
    let (contract, analysis) = (context.contract, context.analysis);
    let flow = contract.flow();
    let text = flow.as_str();
    let guarantees = GUARANTORS.iter().find_map(|words| {
        let at = places(text, words).find(|&at| {
            let sentence = &text[analysis.sentences().at(at)];
            sentence.contains("保証する") && analysis.is_own_text(at)
        });
        at.map(|at| at - if text[..at].ends_with(JOINT) { JOINT.len() } else { 0 }..at + words.len())
    });
    let Some(words) = guarantees else { return };
    let mut blocks = contract.ids_of(UnitKind::Signature).map(|block| &text[analysis.range_of(block)]).peekable();
    // A label that stands for the guarantor has its place to sign where the party has one.
    let beside = ["保証人", "丙"];
    let has_place = blocks.peek().is_none() || blocks.any(|block| beside.iter().any(|word| block.contains(word)));
    if !has_place && !ELSEWHERE.iter().any(|word| text.contains(word)) {
        report
            .span(flow.span(words), "保証人が保証するとされていますが、署名欄に保証人の欄がありません。")
            .help("署名欄に保証人の欄を加えるか、保証契約を別の書面でするかを確かめてください。");
    }
}
