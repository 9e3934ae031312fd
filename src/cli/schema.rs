//! `keiyaku schema`

use std::io;

use clap::Args;

use super::CLEAN;
use super::output;

/// Which schema to print.
#[derive(Args)]
pub struct Arguments {
    /// inspect の出力の形式（指定しなければ check の出力の形式）
    #[arg(long)]
    inspect: bool,
}

/// Prints the JSON Schema of an output.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let schema = if arguments.inspect { crate::report::inspect::schema() } else { crate::report::json::schema() };
    output::print(&output::pretty(&schema)?)?;
    Ok(CLEAN)
}
