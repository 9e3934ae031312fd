//! See `rules/notation/bracket-width-mismatch.md`.

use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;

/// Reports brackets that open in one width and close in the other.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = context.contract.text();
    let length = '（'.len_utf8();
    for &(open, close) in &context.analysis.brackets().pairs {
        let (first, last) = (flow.span(open..open + length), flow.span(close..close + length));
        let instead = match (text.slice(first), text.slice(last)) {
            ("（", ")") => "）",
            ("(", "）") => ")",
            ("「", "｣") => "」",
            ("｢", "」") => "｣",
            _ => continue,
        };
        let message = format!("「{}」で開いた括弧が「{}」で閉じられています。", text.slice(first), text.slice(last));
        let finding = report.span(last, message);
        finding.help("開き括弧の幅にそろえてください。").related(first, "開き括弧");
        let edit = Edit { span: last, text: instead.into() };
        finding.fix =
            Some(Fix { title: "括弧の幅をそろえる".into(), safety: Safety::Safe, edits: vec![edit] });
    }
}
