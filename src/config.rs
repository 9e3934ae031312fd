//! `keiyaku.toml`: what a folder of contracts has agreed on.
//!
//! ```toml
//! ignore = ["notation"]
//!
//! [facts]
//! stage = "final"
//!
//! [rules]
//! article-gap = "info"
//!
//! [[overrides]]
//! paths = ["nda/**"]
//! select = ["structure"]
//! ```
//!
//! The types below are the only list of keys: [`schema::schema`] prints them as a JSON Schema with the rules and options of a rulebook, and
//! a file is held against that schema, so that a mistake is answered with its place and the nearest right name. Settings are layered:
//! defaults, the file, its `overrides` in order, the flags. Finding and reading the file is the caller's work.

pub mod schema;
mod verify;

use std::collections::BTreeMap;

use globset::{Glob, GlobSet, GlobSetBuilder};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::facts::Facts;
use crate::rule::{OptionValue, Page, Rulebook, Severity};
use crate::text::Text;
use crate::{RuleSettings, Selection, Settings};

/// The name of the file.
pub const FILE_NAME: &str = "keiyaku.toml";

/// The keys of the file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[schemars(title = "keiyaku.toml", description = "契約書を確認する設定")]
pub struct Config {
    /// Rules that speak, instead of all that are not optional.
    #[schemars(description = "使う規則（ID、分類、又は * を含むID）。書かなければ、指定したときだけの規則を除く全て")]
    pub select: Option<Vec<RuleName>>,
    /// Rules that speak too.
    #[schemars(description = "加えて使う規則")]
    pub extend_select: Vec<RuleName>,
    /// Rules that do not speak.
    #[schemars(description = "使わない規則")]
    pub ignore: Vec<RuleName>,
    /// The severity from which the exit status is 1.
    #[schemars(description = "この重さ以上の指摘があれば終了コードを1にする")]
    pub fail_on: Option<FailOn>,
    /// Files in folders that are not read.
    #[schemars(description = "フォルダの中で確認しないファイル（glob。この設定ファイルのあるフォルダから数える）")]
    pub exclude: Vec<String>,
    /// Folders of an organisation's own rule pages.
    #[schemars(description = "組織独自の規則（プレイブック）のフォルダ")]
    pub playbook: Vec<String>,
    /// Documents whose defined terms count as defined.
    #[schemars(description = "定義語を引き継ぐ文書（基本契約など）")]
    pub terms_from: Vec<String>,
    /// A file of findings that are not reported again.
    #[schemars(description = "既知の指摘の一覧（keiyaku baseline が書き出すファイル）。ここにある指摘は表示しない")]
    pub baseline: Option<String>,
    /// What a text cannot tell.
    #[schemars(description = "文面からは分からない前提")]
    pub facts: Facts,
    /// Severities and options of rules.
    #[schemars(description = "規則ごとの重さと設定")]
    pub rules: Rules,
    /// What differs for some files.
    #[schemars(description = "一部のファイルだけに適用する設定。後に書いたものが優先する")]
    pub overrides: Vec<Override>,
}

/// What differs for the files of some paths.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[schemars(description = "一部のファイルだけに適用する設定")]
pub struct Override {
    /// Which files: globs from the folder of the configuration; one without a slash is a file name in any folder.
    #[schemars(required, description = "対象のファイル（glob。/ のないものはどのフォルダのファイル名にも合う）")]
    pub paths: Vec<String>,
    /// Rules that speak, instead of those chosen so far.
    #[schemars(description = "使う規則")]
    pub select: Option<Vec<RuleName>>,
    /// Rules that speak too.
    #[schemars(description = "加えて使う規則")]
    pub extend_select: Vec<RuleName>,
    /// Rules that do not speak.
    #[schemars(description = "使わない規則")]
    pub ignore: Vec<RuleName>,
    /// What a text cannot tell.
    #[schemars(description = "文面からは分からない前提")]
    pub facts: Facts,
    /// Severities and options of rules.
    #[schemars(description = "規則ごとの重さと設定")]
    pub rules: Rules,
}

