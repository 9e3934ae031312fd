//! See `rules/reference/circular-reference.md`.

use foldhash::HashMap;

use super::references;
use crate::analysis::term::word::is_noun;
use crate::contract::{UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;

/// Reports two articles that cite each other for the same thing and do not say it.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    // From whom, to whom, for what: how often.
    let mut cited: HashMap<(UnitId, UnitId, &str), usize> = HashMap::default();
    for reference in references::resolved(context) {
        let Some((own, target, word)) = citation(context, reference) else { continue };
        *cited.entry((own, target, word)).or_default() += 1;
        let Some(&back) = cited.get(&(target, own, word)) else { continue };
        let there = cited[&(own, target, word)];
        if mentions(context, own, word) > there || mentions(context, target, word) > back {
            continue;
        }
        let [own, other] = [own, target].map(|id| contract.citation(id));
        let message = format!("{other}と{own}は、{word}について互いを引くだけで、どちらにもその定めがありません。");
        let finding = report.span_of(reference.span, reference.unit, message);
        finding.help(format!("どちらか一方に{word}を定めてください。"));
        finding.related(contract.heading_span(target), "互いに引く条");
    }
}

/// The article in which a citation stands, the one it cites, and for what: 「第4条に定める方法」.
fn citation<'c>(
    context: &'c Context,
    reference: &crate::analysis::reference::Reference,
) -> Option<(UnitId, UnitId, &'c str)> {
    let own = context.contract.enclosing(reference.unit, UnitKind::Article)?;
    let [target] = reference.targets[..] else { return None };
    let target = context.contract.enclosing(target, UnitKind::Article).filter(|target| *target != own)?;
    let topic = references::topic(references::behind(context, reference))?;
    let end = topic.find(|c| !is_noun(c)).unwrap_or(topic.len());
    Some((own, target, &topic[..end])).filter(|(.., word)| !word.is_empty())
}

/// How often a word stands in an article, but for its heading.
fn mentions(context: &Context, article: UnitId, word: &str) -> usize {
    let flow = context.contract.flow();
    let heading = context.contract.caption(article).map_or(0, |caption| caption.matches(word).count());
    let text = &flow.as_str()[flow.range(context.contract.unit(article).contents)];
    text.matches(word).count().saturating_sub(heading)
}
