//! See `rules/allow/unused-allow.md`.

use crate::allow::State;
use crate::report::Report;
use crate::rule::Context;

/// Reports waivers for which nothing is found.
pub fn check(context: &Context, report: &mut Report) {
    for waiver in context.waivers.iter().filter(|waiver| waiver.state == State::Unused) {
        let message = format!("{}に当たる指摘がありません。", super::waiver_name(waiver));
        let finding = super::report_waiver(report, context, waiver, message);
        finding.help("指摘された箇所が直っていれば、この許容を削除してください。");
    }
}
