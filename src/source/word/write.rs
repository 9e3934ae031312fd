//! Comments and tracked changes written into a Word document (ISO/IEC 29500-1 §17.13.4, §17.13.5): only the parts that must change are
//! written anew, and in the text only the runs that are touched. Everything else is copied byte for byte.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::Document;
use super::anchor::{Access, Origin, Piece, Story};
use super::markup::{Ids, Names, append_inside, splice};
use super::package::{self, Package, Part};
use super::place::{self, Anchor};
use super::rewrite::{Event, Rewrites};
use super::xml::{Tree, escape};
use crate::finding::Edit;
use crate::source::{self, ReadError};
use crate::text::Span;

/// What is written, and by whom.
#[derive(Clone, Debug, Default)]
pub struct Markup {
    /// The author of comments and changes.
    pub author: String,
    /// The initials of the author, which Word shows at comments.
    pub initials: String,
    /// When they were made (`2026-11-22T00:00:00Z`). Left out where it is not known.
    pub date: Option<String>,
    /// The comments.
    pub comments: Vec<Comment>,
    /// The changes, in order and apart; all of them must be [`is_changeable`].
    pub changes: Vec<Edit>,
}

/// A comment on some bytes of the body's text.
#[derive(Clone, Debug)]
pub struct Comment {
    /// The bytes.
    pub span: Span,
    /// What it says, paragraph by paragraph.
    pub paragraphs: Vec<String>,
}

/// A document that was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many comments found no place, because the document has no paragraph that can carry one.
    pub unplaced: usize,
    /// What a person should know before sending it on.
    pub warnings: Vec<&'static str>,
}

/// Whether an edit can be made as a tracked change: all of its bytes are written in the file as they read, and it is nobody else's
/// insertion and no text that Word computes.
pub fn is_changeable(story: &Story, edit: &Edit) -> bool {
    !edit.text.chars().any(char::is_control) && !place::pieces_to_change(story, edit.span).is_empty()
}

/// Writes comments and changes into a copy of a document, which must be the one that was read from these bytes.
///
/// # Errors
/// As [`super::read`].
pub fn write(bytes: &[u8], document: &Document, markup: &Markup) -> Result<Written, ReadError> {
    let mut package = Package::open(bytes)?;
    let story = document.body();
    let main = required(&mut package, &story.part)?;
    let tree = package::tree(main.text.clone(), &main.name)?;
    let relationships = package.relationships(&main.name)?;
    let existing = relationships.iter().find(|r| r.kind == "comments" && !r.external);
    let comments = existing.map(|relationship| required(&mut package, &relationship.target)).transpose()?;
    let comments_tree = comments.as_ref().map(|part| package::tree(part.text.clone(), &part.name)).transpose()?;
    let mut ids = Ids::of([Some(&tree), comments_tree.as_ref()].into_iter().flatten());

    let stamp = Stamp::of(markup);
    let (text, entries, unplaced) = body(&tree, story, markup, &stamp, &mut ids);
    let mut changed = vec![Part { text, ..main.clone() }];
    if !entries.is_empty() {
        match (comments, &comments_tree) {
            (Some(part), Some(tree)) => {
                let names = Names::of(tree.root());
                let inner: String = entries.iter().map(|entry| entry.write(&names, &stamp)).collect();
                changed.push(Part { text: splice(tree.source(), vec![append_inside(tree.root(), &inner)]), ..part });
            }
            _ => changed.extend(new_comments(&mut package, &main, &tree, &entries, &stamp)?),
        }
    }
    let warnings = warnings(&mut package, &relationships)?;
    let bytes = copy(package, &changed).ok_or_else(|| ReadError::Damaged("zip の目録".into()))?;
    Ok(Written { bytes, unplaced, warnings })
}

/// The attributes that say who wrote something, and when.
struct Stamp {
    author: String,
    initials: String,
    date: Option<String>,
}

impl Stamp {
    fn of(markup: &Markup) -> Stamp {
        Stamp {
            author: escape(&markup.author),
            initials: escape(&markup.initials),
            date: markup.date.as_deref().map(escape),
        }
    }

