//! The language of `--help`: Japanese as it stands beside the arguments, or English from the table here. What a report says is Japanese in
//! both, because the contract is; `keiyaku rules` gives rules an English title.

use std::ffi::OsString;

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, Command, ValueEnum};

/// A language of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// 日本語
    Ja,
    /// 英語
    En,
}

impl Language {
    /// The language that arguments ask for; it has to be known before they are read, because their help is written in it.
    pub fn asked(arguments: impl IntoIterator<Item = OsString>) -> Language {
        let mut before = OsString::new();
        for argument in arguments {
            if argument == "--lang=en" || before == "--lang" && argument == "en" {
                return Language::En;
            }
            before = argument;
        }
        Language::Ja
    }

    /// The command line in this language.
    pub fn speak(self, command: Command) -> Command {
        match self {
            Language::Ja => japanese(command),
            Language::En => english(command, ""),
        }
    }
}

/// How a help is laid out; clap's own has the heading of the usage in English.
const LAYOUT: &str = "{before-help}{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}";

/// What clap would write in English: headings, the two flags, the values that can be given and those that hold otherwise.
fn japanese(command: Command) -> Command {
    let root = command.get_subcommands().next().is_some();
    let mut command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .help_template(LAYOUT)
        .subcommand_help_heading("サブコマンド")
        .mut_args(|argument| {
            let heading = if argument.is_positional() { "対象" } else { "指定" };
            let argument = with_values(argument);
            if argument.get_help_heading().is_some() { argument } else { argument.help_heading(heading) }
        })
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help("説明を表示する")
                .help_heading("指定"),
        )
        .mut_subcommands(japanese);
    if root {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command.disable_version_flag(true).arg(version.help("版を表示する").help_heading("指定"));
    }
    command
}

/// An argument whose help says which values it takes, and which one holds where none is given.
fn with_values(argument: Arg) -> Arg {
    if !argument.get_action().takes_values() {
        return argument;
    }
    let line = |value: &PossibleValue| match value.get_help() {
        Some(help) => format!("\n- {}: {help}", value.get_name()),
        None => format!("\n- {}", value.get_name()),
    };
    let values: String = argument.get_possible_values().iter().map(line).collect();
    let default: Vec<_> = argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    let default =
        if default.is_empty() { String::new() } else { format!("（指定しなければ {}）", default.join(", ")) };
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let short = format!("{help}{default}");
    let long = format!("{short}{values}");
    argument.help(short).long_help(long).hide_possible_values(true).hide_default_value(true)
}

fn english(command: Command, above: &str) -> Command {
    let name = command.get_name().to_string();
    let mut command = command.mut_args(|argument| {
        let text = text(&format!("{name}.{}", argument.get_id())).or_else(|| text(argument.get_id().as_str()));
        let values: Vec<String> =
            argument.get_possible_values().iter().map(|value| value.get_name().to_string()).collect();
        let argument = if argument.get_help_heading().is_some() {
            argument.help_heading("Facts about the contract")
        } else {
            argument
        };
        match text {
            Some(text) if values.is_empty() || !argument.get_action().takes_values() => {
                argument.help(text).long_help(text)
            }
            Some(text) => {
                let text = format!("{text} [possible values: {}]", values.join(", "));
                argument.help(text.clone()).long_help(text).hide_possible_values(true)
            }
            None => argument,
        }
    });
    if let Some(about) = text(&format!("{above}{name}")) {
        command = command.about(about).long_about(about);
    }
    if let Some(examples) = text(&format!("{above}{name} examples")) {
        command = command.after_help(examples);
    }
    command.mut_subcommands(|sub| english(sub, "keiyaku "))
}

/// 「Empty item」: what a rule's id says.
pub fn title(id: &str) -> String {
    let words = id.replace('-', " ");
    words[..1].to_uppercase() + &words[1..]
}

/// The English for a command (`keiyaku check`) or an argument (`check.paths`, or `paths` wherever it stands).
fn text(name: &str) -> Option<&'static str> {
    ENGLISH.iter().find(|(key, _)| *key == name).map(|(_, text)| *text)
}

