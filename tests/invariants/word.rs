//! Word documents: read, checked, and written back with nothing changed but what was added.

use std::io::{Cursor, Write};

use keiyaku::review::{Options, review};
use keiyaku::source::word::{self, Tracked};
use keiyaku::{Contract, Rulebook, Settings, check};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use super::contract::is_in;

/// The parts that an input may give, in this order, apart by NUL, each with its outermost element.
const PARTS: [(&str, &str); 5] = [
    ("document", "document"),
    ("numbering", "numbering"),
    ("styles", "styles"),
    ("footnotes", "footnotes"),
    ("header1", "hdr"),
];
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// A Word document; or the parts of one, apart by NUL, which are packed first: what is compressed hides from any guess. A part that does
/// not begin with an XML declaration gets its outermost element too.
pub fn docx(bytes: &[u8]) {
    let packed = if word::is_package(bytes) { bytes.to_vec() } else { pack(bytes) };
    let _ = word::read(&packed, Tracked::Original).map(|document| document.text());
    let Ok(document) = word::read(&packed, Tracked::Accepted) else { return };
    let source = &document.body().text;
    assert!(document.body().pieces.iter().all(|piece| is_in(source, piece.text)));
    let contract = Contract::parse(document.text());
    assert_eq!(contract.print(), *source);
    let findings = check(&contract, Rulebook::builtin(), &Settings::default());
    for tracked_fixes in [false, true] {
        let Ok(reviewed) = review(&packed, &document, &findings, &Options { tracked_fixes, date: None }) else {
            continue;
        };
        assert_eq!(reviewed.comments + reviewed.written.unplaced, findings.len());
        let again = word::read(&reviewed.written.bytes, Tracked::Accepted).expect("what was written is read");
        if reviewed.mended == 0 {
            assert_eq!(again.body().text, *source, "comments change no text");
        }
    }
}

fn pack(bytes: &[u8]) -> Vec<u8> {
    let given: Vec<&[u8]> = bytes.splitn(PARTS.len(), |byte| *byte == 0).collect();
    let relationship = |kind: &str, target: &str| {
        format!("<Relationship Id=\"{target}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let relationships = |inner: String| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inner}</Relationships>"
        )
    };
    let others = PARTS.iter().take(given.len()).skip(1);
    let inner = others.map(|(part, _)| relationship(part.trim_end_matches('1'), &format!("{part}.xml"))).collect();
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
    let mut entries = vec![
        ("[Content_Types].xml".to_string(), types.into()),
        ("_rels/.rels".into(), relationships(relationship("officeDocument", "word/document.xml")).into_bytes()),
        ("word/_rels/document.xml.rels".into(), relationships(inner).into_bytes()),
    ];
    let content = |root: &str, given: &[u8]| match given.starts_with(b"<?xml") {
        true => given.to_vec(),
        false => {
            let (open, close) = if root == "document" { ("<w:body>", "</w:body>") } else { ("", "") };
            let start =
                format!("<w:{root} xmlns:w=\"{WORD}\" xmlns:r=\"{OFFICE}\" xmlns:mc=\"{COMPATIBILITY}\">{open}");
            [start.as_bytes(), given, format!("{close}</w:{root}>").as_bytes()].concat()
        }
    };
    let parts = PARTS.iter().zip(given);
    entries.extend(parts.map(|((part, root), given)| (format!("word/{part}.xml"), content(root, given))));
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in entries {
        writer.start_file(name, stored).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
