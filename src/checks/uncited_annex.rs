//! See `rules/reference/uncited-annex.md`.

use foldhash::{HashMap, HashSet};

use crate::analysis::names;
use crate::contract::{Contract, UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;
use crate::syntax::{CATALOGUES, is_blank};

/// Reports annexes that the text never names.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let annexes: Vec<UnitId> = contract.ids_of(UnitKind::Annex).collect();
    if annexes.is_empty() {
        return;
    }
    let targets = context.analysis.references().all.iter().flat_map(|reference| &reference.targets);
    let cited: HashSet<UnitId> = targets.filter_map(|&target| contract.enclosing(target, UnitKind::Annex)).collect();
    let uncited: Vec<(UnitId, Option<&str>)> =
        annexes.into_iter().filter(|id| !cited.contains(id)).map(|id| (id, title(contract, id))).collect();
    let places = places(contract.flow().as_str(), uncited.iter().filter_map(|(_, title)| *title));
    for (id, title) in uncited {
        let own = contract.flow().range(contract.unit(id).contents);
        let place = title.and_then(|title| places.get(title));
        if place.is_some_and(|(first, last)| !own.contains(first) || !own.contains(last)) {
            continue;
        }
        let at = contract.citation(id);
        let finding = report.unit(id, format!("{at}は、本文のどこにも引かれていません。"));
        finding.help("本文で引くか、不要なら外してください。");
    }
}

/// What an annex is called: by its caption, or 物件目録 by its own word.
fn title(contract: &Contract, annex: UnitId) -> Option<&str> {
    let label = contract.text().slice(contract.unit(annex).label);
    let is_label = |word: &&&str| label.chars().filter(|c| !is_blank(*c)).eq(word.chars());
    let own = CATALOGUES.iter().find(is_label).copied();
    own.or_else(|| contract.caption(annex).map(str::trim).filter(|title| title.chars().count() >= 3))
}

/// The first and the last place of each title in a text.
fn places<'t>(text: &str, titles: impl Iterator<Item = &'t str>) -> HashMap<&'t str, (usize, usize)> {
    let titles: Vec<&str> = titles.collect::<HashSet<&str>>().into_iter().collect();
    let mut places = HashMap::default();
    for (found, title) in names::find(&titles, text) {
        let place = places.entry(titles[title]).or_insert((found.start, found.start));
        place.1 = found.start;
    }
    places
}
