//! See `rules/allow/unsealed-allow.md`.

use crate::allow::State;
use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;
use crate::text::Span;

/// Reports waivers that do not say which text of the clause was looked at; in a comment the fix writes it.
pub fn check(context: &Context, report: &mut Report) {
    let text = context.contract.text();
    for waiver in context.waivers {
        let State::Unsealed(now) = &waiver.state else { continue };
        let message = format!("{}に、確認した条文の記録（clause）がありません。", super::waiver_name(waiver));
        let finding = super::report_waiver(report, context, waiver, message);
        finding.help(format!("clause = \"{now}\" を書き足してください。条文が変わったときに、許容が効力を失います。"));
        if let Some(comment) = waiver.comment {
            let inner = text.slice(comment).strip_suffix("-->").unwrap_or_default().trim_end();
            let place = Span::empty(comment.start + inner.len() as u32);
            let comma = if inner.ends_with(',') { "" } else { "," };
            finding.fix = Some(Fix {
                title: "今の条文を記録する".into(),
                safety: Safety::Safe,
                edits: vec![Edit { span: place, text: format!("{comma} clause = \"{now}\"") }],
            });
        }
    }
}
