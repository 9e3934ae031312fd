//! Playbooks: folders of rule pages of an organisation.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{file, reason};
use crate::config::FILE_NAME;
use crate::rule::{Rulebook, examples};

/// A playbook with the rules it makes together with the built-in ones.
pub struct Playbook {
    /// The rules.
    pub rulebook: Arc<Rulebook>,
    /// The ids of its pages, and their files.
    pages: Vec<(String, PathBuf)>,
}

impl Playbook {
    /// Reads some folders: every `.md` file in them with a `toml rule` block is a page (a README without one is none), its name is the id.
    ///
    /// # Errors
    /// What cannot be read, each with file and line.
    pub fn read(folders: &[PathBuf]) -> Result<Playbook, Vec<String>> {
        let mut files: Vec<PathBuf> = Vec::new();
        for folder in folders {
            let entries = fs::read_dir(folder)
                .map_err(|error| vec![format!("{}: {}", folder.display(), reason::reading(&error))])?;
            files.extend(entries.filter_map(|entry| Some(entry.ok()?.path())));
        }
        files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
        files.sort();
        let mut pages = Vec::new();
        let mut texts = Vec::new();
        let mut mistakes = Vec::new();
        for path in files {
            match file::read_text(&path) {
                Ok(text) if text.contains("```toml rule") => {
                    pages.push((path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), path));
                    texts.push(text);
                }
                Ok(_) => {}
                Err(error) => mistakes.push(format!("{}: {}", path.display(), reason::reading(&error))),
            }
        }
        let given = pages.iter().zip(&texts).map(|((id, _), text)| (id.as_str(), text.as_str()));
        match Rulebook::with(given) {
            Ok(rulebook) if mistakes.is_empty() => Ok(Playbook { rulebook: Arc::new(rulebook), pages }),
            Ok(_) => Err(mistakes),
            Err(wrong) => {
                let file =
                    |id: &str| pages.iter().find(|(page, _)| page == id).map_or(Path::new(FILE_NAME), |(_, path)| path);
                mistakes
                    .extend(wrong.iter().map(|(id, e)| format!("{}:{}: {}", file(id).display(), e.line, e.message)));
                Err(mistakes)
            }
        }
    }

    /// How many pages it has.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Runs the examples of its pages; what is wrong, with file and line.
    pub fn verify(&self) -> Vec<String> {
        let mistakes = |(id, path): &(String, PathBuf)| {
            let found = self.rulebook.rule(id).map(|rule| examples::verify(rule, &self.rulebook)).unwrap_or_default();
            let line =
                |mistake: &crate::rule::PageError| format!("{}:{}: {}", path.display(), mistake.line, mistake.message);
            found.iter().map(line).collect::<Vec<String>>()
        };
        self.pages.iter().flat_map(mistakes).collect()
    }
}
