//! See `rules/notation/unbalanced-bracket.md`.

use crate::report::Report;
use crate::rule::Context;

/// Reports brackets without a partner.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    for &at in &context.analysis.brackets().unmatched {
        let Some(bracket) = flow.as_str()[at..].chars().next() else { continue };
        let span = flow.span(at..at + bracket.len_utf8());
        let opening = "（「『【〔《〈｛".contains(bracket);
        let message = match opening {
            true => format!("「{bracket}」が閉じられていません。"),
            false => format!("「{bracket}」に対応する開き括弧がありません。"),
        };
        let help = if opening {
            "閉じ括弧を補うか、余分な括弧を削除してください。"
        } else {
            "開き括弧を補うか、余分な括弧を削除してください。"
        };
        report.span(span, message).help(help);
    }
}
