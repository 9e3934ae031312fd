//! An XML part as a tree of byte ranges: every element knows where its tags stand, so that text leads back to the file and a writer can
//! cut there. Only elements are kept; character data is decoded where it is asked for.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::events::attributes::{Attribute, Attributes};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace as Bound, ResolveResult};
use quick_xml::reader::NsReader;

/// How deep elements may lie in each other. Word's own documents stay below 100.
pub const MAX_DEPTH: usize = 256;
/// How many elements a part may have: many times those of a contract of 300 pages with every word a run of its own.
pub const MAX_ELEMENTS: usize = 2_000_000;

/// Why a part cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlError {
    /// Not well-formed.
    Broken,
    /// It declares a document type, which no Office file does and hostile files do (entity expansion).
    DocumentType,
    /// Elements lie deeper in each other than [`MAX_DEPTH`].
    TooDeep,
    /// More than [`MAX_ELEMENTS`] elements.
    TooMany,
}

/// The vocabularies that are told apart. Strict and transitional files name the same vocabulary differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vocabulary {
    /// WordprocessingML.
    Word,
    /// Markup compatibility (Part 3).
    Compatibility,
    /// Formulas.
    Math,
    /// Anything else.
    Other,
}

impl Vocabulary {
    fn of(resolved: &ResolveResult) -> Vocabulary {
        let ResolveResult::Bound(Bound(name)) = resolved else { return Vocabulary::Other };
        match *name {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Vocabulary::Word,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Vocabulary::Compatibility,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Vocabulary::Math,
            _ => Vocabulary::Other,
        }
    }
}

#[derive(Clone, Debug)]
struct Node {
    vocabulary: Vocabulary,
    /// The length of the local name.
    name_length: u16,
    /// Where the local name begins.
    name: u32,
    /// Where the start tag begins.
    start: u32,
    /// Where the content begins: behind the start tag.
    inner: u32,
    /// Where the content ends: before the end tag.
    close: u32,
    /// Where the element ends.
    end: u32,
    /// The index of the first element behind it that is not inside it.
    after: u32,
}

/// A part with its elements, in the order of their start tags.
#[derive(Clone, Debug)]
pub struct Tree {
    source: String,
    nodes: Vec<Node>,
    /// The prefixes whose names say that Microsoft's own extensions are meant, which this reader knows as well as it needs.
    extensions: Vec<String>,
}

/// One element of a [`Tree`].
#[derive(Clone, Copy, Debug)]
pub struct Element<'t> {
    tree: &'t Tree,
    index: u32,
}

impl Tree {
    /// Reads a part.
    ///
    /// # Errors
    /// See [`XmlError`].
    pub fn parse(source: String) -> Result<Tree, XmlError> {
        let mut nodes: Vec<Node> = Vec::new();
        let mut extensions = Vec::new();
        let mut open: Vec<u32> = Vec::new();
        let mut reader = NsReader::from_str(&source);
        loop {
            let start = reader.buffer_position();
            let (resolved, event) = reader.read_resolved_event().map_err(|_| XmlError::Broken)?;
            let vocabulary = Vocabulary::of(&resolved);
            match event {
                Event::Start(tag) => {
                    open_node(&mut nodes, &tag, vocabulary, start)?;
                    note_extensions(&mut extensions, &tag);
                    open.push(nodes.len() as u32 - 1);
                    if open.len() > MAX_DEPTH {
                        return Err(XmlError::TooDeep);
                    }
                    nodes.last_mut().expect("just pushed").inner = reader.buffer_position() as u32;
                }
                Event::Empty(tag) => {
                    open_node(&mut nodes, &tag, vocabulary, start)?;
                    let (end, after) = (reader.buffer_position() as u32, nodes.len() as u32);
                    let node = nodes.last_mut().expect("just pushed");
                    (node.inner, node.close, node.end, node.after) = (end, end, end, after);
                }
                Event::End(_) => {
                    let index = open.pop().ok_or(XmlError::Broken)?;
                    let after = nodes.len() as u32;
                    let node = &mut nodes[index as usize];
                    (node.close, node.end, node.after) = (start as u32, reader.buffer_position() as u32, after);
                }
                Event::DocType(_) => return Err(XmlError::DocumentType),
                Event::Eof => break,
                _ => {}
            }
        }
        if !open.is_empty() || nodes.is_empty() {
            return Err(XmlError::Broken);
        }
        Ok(Tree { source, nodes, extensions })
    }

