//! Provisions dropped, numbered twice, numbered wrongly.

use keiyaku::Analysis;
use keiyaku::analysis::reference::rewrite;
use keiyaku::contract::{Numbering, UnitId, UnitKind};
use keiyaku::number::Number;

use super::{ANYTHING, Seed, articles};

pub fn seeds(analysis: &Analysis, seeds: &mut Vec<Seed>) {
    let contract = analysis.contract();
    let articles = articles(contract);
    let written = |id: UnitId| contract.unit(id).numbering == Numbering::Written && !contract.unit(id).label.is_empty();
    let usable = |id: UnitId| written(id) && contract.unit(id).until.is_none();
    let dropped = |rules, id: UnitId| Seed::new(rules, contract.unit(id).span, "").with(ANYTHING);
    // An article is dropped.
    for around in articles.windows(3).skip(1).step_by(4) {
        if usable(around[1]) && written(around[2]) {
            seeds.push(dropped(&["article-gap"], around[1]));
        }
    }
    // An item, and a paragraph, is dropped from the middle of its list.
    for (kind, rules) in [(UnitKind::Item, &["item-gap"]), (UnitKind::Paragraph, &["paragraph-gap"])] {
        let lists = contract.ids().map(|holder| contract.children_of(holder, kind).filter(|&id| written(id)).collect());
        for list in lists.filter(|list: &Vec<UnitId>| list.len() >= 3).step_by(3) {
            seeds.push(dropped(rules, list[1]));
        }
    }
    let numbered = |rules, id: UnitId, number: Option<Number>| {
        let label = contract.unit(id).label;
        let written = contract.text().slice(label);
        let text = rewrite::numbers(written, |_, _| number);
        (text != written).then(|| Seed::new(rules, label, text).with(ANYTHING))
    };
    // A number is there twice.
    for pair in articles.windows(2).skip(2).step_by(6) {
        if usable(pair[0]) && usable(pair[1]) {
            seeds.extend(numbered(&["article-duplicate"], pair[1], contract.unit(pair[0]).number));
        }
    }
    // A number is mistyped.
    for around in articles.windows(3).skip(3).step_by(5) {
        if around.iter().all(|&id| usable(id)) {
            seeds.extend(numbered(&["article-order"], around[1], Some(Number::new(98))));
        }
    }
}