/// An id or family of rules, `all`, or an id with `*`; its schema names all there are.
pub type RuleName = schema::FromRulebook<String>;

/// The configured rules by id; the schema names all there are, with their options.
pub type Rules = schema::FromRulebook<BTreeMap<String, RuleConfig>>;

/// What is configured for one rule: a severity, or a table with severity and options.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(from = "toml::Value")]
pub struct RuleConfig {
    /// How bad its findings are, or that there are none.
    pub severity: Option<ConfiguredSeverity>,
    /// Its options, by name.
    pub options: BTreeMap<String, OptionValue>,
}

/// A severity as it is configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(description = "重さ。off は使わない")]
pub enum ConfiguredSeverity {
    /// The rule does not speak.
    Off,
    /// [`Severity::Info`]
    Info,
    /// [`Severity::Warning`]
    Warning,
    /// [`Severity::Error`]
    Error,
}

impl ConfiguredSeverity {
    /// The severity; `None` for `off`.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// The severity from which the exit status is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// 誤り
    Error,
    /// 警告以上
    Warning,
    /// 情報以上
    Info,
    /// 指摘があっても0
    Never,
}

impl FailOn {
    /// The least severity that fails; `None` where nothing does.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

impl From<toml::Value> for RuleConfig {
    /// Values that fit nothing are left out: the schema has refused them before.
    fn from(value: toml::Value) -> RuleConfig {
        let severity = |value: toml::Value| value.try_into().ok();
        let toml::Value::Table(mut table) = value else {
            return RuleConfig { severity: severity(value), options: BTreeMap::new() };
        };
        let severity = table.remove("severity").and_then(severity);
        let options = table.into_iter().filter_map(|(name, value)| Some((name, OptionValue::read(value).ok()?)));
        RuleConfig { severity, options: options.collect() }
    }
}

/// A mistake in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// What is wrong and what would be right, in Japanese.
    pub message: String,
}

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl Config {
    /// Reads the text of a configuration file against a rulebook.
    ///
    /// # Errors
    /// Every mistake of the file: what is no TOML, keys and rules that do not exist, values that do not fit.
    pub fn read(source: &str, rulebook: &Rulebook) -> Result<Config, Vec<ConfigError>> {
        let text = Text::new(source);
        let error = |byte: usize, message: String| {
            let place = text.position(byte as u32);
            ConfigError { line: place.line, column: place.column, message }
        };
        let document = toml::de::DeTable::parse(source).map_err(|e| {
            vec![error(e.span().map_or(0, |span| span.start), format!("TOMLとして読めません（{}）", e.message()))]
        })?;
        let mistakes = verify::verify(&document, &schema::schema(rulebook));
        if !mistakes.is_empty() {
            return Err(mistakes.into_iter().map(|(span, message)| error(span.start, message)).collect());
        }
        let read = toml::from_str::<toml::Table>(source)
            .map(|table| with_dates_as_text(toml::Value::Table(table)))
            .and_then(toml::Value::try_into::<Config>);
        let config = read.map_err(|e| vec![error(0, e.message().to_string())])?;
        let globs = config.overrides.iter().flat_map(|part| &part.paths).chain(&config.exclude);
        let bad: Vec<ConfigError> = globs
            .filter_map(|glob| Glob::new(glob).err())
            .map(|e| {
                let glob = e.glob().unwrap_or_default();
                error(source.find(glob).unwrap_or(0), format!("「{glob}」はパスの指定として読めません（{}）", e.kind()))
            })
            .collect();
        if bad.is_empty() { Ok(config) } else { Err(bad) }
    }

    /// The folders of rule pages that a file names; empty where it cannot be read. They have to be known before the rest of the file,
    /// which may speak of their rules.
    pub fn playbook_of(source: &str) -> Vec<String> {
        #[derive(Deserialize)]
        struct Playbook {
            #[serde(default)]
            playbook: Vec<String>,
        }
        toml::from_str::<Playbook>(source).map(|found| found.playbook).unwrap_or_default()
    }

    /// Whether a file is left out when its folder is read. The path is relative to the folder of the configuration, with `/`.
    pub fn excludes(&self, path: &str) -> bool {
        !self.exclude.is_empty() && globs(&self.exclude).is_match(path)
    }

    /// The settings for a file, without flags. The path is relative to the folder of the configuration, with `/`.
    pub fn settings(&self, path: &str, rulebook: &Rulebook) -> Settings {
        let overrides = self.overrides.iter().filter(|part| globs(&part.paths).is_match(path));
        let own = Layer {
            select: self.select.as_deref(),
            extend_select: &self.extend_select,
            ignore: &self.ignore,
            facts: &self.facts,
            rules: &self.rules,
        };
        let mut settings = Settings::default();
        for layer in std::iter::once(own).chain(overrides.map(Layer::from)) {
            layer.apply(&mut settings, rulebook);
        }
        settings
    }
}

