//! What is shown where the pointer rests: the text of the provision cited, what a name stands for, who cites a provision, and the pages of the rules that spoke.

use std::fmt::Write;

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use super::document::{Document, Place};
use super::name::Name;
use super::settings::Client;
use crate::analysis::reference::{Reference, Status};
use crate::contract::UnitId;

/// At most this much of a provision is shown, in characters.
const SHOWN: usize = 600;
/// At most this many provisions or places are shown.
const MANY: usize = 5;

/// What is known of a place.
pub fn hover(place: &Place, client: &Client) -> Option<Hover> {
    let document = place.document;
    let mut writer = Writer { out: String::new(), markdown: client.markdown };
    let span = match (place.reference(), Name::at(place), place.heading()) {
        (Some(reference), _, _) => {
            cited(&mut writer, document, reference);
            Some(reference.span)
        }
        (None, Some(name), _) => {
            named(&mut writer, document, name);
            None
        }
        (None, None, Some(id)) => {
            citing(&mut writer, document, id);
            Some(document.contract().heading_span(id))
        }
        (None, None, None) => None,
    };
    let mut rules: Vec<&str> = Vec::new();
    for finding in document.findings().iter().filter(|f| f.span.start <= place.offset && place.offset <= f.span.end) {
        if !rules.contains(&finding.rule.as_ref()) {
            rules.push(&finding.rule);
        }
    }
    rules.iter().for_each(|rule| page(&mut writer, document, rule));
    let value = writer.out.trim_end().to_string();
    let kind = if client.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    (!value.is_empty()).then(|| Hover {
        contents: HoverContents::Markup(MarkupContent { kind, value }),
        range: span.map(|span| document.range(span)),
    })
}

/// What a citation points at.
fn cited(writer: &mut Writer, document: &Document, reference: &Reference) {
    let contract = document.contract();
    match &reference.status {
        Status::External(name) => {
            let name = name.as_deref().unwrap_or("他の文書");
            writer.paragraph(&format!("{name}の規定への参照です。"));
        }
        Status::Broken(_) => writer.paragraph("参照先が見つかりません。"),
        Status::Ambiguous => writer.paragraph("参照先が一つに決まりません。"),
        Status::Resolved => {}
    }
    for &id in reference.targets.iter().take(MANY) {
        let caption = contract.caption(id).map_or_else(String::new, |caption| format!("（{caption}）"));
        writer.title(&format!("{}{caption}", contract.citation(id)));
        writer.quote(beginning(contract.text().slice(contract.visible_span(id))));
    }
    if reference.targets.len() > MANY {
        writer.paragraph(&format!("ほか{}か所", reference.targets.len() - MANY));
    }
}

/// What a defined term or a party is.
fn named(writer: &mut Writer, document: &Document, name: Name) {
    let contract = document.contract();
    writer.title(&format!("「{}」", name.text()));
    writer.quote(beginning(&name.meaning(document)));
    let at = contract.citation(contract.unit_at(name.given().start));
    writer.paragraph(&format!("{at}で定義、使用{}か所", name.uses(document).len()));
}

/// Who cites a provision.
fn citing(writer: &mut Writer, document: &Document, id: UnitId) {
    let contract = document.contract();
    let within = |&target: &UnitId| contract.ancestors(target).any(|up| up == id);
    let mut places: Vec<String> = Vec::new();
    for reference in document.references().all.iter().filter(|reference| reference.targets.iter().any(within)) {
        let at = contract.citation(reference.unit);
        if places.last() != Some(&at) {
            places.push(at);
        }
    }
    let citation = contract.citation(id);
    match places.len() {
        0 => writer.paragraph(&format!("{citation}を参照する条項はありません。")),
        count => {
            let more = if count > MANY * 2 { " ほか" } else { "" };
            places.truncate(MANY * 2);
            writer.paragraph(&format!("{citation}を参照する条項: {}{more}", places.join("、")));
        }
    }
}

/// The page of a rule, without its examples.
fn page(writer: &mut Writer, document: &Document, id: &str) {
    let Some(rule) = document.agreed().rulebook().rule(id) else { return };
    writer.title(&format!("{}（{id}）", rule.page.title));
    let paragraphs = rule.page.prose().split("\n\n").filter(|paragraph| !paragraph.starts_with("```"));
    paragraphs.for_each(|paragraph| writer.paragraph(paragraph));
    for basis in rule.page.basis.iter() {
        writer.paragraph(&format!("根拠: {}{}（{}確認）", basis.law, basis.article, basis.verified));
    }
}

/// The beginning of a text.
fn beginning(text: &str) -> &str {
    text.char_indices().nth(SHOWN).map_or(text, |(end, _)| &text[..end])
}

/// Writes Markdown, or the same words plainly.
struct Writer {
    out: String,
    markdown: bool,
}

impl Writer {
    fn title(&mut self, text: &str) {
        let text = self.literal(text);
        let _ = if self.markdown { writeln!(self.out, "**{text}**\n") } else { writeln!(self.out, "{text}") };
    }

    fn paragraph(&mut self, text: &str) {
        let text = self.literal(text);
        let _ = if self.markdown { writeln!(self.out, "{text}\n") } else { writeln!(self.out, "{text}") };
    }

    /// A text of the contract.
    fn quote(&mut self, text: &str) {
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let line = self.literal(line.trim());
            let _ = if self.markdown { writeln!(self.out, "> {line}  ") } else { writeln!(self.out, "  {line}") };
        }
        self.out.push('\n');
    }

    /// A text of which nothing is read as Markdown.
    fn literal(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for character in text.chars() {
            if self.markdown && character.is_ascii_punctuation() {
                out.push('\\');
            }
            out.push(character);
        }
        out
    }
}
