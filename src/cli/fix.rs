//! `keiyaku fix`

use std::io;

use clap::Args;

use super::check::Choice;
use super::input::{Content, Input};
use super::output::{self, tell};
use super::rewrite::Rewritten;
use super::{CLEAN, FAILURE, FINDINGS};
use crate::fix;

/// What to mend.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    choice: Choice,
    /// ファイルを書き換えず、差分を表示する
    #[arg(long)]
    diff: bool,
    /// 意味が変わるおそれのある修正も行う
    #[arg(long)]
    unsafe_fixes: bool,
}

/// What fixing made of a document.
struct Outcome {
    document: Rewritten,
    count: usize,
    left: usize,
}

/// Mends files in place, or shows the difference. The status is 1 where `--diff` shows something.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    if let Err(message) = arguments.input.open().and_then(|first| arguments.choice.verify(first.rulebook())) {
        tell(&message);
        return Ok(FAILURE);
    }
    let (outcomes, mut complete) = arguments.input.read_each(|mut document| {
        if matches!(document.content, Content::Word(_)) {
            return Ok(Err(document.name));
        }
        let settings = arguments.choice.settings(&document.project, &document.place);
        let text = document.take_text();
        let before = text.as_str().to_string();
        let rulebook = document.project.rulebook();
        let fixed = fix::fix(text, rulebook, &settings, arguments.unsafe_fixes);
        let (count, left) = (fixed.count, fixed.left.len());
        Ok(Ok(Outcome { document: Rewritten { document, before, after: fixed.text }, count, left }))
    });
    let (outcomes, word): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    let outcomes: Vec<Outcome> = outcomes.into_iter().flatten().collect();
    // In folders they are passed over; one that was named is asked for in vain.
    for name in word.into_iter().filter_map(Result::err) {
        if arguments.input.paths.iter().any(|path| path.display().to_string() == name) {
            let remedy = "keiyaku review --fix tracked を使うと、変更履歴として直せます";
            tell(&format!("{name}: Word 文書は書き換えません。{remedy}"));
            complete = false;
        }
    }
    let (mut count, mut files) = (0, 0);
    for outcome in outcomes.iter().filter(|outcome| outcome.document.is_changed()) {
        if arguments.diff {
            output::show_difference(&outcome.document.diff())?;
        } else if let Err(message) = outcome.document.write_back() {
            tell(&format!("{}: {message}", outcome.document.document.name));
            complete = false;
            continue;
        }
        count += outcome.count;
        files += 1;
    }
    let unfixed_stdin = !arguments.diff && outcomes.iter().any(|o| o.document.document.path.is_none());
    if !unfixed_stdin {
        let left: usize = outcomes.iter().map(|o| o.left).sum();
        let verb = if arguments.diff { "直せます" } else { "直しました" };
        tell(&format!("{files}ファイルの{count}件を{verb}。残る指摘は{left}件です"));
    }
    Ok(match (complete, arguments.diff && files > 0) {
        (false, _) => FAILURE,
        (true, true) => FINDINGS,
        (true, false) => CLEAN,
    })
}
