//! Small things that writing XML needs: names with the prefixes of the file, ids that are free, text put in at places.

use std::borrow::Cow;
use std::collections::HashSet;

use super::xml::{Element, Tree, Vocabulary};
use crate::text::Span;

const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// The prefixes under which WordprocessingML is written in a part.
pub struct Names {
    /// Before the names of elements: `w:`, or nothing.
    pub element: String,
    /// Before the names of attributes, which need one.
    pub attribute: String,
    /// What an element has to say where the part itself binds no prefix for attributes.
    pub declaration: String,
    strict: bool,
}

impl Names {
    /// The names as the outermost element of a part binds them.
    pub fn of(root: Element) -> Names {
        let strict = root.tag().contains(STRICT);
        let namespace = if strict { STRICT } else { TRANSITIONAL };
        match root.bound_prefix(namespace) {
            Some(prefix) => {
                let prefix = format!("{prefix}:");
                Names { element: prefix.clone(), attribute: prefix, declaration: String::new(), strict }
            }
            None => Names { declaration: format!(" xmlns:w=\"{namespace}\""), ..Names::own(strict) },
        }
    }

    /// The names of a part of our own.
    pub fn own(strict: bool) -> Names {
        Names { element: "w:".into(), attribute: "w:".into(), declaration: String::new(), strict }
    }

    /// The vocabulary that is meant.
    pub fn namespace(&self) -> &'static str {
        if self.strict { STRICT } else { TRANSITIONAL }
    }
}

/// Gives out ids of annotations that no other has (§17.13.1).
pub struct Ids {
    used: HashSet<i64>,
    next: i64,
}

impl Ids {
    /// Knows the ids of some parts.
    pub fn of<'t>(trees: impl Iterator<Item = &'t Tree>) -> Ids {
        let mut used = HashSet::new();
        for element in trees.flat_map(Tree::elements).filter(|element| element.vocabulary() == Vocabulary::Word) {
            if element.tag().contains("id=") {
                used.extend(element.attribute("id").and_then(|id| id.trim().parse::<i64>().ok()));
            }
        }
        let highest = used.iter().max().copied().unwrap_or(-1);
        // Word reads ids as 32 bits; where somebody has used the highest ones, those between are taken.
        let next = if highest < i64::from(i32::MAX / 2) { (highest + 1).max(0) } else { 0 };
        Ids { used, next }
    }

    /// An id that is free.
    pub fn take(&mut self) -> i64 {
        while self.used.contains(&self.next) {
            self.next += 1;
        }
        self.next += 1;
        self.next - 1
    }
}

/// Text that takes the place of some bytes.
pub type Splice<'a> = (Span, Cow<'a, str>);

/// The source with splices made. They are apart; those at one place come in the order in which they are given.
pub fn splice(source: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|(span, _)| span.start);
    let mut out = String::with_capacity(source.len() + splices.iter().map(|(_, text)| text.len()).sum::<usize>());
    let mut at = 0;
    for (span, text) in splices {
        out.push_str(&source[at.min(span.start as usize)..span.start as usize]);
        out.push_str(&text);
        at = span.end as usize;
    }
    out.push_str(&source[at..]);
    out
}

/// What puts markup at the end of the inside of an element, also of one that has no inside yet.
pub fn append_inside(element: Element, markup: &str) -> Splice<'static> {
    let (inner, end) = (element.inner(), element.range().end);
    if inner.end < end {
        return (Span::empty(inner.end as u32), Cow::Owned(markup.to_string()));
    }
    let name = element.qualified_name();
    (Span::new(end as u32 - 2, end as u32), Cow::Owned(format!(">{markup}</{name}>")))
}
