//! The examples of a rule page: contracts in fenced blocks, with the reported places between ⟦ and ⟧.

use std::collections::BTreeMap;

use super::Rulebook;
use super::page::{Page, PageError};
use crate::rule::Rule;
use crate::text::{Span, StaleNumber, Text};
use crate::{Contract, Finding, Selection, Settings, check, fix};

/// What stands behind the role of an example with cross-references.
const NOW: &str = "now";

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

/// Runs the examples of a rule's page as tests: what is reported must be what is marked, and what a fix makes must be what is shown.
/// What is not so is a mistake in the page, on the line where the example begins; in Japanese.
pub fn verify(rule: &Rule, rulebook: &Rulebook) -> Vec<PageError> {
    let mut mistakes = Vec::new();
    let mut bad: Option<Example> = None;
    for example in of(&rule.page) {
        let mut mistake = |message: String| mistakes.push(PageError { line: example.line, message });
        let settings = match example.settings(rule) {
            Ok(settings) => settings,
            Err(message) => {
                mistake(message);
                continue;
            }
        };
        let contract = Contract::parse(example.read());
        let findings = check(&contract, rulebook, &settings);
        if let Some(reported) = example.differs(&findings) {
            mistake(format!("例（{:?}）で報告されたのは、印とは違い次のとおりです。\n{reported}", example.role));
        }
        match (example.role, &bad) {
            (Role::Bad, _) if example.marks.is_empty() => mistake("bad の例に ⟦ ⟧ がありません".into()),
            (Role::Good | Role::NearMiss, _) if !example.marks.is_empty() => {
                mistake("good・near-miss の例に ⟦ ⟧ があります".into());
            }
            (Role::Fixed, None) => mistake("fixed の例の上に bad の例がありません".into()),
            (Role::Fixed, Some(bad)) => {
                let fixed = fix::fix(Text::new(bad.text.as_str()), rulebook, &settings, true);
                if fixed.text != example.text {
                    mistake(format!("修正すると次のとおりになります。\n{}", fixed.text));
                }
                let again = fix::fix(Text::new(fixed.text.as_str()), rulebook, &settings, true);
                if again.text != fixed.text {
                    mistake(format!("もう一度修正すると次のとおりに変わります。\n{}", again.text));
                }
            }
            _ => {}
        }
        if example.role == Role::Bad {
            bad = Some(example);
        }
    }
    mistakes
}

impl Example {
    /// The settings under which it is checked: its rule alone, with the facts that it states.
    ///
    /// # Errors
    /// When it states what is no fact; in Japanese.
    pub fn settings(&self, rule: &Rule) -> Result<Settings, String> {
        let selection = Selection { select: vec![rule.id().to_string()], ignore: Vec::new() };
        let mut settings = Settings { selection, ..Settings::default() };
        let mut stated = self.settings.iter().filter(|(name, _)| *name != NOW);
        stated.try_for_each(|(name, value)| settings.facts.state(name, value))?;
        Ok(settings)
    }

    /// The text as it is read. `now=第2条` says that what is marked are cross-references of Word to a paragraph that now has this number.
    pub fn read(&self) -> Text {
        let stale = |now: &String| {
            let number = |&span: &Span| StaleNumber { span, now: now.clone() };
            self.marks.iter().map(number).collect()
        };
        Text::new(self.text.as_str()).with_stale_numbers(self.settings.get(NOW).map(stale).unwrap_or_default())
    }

    /// What was reported, where it is not what is marked.
    fn differs(&self, findings: &[Finding]) -> Option<String> {
        let mut spans: Vec<Span> = findings.iter().map(|finding| finding.span).collect();
        spans.sort_unstable();
        if spans == self.marks {
            return None;
        }
        let messages: Vec<String> = findings.iter().map(|finding| format!("- {}", finding.message)).collect();
        Some(format!("{}\n{}", mark(&self.text, &spans), messages.join("\n")))
    }
}

/// Writes the marks ⟦ ⟧ into a text.
fn mark(text: &str, spans: &[Span]) -> String {
    let mut out = String::new();
    for (at, character) in text.char_indices() {
        let at = at as u32;
        out.extend(spans.iter().filter(|s| s.end == at && !s.is_empty()).map(|_| '⟧'));
        out.extend(spans.iter().filter(|s| s.start == at).map(|_| '⟦'));
        out.extend(spans.iter().filter(|s| s.end == at && s.is_empty()).map(|_| '⟧'));
        out.push(character);
    }
    out.extend(spans.iter().filter(|s| s.end as usize == text.len() && !s.is_empty()).map(|_| '⟧'));
    out
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
