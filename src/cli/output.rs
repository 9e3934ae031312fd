//! Where reports go: standard output, in colour only where a person looks at it.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use crate::report::human::Style;

/// Writes to standard output in one go.
///
/// # Errors
/// When it cannot be written; a closed pipe is an error like any other here.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// JSON for people and programs, with a line end.
///
/// # Errors
/// When the value has no JSON.
pub fn pretty(value: &impl serde::Serialize) -> io::Result<String> {
    Ok(serde_json::to_string_pretty(value).map_err(io::Error::other)? + "\n")
}

/// How to draw for whoever looks at standard output. `NO_COLOR` is obeyed.
pub fn style() -> Style {
    let terminal = io::stdout().is_terminal();
    let color = terminal
        && matches!(
            anstream::AutoStream::choice(&io::stdout()),
            anstream::ColorChoice::Always | anstream::ColorChoice::AlwaysAnsi
        );
    let width = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|_| terminal);
    Style { color, width: width.unwrap_or(100).clamp(40, 200) }
}

/// Writes a file. One that is there is written beside and renamed, so that a crash leaves the one or the other, whole.
///
/// # Errors
/// When it cannot be written.
pub fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link stays a link: what it points to is replaced.
    let Ok(path) = path.canonicalize() else { return fs::write(path, bytes) };
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".keiyaku-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    fs::set_permissions(file.path(), fs::metadata(&path)?.permissions())?;
    file.persist(&path).map(|_| ()).map_err(|e| e.error)
}

/// Tells the user something that is not part of the report.
pub fn tell(message: &str) {
    for line in message.lines() {
        eprintln!("keiyaku: {line}");
    }
}
