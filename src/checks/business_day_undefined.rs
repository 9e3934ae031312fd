//! See `rules/value/business-day-undefined.md`.

use crate::report::Report;
use crate::rule::Context;
use crate::text::places;

/// Reports the first 営業日 of a document that does not say which days these are.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    let Some(at) = places(text, "営業日").next() else { return };
    const SAYS: [&str; 14] = [
        "営業日」",
        "営業日とは",
        "営業日：",
        "営業日:",
        "営業日は、",
        "営業日（",
        "営業日をいう",
        "銀行営業日",
        "休業日",
        "休日",
        "祝日",
        "祝祭日",
        "営業する日",
        "営業日及び営業時間",
    ];
    if SAYS.iter().any(|word| text.contains(word)) {
        return;
    }
    let finding = report.span(flow.span(at..at + "営業日".len()), "「営業日」がどの日を指すのかが書かれていません。");
    finding.help("「土曜日、日曜日及び国民の祝日に関する法律に規定する休日を除く日をいう。」などと書いてください。");
}
