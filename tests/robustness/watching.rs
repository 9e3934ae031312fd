//! `check --watch`: what changes is checked again until somebody ends it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use super::*;

/// Far longer than any machine needs: a program that says nothing fails the test and is ended.
const PATIENCE: Duration = Duration::from_secs(120);
const MENDED_TOO: &str = "第1条（目的）\n甲は、乙に清掃を委託する。\n第2条（期間）\n期間は、1年間とする。\n";

/// A program that watches, and the lines it prints, on either stream in one order.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    /// Its report goes to a file where one is given.
    fn of(folder: &Path, arguments: &[&str], report: Option<fs::File>) -> Watching {
        let (reader, writer) = std::io::pipe().unwrap();
        let mut command = program(folder, &[&["check", "--watch", "--format", "short"], arguments].concat());
        let stdout = report.map_or_else(|| Stdio::from(writer.try_clone().unwrap()), Stdio::from);
        let child = command.stdout(stdout).stderr(writer).spawn().unwrap();
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            BufReader::new(reader).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Watching { child, lines }
    }

    /// What is reported until the program waits for the next change.
    fn report(&self) -> String {
        let line = || self.lines.recv_timeout(PATIENCE).expect("it reports and waits");
        std::iter::repeat_with(line).take_while(|line| !line.contains("変更を待っています")).collect()
    }

    /// Waits for a report; a file that is written in several steps may have been checked in between.
    fn until(&self, wanted: impl Fn(&str) -> bool) {
        while !wanted(&self.report()) {}
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn what_changes_is_checked_again_until_it_is_ended() {
    let folder = folder(&[("a.txt", FLAWED), ("agreed/keiyaku.toml", ""), ("agreed/drafts/c.txt", FLAWED)]);
    let path = folder.path();
    let mut watching = Watching::of(path, &["a.txt", "agreed/drafts"], None);
    let first = watching.report();
    assert!(first.contains("a.txt:2:13") && first.contains("agreed/drafts/c.txt:2:13"), "{first}");
    // A file is written, one comes, one is replaced, one goes.
    fs::write(path.join("a.txt"), MENDED_TOO).unwrap();
    watching.until(|report| !report.contains("a.txt") && report.contains("c.txt:2:13"));
    fs::create_dir(path.join("agreed/drafts/new")).unwrap();
    fs::write(path.join("agreed/drafts/new/b.md"), FLAWED).unwrap();
    watching.until(|report| report.contains("agreed/drafts/new/b.md:2:13"));
    fs::write(path.join("beside"), FLAWED).unwrap();
    fs::rename(path.join("beside"), path.join("a.txt")).unwrap();
    watching.until(|report| report.contains("a.txt:2:13"));
    fs::remove_file(path.join("agreed/drafts/c.txt")).unwrap();
    watching.until(|report| !report.contains("c.txt"));
    // So does what the folder has agreed on; a mistake in it is told, and the program goes on.
    fs::write(path.join("agreed/keiyaku.toml"), "ignor = 1").unwrap();
    watching.until(|report| report.contains("keiyaku.toml:1:1: "));
    fs::write(path.join("agreed/keiyaku.toml"), "ignore = [\"structure\", \"notation\"]").unwrap();
    watching.until(|report| !report.contains("b.md") && !report.contains("keiyaku.toml"));
    // What runs in the background may have been told to ignore SIGINT, and so would its children.
    assert!(Command::new("kill").args(["-TERM", &watching.child.id().to_string()]).status().unwrap().success());
    let ended = watching.child.wait().unwrap();
    assert_eq!(ended.signal(), Some(15), "{ended}");
}

#[test]
fn a_report_beside_the_contracts_is_no_change() {
    let folder = folder(&[("a.txt", FLAWED)]);
    let path = folder.path();
    let report = fs::File::create(path.join("report.txt")).unwrap();
    let watching = Watching::of(path, &["."], Some(report));
    watching.report();
    // Nothing else has changed, so nothing more is ever said.
    assert_eq!(watching.lines.recv_timeout(Duration::from_secs(1)), Err(RecvTimeoutError::Timeout));
    fs::write(path.join("a.txt"), MENDED_TOO).unwrap();
    watching.report();
}

#[test]
fn standard_input_cannot_be_watched() {
    let folder = folder(&[("a.txt", FLAWED)]);
    refused(&keiyaku(folder.path(), &["check", "--watch", "-"]), &["標準入力の変更は監視できません"]);
}
