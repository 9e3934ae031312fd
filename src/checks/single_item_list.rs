//! See `rules/structure/single-item-list.md`.

use crate::contract::{Numbering, UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;

/// Reports lists that are announced and have one item.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    for id in contract.ids_of(UnitKind::Paragraph) {
        let items: Vec<UnitId> = contract.children_of(id, UnitKind::Item).collect();
        let [item] = items[..] else { continue };
        let unit = contract.unit(item);
        if unit.numbering != Numbering::Written || unit.number.is_none_or(|n| n.main() != 1) {
            continue;
        }
        let announced = super::own_text(contract, id)
            .any(|text| ["次の各号", "次に掲げる", "以下の各号", "次の事項"].iter().any(|w| text.contains(w)));
        if announced {
            let finding = report.unit(item, format!("{}の号が一つしかありません。", contract.citation(id)));
            finding.help("号に分けず本文に書き込むか、抜けた号を補ってください。");
        }
    }
}
