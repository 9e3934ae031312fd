//! Findings written back: comments where they belong, fixes as tracked changes, everything else as it was.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use keiyaku::review::{Options, Reviewed, review};
use keiyaku::source::word::write::{Comment, Markup, write};
use keiyaku::source::word::{self, Tracked};
use keiyaku::{Contract, Rulebook, Settings, Span, check};

use crate::build::{Docx, definition, level, numbered, paragraph, plain, run};

fn reviewed(bytes: &[u8], tracked_fixes: bool) -> Reviewed {
    let document = word::read(bytes, Tracked::Accepted).unwrap();
    let contract = Contract::parse(document.text());
    let findings = check(&contract, Rulebook::builtin(), &Settings::default());
    let options = Options { tracked_fixes, date: Some("2026-11-22T00:00:00Z".into()) };
    review(bytes, &document, &findings, &options).unwrap()
}

fn entries(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().to_string(), String::from_utf8_lossy(&content).into_owned())
        })
        .collect()
}

fn text(bytes: &[u8], tracked: Tracked) -> String {
    word::read(bytes, tracked).unwrap().body().text.clone()
}

/// The text between the beginning and the end of each comment.
fn marked(document: &str) -> Vec<String> {
    let pieces = document.split("<w:commentRangeStart w:id=\"").skip(1);
    let inside = |piece: &str| {
        let id = &piece[..piece.find('"').unwrap()];
        let end = piece.find(&format!("<w:commentRangeEnd w:id=\"{id}\"/>")).unwrap();
        let texts = piece[..end].split("<w:t").skip(1).map(|t| &t[t.find('>').unwrap() + 1..t.find("</w:t>").unwrap()]);
        texts.collect::<String>()
    };
    pieces.map(inside).collect()
}

#[test]
fn a_comment_stands_at_the_exact_words() {
    let runs = "<w:r><w:rPr><w:b/></w:rPr><w:t>乙は、ﾃﾞ</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:r><w:t>ｰﾀを保管</w:t></w:r><w:r><w:t>する。</w:t></w:r>";
    let docx =
        Docx::new(plain("第1条（定義）") + &paragraph("", runs)).other("custom/thing.bin", vec![0, 159, 146, 150]);
    let before = docx.bytes();
    let result = reviewed(&before, false);
    assert_eq!((result.comments, result.mended, result.written.unplaced), (1, 0, 0));
    let after = entries(&result.written.bytes);
    let document = &after["word/document.xml"];
    assert_eq!(marked(document), ["ﾃﾞｰﾀ"]);
    assert!(
        document.contains("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">ﾃﾞ</w:t></w:r>"),
        "the format is kept: {document}"
    );
    let comments = &after["word/comments.xml"];
    for expected in ["w:author=\"keiyaku\"", "w:date=\"2026-11-22T00:00:00Z\"", "【情報】", "規則: half-width-katakana"]
    {
        assert!(comments.contains(expected), "{expected} in {comments}");
    }
    assert!(after["[Content_Types].xml"].contains("/word/comments.xml"));
    assert!(after["word/_rels/document.xml.rels"].contains("comments.xml"));
    assert_eq!(text(&result.written.bytes, Tracked::Accepted), text(&before, Tracked::Accepted));
    for (name, content) in entries(&before) {
        let rewritten =
            ["word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"].contains(&name.as_str());
        assert!(rewritten || after[&name] == content, "{name} is as it was");
    }
}

#[test]
fn safe_fixes_become_tracked_changes() {
    let docx = Docx::new(plain("第1条（定義）") + &plain("乙は、ﾃﾞｰﾀを保管する。但し、甲の承諾を得た場合を除く。"));
    let result = reviewed(&docx.bytes(), true);
    assert_eq!(result.mended, 2);
    let bytes = result.written.bytes;
    assert_eq!(
        text(&bytes, Tracked::Accepted),
        "第1条（定義）\n乙は、データを保管する。ただし、甲の承諾を得た場合を除く。\n"
    );
    assert_eq!(text(&bytes, Tracked::Original), docx.text());
    let document = &entries(&bytes)["word/document.xml"];
    assert_eq!(
        document.matches("w:author=\"keiyaku\"").count(),
        document.matches("<w:ins ").count() + document.matches("<w:del ").count()
    );
    // What was mended is not found again.
    assert_eq!(reviewed(&bytes, true).mended, 0);
}

#[test]
fn comments_and_changes_of_others_are_kept() {
    let body = plain("第1条（定義）")
        + "<w:p><w:commentRangeStart w:id=\"7\"/><w:r><w:t>乙は、</w:t></w:r><w:commentRangeEnd w:id=\"7\"/><w:r><w:commentReference w:id=\"7\"/></w:r>\
           <w:ins w:id=\"8\" w:author=\"乙\"><w:r><w:t>ﾃﾞｰﾀを</w:t></w:r></w:ins><w:del w:id=\"9\" w:author=\"乙\"><w:r><w:delText>物を</w:delText></w:r></w:del>\
           <w:r><w:rPr><w:i/><w:rPrChange w:id=\"10\" w:author=\"乙\"><w:rPr/></w:rPrChange></w:rPr><w:t>但し、保管する。</w:t></w:r></w:p>";
    let comment = "<w:comment w:id=\"7\" w:author=\"乙\"><w:p><w:r><w:t>確認</w:t></w:r></w:p></w:comment>";
    let docx = Docx::new(body).part("comments", "comments", comment);
    let result = reviewed(&docx.bytes(), true);
    let after = entries(&result.written.bytes);
    assert!(after["word/comments.xml"].contains(comment));
    assert_eq!(after["word/comments.xml"].matches("<w:comment ").count(), 1 + result.comments);
    let document = &after["word/document.xml"];
    for kept in [
        "<w:ins w:id=\"8\" w:author=\"乙\">",
        "<w:delText>物を</w:delText>",
        "<w:rPrChange w:id=\"10\" w:author=\"乙\">",
    ] {
        assert!(document.contains(kept), "{kept} in {document}");
    }
    assert!(!document.contains("データ"), "the insertion of another is commented on and not changed");
    let mut ids: Vec<&str> = document.split("w:id=\"").skip(1).map(|rest| &rest[..rest.find('"').unwrap()]).collect();
    let references = document.matches("<w:commentRangeStart").count() * 2;
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count - references, "ids are one annotation's own");
}

