//! See `rules/structure/empty-item.md`.

use crate::contract::{Numbering, UnitId, UnitKind};
use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;
use crate::text::Span;

/// Reports paragraphs and items that are a number and nothing else.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    for id in contract.ids() {
        let unit = contract.unit(id);
        let numbered = matches!(unit.kind, UnitKind::Paragraph | UnitKind::Item | UnitKind::Subitem)
            && unit.enumerator.is_some()
            && matches!(unit.numbering, Numbering::Written | Numbering::Rendered);
        if !numbered
            || unit.contents.0 != unit.contents.1
            || !unit.children.is_empty()
            || super::shows_something_else(contract, id)
        {
            continue;
        }
        let finding = report.unit(id, format!("{}に本文がありません。", contract.citation(id)));
        if is_last(context, id) {
            finding.help("余分な番号なら削除し、条文が抜けているなら書いてください。");
            finding.fix = Some(Fix {
                title: "空の番号を削除する".into(),
                safety: Safety::Safe,
                edits: vec![Edit { span: whole_lines(context, id), text: String::new() }],
            });
        } else {
            finding.help("余分な番号なら削除して後の番号を詰め、条文が抜けているなら書いてください。");
        }
    }
}

/// Whether no sibling of its kind follows, so that no other number changes when it goes.
fn is_last(context: &Context, id: UnitId) -> bool {
    let contract = context.contract;
    let unit = contract.unit(id);
    let siblings = unit.parent.map_or(&[][..], |up| &contract.unit(up).children);
    siblings.iter().all(|&other| other <= id || contract.unit(other).kind != unit.kind)
}

/// The line of the number with its line end; marks of a heading on the same line stay.
fn whole_lines(context: &Context, id: UnitId) -> Span {
    let text = context.contract.text();
    let label = context.contract.unit(id).label;
    let line = text.line_with_end(text.line_index(label.start));
    let before = text.slice(Span::new(line.start, label.start));
    let after = text.slice(Span::new(label.end, line.end));
    let alone = before.trim().is_empty() && after.trim().is_empty();
    if alone { line } else { label }
}
