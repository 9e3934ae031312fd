//! `keiyaku check --stdin ndjson`: contracts as lines of JSON, for engines that run a program over many records.
//!
//! `{"id", "text" | "base64", "facts"}` a line in, a line out in the same order: `{"id", "version", "diagnostics", "summary"}`, or
//! `{"id", "error"}` for a line that could not be answered. Memory stays bounded, and the exit status is 0 whatever is found.

use std::io::{self, BufRead, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, sync_channel};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::input::{Content, Input};
use crate::facts::Facts;
use crate::report::json::{self, Diagnostic, VERSION};
use crate::report::{Checked, MOST, Omitted, Summary};
use crate::source::{Decoded, Encoding};
use crate::{Contract, Rulebook, Settings, check, config};

/// Lines that wait to be answered, and lines that are answered at a time.
const BATCH: usize = 64;
/// Bytes of the longest line that is read.
const LONGEST: u64 = 256 << 20;

#[derive(Deserialize)]
struct Record {
    id: Value,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    base64: Option<String>,
    #[serde(default)]
    facts: Facts,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a Value,
    version: u32,
    diagnostics: Vec<Diagnostic<'a>>,
    #[serde(skip_serializing_if = "<[Omitted]>::is_empty")]
    omitted: &'a [Omitted],
    summary: Summary,
}

#[derive(Serialize)]
struct Refusal<'a> {
    id: &'a Value,
    error: &'a str,
}

/// Answers every line of standard input. A line is answered as soon as it and those before it are done, so a caller may write one and wait.
///
/// # Errors
/// When standard input cannot be read or standard output not be written.
pub fn run(input: &Input, rulebook: &Rulebook, settings: &Settings) -> io::Result<()> {
    let (sender, lines) = sync_channel::<io::Result<Vec<u8>>>(BATCH);
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        // The receiver is gone when the output could not be written: nobody reads any more.
        while let Some(line) = read_line(&mut input).transpose() {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    let mut out = io::stdout().lock();
    while let Some(batch) = batch(&lines) {
        let answers: Vec<String> = batch?.par_iter().map(|line| answer(line, input, rulebook, settings)).collect();
        for answer in answers {
            out.write_all(answer.as_bytes())?;
        }
        out.flush()?;
    }
    Ok(())
}

/// The lines that are there: at least one, and `None` at the end.
fn batch(lines: &Receiver<io::Result<Vec<u8>>>) -> Option<io::Result<Vec<Vec<u8>>>> {
    let first = lines.recv().ok()?;
    Some(std::iter::once(first).chain(lines.try_iter().take(BATCH - 1)).collect())
}

/// The next line without its end. Of a line that is too long, the beginning; the rest is passed over.
fn read_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if input.by_ref().take(LONGEST + 1).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.pop_if(|byte| *byte == b'\n').is_none() && line.len() as u64 > LONGEST {
        input.skip_until(b'\n')?;
    }
    Ok(Some(line))
}

fn answer(line: &[u8], input: &Input, rulebook: &Rulebook, settings: &Settings) -> String {
    let (id, result) = match serde_json::from_slice::<Record>(line) {
        _ if line.len() as u64 > LONGEST => (Value::Null, Err(format!("1行が{LONGEST}バイトを超えています"))),
        Err(error) => (id_of(line), Err(format!("JSONとして読めません（{error}）"))),
        Ok(mut record) => {
            let content = record.take_content(input);
            let facts = config::above(&record.facts, &settings.facts);
            let settings = Settings { facts, ..settings.clone() };
            let id = std::mem::take(&mut record.id);
            let work = || content.map(|content| findings(&id, content, rulebook, &settings));
            let result = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err("内部の誤りです".into()));
            (id, result)
        }
    };
    result.unwrap_or_else(|error| written(&Refusal { id: &id, error: &error }))
}

fn findings(id: &Value, mut content: Content, rulebook: &Rulebook, settings: &Settings) -> String {
    let contract = Contract::parse(content.take_text());
    let findings = check(&contract, rulebook, settings);
    let places = content.word_ranges(&findings);
    let checked = Checked::new("", json::Kind::default(), contract, findings).placed(places).listing(MOST);
    let diagnostics = Diagnostic::all(&checked).collect();
    written(&Answer { id, version: VERSION, diagnostics, omitted: &checked.omitted, summary: checked.counts })
}

fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("text and numbers can be written as JSON") + "\n"
}

/// The id of a line that is JSON, if not a record.
fn id_of(line: &[u8]) -> Value {
    serde_json::from_slice::<Value>(line)
        .ok()
        .and_then(|mut value| value.get_mut("id").map(Value::take))
        .unwrap_or_default()
}

impl Record {
    fn take_content(&mut self, input: &Input) -> Result<Content, String> {
        match (self.text.take(), self.base64.take()) {
            (Some(text), None) => {
                Ok(Content::Plain(Decoded { text, encoding: Encoding::Utf8, bom: false, doubtful: false }))
            }
            (None, Some(encoded)) => {
                let bytes = STANDARD.decode(encoded).map_err(|error| format!("base64として読めません（{error}）"))?;
                input.content(&self.id.to_string(), &bytes).map_err(|error| error.to_string())
            }
            _ => Err("text と base64 のどちらか一つを書いてください".into()),
        }
    }
}
