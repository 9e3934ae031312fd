//! Turns the folder `rules/` into the one table of rules: `rules.bin` (the pages, read and checked) and `checks.rs` (which page has which
//! function). The only code generation of the project.

#![allow(
    dead_code,
    missing_docs,
    reason = "the modules are shared with the library, which documents and uses all of them"
)]

use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/date.rs"]
mod date;

#[path = "src/rule"]
mod rule {
    pub mod kind;
    pub mod page;
    pub mod phrase;
}

use rule::kind::Kind;
use rule::page::Page;

fn main() {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/date.rs");
    println!("cargo::rerun-if-changed=src/rule");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
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
    let pages: Vec<Page> = texts
        .iter()
        .map(|(family, id, path, text)| {
            Page::read(family, id, text).unwrap_or_else(|e| panic!("{}:{}: {}", path.display(), e.line, e.message))
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
    fs::write(out.join("rules.bin"), postcard::to_allocvec(&pages).expect("pages are plain data"))
        .expect("OUT_DIR can be written");
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
