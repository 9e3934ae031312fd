//! See `rules/value/invoice-number.md`.

use super::check_digit::{add, behind, is_placeholder};
use crate::analysis::check_digit::is_corporate_number;
use crate::report::Report;
use crate::rule::Context;

/// Reports registration numbers of invoice issuers that cannot be one.
pub fn check(context: &Context, report: &mut Report) {
    let text = context.contract.flow().as_str();
    for (place, digits) in behind(context, "登録番号") {
        // Other registers have numbers too: 「登録番号 第123号」, 「特許登録番号」.
        if !text[place.clone()].starts_with('T') || is_placeholder(&digits) || is_corporate_number(&digits) {
            continue;
        }
        let message = match digits.len() {
            13 => format!("「T{digits}」は、法人の登録番号であれば、検査用数字が合いません。"),
            count => format!("登録番号はTと13桁の数字ですが、「T{digits}」の数字は{count}桁です。"),
        };
        add(context, report, place, message);
    }
}
