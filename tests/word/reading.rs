//! What a person sees, construct by construct.

use keiyaku::source::word::anchor::{Origin, StoryKind};
use keiyaku::source::word::{self, Tracked};
use keiyaku::{Contract, Rulebook, Settings, Severity, check};

use crate::build::{Docx, definition, level, numbered, paragraph, plain, run};

/// Articles 第１条 with 項 `2` and 号 `(1)`, as firms number them.
fn articles() -> String {
    definition(
        1,
        &[
            level(0, "decimalFullWidth", "第%1条", "<w:suff w:val=\"nothing\"/>"),
            level(1, "decimalFullWidth", "%2", "<w:suff w:val=\"space\"/>"),
            level(2, "aiueoFullWidth", "（%3）", ""),
        ]
        .concat(),
    )
}

#[test]
fn automatic_numbers_stand_before_the_text() {
    let body = [
        numbered(1, 0, "（目的）"),
        numbered(1, 1, "甲は、委託する。"),
        numbered(1, 1, "乙は、受託する。"),
        numbered(1, 2, "清掃"),
        numbered(1, 2, "警備"),
        numbered(1, 0, "（期間）"),
        numbered(1, 1, "一年間とする。"),
    ];
    let expected = "第１条（目的）\n１ 甲は、委託する。\n２ 乙は、受託する。\n（ア）\t清掃\n（イ）\t警備\n第２条（期間）\n１ 一年間とする。\n";
    assert_eq!(Docx::new(body.concat()).numbering(&articles()).text(), expected);
}

#[test]
fn counters_are_shared_and_restart_where_the_file_says() {
    let numbering = definition(1, &level(0, "decimal", "D%1", "<w:suff w:val=\"nothing\"/>"))
        + "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>\
           <w:num w:numId=\"3\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"10\"/></w:lvlOverride></w:num>";
    let body: String = [1, 1, 2, 3, 1, 3].iter().map(|&id| numbered(id, 0, "")).collect();
    assert_eq!(Docx::new(body).numbering(&numbering).text(), "D1\nD2\nD3\nD10\nD11\nD12\n");
}

#[test]
fn legal_numbering_turns_every_number_to_decimal() {
    let numbering = definition(
        1,
        &(level(0, "japaneseCounting", "第%1章", "")
            + &level(1, "decimal", "%1.%2", "<w:isLgl/><w:suff w:val=\"nothing\"/>")),
    );
    let body = numbered(1, 0, "総則") + &numbered(1, 1, "定義");
    assert_eq!(Docx::new(body).numbering(&numbering).text(), "第一章\t総則\n1.1定義\n");
}

#[test]
fn a_level_restarts_only_after_the_level_it_names() {
    let numbering = definition(
        1,
        &[
            level(0, "decimal", "%1", "<w:suff w:val=\"nothing\"/>"),
            level(1, "decimal", "%1-%2", "<w:lvlRestart w:val=\"0\"/><w:suff w:val=\"nothing\"/>"),
        ]
        .concat(),
    );
    let body: String = [0, 1, 0, 1].iter().map(|&level| numbered(1, level, "")).collect();
    assert_eq!(Docx::new(body).numbering(&numbering).text(), "1\n1-1\n2\n2-2\n");
}

#[test]
fn numbering_comes_from_styles_and_can_be_taken_away() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"a\"><w:name w:val=\"条\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"b\"><w:name w:val=\"項\"/><w:basedOn w:val=\"a\"/></w:style>";
    let numbering = definition(
        1,
        &(level(0, "decimalFullWidth", "第%1条", "<w:pStyle w:val=\"a\"/><w:suff w:val=\"nothing\"/>")
            + &level(1, "decimal", "%2.", "<w:pStyle w:val=\"b\"/>")),
    );
    let styled =
        |style: &str, more: &str, text: &str| paragraph(&format!("<w:pStyle w:val=\"{style}\"/>{more}"), &run(text));
    let body = [
        styled("a", "", "（目的）"),
        styled("b", "", "甲"),
        styled("b", "<w:numPr><w:numId w:val=\"0\"/></w:numPr>", "乙"),
        styled("b", "<w:numPr><w:ilvl w:val=\"0\"/></w:numPr>", "（期間）"),
    ];
    assert_eq!(
        Docx::new(body.concat()).styles(styles).numbering(&numbering).text(),
        "第１条（目的）\n1.\t甲\n乙\n第２条（期間）\n"
    );
}

