//! What the rules about two ways to write one character have in common: both are counted over the document, and the rarer is
//! reported once, at its first place, with a fix for all places.

use std::ops::Range;

use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;
use crate::text::Span;

/// The pieces of text of a contract that are its own: where each begins, how it is written, and its marks with their places in it.
pub fn texts<'a>(
    context: &Context<'a, '_>,
) -> impl Iterator<Item = (u32, &'a str, impl Iterator<Item = (usize, char)>)> {
    let contract = context.contract;
    contract.contents().iter().filter(|content| content.kind.is_text()).map(|content| {
        (
            content.span.start,
            contract.text().slice(content.span),
            context.analysis.source_marks().inside(content.span.range()),
        )
    })
}

/// The runs of characters of a kind that are marks, as ranges of the piece of text.
pub fn runs(
    marks: impl Iterator<Item = (usize, char)>,
    is_one: impl Fn(char) -> bool,
) -> impl Iterator<Item = Range<usize>> {
    let mut ones = marks.filter(move |(_, character)| is_one(*character)).peekable();
    std::iter::from_fn(move || {
        let (start, first) = ones.next()?;
        let mut end = start + first.len_utf8();
        while let Some((_, next)) = ones.next_if(|(at, _)| *at == end) {
            end += next.len_utf8();
        }
        Some(start..end)
    })
}

/// Reports the rarer of two ways, if both occur. Each way has its name and its places; of two equally frequent ones the second is reported.
/// `other` turns what is written in one way into the other.
pub fn report_rarer(
    context: &Context,
    report: &mut Report,
    first: (&str, Vec<Span>),
    second: (&str, Vec<Span>),
    other: impl Fn(&str) -> String,
) {
    if first.1.is_empty() || second.1.is_empty() {
        return;
    }
    let (rarer, usual) = if second.1.len() <= first.1.len() { (second, first) } else { (first, second) };
    let message = format!(
        "{}と{}が混在しています（{}が{}か所、{}が{}か所）。",
        usual.0,
        rarer.0,
        usual.0,
        usual.1.len(),
        rarer.0,
        rarer.1.len()
    );
    let finding = report.span(rarer.1[0], message);
    finding.help(format!("{}にそろえてください。", usual.0));
    for place in rarer.1.iter().skip(1).take(9) {
        finding.related(*place, "ここも違います");
    }
    let edits =
        rarer.1.into_iter().map(|span| Edit { span, text: other(context.contract.text().slice(span)) }).collect();
    finding.fix = Some(Fix { title: format!("{}にそろえる", usual.0), safety: Safety::Safe, edits });
}
