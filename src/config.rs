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
use serde_json::json;

use crate::allow::Allow;
use crate::facts::Facts;
use crate::rule::{OptionValue, Page, Rulebook, Severity};
use crate::text::Text;
use crate::{Settings, is_named, selects};

/// The name of the file.
pub const FILE_NAME: &str = "keiyaku.toml";

/// The keys of the file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[schemars(title = "keiyaku.toml", description = "契約書を確認する設定")]
pub struct Config {
    /// Rules that speak, instead of all that are not optional.
    #[schemars(description = "使う規則（ID、分類、又は * を含むID）。書かなければ、指定したときだけの規則を除く全て", example = json!(["structure", "notation"]))]
    pub select: Option<Vec<RuleName>>,
    /// Rules that speak too.
    #[schemars(description = "加えて使う規則", example = json!(["single-item-list"]))]
    pub extend_select: Vec<RuleName>,
    /// Rules that do not speak.
    #[schemars(description = "使わない規則", example = json!(["notation", "item-*"]))]
    pub ignore: Vec<RuleName>,
    /// The severity from which the exit status is 1.
    #[schemars(description = "この重さ以上の指摘があれば終了コードを1にする", example = json!("error"))]
    pub fail_on: Option<FailOn>,
    /// Files in folders that are not read.
    #[schemars(description = "フォルダの中で確認しないファイル（glob。この設定ファイルのあるフォルダから数える）", example = json!(["archive/**"]))]
    pub exclude: Vec<String>,
    /// Folders of an organisation's own rule pages.
    #[schemars(description = "組織独自の規則（プレイブック）のフォルダ", example = json!(["rules"]))]
    pub playbook: Vec<String>,
    /// Documents whose defined terms count as defined.
    #[schemars(description = "定義語を引き継ぐ文書（基本契約など）", example = json!(["基本契約書.docx"]))]
    pub terms_from: Vec<String>,
    /// A file of findings that are not reported again.
    #[schemars(description = "既知の指摘の一覧（keiyaku baseline が書き出すファイル）。ここにある指摘は表示しない", example = json!("keiyaku-baseline.json"))]
    pub baseline: Option<String>,
    /// What a text cannot tell.
    #[schemars(description = "文面からは分からない前提", example = json!({"stage": "final"}))]
    pub facts: Facts,
    /// Severities and options of rules.
    #[schemars(description = "規則ごとの重さと設定", example = json!({"article-gap": "info", "placeholder-left": {"severity": "error"}}))]
    pub rules: Rules,
    /// What differs for some files.
    #[schemars(description = "一部のファイルだけに適用する設定。後に書いたものが優先する", example = json!([{"paths": ["nda/**"], "ignore": ["caption-missing-in-some"], "facts": {"stage": "draft"}}]))]
    pub overrides: Vec<Override>,
    /// Findings that are accepted.
    #[schemars(description = "理由を付けて受け入れる指摘", example = json!([{"file": "nda/契約書.md", "rule": "empty-item", "at": "第2条第3項", "reason": "別紙で定める"}]))]
    pub allow: Vec<Allow>,
}

/// What differs for the files of some paths.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[schemars(description = "一部のファイルだけに適用する設定")]
pub struct Override {
    /// Which files: globs from the folder of the configuration; one without a slash is a file name in any folder.
    #[schemars(description = "対象のファイル（glob。/ のないものはどのフォルダのファイル名にも合う）")]
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
        if config.allow.iter().any(|allow| allow.reason.trim().is_empty()) {
            let place = source.find("[[allow]]").unwrap_or(0);
            return Err(vec![error(place, "[[allow]] の「reason」に理由を書いてください".into())]);
        }
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
        let allow = self.allow.iter().filter(|allow| allow.file == path).cloned().collect();
        let mut settings = Settings { allow, ..Settings::default() };
        for layer in std::iter::once(own).chain(overrides.map(Layer::from)) {
            layer.apply(&mut settings, rulebook);
        }
        settings
    }
}

/// What a waiver in a comment is verified by.
pub(crate) fn schema_of_waivers(rulebook: &Rulebook) -> serde_json::Value {
    schema::comment(rulebook)
}

/// Reads a waiver from a comment of a draft: the keys of [`Allow`], without braces.
///
/// # Errors
/// What is wrong with it, in Japanese.
pub(crate) fn read_waiver(body: &str, schema: &serde_json::Value) -> Result<Allow, String> {
    const FORM: &str = "rule = \"規則\", reason = \"理由\" の形で書いてください";
    let source = format!("allow = {{ {body} }}");
    let document = toml::de::DeTable::parse(&source).map_err(|_| FORM.to_string())?;
    if let Some((_, message)) = verify::verify(&document, schema).into_iter().next() {
        return Err(message.replace("allow.", "").replace("[[allow]] に", ""));
    }
    let table: toml::Table = toml::from_str(&source).map_err(|_| FORM.to_string())?;
    let allow: Option<Allow> = with_dates_as_text(table["allow"].clone()).try_into().ok();
    allow.filter(|allow| !allow.reason.trim().is_empty()).ok_or_else(|| FORM.into())
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
        settings.facts = above(self.facts, &settings.facts);
        let names = |list: &[RuleName]| list.iter().map(|name| name.0.clone()).collect::<Vec<String>>();
        let (select, extend, ignore) =
            (self.select.map(names).unwrap_or_default(), names(self.extend_select), names(self.ignore));
        if self.select.is_some() || !extend.is_empty() || !ignore.is_empty() {
            for rule in rulebook.rules() {
                let before = settings.includes(rule);
                let after = self.speaks(&rule.page, before, (&select, &extend, &ignore));
                if before != after {
                    settings.rules.entry(rule.page.id.to_string()).or_default().speaks = Some(after);
                }
            }
        }
        for (id, config) in &self.rules.0 {
            let rule = settings.rules.entry(id.clone()).or_default();
            if let Some(configured) = config.severity {
                rule.speaks = Some(configured.severity().is_some());
                rule.severity = configured.severity().or(rule.severity);
            }
            rule.options.extend(config.options.clone());
        }
    }

    fn speaks(&self, page: &Page, before: bool, (select, extend, ignore): (&[String], &[String], &[String])) -> bool {
        let chosen = if self.select.is_some() { selects(select, page) } else { before };
        let exact = select.iter().chain(extend).any(|name| *name == page.id);
        let ignored = ignore.iter().any(|name| is_named(name, &page.id, &page.family)) && !exact;
        (chosen || selects(extend, page)) && !ignored
    }
}

/// Facts laid over others: what they do not state is as it is below.
pub fn above(facts: &Facts, below: &Facts) -> Facts {
    let object = |facts: &Facts| match serde_json::to_value(facts) {
        Ok(serde_json::Value::Object(object)) => object,
        _ => serde_json::Map::new(),
    };
    let mut merged = object(below);
    merged.extend(object(facts).into_iter().filter(|(_, value)| !value.is_null()));
    serde_json::from_value(merged.into()).expect("facts are read as they are written")
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
pub(crate) fn with_dates_as_text(value: toml::Value) -> toml::Value {
    match value {
        toml::Value::Datetime(date) => toml::Value::String(date.to_string()),
        toml::Value::Array(values) => toml::Value::Array(values.into_iter().map(with_dates_as_text).collect()),
        toml::Value::Table(table) => {
            toml::Value::Table(table.into_iter().map(|(key, value)| (key, with_dates_as_text(value))).collect())
        }
        other => other,
    }
}
