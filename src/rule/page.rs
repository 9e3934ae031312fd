//! One rule page: Markdown that is documentation, configuration and test at once.
//!
//! ````markdown
//! # 本文のない項・号
//!
//! ```toml rule
//! severity = "error"
//! since = "0.1.0"
//! ```
//!
//! 番号だけがあって本文のない項・号を報告します。…
//!
//! ```contract bad
//! …
//! ⟦2.⟧
//! ```
//! ````
//!
//! The first heading is the title, the `toml rule` block the metadata, everything behind it prose and examples. This file is read by the
//! build script too, so it knows nothing of the rest of the library.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::application::{Application, Condition, Where};
use super::kind::Kind;
use super::table::{List, Words};
use crate::date::Date;
use crate::vocabulary::Vocabulary;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look.
    Info,
    /// A careful reviewer would ask for a change.
    Warning,
    /// Contradicts mandatory law, is void, or is structurally broken.
    Error,
}

impl Severity {
    /// One step lower; an info stays one.
    pub const fn lower(self) -> Severity {
        match self {
            Severity::Error => Severity::Warning,
            _ => Severity::Info,
        }
    }

    /// `error`, `warning`, `info`.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The severity of a rule, where it depends on the stage of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// In a draft, and where nothing is said about the stage.
    pub draft: Severity,
    /// In a text that is to be signed as it stands.
    pub r#final: Severity,
}

/// The law on which a rule rests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// The law's usual short name: 民法.
    pub law: Words,
    /// The article: 「第541条」.
    pub article: Words,
    /// Since when the article says so.
    #[serde(default)]
    pub from: Option<Date>,
    /// When somebody last looked.
    pub verified: Date,
}

/// An option of a rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OptionPage {
    /// Its name.
    pub name: Words,
    /// Its value where nothing is configured.
    pub default: OptionValue,
    /// What it does, in Japanese.
    pub doc: Words,
}

/// The value of an option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum OptionValue {
    /// `true`
    Bool(bool),
    /// `3`
    Integer(i64),
    /// `"和暦"`
    Text(Words),
    /// `["等", "適宜"]`
    List(List<Words>),
}

/// A rule as its page describes it.
#[derive(Clone, Debug, Serialize)]
pub struct Page {
    /// The file name without `.md`: kebab-case, names the defect.
    pub id: Words,
    /// The folder the page lies in.
    pub family: Words,
    /// The first heading.
    pub title: Words,
    /// How bad a finding is.
    pub level: Level,
    /// Whether the rule speaks only when it is selected by name (matters of taste).
    pub optional: bool,
    /// The version that brought it.
    pub since: Words,
    /// To which contracts it applies.
    pub application: Application,
    /// Clauses whose absence it reports, so that `required-clause-missing` and `expected-clause-missing` leave them to it.
    pub covers: List<Words>,
    /// The law on which it rests.
    pub basis: List<Basis>,
    /// Its options, by name.
    pub options: List<OptionPage>,
    /// What it looks for.
    pub kind: Kind,
    /// The first paragraph of the prose.
    pub summary: Words,
    /// The whole page as written.
    pub text: Words,
}

/// The `toml rule` block as it is written; keys not named here belong to the kind.
#[derive(Deserialize)]
struct Block {
    severity: LevelBlock,
    #[serde(default)]
    optional: bool,
    since: Words,
    #[serde(default)]
    kinds: List<Words>,
    #[serde(default)]
    except_kinds: List<Words>,
    #[serde(default)]
    context: List<Condition>,
    #[serde(default)]
    from: Option<Date>,
    #[serde(default)]
    until: Option<Date>,
    #[serde(default, rename = "where")]
    levels: List<Where>,
    #[serde(default)]
    covers: List<Words>,
    #[serde(default)]
    basis: List<Basis>,
    #[serde(default)]
    options: BTreeMap<String, OptionBlock>,
    #[serde(flatten)]
    kind: BTreeMap<String, toml::Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum LevelBlock {
    One(Severity),
    ByStage { draft: Severity, r#final: Severity },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionBlock {
    default: toml::Value,
    doc: String,
}

/// A mistake in a page, with the line (from 1) on which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what would be right, in Japanese.
    pub message: String,
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}行目: {}", self.line, self.message)
    }
}

const OPENING: &str = "```toml rule";

