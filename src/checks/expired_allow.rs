//! See `rules/allow/expired-allow.md`.

use crate::allow::State;
use crate::report::Report;
use crate::rule::Context;

/// Reports waivers whose clause has changed or whose last day is past.
pub fn check(context: &Context, report: &mut Report) {
    for waiver in context.waivers {
        let (message, clause) = match &waiver.state {
            State::Changed(now) => ("の後に条文が変わったため、効力を失いました。".to_string(), Some(now)),
            State::Ended(until) => (format!("の期限（{}）が過ぎました。", until.japanese()), None),
            _ => continue,
        };
        let message = super::waiver_name(waiver) + &message;
        let finding = super::report_waiver(report, context, waiver, message);
        match clause {
            Some(now) => {
                finding.help(format!("条文を確認し、なお受け入れるときは clause = \"{now}\" に書き換えてください。"))
            }
            None => finding.help("なお受け入れるときは until を書き換え、受け入れないときは許容を削除してください。"),
        };
    }
}