/// What the file and its overrides have in common.
struct Layer<'a> {
    select: Option<&'a [RuleName]>,
    extend_select: &'a [RuleName],
    ignore: &'a [RuleName],
    facts: &'a Facts,
    rules: &'a Rules,
}

impl<'a> From<&'a Override> for Layer<'a> {
    fn from(part: &'a Override) -> Layer<'a> {
        Layer {
            select: part.select.as_deref(),
            extend_select: &part.extend_select,
            ignore: &part.ignore,
            facts: &part.facts,
            rules: &part.rules,
        }
    }
}

impl Layer<'_> {
    fn apply(&self, settings: &mut Settings, rulebook: &Rulebook) {
        settings.facts = self.facts.over(&settings.facts);
        let names = |list: &[RuleName]| list.iter().map(|name| name.0.clone()).collect::<Vec<String>>();
        let (select, extend, ignore) =
            (self.select.map(names).unwrap_or_default(), names(self.extend_select), names(self.ignore));
        if self.select.is_some() || !extend.is_empty() || !ignore.is_empty() {
            for rule in rulebook.rules() {
                let before = settings.includes(rule);
                let after = self.speaks(&rule.page, before, (&select, &extend, &ignore));
                if before != after {
                    settings.rules.entry(rule.page.id.clone()).or_default().speaks = Some(after);
                }
            }
        }
        for (id, config) in &self.rules.0 {
            let rule = settings.rules.entry(id.clone()).or_default();
            match config.severity.map(ConfiguredSeverity::severity) {
                Some(Some(severity)) => *rule = RuleSettings { severity: Some(severity), speaks: Some(true), ..std::mem::take(rule) },
                Some(None) => rule.speaks = Some(false),
                None => {}
            }
            rule.options.extend(config.options.clone());
        }
    }

    fn speaks(&self, page: &Page, before: bool, (select, extend, ignore): (&[String], &[String], &[String])) -> bool {
        let exact = |list: &[String]| list.contains(&page.id);
        let selected = Selection { select: select.to_vec(), ignore: Vec::new() }.speaks(page);
        let extended = !extend.is_empty() && Selection { select: extend.to_vec(), ignore: Vec::new() }.speaks(page);
        let ignored = ignore.iter().any(|name| crate::names(name, page)) && !exact(select) && !exact(extend);
        let chosen = if self.select.is_some() { !select.is_empty() && selected } else { before };
        (chosen || extended) && !ignored
    }
}

/// Globs of paths; one without a slash is a file name in any folder.
fn globs(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let anywhere = if pattern.contains('/') { String::new() } else { "**/".into() };
        set.add(Glob::new(&(anywhere + pattern)).expect("the globs were read with the file"));
    }
    set.build().expect("the globs were read with the file")
}

/// TOML has dates of its own; everything that reads one here reads text.
fn with_dates_as_text(value: toml::Value) -> toml::Value {
    match value {
        toml::Value::Datetime(date) => toml::Value::String(date.to_string()),
        toml::Value::Array(values) => toml::Value::Array(values.into_iter().map(with_dates_as_text).collect()),
        toml::Value::Table(table) => {
            toml::Value::Table(table.into_iter().map(|(key, value)| (key, with_dates_as_text(value))).collect())
        }
        other => other,
    }
}
