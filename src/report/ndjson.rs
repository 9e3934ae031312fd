//! A line of JSON for each finding: what [`super::json`] says of it, with the path of its file. Written as files are done, so that a
//! reader need not wait for the last.

use serde::Serialize;

use super::Checked;
use super::json::{Diagnostic, VERSION};

#[derive(Serialize)]
struct Line<'a> {
    version: u32,
    file: &'a str,
    #[serde(flatten)]
    diagnostic: Diagnostic<'a>,
}

/// The lines of one file.
pub fn report(file: &Checked) -> String {
    let line = |diagnostic| {
        let line = Line { version: VERSION, file: &file.path, diagnostic };
        serde_json::to_string(&line).expect("text and numbers can be written as JSON") + "\n"
    };
    Diagnostic::all(file).map(line).collect()
}
