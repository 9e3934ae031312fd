//! Rates of interest on loans, held against the caps of 利息制限法 for the principal.

use super::yearly_rate::yearly;
use crate::analysis::Analysis;
use crate::report::Report;
use crate::rule::Context;

/// Reports the yearly rates in sentences with one of `words` and none of `without` that are above the cap of the table `id`.
pub(super) fn report_above(context: &Context, report: &mut Report, id: &str, words: &[&str], without: &[&str]) {
    let analysis = context.analysis;
    let Some(principal) = principal(analysis) else { return };
    let date = analysis.facts().law_of;
    let rates = &analysis.rulebook().vocabulary().rates;
    let Some(cap) = rates.iter().find(|rate| rate.id == id && rate.holds(date, principal)) else { return };
    let flow = context.contract.flow();
    let text = flow.as_str();
    for rate in yearly(text) {
        let sentence = &text[analysis.sentences().at(rate.flow.start)];
        let meant =
            words.iter().any(|word| sentence.contains(word)) && !without.iter().any(|word| sentence.contains(word));
        if meant && rate.thousandths > cap.thousandths() && analysis.is_own_text(rate.flow.start) {
            let written = &text[rate.flow.clone()];
            let message = format!(
                "「{written}」は、元本{}の{}（{}{}により年{}%）を超えます。",
                crate::analysis::money::yen(principal),
                cap.title,
                cap.law,
                cap.article,
                cap.percent
            );
            let help = format!("年{}%以下としてください。超える部分は無効とされます。", cap.percent);
            report.span(flow.span(rate.flow), message).help(help);
        }
    }
}

/// The amount that is lent: the one in a sentence that speaks of lending. `None` where several differ by more than the bands forgive.
fn principal(analysis: &Analysis) -> Option<u64> {
    let text = analysis.contract().flow().as_str();
    let lent = analysis.amounts().iter().filter(|amount| {
        let sentence = &text[analysis.sentences().at(amount.flow.start)];
        ["貸し付け", "貸付け", "貸し渡", "借り受け", "借り入れ", "借用", "貸付金額", "借入金額"]
            .iter()
            .any(|word| sentence.contains(word))
            && analysis.is_own_text(amount.flow.start)
    });
    let band = |yen: u64| if yen < 100_000 { 0 } else { 1 + u8::from(yen >= 1_000_000) };
    let mut lent = lent.map(|amount| amount.yen).filter(|yen| *yen > 0);
    let first = lent.next()?;
    lent.all(|yen| band(yen) == band(first)).then_some(first)
}