    fn write(&self, names: &Names, id: i64) -> String {
        let p = &names.attribute;
        let date = self.date.as_ref().map_or_else(String::new, |date| format!(" {p}date=\"{date}\""));
        format!("{p}id=\"{id}\" {p}author=\"{}\"{date}", self.author)
    }
}

/// A comment that found its place.
struct Entry<'m> {
    id: i64,
    paragraphs: &'m [String],
}

impl Entry<'_> {
    fn write(&self, names: &Names, stamp: &Stamp) -> String {
        let (p, a) = (&names.element, &names.attribute);
        let mut inner = String::new();
        for (at, paragraph) in self.paragraphs.iter().enumerate() {
            let mark = if at == 0 { format!("<{p}r><{p}annotationRef/></{p}r>") } else { String::new() };
            inner +=
                &format!("<{p}p>{mark}<{p}r><{p}t xml:space=\"preserve\">{}</{p}t></{p}r></{p}p>", escape(paragraph));
        }
        let declare = &names.declaration;
        format!(
            "<{p}comment{declare} {} {a}initials=\"{}\">{inner}</{p}comment>",
            stamp.write(names, self.id),
            stamp.initials
        )
    }
}

/// The text of the main part with all marks, the comments that found a place, and how many found none.
fn body<'m>(
    tree: &Tree,
    story: &Story,
    markup: &'m Markup,
    stamp: &Stamp,
    ids: &mut Ids,
) -> (String, Vec<Entry<'m>>, usize) {
    let names = Names::of(tree.root());
    let (p, a) = (&names.element, &names.attribute);
    let mut rewrites = Rewrites::new(tree, story, &names);
    for edit in &markup.changes {
        let pieces = place::pieces_to_change(story, edit.span);
        let Some(last) = pieces.len().checked_sub(1) else { continue };
        for (at, (piece, raw)) in pieces.iter().enumerate() {
            let Origin::Written { run, .. } = piece.origin else { continue };
            let deletion = (!raw.is_empty()).then(|| stamp.write(&names, ids.take()));
            let insertion = (at == last && !edit.text.is_empty()).then(|| {
                let properties = rewrites.properties(run, ids);
                let stamp = stamp.write(&names, ids.take());
                let declare = &names.declaration;
                let text = escape(&edit.text);
                format!("<{p}ins{declare} {stamp}><{p}r>{properties}<{p}t xml:space=\"preserve\">{text}</{p}t></{p}r></{p}ins>")
            });
            rewrites.change(run, *raw, deletion, insertion.unwrap_or_default());
        }
    }
    let mut entries = Vec::new();
    let mut unplaced = 0;
    for comment in &markup.comments {
        let Some(anchor) = place::anchor(story, comment.span) else {
            unplaced += 1;
            continue;
        };
        let id = ids.take();
        let declare = &names.declaration;
        let start = format!("<{p}commentRangeStart{declare} {a}id=\"{id}\"/>");
        let end = format!(
            "<{p}commentRangeEnd{declare} {a}id=\"{id}\"/><{p}r{declare}><{p}commentReference {a}id=\"{id}\"/></{p}r>"
        );
        match anchor {
            Anchor::Runs { from, to } => {
                rewrites.add(from.0, Event::start(from.1, start));
                rewrites.add(to.0, Event::end(to.1, end));
            }
            Anchor::Around { start: from, end: to } => {
                rewrites.insert(from, start);
                rewrites.insert(to, end);
            }
            Anchor::Inside { paragraph } => rewrites.append(paragraph, start + &end),
        }
        entries.push(Entry { id, paragraphs: &comment.paragraphs });
    }
    (rewrites.write(ids), entries, unplaced)
}

