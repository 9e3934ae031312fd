//! One contract as it reads, line by line, with headings, references and findings marked, and the notes beside their lines.

use std::fmt::Write;

use super::escape::escape;
use super::{Spoken, note};
use crate::Analysis;
use crate::analysis::reference::{Reference, Status};
use crate::analysis::term::Term;
use crate::contract::{Contract, UnitId, UnitKind};
use crate::report::Checked;
use crate::text::Span;

/// One contract on the page.
pub struct Sheet<'a> {
    /// The place of its file, from 0: part of every id.
    pub number: usize,
    /// The contract.
    pub contract: &'a Contract,
}

impl<'a> Sheet<'a> {
    /// The sheet of a file.
    pub fn new(number: usize, file: &'a Checked) -> Sheet<'a> {
        Sheet { number, contract: &file.contract }
    }

    /// The id of a unit's place on the page.
    pub fn id(&self, unit: UnitId) -> String {
        format!("u{}-{}", self.number, unit.0)
    }
}

/// The document's title, or its path where it has none.
pub fn title(file: &Checked) -> &str {
    file.contract.title().unwrap_or(&file.path)
}

/// Something drawn around a range of the text. Outer ones come first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    start: u32,
    layer: u8,
    end: u32,
    open: String,
    close: &'static str,
}

/// Something put between two characters: the place of a unit, the number of a finding.
struct Pin {
    at: u32,
    html: String,
}

/// At most this many marks are drawn around one place.
const DEPTH: usize = 6;

/// Writes one file.
pub fn write(out: &mut String, number: usize, file: &Checked, spoken: &Spoken) {
    let sheet = Sheet::new(number, file);
    let text = sheet.contract.text();
    let analysis = Analysis::new(sheet.contract, spoken.rulebook);
    let marks = marks(&sheet, file, &analysis, spoken);
    let pins = pins(&sheet, file, &analysis, spoken);
    let _ = writeln!(
        out,
        "<article class=\"sheet\" id=\"{}\">\n<p class=\"path\">{}</p>",
        sheet.id(UnitId(0)),
        escape(&file.path)
    );
    let (mut open, mut next_mark, mut next_pin, mut next_note): (Vec<&Mark>, _, _, _) = (Vec::new(), 0, 0, 0);
    for index in 0..text.line_count() {
        let full = text.line_with_end(index);
        let last = index + 1 == text.line_count();
        let ends_before = |at: u32| at < full.end || last;
        let from = next_note;
        while file.findings.get(next_note).is_some_and(|finding| ends_before(finding.span.start)) {
            next_note += 1;
            note::write(out, &sheet, next_note, &file.findings[next_note - 1], spoken);
        }
        let pins_from = next_pin;
        while pins.get(next_pin).is_some_and(|pin| ends_before(pin.at)) {
            next_pin += 1;
        }
        open.retain(|mark| mark.end > full.start);
        while marks.get(next_mark).is_some_and(|mark| ends_before(mark.start)) {
            open.push(&marks[next_mark]);
            next_mark += 1;
        }
        let blank = text.slice(full).trim().is_empty();
        if blank && from == next_note && pins_from == next_pin {
            continue;
        }
        line(out, &sheet, text.line(index), &open, &pins[pins_from..next_pin]);
    }
    out.push_str("</article>\n");
}

/// Writes one line: cut wherever a mark begins or ends or a pin stands.
fn line(out: &mut String, sheet: &Sheet, span: Span, marks: &[&Mark], pins: &[Pin]) {
    let text = sheet.contract.text();
    let content = text.slice(span);
    let start = span.start + (content.len() - content.trim_start().len()) as u32;
    let _ = write!(out, "<p class=\"line {}\">", line_class(sheet.contract, start));
    let mut cuts: Vec<u32> = marks.iter().flat_map(|mark| [mark.start, mark.end]).collect();
    cuts.extend(pins.iter().map(|pin| pin.at));
    cuts.extend([start, span.end]);
    cuts.iter_mut().for_each(|cut| *cut = (*cut).clamp(start, span.end));
    cuts.sort_unstable();
    cuts.dedup();
    let (mut pins, mut marks) = (pins.iter().peekable(), marks.iter().peekable());
    let mut active: Vec<&Mark> = Vec::new();
    for (place, &cut) in cuts.iter().enumerate() {
        while let Some(pin) = pins.next_if(|pin| pin.at <= cut || cut == span.end) {
            out.push_str(&pin.html);
        }
        let Some(&end) = cuts.get(place + 1) else { break };
        active.retain(|mark| mark.end > cut);
        while let Some(mark) = marks.next_if(|mark| mark.start <= cut) {
            active.push(mark);
        }
        let mut around: Vec<&Mark> = active.iter().copied().filter(|mark| mark.end > cut).take(DEPTH).collect();
        around.sort_by_key(|mark| (mark.layer, std::cmp::Reverse(mark.end)));
        around.iter().for_each(|mark| out.push_str(&mark.open));
        let _ = write!(out, "{}", escape(text.slice(Span::new(cut, end))));
        around.iter().rev().for_each(|mark| out.push_str(mark.close));
    }
    out.push_str("</p>\n");
}

/// How a line is set: by the unit in which it begins.
fn line_class(contract: &Contract, start: u32) -> String {
    if contract.title_span().is_some_and(|title| title.start == start) {
        return "title".to_string();
    }
    let id = contract.unit_at(start);
    let deep = |&up: &UnitId| matches!(contract.unit(up).kind, UnitKind::Item | UnitKind::Subitem);
    let depth = contract.ancestors(id).filter(deep).count().min(6);
    format!("{} depth{depth}", contract.unit(id).kind.name())
}

