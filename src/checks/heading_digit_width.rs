//! See `rules/notation/heading-digit-width.md`.

use crate::contract::{UnitId, UnitKind};
use crate::finding::{Edit, Fix, Safety};
use crate::number;
use crate::report::Report;
use crate::rule::Context;

/// Reports numbers of articles in the width that is rarer in the document.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let mut full: Vec<UnitId> = Vec::new();
    let mut half: Vec<UnitId> = Vec::new();
    let mut convention = true;
    for id in contract.ids_of(UnitKind::Article) {
        let unit = contract.unit(id);
        let label = contract.text().slice(unit.label);
        let digits: Vec<char> = label.chars().filter(|c| number::digit(*c).is_some()).collect();
        if digits.is_empty() || !contract.scopes()[unit.scope as usize].main {
            continue;
        }
        let is_full = digits.iter().any(|c| !c.is_ascii());
        let two_digits = unit.number.is_some_and(|n| n.last() >= 10);
        convention &= is_full != two_digits;
        if is_full { full.push(id) } else { half.push(id) }
    }
    if convention || full.is_empty() || half.is_empty() {
        return;
    }
    let to_full = full.len() > half.len();
    let (minority, usual) = if to_full { (half, "全角") } else { (full, "半角") };
    for id in minority {
        let unit = contract.unit(id);
        let written = contract.text().slice(unit.label);
        let finding =
            report.span_of(unit.label, id, format!("「{written}」の数字の幅が、他の条（{usual}）と違います。"));
        finding.help(format!("条の番号の数字を{usual}にそろえてください。"));
        let widened = written.chars().map(|c| match number::digit(c) {
            Some(digit) if to_full => number::to_full_width(digit),
            Some(digit) => digit.to_string(),
            None => c.to_string(),
        });
        let edit = Edit { span: unit.label, text: widened.collect() };
        finding.fix =
            Some(Fix { title: format!("数字を{usual}にする"), safety: Safety::Safe, edits: vec![edit] });
    }
}
