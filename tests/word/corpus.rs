//! The same contract as text and as a Word document gives the same findings at the same places: every contract of the corpus, with its
//! numbers typed, counted by Word one by one, as levels of one list, and inherited from styles.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use keiyaku::contract::{Numbering, UnitKind};
use keiyaku::{Contract, Rulebook, Settings, Text, check};

use crate::build::{Docx, escape};

/// How the numbers of a document come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// They are typed.
    Typed,
    /// Each has a numbering of its own that begins at its value.
    Single,
    /// They are the levels of one list; where the sequence is broken, a numbering begins anew.
    Levels,
    /// The same, and the paragraphs have it from their styles.
    Styles,
}

/// One line as a person sees it.
struct Line {
    text: String,
    heading: usize,
    framed: bool,
    /// The label at its beginning, its value and the depth of its unit.
    label: Option<(String, u32, usize)>,
}

fn contracts() -> Vec<(String, bool, String)> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut files: Vec<PathBuf> = fs::read_dir(corpus)
        .unwrap()
        .flat_map(|kind| fs::read_dir(kind.unwrap().path()).unwrap())
        .map(|f| f.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt" || e == "md"))
        .collect();
    files.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        (path.file_name().unwrap().to_string_lossy().into_owned(), path.extension().unwrap() == "md", text)
    };
    files.into_iter().map(read).collect()
}

/// The lines without the marks of Markdown and the blanks before the text.
fn lines(text: &str, markdown: bool) -> Vec<Line> {
    let mut framed = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut seen = line.trim_start_matches(|c: char| c.is_whitespace()).to_string();
        let mut heading = 0;
        if markdown {
            if seen.starts_with("```") {
                framed = !framed;
                continue;
            }
            heading = seen.chars().take_while(|c| *c == '#').count();
            seen = seen.trim_start_matches(['#', '>']).trim_start().replace("**", "");
            if let Some(entry) = seen.strip_prefix("- ").or_else(|| seen.strip_prefix("* ")) {
                let numbered = entry.starts_with(['(', '（']) || entry.chars().nth(1).is_some_and(|c| c == '　');
                seen = if numbered { entry.to_string() } else { format!("・{entry}") };
            }
            if !seen.starts_with('|') {
                seen = seen.trim_end_matches('\\').replace("<br>", "");
            }
        }
        if !(seen.starts_with("|") && seen.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))) {
            lines.push(Line { text: seen, heading, framed, label: None });
        }
    }
    find_labels(&mut lines);
    lines
}

/// Finds the numbers at the beginnings of lines.
fn find_labels(lines: &mut [Line]) {
    let text = Text::new(lines.iter().map(|line| format!("{}\n", line.text)).collect::<String>());
    let contract = Contract::parse(text);
    let text = contract.text();
    for id in contract.ids() {
        let unit = contract.unit(id);
        let line = text.line_index(unit.label.start);
        let depth = match unit.kind {
            UnitKind::Article => 0,
            UnitKind::Paragraph => 1,
            UnitKind::Item => 2,
            UnitKind::Subitem => 3,
            _ => continue,
        };
        let starts = text.line(line).start == unit.label.start && lines[line].label.is_none();
        let number = unit.number.filter(|_| unit.numbering == Numbering::Written && starts && unit.until.is_none());
        if let Some(number) = number.filter(|number| number.to_string() == number.main().to_string()) {
            lines[line].label = Some((text.slice(unit.label).to_string(), number.main(), depth));
        }
    }
}

/// The number format and the pattern of a label, where Word can count it.
fn pattern(label: &str, value: u32) -> Option<(&'static str, String)> {
    let nth = |set: &str| set.chars().nth(value as usize - 1).map(String::from);
    let formats = [
        ("decimal", Some(value.to_string())),
        ("decimalFullWidth", Some(keiyaku::number::to_full_width(value))),
        ("japaneseCounting", Some(keiyaku::number::to_kanji(value))),
        ("decimalEnclosedCircle", nth("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")),
        ("aiueoFullWidth", nth("アイウエオカキクケコ")),
        ("irohaFullWidth", nth("イロハニホヘトチリヌルヲ")),
        ("lowerLetter", nth("abcdefghijkl")),
    ];
    let found = formats.into_iter().find_map(|(name, written)| {
        let written = written.filter(|written| label.matches(written.as_str()).count() == 1)?;
        Some((name, label.replace(&written, "%")))
    })?;
    (found.1.chars().count() < 20).then_some(found)
}

