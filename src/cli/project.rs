//! Which configuration holds for a file: the `keiyaku.toml` in its folder or in the nearest folder above.

use std::collections::HashMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use clap::Args;

use super::input::Document;
use super::playbook::Playbook;
use super::{file as files, reason, terms};
use crate::config::{Config, FILE_NAME};
use crate::facts::Stage;
use crate::report::visible;
use crate::{Rulebook, Settings};

/// The configurations of all files of a run, each read once.
#[derive(Args, Default)]
pub struct Projects {
    /// この設定ファイルを使う（指定しなければ、各ファイルのフォルダから上へ keiyaku.toml を探す）
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// 設定ファイルを使わない
    #[arg(long, conflicts_with = "config")]
    isolated: bool,
    /// 組織独自の規則（プレイブック）のフォルダも使う
    #[arg(long, value_name = "FOLDER")]
    playbook: Vec<PathBuf>,
    /// By folder.
    #[arg(skip)]
    known: Mutex<HashMap<PathBuf, Result<Arc<Project>, String>>>,
}

/// A folder and what was agreed on for it.
pub struct Project {
    folder: PathBuf,
    file: Option<PathBuf>,
    config: Config,
    playbook: Option<Playbook>,
    /// The names that the documents of `terms_from` define.
    terms: Vec<String>,
}

impl Projects {
    /// The project of a file or folder, and the path from there, with `/`.
    ///
    /// # Errors
    /// When its configuration cannot be read; all mistakes of it, a line each.
    pub fn of(&self, path: &Path) -> Result<(Arc<Project>, String), String> {
        let (folder, name) = if path.is_dir() { (path, None) } else { (files::folder(path), path.file_name()) };
        let folder = folder.canonicalize().or_else(|_| std::path::absolute(folder)).unwrap_or_else(|_| folder.into());
        let mut known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let project = known.entry(folder.clone()).or_insert_with(|| self.open(&folder).map(Arc::new)).clone()?;
        let place = name.map_or(folder.clone(), |name| folder.join(name));
        let place = place.strip_prefix(&project.folder).unwrap_or(&place);
        let place = slashes(place);
        Ok((project, place))
    }

    /// Forgets what was read.
    pub fn forget(&self) {
        self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clear();
    }

    fn open(&self, folder: &Path) -> Result<Project, String> {
        let file = match &self.config {
            Some(file) => Some(file.clone()),
            None if self.isolated => None,
            None => folder.ancestors().map(|above| above.join(FILE_NAME)).find(|file| file.is_file()),
        };
        let Some(file) = file else {
            let playbook = playbook(&self.playbook)?;
            let (config, terms) = Default::default();
            return Ok(Project { folder: folder.into(), file: None, config, playbook, terms });
        };
        let shown = file.display();
        let source = files::read_text(&file).map_err(|error| format!("{shown}: {}", reason::reading(&error)))?;
        let base = files::folder(&file).canonicalize().unwrap_or_else(|_| folder.into());
        let configured = Config::playbook_of(&source).into_iter().map(|pages| base.join(pages));
        let playbook = playbook(&configured.chain(self.playbook.clone()).collect::<Vec<PathBuf>>())?;
        let rulebook = playbook.as_ref().map_or(Rulebook::builtin(), |playbook| &playbook.rulebook);
        let config = Config::read(&source, rulebook).map_err(|errors| {
            errors.iter().map(|error| format!("{shown}:{error}")).collect::<Vec<String>>().join("\n")
        })?;
        let terms = config.terms_from.iter().map(|document| terms::configured(&base.join(document)));
        let terms = terms.collect::<Result<Vec<_>, String>>()?.concat();
        Ok(Project { folder: base, file: Some(file), config, playbook, terms })
    }
}

fn playbook(folders: &[PathBuf]) -> Result<Option<Playbook>, String> {
    if folders.is_empty() {
        Ok(None)
    } else {
        Playbook::read(folders).map(Some).map_err(|mistakes| mistakes.join("\n"))
    }
}

/// A path with `/`, on every system.
fn slashes(path: &Path) -> String {
    let parts: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.join("/").replacen("//", "/", 1)
}

impl Project {
    /// The rules that are known here.
    pub fn rulebook(&self) -> &Rulebook {
        self.playbook.as_ref().map_or(Rulebook::builtin(), |playbook| &playbook.rulebook)
    }

    /// The rules that are known here, where there are more than the built-in ones.
    pub fn playbook(&self) -> Option<Arc<Rulebook>> {
        self.playbook.as_ref().map(|playbook| playbook.rulebook.clone())
    }

    /// The names that the documents of its configuration define.
    pub fn terms(&self) -> &[String] {
        &self.terms
    }

    /// The configuration file, if there is one.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// What was configured.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The baseline that is configured.
    pub fn baseline(&self) -> Option<PathBuf> {
        self.config.baseline.as_ref().map(|file| self.folder.join(file))
    }

    /// The configuration file of a document of this project and the path by which it knows the document. Where there is none, the one that
    /// would be read for it if it were written: in the present folder if the document lies below, or beside the document.
    pub fn location(&self, place: &str) -> (PathBuf, String) {
        if let Some(file) = &self.file {
            return (file.clone(), place.into());
        }
        let present = std::env::current_dir().and_then(|folder| folder.canonicalize()).unwrap_or_default();
        match self.folder.join(place).strip_prefix(&present) {
            Ok(below) if !present.as_os_str().is_empty() => (FILE_NAME.into(), slashes(below)),
            _ => (self.folder.join(FILE_NAME), place.into()),
        }
    }

    /// The path of a document, given as its path in this project, from another folder.
    pub fn path_from(&self, place: &str, folder: &Path) -> String {
        let path = self.folder.join(place);
        slashes(path.strip_prefix(folder).unwrap_or(&path))
    }

    /// The settings of a file, given as its path from the folder of the project.
    pub fn settings(&self, place: &str) -> Settings {
        Settings { terms: self.terms.clone(), ..self.config.settings(place, self.rulebook()) }
    }
}

/// The settings of a document in the form of a configuration file: every rule with what it would report.
pub fn describe(document: &Document, settings: &Settings) -> String {
    let project = &document.project;
    let file = project.file.as_ref().map_or("なし".to_string(), |file| file.display().to_string());
    // A name may hold what ends a line or commands the terminal.
    let tame = |name: &str| visible(name).replace(['\n', '\r'], "␊");
    let mut out = format!("# {}\n# 設定ファイル: {}\n\n[facts]\n", tame(&document.name), tame(&file));
    out.push_str(&toml::to_string(&settings.facts).expect("facts are plain data"));
    out.push_str("\n[rules]\n");
    for rule in project.rulebook().rules() {
        let level = match settings.facts.stage {
            Some(Stage::Final) => rule.page.level.r#final,
            _ => rule.page.level.draft,
        };
        let severity = if settings.includes(rule) { settings.severity(rule).unwrap_or(level).name() } else { "off" };
        let options = settings.rules.get(rule.id()).map(|rule| &rule.options);
        let mut fields = vec![format!("severity = \"{severity}\"")];
        for page in rule.page.options.iter() {
            let value = options.and_then(|options| options.get(&*page.name)).unwrap_or(&page.default);
            fields.push(format!("{} = {}", page.name, toml::Value::from(value.clone())));
        }
        let _ = match &fields[..] {
            [_] => writeln!(out, "{} = \"{severity}\"", rule.id()),
            _ => writeln!(out, "{} = {{ {} }}", rule.id(), fields.join(", ")),
        };
    }
    out.push('\n');
    out
}
