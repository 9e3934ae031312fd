//! See `rules/definition/missing-period-in-definition.md`.

use crate::analysis::term::Form;
use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;
use crate::text::Span;

/// Reports 「（以下「X」という）」 without 。 before the closing bracket.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let flow = contract.flow();
    for term in context.analysis.terms().all.iter().filter(|term| term.form == Form::Hereinafter) {
        let behind = &flow.as_str()[term.flow.end..term.whole.end.max(term.flow.end)];
        let Some(says) =
            ["という）", "といいます）", "とする）"].into_iter().find(|says| behind.strip_prefix('」') == Some(says))
        else {
            continue;
        };
        let word = term.flow.end + '」'.len_utf8()..term.flow.end + '」'.len_utf8() + says.len() - '）'.len_utf8();
        let span = flow.span(word);
        let finding =
            report.span_of(span, term.unit, format!("「{}」の定義の文の終わりに句点がありません。", term.name));
        finding.help("「（以下「X」という。）」と、閉じ括弧の前に句点を置いてください。");
        let edit = Edit { span: Span::empty(span.end), text: "。".into() };
        finding.fix = Some(Fix { title: "句点を補う".into(), safety: Safety::Safe, edits: vec![edit] });
    }
}