/// Writes the document.
#[derive(Default)]
struct Writer {
    body: String,
    numbering: String,
    styles: String,
    definitions: HashMap<(String, String, usize), u32>,
    /// What has been counted in each definition.
    counted: HashMap<u32, u32>,
    instances: u32,
}

impl Writer {
    fn document(lines: &[Line], style: Style) -> Docx {
        let mut writer = Writer::default();
        let mut row: Vec<&Line> = Vec::new();
        for line in lines {
            if line.text.starts_with('|') {
                row.push(line);
                continue;
            }
            writer.table(&std::mem::take(&mut row));
            writer.paragraph(line, style);
        }
        writer.table(&row);
        Docx::new(writer.body).styles(&writer.styles).numbering(&sorted(&writer.numbering))
    }

    fn table(&mut self, rows: &[&Line]) {
        let cell = |text: &str| format!("<w:tc><w:p>{}</w:p></w:tc>", runs(text.trim()));
        let row = |line: &&Line| {
            let cells = line.text.trim().trim_start_matches('|').trim_end_matches('|').replace("<br>", "　");
            format!("<w:tr>{}</w:tr>", cells.split('|').map(cell).collect::<String>())
        };
        if !rows.is_empty() {
            self.body += &format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>());
        }
    }

    fn paragraph(&mut self, line: &Line, style: Style) {
        let mut properties = String::new();
        let mut text = line.text.as_str();
        if let Some((label, value, depth)) = line.label.as_ref().filter(|_| style != Style::Typed)
            && let Some((format, pattern)) = pattern(label, *value)
        {
            text = &text[label.len()..];
            let suffix = match text.chars().next() {
                Some(' ') => "space",
                Some('\t') => "tab",
                _ => "nothing",
            };
            text = text.strip_prefix([' ', '\t']).unwrap_or(text);
            let definition = self.define((format.to_string(), pattern, *depth), suffix, style);
            properties = self.number(definition, *value, *depth, style);
        }
        if line.framed {
            let side = |name: &str| format!("<w:{name} w:val=\"single\" w:sz=\"4\"/>");
            properties += &format!("<w:pBdr>{}</w:pBdr>", ["top", "left", "bottom", "right"].map(side).concat());
        }
        if line.heading > 0 {
            properties += &format!("<w:outlineLvl w:val=\"{}\"/>", line.heading - 1);
        }
        self.body += &format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", runs(text));
    }

    /// A definition that writes numbers of this form at this level.
    fn define(&mut self, (format, pattern, depth): (String, String, usize), suffix: &str, style: Style) -> u32 {
        let known = self.definitions.len() as u32 + 1;
        let id = *self.definitions.entry((format.clone(), pattern.clone() + suffix, depth)).or_insert(known);
        if id == known {
            let level = if style == Style::Single { 0 } else { depth };
            let text = pattern.replace('%', &format!("%{}", level + 1));
            let link = if style == Style::Styles { format!("<w:pStyle w:val=\"s{id}\"/>") } else { String::new() };
            self.numbering += &format!(
                "<w:abstractNum w:abstractNumId=\"{id}\"><w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{link}\
                 <w:suff w:val=\"{suffix}\"/><w:lvlText w:val=\"{}\"/></w:lvl></w:abstractNum>\n",
                escape(&text)
            );
            self.instances += 1;
            let first = self.instances;
            self.numbering += &format!("<w:num w:numId=\"{first}\"><w:abstractNumId w:val=\"{id}\"/></w:num>\n");
            self.styles += &format!(
                "<w:style w:type=\"paragraph\" w:styleId=\"s{id}\"><w:name w:val=\"s{id}\"/><w:pPr><w:numPr><w:numId w:val=\"{first}\"/></w:numPr></w:pPr></w:style>"
            );
        }
        id
    }

    /// The properties by which a paragraph gets a number.
    fn number(&mut self, definition: u32, value: u32, depth: usize, style: Style) -> String {
        let level = if style == Style::Single { 0 } else { depth };
        let goes_on = self.counted.insert(definition, value).unwrap_or(0) + 1 == value;
        if goes_on && style == Style::Styles {
            return format!("<w:pStyle w:val=\"s{definition}\"/>");
        }
        let instance = match goes_on && style == Style::Levels {
            true => self.first_instance(definition),
            false => {
                self.instances += 1;
                self.numbering += &format!(
                    "<w:num w:numId=\"{0}\"><w:abstractNumId w:val=\"{definition}\"/><w:lvlOverride w:ilvl=\"{level}\">\
                     <w:startOverride w:val=\"{value}\"/></w:lvlOverride></w:num>\n",
                    self.instances
                );
                self.instances
            }
        };
        format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{instance}\"/></w:numPr>")
    }

    fn first_instance(&self, definition: u32) -> u32 {
        let leads = format!("<w:abstractNumId w:val=\"{definition}\"/></w:num>");
        let line = self.numbering.lines().find(|line| line.ends_with(&leads)).unwrap();
        line.split('"').nth(1).unwrap().parse().unwrap()
    }
}

