//! Which files to read, and reading them.

use std::collections::HashSet;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use ignore::WalkBuilder;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::output::tell;
use super::project::{Project, Projects};
use super::{file, reason};
use crate::report::json::WordRange;
use crate::source::word::{self, Tracked};
use crate::source::{self, Decoded, Encoding, ReadError};
use crate::{Finding, Text};

/// What to read.
#[derive(Args, Default)]
pub struct Input {
    /// ファイル又はフォルダ。「-」は標準入力
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// 標準入力の内容に付けるファイル名
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,
    /// 文字コード（指定しなければ自動で判定する）
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<Encoding>,
    /// Word の変更履歴の読み方
    #[arg(long, value_enum, default_value_t = TrackedName::Accepted)]
    pub tracked: TrackedName,
    #[command(flatten)]
    projects: Projects,
}

/// Which side of tracked changes is read.
#[derive(Clone, Copy, Default, ValueEnum)]
pub enum TrackedName {
    /// 全て承諾したものとして読む
    #[default]
    Accepted,
    /// 全て元に戻したものとして読む
    Original,
}

impl From<TrackedName> for Tracked {
    fn from(name: TrackedName) -> Tracked {
        match name {
            TrackedName::Accepted => Tracked::Accepted,
            TrackedName::Original => Tracked::Original,
        }
    }
}

fn encoding(name: &str) -> Result<Encoding, String> {
    Encoding::named(name).ok_or_else(|| {
        format!(
            "「{name}」という文字コードはありません。使えるのは {} です",
            Encoding::all().collect::<Vec<_>>().join(", ")
        )
    })
}

/// A file that was read.
pub struct Document {
    /// Its name as it is shown.
    pub name: String,
    /// Where it is, unless it came from standard input.
    pub path: Option<PathBuf>,
    /// The bytes as they were.
    pub bytes: Vec<u8>,
    /// What was read from them.
    pub content: Content,
    /// What its folder has agreed on.
    pub project: Arc<Project>,
    /// Its path from the folder of the project, with `/`.
    pub place: String,
}

/// What a file holds.
pub enum Content {
    /// Text, and how it was decoded; the text itself is taken out.
    Plain(Decoded),
    /// A Word document.
    Word(word::Document),
}

impl Content {
    /// Takes the text.
    pub fn take_text(&mut self) -> Text {
        match self {
            Content::Plain(decoded) => Text::new(std::mem::take(&mut decoded.text)),
            Content::Word(document) => document.text(),
        }
    }

    /// The places of findings in a Word document; none in a text.
    pub fn word_ranges(&self, findings: &[Finding]) -> Vec<WordRange> {
        match self {
            Content::Plain(_) => Vec::new(),
            Content::Word(document) => {
                findings.iter().filter_map(|finding| WordRange::of(document.body(), finding.span)).collect()
            }
        }
    }
}

impl Document {
    /// Its configuration file, or the one to write, and the path by which that knows it; none for standard input.
    pub fn location(&self) -> Option<(PathBuf, String)> {
        self.path.as_ref().map(|_| self.project.location(&self.place))
    }

    /// Its path from a folder, with `/`.
    pub fn path_from(&self, folder: &Path) -> String {
        self.project.path_from(&self.place, folder)
    }

    /// Takes the text.
    pub fn take_text(&mut self) -> Text {
        self.content.take_text()
    }
}

/// Files in folders that are read without being named.
const EXTENSIONS: [&str; 7] = ["txt", "md", "markdown", "text", "docx", "docm", "dotx"];
/// Above this many files a progress bar is shown on a terminal.
const MANY: usize = 50;
/// Files that are worked on together by one core: at the most so many, and no more when they have so many bytes.
const TOGETHER: usize = 16;
const BYTES_TOGETHER: usize = 1 << 18;
/// How often each core takes such files before the results are handed on in order.
const ROUNDS: usize = 4;

impl Input {
    /// Reads everything and does something with each document, on all cores; the results come in the order of the paths. Also says whether
    /// everything could be done; what could not has been named on standard error.
    pub fn read_each<T: Send>(&self, work: impl Fn(Document) -> Result<T, String> + Sync) -> (Vec<T>, bool) {
        self.read_groups(|documents| documents.into_iter().map(&work).collect())
    }

    /// As [`Input::read_each`], but hands several documents to the work at a time.
    pub fn read_groups<T: Send>(
        &self,
        work: impl Fn(Vec<Document>) -> Vec<Result<T, String>> + Sync,
    ) -> (Vec<T>, bool) {
        let mut results = Vec::new();
        let complete = self.stream_groups(work, |result| {
            results.push(result);
            Ok(())
        });
        (results, complete.expect("a vector takes everything"))
    }

