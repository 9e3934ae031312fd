//! See `rules/value/holiday-rule-missing.md`.

use crate::report::Report;
use crate::rule::Context;
use crate::text::places;

/// Reports the first fixed day of payment in a document that does not say what holds on a holiday.
pub fn check(context: &Context, report: &mut Report) {
    let analysis = context.analysis;
    let flow = context.contract.flow();
    let text = flow.as_str();
    if ["休業日", "営業日", "休日", "祝日", "銀行休", "金融機関の休"].iter().any(|word| text.contains(word))
    {
        return;
    }
    let day = places(text, "末日までに").map(|at| at..at + "末日".len()).find(|range| {
        let sentence = analysis.sentences().at(range.start);
        let words = &text[sentence];
        let paid = ["支払う", "支払い", "支払います", "振り込む", "振込"].iter().any(|word| words.contains(word));
        paid && analysis.is_own_text(range.start)
    });
    if let Some(range) = day {
        let finding = report.span(flow.span(range), "支払の期日が金融機関の休業日に当たるときの定めがありません。");
        finding.help("「期日が金融機関の休業日に当たるときは、その前の営業日までに支払う。」などと書いてください。");
    }
}
