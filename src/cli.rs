//! The command line. Everything that touches files, the terminal or the environment is below this module.

mod allow;
mod baseline;
mod check;
mod completions;
mod explain;
mod facts;
mod file;
mod fix;
mod init;
mod input;
mod inspect;
mod interrupt;
mod language;
#[cfg(feature = "lsp")]
mod lsp;
mod mistake;
mod output;
mod playbook;
mod project;
mod reason;
mod renumber;
mod review;
mod rewrite;
mod rules;
mod schema;
mod stream;
mod terms;
mod watch;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use language::Language;

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
    /// 説明と規則の題名の言語
    #[arg(long, global = true, value_enum, default_value_t = Language::Ja)]
    lang: Language,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 契約書を確認して指摘を表示する
    #[command(
        after_help = "例:\n  keiyaku check --stage final 契約書.docx          締結用の契約書を確認する\n  keiyaku check --format sarif . > keiyaku.sarif   CI の形式で出力する\n  keiyaku check --select structure,reference --ignore 'item-*' .\n  keiyaku check --stdin ndjson < contracts.ndjson  多数の契約書を流し込む"
    )]
    Check(check::Arguments),
    /// 指摘を理由を付けて受け入れる（keiyaku.toml に書き込む）
    #[command(
        after_help = "例:\n  keiyaku check --format short --fingerprints contracts/\n  keiyaku allow 3f2a90c1 --reason \"取引基本契約の定めに合わせた\" contracts/"
    )]
    Allow(allow::Arguments),
    /// 今ある指摘を記録し、以後は新しい指摘だけを表示できるようにする
    #[command(
        after_help = "例:\n  keiyaku baseline contracts/\n  keiyaku check --baseline keiyaku-baseline.json contracts/"
    )]
    Baseline(baseline::Arguments),
    /// 直せる指摘を直す
    #[command(after_help = "例:\n  keiyaku fix --diff 契約書.md\n  keiyaku fix --select notation contracts/")]
    Fix(fix::Arguments),
    /// 条・項・号の番号を振り直し、参照も直す
    #[command(
        after_help = "例:\n  keiyaku renumber --diff 契約書.md   振り直すとどうなるかを差分で見る\n  keiyaku renumber 契約書.md"
    )]
    Renumber(renumber::Arguments),
    /// Word 文書の写しに、指摘をコメントとして書き込む
    #[command(
        after_help = "例:\n  keiyaku review 契約書.docx -o 確認済み.docx\n  keiyaku review --fix tracked 契約書.docx -o 確認済み.docx   意味の変わらない修正を変更履歴にする"
    )]
    Review(review::Arguments),
    /// 読み取った条・項・号の構造を表示する
    #[command(
        after_help = "例:\n  keiyaku inspect 契約書.docx\n  keiyaku inspect --format table contracts/   契約の種類と条項の判定を表で見る"
    )]
    Inspect(inspect::Arguments),
    /// 規則の説明を表示する
    #[command(after_help = "例:\n  keiyaku explain empty-item\n  keiyaku explain notation   分類の規則を一覧する")]
    Explain(explain::Arguments),
    /// 規則の一覧を表示する
    #[command(
        after_help = "例:\n  keiyaku rules\n  keiyaku rules --check playbook/   組織独自の規則を読み、その例を試験する"
    )]
    Rules(rules::Arguments),
    /// シェルの補完スクリプトを表示する
    #[command(
        after_help = "例:\n  keiyaku completions bash > ~/.local/share/bash-completion/completions/keiyaku\n  keiyaku completions zsh > ~/.zfunc/_keiyaku"
    )]
    Completions(completions::Arguments),
    /// man ページを表示する（keiyaku man | man -l -）
    #[command(after_help = "例:\n  keiyaku man | man -l -\n  keiyaku man check | man -l -")]
    Man(completions::ManArguments),
    /// 設定ファイル keiyaku.toml のひな形を作る
    #[command(after_help = "例:\n  keiyaku init\n  keiyaku init --stdout | less   作らずに読む")]
    Init(init::Arguments),
    /// 出力や設定ファイルの JSON Schema を表示する
    #[command(
        after_help = "例:\n  keiyaku schema > check.schema.json\n  keiyaku schema --config > keiyaku.schema.json   エディタで keiyaku.toml を書くとき"
    )]
    Schema(schema::Arguments),
    /// エディタのための言語サーバー（標準入出力で LSP を話す）
    #[command(after_help = "例:\n  keiyaku lsp   エディタが起動する（設定は docs/editors.md）")]
    #[cfg(feature = "lsp")]
    Lsp(lsp::Arguments),
}

/// The rule index as it stands in the README.
pub fn rule_index() -> String {
    rules::markdown(crate::Rulebook::builtin())
}

/// Runs the command line and says how it went.
pub fn main() -> ExitCode {
    let language = Language::asked(std::env::args_os());
    let read = |mut command: clap::Command| {
        let matches = command.try_get_matches_from_mut(std::env::args_os());
        matches.and_then(|matches| Arguments::from_arg_matches(&matches))
    };
    // The words of helps and mistakes are put together only where somebody needs them.
    let read = read(Arguments::command()).or_else(|_| read(language.speak(Arguments::command())));
    let arguments = match read {
        Ok(arguments) => arguments,
        Err(error) => {
            if language == Language::Ja
                && let Some(message) = mistake::japanese(&error)
            {
                output::tell(&message);
                return ExitCode::from(FAILURE);
            }
            // Help and the version go to standard output.
            let told = error.use_stderr();
            return match error.print() {
                _ if told => ExitCode::from(FAILURE),
                written => ended(written.map(|()| CLEAN)),
            };
        }
    };
    let status = match arguments.command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Allow(arguments) => allow::run(&arguments),
        Command::Baseline(arguments) => baseline::run(&arguments),
        Command::Fix(arguments) => fix::run(&arguments),
        Command::Renumber(arguments) => renumber::run(&arguments),
        Command::Review(arguments) => review::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Explain(rule) => explain::run(&rule, arguments.lang),
        Command::Rules(list) => rules::run(&list, arguments.lang),
        Command::Completions(wanted) => completions::run(&wanted, arguments.lang),
        Command::Man(wanted) => completions::man(&wanted, arguments.lang),
        Command::Init(arguments) => init::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        #[cfg(feature = "lsp")]
        Command::Lsp(arguments) => lsp::run(&arguments),
    };
    ended(status)
}

/// The exit status for what became of the work.
fn ended(status: std::io::Result<u8>) -> ExitCode {
    match status {
        Ok(status) => ExitCode::from(status),
        // The reader has gone (`… | head`): there is nobody to tell, but not all was done.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::from(FAILURE),
        Err(error) => {
            output::tell(&format!("標準出力に{}", reason::writing(&error)));
            ExitCode::from(FAILURE)
        }
    }
}
