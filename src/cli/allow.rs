//! `keiyaku allow`

use std::io;
use std::path::PathBuf;

use clap::Args;

use super::check::Choice;
use super::input::Input;
use super::output::tell;
use super::{CLEAN, FAILURE, file as files, reason};
use crate::allow::Allow;
use crate::{Analysis, Contract, Date, check_analysed};

/// What to accept, and why.
#[derive(Args)]
pub struct Arguments {
    /// 受け入れる指摘の指紋（check --format short --fingerprints で表示されるもの。先頭の8文字以上）
    #[arg(value_name = "FINGERPRINT")]
    fingerprint: String,
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    choice: Choice,
    /// 受け入れる理由
    #[arg(long)]
    reason: String,
    /// 受け入れた人
    #[arg(long)]
    author: Option<String>,
    /// 期限（2027-03-31 の形。この日まで有効）
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
}

/// Writes a waiver for a finding into the configuration.
///
/// # Errors
/// Never: what goes wrong is told.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let (rule, file) = match write(arguments) {
        Ok(written) => written,
        Err(message) => {
            tell(&message);
            return Ok(FAILURE);
        }
    };
    tell(&format!("{} に {rule} の許容を書き込みました", file.display()));
    Ok(CLEAN)
}

fn write(arguments: &Arguments) -> Result<(String, PathBuf), String> {
    let first = arguments.input.open()?;
    arguments.choice.verify(first.rulebook())?;
    let print = arguments.fingerprint.as_str();
    if print.len() < 8 || arguments.reason.trim().is_empty() {
        return Err("指紋の先頭の8文字以上と、理由（--reason）を書いてください".into());
    }
    let (found, complete) = arguments.input.read_each(|mut document| {
        let contract = Contract::parse(document.take_text());
        let settings = arguments.choice.settings(&document.project, &document.place);
        let analysis = Analysis::under(&contract, document.project.rulebook(), &settings);
        let findings = check_analysed(&analysis, &settings);
        let marked = findings.into_iter().filter(|finding| finding.fingerprint.starts_with(print));
        let allows: Vec<Allow> = marked
            .map(|finding| Allow {
                author: arguments.author.clone(),
                until: arguments.until,
                ..Allow::of(&analysis, &finding, arguments.reason.trim())
            })
            .collect();
        Ok((document, allows))
    });
    let mut found: Vec<_> = found
        .into_iter()
        .flat_map(|(document, allows)| allows.into_iter().map(move |a| (document.location(), a)))
        .collect();
    let (location, mut allow) = match (found.pop(), found.is_empty()) {
        (Some(only), true) => only,
        (Some(_), false) => {
            return Err(format!("「{print}」に当たる指摘が{}件あります。ファイルを指定してください", found.len() + 1));
        }
        (None, _) if !complete => return Err("読み込めないファイルがあるため、指摘を探せません".into()),
        (None, _) => {
            return Err(format!(
                "「{print}」に当たる指摘がありません。check --format short --fingerprints で確かめてください"
            ));
        }
    };
    let (file, place) = location.ok_or("標準入力の指摘は許容できません。ファイルを指定してください")?;
    allow.file = place;
    let before = if file.is_file() {
        files::read_text(&file).map_err(|error| format!("{}: {}", file.display(), reason::reading(&error)))?
    } else {
        String::new()
    };
    let added = allow.appended_to(&before).ok_or_else(|| {
        format!("{}: allow を書き足せません。allow = [ ] で書いている許容を [[allow]] に直してください", file.display())
    })?;
    files::write(&file, (before + &added).as_bytes())
        .map_err(|error| format!("{}: {}", file.display(), reason::writing(&error)))?;
    Ok((allow.rule, file))
}
