//! `keiyaku baseline`, and the baseline against which `check` reports.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use clap::Args;

use super::check::Choice;
use super::input::Input;
use super::output::tell;
use super::project::Project;
use super::{CLEAN, FAILURE, file, reason};
use crate::baseline::{Baseline, FILE_NAME};
use crate::{Contract, check};

/// What to take into the baseline.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    choice: Choice,
    /// 書き出すファイル
    #[arg(long, value_name = "FILE", default_value = FILE_NAME)]
    output: PathBuf,
}

/// Writes the findings of files into a baseline.
///
/// # Errors
/// Never: what goes wrong is told.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    if let Err(message) = arguments.input.open().and_then(|first| arguments.choice.verify(first.rulebook())) {
        tell(&message);
        return Ok(FAILURE);
    }
    let folder = folder_of(&arguments.output);
    let (files, complete) = arguments.input.read_each(|mut document| {
        let contract = Contract::parse(document.take_text());
        let findings = check(
            &contract,
            document.project.rulebook(),
            &arguments.choice.settings(&document.project, &document.place),
        );
        Ok((document.path_from(&folder), findings))
    });
    let mut baseline = Baseline::default();
    files.iter().for_each(|(path, findings)| baseline.add(path, findings));
    let count: usize = files.iter().map(|(_, findings)| findings.len()).sum();
    let shown = arguments.output.display();
    match file::write(&arguments.output, baseline.write().as_bytes()) {
        Ok(()) => tell(&format!(
            "{shown} に{count}件の指摘を記録しました。check --baseline {shown} で、新しい指摘だけを表示します"
        )),
        Err(error) => {
            tell(&format!("{shown}: {}", reason::writing(&error)));
            return Ok(FAILURE);
        }
    }
    Ok(if complete { CLEAN } else { FAILURE })
}

fn folder_of(file: &Path) -> PathBuf {
    let folder = file::folder(file);
    folder.canonicalize().unwrap_or_else(|_| folder.into())
}

/// The baselines of a run: the one a flag names, or those that configurations name.
#[derive(Args, Default)]
pub struct Baselines {
    /// この一覧（keiyaku baseline が書き出すファイル）にない指摘だけを表示する
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    #[arg(skip)]
    read: Mutex<HashMap<PathBuf, Result<Arc<Baseline>, String>>>,
}

impl Baselines {
    /// Forgets what was read.
    pub fn forget(&self) {
        self.read.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clear();
    }

    /// The baseline for a document, given as its path in its project, and the path by which the baseline knows it.
    ///
    /// # Errors
    /// When there is one and it cannot be read.
    pub fn of(&self, project: &Project, place: &str) -> Result<Option<(Arc<Baseline>, String)>, String> {
        let Some(file) = self.baseline.clone().or_else(|| project.baseline()) else { return Ok(None) };
        let path = project.path_from(place, &folder_of(&file));
        let mut known = self.read.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let baseline = known.entry(file).or_insert_with_key(|file| {
            let shown = file.display();
            let source = file::read_text(file).map_err(|error| format!("{shown}: {}", reason::reading(&error)))?;
            Baseline::read(&source).map(Arc::new).map_err(|message| format!("{shown}: {message}"))
        });
        baseline.clone().map(|baseline| Some((baseline, path)))
    }
}
