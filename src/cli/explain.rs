//! `keiyaku explain`

use std::io;

use clap::Args;

use super::language::Language;
use super::output::{self, tell};
use super::{CLEAN, FAILURE};
use crate::Rulebook;
use crate::rule::Rule;
use crate::spelling::nearest;

/// Which rule to explain.
#[derive(Args)]
pub struct Arguments {
    /// 規則のID（例: empty-item）。分類、又は * を含むIDなら、その規則を一覧する
    #[arg(value_name = "RULE")]
    rule: String,
}

/// Prints a rule's page; of a family, or of ids with `*`, the list of its rules.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(arguments: &Arguments, language: Language) -> io::Result<u8> {
    let rulebook = Rulebook::builtin();
    let named = |rule: &Rule| crate::is_named(&arguments.rule, rule.id(), &rule.page.family);
    match rulebook.rule(&arguments.rule) {
        Some(rule) => output::show(&rule.page.text).map(|()| CLEAN),
        None if rulebook.rules().iter().any(named) => {
            output::print(&super::rules::list(rulebook.rules().iter().filter(|rule| named(rule)), language))?;
            Ok(CLEAN)
        }
        None => {
            tell(&format!("「{}」という規則はありません{}", arguments.rule, suggestion(rulebook, &arguments.rule)));
            Ok(FAILURE)
        }
    }
}

/// 「（もしかして: empty-item）」 for a name that is nearly right.
pub fn suggestion(rulebook: &Rulebook, name: &str) -> String {
    let families = rulebook.rules().iter().map(|rule| &*rule.page.family);
    let names = || rulebook.rules().iter().map(|rule| rule.id()).chain(families.clone());
    let begun = names().find(|known| name.len() >= 3 && known.starts_with(name));
    match begun.or_else(|| nearest(name, names())) {
        Some(known) => format!("（もしかして: {known}）"),
        None => "（一覧は keiyaku rules で表示できます）".into(),
    }
}
