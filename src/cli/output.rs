//! Where reports go: standard output, in colour only where a person looks at it.

use std::io::{self, IsTerminal, Write};

use crate::report::human::Style;
use crate::report::visible;

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

/// Writes JSON for people and programs to standard output, piece by piece: that of a long contract is many times as long.
///
/// # Errors
/// When it cannot be written.
pub fn print_json(value: &impl serde::Serialize) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, value)?;
    out.write_all(b"\n")?;
    out.flush()
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

/// Writes to standard output what a terminal is to show as it stands, whatever a contract or its name holds.
///
/// # Errors
/// As [`print`].
pub fn show(text: &str) -> io::Result<()> {
    print(&visible(text))
}

/// A difference: as it is for programs that apply it, as a terminal can show it for people.
///
/// # Errors
/// As [`print`].
pub fn show_difference(text: &str) -> io::Result<()> {
    if io::stdout().is_terminal() { show(text) } else { print(text) }
}

/// Tells the user something that is not part of the report. Where nobody listens, nothing is told.
pub fn tell(message: &str) {
    let lines: String = visible(message).lines().map(|line| format!("keiyaku: {line}\n")).collect();
    let _ = io::stderr().lock().write_all(lines.as_bytes());
}
