//! See `rules/value/corporate-number.md`.

use super::check_digit::{add, behind, is_placeholder};
use crate::analysis::check_digit::is_corporate_number;
use crate::report::Report;
use crate::rule::Context;

/// Reports 法人番号 that cannot be one.
pub fn check(context: &Context, report: &mut Report) {
    for (place, digits) in behind(context, "法人番号") {
        if is_placeholder(&digits) || is_corporate_number(&digits) {
            continue;
        }
        let message = match digits.len() {
            13 => format!("「{digits}」は、法人番号の検査用数字が合いません。"),
            count => format!("法人番号は13桁ですが、「{digits}」は{count}桁です。"),
        };
        add(context, report, place, message);
    }
}
