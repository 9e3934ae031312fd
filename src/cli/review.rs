//! `keiyaku review`

use std::env;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::baseline::Baselines;
use super::check::Choice;
use super::input::read_word;
use super::output::tell;
use super::project::Projects;
use super::{CLEAN, FAILURE, file, reason};
use crate::review::{self, Options};
use crate::{Contract, Date, check};

/// What to review, and where to write.
#[derive(Args)]
pub struct Arguments {
    /// Word 文書（.docx, .docm, .dotx）
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// コメントを付けた写しの書込み先
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    choice: Choice,
    #[command(flatten)]
    projects: Projects,
    #[command(flatten)]
    baselines: Baselines,
    /// 意味の変わらない修正も書き込む
    #[arg(long, value_enum)]
    fix: Option<FixMode>,
    /// コメントの日付（例: 2026-11-22。指定しなければ日付を付けない）
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FixMode {
    /// 変更履歴として
    Tracked,
}

/// Writes a copy of a Word document with the findings as comments.
///
/// # Errors
/// Never: what goes wrong is told on standard error.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let result = work(arguments).map(|message| tell(&message)).map_err(|message| tell(&message));
    Ok(if result.is_ok() { CLEAN } else { FAILURE })
}

fn work(arguments: &Arguments) -> Result<String, String> {
    let (project, place) = arguments.projects.of(&arguments.file)?;
    let rulebook = project.rulebook();
    arguments.choice.verify(rulebook)?;
    let settings = arguments.choice.settings(&project, &place);
    let date = arguments.date.as_deref().map(date).transpose()?;
    let (name, target) = (arguments.file.display(), arguments.output.display());
    if is_same_file(&arguments.file, &arguments.output) {
        return Err(format!("{target}: 元の文書には書き込みません。-o で別のファイルを指定してください"));
    }
    let bytes = file::read(&arguments.file).map_err(|error| format!("{name}: {}", reason::reading(&error)))?;
    let document = read_word(&name.to_string(), &bytes, Default::default())
        .map_err(|error| format!("{name}: {error}"))?
        .ok_or_else(|| {
            format!("{name}: Word 文書ではありません。テキストは keiyaku check で確認し、keiyaku fix で直せます")
        })?;
    let contract = Contract::parse(document.text());
    let mut findings = check(&contract, rulebook, &settings);
    if let Some((baseline, path)) = arguments.baselines.of(&project, &place)? {
        baseline.retain_new(&path, &mut findings);
    }
    let options = Options { tracked_fixes: arguments.fix == Some(FixMode::Tracked), date };
    let reviewed =
        review::review(&bytes, &document, &findings, &options).map_err(|error| format!("{name}: {error}"))?;
    file::write(&arguments.output, &reviewed.written.bytes)
        .map_err(|error| format!("{target}: {}", reason::writing(&error)))?;
    for warning in &reviewed.written.warnings {
        tell(&format!("{name}: {warning}"));
    }
    if reviewed.written.unplaced > 0 {
        tell(&format!(
            "{name}: {}件の指摘は、コメントを付けられる段落がないため書き込めません",
            reviewed.written.unplaced
        ));
    }
    let changes = match reviewed.mended {
        0 => String::new(),
        count => format!("と{count}件の修正（変更履歴）"),
    };
    Ok(format!("{target}: コメント{}件{changes}を書き込みました", reviewed.comments))
}

/// A day as Word writes moments.
fn date(text: &str) -> Result<String, String> {
    let day: Option<Date> = text.parse().ok();
    day.map(|day| format!("{day}T00:00:00Z"))
        .ok_or_else(|| format!("「{text}」は日付ではありません。2026-11-22 のように指定してください"))
}

/// Whether two paths name one file, also through links and before the second exists.
fn is_same_file(a: &Path, b: &Path) -> bool {
    let absolute =
        |path: &Path| env::current_dir().map(|folder| folder.join(path)).unwrap_or_else(|_| path.to_path_buf());
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| absolute(path));
    real(a) == real(b)
}
