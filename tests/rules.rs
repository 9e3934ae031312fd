//! Every rule page is a test: its examples are checked, and mended where it says how.

use keiyaku::Rulebook;
use keiyaku::rule::examples;

#[test]
fn every_example_of_every_page_is_reported_as_marked() {
    let rulebook = Rulebook::builtin();
    let mut failures = Vec::new();
    for rule in rulebook.rules() {
        for mistake in examples::verify(rule, rulebook) {
            failures.push(format!("rules/{}/{}.md:{}: {}", rule.page.family, rule.id(), mistake.line, mistake.message));
        }
    }
    assert!(failures.is_empty(), "{} failures\n\n{}", failures.len(), failures.join("\n\n"));
}
