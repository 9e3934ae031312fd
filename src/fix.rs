//! Mending: the edits of findings applied to the text, again and again until nothing is left to mend.

use std::collections::BTreeMap;

use crate::finding::{Edit, Finding, Safety};
use crate::rule::Rulebook;
use crate::rule::table::Words;
use crate::text::{Span, Text};
use crate::{Contract, Settings, check};

/// What fixing did.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The mended text.
    pub text: String,
    /// How many findings were mended.
    pub count: usize,
    /// The findings that are left.
    pub left: Vec<Finding>,
}

/// How many times a text is looked at anew; every fix makes a text smaller or more uniform, so a few rounds are enough.
const ROUNDS: usize = 16;

/// Mends what can be mended: with safe fixes, or with all. A clause that would be missed as before where it is put is not put in.
pub fn fix(text: Text, rulebook: &Rulebook, settings: &Settings, with_unsafe: bool) -> Fixed {
    let findings_of = |content: &str| check(&Contract::parse(Text::new(content)), rulebook, settings);
    let mut content = text.as_str().to_string();
    let mut left = findings_of(&content);
    let mut count = 0;
    // Rules whose clauses do not help this content.
    let mut in_vain: Vec<Words> = Vec::new();
    for _ in 0..ROUNDS {
        let helpful = left.iter().filter(|finding| !in_vain.contains(&finding.rule));
        let (edits, mended) = choose_from(helpful, with_unsafe);
        let next = apply(&content, &edits);
        if next == content {
            break;
        }
        let behind = findings_of(&next);
        let missed = missed_as_before(&edits, &left, &behind);
        if !missed.is_empty() {
            in_vain.extend(missed);
            continue;
        }
        in_vain.clear();
        (content, left) = (next, behind);
        count += mended;
    }
    Fixed { text: content, count, left }
}

/// The rules that want to put in a clause which was just put in.
fn missed_as_before(edits: &[Edit], before: &[Finding], behind: &[Finding]) -> Vec<Words> {
    let put_in: Vec<(&Words, &Edit)> =
        before.iter().flat_map(clauses).filter(|(_, clause)| edits.contains(clause)).collect();
    let again = |(rule, clause): &(&Words, &Edit)| put_in.iter().any(|(r, c)| r == rule && c.text == clause.text);
    behind.iter().flat_map(clauses).filter(again).map(|(rule, _)| rule.clone()).collect()
}

/// What a finding wants to put in where nothing is taken away: whole lines.
fn clauses(finding: &Finding) -> impl Iterator<Item = (&Words, &Edit)> {
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
    edits.filter(|edit| edit.span.is_empty() && edit.text.contains('\n')).map(|edit| (&finding.rule, edit))
}

/// The edits of as many findings as go together, in order, and the number of those findings. A fix is taken whole or not at all.
pub fn choose(findings: &[Finding], with_unsafe: bool) -> (Vec<Edit>, usize) {
    choose_from(findings.iter(), with_unsafe)
}

fn choose_from<'f>(findings: impl Iterator<Item = &'f Finding>, with_unsafe: bool) -> (Vec<Edit>, usize) {
    // By their spans, and in the order in which they were chosen. They are apart, so that those that begin later end later.
    let mut edits: BTreeMap<(Span, usize), Edit> = BTreeMap::new();
    let mut mended = 0;
    for fix in findings.filter_map(|finding| finding.fix.as_ref()) {
        let allowed = with_unsafe || fix.safety == Safety::Safe;
        let clashes = |edit: &Edit| {
            let last = (Span::new(edit.span.end, u32::MAX), usize::MAX);
            let before = edits.range(..=last).rev().map(|(_, chosen)| chosen);
            before.take_while(|chosen| chosen.span.end >= edit.span.start).any(|chosen| touches(chosen, edit))
        };
        if allowed && !fix.edits.is_empty() && !fix.edits.iter().any(clashes) {
            for edit in &fix.edits {
                edits.insert((edit.span, edits.len()), edit.clone());
            }
            mended += 1;
        }
    }
    (edits.into_values().collect(), mended)
}

/// Whether two edits change the same bytes or insert at the same place.
fn touches(a: &Edit, b: &Edit) -> bool {
    a.span.overlaps(b.span)
        || a.span.start == b.span.start
        || a.span.is_empty() && b.span.contains(a.span) && a.span.start > b.span.start && a.span.end < b.span.end
}

/// The text with edits made, which must be in order and apart.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.span.start as usize]);
        out.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    out.push_str(&text[at..]);
    out
}