/// The part with comments where there was none, and what leads to it.
fn new_comments(
    package: &mut Package,
    main: &Part,
    tree: &Tree,
    entries: &[Entry],
    stamp: &Stamp,
) -> Result<Vec<Part>, ReadError> {
    let folder = main.name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let file = (0..).map(|n| if n == 0 { "comments.xml".into() } else { format!("comments{n}.xml") });
    let file = file.into_iter().find(|file| !package.has(&format!("{folder}{file}"))).unwrap_or_default();
    let plain = |name: String, text: String| Part { name, text, encoding: source::Encoding::Utf8, bom: false };
    const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    let strict = tree.root().tag().contains("purl.oclc.org");
    let names = Names::own(strict);
    let inner: String = entries.iter().map(|entry| entry.write(&names, stamp)).collect();
    let namespace = names.namespace();
    let comments = format!("{DECLARATION}<w:comments xmlns:w=\"{namespace}\">{inner}</w:comments>");

    const TYPES: &str = "[Content_Types].xml";
    let types = required(package, TYPES)?;
    let types_tree = package::tree(types.text.clone(), TYPES)?;
    let content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
    let prefix = types_tree.root().prefix();
    let entry = format!("<{prefix}Override PartName=\"/{folder}{file}\" ContentType=\"{content_type}\"/>");
    let types = Part { text: splice(types_tree.source(), vec![append_inside(types_tree.root(), &entry)]), ..types };

    let kind = match strict {
        true => "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
        false => "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    };
    let name = package::relationships_name(&main.name);
    let relationships = match package.part(&name)? {
        Some(part) => part,
        None => plain(
            name,
            format!(
                "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>"
            ),
        ),
    };
    let relations_tree = package::tree(relationships.text.clone(), &relationships.name)?;
    let taken =
        |id: &str| relations_tree.elements().any(|element| element.attribute("Id").is_some_and(|taken| taken == id));
    let id = (1..).map(|n| format!("rIdKeiyaku{n}")).find(|id| !taken(id)).unwrap_or_default();
    let prefix = relations_tree.root().prefix();
    let entry = format!("<{prefix}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{file}\"/>");
    let text = splice(relations_tree.source(), vec![append_inside(relations_tree.root(), &entry)]);
    Ok(vec![types, Part { text, ..relationships }, plain(folder + &file, comments)])
}

fn required(package: &mut Package, name: &str) -> Result<Part, ReadError> {
    super::present(package.part(name)?, name)
}

/// What a person should know: signatures that writing breaks, protection that Word still enforces.
fn warnings(package: &mut Package, relationships: &[package::Relationship]) -> Result<Vec<&'static str>, ReadError> {
    let mut warnings = Vec::new();
    if package.names().any(|name| name.starts_with("_xmlsignatures/")) {
        warnings.push("元の文書には電子署名があります。コメントを付けた写しでは、署名は無効と表示されます");
    }
    let settings = super::first(relationships, "settings").map(|name| package.tree(name)).transpose()?.flatten();
    let protection = settings.as_ref().and_then(|tree| tree.root().child("documentProtection"));
    if protection.is_some_and(|p| p.attribute("enforcement").is_some_and(|on| matches!(&*on, "1" | "true" | "on"))) {
        warnings.push("元の文書は編集が制限されています。写しの中の変更を承諾するには、Word で制限を解除してください");
    }
    Ok(warnings)
}

/// The package with some parts in place of those of the same name, and new ones at its end; all other entries are copied as they are.
fn copy(package: Package, changed: &[Part]) -> Option<Vec<u8>> {
    let mut archive = package.into_archive();
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(archive.len())));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut written = vec![false; changed.len()];
    let write = |writer: &mut ZipWriter<Cursor<Vec<u8>>>, part: &Part| {
        writer.start_file(part.name.as_str(), options).ok()?;
        writer.write_all(&source::encode(&part.text, part.encoding, part.bom)?).ok()
    };
    for index in 0..archive.len() {
        let name = archive.name_for_index(index).and_then(Result::ok).unwrap_or_default().to_string();
        match changed.iter().position(|part| part.name == name) {
            Some(at) => {
                write(&mut writer, &changed[at])?;
                written[at] = true;
            }
            None => writer.raw_copy_file(archive.by_index_raw(index).ok()?).ok()?,
        }
    }
    for (part, _) in changed.iter().zip(&written).filter(|(_, written)| !**written) {
        write(&mut writer, part)?;
    }
    Some(writer.finish().ok()?.into_inner())
}

/// Whether comments can stand at a piece.
pub(super) fn carries_comment(story: &Story, piece: &Piece) -> bool {
    piece.run().is_some_and(|run| story.runs[run as usize].access < Access::Closed)
}
