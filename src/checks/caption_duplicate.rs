//! See `rules/structure/caption-duplicate.md`.

use std::borrow::Cow;

use foldhash::HashMap;

use crate::contract::{UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;

/// A scope, what an article stands in, and the words of its caption.
type Place<'a> = (u32, Option<UnitId>, Cow<'a, str>);

/// Reports articles that bear the caption of an article further up.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let mut last: HashMap<Place, (usize, UnitId)> = HashMap::default();
    for (place, id) in contract.ids_of(UnitKind::Article).enumerate() {
        let unit = contract.unit(id);
        let Some(caption) =
            contract.caption(id).filter(|_| contract.scopes()[unit.scope as usize].main && !unit.alternative)
        else {
            continue;
        };
        let words = match caption.contains(char::is_whitespace) {
            true => Cow::Owned(caption.split_whitespace().collect()),
            false => Cow::Borrowed(caption),
        };
        if words.chars().nth(1).is_none() || matches!(&*words, "削除" | "欠番") {
            continue;
        }
        if let Some((before, first)) = last.insert((unit.scope, unit.parent, words), (place, id))
            && before + 1 < place
        {
            let message =
                format!("{}の見出し「{caption}」は、{}と同じです。", contract.citation(id), contract.citation(first));
            let finding = report.unit(id, message);
            finding.help("内容が重なっていないか確かめ、違う内容なら見出しを書き分けてください。");
            finding.related(contract.heading_span(first), "同じ見出しの条");
        }
    }
}
