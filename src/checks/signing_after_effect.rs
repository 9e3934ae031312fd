//! See `rules/value/signing-after-effect.md`.

use std::ops::Range;

use super::signing_day::signing_day;
use crate::date::Date;
use crate::report::Report;
use crate::rule::Context;
use crate::text::starts_with_any;

/// Reports terms that began before the day of signing, where nothing says that the contract reaches back.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let text = contract.flow().as_str();
    let dates = context.analysis.dates();
    let Some((signed, place)) = signing_day(context) else { return };
    let start = dates.mentions.iter().find_map(|mention| {
        let sentence = context.analysis.sentences().at(mention.flow.start);
        let before = &text[sentence.start..mention.flow.start];
        let term = [
            "有効期間は",
            "契約期間は",
            "本契約の期間は",
            "委託期間は",
            "契約の期間は",
            "本契約は",
            "本契約の効力は",
            "効力発生日は",
            "効力発生日」という。）は",
            "発効日は",
        ];
        let first: Option<Date> = mention.date();
        let begins = starts_with_any(
            &text[mention.end()..],
            &["から", "より", "に効力", "に発効", "に発生", "とする", "をもって"],
        );
        // A wording that is put into another contract speaks of that one.
        let own = context.analysis.is_own_text(mention.flow.start);
        (own && term.iter().any(|word| before.ends_with(&format!("{word}、")) || before.ends_with(word)) && begins)
            .then_some((first?, mention.flow.clone()))
    });
    let is_meant = |place: &Range<usize>| {
        let sentence = &text[context.analysis.sentences().at(place.start)];
        ["遡", "さかのぼ"].iter().any(|word| text.contains(word))
            || ["既に", "従前"].iter().any(|word| sentence.contains(word))
    };
    if let Some((start, words)) = start.filter(|(start, place)| *start < signed && !is_meant(place)) {
        let flow = contract.flow();
        let message = format!("期間が、締結日（{}）より前の{}に始まっています。", signed.japanese(), start.japanese());
        let finding = report.span(flow.span(words), message);
        finding.help("締結日より前に遡って適用するのであれば、その旨を書いてください。");
        finding.related(flow.span(place), "締結日");
    }
}
