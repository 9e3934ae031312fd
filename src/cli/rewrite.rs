//! Texts that a command has rewritten: shown as a difference, or written back.

use std::io::{self, Write};

use super::input::{Content, Document};
use super::{file, reason};
use crate::source;

/// A document with the text that a command made of it.
pub struct Rewritten {
    /// The document as it was read.
    pub document: Document,
    /// Its text.
    pub before: String,
    /// The new text.
    pub after: String,
}

impl Rewritten {
    /// Whether anything is different.
    pub fn is_changed(&self) -> bool {
        self.before != self.after
    }

    /// Writes the new text in the encoding it came in, beside the file and then in its place; text from standard input goes to standard
    /// output.
    ///
    /// # Errors
    /// In Japanese: what stands in the way.
    pub fn write_back(&self) -> Result<(), String> {
        let Content::Plain(decoded) = &self.document.content else { return Ok(()) };
        let encode = |text: &str| source::encode(text, decoded.encoding, decoded.bom);
        // Bytes that were not understood would be lost.
        if encode(&self.before).as_deref() != Some(self.document.bytes.as_slice()) {
            return Err("文字コードを正しく判定できないため、書き換えません。--encoding で指定してください".into());
        }
        let bytes = encode(&self.after).ok_or("元の文字コードで表せない文字があるため、書き換えません")?;
        match &self.document.path {
            None => print(&bytes).map_err(|error| reason::writing(&error)),
            Some(path) => {
                if file::read(path).map_err(|error| reason::reading(&error))? != self.document.bytes {
                    return Err("読み込んだ後に変更されたため、書き換えません。もう一度実行してください".into());
                }
                file::write(path, &bytes).map_err(|error| reason::writing(&error))
            }
        }
    }

    /// The difference as a patch.
    pub fn diff(&self) -> String {
        let name = &self.document.name;
        let diff = similar::TextDiff::from_lines(&self.before, &self.after);
        diff.unified_diff().context_radius(2).header(&format!("a/{name}"), &format!("b/{name}")).to_string()
    }
}

/// Writes to standard output. A reader that has gone needs no more.
fn print(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
