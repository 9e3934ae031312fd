//! `keiyaku fix`

use std::io::{self, Write};

use clap::Args;

use super::check::Choice;
use super::input::{Content, Document, Input};
use super::output::{self, tell, write_file};
use super::{CLEAN, FAILURE, FINDINGS};
use crate::{fix, source};

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

/// A document with what fixing made of it.
struct Outcome {
    document: Document,
    before: String,
    fixed: fix::Fixed,
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
        Ok(Ok(Outcome { fixed: fix::fix(text, rulebook, &settings, arguments.unsafe_fixes), before, document }))
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
    for outcome in outcomes.iter().filter(|outcome| outcome.fixed.text != outcome.before) {
        if arguments.diff {
            output::print(&unified_diff(&outcome.document.name, &outcome.before, &outcome.fixed.text))?;
        } else if let Err(message) = write_back(outcome) {
            tell(&format!("{}: {message}", outcome.document.name));
            complete = false;
            continue;
        }
        count += outcome.fixed.count;
        files += 1;
    }
    let unfixed_stdin = !arguments.diff && outcomes.iter().any(|o| o.document.path.is_none());
    if !unfixed_stdin {
        let left: usize = outcomes.iter().map(|o| o.fixed.left.len()).sum();
        let verb = if arguments.diff { "直せます" } else { "直しました" };
        tell(&format!("{files}ファイルの{count}件を{verb}。残る指摘は{left}件です"));
    }
    Ok(match (complete, arguments.diff && files > 0) {
        (false, _) => FAILURE,
        (true, true) => FINDINGS,
        (true, false) => CLEAN,
    })
}

/// Writes the mended text in the encoding it came in, beside the file and then in its place; text from standard input goes to standard
/// output.
fn write_back(outcome: &Outcome) -> Result<(), String> {
    let Content::Plain(decoded) = &outcome.document.content else { return Ok(()) };
    let encode = |text: &str| source::encode(text, decoded.encoding, decoded.bom);
    // Bytes that were not understood would be lost.
    if encode(&outcome.before).as_deref() != Some(outcome.document.bytes.as_slice()) {
        return Err("文字コードを正しく判定できないため、書き換えません。--encoding で指定してください".into());
    }
    let bytes = encode(&outcome.fixed.text).ok_or("元の文字コードで表せない文字があるため、書き換えません")?;
    match &outcome.document.path {
        None => io::stdout().lock().write_all(&bytes).map_err(|e| format!("出力できません（{e}）")),
        Some(path) => write_file(path, &bytes).map_err(|e| format!("書き込めません（{e}）")),
    }
}

fn unified_diff(name: &str, before: &str, after: &str) -> String {
    let diff = similar::TextDiff::from_lines(before, after);
    diff.unified_diff().context_radius(2).header(&format!("a/{name}"), &format!("b/{name}")).to_string()
}
