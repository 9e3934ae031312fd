//! Terms that another document defines.

use std::path::PathBuf;

use clap::Args;

use super::input::Input;
use super::project::Project;
use crate::Contract;
use crate::analysis::term::Terms;

/// Documents whose terms count as defined.
#[derive(Args)]
pub struct TermsFrom {
    /// 定義語を引き継ぐ文書（個別契約に対する基本契約など）
    #[arg(long, value_name = "FILE")]
    terms_from: Vec<PathBuf>,
}

impl TermsFrom {
    /// The names that the documents of the flags and of the configuration define. Nothing if one could not be read; it has been named on standard error.
    pub fn names(&self, input: &Input, project: &Project) -> Option<Vec<String>> {
        let configured = project.config().terms_from.iter().map(|file| project.folder().join(file));
        let documents = input.of(self.terms_from.iter().cloned().chain(configured).collect());
        let (names, complete) = documents.read_each(|mut document| {
            let contract = Contract::parse(document.take_text());
            Ok(Terms::of(&contract, &[]).exported().map(str::to_string).collect::<Vec<String>>())
        });
        complete.then(|| names.concat())
    }
}
