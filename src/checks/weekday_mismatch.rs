//! See `rules/value/weekday-mismatch.md`.

use crate::report::Report;
use crate::rule::Context;

const NAMES: [&str; 7] = ["月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日"];

/// Reports dates with the weekday of another day.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    for mention in &context.analysis.dates().mentions {
        let (Some(date), Some((weekday, place))) = (mention.date(), &mention.weekday) else { continue };
        if date.weekday() == *weekday {
            continue;
        }
        let written = &flow.as_str()[mention.flow.clone()];
        let message = format!("{written}は、{}です。", NAMES[date.weekday()]);
        let words = mention.flow.start..place.end;
        report.span(flow.span(words), message).help("日付と曜日のどちらが正しいかを確かめてください。");
    }
}
