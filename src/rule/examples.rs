//! The examples of a rule page: contracts in fenced blocks, with the reported places between ⟦ and ⟧.

use std::collections::BTreeMap;

use super::page::Page;
use crate::text::Span;

/// What an example shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The rule reports the marked places.
    Bad,
    /// The rule is silent.
    Good,
    /// The rule is silent, where a careless one would speak.
    NearMiss,
    /// What the fix makes of the `bad` example above it.
    Fixed,
}

/// One example.
#[derive(Clone, Debug)]
pub struct Example {
    /// What it shows.
    pub role: Role,
    /// The line of the page (from 1) on which its text begins.
    pub line: usize,
    /// The contract, without the marks.
    pub text: String,
    /// The places that were marked.
    pub marks: Vec<Span>,
    /// What stands behind the role: `stage=final`, `kind=nda`.
    pub settings: BTreeMap<String, String>,
}

/// All examples of a page, in order.
pub fn of(page: &Page) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut lines = page.text.split_inclusive('\n').enumerate();
    while let Some((_, line)) = lines.next() {
        let fence: String = line.chars().take_while(|c| *c == '`').collect();
        let Some(info) = line.trim_end().strip_prefix(fence.as_str()).filter(|_| fence.len() >= 3) else { continue };
        let mut words = info.split_whitespace();
        let role = match (words.next(), words.next()) {
            (Some("contract"), Some("bad")) => Role::Bad,
            (Some("contract"), Some("good")) => Role::Good,
            (Some("contract"), Some("near-miss")) => Role::NearMiss,
            (Some("contract"), Some("fixed")) => Role::Fixed,
            _ => continue,
        };
        let settings = words.filter_map(|w| w.split_once('=')).map(|(k, v)| (k.into(), v.into())).collect();
        let mut source = String::new();
        let mut first = 0;
        for (number, line) in lines.by_ref() {
            if line.trim_end() == fence {
                break;
            }
            if first == 0 {
                first = number + 1;
            }
            source.push_str(line);
        }
        let (text, marks) = unmark(&source);
        examples.push(Example { role, line: first, text, marks, settings });
    }
    examples
}

/// Takes the marks ⟦ ⟧ out of a text.
pub fn unmark(source: &str) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut open = Vec::new();
    let mut marks = Vec::new();
    for character in source.chars() {
        match character {
            '⟦' => open.push(text.len() as u32),
            '⟧' => marks.extend(open.pop().map(|start| Span::new(start, text.len() as u32))),
            other => text.push(other),
        }
    }
    marks.sort_unstable();
    (text, marks)
}
