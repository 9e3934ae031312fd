//! `keiyaku explain`

use std::io;

use clap::Args;

use super::output::{self, tell};
use super::{CLEAN, FAILURE};
use crate::Rulebook;

/// Which rule to explain.
#[derive(Args)]
pub struct Arguments {
    /// 規則のID（例: empty-item）
    #[arg(value_name = "RULE")]
    rule: String,
}

/// Prints a rule's page.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let rulebook = Rulebook::builtin();
    match rulebook.rule(&arguments.rule) {
        Some(rule) => output::print(&rule.page.text).map(|()| CLEAN),
        None => {
            tell(&format!("「{}」という規則はありません{}", arguments.rule, suggestion(rulebook, &arguments.rule)));
            Ok(FAILURE)
        }
    }
}

/// 「（もしかして: empty-item）」 for a name that is nearly right.
pub fn suggestion(rulebook: &Rulebook, name: &str) -> String {
    let families = rulebook.rules().iter().map(|rule| rule.page.family.as_str());
    let names = rulebook.rules().iter().map(|rule| rule.id()).chain(families);
    let nearest = names.map(|known| (distance(known, name), known)).min();
    match nearest.filter(|(distance, known)| *distance <= known.len() / 3 + 1) {
        Some((_, known)) => format!("（もしかして: {known}）"),
        None => "（一覧は keiyaku rules で表示できます）".into(),
    }
}

/// How many letters have to be added, left out or changed to make one name of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let next = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}
