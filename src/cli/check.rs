//! `keiyaku check`

use std::io;
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::baseline::Baselines;
use super::input::{Document, Input};
use super::output::{self, tell};
use super::project::Project;
use super::terms::TermsFrom;
use super::{CLEAN, FAILURE, FINDINGS, stream, watch};
use crate::baseline::Baseline;
use crate::config::FailOn;
use crate::report::{
    Checked, MOST, Summary, github, gitlab, html, human, json, junit, ndjson, rdjson, sarif, short, statistics,
};
use crate::{Analysis, Contract, Rulebook, Selection, Settings, check_together};

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
    /// この重さ以上の指摘があれば終了コードを1にする（指定しなければ warning）
    #[arg(long, value_enum)]
    fail_on: Option<FailOn>,
    /// 確認せずに、各ファイルに適用される設定を表示する
    #[arg(long)]
    show_settings: bool,
    #[command(flatten)]
    baselines: Baselines,
    /// 指摘の指紋も表示する（--format short のとき。keiyaku allow に使う）
    #[arg(long)]
    fingerprints: bool,
    /// 1つのファイルについて規則ごとに出力する指摘の数（超えた分は数だけを示す。0 は無制限）
    #[arg(long, value_name = "COUNT", default_value_t = MOST)]
    max_per_rule: usize,
    /// 指摘の代わりに、規則ごとの件数を表示する
    #[arg(long, conflicts_with = "format")]
    statistics: bool,
    /// ファイルが変わるたびに確認し直す
    #[arg(long, conflicts_with = "stdin")]
    watch: bool,
    /// 標準入力から多数の契約書を読み、1行に1件ずつ答える（指摘があっても終了コードは0）
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with_all = ["paths", "format", "fail_on", "show_settings"])]
    stdin: Option<InputFormat>,
}

/// Which rules speak, and what is known from outside.
#[derive(Args)]
pub struct Choice {
    /// この規則（ID、分類、又は * を含むID）だけを使う
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// この規則（ID、分類、又は * を含むID）を使わない
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    #[command(flatten)]
    facts: super::facts::Stated,
}

#[derive(Clone, Copy, ValueEnum)]
enum InputFormat {
    /// 1行に1件の JSON（{"id", "text" 又は "base64", "facts"}）
    Ndjson,
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

impl Choice {
    /// Says which name of a rule or of a kind of contracts is wrong.
    ///
    /// # Errors
    /// When a flag names one that does not exist.
    pub fn verify(&self, rulebook: &Rulebook) -> Result<(), String> {
        let known =
            |name: &&String| rulebook.rules().iter().any(|rule| crate::is_named(name, rule.id(), &rule.page.family));
        match self.select.iter().chain(&self.ignore).find(|name| !known(name)) {
            None => self.facts.verify(rulebook),
            Some(unknown) => {
                let suggestion = super::explain::suggestion(rulebook, unknown);
                Err(format!("「{unknown}」という規則はありません{suggestion}"))
            }
        }
    }

    /// The settings for a file of a project: what is configured for it, and the flags above that.
    pub fn settings(&self, project: &Project, place: &str) -> Settings {
        let configured = project.settings(place);
        Settings {
            facts: self.facts.over(&configured.facts),
            selection: Selection { select: self.select.clone(), ignore: self.ignore.clone() },
            ..configured
        }
    }
}

/// Checks files and prints the report.
///
/// # Errors
/// When the report cannot be written.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let (first, imported) = match arguments.open() {
        Ok(opened) => opened,
        Err(message) => {
            tell(&message);
            return Ok(FAILURE);
        }
    };
    if arguments.show_settings {
        return arguments.show_settings();
    }
    if let Some(InputFormat::Ndjson) = arguments.stdin {
        let mut settings = arguments.choice.settings(&first, "");
        settings.terms.extend(imported);
        stream::run(&arguments.input, first.rulebook(), &settings)?;
        return Ok(CLEAN);
    }
    if !arguments.watch {
        return arguments.check(&first, &imported);
    }
    let watched: Vec<_> = arguments.input.paths.iter().cloned().chain(arguments.input.configurations()).collect();
    watch::watch(&watched, || {
        arguments.input.forget();
        arguments.baselines.forget();
        match arguments.open() {
            Ok((first, imported)) => arguments.check(&first, &imported),
            Err(message) => {
                tell(&message);
                Ok(FAILURE)
            }
        }
    })
}

