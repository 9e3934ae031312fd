//! `keiyaku lsp`

use std::io::{self, BufReader, BufWriter};
use std::path::Path;

use clap::Args;

use super::baseline::Baselines;
use super::facts::today;
use super::project::Projects;
use super::{CLEAN, FINDINGS, file};
use crate::lsp::{Agreed, Configuration, Surroundings};

/// How to talk with the editor.
#[derive(Args)]
pub struct Arguments {
    /// 標準入出力を使う（常にそうなので、指定しなくてもよい）
    #[arg(long)]
    #[allow(dead_code, reason = "clients pass it")]
    stdio: bool,
}

/// The files below which an editor works.
#[derive(Default)]
struct Files {
    projects: Projects,
    baselines: Baselines,
}

impl Surroundings for Files {
    fn agreed(&self, file: &Path) -> Result<Agreed, String> {
        let (project, place) = self.projects.of(file)?;
        let mut settings = project.settings(&place);
        settings.facts.as_of = settings.facts.as_of.or_else(today);
        let (configuration, place_there) = project.location(&place);
        let configuration = std::path::absolute(configuration).map(|path| Configuration {
            text: file::read_text(&path).ok(),
            file: path,
            place: place_there,
        });
        Ok(Agreed {
            playbook: project.playbook(),
            settings,
            baseline: self.baselines.of(&project, &place)?,
            configuration: configuration.ok(),
        })
    }

    fn renew(&self) {
        self.projects.forget();
        self.baselines.forget();
    }
}

/// Serves one editor over standard input and output.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(_: &Arguments) -> io::Result<u8> {
    let orderly =
        crate::lsp::serve(BufReader::new(io::stdin()), BufWriter::new(io::stdout().lock()), Files::default())?;
    // The status the protocol asks for.
    Ok(if orderly { CLEAN } else { FINDINGS })
}
