//! See `rules/party/undefined-party.md`.

use crate::analysis::party::LABELS;
use crate::analysis::term::word;
use crate::contract::{ContentKind, UnitKind};
use crate::report::Report;
use crate::rule::Context;
use crate::text::{places, starts_with_any};

/// What follows the label of somebody.
const PARTICLES: [&str; 14] =
    ["は", "が", "に", "を", "の", "と", "も", "へ", "及び", "又は", "並びに", "から", "より", "間"];

/// What follows the label of somebody who acts; 「甲、乙及び丙の三種」 may be grades where the parties are called otherwise.
const ACTING: [&str; 5] = ["は", "が", "に", "から", "へ"];

/// Reports labels (丙) of nobody, that the parties do not bear.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let parties = context.analysis.parties();
    if parties.all.len() < 2 {
        return;
    }
    let flow = contract.flow().as_str();
    let particles: &[&str] = if parties.are_lettered() { &PARTICLES } else { &ACTING };
    let signs = |label: &str| !parties.are_lettered() && parties.only_signed.iter().any(|(signed, _)| signed == label);
    let known =
        |label: &str| parties.labelled(label).is_some() || context.analysis.terms().is_defined(label) || signs(label);
    for label in LABELS[..5].iter().filter(|label| !known(label)) {
        let mut places = places(flow, label).map(|at| at..at + label.len()).filter(|place| {
            let own = contract.content_at(place.start).is_some_and(|content| {
                let says = [UnitKind::Article, UnitKind::Closing];
                content.kind == ContentKind::Text
                    && says.into_iter().any(|kind| contract.enclosing(content.unit, kind).is_some())
            });
            let before = flow[..place.start].ends_with(|c| "甲乙丙丁".contains(c));
            let behind = &flow[place.end..];
            own && word::stands_alone(flow, place.start, place.end, before) && starts_with_any(behind, particles)
        });
        let Some(first) = places.next() else { continue };
        let more = places.count();
        let count = if more > 0 { format!("（全部で{}か所）", more + 1) } else { String::new() };
        let names: Vec<String> = parties.all.iter().map(|party| format!("「{}」", party.label)).collect();
        let message = format!("「{label}」という当事者は、この契約にいません{count}。");
        let finding = report.span(contract.flow().span(first), message);
        finding.help(format!("当事者は、{}です。呼び名の誤りを直すか、前文で当事者に加えてください。", names.join("")));
    }
}
