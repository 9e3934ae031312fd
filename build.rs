//! Turns the folder `rules/` into statics of the program: `rules.rs` (the pages, read and checked, the tables of `rules/vocabulary/`, and the
//! phrases of both, unfolded) and `checks.rs` (which page has which function). The only code generation of the project.

#![allow(
    dead_code,
    missing_docs,
    reason = "the modules are shared with the library, which documents and uses all of them"
)]

use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/bit_set.rs"]
mod bit_set;

#[path = "src/change.rs"]
mod change;

#[path = "src/date.rs"]
mod date;

#[path = "src/vocabulary.rs"]
mod vocabulary;

#[path = "src/words.rs"]
mod words;

#[path = "build/link.rs"]
mod link;

#[path = "build/source.rs"]
mod source;

#[path = "src/rule"]
mod rule {
    pub mod application;
    pub mod kind;
    pub mod page;
    pub mod patterns;
    pub mod phrase;
    pub mod table;
}

use bit_set::BitSet;
use rule::kind::Kind;
use rule::page::Page;
use rule::patterns::Patterns;
use vocabulary::Vocabulary;
use words::{Entry, Table};

fn main() {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/bit_set.rs");
    println!("cargo::rerun-if-changed=src/change.rs");
    println!("cargo::rerun-if-changed=src/date.rs");
    println!("cargo::rerun-if-changed=src/rule");
    println!("cargo::rerun-if-changed=src/vocabulary.rs");
    println!("cargo::rerun-if-changed=src/words.rs");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    link::link(&out);
    let mut vocabulary = Vocabulary::default();
    for name in vocabulary::FILES {
        let path = root.join("rules/vocabulary").join(name).with_extension("toml");
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        vocabulary.read(name, &text).unwrap_or_else(|e| panic!("{}:{}: {}", path.display(), e.line, e.message));
    }
    let mut files = Vec::new();
    for family in sorted(&root.join("rules")).into_iter().filter(|path| path.is_dir() && !path.ends_with("vocabulary"))
    {
        files.extend(sorted(&family).into_iter().filter(|path| path.extension().is_some_and(|e| e == "md")));
    }
    let texts: Vec<(String, String, PathBuf, String)> = files
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            (name(path.parent()), name(path.file_stem().map(Path::new)), path, text)
        })
        .collect();
    let mut pages: Vec<Page> = texts
        .iter()
        .map(|(family, id, path, text)| {
            let page = Page::read(family, id, text).and_then(|page| page.check(&vocabulary).map(|()| page));
            page.unwrap_or_else(|e| panic!("{}:{}: {}", path.display(), e.line, e.message))
        })
        .collect();
    let mut checks = String::from(
        "/// The function of a rule that is written in Rust.\npub fn find(id: &str) -> Option<Check> {\n    Some(match id {\n",
    );
    for page in pages.iter().filter(|page| matches!(page.kind, Kind::Code)) {
        let module = page.id.replace('-', "_");
        checks.push_str(&format!("        {:?} => crate::checks::{module}::check,\n", page.id));
    }
    checks.push_str("        _ => return None,\n    })\n}\n");
    fs::write(out.join("checks.rs"), checks).expect("OUT_DIR can be written");
    let mut patterns = Patterns::default();
    vocabulary.prepare(&mut patterns);
    pages.iter_mut().for_each(|page| page.kind.prepare(&mut patterns));
    patterns.finish();
    let tables = format!(
        "pub static PAGES: [Page; {}] = [{}];\npub static VOCABULARY: Vocabulary = {};\n{}",
        pages.len(),
        pages.iter().map(source::source).collect::<Vec<_>>().join(",\n"),
        source::source(&vocabulary),
        phrases(&patterns),
    );
    fs::write(out.join("rules.rs"), tables).expect("OUT_DIR can be written");
}

/// The phrases, which a run uses as they lie in the program.
fn phrases(patterns: &Patterns) -> String {
    let Patterns { lexicon, scanner, code } = patterns;
    let numbers = |numbers: &[u32]| {
        let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
        format!("{{ static NUMBERS: [u32; {}] = [{}]; (&NUMBERS[..]).into() }}", numbers.len(), numbers.join(","))
    };
    let set = |set: &BitSet| format!("BitSet {{ bits: {}, ranks: {} }}", numbers(&set.bits), numbers(&set.ranks));
    let entry = |Entry { first, word, length, prefix }: &Entry| {
        format!("Entry {{ first: {first}, word: {word}, length: {length}, prefix: {prefix} }}")
    };
    let table = |Table { hashes, starts, entries }: &Table| {
        let (hashes, starts, count) = (set(hashes), numbers(starts), entries.len());
        let entries = entries.iter().map(entry).collect::<Vec<_>>().join(",");
        let entries = format!("{{ static ENTRIES: [Entry; {count}] = [{entries}]; (&ENTRIES[..]).into() }}");
        format!("Table {{ hashes: {hashes}, starts: {starts}, entries: {entries} }}")
    };
    format!(
        "pub fn patterns() -> Patterns {{\n    Patterns {{\n        lexicon: Lexicon::new({:?}, {}),\n        scanner: Scanner {{ begins: {}, tables: [{}] }},\n        code: {},\n    }}\n}}\n",
        lexicon.text,
        numbers(&lexicon.ends),
        set(&scanner.begins),
        scanner.tables.each_ref().map(table).join(", "),
        numbers(code),
    )
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable entry").path()).collect();
    paths.sort();
    paths
}

fn name(path: Option<&Path>) -> String {
    path.and_then(Path::file_name).and_then(|n| n.to_str()).expect("a name in UTF-8").to_string()
}
