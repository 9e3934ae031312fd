//! What stands in a paragraph: runs and what is wrapped around them (ISO/IEC 29500-1 §17.3.2, §17.3.3).

use std::borrow::Cow;

use super::Tracked;
use super::anchor::{Access, Origin};
use super::body::{Place, Reader, span};
use super::field::End;
use super::label;
use super::style::ParagraphStyle;
use super::xml::{self, Decoded, Element, Vocabulary};

/// The private-use characters that stand for the characters of symbol fonts.
const SYMBOLS: std::ops::RangeInclusive<char> = '\u{F020}'..='\u{F0FF}';

impl<'t> Reader<'t> {
    /// Whether a run is hidden: by itself, or by exactly one of its two styles (toggle properties, §17.7.3).
    pub(super) fn is_hidden(&self, run: Element, style: &ParagraphStyle) -> bool {
        let Some(properties) = run.child("rPr") else { return style.hidden };
        if let Some(vanish) = properties.child("vanish") {
            return vanish.is_on();
        }
        let name = properties.child("rStyle").and_then(Element::value);
        style.hidden ^ name.is_some_and(|name| self.styles.hides(&name))
    }

    /// Reads the runs in an element.
    pub(super) fn content(&mut self, parent: Element<'t>, style: &'t ParagraphStyle, place: Place) {
        for child in parent.children() {
            if child.vocabulary() == Vocabulary::Math {
                self.formula(child, place);
                continue;
            }
            match child.word() {
                "r" => self.run(child, style, place),
                "hyperlink" | "smartTag" | "customXml" | "bdo" | "dir" | "rubyBase" => {
                    self.content(child, style, place)
                }
                "sdt" => {
                    let place = place.in_control(child);
                    child.child("sdtContent").into_iter().for_each(|inner| self.content(inner, style, place));
                }
                "fldSimple" => {
                    self.fields.begin();
                    self.fields.instruct(&child.attribute("instr").unwrap_or_default());
                    self.fields.separate(self.story.text.len() as u32);
                    self.content(child, style, place);
                    self.end_field(None);
                }
                "ins" | "moveTo" if self.tracked == Tracked::Accepted => {
                    self.content(child, style, place.with(Access::Comment))
                }
                "del" | "moveFrom" if self.tracked == Tracked::Original => {
                    self.content(child, style, place.with(Access::Comment));
                }
                "bookmarkStart" => self.bookmark(child, self.story.paragraphs.len().saturating_sub(1)),
                _ => {}
            }
        }
    }

    fn run(&mut self, element: Element<'t>, style: &'t ParagraphStyle, place: Place) {
        let hidden = self.is_hidden(element, style);
        let mut run = None;
        for child in element.children() {
            match child.word() {
                "fldChar" => self.field_mark(element, child, place, hidden),
                "instrText" => {
                    let instruction: String = xml::text(child).iter().map(|piece| &*piece.text).collect();
                    self.fields.instruct(&instruction);
                }
                _ if hidden || !self.fields.are_shown() => {}
                "ruby" => {
                    child
                        .child("rubyBase")
                        .into_iter()
                        .for_each(|base| self.content(base, style, place.with(Access::Closed)));
                }
                "drawing" | "pict" | "object" => self.boxes.extend(child.find_all("txbxContent")),
                _ => {
                    if run.is_none() && is_character(child) {
                        run = Some(self.add_run(element, self.access(element, place)));
                    }
                    run.into_iter().for_each(|run| self.character(child, element, run));
                }
            }
        }
    }

    /// What may be written at a run. One with alternatives for other programs is not rewritten, one with more than characters in its text
    /// not even cut.
    fn access(&self, run: Element, place: Place) -> Access {
        let has_alternatives = run.written_children().any(|child| child.vocabulary() == Vocabulary::Compatibility);
        let is_text = |child: &Element| matches!(child.word(), "t" | "delText");
        let has_elements = run.children().filter(is_text).any(|text| text.written_children().next().is_some());
        match place.access {
            _ if has_elements || self.fields.are_computed() => Access::Closed,
            access if has_alternatives => access.max(Access::Comment),
            access => access,
        }
    }

    /// Writes what one element of a run stands for.
    fn character(&mut self, child: Element<'t>, run_element: Element<'t>, run: u32) {
        let mark = Origin::Mark { raw: span(child.range()), run };
        match child.word() {
            "t" | "delText" => {
                let symbols = || run_element.child("rPr").is_some_and(is_in_symbol_font);
                trimmed(child).into_iter().for_each(|piece| self.characters(&piece, symbols, run));
            }
            "tab" | "ptab" => self.push(self.tab(), mark),
            "br" | "cr" => self.end_line(mark),
            "noBreakHyphen" => self.push("-", mark),
            "sym" => {
                let code = child.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                let font = child.attribute("font").unwrap_or_default();
                let drawn = code.and_then(char::from_u32).map(|character| match label::is_symbol_font(&font) {
                    true => label::symbol(label::private_use(character)),
                    false => label::symbol(character),
                });
                drawn.into_iter().for_each(|character| self.push(character.encode_utf8(&mut [0; 4]), mark));
            }
            _ => {}
        }
    }

