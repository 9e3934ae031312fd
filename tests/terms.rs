//! The defined terms and parties of the contracts of `corpus/`, with every use: expectations that were read by eye.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use keiyaku::analysis::party::Parties;
use keiyaku::analysis::term::Terms;
use keiyaku::{Contract, Text};

/// One line for a party; for a term where it is defined, for which part, and the lines and columns of its uses.
fn describe(contract: &Contract) -> String {
    let terms = Terms::of(contract, &[]);
    let parties = Parties::of(contract, &terms);
    let mut out = String::new();
    for party in &parties.all {
        let role = party.role.map_or("", |role| role.word);
        let signed = party.signed.as_ref().and_then(|signed| signed.name.as_ref()).map_or("", |(name, _)| name);
        let name = party.name.as_deref().unwrap_or_default();
        let _ = writeln!(out, "party {} | {name} | {role} | {signed}", party.label);
    }
    let place = |byte: u32| {
        let position = contract.text().position(byte);
        format!("{}:{}", position.line, position.column)
    };
    for term in &terms.all {
        let part: Vec<String> = term.scope.iter().map(|&unit| contract.citation(unit)).collect();
        let uses: Vec<String> = term.uses.iter().map(|at| place(contract.flow().span(at.clone()).start)).collect();
        let _ = writeln!(
            out,
            "term {} | {} {} {} | {} uses: {}",
            term.name,
            place(term.span.start),
            term.form.name(),
            part.join(" "),
            uses.len(),
            uses.join(" ")
        );
    }
    out
}

#[test]
fn the_terms_and_parties_of_the_corpus_are_as_read() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut count = 0;
    for kind in fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path()) {
        for file in fs::read_dir(&kind).unwrap().map(|entry| entry.unwrap().path()) {
            if !file.extension().is_some_and(|extension| extension == "txt" || extension == "md") {
                continue;
            }
            let contract = Contract::parse(Text::new(fs::read_to_string(&file).unwrap()));
            let name = format!(
                "{}-{}",
                kind.file_name().unwrap().to_string_lossy(),
                file.file_stem().unwrap().to_string_lossy()
            );
            insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/terms", omit_expression => true }, {
                insta::assert_snapshot!(name, describe(&contract));
            });
            count += 1;
        }
    }
    assert!(count >= 20, "{count} contracts");
}

#[test]
fn terms_of_another_document_are_taken_over() {
    let master = Contract::parse(Text::new(
        "基本契約書\n第1条（定義）\n乙が作成するプログラム（以下「本成果物」という。）は、甲に帰属する。\n",
    ));
    let names: Vec<String> = Terms::of(&master, &[]).exported().map(str::to_string).collect();
    assert_eq!(names, ["本成果物"]);
    let individual = Contract::parse(Text::new(
        "個別契約書\n第1条（納入）\n乙は、本成果物を納入する。本成果物の検査は、甲が行う。\n",
    ));
    let terms = Terms::of(&individual, &names);
    assert!(terms.is_defined("本成果物") && terms.all.is_empty());
    assert_eq!(terms.imported[0].uses.len(), 2);
}

/// What a person fills in at the top names the parties, in whichever way the lines are laid out.
#[test]
fn parties_are_named_in_lines_at_the_top() {
    let body = "第1条（賃貸借）\n甲は、駐車場を乙に賃貸する。\n第2条（賃料）\n乙は、賃料を甲に支払い、甲は、これを受領する。乙は、転貸しない。\n";
    let in_words = body.replace('甲', "貸主").replace('乙', "借主");
    for (top, body, labels) in [
        ("貸主（甲）　山田太郎\n借主（乙）　株式会社みどり運輸", body, ["甲", "乙"]),
        ("甲：山田太郎\n乙：株式会社みどり運輸　代表取締役　緑川次郎", body, ["甲", "乙"]),
        (
            "貸主　甲　　住所　横浜市西区本町2丁目2番1号\n　　　　　　氏名　山田太郎\n借主　乙　　商号　株式会社みどり運輸",
            body,
            ["甲", "乙"],
        ),
        (
            "貸主　氏名　山田太郎（以下「甲」という。）\n借主　株式会社みどり運輸（以下「乙」という。）",
            body,
            ["甲", "乙"],
        ),
        (
            "貸主　住所　横浜市西区本町2丁目2番1号\n　　　氏名　山田太郎\n借主　名称　株式会社みどり運輸",
            &in_words,
            ["貸主", "借主"],
        ),
    ] {
        let contract =
            Contract::parse(Text::new(format!("駐車場賃貸借契約書\n\n{top}\n\n物件　本町パーキング\n\n{body}")));
        let parties = Parties::of(&contract, &Terms::of(&contract, &[]));
        let named: Vec<(&str, Option<&str>)> =
            parties.all.iter().map(|party| (party.label.as_str(), party.name.as_deref())).collect();
        let [first, second] = labels;
        assert_eq!(named, [(first, Some("山田太郎")), (second, Some("株式会社みどり運輸"))], "{top}");
    }
}

/// Many terms with a common beginning, each used: the work must grow with the text, not with its square. The test ends, or it does not.
#[test]
fn fifty_thousand_terms_are_read_in_one_pass() {
    let mut text = String::from("第1条（定義）\n");
    for number in 0..50_000 {
        let _ = writeln!(
            text,
            "{}　物（以下「本件物{number}号」という。）を本件物{}号とともに渡す。",
            number + 1,
            number / 2
        );
    }
    let contract = Contract::parse(Text::new(text));
    let terms = Terms::of(&contract, &[]);
    assert_eq!(terms.all.len(), 50_000);
    assert_eq!(terms.uses.len() + terms.outside.len(), 50_000);
}
