//! See `rules/reference/wrong-part.md`.

use super::references;
use crate::analysis::reference::Part;
use crate::contract::{Numbering, UnitId, UnitKind};
use crate::report::Report;
use crate::rule::{Context, Severity};

/// Reports ただし書, 前段 and the like of provisions that have none.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    for reference in references::resolved(context) {
        let Some(part) = reference.citation.part else { continue };
        // The 附則 of a statute is often printed in part.
        if reference.targets.iter().any(|&target| contract.enclosing(target, UnitKind::Supplementary).is_some()) {
            continue;
        }
        let has_it = reference.targets.iter().any(|&target| has(context, target, part));
        if has_it || reference.targets.iter().any(|&target| contract.unit(target).deleted) {
            continue;
        }
        let words = references::words(context, reference);
        let at = contract.citation(reference.targets[0]);
        let lack = match part {
            Part::Proviso | Part::Main => "ただし書",
            Part::Lead => "号",
            _ => "二つ以上の文",
        };
        let finding = report.span_of(
            reference.span,
            reference.unit,
            format!("「{words}」とありますが、{at}に{lack}がありません。"),
        );
        if !matches!(part, Part::Proviso | Part::Lead) {
            finding.severity = Severity::Warning;
        }
        finding.help("参照先を確かめてください。");
        finding.related(contract.heading_span(reference.targets[0]), "参照先");
        references::weigh(context, reference, finding);
    }
}

/// Whether a unit has a part.
fn has(context: &Context, unit: UnitId, part: Part) -> bool {
    let contract = context.contract;
    let flow = contract.flow();
    let items = || {
        contract
            .ids()
            .skip(unit.0 as usize + 1)
            .take_while(|&id| contract.unit(id).span.start < contract.unit(unit).span.end)
            .any(|id| matches!(contract.unit(id).kind, UnitKind::Item | UnitKind::Subitem))
    };
    // A proviso on a line of its own may be read as a paragraph; the sentences of a unit run on to the next written number.
    let mut range = flow.range(contract.unit(unit).contents);
    let following = contract.unit(unit).parent.into_iter().flat_map(|up| contract.unit(up).children.iter().copied());
    for next in following.skip_while(|&id| id <= unit) {
        if contract.unit(next).numbering != Numbering::Implicit {
            break;
        }
        range.end = flow.range(contract.unit(next).contents).end;
    }
    let text = &flow.as_str()[range];
    match part {
        Part::Proviso => text.contains("ただし") || text.contains("但し") || text.contains("但"),
        Part::Main => text.contains("ただし") || text.contains("但") || items(),
        Part::Lead => items(),
        Part::First | Part::Middle | Part::Second => {
            text.matches('。').count() >= 2 || text.contains("ただし") || items()
        }
    }
}
