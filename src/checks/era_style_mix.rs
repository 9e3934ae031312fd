//! See `rules/value/era-style-mix.md`.

use crate::analysis::date::DateMention;
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;
use crate::text::starts_with_any;

/// Reports dates in the reckoning that is rarer in the document, once.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    let own = |mention: &&DateMention| {
        let behind = &text[mention.end()..];
        let before = text[..mention.flow.start].chars().next_back();
        // 「平成15年法律第57号」 is the name of a law; a list of amendments keeps what was written in its time.
        let named = [
            "法律", "政令", "勅令", "省令", "府令", "告示", "規則", "条例", "改正", "制定", "改定", "改訂", "施行",
            "発行",
        ];
        mention.year.is_some()
            && mention.month.is_some()
            && mention.other_year.is_none()
            && !(before == Some('（') && behind.starts_with('）'))
            && !behind.starts_with('（')
            && !starts_with_any(behind.trim_start_matches(['（', '　']), &named)
            && context
                .contract
                .enclosing(context.analysis.unit_at(mention.flow.start), UnitKind::Supplementary)
                .is_none()
    };
    let mentions = || context.analysis.dates().mentions.iter().filter(own);
    let (eras, western): (Vec<&DateMention>, Vec<&DateMention>) = mentions().partition(|m| m.era.is_some());
    if eras.is_empty() || western.is_empty() {
        return;
    }
    let (rarer, names) =
        if western.len() <= eras.len() { (western, ["和暦", "西暦"]) } else { (eras, ["西暦", "和暦"]) };
    let message = format!("日付に{}と{}が混在しています（{}が{}か所）。", names[0], names[1], names[1], rarer.len());
    let finding = report.span(flow.span(rarer[0].flow.clone()), message);
    finding.help(format!("{}にそろえてください。", names[0]));
    for mention in rarer.iter().skip(1).take(9) {
        finding.related(flow.span(mention.flow.clone()), "ここも違います");
    }
}
