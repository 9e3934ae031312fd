//! Every rule page is a test: its examples are checked, and mended where it says how.

use keiyaku::rule::examples::{self, Example, Role};
use keiyaku::{Contract, Finding, Rule, Rulebook, Selection, Settings, Span, Text, check, fix};

fn settings(rule: &Rule, example: &Example) -> Settings {
    let mut settings = Settings {
        selection: Selection { select: vec![rule.id().to_string()], ignore: Vec::new() },
        ..Settings::default()
    };
    for (key, value) in &example.settings {
        if let Err(message) = settings.facts.state(key, value) {
            panic!("{}: line {}: {message}", rule.id(), example.line);
        }
    }
    settings
}

fn show(text: &str, spans: &[Span]) -> String {
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

fn compare(rule: &Rule, example: &Example, findings: &[Finding], failures: &mut Vec<String>) {
    let mut spans: Vec<Span> = findings.iter().map(|f| f.span).collect();
    spans.sort_unstable();
    if spans != example.marks {
        let messages: Vec<&str> = findings.iter().map(|f| f.message.as_str()).collect();
        failures.push(format!(
            "rules/{}/{}.md:{} ({:?}): reported is\n{}\n{messages:#?}",
            rule.page.family,
            rule.id(),
            example.line,
            example.role,
            show(&example.text, &spans)
        ));
    }
}

#[test]
fn every_example_of_every_page_is_reported_as_marked() {
    let rulebook = Rulebook::builtin();
    let mut failures = Vec::new();
    for rule in rulebook.rules() {
        let mut bad: Option<Example> = None;
        for example in examples::of(&rule.page) {
            let settings = settings(rule, &example);
            let contract = Contract::parse(Text::new(example.text.as_str()));
            let findings = check(&contract, rulebook, &settings);
            compare(rule, &example, &findings, &mut failures);
            match example.role {
                Role::Bad if example.marks.is_empty() => {
                    failures.push(format!("{}:{}: a bad example without ⟦ ⟧", rule.id(), example.line))
                }
                Role::Good | Role::NearMiss if !example.marks.is_empty() => {
                    failures.push(format!("{}:{}: a good example with ⟦ ⟧", rule.id(), example.line));
                }
                Role::Fixed => {
                    let Some(bad) = &bad else { panic!("{}:{}: no bad example above", rule.id(), example.line) };
                    let fixed = fix::fix(Text::new(bad.text.as_str()), rulebook, &settings, true);
                    if fixed.text != example.text {
                        failures.push(format!(
                            "rules/{}/{}.md:{}: the fix makes\n{}",
                            rule.page.family,
                            rule.id(),
                            example.line,
                            fixed.text
                        ));
                    }
                    let again = fix::fix(Text::new(fixed.text.as_str()), rulebook, &settings, true);
                    if again.text != fixed.text {
                        failures.push(format!(
                            "{}:{}: the fix does not settle:\n{}",
                            rule.id(),
                            example.line,
                            again.text
                        ));
                    }
                }
                _ => {}
            }
            if example.role == Role::Bad {
                bad = Some(example);
            }
        }
    }
    assert!(failures.is_empty(), "{} failures\n\n{}", failures.len(), failures.join("\n\n"));
}
