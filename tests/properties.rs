//! What holds for any text, and for every text that a contract can become by damage: nothing panics, the tree prints back its text, spans lie
//! on characters, fixes settle, the same input gives the same output. `tests/invariants/` says what exactly, `tests/regressions/<target>/` holds
//! inputs that once broke one of it, as they were found.
#![cfg(all(feature = "lsp", feature = "word"))]

mod invariants;

use std::fs;
use std::path::{Path, PathBuf};

use invariants::{TARGETS, holds, words};
use keiyaku::rule::{Kind, examples};
use keiyaku::{Rulebook, Settings, Text, fix, source};
use proptest::prelude::*;

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

fn names(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    names.sort();
    names
}

#[test]
fn what_once_broke_an_invariant_keeps_it() {
    let mut looked = 0;
    for folder in names("tests/regressions") {
        let target = folder.file_name().unwrap().to_str().unwrap();
        let (_, look) =
            TARGETS.iter().find(|(name, _)| *name == target).unwrap_or_else(|| panic!("no target {target}"));
        for input in names(folder.to_str().unwrap()) {
            println!("{}", input.display());
            look(&fs::read(&input).unwrap());
            looked += 1;
        }
    }
    assert!(looked > 0);
}

#[test]
fn every_target_is_fuzzed() {
    let files: Vec<String> =
        names("fuzz/fuzz_targets").iter().map(|path| path.file_stem().unwrap().to_str().unwrap().to_string()).collect();
    let mut targets: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
    targets.sort();
    assert_eq!(files, targets);
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/Cargo.toml")).unwrap();
    assert!(targets.iter().all(|target| manifest.contains(&format!("\nname = \"{target}\"\n"))));
}

/// Invariant 7, for everything in the corpus and every example of a rule. A rule that prefers a word to another changes that word.
#[test]
fn a_safe_fix_changes_no_word() {
    let rulebook = Rulebook::builtin();
    let mut fixed = 0;
    let mut look = |text: &str, settings: &Settings, of: &str| {
        let after = fix::fix(Text::new(text), rulebook, settings, false).text;
        fixed += usize::from(after != text);
        assert_eq!(words(&after), words(text), "{of}");
    };
    corpus().iter().for_each(|text| look(text, &Settings::default(), "corpus"));
    for rule in rulebook.rules().iter().filter(|rule| !matches!(rule.page.kind, Kind::Prefer(_))) {
        for example in examples::of(&rule.page) {
            look(&example.text, &example.settings(rule).unwrap(), rule.id());
        }
    }
    assert!(fixed > 20, "{fixed} texts were mended");
}
