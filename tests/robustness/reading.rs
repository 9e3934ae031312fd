//! Files that are not there, not what they seem, or gone when they are read.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use super::*;

/// A pipe that stands for a file that takes its time: the program reads it when we write.
fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_checked() {
    let folder = folder(&[("a.txt", FLAWED)]);
    symlink("loop.txt", folder.path().join("loop.txt")).unwrap();
    symlink("nowhere", folder.path().join("dangling.txt")).unwrap();
    let output = keiyaku(
        folder.path(),
        &[
            "check",
            "--format",
            "short",
            "loop.txt",
            "dangling.txt",
            "a.txt/b.txt",
            "absent.txt",
            "/proc/self/mem",
            "a.txt",
        ],
    );
    refused(
        &output,
        &[
            "loop.txt: 読み込めません（",
            "dangling.txt: ファイルがありません",
            "a.txt/b.txt: 途中のフォルダがフォルダではありません。パスを確かめてください",
            "absent.txt: ファイルがありません",
            "/proc/self/mem: 読み込めません（",
            "状態を確かめてください",
        ],
    );
    assert!(stdout(&output).contains("a.txt:2:13: warning doubled-punctuation"), "{}", stdout(&output));
}

#[test]
fn what_may_not_be_read_is_named() {
    let folder = folder(&[("secret.txt", FLAWED), ("open.txt", FLAWED)]);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(folder.path().join("secret.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    let output = as_a_user(folder.path(), &["check", "--format", "short", "."]);
    refused(&output, &["secret.txt: 読み取りが許可されていません。アクセス権を確かめてください"]);
    assert!(stdout(&output).contains("open.txt:2:13"));
}

#[test]
fn links_that_lead_back_do_not_lead_astray() {
    let folder = folder(&[("a.txt", FLAWED)]);
    fs::create_dir(folder.path().join("below")).unwrap();
    symlink("..", folder.path().join("below/up")).unwrap();
    fs::create_dir(folder.path().join("folder.txt")).unwrap();
    let output = keiyaku(folder.path(), &["check", "--format", "short", "."]);
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    assert_eq!(stdout(&output).matches("doubled-punctuation").count(), 1);
    // A folder is one whatever its name, and nobody is told that all is well where nothing was read.
    refused(&keiyaku(folder.path(), &["check", "folder.txt"]), &["folder.txt: 読むファイルがありません"]);
}

#[test]
fn a_name_that_is_no_unicode_is_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let name = OsStr::from_bytes(b"\x8c_\x96\xf1.txt");
    fs::write(folder.path().join(name), FLAWED).unwrap();
    for format in ["human", "short", "json", "sarif", "junit", "html"] {
        let arguments = [OsStr::new("check"), OsStr::new("--format"), OsStr::new(format), name];
        assert_eq!(status(&keiyaku(folder.path(), &arguments)), 1, "{format}");
    }
    assert_eq!(status(&keiyaku(folder.path(), &["fix", "."])), 0);
    assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), MENDED);
}

#[test]
fn ten_thousand_files_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..10_000 {
        fs::write(folder.path().join(format!("{number}.txt")), "第1条（目的）\n甲は、委託する。。\n").unwrap();
    }
    let output = keiyaku(folder.path(), &["check", "--select", "doubled-punctuation", "--format", "short", "."]);
    assert_eq!(status(&output), 1);
    assert_eq!(stdout(&output).lines().count(), 10_000);
}

/// The paths are listed before any is read, and a few are read at a time: while the pipe is read, files behind it are still to come.
#[test]
fn a_file_that_vanishes_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    (0..200).for_each(|number| fs::write(path.join(format!("{number:03}.txt")), FLAWED).unwrap());
    pipe(&path.join("pipe"));
    let child = program(path, &["check", "--format", "short", "pipe", "."]).spawn().unwrap();
    let mut writer = fs::OpenOptions::new().write(true).open(path.join("pipe")).unwrap();
    fs::remove_file(path.join("150.txt")).unwrap();
    writer.write_all(FLAWED.as_bytes()).unwrap();
    drop(writer);
    let output = child.wait_with_output().unwrap();
    refused(&output, &["150.txt: ファイルがありません"]);
    assert_eq!(stdout(&output).matches("doubled-punctuation").count(), 200, "the pipe and what is left");
}

#[test]
fn what_has_changed_since_it_was_read_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let files: Vec<String> = (0..70).map(|number| format!("{number:03}.txt")).collect();
    files.iter().for_each(|name| fs::write(path.join(name), FLAWED).unwrap());
    pipe(&path.join("pipe"));
    let arguments: Vec<&str> = ["fix"].into_iter().chain(files.iter().map(String::as_str)).chain(["pipe"]).collect();
    let child = program(path, &arguments).spawn().unwrap();
    // Once the pipe is open, the first files have been read.
    let mut writer = fs::OpenOptions::new().write(true).open(path.join("pipe")).unwrap();
    let edited = FLAWED.replace("清掃", "警備");
    fs::write(path.join("000.txt"), &edited).unwrap();
    writer.write_all(b"...\n").unwrap();
    drop(writer);
    let output = child.wait_with_output().unwrap();
    refused(&output, &["000.txt: 読み込んだ後に変更されたため、書き換えません"]);
    assert_eq!(fs::read_to_string(path.join("000.txt")).unwrap(), edited);
    assert_eq!(fs::read_to_string(path.join("001.txt")).unwrap(), MENDED);
}

#[test]
fn a_reader_that_goes_early_is_left_in_peace() {
    let folder = folder(&[("a.txt", &FLAWED.repeat(500))]);
    for arguments in
        [&["check", "--format", "json", "a.txt"][..], &["inspect", "a.txt"], &["rules"], &["fix", "--diff", "a.txt"]]
    {
        // The reader is gone before the program begins: what is short would fit into the pipe.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = program(folder.path(), arguments).stdout(writer).spawn().unwrap().wait_with_output().unwrap();
        // Nobody is told, but not all was handed over.
        assert_eq!((status(&output), stderr(&output).as_str()), (2, ""), "{arguments:?}");
    }
    // Nobody reads what is told, either.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut child =
        program(folder.path(), &["check", "absent.txt"]).stdin(Stdio::null()).stderr(writer).spawn().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(2));
}
