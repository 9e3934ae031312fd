//! What a folder has agreed on holds in an editor as on the command line.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::client::{Client, rules, words};
use super::folder::folder;

const CONTRACT: &str = "個別契約書\n第1条（目的）\n1. 甲は、本成果物を納入する。本成果物は、甲に帰属する。\n2. 甲は、検収する。。\n第2条（費用）\n1. 甲は、費用を支払う。\n2. \n";

fn uri(file: &Path) -> String {
    format!("file://{}", file.display())
}

/// A client that has opened a file of a folder.
fn opened(folder: &TempDir, name: &str) -> Client {
    let mut client = Client::start();
    client.uri = uri(&folder.path().join(name));
    client.request(
        "initialize",
        json!({ "capabilities": { "workspace": {
        "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] },
        "didChangeWatchedFiles": { "dynamicRegistration": true },
    } } }),
    );
    client.notify("initialized", json!({}));
    let asked = client.receive();
    assert_eq!(asked["method"], "client/registerCapability", "{asked}");
    let watched = asked["params"]["registrations"][0]["registerOptions"]["watchers"].to_string();
    assert!(watched.contains("**/keiyaku.toml"), "{watched}");
    client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null }));
    client.open(&fs::read_to_string(folder.path().join(name)).unwrap());
    client
}

/// Rules, severities (1 for an error) and messages as the command line reports them.
fn on_the_command_line(folder: &TempDir, name: &str) -> Vec<(String, i64)> {
    let output = Command::new(env!("CARGO_BIN_EXE_keiyaku"))
        .current_dir(folder.path())
        .args(["check", "--format", "json", name])
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let severity = |name: &str| ["", "error", "warning", "info"].iter().position(|of| *of == name).unwrap() as i64;
    let finding =
        |found: &Value| (found["rule"].as_str().unwrap().into(), severity(found["severity"].as_str().unwrap()));
    report["files"][0]["diagnostics"].as_array().unwrap().iter().map(finding).collect()
}

fn in_the_editor(found: &[Value]) -> Vec<(String, i64)> {
    found.iter().map(|found| (found["code"].as_str().unwrap().into(), found["severity"].as_i64().unwrap())).collect()
}

fn changed(client: &mut Client, file: &Path) {
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri(file), "type": 2 }] }));
}

#[test]
fn the_configuration_holds_as_on_the_command_line() {
    let page = fs::read_to_string("examples/playbook/no-vague-effort.md").unwrap();
    let longer = CONTRACT.to_string() + "第3条（努力）\n甲は、可能な限り努力する。\n";
    let folder = folder(&[
        ("a/b/draft.md", longer.as_str()),
        ("a/b/other.md", CONTRACT),
        ("基本契約.md", "第1条（定義）\n本契約において「本成果物」とは、成果をいう。\n"),
        ("pages/no-vague-effort.md", page.as_str()),
        (
            "keiyaku.toml",
            "terms-from = [\"基本契約.md\"]\nplaybook = [\"pages\"]\n[rules]\nempty-item = \"info\"\n[[overrides]]\npaths = [\"other.md\"]\nignore = [\"notation\"]\n",
        ),
    ]);
    for name in ["a/b/draft.md", "a/b/other.md"] {
        let mut client = opened(&folder, name);
        let found = client.diagnostics();
        assert_eq!(in_the_editor(&found), on_the_command_line(&folder, name), "{name}");
        assert!(in_the_editor(&found).contains(&("empty-item".into(), 3)), "{name}: {found:?}");
        assert_eq!(rules(&found).contains(&"doubled-punctuation"), name == "a/b/draft.md");
        assert!(!rules(&found).contains(&"undefined-term"), "{found:?}");
        client.end();
    }
}

#[test]
fn a_changed_configuration_holds_at_once() {
    let folder = folder(&[("draft.txt", CONTRACT), ("keiyaku.toml", "")]);
    let configuration = folder.path().join("keiyaku.toml");
    let mut client = opened(&folder, "draft.txt");
    assert!(rules(&client.diagnostics()).contains(&"doubled-punctuation"));
    fs::write(&configuration, "ignore = [\"notation\"]").unwrap();
    changed(&mut client, &configuration);
    assert!(!rules(&client.diagnostics()).contains(&"doubled-punctuation"));

    // A mistake is told, with its place, and what held before holds on.
    fs::write(&configuration, "ignor = [\"notation\"]").unwrap();
    changed(&mut client, &configuration);
    let told = client.receive();
    assert_eq!(told["method"], "window/showMessage", "{told}");
    assert!(told["params"]["message"].as_str().unwrap().contains("keiyaku.toml:1:1: "), "{told}");
    assert!(!rules(&client.diagnostics()).contains(&"doubled-punctuation"));

    // Where nobody watches files, saving does.
    fs::write(&configuration, "baseline = \"keiyaku-baseline.json\"").unwrap();
    let known = Command::new(env!("CARGO_BIN_EXE_keiyaku")).current_dir(folder.path()).args(["baseline", "."]).output();
    assert!(known.unwrap().status.success());
    let uri = client.uri.clone();
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(client.diagnostics(), Vec::<Value>::new(), "all is in the baseline");
    client.end();
}