const ENGLISH: &[(&str, &str)] = &[
    ("keiyaku", "Reads the articles, paragraphs and items of Japanese contracts and reports what does not fit"),
    (
        "keiyaku examples",
        "Examples:\n  keiyaku check contract.txt        check one contract\n  keiyaku check contracts/          check all contracts of a folder\n  keiyaku fix --diff contract.md    see what can be mended\n  keiyaku review contract.docx -o reviewed.docx   findings as comments of Word\n  keiyaku explain empty-item        read the page of a rule\n\nExit status: 0 no findings, 1 findings, 2 an unreadable file or a wrong argument",
    ),
    ("keiyaku allow", "Accepts a finding with a reason (writes it to keiyaku.toml)"),
    ("keiyaku allow examples", "Example:\n  keiyaku allow 3f2a90c1 --reason \"as in the master agreement\" contracts/"),
    ("keiyaku baseline", "Records the findings there are, so that only new ones are reported"),
    (
        "keiyaku baseline examples",
        "Example:\n  keiyaku baseline contracts/ && keiyaku check --baseline keiyaku-baseline.json contracts/",
    ),
    ("keiyaku check", "Checks contracts and reports findings"),
    (
        "keiyaku check examples",
        "Examples:\n  keiyaku check --stage final contract.docx\n  keiyaku check --format sarif . > keiyaku.sarif\n  keiyaku check --select structure,reference --ignore 'item-*' .\n  keiyaku check --stdin ndjson < contracts.ndjson",
    ),
    ("keiyaku completions", "Prints a completion script for a shell"),
    (
        "keiyaku completions examples",
        "Examples:\n  keiyaku completions bash > ~/.local/share/bash-completion/completions/keiyaku\n  keiyaku completions zsh > ~/.zfunc/_keiyaku",
    ),
    ("keiyaku explain", "Prints the page of a rule"),
    (
        "keiyaku explain examples",
        "Examples:\n  keiyaku explain empty-item\n  keiyaku explain notation   list the rules of a family",
    ),
    ("keiyaku renumber", "Numbers articles, paragraphs and items anew, and every reference to them"),
    (
        "keiyaku renumber examples",
        "Examples:\n  keiyaku renumber --diff contract.md   see what would change\n  keiyaku renumber contract.md",
    ),
    ("keiyaku fix", "Mends what can be mended"),
    ("keiyaku fix examples", "Examples:\n  keiyaku fix --diff contract.md\n  keiyaku fix --select notation contracts/"),
    ("keiyaku init", "Writes a keiyaku.toml in which every setting is explained"),
    ("keiyaku init examples", "Examples:\n  keiyaku init\n  keiyaku init --stdout | less   read it without writing it"),
    ("keiyaku inspect", "Shows the articles, paragraphs and items as they were read"),
    (
        "keiyaku inspect examples",
        "Examples:\n  keiyaku inspect contract.docx\n  keiyaku inspect --format table contracts/   a table of kinds and clauses",
    ),
    ("keiyaku lsp", "Serves an editor (Language Server Protocol)"),
    ("keiyaku lsp examples", "Example:\n  keiyaku lsp   is started by an editor (docs/editors.md)"),
    ("keiyaku man", "Prints a page for man (keiyaku man | man -l -)"),
    ("keiyaku man examples", "Examples:\n  keiyaku man | man -l -\n  keiyaku man check --lang en | man -l -"),
    ("keiyaku review", "Writes findings into a Word document as comments"),
    (
        "keiyaku review examples",
        "Examples:\n  keiyaku review contract.docx -o reviewed.docx\n  keiyaku review --fix tracked contract.docx -o reviewed.docx   safe fixes as tracked changes",
    ),
    ("keiyaku rules", "Lists the rules"),
    (
        "keiyaku rules examples",
        "Examples:\n  keiyaku rules --lang en\n  keiyaku rules --check playbook/   read the rules of an organisation and run their examples",
    ),
    ("keiyaku schema", "Prints the JSON Schema of an output or of the configuration"),
    (
        "keiyaku schema examples",
        "Examples:\n  keiyaku schema > check.schema.json\n  keiyaku schema --config > keiyaku.schema.json   for an editor that writes keiyaku.toml",
    ),
    ("as_of", "Check by the law and the deadlines of this day [default: today]"),
    ("author", "Who accepts it"),
    ("baseline", "Report only findings that this file (written by keiyaku baseline) does not know"),
    ("command", "A subcommand [default: keiyaku itself]"),
    ("config", "Use this configuration [default: the keiyaku.toml nearest above each file]"),
    ("date", "The date of the comments, as 2026-11-22 [default: none]"),
    ("diff", "Show the difference and write nothing"),
    ("encoding", "The encoding of the files [default: recognised]"),
    ("fail_on", "Exit with 1 if there is a finding of this severity or a worse one [default: warning]"),
    ("file", "A Word document (.docx, .docm, .dotx)"),
    (
        "fingerprint",
        "The fingerprint of the finding, at least its first 8 characters (check --format short --fingerprints shows it)",
    ),
    ("fingerprints", "Show the fingerprints of findings too (with --format short; for keiyaku allow)"),
    ("fix", "Write fixes that cannot change the meaning too"),
    ("format", "The format of the output"),
    ("ignore", "Do not use these rules (ids, families, ids with *)"),
    ("init.stdout", "Write to standard output instead of a file"),
    ("isolated", "Use no configuration"),
    ("kind", "The kind of contract (nda, lease …); wins over what the text looks like"),
    ("lang", "The language of the help and of the titles of rules"),
    ("max_per_rule", "List so many findings of each rule in each file; the others are counted (0: no limit)"),
    ("medium", "How it is signed (paper, electronic)"),
    ("output", "The file to write"),
    ("party_type", "What the parties are (b2b, b2c, employment, freelance)"),
    ("paths", "Files or folders; \"-\" is standard input"),
    ("playbook", "Use the rule pages of this folder too"),
    ("reason", "Why it is accepted"),
    ("rule", "The id of a rule (empty-item); of a family, or of ids with *, the rules are listed"),
    ("rules.check", "Read the rule pages of this folder (a playbook) and run their examples"),
    ("schema.config", "Of the configuration keiyaku.toml"),
    ("schema.inspect", "Of the output of inspect [default: of check]"),
    ("select", "Use only these rules (ids, families, ids with *)"),
    ("shell", "The shell"),
    ("show_settings", "Show the settings for each file instead of checking it"),
    ("side", "For whom the contract is reviewed (甲, 乙, neutral)"),
    ("signing_date", "The day of signing, as 2026-11-22; the law of that day counts"),
    ("stage", "How far the contract is (draft, final)"),
    ("statistics", "Show how often each rule spoke instead of the findings"),
    ("stdin", "Answer a stream of contracts on standard input, a line each; the exit status is 0 whatever is found"),
    ("stdin_filename", "The name of what is read from standard input"),
    ("stdio", "Use standard input and output (always so)"),
    ("terms_from", "Documents whose defined terms count as defined"),
    ("toriteki", "Whether the 取適法 (formerly 下請法) applies (yes, no, unknown)"),
    ("tracked", "How tracked changes of Word are read"),
    ("unsafe_fixes", "Make fixes too that may change the meaning"),
    ("until", "The last day, as 2027-03-31"),
    ("watch", "Check again whenever a file changes"),
];

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_command_and_argument_has_an_english_help() {
        let command = super::super::Arguments::command();
        let mut missing = Vec::new();
        for sub in command.get_subcommands() {
            let name = sub.get_name();
            missing.extend(text(&format!("keiyaku {name}")).is_none().then(|| name.to_string()));
            let ids = sub.get_arguments().map(|argument| argument.get_id().as_str());
            missing.extend(
                ids.filter(|id| text(&format!("{name}.{id}")).or_else(|| text(id)).is_none())
                    .map(|id| format!("{name}.{id}")),
            );
        }
        assert!(missing.is_empty(), "src/cli/language.rs has no English for {missing:?}");
    }

    #[test]
    fn every_command_has_examples_in_both_languages_that_can_be_typed() {
        for language in [Language::Ja, Language::En] {
            let command = language.speak(super::super::Arguments::command());
            let examples: Vec<(String, String)> = [&command]
                .into_iter()
                .chain(command.get_subcommands())
                .filter(|sub| sub.get_name() != "help")
                .map(|sub| (sub.get_name().into(), sub.get_after_help().map(ToString::to_string).unwrap_or_default()))
                .collect();
            for (name, text) in examples {
                let lines: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("  keiyaku ")).collect();
                assert!(!lines.is_empty(), "{language:?} {name} has no example");
                for line in lines {
                    // Behind two blanks it says what for; the rest is the shell's.
                    let typed = line.split("  ").next().unwrap().split(['|', '>', '<', '&']).next().unwrap();
                    let words = typed.split_whitespace().map(|word| word.trim_matches(['"', '\'']));
                    let reason = words.clone().position(|word| word == "--reason");
                    // A reason in several words is one argument.
                    let words: Vec<&str> = match reason {
                        Some(at) => words.clone().take(at + 2).chain(words.clone().next_back()).collect(),
                        None => words.collect(),
                    };
                    let read =
                        super::super::Arguments::command().try_get_matches_from([&["keiyaku"], &words[..]].concat());
                    assert!(read.is_ok(), "{language:?}: {line}: {}", read.unwrap_err());
                }
            }
        }
    }

    #[test]
    fn the_language_is_known_before_the_arguments_are() {
        let asked = |line: &str| Language::asked(line.split(' ').map(OsString::from));
        assert_eq!(asked("keiyaku check --lang en --help"), Language::En);
        assert_eq!(asked("keiyaku --lang=en"), Language::En);
        assert_eq!(asked("keiyaku check en"), Language::Ja);
    }
}
