//! `keiyaku init`

use std::fmt::Write;
use std::io;
use std::path::Path;

use clap::Args;
use serde_json::Value;

use super::output::{self, tell};
use super::{CLEAN, FAILURE, file, reason};
use crate::Rulebook;
use crate::config::{FILE_NAME, schema};

/// Where to write.
#[derive(Args)]
pub struct Arguments {
    /// ファイルを作らず、標準出力に書く
    #[arg(long)]
    stdout: bool,
}

/// Writes a configuration file in which everything is explained and nothing is set.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let text = template(&schema::schema(Rulebook::builtin()));
    if arguments.stdout {
        return output::print(&text).map(|()| CLEAN);
    }
    match file::create(Path::new(FILE_NAME), text.as_bytes()) {
        Ok(()) => {
            tell(&format!("{FILE_NAME} を作りました。使う行の先頭の「# 」を外してください"));
            Ok(CLEAN)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            tell(&format!("{FILE_NAME} は既にあります（書き換えません）"));
            Ok(FAILURE)
        }
        Err(error) => {
            tell(&format!("{FILE_NAME}: {}", reason::writing(&error)));
            Ok(FAILURE)
        }
    }
}

/// Every key with what it does, taken from the schema: single values first, tables below them.
fn template(schema: &Value) -> String {
    let mut out = String::from(
        "# keiyaku の設定。使う行の先頭の「# 」を外してください。\n# 規則の一覧は keiyaku rules、書ける項目の全ては keiyaku schema --config で表示できます。\n",
    );
    let properties = schema["properties"].as_object().into_iter().flatten();
    let (tables, values): (Vec<_>, Vec<_>) =
        properties.partition(|(_, property)| example(property).is_object() || holds_tables(property));
    for (name, property) in values {
        let _ = writeln!(out, "\n# {}\n# {name} = {}", about(property), inline(&example(property)));
    }
    for (name, property) in tables {
        let (open, close) = if holds_tables(property) { ("[[", "]]") } else { ("[", "]") };
        let _ = writeln!(out, "\n# {}\n# {open}{name}{close}", about(property));
        let example = example(property);
        for (key, value) in
            example.as_array().and_then(|list| list.first()).unwrap_or(&example).as_object().into_iter().flatten()
        {
            let _ = writeln!(out, "# {key} = {}", inline(value));
        }
    }
    out
}

fn about(property: &Value) -> &str {
    property["description"].as_str().unwrap_or_default()
}

fn example(property: &Value) -> Value {
    property["examples"][0].clone()
}

fn holds_tables(property: &Value) -> bool {
    example(property)[0].is_object()
}

/// A value as TOML writes it on one line.
fn inline(value: &Value) -> String {
    toml::Value::try_from(value).map(|value| value.to_string()).unwrap_or_default()
}