/// The actions for the whole of a text whose titles hold some words.
fn actions(client: &mut Client, text: &str, title: &str) -> Vec<Value> {
    let whole =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": text.lines().count(), "character": 0 } });
    let context = json!({ "diagnostics": [], "only": ["quickfix"] });
    let offered = client.ask("textDocument/codeAction", json!({ "range": whole, "context": context }));
    let named = |action: &&Value| action["title"].as_str().unwrap().contains(title);
    offered.as_array().unwrap().iter().filter(named).cloned().collect()
}

#[test]
fn a_waiver_is_written_into_the_configuration() {
    let folder = folder(&[("draft.txt", CONTRACT)]);
    let configuration = folder.path().join("keiyaku.toml");
    let mut client = opened(&folder, "draft.txt");
    assert!(rules(&client.diagnostics()).contains(&"empty-item"));
    let offered = actions(&mut client, CONTRACT, "「empty-item」の指摘をkeiyaku.tomlで許容する");
    let [action] = &offered[..] else { panic!("{offered:?}") };
    let [create, change] = &action["edit"]["documentChanges"].as_array().unwrap()[..] else { panic!("{action}") };
    assert_eq!((&create["kind"], &create["uri"]), (&json!("create"), &json!(uri(&configuration))));
    let entry = change["edits"][0]["newText"].as_str().unwrap();
    assert!(
        entry.starts_with("[[allow]]\nfile = \"draft.txt\"\nrule = \"empty-item\"\nat = \"第2条第2項\"\n"),
        "{entry}"
    );

    // Without a reason it is refused; with one it waives, until the clause changes.
    fs::write(&configuration, entry).unwrap();
    changed(&mut client, &configuration);
    assert_eq!(client.receive()["method"], "window/showMessage");
    assert!(rules(&client.diagnostics()).contains(&"empty-item"));
    fs::write(&configuration, entry.replace("reason = \"\"", "reason = \"別紙で定める\"")).unwrap();
    changed(&mut client, &configuration);
    let found = client.diagnostics();
    assert!(!rules(&found).contains(&"empty-item") && !rules(&found).iter().any(|rule| rule.ends_with("-allow")));

    // A second one goes to its end.
    let again = actions(&mut client, CONTRACT, "「doubled-punctuation」の指摘をkeiyaku.tomlで許容する");
    let edit = &again[0]["edit"]["documentChanges"][0]["edits"][0];
    let lines = fs::read_to_string(&configuration).unwrap().lines().count();
    assert_eq!(edit["range"]["start"], json!({ "line": lines, "character": 0 }));
    client.end();
}

#[test]
fn a_waiver_is_written_into_a_draft_in_markdown() {
    let folder = folder(&[("draft.md", CONTRACT)]);
    let mut client = opened(&folder, "draft.md");
    client.diagnostics();
    let offered = actions(&mut client, CONTRACT, "「doubled-punctuation」の指摘をコメントで許容する");
    let edit = &offered[0]["edit"]["documentChanges"][0]["edits"][0];
    assert_eq!((words(CONTRACT, &edit["range"]), &edit["range"]["start"]["line"]), ("", &json!(3)));
    let comment = edit["newText"].as_str().unwrap();
    let commented =
        |comment: &str, clause: &str| CONTRACT.replace("2. 甲は、検収する。。\n", &format!("{comment}2. {clause}\n"));
    let mut after = |version: i32, text: &str| {
        client.change(version, json!([{ "text": text }]));
        client.diagnostics()
    };
    let waived = comment.replace("reason = \"\"", "reason = \"原文のまま\"");
    assert!(rules(&after(2, &commented(comment, "甲は、検収する。。"))).contains(&"malformed-allow"));
    let found = after(3, &commented(&waived, "甲は、検収する。。"));
    assert!(
        !rules(&found).contains(&"doubled-punctuation") && !rules(&found).iter().any(|rule| rule.ends_with("-allow"))
    );
    let found = after(4, &commented(&waived, "乙は、検収する。。"));
    assert!(rules(&found).contains(&"doubled-punctuation") && rules(&found).contains(&"expired-allow"));
    client.end();
}
