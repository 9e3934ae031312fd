//! See `rules/law/freelance-30-day-notice.md`.

use crate::analysis::period::PeriodUnit;
use crate::report::Report;
use crate::rule::Context;
use crate::text::starts_with_any;

/// The least number of days of notice.
const DAYS: u32 = 30;
/// The shortest contract, renewals included, to which the notice applies, in months.
const MONTHS: u32 = 6;

/// Reports notices of less than 30 days by which the party that gives the work may end the contract or not renew it.
pub fn check(context: &Context, report: &mut Report) {
    let analysis = context.analysis;
    let flow = context.contract.flow();
    let text = flow.as_str();
    if is_short(context) {
        return;
    }
    for period in analysis.periods() {
        let days = match period.unit {
            PeriodUnit::Day => period.count,
            PeriodUnit::Week => period.count.saturating_mul(7),
            _ => continue,
        };
        let sentence = analysis.sentences().at(period.flow.start);
        let before = &text[sentence.start..period.flow.start];
        let behind = &text[analysis.sentences().behind(&period.flow)];
        let notice = starts_with_any(behind, &["前まで", "前に", "以上前", "前の"]);
        let ending = |words: &str| ["解約", "解除", "更新しない", "終了させ"].iter().any(|word| words.contains(word));
        // 「甲が更新しないときは、14日前までに乙に予告する」
        let foretold = ["予告", "通知"].iter().any(|word| behind.contains(word)) && ending(before);
        let ends = ending(behind) || foretold;
        // 「乙は、7日前までに…」 is the freelance's own notice.
        let own = starts_with_any(before, &["乙は", "乙が", "受託者は", "受託者が", "受注者は", "受注者が"]);
        if days < DAYS && notice && ends && !own && analysis.is_own_text(period.flow.start) {
            let message = format!("{days}日前の予告で終了できるとされています。");
            let finding = report.span(flow.span(period.flow.clone()), message);
            finding.help("6か月以上の業務委託を委託者が解除し、又は更新しないときは、少なくとも30日前に予告する定めとしてください。");
        }
    }
}

/// Whether the contract states a term of less than 6 months and speaks of no renewal.
fn is_short(context: &Context) -> bool {
    let analysis = context.analysis;
    let text = context.contract.flow().as_str();
    let Some(term) = analysis.clauses().get("term").filter(|_| !text.contains("更新") && !text.contains("延長"))
    else {
        return false;
    };
    let periods = term.articles.iter().flat_map(|&article| analysis.periods_within(&analysis.range_of(article)));
    let months = periods.filter_map(|period| {
        let notice = text[period.flow.end..].starts_with('前') || text[period.flow.end..].starts_with("以上前");
        period.months().filter(|_| !notice)
    });
    months.max().is_some_and(|months| months < MONTHS)
}