#[test]
fn a_comment_on_a_number_stands_at_its_paragraph() {
    let numbering = definition(1, &level(0, "decimal", "第%1条", "<w:suff w:val=\"nothing\"/>"))
        + "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"4\"/></w:lvlOverride></w:num>";
    let body = [
        numbered(1, 0, "（目的）"),
        plain("甲は、委託する。"),
        numbered(2, 0, "（期間）"),
        plain("期間は、一年とする。"),
        numbered(1, 0, ""),
    ];
    let result = reviewed(&Docx::new(body.concat()).numbering(&numbering).bytes(), false);
    let document = &entries(&result.written.bytes)["word/document.xml"];
    assert!(marked(document).contains(&"（期間）".to_string()), "{:?}", marked(document));
    assert_eq!((result.written.unplaced, marked(document).len()), (0, result.comments));
}

#[test]
fn a_comment_on_a_field_stands_around_it() {
    let field = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
                 <w:r><w:t>エラー! 参照元が見つかりません。</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let body = plain("第1条（解除）")
        + &paragraph("", &(run("甲は、") + field + &run("に違反したときは、解除することができる。")));
    let result = reviewed(&Docx::new(body).bytes(), true);
    let document = &entries(&result.written.bytes)["word/document.xml"];
    assert!(document.contains("甲は、</w:t></w:r><w:commentRangeStart w:id=\"0\"/>"), "{document}");
    assert!(document.contains("<w:fldChar w:fldCharType=\"end\"/></w:r><w:commentRangeEnd w:id=\"0\"/>"), "{document}");
    assert_eq!(document.matches("<w:t>エラー! 参照元が見つかりません。</w:t>").count(), 1, "{document}");
}

#[test]
fn tables_text_boxes_and_empty_documents_take_comments() {
    let boxed = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>ﾃﾞｰﾀ</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>";
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", plain(text));
    let table = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("用語"), cell("ｻｰﾋﾞｽ"));
    let body = plain("第1条（定義）") + &paragraph("", &(run("用語は、次のとおりとする。") + boxed)) + &table;
    let result = reviewed(&Docx::new(body).bytes(), true);
    let document = &entries(&result.written.bytes)["word/document.xml"];
    let inside = document.find("<w:txbxContent>").unwrap()..document.find("</w:txbxContent>").unwrap();
    assert!(!document[inside].contains("comment"), "Word allows no comments in text boxes");
    assert!(document.contains("サービス"));
    assert_eq!(result.written.unplaced, 0);

    let empty = Docx::new("<w:p/>");
    let comment = Comment { span: Span::empty(0), paragraphs: vec!["空".into()] };
    let markup = Markup { author: "a".into(), comments: vec![comment], ..Markup::default() };
    let written = write(&empty.bytes(), &empty.read(), &markup).unwrap();
    assert!(entries(&written.bytes)["word/document.xml"].contains("<w:p><w:commentRangeStart"));
    let nothing = Docx::new("");
    assert_eq!(write(&nothing.bytes(), &nothing.read(), &markup).unwrap().unplaced, 1);
}

#[test]
fn documents_with_other_prefixes_are_written_in_theirs() {
    let source = "<a:document xmlns:a=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><a:body><a:p><a:r><a:t>第1条（定義）</a:t></a:r></a:p>\
                  <a:p><a:r><a:t>但し、ﾃﾞｰﾀとする。</a:t></a:r></a:p></a:body></a:document>";
    let mut parts = Docx::new("").entries();
    parts.iter_mut().find(|entry| entry.0 == "word/document.xml").unwrap().1 = source.into();
    let result = reviewed(&crate::build::zip(&parts), true);
    assert_eq!(text(&result.written.bytes, Tracked::Accepted), "第1条（定義）\nただし、データとする。\n");
    let after = entries(&result.written.bytes);
    assert!(after["word/document.xml"].contains("<a:commentRangeStart a:id="));
    assert!(after["word/comments.xml"].contains("purl.oclc.org"));
}

#[test]
fn a_signature_is_spoken_of() {
    let docx = Docx::new(plain("第1条（定義）")).other("_xmlsignatures/sig1.xml", "<x/>").part(
        "settings",
        "settings",
        "<w:documentProtection w:edit=\"readOnly\" w:enforcement=\"1\"/>",
    );
    assert_eq!(reviewed(&docx.bytes(), false).written.warnings.len(), 2);
}

#[test]
fn every_corpus_contract_survives_its_review() {
    for (name, docx) in crate::corpus::documents() {
        let before = docx.bytes();
        let result = reviewed(&before, false);
        assert_eq!(result.written.unplaced, 0, "{name}");
        assert_eq!(text(&result.written.bytes, Tracked::Accepted), text(&before, Tracked::Accepted), "{name}");
        let mended = reviewed(&before, true).written.bytes;
        assert_eq!(text(&mended, Tracked::Original), text(&before, Tracked::Accepted), "{name}");
    }
}
