//! The command line. Everything that touches files, the terminal or the environment is below this module.

mod check;
mod explain;
mod facts;
mod fix;
mod input;
mod inspect;
#[cfg(feature = "lsp")]
mod lsp;
mod output;
mod playbook;
mod renumber;
mod review;
mod rewrite;
mod rules;
mod schema;
mod terms;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The work was done and nothing was found at or above the fail level.
const CLEAN: u8 = 0;
/// Findings at or above the fail level.
const FINDINGS: u8 = 1;
/// The tool could not do its work: bad usage, an unreadable file.
const FAILURE: u8 = 2;

/// 契約書の条・項・号を読み取り、番号・参照・定義語・条項・法令との食い違いを指摘します。
#[derive(Parser)]
#[command(name = "keiyaku", version, arg_required_else_help = true, subcommand_required = true, max_term_width = 100)]
#[command(
    after_help = "例:\n  keiyaku check 契約書.txt          一つの契約書を確認する\n  keiyaku check contracts/          フォルダの中の全ての契約書を確認する\n  keiyaku fix --diff 契約書.md      直せる箇所を差分で見る\n  keiyaku review 契約書.docx -o 確認済み.docx   指摘を Word のコメントにする\n  keiyaku explain empty-item        規則の説明を読む\n\n終了コード: 0 指摘なし、1 指摘あり、2 読み込めないファイルや誤った指定"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 契約書を確認して指摘を表示する
    Check(check::Arguments),
    /// 直せる指摘を直す
    Fix(fix::Arguments),
    /// 条・項・号の番号を振り直し、参照も直す
    Renumber(renumber::Arguments),
    /// Word 文書の写しに、指摘をコメントとして書き込む
    Review(review::Arguments),
    /// 読み取った条・項・号の構造を表示する
    Inspect(inspect::Arguments),
    /// 規則の説明を表示する
    Explain(explain::Arguments),
    /// 規則の一覧を表示する
    Rules(rules::Arguments),
    /// 出力の JSON Schema を表示する
    Schema(schema::Arguments),
    /// エディタのための言語サーバー（標準入出力で LSP を話す）
    #[cfg(feature = "lsp")]
    Lsp(lsp::Arguments),
}

/// The rule index as it stands in the README.
pub fn rule_index() -> String {
    rules::markdown(crate::Rulebook::builtin())
}

/// Runs the command line and says how it went.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { FAILURE } else { CLEAN });
        }
    };
    let status = match arguments.command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Fix(arguments) => fix::run(&arguments),
        Command::Renumber(arguments) => renumber::run(&arguments),
        Command::Review(arguments) => review::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        #[cfg(feature = "lsp")]
        Command::Lsp(arguments) => lsp::run(&arguments),
    };
    match status {
        Ok(status) => ExitCode::from(status),
        // The reader has gone (`… | head`): there is nobody to tell.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::from(CLEAN),
        Err(error) => {
            eprintln!("keiyaku: 出力を書き込めません: {error}");
            ExitCode::from(FAILURE)
        }
    }
}