#[test]
fn bullets_of_symbol_fonts_are_what_a_person_sees() {
    let font = "<w:rPr><w:rFonts w:ascii=\"Wingdings\" w:hAnsi=\"Wingdings\"/></w:rPr>";
    let bullet = format!(
        "<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\u{F06C}\"/>{font}</w:lvl>\
         </w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>"
    );
    let symbol = "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r>";
    let body = numbered(1, 0, "清掃") + &paragraph("", &(symbol.to_string() + &run("同意する\u{F0A3}")));
    let docx = Docx::new(body).numbering(&bullet);
    assert_eq!(docx.text(), "●\t清掃\n☑同意する□\n");
}

#[test]
fn what_stands_in_a_run() {
    let runs = "<w:r><w:t>第1条</w:t><w:tab/><w:t xml:space=\"preserve\"> 甲 </w:t><w:br/><w:t> 乙 </w:t><w:noBreakHyphen/><w:softHyphen/><w:t>丙</w:t></w:r>\
                <w:r><w:ruby><w:rt><w:r><w:t>かし</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>瑕疵</w:t></w:r></w:rubyBase></w:ruby></w:r>\
                <w:r><w:rPr><w:vanish/></w:rPr><w:t>秘密</w:t></w:r><w:hyperlink><w:r><w:t>別紙</w:t></w:r></w:hyperlink>\
                <w:smartTag><w:r><w:t>を</w:t></w:r></w:smartTag><w:bdo w:val=\"ltr\"><w:r><w:t>見る</w:t></w:r></w:bdo>\
                <m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>";
    assert_eq!(Docx::new(paragraph("", runs)).text(), "第1条\t 甲 \n乙-丙瑕疵別紙を見るa+b\n");
}

#[test]
fn fields_show_their_result() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let instruction = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let bookmarked = paragraph(
        "",
        &format!("<w:bookmarkStart w:id=\"1\" w:name=\"_Ref1\"/>{}<w:bookmarkEnd w:id=\"1\"/>", run("第1条")),
    );
    let body = [
        bookmarked,
        paragraph(
            "",
            &[
                run("前記"),
                mark("begin"),
                instruction(" REF _Ref1 \\r \\h "),
                mark("separate"),
                run("第9条"),
                mark("end"),
                "<w:fldSimple w:instr=\" DATE \"><w:r><w:t>2026年</w:t></w:r></w:fldSimple>".into(),
                mark("begin"),
                instruction("eq \\o\\ac(○,印)"),
                mark("end"),
            ]
            .concat(),
        ),
    ];
    let document = Docx::new(body.concat()).read();
    let story = document.body();
    assert_eq!(story.text, "第1条\n前記第9条2026年印\n");
    let reference = &story.references[0];
    assert_eq!(&story.text[reference.shown.range()], "第9条");
    assert_eq!((reference.bookmark.as_str(), reference.target), ("_Ref1", Some(0)));
}

#[test]
fn content_controls_at_every_level() {
    let control = |inner: &str| format!("<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>");
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", plain(text));
    let table = format!(
        "<w:tbl>{}<w:tr>{}{}</w:tr></w:tbl>",
        control(&format!("<w:tr>{}{}</w:tr>", cell("用語"), cell("意味"))),
        cell("本件業務"),
        control(&cell("清掃"))
    );
    let body = control(&plain("甲")) + &paragraph("", &(run("乙") + &control(&run("丙")))) + &table;
    assert_eq!(Docx::new(body).text(), "甲\n乙丙\n| 用語 | 意味 |\n| 本件業務 | 清掃 |\n");
}

