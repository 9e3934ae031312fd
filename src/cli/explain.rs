//! `keiyaku explain`

use std::io;

use clap::Args;

use super::output::{self, tell};
use super::{CLEAN, FAILURE};
use crate::Rulebook;
use crate::spelling::nearest;

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
        Some(rule) => output::show(&rule.page.text).map(|()| CLEAN),
        None => {
            tell(&format!("「{}」という規則はありません{}", arguments.rule, suggestion(rulebook, &arguments.rule)));
            Ok(FAILURE)
        }
    }
}

/// 「（もしかして: empty-item）」 for a name that is nearly right.
pub fn suggestion(rulebook: &Rulebook, name: &str) -> String {
    let families = rulebook.rules().iter().map(|rule| rule.page.family.as_str());
    match nearest(name, rulebook.rules().iter().map(|rule| rule.id()).chain(families)) {
        Some(known) => format!("（もしかして: {known}）"),
        None => "（一覧は keiyaku rules で表示できます）".into(),
    }
}
