//! What holds for a document outside of it: what its folder has agreed on, and above that what the user has set in the editor.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::Uri;

use super::settings::Preferences;
use crate::baseline::Baseline;
use crate::config;
use crate::{Rulebook, Settings};

/// Where the server runs. It reads no files itself.
pub trait Surroundings {
    /// What the folder of a file has agreed on.
    ///
    /// # Errors
    /// When it cannot be read; the message is for the user.
    fn agreed(&self, file: &Path) -> Result<Agreed, String>;

    /// Says that files may have changed: what is asked from now on is to be read anew.
    fn renew(&self);
}

/// Nothing is agreed on anywhere.
impl Surroundings for () {
    fn agreed(&self, _: &Path) -> Result<Agreed, String> {
        Ok(Agreed::default())
    }

    fn renew(&self) {}
}

/// What has been agreed on for a document.
#[derive(Clone, Default)]
pub struct Agreed {
    /// The rules that are known, where there are more than the built-in ones.
    pub playbook: Option<Arc<Rulebook>>,
    /// How it is checked.
    pub settings: Settings,
    /// Findings that are known, and the path by which the baseline knows the document.
    pub baseline: Option<(Arc<Baseline>, String)>,
    /// Where a waiver is to be written.
    pub configuration: Option<Configuration>,
}

/// The configuration file of a document.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// The file.
    pub file: PathBuf,
    /// What it says; `None` where it is still to be written.
    pub text: Option<String>,
    /// The path by which it knows the document.
    pub place: String,
}

impl Agreed {
    /// The rules that are known.
    pub fn rulebook(&self) -> &Rulebook {
        self.playbook.as_deref().unwrap_or_else(|| Rulebook::builtin())
    }

    /// The same with what the user has set in the editor, which wins.
    pub fn with(mut self, preferences: &Preferences) -> Agreed {
        self.settings.facts = config::above(&preferences.facts, &self.settings.facts);
        self.settings.selection = preferences.selection.clone();
        self
    }
}

/// The file that a document's name means; a document that has not been saved yet lies in the present folder.
pub fn file_of(uri: &Uri) -> PathBuf {
    if uri.scheme().is_none_or(|scheme| scheme.as_str() != "file") {
        return PathBuf::from(".");
    }
    let decoded = uri.path().as_estr().decode().into_string_lossy();
    // file:///C:/folder is C:/folder.
    let drive = decoded.strip_prefix('/').filter(|rest| rest.as_bytes().get(1) == Some(&b':'));
    PathBuf::from(drive.unwrap_or(&decoded))
}

/// The name of a file as a document.
pub fn uri_of(file: &Path) -> Option<Uri> {
    let mut uri = String::from("file://");
    let path = file.to_str()?.replace('\\', "/");
    if !path.starts_with('/') {
        uri.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(byte.into()),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_documents_are_those_of_files() {
        for (file, uri) in [
            ("/契約/下書き 1%.md", "file:///%E5%A5%91%E7%B4%84/%E4%B8%8B%E6%9B%B8%E3%81%8D%201%25.md"),
            ("C:/draft.md", "file:///C%3A/draft.md"),
        ] {
            assert_eq!(uri_of(Path::new(file)).unwrap().as_str(), uri);
            assert_eq!(file_of(&uri.parse().unwrap()), Path::new(file));
        }
        assert_eq!(file_of(&"untitled:Untitled-1".parse().unwrap()), Path::new("."));
    }
}