#[test]
fn tables_of_layout_are_read_line_by_line() {
    let cell =
        |paragraphs: &[&str]| format!("<w:tc>{}</w:tc>", paragraphs.iter().map(|text| plain(text)).collect::<String>());
    let one_column = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell(&["第1条（目的）", "甲は、委託する。"]));
    let merged = "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>\
                  <w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let document = Docx::new(one_column + &plain("間") + merged).read();
    let story = document.body();
    assert_eq!(story.text, "第1条（目的）\n甲は、委託する。\n間\n| 甲 |  |\n| | 乙 丙 |\n");
    let frames: Vec<u16> = story.appearance.iter().map(|line| line.frame).collect();
    assert_eq!(frames, [1, 1, 0, 0, 0]);
}

#[test]
fn text_boxes_stand_behind_their_paragraph_once() {
    let shape = "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>箱</w:t></w:r></w:p>\
                 </w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>箱</w:t></w:r></w:p>\
                 </w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>";
    assert_eq!(Docx::new(paragraph("", &(run("前") + shape + &run("後"))) + &plain("次")).text(), "前後\n箱\n次\n");
}

#[test]
fn tracked_changes_are_read_from_either_side() {
    let removed = "<w:rPr><w:del w:id=\"9\" w:author=\"a\"/></w:rPr>";
    let body = [
        paragraph(
            "",
            "<w:r><w:t>期間は</w:t></w:r><w:ins w:id=\"1\" w:author=\"a\"><w:r><w:t>二</w:t></w:r></w:ins>\
             <w:del w:id=\"2\" w:author=\"a\"><w:r><w:delText>一</w:delText></w:r></w:del><w:r><w:t>年とする。</w:t></w:r>",
        ),
        numbered(1, 0, "残る"),
        paragraph(
            &format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>{removed}"),
            "<w:del w:id=\"3\" w:author=\"a\"><w:r><w:delText>消える</w:delText></w:r></w:del>",
        ),
        numbered(1, 0, "残る"),
    ];
    let docx = Docx::new(body.concat()).numbering(&articles());
    assert_eq!(docx.text(), "期間は二年とする。\n第１条残る\n第２条残る\n");
    let original = word::read(&docx.bytes(), Tracked::Original).unwrap();
    assert_eq!(original.body().text, "期間は一年とする。\n第１条残る\n第２条消える\n第３条残る\n");
}

#[test]
fn notes_headers_and_footers_are_kept_apart() {
    let note = "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:footnote>\
                <w:footnote w:id=\"1\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>注記</w:t></w:r></w:p></w:footnote>";
    let docx = Docx::new(paragraph("", &(run("本文") + "<w:r><w:footnoteReference w:id=\"1\"/></w:r>")))
        .part("footnotes", "footnotes", note)
        .part("header", "hdr", &plain("社外秘"))
        .part("footer", "ftr", &paragraph("", ""));
    let document = docx.read();
    let stories: Vec<(StoryKind, &str)> = document.stories.iter().map(|s| (s.kind, s.text.as_str())).collect();
    assert_eq!(
        stories,
        [(StoryKind::Body, "本文\n"), (StoryKind::Footnotes, "注記\n"), (StoryKind::Header, "社外秘\n")]
    );
}

