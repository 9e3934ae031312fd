//! Word documents (.docx, .docm, .dotx): the text as a person sees it, every character with the place it comes from.
//!
//! What is read follows ISO/IEC 29500-1 (ECMA-376 Part 1) and, where Word does otherwise, Microsoft's notes on it. A paragraph becomes a line,
//! its automatic number written out before it. What a reader of the page does not see is left out: hidden text, the instructions of fields,
//! readings above kanji, comments, one side of tracked changes. Notes, headers and footers are stories of their own.
//! [`mod@write`] puts comments and tracked changes into a copy of the file.

pub mod anchor;
mod body;
mod field;
mod label;
mod markup;
mod numbering;
mod package;
mod place;
mod rewrite;
mod run;
mod stale;
mod style;
pub mod write;
mod xml;

use std::collections::{BTreeSet, HashSet};

pub use anchor::Story;
use anchor::StoryKind;
use body::Reader;
use numbering::Definitions;
pub use numbering::{Label, NumberDoubt};
use package::{Package, Relationship};
use style::Styles;

use super::ReadError;
use crate::text::Text;

/// Which side of tracked changes is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tracked {
    /// As if all changes were accepted: insertions are read, deletions are not.
    #[default]
    Accepted,
    /// As if all were refused.
    Original,
}

/// A Word document that was read.
#[derive(Clone, Debug)]
pub struct Document {
    /// The body, and behind it the notes, headers and footers that hold text.
    pub stories: Vec<Story>,
    /// Why automatic numbers may differ from those that Word shows; empty where all are certain.
    pub doubts: BTreeSet<NumberDoubt>,
    /// Whether other documents are put in that Word shows and this reader does not read (`altChunk`, §17.17.2.1).
    pub has_other_documents: bool,
}

impl Document {
    /// The text itself.
    pub fn body(&self) -> &Story {
        &self.stories[0]
    }

    /// The body as a text to parse.
    pub fn text(&self) -> Text {
        let body = self.body();
        Text::formatted(body.text.as_str(), body.appearance.clone()).with_stale_numbers(stale::stale_numbers(body))
    }
}

/// Whether bytes may be a Word document: a zip file. [`read`] tells what kind of zip file it is.
pub fn is_package(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads a Word document.
///
/// # Errors
/// When it is no Word document, damaged, encrypted, or beyond the bounds within which files are opened.
pub fn read(bytes: &[u8], tracked: Tracked) -> Result<Document, ReadError> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let relationships = package.relationships(&main)?;
    let styles = match first(&relationships, "styles") {
        Some(name) => Styles::read(&present(package.tree(name)?, name)?),
        None => Styles::default(),
    };
    let definitions = match first(&relationships, "numbering") {
        Some(name) => Definitions::read(&present(package.tree(name)?, name)?, &styles),
        None => Definitions::default(),
    };
    let mut doubts = BTreeSet::new();
    let tree = present(package.tree(&main)?, &main)?;
    let body = Some(tree.root()).filter(|root| root.word() == "document").and_then(|root| root.child("body"));
    let body = body.ok_or(ReadError::Unsupported(
        "Word 文書ではない Office ファイル",
        "Word 形式（.docx）で保存して指定してください",
    ))?;
    let has_other_documents = tree.elements().any(|element| element.word() == "altChunk");
    let mut stories =
        vec![Reader::new(&tree, &styles, &definitions, tracked).story(StoryKind::Body, &main, body, &mut doubts)];
    let mut seen = HashSet::new();
    for relationship in relationships.iter().filter(|relationship| !relationship.external) {
        let (kind, element) = match relationship.kind.as_str() {
            "footnotes" => (StoryKind::Footnotes, "footnotes"),
            "endnotes" => (StoryKind::Endnotes, "endnotes"),
            "header" => (StoryKind::Header, "hdr"),
            "footer" => (StoryKind::Footer, "ftr"),
            _ => continue,
        };
        let name = &relationship.target;
        if !seen.insert(name) {
            continue;
        }
        let tree = present(package.tree(name)?, name)?;
        if tree.root().word() == element {
            let reader = Reader::new(&tree, &styles, &definitions, tracked);
            let story = reader.story(kind, name, tree.root(), &mut doubts);
            stories.extend(Some(story).filter(|story| !story.text.trim().is_empty()));
        }
    }
    Ok(Document { stories, doubts, has_other_documents })
}

/// The name of the part with the text: where the package's own relationships lead, whatever it is called.
fn main_part(package: &mut Package) -> Result<String, ReadError> {
    const CONTENT_TYPES: &str = "[Content_Types].xml";
    let relationships = package.relationships("")?;
    match first(&relationships, "officeDocument") {
        Some(_) if !package.has(CONTENT_TYPES) => Err(ReadError::Damaged(format!("{CONTENT_TYPES} がありません"))),
        Some(main) if !package.has(main) => Err(ReadError::Damaged(format!("{main} がありません"))),
        Some(main) => Ok(main.to_string()),
        None if package.has(CONTENT_TYPES) => Err(ReadError::Damaged("_rels/.rels に本文の場所がありません".into())),
        None => Err(ReadError::Unsupported(
            "Word 文書ではない zip 形式のファイル",
            "中の文書をテキスト又は Word 形式（.docx）で保存して指定してください",
        )),
    }
}

/// The part that the first relationship of a kind leads to.
fn first<'r>(relationships: &'r [Relationship], kind: &str) -> Option<&'r str> {
    let found = relationships.iter().find(|relationship| relationship.kind == kind && !relationship.external);
    found.map(|relationship| relationship.target.as_str())
}

/// A part that has to be there, because a relationship leads to it.
fn present<T>(part: Option<T>, name: &str) -> Result<T, ReadError> {
    part.ok_or_else(|| ReadError::Damaged(format!("{name} がありません")))
}
