//! What the rules about gaps, repeats and order have in common.

use crate::analysis::sequence::{Break, BreakKind};
use crate::contract::{Contract, UnitId, UnitKind};
use crate::number::Number;
use crate::renumber::Renumbering;
use crate::report::{Draft, Report};
use crate::rule::Context;

/// Offers, with the first finding of a rule, to number the whole document anew: gaps, repeats and order are mended together or not at all.
fn offer_renumbering(context: &Context, finding: &mut Draft, first: &mut bool) {
    let kind = context.contract.unit(finding.unit()).kind;
    if !matches!(kind, UnitKind::Article | UnitKind::Paragraph | UnitKind::Item) || !std::mem::take(first) {
        return;
    }
    finding.fix = context.analysis.renumbering().map(Renumbering::fix);
}

/// The breaks among units of some kinds.
fn breaks<'c>(context: &'c Context, kinds: &'c [UnitKind]) -> impl Iterator<Item = &'c Break> {
    context.analysis.breaks().iter().filter(|b| kinds.contains(&context.contract.unit(b.unit).kind))
}

/// Reports numbers that are left out.
pub fn gaps(context: &Context, report: &mut Report, kinds: &[UnitKind]) {
    let contract = context.contract;
    let mut first_finding = true;
    for found in breaks(context, kinds) {
        let BreakKind::Gap(from, to) = found.kind else { continue };
        let missing = missing_units(contract, found.unit, from, to);
        let finding = report
            .unit(found.unit, format!("{missing}がなく、番号が{}に飛んでいます。", contract.citation(found.unit)));
        finding.help(match contract.unit(found.unit).kind {
            UnitKind::Article => format!("番号を詰めて参照も直すか、欠番なら「{missing}　削除」と書いてください。"),
            _ => "番号を詰め、参照も直してください。".into(),
        });
        relate_previous(contract, found, finding);
        offer_renumbering(context, finding, &mut first_finding);
    }
}

/// Reports numbers that are there twice.
pub fn duplicates(context: &Context, report: &mut Report, kinds: &[UnitKind]) {
    let contract = context.contract;
    let mut first_finding = true;
    for found in breaks(context, kinds) {
        let BreakKind::Duplicate(first) = found.kind else { continue };
        let finding = report.unit(found.unit, format!("{}が二つあります。", contract.citation(found.unit)));
        finding.help(match found.meant {
            Some(meant) => {
                format!("{}の誤りであれば直し、参照も確かめてください。", own_name(contract, found.unit, meant))
            }
            None if first < found.unit => "後の方の番号を振り直し、参照も直してください。".into(),
            None => "番号を並びに合わせて振り直し、参照も直してください。".into(),
        });
        finding.related(contract.heading_span(first), "同じ番号");
        offer_renumbering(context, finding, &mut first_finding);
    }
}

/// Reports numbers that stand behind a higher one.
pub fn order(context: &Context, report: &mut Report, kinds: &[UnitKind]) {
    let contract = context.contract;
    let mut first_finding = true;
    for found in breaks(context, kinds) {
        let BreakKind::Order(beside) = found.kind else { continue };
        let side = if beside < found.unit { "後ろ" } else { "前" };
        let [own, other] = [found.unit, beside].map(|id| contract.citation(id));
        let finding = report.unit(found.unit, format!("{own}が{other}より{side}にあります。"));
        finding.help(match found.meant {
            Some(meant) => {
                format!("{}の誤りであれば直し、参照も確かめてください。", own_name(contract, found.unit, meant))
            }
            None => "番号の順に並べ直すか、番号を振り直して参照も直してください。".into(),
        });
        relate_previous(contract, found, finding);
        offer_renumbering(context, finding, &mut first_finding);
    }
}

/// 「第4条」, 「第2号」: a unit's name under another number, in what holds it.
fn own_name(contract: &Contract, id: UnitId, number: Number) -> String {
    number.of_unit(contract.unit(id).kind.japanese())
}

/// 「第3条」, 「第1条第3項」, 「第1条第3号及び第4号」: the units left out, cited with the unit they are missing from.
fn missing_units(contract: &Contract, after: UnitId, from: Number, to: Number) -> String {
    let unit = contract.unit(after);
    let holder = unit
        .parent
        .filter(|up| unit.kind != UnitKind::Article && up.0 != 0)
        .map_or_else(String::new, |up| contract.citation(up));
    let name = unit.kind.japanese();
    let numbers = |one: String, many: String| format!("{holder}{}", if from == to { one } else { many });
    match unit.kind {
        UnitKind::Subitem => numbers(format!("の{from}番目"), format!("の{from}番目から{to}番目まで")),
        _ => numbers(from.of_unit(name), format!("{}から{}まで", from.of_unit(name), to.of_unit(name))),
    }
}

/// Shows the unit before.
pub fn relate_previous(contract: &Contract, found: &Break, finding: &mut Draft) {
    if let Some(previous) = found.previous {
        finding.related(contract.heading_span(previous), "直前の番号");
    }
}
