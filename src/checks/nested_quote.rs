//! See `rules/notation/nested-quote.md`.

use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;

/// Reports 「 inside 「」.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    for &(open, close) in &context.analysis.brackets().nested_quotes {
        let length = '「'.len_utf8();
        let span = flow.span(open..close + length);
        let finding = report.span(span, "「　」の中に更に「　」があります。");
        finding.help("内側のかぎ括弧を『　』にしてください。");
        finding.fix = Some(Fix {
            title: "内側のかぎ括弧を『　』にする".into(),
            safety: Safety::Safe,
            edits: vec![
                Edit { span: flow.span(open..open + length), text: "『".into() },
                Edit { span: flow.span(close..close + length), text: "』".into() },
            ],
        });
    }
}
