//! Messages as bytes: `Content-Length: 52\r\n\r\n{…}`. What is malformed is answered and passed over; reading goes on at the next header.

use std::io::{self, BufRead, Read, Write};

use lsp_server::{ErrorCode, Message, RequestId, Response};
use serde_json::{Value, json};

/// What came in.
#[derive(Debug)]
pub enum Incoming {
    /// A message.
    Message(Message),
    /// Something that is none, with the id it bears, if any, and what is wrong with it.
    Malformed(Option<RequestId>, ErrorCode, String),
}

/// Longer bodies are not believed.
const LONGEST_BODY: u64 = 1 << 30;
/// Longer header lines are read in parts.
const LONGEST_LINE: u64 = 1 << 16;
const LENGTH: &str = "content-length:";

/// Reads up to the end of the next message; `None` at the end of the input.
///
/// # Errors
/// When the input cannot be read.
pub fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line).trim().to_ascii_lowercase();
        // After a body of the wrong length, the next header stands on the rest of its line.
        if let Some(at) = line.rfind(LENGTH) {
            length = line[at + LENGTH.len()..].trim().parse::<u64>().ok().filter(|length| *length <= LONGEST_BODY);
            if length.is_none() {
                let message = format!("Content-Length is no number of bytes: {}", &line[at..]);
                return Ok(Some(Incoming::Malformed(None, ErrorCode::ParseError, message)));
            }
        } else if let (true, Some(length)) = (line.is_empty(), length) {
            let mut body = Vec::new();
            // Memory grows with what is there, not with what is promised.
            input.by_ref().take(length).read_to_end(&mut body)?;
            return Ok(Some(message(&body)));
        }
    }
}

fn message(body: &[u8]) -> Incoming {
    match serde_json::from_slice::<Message>(body) {
        Ok(message) => Incoming::Message(message),
        Err(_) => match serde_json::from_slice::<Value>(body) {
            Ok(value) => {
                let id = value.get("id").and_then(|id| serde_json::from_value(id.clone()).ok());
                Incoming::Malformed(id, ErrorCode::InvalidRequest, "neither request, notification nor response".into())
            }
            Err(error) => Incoming::Malformed(None, ErrorCode::ParseError, error.to_string()),
        },
    }
}

/// Writes a message.
///
/// # Errors
/// When the output cannot be written.
pub fn write(output: &mut impl Write, message: impl Into<Message>) -> io::Result<()> {
    let message: Message = message.into();
    message.write(output)
}

/// Answers something that is no message.
///
/// # Errors
/// When the output cannot be written.
pub fn refuse(output: &mut impl Write, id: Option<RequestId>, code: ErrorCode, message: String) -> io::Result<()> {
    if let Some(id) = id {
        return write(output, Response::new_err(id, code as i32, message));
    }
    let body =
        json!({ "jsonrpc": "2.0", "id": null, "error": { "code": code as i32, "message": message } }).to_string();
    write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn methods(mut input: &[u8]) -> Vec<String> {
        let mut out = Vec::new();
        while let Some(incoming) = read(&mut input).unwrap() {
            out.push(match incoming {
                Incoming::Message(Message::Request(request)) => request.method,
                Incoming::Message(Message::Notification(notification)) => notification.method,
                Incoming::Message(Message::Response(_)) => "response".into(),
                Incoming::Malformed(..) => "malformed".into(),
            });
        }
        out
    }

    fn frame(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn reading_goes_on_after_what_is_malformed() {
        let good = frame(r#"{"jsonrpc":"2.0","method":"good"}"#);
        for bad in [
            frame("{"),
            frame("[]"),
            frame(r#"{"jsonrpc":"2.0","id":1}"#),
            frame("\"\\ud800\""),
            "Content-Length: many\r\n\r\n".to_string(),
            "Content-Length: 99999999999999\r\n\r\n".to_string(),
        ] {
            assert_eq!(methods(format!("{good}{bad}{good}").as_bytes()), ["good", "malformed", "good"], "{bad}");
        }
        let typed = format!("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n{good}");
        assert_eq!(methods(format!("\r\nnoise\r\n{typed}{good}").as_bytes()), ["good", "good"]);
        let wrong_length = "Content-Length: 3\r\n\r\n{\"jsonrpc\":\"2.0\"}";
        assert_eq!(methods(format!("{wrong_length}{good}").as_bytes()), ["malformed", "good"]);
        assert_eq!(methods(b"Content-Length: 50\r\n\r\n{"), ["malformed"]);
    }
}
