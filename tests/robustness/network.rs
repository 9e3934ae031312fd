//! The program asks for no network: the system kills it if it does, and everything still works.

use std::collections::BTreeMap;
use std::fs;

use seccompiler::{SeccompAction, SeccompFilter, TargetArch, apply_filter};

use super::*;

/// The calls by which a program reaches another: `socket` and `io_uring_setup`, by their numbers on each architecture.
#[cfg(target_arch = "x86_64")]
const CALLS: [i64; 3] = [41, 53, 425];
#[cfg(target_arch = "aarch64")]
const CALLS: [i64; 3] = [198, 199, 425];

/// From here on this thread, and every program it starts, dies when it makes one of these calls.
fn take_the_network_away() {
    let arch: TargetArch = std::env::consts::ARCH.try_into().unwrap();
    let rules: BTreeMap<i64, Vec<_>> = CALLS.into_iter().map(|call| (call, Vec::new())).collect();
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, SeccompAction::KillProcess, arch).unwrap();
    let program: seccompiler::BpfProgram = filter.try_into().unwrap();
    apply_filter(&program).unwrap();
}

#[test]
fn everything_works_where_a_socket_is_death() {
    let folder = folder(&[("a.txt", FLAWED), ("b.txt", "第1条（目的）\n売買する。\n第3条（代金）\n支払う。\n")]);
    let examples = fs::canonicalize(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/playbook")).unwrap();
    let examples = examples.to_str().unwrap();
    take_the_network_away();
    // The filter works: this is what asking for the network comes to.
    let asked =
        Command::new("bash").args(["-c", "exec 3<>/dev/tcp/127.0.0.1/9"]).stderr(Stdio::null()).status().unwrap();
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&asked), Some(31), "{asked}");
    for format in ["human", "short", "json", "html", "ndjson", "sarif", "github", "gitlab", "rdjson", "junit"] {
        assert_eq!(status(&keiyaku(folder.path(), &["check", "--format", format, "."])), 1, "{format}");
    }
    let commands: [&[&str]; 9] = [
        &["inspect", "--format", "json", "."],
        &["explain", "empty-item"],
        &["rules"],
        &["rules", "--check", examples],
        &["schema"],
        &["init"],
        &["baseline", "."],
        &["renumber", "b.txt"],
        &["fix", "."],
    ];
    for arguments in commands {
        let output = keiyaku(folder.path(), arguments);
        assert_eq!(status(&output), 0, "{arguments:?}: {}", stderr(&output));
    }
    let initialize = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"capabilities\":{}}}";
    let message = format!("Content-Length: {}\r\n\r\n{initialize}", initialize.len());
    let output = with_stdin(folder.path(), &["lsp"], message.as_bytes());
    assert!(stdout(&output).contains("capabilities"), "{}", stderr(&output));
}
