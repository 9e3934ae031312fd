//! `keiyaku check --watch`: checks again whenever a file changes.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::input::has_known_extension;
use super::output::{self, tell};
use super::{FAILURE, file};

/// Changes that come within this time are one: editors write a file in several steps.
const SETTLED: Duration = Duration::from_millis(150);

/// Does the work, and does it again after every change of files that are read or of those of their folders. Ends only with the program, or
/// when nothing can be watched.
///
/// # Errors
/// When the work cannot write its report.
pub fn watch(paths: &[PathBuf], mut work: impl FnMut() -> io::Result<u8>) -> io::Result<u8> {
    if paths.iter().any(|path| path == Path::new("-")) {
        tell("標準入力の変更は監視できません。ファイル又はフォルダを指定してください");
        return Ok(FAILURE);
    }
    let (sender, changes) = channel();
    let report = output_file();
    let watching = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading a file is an event too, and checking reads.
        let counts = |event: notify::Event| {
            !matches!(event.kind, EventKind::Access(_))
                && event
                    .paths
                    .iter()
                    .any(|path| matters(path) && report.is_none_or(|report| identity(path) != Some(report)))
        };
        if event.is_ok_and(counts) {
            let _ = sender.send(());
        }
    })
    .and_then(|watcher| watched(watcher, paths));
    let _watcher = match watching {
        Ok(watcher) => watcher,
        Err(error) => {
            tell(&format!("ファイルの変更を監視できません（{error}）"));
            return Ok(FAILURE);
        }
    };
    loop {
        if io::stdout().is_terminal() {
            output::print("\x1b[2J\x1b[H")?;
        }
        work()?;
        tell("変更を待っています（Ctrl+C で終了）");
        if changes.recv().is_err() {
            return Ok(super::CLEAN);
        }
        while !matches!(changes.recv_timeout(SETTLED), Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected))
        {
        }
    }
}

/// Folders are watched with all below them; of a file the folder, because a file is often replaced and not written.
fn watched(mut watcher: RecommendedWatcher, paths: &[PathBuf]) -> notify::Result<RecommendedWatcher> {
    let whole = |path: &&PathBuf| path.is_dir();
    for folder in paths.iter().filter(whole) {
        watcher.watch(folder, RecursiveMode::Recursive)?;
    }
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.into());
    let folders: Vec<PathBuf> = paths.iter().filter(whole).map(|folder| real(folder)).collect();
    for folder in paths.iter().filter(|path| !path.is_dir()).map(|path| file::folder(path)) {
        if !folders.iter().any(|whole| real(folder).starts_with(whole)) {
            watcher.watch(folder, RecursiveMode::NonRecursive)?;
        }
    }
    Ok(watcher)
}

/// Whether a change of a file can change what is found. Contracts, pages, configurations, baselines and folders count; what other programs
/// keep beside them does not.
fn matters(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    !path.components().any(|part| part.as_os_str() == ".git")
        && (has_known_extension(path) || extension.is_none_or(|extension| matches!(extension, "toml" | "json")))
}

/// What tells a file from all others.
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    path.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Path) -> Option<Identity> {
    None
}

/// The file to which the report goes, if it is one: writing it is no change.
fn output_file() -> Option<Identity> {
    identity(Path::new("/dev/stdout"))
}
