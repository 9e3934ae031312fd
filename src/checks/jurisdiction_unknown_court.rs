//! See `rules/clause/jurisdiction-unknown-court.md`.

use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;
use crate::text::places;

const COURT: &str = "地方裁判所";
/// The longest name of a seat has three characters, 北海道 and 神奈川 too.
const LONGEST: usize = 4;

pub fn check(context: &Context, report: &mut Report) {
    let courts = &context.analysis.rulebook().vocabulary().courts;
    let flow = context.contract.flow();
    let text = flow.as_str();
    for at in places(text, COURT) {
        let name: Vec<char> = text[..at].chars().rev().take(LONGEST).collect();
        let endings = (1..=name.len()).map(|length| name[..length].iter().rev().collect::<String>());
        let endings: Vec<String> = endings.collect();
        // Only a name that can be mistaken for a court is one: 「各地方裁判所」 and 「管轄する地方裁判所」 name none.
        if endings.iter().any(|name| courts.seats.iter().any(|seat| seat == name)) || !context.analysis.is_own_text(at)
        {
            continue;
        }
        let Some((slip, seat)) =
            endings.iter().rev().find_map(|name| courts.slips.iter().find(|(slip, _)| slip == name))
        else {
            continue;
        };
        let span = flow.span(at - slip.len()..at + COURT.len());
        let message = format!("「{slip}{COURT}」という裁判所はありません。");
        let finding = report.span(span, message);
        finding.help(format!("{slip}を管轄する地方裁判所の本庁は、{seat}{COURT}です。"));
        finding.fix = Some(Fix {
            title: format!("「{seat}{COURT}」に改める"),
            safety: Safety::Unsafe,
            edits: vec![Edit { span, text: format!("{seat}{COURT}") }],
        });
    }
}
