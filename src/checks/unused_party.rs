//! See `rules/party/unused-party.md`.

use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;

/// Reports parties that no article speaks of.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let articles = contract.ids_of(UnitKind::Article).count();
    let parties = context.analysis.parties();
    let in_body = |place: &std::ops::Range<usize>| {
        let unit = contract.content_at(place.start).map(|content| content.unit);
        unit.is_some_and(|unit| {
            !contract.ancestors(unit).any(|up| {
                matches!(contract.unit(up).kind, UnitKind::Preamble | UnitKind::Closing | UnitKind::Signature)
            })
        })
    };
    if articles < 3 || !parties.all.iter().any(|party| party.uses.iter().any(in_body)) {
        return;
    }
    for party in parties.all.iter().filter(|party| !party.uses.iter().any(in_body)) {
        // Only somebody who is named as a party, with a name or in a preamble.
        let named = party.name.is_some() || contract.enclosing(party.unit, UnitKind::Preamble).is_some();
        if !named || contract.enclosing(party.unit, UnitKind::Article).is_some() {
            continue;
        }
        let message = format!("当事者の「{}」は、どの条にも出てきません。", party.label);
        let finding = report.span_of(party.span, party.unit, message);
        finding.help("別の呼び名を使っていないか確かめ、権利も義務もない者なら当事者から外してください。");
    }
}
