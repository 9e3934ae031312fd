//! Waivers written in the draft itself: `<!-- keiyaku-allow rule = "…", reason = "…" -->` on a line of its own. What stands behind the mark
//! is a TOML table without its braces, with the keys of [`Allow`].

use std::cell::LazyCell;

use super::{Allow, State, Waiver, clause_of, hash};
use crate::analysis::Analysis;
use crate::config;
use crate::contract::{Contract, UnitId};
use crate::finding::{Edit, Finding};
use crate::rule::Rulebook;
use crate::syntax;
use crate::text::Span;

const MARK: &str = "keiyaku-allow";

/// Every waiver in a text, in order.
pub(super) fn waivers(contract: &Contract, rulebook: &Rulebook) -> Vec<Waiver> {
    let text = contract.text();
    if memchr::memmem::find(text.as_str().as_bytes(), MARK.as_bytes()).is_none() {
        return Vec::new();
    }
    let schema = LazyCell::new(|| config::schema_of_waivers(rulebook));
    let marked = |span: &Span| body(text.slice(*span)).is_some();
    syntax::comments(text.as_str())
        .into_iter()
        .filter(marked)
        .map(|span| {
            let read = config::read_waiver(body(text.slice(span)).unwrap_or_default(), &schema);
            let alone = {
                let lines = Span::new(
                    text.line(text.line_index(span.start)).start,
                    text.line(text.line_index(span.end.saturating_sub(1))).end,
                );
                text.slice(lines).trim() == text.slice(span)
            };
            let (allow, state) = match read {
                Ok(allow) if alone => (allow, State::Unused),
                Ok(allow) => (allow, State::Malformed("対象の条文の上の行に、行を分けて書いてください".into())),
                Err(message) => (Allow::default(), State::Malformed(message)),
            };
            Waiver { allow, comment: Some(span), state }
        })
        .collect()
}

/// What stands behind the mark.
fn body(comment: &str) -> Option<&str> {
    let inner = comment.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    inner.strip_prefix(MARK).map(str::trim)
}

/// For each line the first one from there on that is neither blank nor a comment; the number of lines where none is.
pub(super) fn lines_of_text(contract: &Contract) -> Vec<usize> {
    let text = contract.text();
    let mut next = vec![text.line_count(); text.line_count() + 1];
    for index in (0..text.line_count()).rev() {
        let written = text.slice(text.line(index)).trim_matches(syntax::is_blank);
        let is_text = !written.is_empty() && !written.starts_with("<!--");
        next[index] = if is_text { index } else { next[index + 1] };
    }
    next
}

/// The unit that begins below a comment, given [`lines_of_text`].
pub(super) fn unit_below(contract: &Contract, lines: &[usize], comment: Span) -> UnitId {
    let text = contract.text();
    let below = lines.get(text.line_index(comment.end) + 1).filter(|line| **line < text.line_count());
    below.map_or(UnitId(0), |line| unit_on(contract, text.line(*line)))
}

/// The outermost unit that begins on a line: an article before the 項 on the same line.
fn unit_on(contract: &Contract, line: Span) -> UnitId {
    let end = line.end.max(line.start + 1);
    let units = &contract.units()[1..];
    let first = units.partition_point(|unit| unit.span.start < line.start);
    let begins = units.get(first).is_some_and(|unit| unit.span.start < end);
    if begins { UnitId(first as u32 + 1) } else { contract.unit_at(line.start) }
}

/// The edit that writes a waiver for a finding into the draft itself, above its clause; `None` where the finding is about the whole document.
pub fn comment(analysis: &Analysis, finding: &Finding, reason: &str) -> Option<Edit> {
    let contract = analysis.contract();
    let text = contract.text();
    let clause = clause_of(contract, finding.unit)?;
    let index = text.line_index(contract.unit(clause).span.start);
    let (line, end) = (text.line(index), text.line_with_end(index).end);
    let written = text.slice(line);
    let indent = &written[..written.len() - written.trim_start().len()];
    let end = if line.end == end { "\n" } else { text.slice(Span::new(line.end, end)) };
    let (rule, reason) = (&finding.rule, toml::Value::from(reason));
    let seal = hash(analysis, unit_on(contract, line));
    let comment = format!("<!-- {MARK} rule = \"{rule}\", reason = {reason}, clause = \"{seal}\" -->");
    Some(Edit { span: Span::empty(line.start), text: format!("{indent}{comment}{end}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn a_comment_speaks_of_what_begins_below_it() {
        let source = "契約書\n<!-- a -->\n\n第1条（目的）\n1. 甲は、委託する。\n<!-- b -->\n2. 乙は、受託する。\n";
        let contract = Contract::parse(Text::new(source));
        let lines = lines_of_text(&contract);
        let below: Vec<String> = syntax::comments(source)
            .into_iter()
            .map(|comment| contract.citation(unit_below(&contract, &lines, comment)))
            .collect();
        assert_eq!(below, ["第1条", "第1条第2項"]);
    }
}
