//! See `rules/law/rate-implausible.md`.

use super::yearly_rate::late;
use crate::facts::PartyType;
use crate::report::Report;
use crate::rule::Context;

/// The rate above which a slip of the pen is likelier than an agreement, in thousandths of a percent; 14.6 % is usual.
const MOST: u64 = 20_000;

/// Reports rates for late payment that are hardly meant.
pub fn check(context: &Context, report: &mut Report) {
    let party = context.analysis.facts().party_type.as_ref().map(|fact| fact.value);
    // What a consumer owes has a limit by law, of which another rule speaks where it may hold.
    if !matches!(party, Some(PartyType::Business | PartyType::Freelance)) {
        return;
    }
    let flow = context.contract.flow();
    for (rate, _) in late(context.analysis).filter(|(rate, _)| rate.thousandths > MOST) {
        let written = &flow.as_str()[rate.flow.clone()];
        report
            .span(flow.span(rate.flow), format!("遅延損害金の率が「{written}」と、年20%を超えています。"))
            .help("率を確かめてください（年14.6%がよく使われます）。");
    }
}
