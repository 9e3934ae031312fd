//! `keiyaku inspect`

use std::io;

use clap::{Args, ValueEnum};

use super::input::Input;
use super::output;
use super::terms::TermsFrom;
use super::{CLEAN, FAILURE};
use crate::Contract;
use crate::report::inspect;

/// What to look at.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    facts: super::facts::Stated,
    #[command(flatten)]
    terms: TermsFrom,
    /// 出力の形式
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// 人が読む形式
    Human,
    /// JSON
    Json,
    /// 種類と条項の判定の表（Markdown）
    Table,
}

/// Prints what is seen in files.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let opened = arguments.input.open().and_then(|first| {
        arguments.facts.verify(first.rulebook())?;
        let imported = [first.terms().to_vec(), arguments.terms.names(&arguments.input)?].concat();
        Ok((first, imported))
    });
    let (first, imported) = match opened {
        Ok(opened) => opened,
        Err(message) => {
            output::tell(&message);
            return Ok(FAILURE);
        }
    };
    let rulebook = first.rulebook();
    let stated = arguments.facts.over(&first.config().facts);
    let (files, complete) = arguments.input.read_each(|mut document| {
        let text = document.take_text();
        Ok((document.name, Contract::parse(text)))
    });
    let report = match arguments.format {
        Format::Human => {
            let outline = |(name, contract): &(String, Contract)| {
                let heading = if files.len() > 1 { format!("── {name}\n") } else { String::new() };
                let vocabulary = inspect::vocabulary(contract, rulebook, &imported);
                heading
                    + &inspect::outline(contract)
                    + &vocabulary
                    + "\n"
                    + &inspect::overview(contract, rulebook, &stated)
            };
            files.iter().map(outline).collect::<Vec<String>>().join("\n")
        }
        Format::Json => {
            output::print_json(&inspect::inspect(&files, rulebook, &stated, &imported))?;
            return Ok(if complete { CLEAN } else { FAILURE });
        }
        Format::Table => inspect::table(&files, rulebook, &stated),
    };
    output::show(&report)?;
    Ok(if complete { CLEAN } else { FAILURE })
}
