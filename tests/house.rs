//! House rules: what every page, message and document of the project keeps to.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use keiyaku::rule::Kind;
use keiyaku::rule::examples::{self, Role};
use keiyaku::{Contract, Rule, Rulebook, Text, check};

const FAMILIES: [&str; 11] = [
    "allow",
    "structure",
    "reference",
    "definition",
    "party",
    "value",
    "notation",
    "wording",
    "clause",
    "law",
    "execution",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn for_every_rule(mut look: impl FnMut(&Rule) -> Vec<String>) {
    let failures: Vec<String> = Rulebook::builtin()
        .rules()
        .iter()
        .flat_map(|rule| look(rule).into_iter().map(|f| format!("{}: {f}", rule.id())))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn ids_are_unique_kebab_case_names_in_a_known_family() {
    let mut seen = std::collections::HashSet::new();
    for_every_rule(|rule| {
        let mut failures = Vec::new();
        if !seen.insert(rule.id().to_string()) {
            failures.push("the id is taken".into());
        }
        if !rule.id().chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
            failures.push("not kebab-case".into());
        }
        if !FAMILIES.contains(&&*rule.page.family) {
            failures.push(format!("unknown family {}", rule.page.family));
        }
        failures
    });
}

#[test]
fn every_page_gives_a_reason_and_examples() {
    for_every_rule(|rule| {
        let examples = examples::of(&rule.page);
        let has = |role: Role| examples.iter().any(|e| e.role == role);
        let mut failures = Vec::new();
        for (role, name) in [(Role::Bad, "bad"), (Role::Good, "good"), (Role::NearMiss, "near-miss")] {
            if !has(role) {
                failures.push(format!("no {name} example"));
            }
        }
        let prose = rule.page.text.split("```\n").nth(1).unwrap_or_default();
        let paragraphs = prose.split("\n\n").filter(|p| p.trim().ends_with('。')).count();
        if paragraphs < 3 {
            failures.push("the prose says what is reported, why it matters and what to do, a paragraph each".into());
        }
        failures
    });
}

#[test]
fn a_rule_that_offers_a_fix_shows_it() {
    for_every_rule(|rule| {
        let examples = examples::of(&rule.page);
        let offers = examples.iter().filter(|e| e.role == Role::Bad).any(|example| {
            let contract = Contract::parse(Text::new(example.text.as_str()));
            let settings = example.settings(rule).unwrap();
            check(&contract, Rulebook::builtin(), &settings).iter().any(|finding| finding.fix.is_some())
        });
        let shown = examples.iter().any(|e| e.role == Role::Fixed);
        if offers && !shown { vec!["it offers a fix, and no fixed example shows it".into()] } else { Vec::new() }
    });
}

#[test]
fn messages_and_pages_state_and_do_not_judge() {
    for_every_rule(|rule| {
        let mut failures = Vec::new();
        for word in ["違法", "リスク", "危険です", "法的に無効です"] {
            if rule.page.text.contains(word) {
                failures.push(format!("「{word}」"));
            }
        }
        for example in examples::of(&rule.page).into_iter().filter(|e| e.role == Role::Bad) {
            let contract = Contract::parse(Text::new(example.text.as_str()));
            for finding in check(&contract, Rulebook::builtin(), &example.settings(rule).unwrap())
                .iter()
                .filter(|f| f.rule == rule.id())
            {
                if !finding.message.ends_with('。') {
                    failures.push(format!("the message is no sentence: {}", finding.message));
                }
                if finding.help.as_ref().is_some_and(|help| !help.ends_with('。')) {
                    failures.push(format!("the help is no sentence: {:?}", finding.help));
                }
            }
        }
        failures
    });
}

#[test]
fn a_basis_says_when_it_was_verified_and_options_say_what_they_do() {
    for_every_rule(|rule| {
        let mut failures = Vec::new();
        failures.extend(
            rule.page
                .basis
                .iter()
                .filter(|b| b.law.is_empty() || b.article.is_empty())
                .map(|_| "a basis without law or article".to_string()),
        );
        failures.extend(
            rule.page
                .options
                .iter()
                .filter(|option| !option.doc.ends_with('。'))
                .map(|option| format!("option {} is not documented", option.name)),
        );
        failures
    });
}

#[test]
fn rules_in_rust_name_their_page() {
    for_every_rule(|rule| match rule.page.kind {
        Kind::Code => {
            let file = format!("src/checks/{}.rs", rule.id().replace('-', "_"));
            let named = format!("//! See `rules/{}/{}.md`.", rule.page.family, rule.id());
            if read(&file).starts_with(&named) {
                Vec::new()
            } else {
                vec![format!("{file} does not begin with {named}")]
            }
        }
        _ => Vec::new(),
    });
}

#[test]
fn the_rule_index_is_as_the_pages_are() {
    let wanted = format!("# Rules\n\n{}", keiyaku::cli::rule_index());
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(root().join("docs/rules.md"), &wanted).unwrap();
    }
    assert!(read("docs/rules.md") == wanted, "write it anew with `INSTA_UPDATE=always cargo test --test house`");
}

