//! The complete list of references of every corpus contract, with what each points at: read by eye, checked in, compared.

use std::fs;
use std::path::{Path, PathBuf};

use keiyaku::analysis::reference::{Reference, References, Status};
use keiyaku::marks::Marks;
use keiyaku::{Contract, Text};

fn contracts() -> Vec<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let kinds = fs::read_dir(corpus).unwrap().map(|kind| kind.unwrap().path());
    let mut files: Vec<PathBuf> =
        kinds.flat_map(|kind| fs::read_dir(kind).unwrap()).map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "txt" || e == "md"));
    files.sort();
    files
}

/// 「18 第4条第2項 → 第4条第2項」: the line, the words, what they point at.
fn line(contract: &Contract, reference: &Reference) -> String {
    let text = contract.text();
    let words: String = text.slice(reference.span).chars().filter(|c| !c.is_whitespace()).collect();
    let targets: Vec<String> = reference.targets.iter().map(|&id| contract.citation(id)).collect();
    let target = match &reference.status {
        Status::External(Some(name)) => format!("external: {name}"),
        Status::External(None) => "external".into(),
        Status::Broken(broken) => format!("broken: {}", format!("{broken:?}").split('(').next().unwrap_or_default()),
        Status::Ambiguous => format!("ambiguous: {}", targets.join(", ")),
        Status::Resolved => targets.join(", "),
    };
    format!("{} {words} → {target}", text.position(reference.span.start).line)
}

#[test]
fn every_reference_of_the_corpus_points_where_it_is_recorded() {
    for path in contracts() {
        let contract = Contract::parse(Text::new(fs::read_to_string(&path).unwrap()));
        let references = References::of(&contract, &Marks::of(contract.flow().as_str()));
        let lines: Vec<String> = references.all.iter().map(|reference| line(&contract, reference)).collect();
        let kind = path.parent().and_then(|p| p.file_name()).unwrap().to_string_lossy().to_string();
        let stem = path.file_stem().unwrap().to_string_lossy().to_string();
        insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/references", omit_expression => true }, {
            insta::assert_snapshot!(format!("{kind}-{stem}"), lines.join("\n"));
        });
    }
}
