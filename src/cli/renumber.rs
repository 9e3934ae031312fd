//! `keiyaku renumber`

use std::io;

use clap::Args;

use super::input::{Content, Input};
use super::output::{self, tell};
use super::rewrite::Rewritten;
use super::{CLEAN, FAILURE, FINDINGS};
use crate::renumber::renumber;
use crate::{Analysis, Contract, Rulebook, fix};

/// What to renumber.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    input: Input,
    /// ファイルを書き換えず、差分を表示する
    #[arg(long)]
    diff: bool,
}

/// Numbers articles, paragraphs and items anew and rewrites every reference to them. The status is 1 where `--diff` shows something,
/// 2 where a document was refused.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let (outcomes, mut complete) = arguments.input.read_each(|mut document| {
        if matches!(document.content, Content::Word(_)) {
            let remedy = "番号は Word の段落番号で振り直してください";
            return Err(format!("{}: Word 文書は書き換えません。{remedy}", document.name));
        }
        let text = document.take_text();
        let before = text.as_str().to_string();
        let contract = Contract::parse(text);
        match renumber(&Analysis::new(&contract, Rulebook::builtin())) {
            Ok(renumbering) => {
                let after = fix::apply(&before, &renumbering.edits);
                Ok((Rewritten { document, before, after }, renumbering))
            }
            Err(obstacles) => {
                let told = obstacles.iter().map(|obstacle| {
                    let position = contract.text().position(obstacle.span.start);
                    let (line, column) = (position.line, position.column);
                    format!("{}:{line}:{column}: {} {}", document.name, obstacle.at, obstacle.message)
                });
                Err(told.collect::<Vec<String>>().join("\n"))
            }
        }
    });
    let mut changed = false;
    for (document, renumbering) in outcomes.iter().filter(|(document, _)| document.is_changed()) {
        if arguments.diff {
            output::show_difference(&document.diff())?;
        } else if let Err(message) = document.write_back() {
            tell(&format!("{}: {message}", document.document.name));
            complete = false;
            continue;
        }
        changed = true;
        if arguments.diff || document.document.path.is_some() {
            let verb = if arguments.diff { "直せます" } else { "直しました" };
            let (units, references) = (renumbering.units, renumbering.references);
            tell(&format!("{}: {units}か所の番号と{references}か所の参照を{verb}", document.document.name));
        }
    }
    Ok(match (complete, arguments.diff && changed) {
        (false, _) => FAILURE,
        (true, true) => FINDINGS,
        (true, false) => CLEAN,
    })
}
