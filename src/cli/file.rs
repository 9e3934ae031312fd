//! Files, read within bounds and written whole or not at all.

use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::interrupt;

/// Bytes of the largest file that is read.
pub const LARGEST: u64 = 1 << 30;

/// Reads a file.
///
/// # Errors
/// When it cannot be read, or is larger than [`LARGEST`] (a device may have no end).
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > LARGEST {
        return Err(ErrorKind::FileTooLarge.into());
    }
    read_all(file, size as usize)
}

/// Reads everything that comes.
///
/// # Errors
/// As [`read`].
pub fn read_all(input: impl Read, expected: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(expected + 1);
    input.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// Reads a file as text in UTF-8.
///
/// # Errors
/// As [`read`], and when it is no such text.
pub fn read_text(path: &Path) -> io::Result<String> {
    String::from_utf8(read(path)?).map_err(|_| io::Error::new(ErrorKind::InvalidData, "UTF-8 の文字ではありません"))
}

/// Writes a file: beside its place, and then there, so that a crash at any point leaves what was there before or the whole of the new. A link
/// stays a link, and a file that is replaced keeps its permissions.
///
/// # Errors
/// When it cannot be written; what was there is as it was.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = destination(path)?;
    let known = fs::metadata(&path).ok();
    if known.as_ref().is_some_and(|known| !known.is_file()) {
        // A device or a pipe (`-o /dev/stdout`) is written to, never replaced.
        return OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    let _whole = interrupt::hold();
    let file = beside(&path, bytes, known.as_ref())?;
    file.persist(&path).map(drop).map_err(|error| error.error)
}

/// Writes a file that is not there yet.
///
/// # Errors
/// As [`write`], and when something is there.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let _whole = interrupt::hold();
    beside(path, bytes, None)?.persist_noclobber(path).map(drop).map_err(|error| error.error)
}

/// The folder in which a file is.
pub fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Where a path leads through links, also when there is nothing yet.
fn destination(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Ok(fs::read_link(path).map_or_else(|_| path.to_path_buf(), |target| folder(path).join(target)))
        }
        found => found,
    }
}

/// A file with its content in the folder of another; it goes away unless it takes that one's place.
fn beside(path: &Path, bytes: &[u8], known: Option<&Metadata>) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".keiyaku-");
    if let Some(usual) = usual_permissions() {
        builder.permissions(usual);
    }
    let mut file = builder.tempfile_in(folder(path))?;
    file.write_all(bytes)?;
    if let Some(known) = known {
        keep(file.path(), known)?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}

/// What a new file may have; the system takes from it what the user's mask says.
#[cfg(unix)]
fn usual_permissions() -> Option<Permissions> {
    Some(std::os::unix::fs::PermissionsExt::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual_permissions() -> Option<Permissions> {
    None
}

/// Gives a file the owner, where that is allowed, and the permissions of the one that it replaces.
fn keep(path: &Path, known: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        let _ = chown(path, Some(known.uid()), Some(known.gid()));
    }
    fs::set_permissions(path, known.permissions())
}
