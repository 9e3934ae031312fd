//! `keiyaku rules`

use std::fmt::Write;
use std::io;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::language::{self, Language};
use super::output;
use super::playbook::Playbook;
use super::{CLEAN, FAILURE, FINDINGS};
use crate::rule::{Basis, Rule, Rulebook};

/// How to list the rules.
#[derive(Args)]
pub struct Arguments {
    /// 出力の形式
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t = Format::Human)]
    format: Format,
    /// このフォルダの規則（プレイブック）を読み、その例を試験する
    #[arg(long, value_name = "DIR")]
    check: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// 人が読む形式
    Human,
    /// Markdown の表
    Markdown,
    /// JSON
    Json,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    family: &'a str,
    title: &'a str,
    severity: &'static str,
    severity_final: &'static str,
    optional: bool,
    since: &'a str,
    basis: &'a [Basis],
    summary: &'a str,
}

impl<'a> Row<'a> {
    fn of(rule: &'a Rule) -> Row<'a> {
        let page = &rule.page;
        Row {
            id: &page.id,
            family: &page.family,
            title: &page.title,
            severity: page.level.draft.name(),
            severity_final: page.level.r#final.name(),
            optional: page.optional,
            since: &page.since,
            basis: &page.basis,
            summary: &page.summary,
        }
    }
}

/// Prints the list of rules.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(arguments: &Arguments, language: Language) -> io::Result<u8> {
    if let Some(folder) = &arguments.check {
        return check(folder);
    }
    let rulebook = Rulebook::builtin();
    output::print(&match arguments.format {
        Format::Human => list(rulebook.rules(), language),
        Format::Markdown => markdown(rulebook),
        Format::Json => output::pretty(&rulebook.rules().iter().map(Row::of).collect::<Vec<_>>())?,
    })?;
    Ok(CLEAN)
}

/// Reads the pages of a playbook and runs their examples; mistakes are named by file and line.
fn check(folder: &PathBuf) -> io::Result<u8> {
    let playbook = match Playbook::read(std::slice::from_ref(folder)) {
        Ok(playbook) => playbook,
        Err(mistakes) => {
            mistakes.iter().for_each(|mistake| output::tell(mistake));
            return Ok(FAILURE);
        }
    };
    let mistakes = playbook.verify();
    let result = if mistakes.is_empty() {
        "例はいずれも書かれたとおりに報告されます"
    } else {
        "例に誤りがあります"
    };
    if playbook.len() == 0 {
        output::tell(&format!("{}: 規則のページ（`toml rule` のある .md）がありません", folder.display()));
        return Ok(FAILURE);
    }
    let lines: String = mistakes.iter().map(|mistake| format!("{mistake}\n")).collect();
    output::show(&format!("{lines}{}個の規則を読みました。{result}。\n", playbook.len()))?;
    Ok(if mistakes.is_empty() { CLEAN } else { FINDINGS })
}

/// Rules with their titles, below the names of their families.
pub fn list<'a>(rules: impl IntoIterator<Item = &'a Rule, IntoIter: Clone>, language: Language) -> String {
    let rules = rules.into_iter();
    let width = rules.clone().map(|rule| rule.id().len()).max().unwrap_or(0);
    let mut out = String::new();
    let mut family = "";
    for rule in rules {
        if rule.page.family != family {
            family = &rule.page.family;
            let _ = writeln!(out, "{}{family}", if out.is_empty() { "" } else { "\n" });
        }
        let (title, optional) = match language {
            Language::Ja => (rule.page.title.to_string(), "（指定したときだけ）"),
            Language::En => (language::title(rule.id()), " (only when selected)"),
        };
        let optional = if rule.page.optional { optional } else { "" };
        let _ = writeln!(out, "  {:width$}  {:8} {title}{optional}", rule.id(), rule.page.level.draft.name());
    }
    out
}

/// The rule index as it stands in `docs/rules.md`: a table for each family, links as from that folder.
pub fn markdown(rulebook: &Rulebook) -> String {
    let mut out = String::new();
    let mut family = "";
    for rule in rulebook.rules() {
        let page = &rule.page;
        if page.family != family {
            let gap = if out.is_empty() { "" } else { "\n" };
            family = &page.family;
            let _ = write!(out, "{gap}## {family}\n\n| Rule | Severity | 題名 |\n| --- | --- | --- |\n");
        }
        let severity = match page.level.draft == page.level.r#final {
            true => page.level.draft.name().to_string(),
            false => format!("{} / {}", page.level.draft, page.level.r#final),
        };
        let optional = if page.optional { "（指定したときだけ）" } else { "" };
        let _ = writeln!(out, "| [{0}](../rules/{family}/{0}.md) | {severity}{optional} | {1} |", page.id, page.title);
    }
    out
}
