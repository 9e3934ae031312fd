//! What the world does to a program: interruptions, full disks, files that vanish, texts that mean harm. Each ends cleanly, in words, with
//! status 2 where work was not done, and with every file whole.
#![cfg(all(feature = "cli", unix))]

#[path = "../folder/mod.rs"]
mod folder;
mod hostile;
mod limits;
#[cfg(target_os = "linux")]
mod network;
mod reading;
mod watching;
mod writing;

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use folder::folder;

/// Two findings, one of them with a safe fix.
const FLAWED: &str = "第1条（目的）\n甲は、乙に清掃を委託する。。\n第3条（期間）\n期間は、1年間とする。\n";
/// What the safe fix makes of it.
const MENDED: &str = "第1条（目的）\n甲は、乙に清掃を委託する。\n第3条（期間）\n期間は、1年間とする。\n";

fn program(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keiyaku"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn keiyaku(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Output {
    program(folder, arguments).output().unwrap()
}

fn with_stdin(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = program(folder, arguments).stdin(Stdio::piped()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("{}: {}", output.status, stderr(output)))
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// It ended with status 2 and said all of this, each line in our own words.
fn refused(output: &Output, said: &[&str]) {
    let errors = stderr(output);
    assert_eq!(status(output), 2, "{errors}");
    for words in said {
        assert!(errors.contains(words), "「{words}」 in {errors}");
    }
    assert!(errors.lines().all(|line| line.starts_with("keiyaku: ")), "{errors}");
}

/// The names in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Runs the program as somebody for whom permissions count: root, who may do everything, becomes nobody.
fn as_a_user(folder: &Path, arguments: &[&str]) -> Output {
    let probe = tempfile::NamedTempFile::new().unwrap();
    fs::set_permissions(probe.path(), fs::Permissions::from_mode(0o000)).unwrap();
    let mut command = program(folder, arguments);
    if fs::read(probe.path()).is_ok() {
        // The program may lie where only root can go. Another process copies it: a file that this one had open for writing, a child that
        // some other test starts at the same time holds open too, and it cannot be run then.
        let copy = folder.join(".program");
        assert!(Command::new("cp").arg(env!("CARGO_BIN_EXE_keiyaku")).arg(&copy).status().unwrap().success());
        let mut unprivileged = Command::new(copy);
        unprivileged.current_dir(folder).args(arguments).stdin(Stdio::null()).stdout(Stdio::piped());
        unprivileged.stderr(Stdio::piped()).uid(65534).gid(65534);
        command = unprivileged;
    }
    command.output().unwrap()
}
