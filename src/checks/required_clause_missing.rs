//! See `rules/clause/required-clause-missing.md`.

use super::missing_clause::missing;
use crate::contract::UnitId;
use crate::report::Report;
use crate::rule::{Context, Severity};
use crate::vocabulary::Need;

pub fn check(context: &Context, report: &mut Report) {
    let kind = context.analysis.kind();
    for clause in missing(context, Need::Required) {
        let message = format!("「{}」の契約に欠かせない定め（{}）が見つかりません。", kind.title(), clause.title);
        let finding = report.unit(UnitId(0), message);
        if kind.stated {
            finding.severity = Severity::Error;
        }
        finding.help("別紙や別の書面に定めるときは、その書面を本文で指してください。");
    }
}
