//! What is wrong with the arguments, in Japanese. clap knows it in English.

use std::error::Error as _;
use std::num::ParseIntError;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// A mistake in the arguments and its remedy; `None` for what is no mistake (help, the version) or has no words here.
pub fn japanese(error: &Error) -> Option<String> {
    let mistake = match error.kind() {
        ErrorKind::UnknownArgument => unknown(error, ContextKind::InvalidArg, ContextKind::SuggestedArg, "指定"),
        ErrorKind::InvalidSubcommand => {
            unknown(error, ContextKind::InvalidSubcommand, ContextKind::SuggestedSubcommand, "サブコマンド")
        }
        ErrorKind::InvalidValue => value(error)?,
        ErrorKind::ValueValidation => {
            let reason = error.source().map(|source| match source.downcast_ref::<ParseIntError>() {
                Some(_) => "0以上の整数で書いてください".to_string(),
                None => source.to_string(),
            });
            format!("{}: {}", context(error, ContextKind::InvalidArg).first()?, reason?)
        }
        ErrorKind::MissingRequiredArgument => {
            format!("{} を指定してください", context(error, ContextKind::InvalidArg).join("、"))
        }
        ErrorKind::ArgumentConflict => {
            let (argument, others) = (context(error, ContextKind::InvalidArg), context(error, ContextKind::PriorArg));
            match others.is_empty() || argument == others {
                true => format!("{} は一度だけ指定できます", argument.join("、")),
                false => format!("{} は {} と同時に指定できません", argument.join("、"), others.join("、")),
            }
        }
        ErrorKind::TooManyValues => format!("「{}」は余分です", context(error, ContextKind::InvalidValue).first()?),
        ErrorKind::InvalidUtf8 => "文字として読めない引数があります".into(),
        _ => return None,
    };
    Some(format!("{mistake}\n使い方は --help で表示できます"))
}

/// 「「--selct」という指定はありません（もしかして: --select）」
fn unknown(error: &Error, name: ContextKind, nearest: ContextKind, what: &str) -> String {
    // clap names the most similar last.
    let names: Vec<String> = context(error, nearest).into_iter().rev().collect();
    let hint = if names.is_empty() { String::new() } else { format!("（もしかして: {}）", names.join(", ")) };
    format!("「{}」という{what}はありません{hint}", context(error, name).join(" "))
}

/// A value that is none of those that can be, or is not there at all.
fn value(error: &Error) -> Option<String> {
    let argument = context(error, ContextKind::InvalidArg).join("、");
    let possible = context(error, ContextKind::ValidValue);
    let choice = if possible.is_empty() { String::new() } else { format!("（{}）", possible.join(", ")) };
    let nearest = context(error, ContextKind::SuggestedValue);
    Some(match (&context(error, ContextKind::InvalidValue).first()?[..], &nearest[..]) {
        ("", _) => format!("{argument} の値を書いてください{choice}"),
        (value, []) => format!("{argument} に「{value}」とは書けません{choice}"),
        (value, names) => format!("{argument} に「{value}」とは書けません（もしかして: {}）", names.join(", ")),
    })
}

/// What clap says of one side of a mistake.
fn context(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(all)) => all.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn mistakes_are_told_in_japanese() {
        let told = |line: &str| {
            let command = super::super::Arguments::command();
            let message = japanese(&command.try_get_matches_from(line.split(' ')).unwrap_err()).unwrap();
            message.lines().next().unwrap().to_string()
        };
        assert_eq!(told("keiyaku check --selct x"), "「--selct」という指定はありません（もしかして: --select）");
        assert_eq!(told("keiyaku chec"), "「chec」というサブコマンドはありません（もしかして: check, schema）");
        assert_eq!(told("keiyaku schema --inspect --config"), "--inspect は --config と同時に指定できません");
        assert_eq!(told("keiyaku schema --config --config"), "--config は一度だけ指定できます");
        assert_eq!(told("keiyaku explain"), "<RULE> を指定してください");
        assert_eq!(told("keiyaku allow abc"), "--reason <REASON> を指定してください");
        assert_eq!(
            told("keiyaku check --fail-on"),
            "--fail-on <FAIL_ON> の値を書いてください（error, warning, info, never）"
        );
        assert_eq!(told("keiyaku check --format jsn"), "--format <FORMAT> に「jsn」とは書けません（もしかして: json）");
        assert_eq!(told("keiyaku check --max-per-rule x"), "--max-per-rule <COUNT>: 0以上の整数で書いてください");
        assert!(
            told("keiyaku check --as-of 2026-13-01").starts_with("--as-of <DATE>: 「2026-13-01」は日付ではありません")
        );
        assert!(told("keiyaku explain a b").contains("「b」"));
    }
}
