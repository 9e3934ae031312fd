//! `keiyaku check --watch`: checks again whenever a file changes.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use notify::{EventKind, RecursiveMode, Watcher};

use super::output::{self, tell};

/// Changes that come within this time are one: editors write a file in several steps.
const SETTLED: Duration = Duration::from_millis(150);

/// Does the work, and does it again after every change below some paths. Ends only with the program, or when nothing can be watched.
///
/// # Errors
/// When the work cannot write its report.
pub fn watch(paths: &[PathBuf], mut work: impl FnMut() -> io::Result<u8>) -> io::Result<u8> {
    let (sender, changes) = channel();
    let watching = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading a file is an event too, and checking reads.
        if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
            let _ = sender.send(());
        }
    })
    .and_then(|mut watcher| {
        for path in paths {
            // A file is often replaced, not written: its folder tells.
            let folder = if path.is_dir() {
                path
            } else {
                path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
            };
            watcher
                .watch(folder, if path.is_dir() { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive })?;
        }
        Ok(watcher)
    });
    let _watcher = match watching {
        Ok(watcher) => watcher,
        Err(error) => {
            tell(&format!("ファイルの変更を監視できません（{error}）"));
            return Ok(super::FAILURE);
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
