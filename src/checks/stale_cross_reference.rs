//! See `rules/reference/stale-cross-reference.md`.

use crate::report::Report;
use crate::rule::Context;

/// Reports cross-references of Word that show a number which is no longer that of their target.
pub fn check(context: &Context, report: &mut Report) {
    let text = context.contract.text();
    for number in text.stale_numbers() {
        let (shown, now) = (text.slice(number.span), &number.now);
        let message = format!("相互参照が「{shown}」と表示していますが、参照先の番号は「{now}」です。");
        report.span(number.span, message).help("Word で Ctrl+A を押してから F9 を押し、フィールドを更新してください。");
    }
}
