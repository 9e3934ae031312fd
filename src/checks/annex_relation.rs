//! See `rules/reference/annex-relation.md`.

use super::references;
use crate::analysis::reference::{Reference, Scope};
use crate::contract::{UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;

/// Reports annexes that say to which article they belong where another article cites them.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    if contract.ids_of(UnitKind::Annex).next().is_none() {
        return;
    }
    let article_of = |unit: UnitId| contract.enclosing(unit, UnitKind::Article);
    // Each annex with an article that cites it.
    let mut cited: Vec<(UnitId, UnitId)> = Vec::new();
    // What the annexes say of themselves, one behind the other: 「（第4条、第7条関係）」.
    let mut stated: Vec<&Reference> = Vec::new();
    for reference in references::resolved(context) {
        if matches!(reference.citation.scope, Some(Scope::Annex(_))) {
            let article = article_of(reference.unit);
            cited
                .extend(article.into_iter().flat_map(|article| reference.targets.iter().map(move |&to| (to, article))));
        } else if contract.unit(reference.unit).kind == UnitKind::Annex
            && is_relation(references::behind(context, reference))
        {
            stated.push(reference);
        }
    }
    cited.sort_unstable();
    cited.dedup();
    for stated in stated.chunk_by(|one, other| one.unit == other.unit) {
        let annex = stated[0].unit;
        let from = cited.partition_point(|(to, _)| *to < annex);
        let citing: Vec<UnitId> =
            cited[from..].iter().take_while(|(to, _)| *to == annex).map(|(_, article)| *article).collect();
        let mut named =
            stated.iter().flat_map(|reference| &reference.targets).filter_map(|&to| article_of(to)).peekable();
        let Some(first) = citing.first().filter(|_| named.peek().is_some()) else { continue };
        // 「第26条関係」 says 第26条の6 as well.
        let base = |article: UnitId| contract.unit(article).number.map(|number| number.main());
        if named
            .any(|article| citing.iter().any(|&by| by == article || base(by).is_some() && base(by) == base(article)))
        {
            continue;
        }
        let span = stated[0].span.to(stated[stated.len() - 1].span);
        let words = contract.text().slice(span);
        let (name, by) = (contract.text().slice(contract.unit(annex).label), contract.citation(*first));
        let message = format!("「{words}関係」とありますが、{name}を引いているのは{by}です。");
        let finding = report.span_of(span, annex, message);
        finding.help("条の追加や削除で番号がずれていないか確かめてください。");
        finding.related(contract.heading_span(*first), "引いている条");
    }
}

/// Whether the bracket in which a citation stands says to which articles the annex belongs.
fn is_relation(behind: &str) -> bool {
    behind.split(['）', ')']).next().is_some_and(|inside| inside.ends_with("関係") && !inside.contains('。'))
}
