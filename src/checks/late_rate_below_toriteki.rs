//! See `rules/law/late-rate-below-toriteki.md`.

use super::yearly_rate::late;
use crate::analysis::party::Side;
use crate::report::Report;
use crate::rule::Context;

/// Reports rates at which the one who pays for the work is late, where they are below the rate of 取適法.
pub fn check(context: &Context, report: &mut Report) {
    let analysis = context.analysis;
    let rates = &analysis.rulebook().vocabulary().rates;
    let law_of = analysis.facts().law_of;
    let Some(least) = rates.iter().find(|rate| rate.id == "toriteki-late" && rate.holds(law_of, 0)) else { return };
    let performs = |side: Option<Side>| side == Some(Side::Performs);
    let parties = analysis.parties().all.iter();
    let performers: Vec<&str> =
        parties.filter(|p| performs(p.role.map(|role| role.side))).map(|p| p.label.as_str()).collect();
    let flow = context.contract.flow();
    for (rate, sentence) in late(analysis).filter(|(rate, _)| rate.thousandths < least.thousandths()) {
        let begins = |label: &str| sentence.strip_prefix(label).is_some_and(|rest| rest.starts_with(['は', 'が']));
        if performers.iter().any(|label| begins(label)) {
            continue;
        }
        let written = &flow.as_str()[rate.flow.clone()];
        let message = format!("代金の支払の遅延の利率が「{written}」と、年{}%を下回っています。", least.percent);
        report.span(flow.span(rate.flow), message).help(format!(
            "{}{}による遅延利息は年{}%です。給付を受領した日から60日を経過した日からは、この率によると定めてください。",
            least.law, least.article, least.percent
        ));
    }
}
