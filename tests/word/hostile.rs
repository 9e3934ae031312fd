//! Files that are no Word documents, damaged, or made to do harm: refused by name, within bounds.

use keiyaku::source;
use keiyaku::source::word::{self, Tracked};

use crate::build::{Docx, plain, zip};

fn refusal(bytes: &[u8]) -> String {
    word::read(bytes, Tracked::Accepted).expect_err("it is refused").to_string()
}

fn with_document(content: impl Into<Vec<u8>>) -> Vec<u8> {
    let mut entries = Docx::new("").entries();
    entries.iter_mut().find(|entry| entry.0 == "word/document.xml").unwrap().1 = content.into();
    zip(&entries)
}

#[test]
fn a_missing_part_is_named() {
    let entries = Docx::new(plain("甲")).numbering("").entries();
    for name in ["[Content_Types].xml", "word/document.xml", "word/numbering.xml"] {
        let rest: Vec<_> = entries.iter().filter(|entry| entry.0 != name).cloned().collect();
        let message = refusal(&zip(&rest));
        assert!(message.contains(name), "{message}");
    }
}

#[test]
fn what_is_no_word_document_is_said() {
    assert!(refusal(&zip(&[("a.txt".into(), b"a".to_vec())])).contains("zip"));
    assert!(refusal(&with_document("<workbook/>")).contains("Word 文書ではない"));
    assert!(refusal(b"PK\x03\x04").contains("壊れています"));
    let old = source::decode(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", None).unwrap_err().to_string();
    assert!(old.contains(".doc") && old.contains("暗号化"), "{old}");
}

#[test]
fn damaged_xml_is_named() {
    for content in ["", "<w:document", "<a><b></a>", "\u{0}"] {
        assert!(refusal(&with_document(content)).contains("word/document.xml"), "{content:?}");
    }
    assert!(refusal(&with_document(b"<a>\xFF\xFE</a>".to_vec())).contains("word/document.xml"));
}

#[test]
fn entities_are_not_expanded() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><x>&b;</x>";
    assert!(refusal(&with_document(bomb)).contains("文書型宣言"));
}

#[test]
fn deep_nesting_is_refused() {
    assert!(refusal(&with_document("<x>".repeat(100_000))).contains("入れ子"));
    let table = "<w:tbl><w:tr><w:tc>".repeat(80) + &plain("甲") + &"</w:tc></w:tr></w:tbl>".repeat(80);
    assert_eq!(Docx::new(table).text(), "甲\n");
}

#[test]
fn a_part_that_inflates_beyond_bounds_is_refused() {
    let bomb = vec![b' '; 65 << 20];
    assert!(refusal(&with_document(bomb)).contains("展開"));
}

#[test]
fn too_many_entries_are_refused() {
    let entries: Vec<(String, Vec<u8>)> = (0..10_001).map(|at| (format!("{at}"), Vec::new())).collect();
    assert!(refusal(&zip(&entries)).contains("10,000"));
}

#[test]
fn damage_anywhere_never_panics() {
    let bytes = Docx::new(plain("第1条（目的）")).numbering("").styles("").bytes();
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        let _ = word::read(&damaged, Tracked::Accepted);
        let _ = word::read(&bytes[..at], Tracked::Accepted);
    }
}

#[test]
fn hostile_numbers_and_styles_end() {
    let styles = "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:basedOn w:val=\"b\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"b\"><w:basedOn w:val=\"a\"/></w:style>";
    let numbering = "<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"2147483647\"/><w:numFmt w:val=\"lowerLetter\"/>\
                     <w:lvlText w:val=\"%1%1%1%9%x%\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>";
    let text = Docx::new(crate::build::numbered(1, 0, "甲") + &crate::build::numbered(7, 99, "乙"))
        .styles(styles)
        .numbering(numbering)
        .text();
    assert!(text.chars().count() < 60 && text.ends_with("乙\n"), "{text}");
}

#[test]
fn many_bindings_of_prefixes_are_refused() {
    let bindings: String = (0..5_000).map(|n| format!(" xmlns:a{n}=\"x\"")).collect();
    assert!(
        refusal(&with_document(format!("<a{bindings}>{}</a>", "<z:z/>".repeat(5_000)))).contains("word/document.xml")
    );
}

#[test]
fn too_many_elements_are_refused() {
    assert!(refusal(&with_document(format!("<a>{}</a>", "<b/>".repeat(2_000_001)))).contains("要素が多すぎます"));
}

#[test]
fn fields_without_an_end_hide_nothing_that_was_there() {
    let body = "<w:p><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t>甲</w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p>";
    assert_eq!(Docx::new(body.to_string() + &plain("乙")).text(), "甲\n乙\n");
}