    /// Writes a piece of character data. A character of a symbol font is written as it looks and stands as a whole.
    fn characters(&mut self, piece: &Decoded, in_symbol_font: impl Fn() -> bool, run: u32) {
        let written = |raw: std::ops::Range<usize>| Origin::Written { raw: span(raw), run };
        let is_symbol = |character: char| SYMBOLS.contains(&character);
        let ascii = piece.text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
        if ascii && in_symbol_font() {
            let drawn: String =
                piece.text.chars().map(|c| if c == ' ' { c } else { label::symbol(label::private_use(c)) }).collect();
            let raw = span(piece.raw.clone());
            return self.push(&drawn, Origin::Mark { raw, run });
        }
        if !piece.text.contains(is_symbol) || piece.text.len() != piece.raw.len() {
            return self.push(&piece.text, written(piece.raw.clone()));
        }
        let mut at = 0;
        for (start, symbol) in piece.text.match_indices(is_symbol) {
            self.push(&piece.text[at..start], written(piece.raw.start + at..piece.raw.start + start));
            at = start + symbol.len();
            let drawn: String = symbol.chars().map(label::symbol).collect();
            let raw = span(piece.raw.start + start..piece.raw.start + at);
            self.push(&drawn, Origin::Mark { raw, run });
        }
        self.push(&piece.text[at..], written(piece.raw.start + at..piece.raw.end));
    }

    fn field_mark(&mut self, run: Element<'t>, mark: Element<'t>, place: Place, hidden: bool) {
        match mark.attribute("fldCharType").as_deref() {
            Some("begin") => self.fields.begin(),
            Some("separate") => self.fields.separate(self.story.text.len() as u32),
            Some("end") => self.end_field(Some((run, mark, place)).filter(|_| !hidden)),
            _ => {}
        }
    }

    fn end_field(&mut self, drawn_at: Option<(Element<'t>, Element<'t>, Place)>) {
        match (self.fields.end(self.story.text.len() as u32), drawn_at) {
            (End::Reference(reference), _) => self.story.references.push(reference),
            (End::Drawn(text), Some((run, mark, place))) if self.fields.are_shown() => {
                let run = self.add_run(run, place.with(Access::Closed).access);
                self.push(&text, Origin::Mark { raw: span(mark.range()), run });
            }
            _ => {}
        }
    }

    /// The characters of a formula, in a row.
    fn formula(&mut self, formula: Element<'t>, place: Place) {
        if !self.fields.are_shown() {
            return;
        }
        let mut open = vec![formula.children()];
        let run = self.add_run(formula, place.with(Access::Closed).access);
        while let Some(children) = open.last_mut() {
            match children.next() {
                Some(child) if child.vocabulary() == Vocabulary::Math && child.name() == "t" => {
                    for piece in xml::text(child) {
                        self.push(&piece.text, Origin::Written { raw: span(piece.raw), run });
                    }
                }
                Some(child) => open.push(child.children()),
                None => drop(open.pop()),
            }
        }
    }
}

/// Whether an element of a run stands for characters.
fn is_character(child: Element) -> bool {
    matches!(child.word(), "t" | "delText" | "tab" | "ptab" | "br" | "cr" | "noBreakHyphen" | "sym")
}

/// Whether `rPr` asks for a font of symbols.
fn is_in_symbol_font(properties: Element) -> bool {
    let font = properties.child("rFonts").and_then(|fonts| fonts.attribute("ascii"));
    font.is_some_and(|font| label::is_symbol_font(&font))
}

/// The pieces of a `t` without the blanks at its ends, which are dropped where the file does not say that they are kept.
pub(super) fn trimmed(element: Element<'_>) -> Vec<Decoded<'_>> {
    let mut pieces = xml::text(element);
    if keeps_blanks(element) {
        return pieces;
    }
    while pieces.first().is_some_and(|piece| piece.text.trim_start_matches(' ').is_empty()) {
        pieces.remove(0);
    }
    while pieces.last().is_some_and(|piece| piece.text.trim_end_matches(' ').is_empty()) {
        pieces.pop();
    }
    if let Some(first) = pieces.first_mut() {
        cut(first, |text| text.trim_start_matches(' '), |raw, dropped| raw.start += dropped);
    }
    if let Some(last) = pieces.last_mut() {
        cut(last, |text| text.trim_end_matches(' '), |raw, dropped| raw.end -= dropped);
    }
    pieces
}

/// Whether the blanks at the ends of a `t` are kept.
pub(super) fn keeps_blanks(element: Element) -> bool {
    element.tag().contains("preserve") && element.attribute("space").is_some_and(|space| space == "preserve")
}

/// Drops blanks from a piece, and from its bytes where those agree with the text.
fn cut(piece: &mut Decoded, trim: impl Fn(&str) -> &str, drop: impl Fn(&mut std::ops::Range<usize>, usize)) {
    let kept = trim(&piece.text);
    let dropped = piece.text.len() - kept.len();
    if dropped == 0 {
        return;
    }
    let agrees = piece.text.len() == piece.raw.len();
    piece.text = Cow::Owned(kept.to_string());
    if agrees {
        drop(&mut piece.raw, dropped);
    }
}