    /// The part as it is written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The outermost element.
    pub fn root(&self) -> Element<'_> {
        Element { tree: self, index: 0 }
    }

    /// The element of an index, as [`Element::index`] gives it.
    pub fn element(&self, index: u32) -> Element<'_> {
        Element { tree: self, index }
    }

    /// The element whose start tag begins at a byte.
    pub fn starting_at(&self, byte: u32) -> Option<Element<'_>> {
        self.nodes.binary_search_by_key(&byte, |node| node.start).ok().map(|index| self.element(index as u32))
    }

    /// All elements in the order of their start tags, alternatives that are not shown included.
    pub fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        (0..self.nodes.len() as u32).map(|index| self.element(index))
    }
}

fn open_node(nodes: &mut Vec<Node>, tag: &BytesStart, vocabulary: Vocabulary, start: u64) -> Result<(), XmlError> {
    if nodes.len() >= MAX_ELEMENTS {
        return Err(XmlError::TooMany);
    }
    let name = tag.name();
    let local = name.local_name().into_inner().len();
    let prefix = name.into_inner().len() - local;
    let name_length = u16::try_from(local).map_err(|_| XmlError::Broken)?;
    let start = start as u32;
    let name = start + 1 + prefix as u32;
    nodes.push(Node { vocabulary, name_length, name, start, inner: 0, close: 0, end: 0, after: 0 });
    Ok(())
}

/// Notes the prefixes that are bound to Microsoft's extensions.
fn note_extensions(extensions: &mut Vec<String>, tag: &BytesStart) {
    if memchr::memmem::find(tag.as_bytes(), b"schemas.microsoft.com/office/").is_none() {
        return;
    }
    for attribute in tag.attributes().with_checks(false).flatten() {
        let prefix = attribute.key.into_inner().strip_prefix("xmlns:");
        if let Some(prefix) = prefix.filter(|_| attribute.value.starts_with("http://schemas.microsoft.com/office/")) {
            extensions.push(prefix.to_string());
        }
    }
}

impl<'t> Element<'t> {
    fn node(self) -> &'t Node {
        &self.tree.nodes[self.index as usize]
    }

    /// Its place in the order of start tags.
    pub fn index(self) -> u32 {
        self.index
    }

    /// The vocabulary of its name.
    pub fn vocabulary(self) -> Vocabulary {
        self.node().vocabulary
    }

    /// Its name without the prefix.
    pub fn name(self) -> &'t str {
        let node = self.node();
        &self.tree.source[node.name as usize..node.name as usize + usize::from(node.name_length)]
    }

    /// Its name with the prefix.
    pub fn qualified_name(self) -> &'t str {
        let node = self.node();
        &self.tree.source[node.start as usize + 1..node.name as usize + usize::from(node.name_length)]
    }

    /// The prefix of its name with the colon; empty where there is none.
    pub fn prefix(self) -> &'t str {
        &self.tree.source[self.node().start as usize + 1..self.node().name as usize]
    }

    /// The prefix that it binds to a vocabulary.
    pub fn bound_prefix(self, namespace: &str) -> Option<&'t str> {
        let bound = |attribute: &Attribute<'t>| attribute.value == namespace;
        let prefix = |attribute: Attribute<'t>| attribute.key.into_inner().strip_prefix("xmlns:");
        self.attributes().filter(bound).find_map(prefix)
    }

    /// The part in which it stands, as it is written.
    pub fn tree_source(self) -> &'t str {
        &self.tree.source
    }

    /// Its name without the prefix if it is WordprocessingML, and the empty string for other vocabularies.
    pub fn word(self) -> &'t str {
        if self.vocabulary() == Vocabulary::Word { self.name() } else { "" }
    }

    /// The bytes of the whole element.
    pub fn range(self) -> Range<usize> {
        self.node().start as usize..self.node().end as usize
    }

    /// The bytes between its tags; empty, behind the tag, where there is only one.
    pub fn inner(self) -> Range<usize> {
        self.node().inner as usize..self.node().close as usize
    }

    /// Its start tag as it is written.
    pub fn tag(self) -> &'t str {
        &self.tree.source[self.node().start as usize..self.node().inner as usize]
    }

    /// The whole element as it is written.
    pub fn source(self) -> &'t str {
        &self.tree.source[self.range()]
    }

    /// An attribute by its name without prefix, decoded.
    pub fn attribute(self, name: &str) -> Option<Cow<'t, str>> {
        self.attributes().find(|attribute| attribute.key.local_name().into_inner() == name).map(|attribute| {
            match attribute.value {
                Cow::Borrowed(value) => unescape(value),
                Cow::Owned(value) => Cow::Owned(unescape(&value).into_owned()),
            }
        })
    }

    fn attributes(self) -> impl Iterator<Item = Attribute<'t>> {
        let behind_name = 1 + self.qualified_name().len();
        let content = self.tag()[behind_name..].trim_end_matches('>').trim_end_matches('/');
        let mut attributes = Attributes::new(content, 0);
        attributes.with_checks(false);
        attributes.flatten()
    }

    /// The attribute `val`, where nearly all values of WordprocessingML stand.
    pub fn value(self) -> Option<Cow<'t, str>> {
        self.attribute("val")
    }

    /// The attribute `val` as a whole number.
    pub fn number(self) -> Option<i64> {
        self.value()?.trim().parse().ok()
    }

    /// Whether a switch (ST_OnOff, §22.9.2.7) is on; it is without a value.
    pub fn is_on(self) -> bool {
        !self.value().is_some_and(|value| matches!(&*value, "0" | "false" | "off"))
    }

    /// The elements directly inside it, as a consumer sees them: of `mc:AlternateContent` the elements of the one alternative that is shown.
    pub fn children(self) -> Children<'t> {
        Children { tree: self.tree, open: vec![(self.index + 1, self.node().after)] }
    }

    /// The elements directly inside it as they are written.
    pub fn written_children(self) -> impl Iterator<Item = Element<'t>> {
        let mut next = self.index + 1;
        let after = self.node().after;
        std::iter::from_fn(move || {
            let element = (next < after).then_some(Element { tree: self.tree, index: next })?;
            next = element.node().after;
            Some(element)
        })
    }

    /// The first element of WordprocessingML of a name directly inside it.
    pub fn child(self, name: &str) -> Option<Element<'t>> {
        self.children().find(|child| child.word() == name)
    }

    /// The elements of WordprocessingML of a name anywhere inside it that are shown, none of them inside another.
    pub fn find_all(self, name: &str) -> Vec<Element<'t>> {
        let mut found = Vec::new();
        let mut open = vec![self.children()];
        while let Some(children) = open.last_mut() {
            match children.next() {
                Some(child) if child.word() == name => found.push(child),
                Some(child) => open.push(child.children()),
                None => drop(open.pop()),
            }
        }
        found
    }

    /// Of the alternatives of `mc:AlternateContent` the first that is understood, or the fallback (Part 3, §9.3).
    fn alternative(self) -> Option<Element<'t>> {
        let known = |choice: &Element| {
            let requires = choice.attribute("Requires").unwrap_or_default();
            requires.split_ascii_whitespace().all(|prefix| self.tree.extensions.iter().any(|known| known == prefix))
        };
        let alternatives = || self.written_children().filter(|child| child.vocabulary() == Vocabulary::Compatibility);
        alternatives()
            .find(|child| child.name() == "Choice" && known(child))
            .or_else(|| alternatives().find(|child| child.name() == "Fallback"))
    }
}

