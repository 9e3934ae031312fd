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
    /// 設定ファイル keiyaku.toml の形式
    #[arg(long, conflicts_with = "inspect")]
    config: bool,
}

/// Prints the JSON Schema of an output or of the configuration file.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    output::print(&match arguments {
        Arguments { config: true, .. } => output::pretty(&crate::config::schema::schema(crate::Rulebook::builtin())),
        Arguments { inspect: true, .. } => output::pretty(&crate::report::inspect::schema()),
        _ => output::pretty(&crate::report::json::schema()),
    }?)?;
    Ok(CLEAN)
}
