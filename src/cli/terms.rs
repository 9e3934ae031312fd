//! Terms that another document defines.

use std::path::PathBuf;

use clap::Args;

use super::input::Input;
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
    /// The names that the documents define. Nothing if one could not be read; it has been named on standard error.
    pub fn names(&self, input: &Input) -> Option<Vec<String>> {
        let documents = Input { paths: self.terms_from.clone(), stdin_filename: None, ..input.clone() };
        let (names, complete) = documents.read_each(|mut document| {
            let contract = Contract::parse(document.take_text());
            Terms::of(&contract, &[]).exported().map(str::to_string).collect::<Vec<String>>()
        });
        complete.then(|| names.concat())
    }
}