/// The elements directly inside another: see [`Element::children`].
pub struct Children<'t> {
    tree: &'t Tree,
    /// The next index and the end: of the element itself, and of the alternatives that are open.
    open: Vec<(u32, u32)>,
}

impl<'t> Iterator for Children<'t> {
    type Item = Element<'t>;

    fn next(&mut self) -> Option<Element<'t>> {
        loop {
            let (next, end) = self.open.last_mut()?;
            if *next >= *end {
                self.open.pop();
                continue;
            }
            let element = Element { tree: self.tree, index: *next };
            *next = element.node().after;
            if element.vocabulary() != Vocabulary::Compatibility || element.name() != "AlternateContent" {
                return Some(element);
            }
            if let Some(alternative) = element.alternative() {
                self.open.push((alternative.index + 1, alternative.node().after));
            }
        }
    }
}

/// A piece of decoded character data and the bytes it was written with.
pub struct Decoded<'t> {
    /// What is read.
    pub text: Cow<'t, str>,
    /// Where it stands in the part. As long as the text where the text is written as it reads.
    pub raw: Range<usize>,
}

/// The character data directly inside an element: entities, CDATA sections and line ends each a piece of their own.
pub fn text<'t>(element: Element<'t>) -> Vec<Decoded<'t>> {
    let inner = element.inner();
    let source = &element.tree.source[..inner.end];
    let mut pieces = Vec::new();
    let mut at = inner.start;
    while at < inner.end {
        let rest = &source[at..];
        let plain = rest.find(['&', '<', '\r', '\n', '\t']).unwrap_or(rest.len());
        if plain > 0 {
            pieces.push(Decoded { text: Cow::Borrowed(&rest[..plain]), raw: at..at + plain });
            at += plain;
            continue;
        }
        let (text, length) = special(rest);
        if !text.is_empty() {
            pieces.push(Decoded { text, raw: at..at + length });
        }
        at += length;
    }
    pieces
}