/// How a format is written.
enum Report<'a> {
    Each(Pieces<'a>),
    All(Box<Written<'a>>),
}

/// A format in which no file needs another: each is written on the core that checked it, and printed as soon as those before it are.
struct Pieces<'a> {
    opening: String,
    file: Box<dyn Fn(&Checked) -> String + Sync + 'a>,
    between: &'static str,
    closing: fn(&Summary) -> String,
}

/// A file and what holds for it.
struct ReadDocument {
    document: Document,
    baseline: Option<(Arc<Baseline>, String)>,
    contract: Contract,
    settings: Settings,
}

/// Writes some files in a format.
type Written<'a> = dyn Fn(&[Checked]) -> io::Result<String> + 'a;

impl<'a> Report<'a> {
    /// Files one behind the other.
    fn each(file: impl Fn(&Checked) -> String + Sync + 'a) -> Report<'a> {
        let file = Box::new(file);
        Report::Each(Pieces { opening: String::new(), file, between: "", closing: |_| String::new() })
    }

    fn all(report: impl Fn(&[Checked]) -> io::Result<String> + 'a) -> Report<'a> {
        Report::All(Box::new(report))
    }
}

/// The exit status for what was found, if everything could be read.
fn status(fail_on: FailOn, summary: &Summary, complete: bool) -> u8 {
    let failed = fail_on.severity().is_some_and(|severity| summary.reaches(severity));
    match (complete, failed) {
        (false, _) => FAILURE,
        (true, true) => FINDINGS,
        (true, false) => CLEAN,
    }
}

impl Arguments {
    /// The project of the first path, which says what holds for the whole run, and the terms that the flags take over.
    fn open(&self) -> Result<(Arc<Project>, Vec<String>), String> {
        let first = self.input.open()?;
        self.choice.verify(first.rulebook())?;
        Ok((first, self.terms.names(&self.input)?))
    }

    /// Checks everything once.
    fn check(&self, first: &Project, imported: &[String]) -> io::Result<u8> {
        let fail_on = self.fail_on.or(first.config().fail_on).unwrap_or(FailOn::Warning);
        let mut remarks = Remarks::default();
        let (summary, complete) = match self.report(first.rulebook()) {
            Report::Each(pieces) => self.print_each(&pieces, imported, &mut remarks)?,
            Report::All(report) => {
                let (files, complete) = self.input.read_groups(|documents| self.check_documents(documents, imported));
                output::print(&report(&files)?)?;
                files.iter().for_each(|file| remarks.add(self.remarks(file)));
                (Summary::of(&files), complete)
            }
        };
        remarks.tell();
        Ok(status(fail_on, &summary, complete))
    }

    /// Checks everything and prints a piece for each file; how much was found, and whether everything could be read.
    fn print_each(&self, pieces: &Pieces, imported: &[String], remarks: &mut Remarks) -> io::Result<(Summary, bool)> {
        let piece = |file: Checked| ((pieces.file)(&file), file.counts, self.remarks(&file));
        let work = |documents| {
            let files = self.check_documents(documents, imported);
            files.into_iter().map(|file| file.map(piece)).collect()
        };
        let mut summary = Summary::default();
        output::print(&pieces.opening)?;
        let complete = self.input.stream_groups(work, |(text, counts, of_file)| {
            if summary.files > 0 {
                output::print(pieces.between)?;
            }
            summary.add(counts);
            remarks.add(of_file);
            output::print(&text)
        })?;
        output::print(&(pieces.closing)(&summary))?;
        Ok((summary, complete))
    }

    /// Checks some files.
    fn check_documents(&self, documents: Vec<Document>, imported: &[String]) -> Vec<Result<Checked, String>> {
        let read: Vec<_> = documents.into_iter().map(|document| self.read_document(document, imported)).collect();
        let readable = || read.iter().flatten();
        let analyses: Vec<Analysis> = readable()
            .map(|ReadDocument { contract, settings, document, .. }| {
                Analysis::under(contract, document.project.rulebook(), settings)
            })
            .collect();
        let together: Vec<_> = analyses.iter().zip(readable().map(|file| &file.settings)).collect();
        let findings = check_together(&together);
        let kinds: Vec<json::Kind> = analyses.iter().map(|analysis| json::Kind::of(analysis.kind())).collect();
        drop(analyses);
        let mut found = kinds.into_iter().zip(findings);
        let most = if self.max_per_rule == 0 { usize::MAX } else { self.max_per_rule };
        let mut checked = |file: ReadDocument| {
            let (kind, mut findings) = found.next().expect("whatever is read is checked");
            if let Some((baseline, path)) = file.baseline {
                baseline.retain_new(&path, &mut findings);
            }
            let places = file.document.content.word_ranges(&findings);
            Checked::new(file.document.name, kind, file.contract, findings).placed(places).listing(most)
        };
        read.into_iter().map(|file| file.map(&mut checked)).collect()
    }

    /// Reads the contract of a file and what holds for it.
    fn read_document(&self, mut document: Document, imported: &[String]) -> Result<ReadDocument, String> {
        // Only what writes the file back needs them.
        document.bytes = Vec::new();
        let baseline = self.baselines.of(&document.project, &document.place)?;
        let contract = Contract::parse(document.take_text());
        let mut settings = self.choice.settings(&document.project, &document.place);
        settings.terms.extend(imported.iter().cloned());
        Ok(ReadDocument { document, baseline, contract, settings })
    }

    /// How the wanted format is written.
    fn report<'a>(&self, rulebook: &'a Rulebook) -> Report<'a> {
        match self.format {
            Format::Ndjson => Report::each(ndjson::report),
            Format::Short if self.fingerprints => Report::each(short::with_fingerprints),
            Format::Short => Report::each(short::report),
            Format::Github => Report::each(github::report),
            Format::Human if self.statistics => Report::all(|files| Ok(statistics::report(files, rulebook))),
            Format::Human => {
                let style = output::style();
                let file = Box::new(move |file: &Checked| human::report(file, style));
                Report::Each(Pieces { opening: String::new(), file, between: "", closing: human::summary })
            }
            Format::Json => Report::Each(Pieces {
                opening: json::Pieces::opening(),
                file: Box::new(json::Pieces::file),
                between: ",",
                closing: json::Pieces::closing,
            }),
            Format::Sarif => Report::all(|files| output::pretty(&sarif::report(files, rulebook))),
            Format::Gitlab => Report::all(|files| output::pretty(&gitlab::report(files))),
            Format::Rdjson => Report::all(|files| output::pretty(&rdjson::report(files))),
            Format::Junit => Report::all(|files| Ok(junit::report(files))),
            Format::Html => Report::all(|files| Ok(html::report(files, rulebook))),
        }
    }

