//! Writes the Word documents of the tests, part by part.

use std::io::{Cursor, Write};

use keiyaku::source::word::{self, Document, Tracked};
use zip::write::SimpleFileOptions;

pub const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A document with the parts that it was given.
#[derive(Clone)]
pub struct Docx {
    body: String,
    /// Kind, name and content of the parts to which the document leads.
    parts: Vec<(&'static str, String, String)>,
    /// Anything else: name and bytes.
    others: Vec<(String, Vec<u8>)>,
}

impl Docx {
    /// A document with this body.
    pub fn new(body: impl Into<String>) -> Docx {
        Docx { body: body.into(), parts: Vec::new(), others: Vec::new() }
    }

    /// With a part of this kind: what stands between the tags of `root`.
    pub fn part(mut self, kind: &'static str, root: &str, inner: &str) -> Docx {
        let count = self.parts.iter().filter(|part| part.0 == kind).count();
        let name = if count == 0 { format!("{kind}.xml") } else { format!("{kind}{count}.xml") };
        self.parts.push((kind, name, element(root, inner)));
        self
    }

    pub fn styles(self, inner: &str) -> Docx {
        self.part("styles", "styles", inner)
    }

    pub fn numbering(self, inner: &str) -> Docx {
        self.part("numbering", "numbering", inner)
    }

    /// With a file that nothing leads to.
    pub fn other(mut self, name: &str, content: impl Into<Vec<u8>>) -> Docx {
        self.others.push((name.to_string(), content.into()));
        self
    }

    /// The names and bytes of all entries.
    pub fn entries(&self) -> Vec<(String, Vec<u8>)> {
        let mut types = format!("<Override PartName=\"/word/document.xml\" ContentType=\"{TYPE}.document.main+xml\"/>");
        let mut relationships = String::new();
        for (at, (kind, name, _)) in self.parts.iter().enumerate() {
            types += &format!("<Override PartName=\"/word/{name}\" ContentType=\"{TYPE}.{kind}+xml\"/>");
            relationships += &format!("<Relationship Id=\"rId{at}\" Type=\"{OFFICE}/{kind}\" Target=\"{name}\"/>");
        }
        let relations = |inner: &str| {
            format!("<?xml version=\"1.0\"?><Relationships xmlns=\"{PACKAGE}/relationships\">{inner}</Relationships>")
        };
        let main = format!("<Relationship Id=\"r\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>");
        let types = format!(
            "<?xml version=\"1.0\"?><Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
             ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
             ContentType=\"application/xml\"/>{types}</Types>"
        );
        let mut entries = vec![
            ("[Content_Types].xml".to_string(), types.into_bytes()),
            ("_rels/.rels".into(), relations(&main).into_bytes()),
            ("word/_rels/document.xml.rels".into(), relations(&relationships).into_bytes()),
            ("word/document.xml".into(), element("document", &format!("<w:body>{}</w:body>", self.body)).into_bytes()),
        ];
        entries
            .extend(self.parts.iter().map(|(_, name, content)| (format!("word/{name}"), content.clone().into_bytes())));
        entries.extend(self.others.iter().cloned());
        entries
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        zip(&self.entries())
    }

    /// What is read from it.
    pub fn read(&self) -> Document {
        word::read(&self.bytes(), Tracked::Accepted).unwrap_or_else(|error| panic!("{error}"))
    }

    /// The text of its body.
    pub fn text(&self) -> String {
        self.read().body().text.clone()
    }
}

/// A zip file with these entries.
pub fn zip(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A part with an outermost element.
pub fn element(root: &str, inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:{root} xmlns:w=\"{WORD}\" xmlns:r=\"{OFFICE}\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
         xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
         xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
         xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\">{inner}</w:{root}>"
    )
}

/// A paragraph with properties and runs.
pub fn paragraph(properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}

/// A plain run.
pub fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
}

/// A paragraph of plain text.
pub fn plain(text: &str) -> String {
    paragraph("", &run(text))
}

/// A paragraph of a numbering.
pub fn numbered(numbering: u32, level: u32, text: &str) -> String {
    paragraph(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{numbering}\"/></w:numPr>"), &run(text))
}

/// A level of an abstract definition, beginning at 1.
pub fn level(level: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

/// An abstract definition, and a numbering of the same id that refers to it.
pub fn definition(id: u32, levels: &str) -> String {
    format!(
        "<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum><w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{id}\"/></w:num>"
    )
}

pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