/// What stands for a special character at the beginning, and how long it is.
fn special(rest: &str) -> (Cow<'_, str>, usize) {
    const CDATA: &str = "<![CDATA[";
    if let Some(inner) = rest.strip_prefix(CDATA) {
        let end = inner.find("]]>").unwrap_or(inner.len());
        let text = inner[..end].replace("\r\n", " ").replace(['\r', '\n', '\t'], " ");
        return (text.into(), (CDATA.len() + end + 3).min(rest.len()));
    }
    match rest.as_bytes()[0] {
        // A comment or an instruction; an element has no place here.
        b'<' => {
            let end =
                if rest.starts_with("<!--") { rest.find("-->").map(|e| e + 3) } else { rest.find('>').map(|e| e + 1) };
            ("".into(), end.unwrap_or(rest.len()))
        }
        b'&' => {
            let end = rest.find(';').map_or(1, |end| end + 1);
            (entity(&rest[..end]).map_or_else(|| "".into(), |c| c.to_string().into()), end)
        }
        // XML makes one line end of CR LF; Word shows line ends and tabs of the file as blanks.
        b'\r' if rest.as_bytes().get(1) == Some(&b'\n') => (" ".into(), 2),
        _ => (" ".into(), 1),
    }
}

/// The character of `&amp;`, `&#12288;`, `&#x3000;`; only the five entities that XML itself defines have a meaning.
fn entity(reference: &str) -> Option<char> {
    let name = reference.strip_prefix('&')?.strip_suffix(';')?;
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            match char::from_u32(code)? {
                '\t' | '\n' | '\r' => ' ',
                character if character.is_control() => return None,
                character => character,
            }
        }
    };
    Some(character)
}

/// An attribute's value without its entities.
fn unescape(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (text, length) = special(&rest[at..]);
        out.push_str(&text);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Text made ready to stand between tags or in an attribute. Characters that XML has no place for are left out.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    fn tree(inner: &str) -> Tree {
        Tree::parse(format!(
            "<?xml version=\"1.0\"?>\n<d:document xmlns:d=\"{WORD}\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
             xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">{inner}</d:document>"
        ))
        .unwrap()
    }

    #[test]
    fn the_vocabulary_counts_and_not_the_prefix() {
        let tree = tree("<d:p d:val='&#x7532;&amp;'><x/></d:p>");
        let paragraph = tree.root().child("p").unwrap();
        assert_eq!(paragraph.value().unwrap(), "甲&");
        assert_eq!(paragraph.source(), "<d:p d:val='&#x7532;&amp;'><x/></d:p>");
        assert_eq!(paragraph.children().map(Element::name).collect::<Vec<_>>(), ["x"]);
        assert_eq!(paragraph.children().map(Element::word).collect::<Vec<_>>(), [""]);
    }

    #[test]
    fn one_alternative_is_shown() {
        let both = "<mc:AlternateContent><mc:Choice Requires='wps'><d:a/></mc:Choice><mc:Fallback><d:b/></mc:Fallback></mc:AlternateContent>";
        let names = |inner: &str| {
            tree(inner).root().children().map(|child| child.name().to_string()).collect::<Vec<String>>().join(" ")
        };
        assert_eq!(names(&format!("<d:p/>{both}<d:q/>")), "p a q");
        assert_eq!(names(&both.replace("'wps'", "'unknown'")), "b");
        assert_eq!(names(&both.replace("<d:a/>", both)), "a");
    }

    #[test]
    fn text_leads_back_to_its_bytes() {
        let tree = tree("<d:t>甲&lt;&#12288;乙\r\n<!-- x --><![CDATA[<丙>]]></d:t>");
        let element = tree.root().child("t").unwrap();
        let pieces = text(element);
        assert_eq!(pieces.iter().map(|p| &*p.text).collect::<String>(), "甲<　乙 <丙>");
        let raw: Vec<&str> = pieces.iter().map(|p| &tree.source()[p.raw.clone()]).collect();
        assert_eq!(raw, ["甲", "&lt;", "&#12288;", "乙", "\r\n", "<![CDATA[<丙>]]>"]);
    }

    #[test]
    fn hostile_parts_are_refused() {
        let parse = |source: &str| Tree::parse(source.into()).unwrap_err();
        assert_eq!(parse("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>"), XmlError::DocumentType);
        assert_eq!(parse(&"<a>".repeat(MAX_DEPTH + 1)), XmlError::TooDeep);
        assert_eq!(parse("<a><b></a>"), XmlError::Broken);
        assert_eq!(parse("<a>"), XmlError::Broken);
        assert_eq!(parse(""), XmlError::Broken);
    }
}
