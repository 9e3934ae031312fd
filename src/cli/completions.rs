//! `keiyaku completions` and `keiyaku man`

use std::io;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::language::Language;
use super::output::{self, tell};
use super::{CLEAN, FAILURE};

/// For which shell.
#[derive(Args)]
pub struct Arguments {
    /// シェル
    #[arg(value_enum)]
    shell: Shell,
}

/// Of which command.
#[derive(Args)]
pub struct ManArguments {
    /// サブコマンド（指定しなければ keiyaku 全体）
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

/// Prints a script that completes commands, flags and values.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(arguments: &Arguments, language: Language) -> io::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut language.speak(super::Arguments::command()), "keiyaku", &mut script);
    output::print(&String::from_utf8_lossy(&script)).map(|()| CLEAN)
}

/// Prints a page for `man`.
///
/// # Errors
/// When standard output cannot be written.
pub fn man(arguments: &ManArguments, language: Language) -> io::Result<u8> {
    let mut command = language.speak(super::Arguments::command());
    command.build();
    if let Some(name) = &arguments.command {
        let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_string()).collect();
        match command.find_subcommand(name) {
            Some(found) => command = found.clone(),
            None => {
                let nearest = crate::spelling::nearest(name, names.iter().map(String::as_str));
                let hint = nearest.map_or_else(String::new, |nearest| format!("（もしかして: {nearest}）"));
                tell(&format!("「{name}」というサブコマンドはありません{hint}"));
                return Ok(FAILURE);
            }
        }
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    output::print(&set(&String::from_utf8_lossy(&page), language)).map(|()| CLEAN)
}

/// A page whose values stand a line each, whose examples keep their lines, and whose lines are not stretched.
fn set(page: &str, language: Language) -> String {
    let notes = match language {
        Language::Ja => "補足",
        Language::En => "NOTES",
    };
    let line = |line: &str| match line {
        ".SH NAME" => ".ad l\n.SH NAME\n".to_string(),
        ".SH EXTRA" => format!(".SH {notes}\n.nf\n"),
        value if value.starts_with("\\- ") => format!(".br\n{value}\n"),
        other => format!("{other}\n"),
    };
    page.lines().map(line).collect()
}