    /// As [`Input::read_each`], but hands each result on as soon as it and all before it are there, and keeps none.
    ///
    /// # Errors
    /// When a result cannot be handed on; the files that are left are not read.
    pub fn stream_each<T: Send>(
        &self,
        work: impl Fn(Document) -> Result<T, String> + Sync,
        each: impl FnMut(T) -> io::Result<()>,
    ) -> io::Result<bool> {
        self.stream_groups(|documents| documents.into_iter().map(&work).collect(), each)
    }

    /// As [`Input::stream_each`], but hands several documents to the work at a time: small ones cost less together.
    ///
    /// # Errors
    /// As [`Input::stream_each`].
    pub fn stream_groups<T: Send>(
        &self,
        work: impl Fn(Vec<Document>) -> Vec<Result<T, String>> + Sync,
        mut each: impl FnMut(T) -> io::Result<()>,
    ) -> io::Result<bool> {
        let (files, mut complete) = self.files();
        let bar = progress(files.len());
        // A configuration that cannot be read fails every file below it; it is named once.
        let mut told = HashSet::new();
        let read = |files: &[PathBuf]| {
            let results = self.read_group(files, &work);
            bar.inc(files.len() as u64);
            results
        };
        // For a single file no threads are started.
        let threads = if files.len() > 1 { rayon::current_num_threads() } else { 1 };
        for batch in files.chunks(ROUNDS * TOGETHER * threads) {
            let together = batch.len().div_ceil(threads).clamp(1, TOGETHER);
            let results: Vec<Vec<Result<T, String>>> = match batch {
                [_] => vec![read(batch)],
                _ => batch.par_chunks(together).map(read).collect(),
            };
            for result in results.into_iter().flatten() {
                match result {
                    Ok(result) => bar.suspend(|| each(result))?,
                    Err(message) => {
                        complete = false;
                        if !told.contains(&message) {
                            bar.suspend(|| tell(&message));
                            told.insert(message);
                        }
                    }
                }
            }
        }
        bar.finish_and_clear();
        Ok(complete)
    }

    /// Reads some files and hands them to the work, in groups that are not too large; the results in the order of the files.
    fn read_group<T>(
        &self,
        files: &[PathBuf],
        work: impl Fn(Vec<Document>) -> Vec<Result<T, String>>,
    ) -> Vec<Result<T, String>> {
        let mut results = Vec::with_capacity(files.len());
        let (mut group, mut bytes) = (Vec::new(), 0);
        for file in files {
            let failure = match self.read(file) {
                Ok(document) => {
                    bytes += document.bytes.len();
                    group.push(document);
                    None
                }
                Err(message) => Some(Err(message)),
            };
            if bytes > BYTES_TOGETHER || failure.is_some() {
                results.extend(work(std::mem::take(&mut group)));
                results.extend(failure);
                bytes = 0;
            }
        }
        results.extend(work(group));
        results
    }

    /// Forgets the configurations that were read.
    pub fn forget(&self) {
        self.projects.forget();
    }

    /// The project of the first path, which says what holds for the whole run.
    ///
    /// # Errors
    /// When its configuration cannot be read.
    pub fn open(&self) -> Result<Arc<Project>, String> {
        let first = self.paths.first().map(PathBuf::as_path).unwrap_or(Path::new("."));
        self.project_of(first).map(|(project, _)| project)
    }

    /// The configuration files that hold for the paths.
    pub fn configurations(&self) -> impl Iterator<Item = PathBuf> {
        let projects = self.paths.iter().filter_map(|path| self.project_of(path).ok());
        projects.filter_map(|(project, _)| project.file().map(Path::to_path_buf))
    }

    /// The path by which a file is known: what is read from standard input may have been given one.
    fn named<'a>(&'a self, file: &'a Path) -> &'a Path {
        if file == Path::new("-") { self.stdin_filename.as_deref().unwrap_or(file) } else { file }
    }

