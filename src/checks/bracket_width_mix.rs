//! See `rules/notation/bracket-width-mix.md`.

use crate::contract::ContentKind;
use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;
use crate::text::Span;

/// The signs of a formula: 「(基本給＋手当)÷所定労働時間」.
const OPERATORS: [char; 6] = ['÷', '×', '＋', '+', '＝', '='];

/// Reports brackets around Japanese in the width that is rarer in the document: those of captions among captions, all others among themselves.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = context.contract.text();
    let length = '（'.len_utf8();
    let mut full = Vec::new();
    let mut half = Vec::new();
    // The next Japanese character behind a place, and the next sign of a formula; the pairs are looked at from the end, so that each
    // character is looked at once.
    let end = flow.as_str().len();
    let (mut japanese, mut operator, mut seen) = (end, end, end);
    for &(open, close) in context.analysis.brackets().pairs.iter().rev() {
        let is_japanese = |c: &char| matches!(c, 'ぁ'..='ヿ' | '一'..='鿿');
        if let Some((at, _)) = flow.as_str()[open..seen].char_indices().find(|(_, c)| is_japanese(c)) {
            japanese = open + at;
        }
        if let Some((at, _)) = context.analysis.marks().within(open..seen).find(|(_, c)| OPERATORS.contains(c)) {
            operator = at;
        }
        seen = open;
        // Numbers, Latin words and formulas in brackets are no matter of width.
        let is_text = japanese < close && operator > close;
        if !is_text || flow.as_str()[open + length..close].chars().nth(1).is_none() {
            continue;
        }
        let pair = (flow.span(open..open + length), flow.span(close..close + length));
        match (text.slice(pair.0), text.slice(pair.1)) {
            ("（", "）") => full.push((open, pair)),
            ("(", ")") => half.push((open, pair)),
            _ => {}
        }
    }
    if full.is_empty() || half.is_empty() {
        return;
    }
    let of_captions = |(open, _): &Pair| {
        context.contract.content_at(*open).is_some_and(|content| content.kind == ContentKind::Caption)
    };
    let (full_of_captions, full): (Vec<_>, Vec<_>) = full.into_iter().partition(of_captions);
    let (half_of_captions, half): (Vec<_>, Vec<_>) = half.into_iter().partition(of_captions);
    tell(report, full, half);
    tell(report, full_of_captions, half_of_captions);
}

/// Where a pair opens in the flow, and its two brackets.
type Pair = (usize, (Span, Span));

/// Reports the brackets of the rarer width.
fn tell(report: &mut Report, full: Vec<Pair>, half: Vec<Pair>) {
    if full.is_empty() || half.is_empty() {
        return;
    }
    let full_is_usual = full.len() >= half.len();
    let (minority, usual) = if full_is_usual { (half, ["（", "）"]) } else { (full, ["(", ")"]) };
    for (_, (open, close)) in minority {
        let message = format!("括弧の幅が、他の括弧（{}{}）と違います。", usual[0], usual[1]);
        let finding = report.span(open.to(close), message);
        finding.help("括弧の幅をそろえてください。");
        let edits = vec![Edit { span: open, text: usual[0].into() }, Edit { span: close, text: usual[1].into() }];
        finding.fix = Some(Fix { title: "括弧の幅をそろえる".into(), safety: Safety::Safe, edits });
    }
}
