//! What holds for any input, a function of bytes for each door through which input comes. `tests/properties.rs` calls them with generated
//! texts, `tests/regressions.rs` with the inputs that once broke one of them, and the fuzz targets (`fuzz/`) with whatever is found.

mod contract;
mod editor;
mod mending;
mod project;
mod text;
mod word;

pub use contract::{check, heads, holds, references};
pub use editor::lsp;
pub use mending::{fix, renumber, words};
pub use project::{config, playbook};
pub use text::text;
pub use word::docx;

/// A look at some bytes, which panics where something does not hold.
pub type Look = fn(&[u8]);

/// Every target by its name: a folder below `tests/regressions/` and a file in `fuzz/fuzz_targets/`.
pub const TARGETS: [(&str, Look); 10] = [
    ("text", text),
    ("heads", heads),
    ("references", references),
    ("check", check),
    ("fix", fix),
    ("renumber", renumber),
    ("docx", docx),
    ("config", config),
    ("playbook", playbook),
    ("lsp", lsp),
];

/// Numbers that are taken from the end of an input, so that a contract as it stands is an input too.
pub struct Dice<'a>(&'a [u8]);

impl Dice<'_> {
    /// A number below a bound; 0 where nothing is left.
    pub fn roll(&mut self, bound: usize) -> usize {
        match self.0.split_last() {
            Some((last, rest)) => {
                self.0 = rest;
                usize::from(*last) % bound.max(1)
            }
            None => 0,
        }
    }
}

/// The text of an input, and dice from the bytes behind the last NUL in it.
pub fn text_and_dice(bytes: &[u8]) -> (String, Dice<'_>) {
    let at = bytes.iter().rposition(|byte| *byte == 0);
    let (text, dice) = bytes.split_at(at.unwrap_or(bytes.len()));
    (String::from_utf8_lossy(text).into_owned(), Dice(dice.get(1..).unwrap_or_default()))
}