impl Page {
    /// Reads a page.
    ///
    /// # Errors
    /// When the title or the block is missing, or the block holds an unknown key or an impossible value.
    pub fn read(family: &str, id: &str, text: &str) -> Result<Page, PageError> {
        let error = |line: usize, message: String| PageError { line, message };
        let title =
            text.lines().next().and_then(|line| line.strip_prefix("# ")).map(str::trim).filter(|t| !t.is_empty());
        let title = title.ok_or_else(|| error(1, "1行目に「# 題名」がありません".into()))?;
        let opening = text.lines().position(|line| line.trim_end() == OPENING);
        let opening = opening.ok_or_else(|| error(1, format!("「{OPENING}」のブロックがありません")))?;
        let after: Vec<&str> = text.lines().skip(opening + 1).collect();
        let length = after.iter().position(|line| line.starts_with("```"));
        let length = length.ok_or_else(|| error(opening + 1, "ブロックが閉じられていません".into()))?;
        let source = after[..length].join("\n");
        let block: Block = toml::from_str(&source).map_err(|e| {
            let line = e.span().map_or(0, |span| source[..span.start.min(source.len())].matches('\n').count());
            error(opening + 2 + line, e.message().to_string())
        })?;
        let kind = Kind::read(block.kind).map_err(|message| error(opening + 2, message))?;
        let mut options = Vec::new();
        for (name, option) in block.options {
            let default =
                OptionValue::read(option.default).map_err(|m| error(opening + 2, format!("options.{name}: {m}")))?;
            options.push(OptionPage { name: name.into(), default, doc: option.doc.into() });
        }
        let prose = after[length + 1..].iter().skip_while(|line| line.trim().is_empty());
        let summary: Vec<&str> = prose.take_while(|line| !line.trim().is_empty()).map(|line| line.trim()).collect();
        let level = match block.severity {
            LevelBlock::One(severity) => Level { draft: severity, r#final: severity },
            LevelBlock::ByStage { draft, r#final } => Level { draft, r#final },
        };
        Ok(Page {
            id: id.to_string().into(),
            family: family.to_string().into(),
            title: title.to_string().into(),
            level,
            optional: block.optional,
            since: block.since,
            application: Application {
                kinds: block.kinds,
                except_kinds: block.except_kinds,
                context: block.context,
                from: block.from,
                until: block.until,
                levels: block.levels,
            },
            covers: block.covers,
            basis: block.basis,
            options: options.into(),
            kind,
            summary: summary.concat().into(),
            text: text.to_string().into(),
        })
    }

    /// What stands behind the `toml rule` block: prose and examples, in Markdown.
    pub fn body(&self) -> &str {
        let block = self.text.split_once(OPENING).map_or("", |(_, block)| block);
        block.split_once("\n```").map_or("", |(_, body)| body).trim()
    }

    /// The prose: the body up to its first heading, which begins the examples.
    pub fn prose(&self) -> &str {
        self.body().split("\n## ").next().unwrap_or_default().trim()
    }
}

impl Page {
    /// The option of a name.
    pub fn option(&self, name: &str) -> Option<&OptionPage> {
        self.options.iter().find(|option| option.name == name)
    }

    /// Checks the kinds of contracts and the clauses that it names.
    ///
    /// # Errors
    /// When there is no such kind or clause.
    pub fn check(&self, vocabulary: &Vocabulary) -> Result<(), PageError> {
        let checked = self.application.check(vocabulary).and_then(|()| self.kind.check(vocabulary, &self.covers));
        checked.map_err(|message| PageError { line: self.block_line(), message })
    }

    /// The line (from 1) on which the `toml rule` block begins.
    pub fn block_line(&self) -> usize {
        self.text.lines().position(|line| line.trim_end() == OPENING).map_or(1, |line| line + 2)
    }
}

impl From<OptionValue> for toml::Value {
    fn from(value: OptionValue) -> toml::Value {
        match value {
            OptionValue::Bool(value) => value.into(),
            OptionValue::Integer(value) => value.into(),
            OptionValue::Text(value) => value.into_owned().into(),
            OptionValue::List(values) => values.iter().map(|value| value.to_string()).collect::<Vec<_>>().into(),
        }
    }
}

impl OptionValue {
    /// Takes a value of a configuration file.
    ///
    /// # Errors
    /// When it is of a type that no option has.
    pub fn read(value: toml::Value) -> Result<OptionValue, String> {
        match value {
            toml::Value::Boolean(value) => Ok(OptionValue::Bool(value)),
            toml::Value::Integer(value) => Ok(OptionValue::Integer(value)),
            toml::Value::String(value) => Ok(OptionValue::Text(value.into())),
            toml::Value::Array(values) => {
                let texts = values.into_iter().map(|value| Some(Words::from(value.as_str()?.to_string())));
                texts
                    .collect::<Option<Vec<_>>>()
                    .map(|texts| OptionValue::List(texts.into()))
                    .ok_or_else(|| "リストの要素は文字列です".into())
            }
            _ => Err("真偽値・整数・文字列・文字列のリストのいずれかです".into()),
        }
    }
}