/// Headings, references and findings, in the order of the text.
fn marks(sheet: &Sheet, file: &Checked, analysis: &Analysis, spoken: &Spoken) -> Vec<Mark> {
    let contract = sheet.contract;
    let mut marks = Vec::new();
    let mut add = |span: Span, layer: u8, open: String, close: &'static str| {
        if !span.is_empty() {
            marks.push(Mark { start: span.start, layer, end: span.end, open, close });
        }
    };
    for id in contract.ids() {
        let kind = contract.unit(id).kind;
        if kind.is_division() || matches!(kind, UnitKind::Article | UnitKind::Supplementary | UnitKind::Annex) {
            add(contract.heading_span(id), 0, format!("<b class=\"{}\">", kind.name()), "</b>");
        }
    }
    for finding in &file.findings {
        add(finding.span, 1, format!("<mark class=\"{}\">", spoken.classes(finding)), "</mark>");
    }
    for noise in noise(contract) {
        add(noise, 3, "<span class=\"noise\">".to_string(), "</span>");
    }
    for reference in &analysis.references().all {
        let (open, close) = link(sheet, reference);
        add(reference.span, 2, open, close);
    }
    let terms = &analysis.terms().all;
    let cited: Vec<Span> = analysis.references().all.iter().map(|reference| reference.span).collect();
    for (number, term) in terms.iter().enumerate() {
        for used in term.uses.iter().map(|range| contract.flow().span(range.clone())) {
            // A link inside of a link is none.
            let before = cited.partition_point(|span| span.start < used.end);
            if before == 0 || !cited[before - 1].overlaps(used) {
                add(used, 2, definition_link(sheet, number, term), "</a>");
            }
        }
    }
    marks.sort();
    marks
}

/// What stands before the first word of a line and is not read: Markdown marks, bookmarks of an export, rules of tables.
fn noise(contract: &Contract) -> Vec<Span> {
    let text = contract.text();
    let units = contract.units().iter().filter(|unit| !unit.label.is_empty());
    let mut read: Vec<u32> = units.map(|unit| unit.label.start).collect();
    read.extend(contract.units().iter().filter_map(|unit| unit.caption).map(|caption| caption.start));
    read.extend(contract.contents().iter().map(|content| content.span.start));
    read.sort_unstable();
    let before = |index: usize| {
        let line = text.line(index);
        let first = read.get(read.partition_point(|&at| at < line.start)).copied().unwrap_or(line.end);
        let blanks = text.slice(line).len() - text.slice(line).trim_start().len();
        let start = line.start + blanks as u32;
        Span::new(start, first.min(line.end).max(start))
    };
    (0..text.line_count()).map(before).filter(|span| !span.is_empty()).collect()
}

/// A reference: a link to what it points at, with the beginning of that text; or why it is none.
fn link(sheet: &Sheet, reference: &Reference) -> (String, &'static str) {
    let contract = sheet.contract;
    match (&reference.status, reference.targets.first()) {
        (Status::External(name), _) => {
            let name = name.as_deref().unwrap_or("他の文書");
            (format!("<span class=\"external\" title=\"{}\">", escape(name)), "</span>")
        }
        (_, Some(&target)) => {
            let places: Vec<String> = reference.targets.iter().take(8).map(|&id| contract.citation(id)).collect();
            let flow = contract.flow();
            let words = &flow.as_str()[flow.range(contract.unit(target).contents)];
            let words = words.char_indices().nth(120).map_or(words, |(end, _)| &words[..end]);
            let title = format!("{}\n{words}", places.join("、"));
            (format!("<a class=\"reference\" href=\"#{}\" title=\"{}\">", sheet.id(target), escape(&title)), "</a>")
        }
        (_, None) => ("<span class=\"broken\" title=\"参照先が見つかりません\">".to_string(), "</span>"),
    }
}

/// A defined term: a link to its definition, with what it stands for.
fn definition_link(sheet: &Sheet, number: usize, term: &Term) -> String {
    let meaning = &sheet.contract.flow().as_str()[term.meaning.clone()];
    let meaning = meaning.char_indices().nth(120).map_or(meaning, |(end, _)| &meaning[..end]);
    let title = escape(meaning.trim());
    format!("<a class=\"term\" href=\"#t{}-{number}\" title=\"{title}\">", sheet.number)
}

/// The places of units and of definitions and the numbers of findings, in the order of the text.
fn pins(sheet: &Sheet, file: &Checked, analysis: &Analysis, spoken: &Spoken) -> Vec<Pin> {
    let contract = sheet.contract;
    let places = contract.ids().skip(1).map(|id| Pin {
        at: contract.heading_span(id).start,
        html: format!("<span class=\"place\" id=\"{}\"></span>", sheet.id(id)),
    });
    let numbers = file.findings.iter().zip(1..).map(|(finding, number)| {
        let (file, classes) = (sheet.number, spoken.classes(finding));
        let html = format!(
            "<a class=\"number finding {classes}\" id=\"m{file}-{number}\" href=\"#f{file}-{number}\">{number}</a>"
        );
        Pin { at: finding.span.start, html }
    });
    let definitions = analysis.terms().all.iter().enumerate().map(|(number, term)| Pin {
        at: term.span.start,
        html: format!("<span class=\"place\" id=\"t{}-{number}\"></span>", sheet.number),
    });
    let mut pins: Vec<Pin> = places.chain(definitions).chain(numbers).collect();
    pins.sort_by_key(|pin| pin.at);
    pins
}
