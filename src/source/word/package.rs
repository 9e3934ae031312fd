//! The package of a Word document (Office Open XML Part 2): a zip file with parts and the relationships between them, opened within
//! bounds.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{Element, Tree, XmlError};
use crate::source::{Encoding, ReadError};

/// How many entries a package may have.
pub const MAX_ENTRIES: usize = 10_000;
/// How large a part may be when it is inflated. The text of a contract of 300 pages takes about 5 MB.
pub const MAX_PART: u64 = 64 << 20;
/// How large all parts that are read may be together when they are inflated.
pub const MAX_PARTS: u64 = 128 << 20;

/// An open package.
pub struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Where each part is, by its name in lower case: names are compared without regard to case (Part 2, §6.2.2).
    places: HashMap<String, usize>,
    /// How many bytes have been inflated.
    inflated: u64,
}

/// A part with everything that is needed to write it back.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name as the package writes it.
    pub name: String,
    /// Its text without a byte order mark.
    pub text: String,
    /// How it is encoded: UTF-8 or UTF-16.
    pub encoding: Encoding,
    /// Whether a byte order mark stands before it.
    pub bom: bool,
}

/// A relationship of a part to another.
#[derive(Clone, Debug)]
pub struct Relationship {
    /// The last word of its type: `styles`, `footnotes` (transitional and strict files name the type differently before it).
    pub kind: String,
    /// The name of the part it leads to, or the address outside the package.
    pub target: String,
    /// Whether it leads outside the package.
    pub external: bool,
}

impl<'b> Package<'b> {
    /// Opens a package.
    ///
    /// # Errors
    /// When the bytes are no zip file, or one that is damaged or larger than the bounds.
    pub fn open(bytes: &'b [u8]) -> Result<Package<'b>, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| match error {
            ZipError::UnsupportedArchive(_) => {
                ReadError::Unsupported("分割された zip ファイルなど", "一つの .docx として保存してください")
            }
            _ => ReadError::Damaged("zip の目録".into()),
        })?;
        if archive.len() > MAX_ENTRIES {
            return Err(ReadError::Refused("中のファイルが10,000を超えます"));
        }
        if archive.has_duplicate_names() {
            return Err(ReadError::Refused("同じ名前のファイルが二つ入っています"));
        }
        let mut places = HashMap::with_capacity(archive.len());
        for index in 0..archive.len() {
            let name = archive.name_for_index(index).and_then(Result::ok).unwrap_or_default().to_string();
            places.entry(key(&name)).or_insert(index);
        }
        Ok(Package { archive, places, inflated: 0 })
    }

    /// The names of all entries, in lower case and in no order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// Whether there is a part of a name.
    pub fn has(&self, name: &str) -> bool {
        self.places.contains_key(&key(name))
    }

    /// The bytes of a part; `None` where there is none of this name.
    ///
    /// # Errors
    /// When it is damaged, encrypted or larger than the bounds.
    pub fn bytes(&mut self, name: &str) -> Result<Option<(String, Vec<u8>)>, ReadError> {
        let Some(&index) = self.places.get(&key(name)) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                ReadError::Unsupported("パスワードで暗号化された文書", "パスワードを解除して保存し直してください")
            }
            _ => ReadError::Damaged(name.into()),
        })?;
        let written = file.name().map(|name| name.to_string()).unwrap_or_else(|_| name.to_string());
        let room = MAX_PART.min(MAX_PARTS - self.inflated);
        // The size that the file states may be a lie: what is inflated is counted.
        let mut content = Vec::with_capacity(file.size().min(room).min(1 << 20) as usize);
        file.take(room + 1).read_to_end(&mut content).map_err(|_| ReadError::Damaged(name.into()))?;
        if content.len() as u64 > room {
            return Err(ReadError::Refused("展開すると大きくなりすぎます"));
        }
        self.inflated += content.len() as u64;
        Ok(Some((written, content)))
    }

    /// A part as text; `None` where there is none of this name.
    ///
    /// # Errors
    /// As [`Package::bytes`], and when it is no text in UTF-8 or UTF-16.
    pub fn part(&mut self, name: &str) -> Result<Option<Part>, ReadError> {
        let Some((name, content)) = self.bytes(name)? else { return Ok(None) };
        let (encoding, bom) = match content.as_slice() {
            [0xFF, 0xFE, ..] => (Encoding::Utf16Le, true),
            [0xFE, 0xFF, ..] => (Encoding::Utf16Be, true),
            [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, true),
            _ => (Encoding::Utf8, false),
        };
        let text = match encoding {
            Encoding::Utf8 => String::from_utf8(if bom { content[3..].to_vec() } else { content }).ok(),
            _ => {
                Some(encoding.codec().decode_with_bom_removal(&content)).filter(|(_, bad)| !bad).map(|(t, _)| t.into())
            }
        };
        let text = text.ok_or_else(|| ReadError::Damaged(name.clone()))?;
        Ok(Some(Part { name, text, encoding, bom }))
    }

    /// A part as a tree; `None` where there is none of this name.
    ///
    /// # Errors
    /// As [`Package::part`], and when it is no XML within bounds.
    pub fn tree(&mut self, name: &str) -> Result<Option<Tree>, ReadError> {
        match self.part(name)? {
            None => Ok(None),
            Some(part) => tree(part.text, &part.name).map(Some),
        }
    }

    /// The relationships of a part, or of the package itself for the empty name.
    ///
    /// # Errors
    /// As [`Package::tree`].
    pub fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>, ReadError> {
        let Some(tree) = self.tree(&relationships_name(part))? else { return Ok(Vec::new()) };
        let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
        let relationship = |element: Element| {
            let external = element.attribute("TargetMode").is_some_and(|mode| mode == "External");
            let target = element.attribute("Target")?;
            Some(Relationship {
                kind: element.attribute("Type")?.rsplit('/').next().unwrap_or_default().to_string(),
                target: if external { target.into_owned() } else { resolve(folder, &target) },
                external,
            })
        };
        Ok(tree.root().children().filter(|child| child.name() == "Relationship").filter_map(relationship).collect())
    }

    /// The archive, for copying.
    pub fn into_archive(self) -> ZipArchive<Cursor<&'b [u8]>> {
        self.archive
    }
}

/// Reads a part as XML.
///
/// # Errors
/// When it is damaged or hostile.
pub fn tree(text: String, name: &str) -> Result<Tree, ReadError> {
    Tree::parse(text).map_err(|error| match error {
        XmlError::Broken => ReadError::Damaged(name.into()),
        XmlError::DocumentType => ReadError::Refused("Word が書かない文書型宣言（DTD）があります"),
        XmlError::TooDeep => ReadError::Refused("要素の入れ子が深すぎます"),
        XmlError::TooMany => ReadError::Refused("要素が多すぎます"),
    })
}

/// The name of the part that holds the relationships of a part.
pub fn relationships_name(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// A name as it is compared.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// The name of a part that a relationship leads to.
fn resolve(folder: &str, target: &str) -> String {
    let mut names: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for name in target.split('/') {
        match name {
            "" | "." => {}
            ".." => drop(names.pop()),
            name => names.push(name),
        }
    }
    names.retain(|name| !name.is_empty());
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_relative_to_the_folder() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "../customXml/item1.xml"), "customXml/item1.xml");
        assert_eq!(resolve("", "word/document.xml"), "word/document.xml");
        assert_eq!(resolve("word", "../../../x.xml"), "x.xml");
        assert_eq!(relationships_name("word/document.xml"), "word/_rels/document.xml.rels");
        assert_eq!(relationships_name(""), "_rels/.rels");
    }
}
