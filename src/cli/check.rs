//! `keiyaku check`

use std::io;

use clap::{Args, ValueEnum};

use super::input::{Document, Input};
use super::output::{self, tell};
use super::terms::TermsFrom;
use super::{CLEAN, FAILURE, FINDINGS};
use crate::report::{Checked, Summary, github, gitlab, html, human, json, junit, ndjson, rdjson, sarif, short};
use crate::{Analysis, Contract, Rulebook, Selection, Settings, Severity, check_analysed};

/// What to check and how to report it.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    choice: Choice,
    #[command(flatten)]
    terms: TermsFrom,
    /// 出力の形式
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t = Format::Human)]
    format: Format,
    /// この重さ以上の指摘があれば終了コードを1にする
    #[arg(long, value_enum, default_value_t = FailOn::Warning)]
    fail_on: FailOn,
}

/// Which rules speak, and what is known from outside.
#[derive(Args)]
pub struct Choice {
    /// この規則（ID又は分類）だけを使う
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// この規則（ID又は分類）を使わない
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    #[command(flatten)]
    facts: super::facts::Stated,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// 人が読む形式
    Human,
    /// 1行に1件
    Short,
    /// JSON
    Json,
    /// 1つのHTMLページ（条文の横に指摘を並べたもの）
    Html,
    /// 1行に1件の JSON（確認した順に出力する）
    Ndjson,
    /// SARIF 2.1.0（GitHub code scanning など）
    Sarif,
    /// GitHub Actions の注釈
    Github,
    /// GitLab Code Quality
    Gitlab,
    /// reviewdog
    Rdjson,
    /// JUnit の XML
    Junit,
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    /// 誤り
    Error,
    /// 警告以上
    Warning,
    /// 情報以上
    Info,
    /// 指摘があっても0
    Never,
}

impl Choice {
    /// The settings, or what is wrong with them.
    pub fn settings(&self, rulebook: &Rulebook) -> Result<Settings, String> {
        let known = |name: &String| {
            name == "all" || rulebook.rules().iter().any(|rule| rule.page.id == *name || rule.page.family == *name)
        };
        if let Some(unknown) = self.select.iter().chain(&self.ignore).find(|name| !known(name)) {
            return Err(format!(
                "「{unknown}」という規則はありません{}",
                super::explain::suggestion(rulebook, unknown)
            ));
        }
        Ok(Settings {
            facts: self.facts.facts(rulebook)?,
            selection: Selection { select: self.select.clone(), ignore: self.ignore.clone() },
            ..Settings::default()
        })
    }
}

/// Checks files and prints the report.
///
/// # Errors
/// When the report cannot be written.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let rulebook = Rulebook::builtin();
    let mut settings = match arguments.choice.settings(rulebook) {
        Ok(settings) => settings,
        Err(message) => {
            tell(&message);
            return Ok(FAILURE);
        }
    };
    match arguments.terms.names(&arguments.input) {
        Some(names) => settings.terms = names,
        None => return Ok(FAILURE),
    }
    let work = |mut document: Document| {
        let contract = Contract::parse(document.take_text());
        let analysis = Analysis::stating(&contract, rulebook, &settings.facts);
        let findings = check_analysed(&analysis, &settings);
        let kind = json::Kind::of(analysis.kind());
        Checked { path: document.name, kind, contract, findings }
    };
    if matches!(arguments.format, Format::Ndjson) {
        let mut summary = Summary::default();
        let complete = arguments.input.stream_each(work, |file| {
            summary.add(&file);
            output::print(&ndjson::report(&file))
        })?;
        return Ok(arguments.status(&summary, complete));
    }
    let (files, complete) = arguments.input.read_each(work);
    output::print(&match arguments.format {
        Format::Human => human::report(&files, output::style()),
        Format::Short => short::report(&files),
        Format::Json => output::pretty(&json::report(&files))?,
        Format::Ndjson => files.iter().map(ndjson::report).collect(),
        Format::Sarif => output::pretty(&sarif::report(&files, rulebook))?,
        Format::Github => github::report(&files),
        Format::Gitlab => output::pretty(&gitlab::report(&files))?,
        Format::Rdjson => output::pretty(&rdjson::report(&files))?,
        Format::Junit => junit::report(&files),
        Format::Html => html::report(&files, rulebook),
    })?;
    Ok(arguments.status(&Summary::of(&files), complete))
}

impl Arguments {
    /// The exit status for what was found, if everything could be read.
    fn status(&self, summary: &Summary, complete: bool) -> u8 {
        let failed = match self.fail_on {
            FailOn::Error => summary.reaches(Severity::Error),
            FailOn::Warning => summary.reaches(Severity::Warning),
            FailOn::Info => summary.reaches(Severity::Info),
            FailOn::Never => false,
        };
        match (complete, failed) {
            (false, _) => FAILURE,
            (true, true) => FINDINGS,
            (true, false) => CLEAN,
        }
    }
}
