//! Where findings are in a Word document, and what only a Word document knows: numbers that were taken over and have become wrong.

use keiyaku::report::json::{WordPosition, WordRange};
use keiyaku::{Contract, Rulebook, Selection, Settings, check};

use crate::build::{Docx, definition, level, numbered, paragraph, plain, run};

fn numbers() -> String {
    definition(1, &(level(0, "decimalFullWidth", "第%1条", "") + &level(1, "decimal", "%2.", "")))
}

fn bookmarked(level: u32, name: &str, text: &str) -> String {
    let properties = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr>");
    let mark = format!("<w:bookmarkStart w:id=\"7\" w:name=\"{name}\"/>{}<w:bookmarkEnd w:id=\"7\"/>", run(text));
    paragraph(&properties, &mark)
}

fn field(instruction: &str, shown: &str) -> String {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let instruction = format!("<w:r><w:instrText xml:space=\"preserve\"> {instruction} </w:instrText></w:r>");
    [mark("begin"), instruction, mark("separate"), run(shown), mark("end")].concat()
}

/// The messages about fields that refer to 第１条 (`_A`) and its second paragraph (`_P`).
fn stale(fields: &str) -> Vec<String> {
    let body = [
        bookmarked(0, "_A", "（目的）"),
        numbered(1, 1, "甲は、乙に委託する。"),
        bookmarked(1, "_P", "乙は、受託する。"),
        plain("甲は、") + &paragraph("", &(run("甲は、") + fields + &run("に従う。"))),
    ];
    let document = Docx::new(body.concat()).numbering(&numbers()).read();
    let selection = Selection { select: vec!["stale-cross-reference".into()], ignore: Vec::new() };
    let settings = Settings { selection, ..Settings::default() };
    let contract = Contract::parse(document.text());
    check(&contract, Rulebook::builtin(), &settings).into_iter().map(|finding| finding.message).collect()
}

#[test]
fn a_cross_reference_that_shows_another_number_is_reported() {
    let message = |shown: &str, now: &str| {
        vec![format!("相互参照が「{shown}」と表示していますが、参照先の番号は「{now}」です。")]
    };
    assert_eq!(stale(&field("REF _A \\r \\h", "第９条")), message("第９条", "第１条"));
    assert_eq!(stale(&field("REF _P \\n \\h", "3")), message("3", "2"));
    assert_eq!(stale(&field("REF _P \\w", "第１条3")), message("第１条3", "2"));
    let simple = "<w:fldSimple w:instr=\" REF _A \\r \"><w:r><w:t>第２条</w:t></w:r></w:fldSimple>";
    assert_eq!(stale(simple), message("第２条", "第１条"));
}

#[test]
fn a_cross_reference_that_shows_its_number_in_any_form_is_not() {
    for (instruction, shown) in [
        ("REF _A \\r \\h", "第１条"),
        ("REF _A \\n", "第1条"),
        ("REF _P \\n \\h", "2"),
        ("REF _P \\w", "第１条2"),
        ("REF _P \\r", "２"),
        ("REF _P \\p", "上"),
        ("REF _A \\r \\t", "1"),
        ("REF _A \\h", "（目的）"),
        ("REF _B \\r \\h", "第９条"),
        ("PAGEREF _A \\h", "9"),
        ("REF _A \\r \\h", "エラー! 参照元が見つかりません"),
    ] {
        assert!(
            stale(&field(instruction, shown)).is_empty(),
            "{instruction} {shown}: {:?}",
            stale(&field(instruction, shown))
        );
    }
}

#[test]
fn a_finding_is_placed_in_its_paragraph() {
    let row = format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", plain("甲"), plain("乙"));
    let body = row
        + &numbered(1, 0, "（目的）").replace("<w:p>", "<w:p w14:paraId=\"1A2B3C4D\">")
        + &paragraph("", &(run("𠮷田は、乙") + &run("に委託する。。")));
    let document = Docx::new(body).numbering(&numbers()).read();
    let story = document.body();
    let place = |words: &str| {
        let start = story.text.find(words).unwrap() as u32;
        WordRange::of(story, keiyaku::Span::new(start, start + words.len() as u32)).unwrap()
    };
    let position =
        |paragraph, id: Option<&str>, character| WordPosition { paragraph, id: id.map(String::from), character };
    let found = place("。。");
    assert_eq!(
        (found.part.as_str(), &found.start, &found.end),
        ("word/document.xml", &position(3, None, 10), &position(3, None, 12))
    );
    let id = Some("1A2B3C4D");
    assert_eq!(
        place("第１条").start,
        position(2, id, 0),
        "a number is generated: it stands before the first character"
    );
    assert_eq!((place("目的").start, place("目的").end), (position(2, id, 1), position(2, id, 3)));
    assert_eq!(place("乙 ").start, position(1, None, 0));
}