    /// What is to be said of a file beside the report.
    fn remarks(&self, file: &Checked) -> Remarks {
        let mut remarks = Remarks::default();
        if !matches!(self.format, Format::Human) {
            remarks.omitted.extend(file.omitted.iter().map(|omitted| {
                format!(
                    "{}: {} の指摘は{}件まで出力し、残る{}件は省略しました。--max-per-rule 0 で全て出力します",
                    file.path, omitted.rule, self.max_per_rule, omitted.count
                )
            }));
        } else if file.kind.id == json::Kind::default().id && file.contract.has_articles() {
            remarks.without_kind.push(file.path.clone());
        }
        remarks
    }

    /// Prints the settings of every file, in the form of a configuration file.
    fn show_settings(&self) -> io::Result<u8> {
        let complete = self.input.stream_each(
            |document| {
                let settings = self.choice.settings(&document.project, &document.place);
                Ok(super::project::describe(&document, &settings))
            },
            |text| output::print(&text),
        )?;
        Ok(if complete { CLEAN } else { FAILURE })
    }
}

/// What a report has no words for.
#[derive(Default)]
struct Remarks {
    /// Findings that are not listed, a sentence for each rule of a file.
    omitted: Vec<String>,
    /// Files in which no kind of contract was recognised; to name it would let more rules speak.
    without_kind: Vec<String>,
}

impl Remarks {
    fn add(&mut self, other: Remarks) {
        self.omitted.extend(other.omitted);
        self.without_kind.extend(other.without_kind);
    }

    /// Tells the user.
    fn tell(&self) {
        self.omitted.iter().for_each(|sentence| tell(sentence));
        if let [first, others @ ..] = &self.without_kind[..] {
            let others = match others.len() {
                0 => String::new(),
                count => format!("ほか{count}件"),
            };
            tell(&format!(
                "{first}{others}: 契約の種類が分からないため、種類を問わない規則だけで確認しました。--kind nda のように指定できます"
            ));
        }
    }
}