#[test]
fn the_readme_begins_with_the_two_commands() {
    let readme = read("README.md");
    let blocks: Vec<&str> =
        readme.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap().trim()).collect();
    assert!(blocks[0].starts_with("cargo run ") && blocks[0].lines().count() == 1, "{}", blocks[0]);
    assert!(blocks[1].starts_with("cargo test") && blocks[1].lines().count() == 1, "{}", blocks[1]);
    assert!(read(".ci/run").contains(blocks[1]), ".ci/run calls the README's test command");
}

#[test]
fn documents_name_files_that_exist() {
    for document in [
        "docs/architecture.md",
        "README.md",
        "docs/contributing.md",
        "docs/integration.md",
        "docs/limits.md",
        "docs/dependencies.md",
    ] {
        for word in read(document).split(['`', '(', ')', ' ', '\n']) {
            let is_path = word.starts_with("src/")
                || word.starts_with("rules/")
                || word.starts_with("grammar/")
                || word.starts_with("tests/")
                || word.starts_with("docs/")
                || word.starts_with("corpus/");
            if is_path && !word.contains(['<', '*', '…', '{']) {
                assert!(
                    root().join(word.trim_end_matches(['.', ',', ';'])).exists(),
                    "{document} names {word}, which does not exist"
                );
            }
        }
    }
}

fn files_below(folder: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() { walk(&entry, files) } else { files.push(entry) }
        }
    }
    let mut files = Vec::new();
    walk(&root().join(folder), &mut files);
    files
}

#[test]
fn files_hold_one_idea() {
    for file in files_below("src") {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 650, "{} has {lines} lines: part it by ideas", file.display());
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let mut wanted = BTreeSet::new();
    let linux = &manifest["target"]["cfg(target_os = \"linux\")"];
    let tables = [&manifest, linux.as_table().unwrap()];
    for table in
        tables.iter().flat_map(|t| [t.get("dependencies"), t.get("build-dependencies"), t.get("dev-dependencies")])
    {
        wanted.extend(table.into_iter().flat_map(|table| table.as_table().unwrap().keys().cloned()));
    }
    let document = read("docs/dependencies.md");
    let rows = document.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let mut named = BTreeSet::new();
    for (name, reason) in rows {
        assert!(reason.len() > 20, "{name} has no reason");
        assert!(named.insert(name.to_string()), "{name} stands there twice");
    }
    assert_eq!(named, wanted);
}

/// What a program needs to reach a network, and what would run what it is given.
#[test]
fn nothing_speaks_to_a_network() {
    let policy: toml::Table = read("deny.toml").parse().unwrap();
    let banned = policy["bans"]["deny"].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
    let lock: toml::Table = read("Cargo.lock").parse().unwrap();
    let locked: BTreeSet<&str> =
        lock["package"].as_array().unwrap().iter().map(|package| package["name"].as_str().unwrap()).collect();
    let found: Vec<&str> = banned.filter(|name| locked.contains(name)).collect();
    assert!(found.is_empty(), "{found:?}");
    for file in files_below("src") {
        let source = fs::read_to_string(&file).unwrap();
        for word in ["std::net", "os::unix::net", "process::Command", "TcpStream", "UdpSocket"] {
            assert!(!source.contains(word), "{} names {word}", file.display());
        }
    }
}

/// Invariants 4, 5 and 8: who may do what. `files_below("src")` without the folders and files that may.
#[test]
fn each_module_keeps_to_its_trade() {
    let trades: [(&str, &[&str], &[&str]); 3] = [
        (
            "files, the terminal, the clock or the environment",
            &[
                "std::fs",
                "std::env",
                "std::process",
                "std::time",
                "SystemTime",
                "println!",
                "eprint",
                "io::stdin",
                "io::stdout",
            ],
            &["src/cli", "src/cli.rs", "src/main.rs"],
        ),
        ("columns", &["len_utf16", "encode_utf16"], &["src/text.rs", "src/source.rs", "src/lsp"]),
        (
            "editors or colours",
            &["lsp_types", "lsp_server", "miette", "anstream"],
            &["src/lsp", "src/lsp.rs", "src/cli", "src/report"],
        ),
    ];
    for file in files_below("src") {
        let name = file.strip_prefix(root()).unwrap();
        let source = fs::read_to_string(&file).unwrap();
        for (what, words, places) in trades {
            let allowed = places.iter().any(|place| name.starts_with(place));
            let found = words.iter().find(|word| source.contains(*word));
            assert!(allowed || found.is_none(), "{} knows {what}: {found:?}", name.display());
        }
    }
}
