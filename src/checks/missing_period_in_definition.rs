//! See `rules/definition/missing-period-in-definition.md`.

use crate::analysis::term::{Form, Term};
use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;
use crate::text::Span;

/// Reports 「（以下「X」という）」 without 。 before the closing bracket: each where others have one, all at once where none has.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let terms = &context.analysis.terms().all;
    let defined = || terms.iter().filter(|term| term.form == Form::Hereinafter);
    let behind = |term: &Term| &flow.as_str()[term.flow.end..term.whole.end.max(term.flow.end)];
    let without = |term: &Term| {
        let said = behind(term).strip_prefix('」')?.strip_suffix('）')?;
        let from = term.flow.end + '」'.len_utf8();
        SAYS.contains(&said).then(|| flow.span(from..from + said.len()))
    };
    let found: Vec<(&Term, Span)> = defined().filter_map(|term| Some((term, without(term)?))).collect();
    let is_habit = found.len() > 1 && !defined().any(|term| behind(term).ends_with("。）"));
    for together in found.chunks(if is_habit { found.len() } else { 1 }) {
        let (term, span) = &together[0];
        let count = if is_habit { format!("（全部で{}か所）", found.len()) } else { String::new() };
        let message = format!("「{}」の定義の文の終わりに句点がありません{count}。", term.name);
        let finding = report.span_of(*span, term.unit, message);
        finding.help("「（以下「X」という。）」と、閉じ括弧の前に句点を置いてください。");
        let edit = |(_, span): &(&Term, Span)| Edit { span: Span::empty(span.end), text: "。".into() };
        let edits = together.iter().map(edit).collect();
        finding.fix = Some(Fix { title: "句点を補う".into(), safety: Safety::Safe, edits });
    }
}

/// With what a bracket says that it defines.
const SAYS: [&str; 3] = ["という", "といいます", "とする"];
