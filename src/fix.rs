//! Mending: the edits of findings applied to the text, again and again until nothing is left to mend.

use crate::finding::{Edit, Finding, Safety};
use crate::rule::Rulebook;
use crate::text::Text;
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

/// Mends what can be mended: with safe fixes, or with all.
pub fn fix(text: Text, rulebook: &Rulebook, settings: &Settings, with_unsafe: bool) -> Fixed {
    let mut content = text.as_str().to_string();
    let mut count = 0;
    for _ in 0..ROUNDS {
        let contract = Contract::parse(Text::new(content.as_str()));
        let findings = check(&contract, rulebook, settings);
        let (edits, mended) = choose(&findings, with_unsafe);
        if edits.is_empty() {
            return Fixed { text: content, count, left: findings };
        }
        let next = apply(&content, &edits);
        if next == content {
            return Fixed { text: content, count, left: findings };
        }
        content = next;
        count += mended;
    }
    let contract = Contract::parse(Text::new(content.as_str()));
    let left = check(&contract, rulebook, settings);
    Fixed { text: content, count, left }
}

/// The edits of as many findings as go together, in order, and the number of those findings. A fix is taken whole or not at all.
pub fn choose(findings: &[Finding], with_unsafe: bool) -> (Vec<Edit>, usize) {
    let mut edits: Vec<Edit> = Vec::new();
    let mut mended = 0;
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
        let allowed = with_unsafe || fix.safety == Safety::Safe;
        let clashes = |edit: &Edit| {
            let after = edits.partition_point(|e| e.span.end < edit.span.start);
            edits[after..].iter().take_while(|e| e.span.start <= edit.span.end).any(|e| touches(e, edit))
        };
        if allowed && !fix.edits.is_empty() && !fix.edits.iter().any(clashes) {
            edits.extend(fix.edits.iter().cloned());
            edits.sort_by_key(|edit| edit.span);
            mended += 1;
        }
    }
    (edits, mended)
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
