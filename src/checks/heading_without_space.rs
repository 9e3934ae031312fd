//! See `rules/structure/heading-without-space.md`.

use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;
use crate::text::Span;

/// Reports Markdown headings without the blank that makes them headings.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let text = contract.text();
    let hashes = |line: &str| line.len() - line.trim_start_matches('#').len();
    let is_markdown = (0..text.line_count()).any(|i| {
        let line = text.slice(text.line(i));
        (1..=6).contains(&hashes(line)) && line.trim_start_matches('#').starts_with(' ')
    });
    if !is_markdown {
        return;
    }
    for unit in contract.units().iter().filter(|unit| !unit.label.is_empty()) {
        let line = text.line(text.line_index(unit.label.start));
        let before = text.slice(Span::new(line.start, unit.label.start));
        let count = hashes(before) as u32;
        if (1..=6).contains(&count) && before.len() as u32 == count {
            let span = Span::new(line.start, line.start + count);
            let finding = report.span(span, "見出し記号「#」の後に空白がないため、見出しとして表示されません。");
            finding.help("「#」と文字の間に半角の空白を入れてください。");
            let edit = Edit { span: Span::empty(span.end), text: " ".into() };
            finding.fix = Some(Fix { title: "空白を入れる".into(), safety: Safety::Safe, edits: vec![edit] });
        }
    }
}
