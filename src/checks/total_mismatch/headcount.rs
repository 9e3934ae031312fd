//! Persons whom the parties choose: 「取締役は5名とし、甲が3名を、乙が2名を指名する」.

use crate::report::Report;
use crate::rule::Context;
use crate::text::starts_with_any;

const WHOLE: [&str; 6] = ["名とし", "人とし", "名で構成", "人で構成", "名と定め", "名からな"];

/// Compares how many persons there are with how many each party chooses.
pub(super) fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    let numerals = context.analysis.numerals();
    for (index, whole) in numerals.iter().enumerate() {
        if !starts_with_any(&text[whole.flow.end..], &WHOLE) {
            continue;
        }
        let sentence = context.analysis.sentences().at(whole.flow.start);
        let behind = numerals[index + 1..].iter().take_while(|numeral| numeral.flow.end <= sentence.end);
        let mut read = whole.flow.end;
        let mut chosen: Vec<(usize, u64)> = Vec::new();
        // 「残る1名は、協議して定める」
        let mut others = false;
        for part in behind.filter(|part| starts_with_any(&text[part.flow.end..], &["名", "人"])) {
            let before = &text[read..part.flow.start];
            read = part.flow.end;
            match chooser(context, before) {
                Some(party) => chosen.push((party, part.value)),
                None => others = true,
            }
        }
        let parties = chosen.iter().map(|(party, _)| *party).collect();
        let Some(all) = context.analysis.parties().are_all(parties) else { continue };
        let sum = chosen.iter().fold(0_u64, |sum, (_, part)| sum.saturating_add(*part));
        if chosen.len() >= 2 && !others && (all && sum != whole.value || sum > whole.value) {
            let message = format!("全部で{}名ですが、当事者ごとの人数を足すと{sum}名です。", whole.value);
            let finding = report.span(flow.span(whole.flow.clone()), message);
            finding.help("全部の人数と当事者ごとの人数のどれが正しいかを確かめてください。");
        }
    }
}

/// The party that chooses persons: 「甲が」 before 「3名を」.
fn chooser(context: &Context, before: &str) -> Option<usize> {
    let words = ["が", "は", "から", "の指名する"].into_iter().find_map(|word| before.strip_suffix(word))?;
    let parties = &context.analysis.parties().all;
    parties.iter().position(|party| words.ends_with(party.label.as_str()))
}
