//! What holds for any text, and for every text that a contract can become by damage: nothing panics, the tree prints back its text, spans lie
//! on characters, fixes settle, the same input gives the same output.

use std::fs;
use std::path::Path;

use keiyaku::report::{Checked, inspect, json, short};
use keiyaku::{Analysis, Contract, Rulebook, Settings, Span, Text, check, check_side_by_side, fix, source};
use proptest::prelude::*;

/// Looks at a text from every side.
fn holds(source: &str) {
    let contract = Contract::parse(Text::new(source));
    assert!(contract.is_well_formed());
    assert_eq!(contract.print(), source);
    let boundary = |span: Span| {
        source.is_char_boundary(span.start as usize)
            && source.is_char_boundary(span.end as usize)
            && span.start <= span.end
    };
    for unit in contract.units() {
        assert!(boundary(unit.span) && boundary(unit.label) && unit.caption.is_none_or(boundary));
    }
    for (index, content) in contract.contents().iter().enumerate() {
        assert!(boundary(content.span));
        let flow = contract.flow();
        let range = flow.range((index as u32, index as u32 + 1));
        assert!(boundary(flow.span(range)));
    }
    let settings = Settings::default();
    let findings = check(&contract, Rulebook::builtin(), &settings);
    for finding in &findings {
        assert!(boundary(finding.span) && finding.related.iter().all(|related| boundary(related.span)));
        let edits: Vec<Span> = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span).collect();
        assert!(edits.iter().all(|span| boundary(*span)));
    }
    let _ = inspect::outline(&contract);
    let _ = inspect::overview(&contract, Rulebook::builtin(), &settings.facts);
    let files = [Checked { path: "x".into(), kind: json::Kind::default(), contract, findings, places: Vec::new() }];
    let once = short::report(&files) + &serde_json::to_string(&json::report(&files)).unwrap();
    let contract = Contract::parse(Text::new(source));
    // Several threads find the same.
    let analysis = Analysis::under(&contract, Rulebook::builtin(), &settings);
    let findings = check_side_by_side(&analysis, &settings, 3);
    drop(analysis);
    let files = [Checked { path: "x".into(), kind: json::Kind::default(), contract, findings, places: Vec::new() }];
    assert_eq!(once, short::report(&files) + &serde_json::to_string(&json::report(&files)).unwrap());
    for with_unsafe in [false, true] {
        let fixed = fix::fix(Text::new(source), Rulebook::builtin(), &settings, with_unsafe);
        let again = fix::fix(Text::new(fixed.text.as_str()), Rulebook::builtin(), &settings, with_unsafe);
        assert_eq!(again.text, fixed.text, "fixing twice is fixing once");
    }
}

fn corpus() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let kinds = fs::read_dir(folder.join("corpus")).unwrap().map(|kind| kind.unwrap().path());
    let mut files: Vec<_> =
        kinds.flat_map(|kind| fs::read_dir(kind).unwrap()).map(|file| file.unwrap().path()).collect();
    files.extend(fs::read_dir(folder.join("tests/outlines")).unwrap().map(|file| file.unwrap().path()));
    files.retain(|path| path.extension().is_some_and(|e| e == "txt" || e == "md"));
    files.sort();
    files.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// Pieces of which contracts are made, in every combination.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "第1条",
        "第２条",
        "第三条の2",
        "第●条",
        "（目的）",
        "【目的",
        "1. ",
        "１．",
        "２　",
        "(1)",
        "（２）",
        "①",
        "一　",
        "イ　",
        "ア）",
        "ii)",
        "- ",
        "・",
        "## ",
        "**",
        "> ",
        "「",
        "」",
        "（",
        ")",
        "、",
        "。",
        "，",
        "附則",
        "別紙1",
        "目次",
        "第1章 総則",
        "甲は、乙に",
        "以下「本業務」という。",
        "次の各号",
        "●●",
        "令和○年○月○日",
        "20XX年",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "　",
        " ",
        "```\n",
        "<!--",
        "-->",
        "| a | b |\n",
        "---\n",
        "[bookmark: _a]",
        "&emsp;",
        "<br>",
        "か\u{3099}",
        "ﾃﾞ",
        "𠮷",
        "以上、本契約の成立を証するため、本書2通を作成し、各1通を保有する。",
        "住所",
        "第3条から第5条まで　削除",
        "\u{0}",
        "\u{1b}[31m",
        "a",
        "1",
        "①②③",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(source in "\\PC{0,200}") {
        holds(&source);
    }

    #[test]
    fn any_mixture_of_contract_pieces_is_read(source in pieces()) {
        holds(&source);
    }

    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(decoded) = source::decode(&bytes, None) {
            holds(&decoded.text);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_contract_is_read(index in any::<prop::sample::Index>(), cuts in prop::collection::vec((any::<prop::sample::Index>(), 0usize..40, pieces()), 1..6)) {
        let corpus = corpus();
        let mut text: Vec<char> = index.get(&corpus).chars().take(4000).collect();
        for (at, length, insert) in cuts {
            let at = at.index(text.len().max(1)).min(text.len());
            let end = (at + length).min(text.len());
            text.splice(at..end, insert.chars().take(30));
        }
        holds(&text.into_iter().collect::<String>());
    }
}

#[test]
fn the_corpus_itself_is_read() {
    for text in corpus() {
        holds(&text);
    }
}
