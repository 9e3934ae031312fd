//! See `rules/allow/malformed-allow.md`.

use crate::allow::State;
use crate::report::Report;
use crate::rule::Context;

/// Reports waivers that cannot be read.
pub fn check(context: &Context, report: &mut Report) {
    for waiver in context.waivers {
        if let State::Malformed(why) = &waiver.state {
            let finding =
                super::report_waiver(report, context, waiver, format!("許容の書き方が正しくありません: {why}。"));
            finding.help("例: <!-- keiyaku-allow rule = \"empty-item\", reason = \"別紙で定める\" -->。");
        }
    }
}
