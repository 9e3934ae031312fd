//! The language server answers every request once, whatever it is sent, and goes on.

use std::io::Cursor;

use keiyaku::lsp as server;
use serde_json::{Value, json};

use super::{Dice, text_and_dice};

/// Questions about a place in a document.
const ASKED: [&str; 12] = [
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/range",
    "textDocument/inlayHint",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/codeAction",
];
const URI: &str = "file:///a.txt";

/// Bytes that an editor sends, where they begin with a header; messages a line each, where they begin with a brace; a draft that is opened,
/// asked about and changed, otherwise.
pub fn lsp(bytes: &[u8]) {
    if bytes.starts_with(b"Content-Length") {
        serve(bytes.to_vec());
    } else if bytes.starts_with(b"{") {
        let messages = bytes.split(|byte| *byte == b'\n');
        serve(messages.flat_map(framed).collect());
    } else {
        let (text, mut dice) = text_and_dice(bytes);
        session(&text, &mut dice);
    }
}

/// A session about one draft. Every request is answered, and none by a mistake of the server.
fn session(text: &str, dice: &mut Dice) {
    let encodings = if dice.roll(2) == 0 { json!(["utf-16"]) } else { json!(["utf-8"]) };
    let mut messages = vec![
        json!({ "id": 0, "method": "initialize", "params": { "capabilities": {
            "general": { "positionEncodings": encodings },
            "textDocument": { "publishDiagnostics": { "relatedInformation": true, "tagSupport": { "valueSet": [1] } } } } } }),
        json!({ "method": "textDocument/didOpen", "params": { "textDocument": {
            "uri": URI, "languageId": "plaintext", "version": 1, "text": text } } }),
    ];
    let lines = text.lines().count() + 2;
    let place = |dice: &mut Dice| json!({ "line": (dice.roll(256) * 256 + dice.roll(256)) % lines, "character": dice.roll(120) });
    let rounds = dice.0.len().min(200) / 8 + 1;
    let mut asked = 1;
    for round in 0..rounds {
        let (start, end) = (place(dice), place(dice));
        let range = json!({ "start": start, "end": end });
        let inserted = ["", "\n", "第9条", "（", "1. ", "𠮷", "甲は、", "\r"][dice.roll(8)];
        if dice.roll(3) == 0 {
            messages.push(json!({ "method": "textDocument/didChange", "params": {
                "textDocument": { "uri": URI, "version": round + 2 },
                "contentChanges": [{ "range": range, "text": inserted }] } }));
        }
        messages.push(json!({ "id": asked, "method": ASKED[dice.roll(ASKED.len())], "params": {
            "textDocument": { "uri": URI }, "position": start, "range": range, "newName": inserted,
            "context": { "diagnostics": [], "includeDeclaration": true } } }));
        asked += 1;
    }
    messages.push(json!({ "id": asked, "method": "shutdown" }));
    messages.push(json!({ "method": "exit" }));
    let answers = serve(messages.iter().flat_map(|message| framed(message.to_string().as_bytes())).collect());
    let ids: Vec<u64> = answers.iter().filter_map(|answer| answer["id"].as_u64()).collect();
    assert_eq!(ids, (0..=asked as u64).collect::<Vec<u64>>(), "every request is answered once, in order");
    for answer in answers {
        assert_ne!(answer["error"]["code"], -32602, "what was asked is understood: {answer}");
    }
}

fn framed(body: &[u8]) -> Vec<u8> {
    [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

/// What the server answers. None of it is its own mistake.
fn serve(input: Vec<u8>) -> Vec<Value> {
    let mut output = Vec::new();
    server::serve(Cursor::new(input), &mut output, ()).expect("a vector takes everything");
    let mut answers = Vec::new();
    let mut rest = output.as_slice();
    while !rest.is_empty() {
        let head = rest.windows(4).position(|four| four == b"\r\n\r\n").expect("a header ends");
        let header = std::str::from_utf8(&rest[..head]).expect("a header is ASCII");
        let length: usize = header.strip_prefix("Content-Length: ").and_then(|n| n.parse().ok()).expect("a length");
        let (body, behind) = rest[head + 4..].split_at(length);
        answers.push(serde_json::from_slice::<Value>(body).expect("an answer is JSON"));
        rest = behind;
    }
    assert!(answers.iter().all(|answer| answer["error"]["code"] != -32603), "{answers:?}");
    answers
}