    /// The files to read, in order, each once.
    fn files(&self) -> (Vec<PathBuf>, bool) {
        let mut files = Vec::new();
        let mut complete = true;
        for path in &self.paths {
            if !path.is_dir() {
                files.push(path.clone());
                continue;
            }
            let mut found: Vec<PathBuf> = Vec::new();
            for entry in WalkBuilder::new(path).require_git(false).follow_links(false).build() {
                match entry {
                    Ok(entry)
                        if entry.file_type().is_some_and(|t| t.is_file()) && has_known_extension(entry.path()) =>
                    {
                        let excluded = self
                            .projects
                            .of(entry.path())
                            .is_ok_and(|(project, place)| project.config().excludes(&place));
                        if !excluded {
                            found.push(entry.into_path());
                        }
                    }
                    Ok(_) => {}
                    Err(error) => {
                        tell(&format!("{}: フォルダを読めません（{error}）", path.display()));
                        complete = false;
                    }
                }
            }
            if found.is_empty() {
                let name = path.display();
                tell(&format!(
                    "{name}: 読むファイルがありません。フォルダからは {} を読みます（.gitignore と exclude のものを除く）。ほかは名前で指定してください",
                    EXTENSIONS.map(|extension| format!(".{extension}")).join(" ")
                ));
                complete = false;
            }
            found.sort();
            files.extend(found.into_iter().map(|file| file.strip_prefix("./").map(Path::to_path_buf).unwrap_or(file)));
        }
        let mut seen = HashSet::new();
        files.retain(|file| seen.insert(file.clone()));
        (files, complete)
    }

    fn read(&self, path: &Path) -> Result<Document, String> {
        let stdin = path == Path::new("-");
        let name = match (&self.stdin_filename, stdin) {
            (Some(name), true) => name.display().to_string(),
            (None, true) => "<標準入力>".to_string(),
            _ => path.display().to_string(),
        };
        let (project, place) = self.project_of(path)?;
        let bytes = if stdin { file::read_all(io::stdin().lock(), 0) } else { file::read(path) };
        let bytes = bytes.map_err(|error| format!("{name}: {}", reason::reading(&error)))?;
        let content = self.content(&name, &bytes).map_err(|error| format!("{name}: {error}"))?;
        Ok(Document { name, path: (!stdin).then(|| path.to_path_buf()), bytes, content, project, place })
    }

    /// What some bytes hold; what is doubtful about them is told under a name.
    ///
    /// # Errors
    /// When they are neither text nor a Word document.
    pub fn content(&self, name: &str, bytes: &[u8]) -> Result<Content, ReadError> {
        content(name, bytes, self.encoding, self.tracked.into())
    }

    /// What another file holds, read in the same way.
    ///
    /// # Errors
    /// As [`content_of`].
    pub fn content_of(&self, file: &Path) -> Result<Content, String> {
        content_of(file, self.encoding, self.tracked.into())
    }

    /// What is agreed on for a file: its project, and its path from there.
    ///
    /// # Errors
    /// When the configuration cannot be read.
    pub fn project_of(&self, file: &Path) -> Result<(Arc<Project>, String), String> {
        self.projects.of(self.named(file))
    }
}

/// What a file holds.
///
/// # Errors
/// When it cannot be read; it is named.
pub fn content_of(path: &Path, encoding: Option<Encoding>, tracked: Tracked) -> Result<Content, String> {
    let name = path.display().to_string();
    let bytes = file::read(path).map_err(|error| format!("{name}: {}", reason::reading(&error)))?;
    content(&name, &bytes, encoding, tracked).map_err(|error| format!("{name}: {error}"))
}

fn content(name: &str, bytes: &[u8], encoding: Option<Encoding>, tracked: Tracked) -> Result<Content, ReadError> {
    if let Some(document) = read_word(name, bytes, tracked)? {
        return Ok(Content::Word(document));
    }
    let decoded = source::decode(bytes, encoding)?;
    if decoded.doubtful {
        tell(&format!(
            "{name}: 文字コードの判定に確信がありません（{} として読みました）。違う場合は --encoding で指定してください",
            decoded.encoding.name()
        ));
    }
    Ok(Content::Plain(decoded))
}

/// Reads a Word document and says what of it is not certain; `None` where the file is something else.
///
/// # Errors
/// As [`word::read`].
pub fn read_word(name: &str, bytes: &[u8], tracked: Tracked) -> Result<Option<word::Document>, ReadError> {
    if !word::is_package(bytes) {
        return Ok(None);
    }
    let document = word::read(bytes, tracked)?;
    for doubt in &document.doubts {
        tell(&format!("{name}: {doubt}。番号に関する指摘は情報として示します"));
    }
    if document.has_other_documents {
        tell(&format!(
            "{name}: 差し込まれた別の文書（altChunk）は読み込みません。Word で保存し直すと本文に取り込まれます"
        ));
    }
    Ok(Some(document))
}

/// Whether a file of a folder is read without being named.
pub fn has_known_extension(path: &Path) -> bool {
    // Word keeps `~$draft.docx` beside a document that is open.
    if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$")) {
        return false;
    }
    let extension = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    extension.is_some_and(|e| EXTENSIONS.contains(&e.as_str()))
}

fn progress(count: usize) -> ProgressBar {
    if count < MANY || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(count as u64).with_style(style)
}
