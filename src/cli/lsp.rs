//! `keiyaku lsp`

use std::io::{self, BufReader, BufWriter};

use clap::Args;

use super::facts::today;
use super::{CLEAN, FINDINGS};
use crate::Facts;

/// How to talk with the editor.
#[derive(Args)]
pub struct Arguments {
    /// 標準入出力を使う（常にそうなので、指定しなくてもよい）
    #[arg(long)]
    #[allow(dead_code, reason = "clients pass it")]
    stdio: bool,
}

/// Serves one editor over standard input and output.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(_: &Arguments) -> io::Result<u8> {
    let stated = Facts { as_of: today(), ..Facts::default() };
    let orderly = crate::lsp::serve(BufReader::new(io::stdin()), BufWriter::new(io::stdout().lock()), stated)?;
    // The status the protocol asks for.
    Ok(if orderly { CLEAN } else { FINDINGS })
}
