//! A client of the server, and what editors count.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

pub const URI: &str = "file:///%E5%A5%91%E7%B4%84/draft.txt";

/// An editor's side of the conversation, with one document.
pub struct Client {
    pub server: Child,
    pub input: ChildStdin,
    pub output: BufReader<ChildStdout>,
    next: i32,
    pub uri: String,
    /// Messages that came while an answer was awaited.
    pub waiting: VecDeque<Value>,
}

impl Client {
    pub fn start() -> Client {
        let mut server = Command::new(env!("CARGO_BIN_EXE_keiyaku"))
            .args(["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = server.stdin.take().unwrap();
        let output = BufReader::new(server.stdout.take().unwrap());
        Client { server, input, output, next: 0, uri: URI.into(), waiting: VecDeque::new() }
    }

    /// A client that has introduced itself and has opened a document.
    pub fn with(capabilities: Value, text: &str) -> Client {
        let mut client = Client::start();
        client.request("initialize", json!({ "processId": null, "rootUri": null, "capabilities": capabilities }));
        client.notify("initialized", json!({}));
        client.open(text);
        client
    }

    pub fn send(&mut self, message: &Value) {
        self.send_bytes(message.to_string().as_bytes());
    }

    pub fn send_bytes(&mut self, body: &[u8]) {
        write!(self.input, "Content-Length: {}\r\n\r\n", body.len()).unwrap();
        self.input.write_all(body).unwrap();
        self.input.flush().unwrap();
    }

    pub fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "the server has gone");
            match line.trim().strip_prefix("Content-Length: ") {
                Some(number) => length = number.parse().unwrap(),
                None if line.trim().is_empty() => break,
                None => panic!("{line}"),
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The whole response to a request.
    pub fn respond(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.receive();
            if message["id"] == id {
                return message;
            }
            self.waiting.push_back(message);
        }
    }

    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let response = self.respond(method, params);
        assert!(response["error"].is_null(), "{response}");
        response["result"].clone()
    }

    /// A request about the open document.
    pub fn ask(&mut self, method: &str, mut params: Value) -> Value {
        params["textDocument"] = json!({ "uri": self.uri });
        self.request(method, params)
    }

    pub fn open(&mut self, text: &str) {
        let document = json!({ "uri": self.uri, "languageId": "plaintext", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub fn change(&mut self, version: i32, changes: Value) {
        let document = json!({ "uri": self.uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// The next diagnostics published.
    pub fn diagnostics(&mut self) -> Vec<Value> {
        let message = self.waiting.pop_front().unwrap_or_else(|| self.receive());
        assert_eq!(message["method"], "textDocument/publishDiagnostics", "{message}");
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    pub fn end(mut self) -> i32 {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.server.wait().unwrap().code().unwrap()
    }
}

pub fn utf8() -> Value {
    json!({ "general": { "positionEncodings": ["utf-16", "utf-8"] } })
}

pub fn rich() -> Value {
    json!({ "textDocument": {
        "publishDiagnostics": { "relatedInformation": true, "tagSupport": { "valueSet": [1, 2] }, "codeDescriptionSupport": true },
        "hover": { "contentFormat": ["markdown", "plaintext"] },
    }, "workspace": { "workspaceEdit": { "documentChanges": true } } })
}

/// The place of the n-th occurrence (from 0) of a text, in UTF-16 columns.
pub fn place(text: &str, wanted: &str, n: usize) -> Value {
    let byte = text.match_indices(wanted).nth(n).unwrap().0;
    let line = text[..byte].matches('\n').count();
    let start = text[..byte].rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": line, "character": text[start..byte].encode_utf16().count() })
}

pub fn at(text: &str, wanted: &str, n: usize) -> Value {
    json!({ "position": place(text, wanted, n) })
}

/// The text of a range in UTF-16 columns.
pub fn words<'a>(text: &'a str, range: &Value) -> &'a str {
    let offset = |position: &Value| {
        let line = position["line"].as_u64().unwrap() as usize;
        let start = text.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
        let mut left = position["character"].as_u64().unwrap() as usize;
        let inside = text[start..].chars().take_while(|c| {
            let inside = left > 0;
            left = left.saturating_sub(c.len_utf16());
            inside
        });
        start + inside.map(char::len_utf8).sum::<usize>()
    };
    &text[offset(&range["start"])..offset(&range["end"])]
}

pub fn rules(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|diagnostic| diagnostic["code"].as_str().unwrap()).collect()
}