/// Abstract definitions stand before numberings (§17.9.16).
fn sorted(numbering: &str) -> String {
    let (definitions, instances): (Vec<&str>, Vec<&str>) =
        numbering.lines().partition(|line| line.starts_with("<w:abstractNum "));
    definitions.concat() + &instances.concat()
}

/// The text in several runs, as Word leaves it after editing.
fn runs(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let run = |piece: &[char]| {
        format!(
            "<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r><w:proofErr w:type=\"spellStart\"/>",
            escape(&piece.iter().collect::<String>())
        )
    };
    characters.chunks(7).map(run).collect()
}

fn findings(text: Text) -> Vec<String> {
    let contract = Contract::parse(text);
    let found = check(&contract, Rulebook::builtin(), &Settings::default());
    let mut found: Vec<String> = found.iter().map(|f| format!("{} {} {}", f.rule, f.path, f.severity.name())).collect();
    found.sort();
    found
}

#[test]
fn word_shows_what_the_text_says() {
    let mut counted = 0;
    for (name, markdown, text) in contracts() {
        let lines = lines(&text, markdown);
        for style in [Style::Typed, Style::Single, Style::Levels, Style::Styles] {
            let seen = Writer::document(&lines, style).text();
            let mut seen = seen.lines();
            for line in lines.iter().filter(|line| !line.text.starts_with('|')) {
                let shown = seen.by_ref().find(|line| !line.starts_with('|')).unwrap_or_default();
                assert_eq!(shown, line.text, "{name} as {style:?}");
                counted += usize::from(line.label.is_some());
            }
        }
    }
    assert!(counted > 4_000, "{counted} numbers");
}

#[test]
fn the_same_contract_gives_the_same_findings() {
    let mut failures = Vec::new();
    for (name, markdown, text) in contracts() {
        let lines = lines(&text, markdown);
        let expected = findings(Text::new(text));
        for style in [Style::Typed, Style::Single, Style::Levels, Style::Styles] {
            let found = findings(Writer::document(&lines, style).read().text());
            let lost: Vec<&String> = expected.iter().filter(|finding| !found.contains(finding)).collect();
            let new: Vec<&String> = found.iter().filter(|finding| !expected.contains(finding)).collect();
            if expected != found {
                failures.push(format!("{name} as {style:?}: lost {lost:?}, new {new:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Every contract of the corpus as a document with levels of numbers.
pub fn documents() -> impl Iterator<Item = (String, Docx)> {
    contracts()
        .into_iter()
        .map(|(name, markdown, text)| (name, Writer::document(&lines(&text, markdown), Style::Levels)))
}
