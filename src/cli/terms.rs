//! Terms that another document defines.

use std::path::{Path, PathBuf};

use clap::Args;

use super::input::{self, Content, Input};
use crate::Contract;
use crate::analysis::term::Terms;
use crate::source::word::Tracked;

/// Documents whose terms count as defined.
#[derive(Args)]
pub struct TermsFrom {
    /// 定義語を引き継ぐ文書（個別契約に対する基本契約など）
    #[arg(long, value_name = "FILE")]
    terms_from: Vec<PathBuf>,
}

impl TermsFrom {
    /// The names that the documents define, read as the other files of the run are.
    ///
    /// # Errors
    /// When one cannot be read; it is named.
    pub fn names(&self, input: &Input) -> Result<Vec<String>, String> {
        let names = |file: &PathBuf| input.content_of(file).map(exported);
        self.terms_from.iter().map(names).collect::<Result<Vec<_>, String>>().map(|names| names.concat())
    }
}

/// The names that a document of a configuration defines.
///
/// # Errors
/// When it cannot be read; it is named.
pub fn configured(file: &Path) -> Result<Vec<String>, String> {
    input::content_of(file, None, Tracked::Accepted).map(exported)
}

fn exported(mut content: Content) -> Vec<String> {
    let contract = Contract::parse(content.take_text());
    Terms::of(&contract, &[]).exported().map(str::to_string).collect()
}