#[test]
fn hidden_paragraphs_are_no_lines() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"h\"><w:rPr><w:vanish/></w:rPr></w:style>\
                  <w:style w:type=\"character\" w:styleId=\"c\"><w:rPr><w:vanish/></w:rPr></w:style>";
    let hidden = paragraph("<w:pStyle w:val=\"h\"/>", &run("見えない"));
    // A toggle: hidden by both styles is hidden by none.
    let twice = paragraph(
        "<w:pStyle w:val=\"h\"/><w:rPr><w:vanish w:val=\"0\"/></w:rPr>",
        "<w:r><w:rPr><w:rStyle w:val=\"c\"/></w:rPr><w:t>見える</w:t></w:r>",
    );
    assert_eq!(Docx::new(plain("甲") + &hidden + &twice).styles(styles).text(), "甲\n見える\n");
}

#[test]
fn what_cannot_be_computed_is_said_once() {
    let numbering = definition(1, &level(0, "thaiLetters", "%1.", "")) + &articles().replace("=\"1\"", "=\"2\"");
    let document = Docx::new(numbered(1, 0, "甲") + &numbered(1, 0, "乙")).numbering(&numbering).read();
    assert_eq!(document.body().text, "1.\t甲\n2.\t乙\n");
    assert_eq!(
        document.doubts.iter().map(ToString::to_string).filter(|doubt| doubt.contains("thaiLetters")).count(),
        1
    );
    assert!(document.body().appearance.iter().all(|line| line.doubtful));
}

#[test]
fn what_rests_on_doubtful_numbers_is_information() {
    let gap = |format: &str| {
        let numbering = definition(1, &level(0, format, "第%1条", "<w:suff w:val=\"nothing\"/>"))
            + "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"3\"/></w:lvlOverride></w:num>";
        let body =
            numbered(1, 0, "（目的）") + &plain("委託する。") + &numbered(2, 0, "（期間）") + &plain("一年とする。");
        let contract = Contract::parse(Docx::new(body).numbering(&numbering).read().text());
        let found = check(&contract, Rulebook::builtin(), &Settings::default());
        found.iter().find(|finding| finding.rule == "article-gap").unwrap().severity
    };
    assert_eq!(gap("thaiLetters"), Severity::Info);
    assert!(gap("decimal") > Severity::Info);
}

#[test]
fn strict_files_and_other_prefixes_are_read() {
    let source = "<a:document xmlns:a=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><a:body><a:p><a:r><a:t>甲</a:t></a:r></a:p></a:body></a:document>";
    let mut entries = Docx::new("").entries();
    entries.iter_mut().find(|entry| entry.0 == "word/document.xml").unwrap().1 = source.into();
    assert_eq!(word::read(&crate::build::zip(&entries), Tracked::Accepted).unwrap().body().text, "甲\n");
}

#[test]
fn every_byte_of_the_text_leads_back_to_the_file() {
    let body = numbered(1, 0, "（A&B）")
        + &paragraph("", "<w:r><w:t>甲&amp;乙</w:t><w:tab/></w:r><w:r><w:t><![CDATA[丙]]></w:t></w:r>");
    let docx = Docx::new(body).numbering(&articles());
    let document = docx.read();
    let story = document.body();
    let source = String::from_utf8(docx.entries()[3].1.clone()).unwrap();
    let mut at = 0;
    for piece in &story.pieces {
        assert_eq!(piece.text.start, at, "without gaps");
        at = piece.text.end;
        let text = &story.text[piece.text.range()];
        match piece.origin {
            Origin::Written { raw, .. } if raw.len() == piece.text.len() => assert_eq!(&source[raw.range()], text),
            Origin::Written { raw, .. } => {
                assert!(["&amp;", "<![CDATA[丙]]>"].contains(&&source[raw.range()]), "{text}")
            }
            Origin::Mark { raw, .. } => assert_eq!(&source[raw.range()], "<w:tab/>"),
            Origin::Label => assert_eq!(text, "第１条"),
            Origin::Generated => assert_eq!(text, "\n"),
        }
    }
    assert_eq!(at as usize, story.text.len());
    assert_eq!(
        story.paragraphs.iter().map(|p| &story.text[p.text.range()]).collect::<Vec<_>>(),
        ["第１条（A&B）", "甲&乙\t丙"]
    );
}
