//! What styles say of a paragraph and of a run (ISO/IEC 29500-1 §17.7): only what decides about the text that is read.

use std::collections::HashMap;

use super::xml::{Element, Tree};

/// How long a chain of styles may be; Word's own styles lie at most a handful deep.
const MAX_CHAIN: usize = 64;
/// How many styles are read; Word has no room for as many.
const MAX_STYLES: usize = 10_000;

/// The numbering that properties ask for: each part may come from elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NumberingProperties {
    /// Which numbering (`numId`); 0 removes it.
    pub numbering: Option<i64>,
    /// Which level of it (`ilvl`).
    pub level: Option<u8>,
}

impl NumberingProperties {
    /// What `pPr` says directly.
    pub fn of(properties: Element) -> NumberingProperties {
        let Some(numbering) = properties.child("numPr") else { return NumberingProperties::default() };
        NumberingProperties {
            numbering: numbering.child("numId").and_then(Element::number),
            level: numbering.child("ilvl").and_then(Element::number).and_then(|level| u8::try_from(level).ok()),
        }
    }
}

/// What a paragraph style says, with what it inherits.
#[derive(Clone, Debug, Default)]
pub struct ParagraphStyle {
    /// Its numbering.
    pub numbering: NumberingProperties,
    /// The style itself and those it is based on, up to the one that brings the numbering: levels are linked with one of them.
    pub linked: Vec<String>,
    /// The outline level, 0 to 8; 9 for body text.
    pub outline: Option<u8>,
    /// Whether its text is hidden.
    pub hidden: bool,
    /// Whether a border stands around it.
    pub bordered: bool,
    /// Whether it is one of the styles of a table of contents.
    pub contents: bool,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub struct Styles {
    paragraphs: HashMap<String, ParagraphStyle>,
    /// Which character styles hide their text.
    hidden: HashMap<String, bool>,
    /// Which numbering the numbering styles stand for.
    numberings: HashMap<String, i64>,
    /// The style of paragraphs that name none.
    default: Option<String>,
    none: ParagraphStyle,
}

impl Styles {
    /// Reads `styles.xml`.
    pub fn read(tree: &Tree) -> Styles {
        let mut elements: HashMap<String, Element> = HashMap::new();
        for style in tree.root().children().filter(|child| child.word() == "style").take(MAX_STYLES) {
            if let Some(id) = style.attribute("styleId") {
                elements.entry(id.into_owned()).or_insert(style);
            }
        }
        let mut styles = Styles::default();
        for (id, style) in &elements {
            let kind = style.attribute("type").unwrap_or_else(|| "paragraph".into());
            match &*kind {
                "paragraph" => {
                    if style.attribute("default").is_some_and(|value| matches!(&*value, "1" | "true" | "on")) {
                        styles.default = Some(id.clone());
                    }
                    styles.paragraphs.insert(id.clone(), paragraph(&elements, id));
                }
                "character" => {
                    let hidden = chain(&elements, id).find_map(|(_, style)| hidden(style)).unwrap_or(false);
                    styles.hidden.insert(id.clone(), hidden);
                }
                "numbering" => {
                    let numbering = style.child("pPr").and_then(|p| NumberingProperties::of(p).numbering);
                    styles.numberings.extend(numbering.map(|numbering| (id.clone(), numbering)));
                }
                _ => {}
            }
        }
        styles
    }

    /// The style of a paragraph that names this one, or none.
    pub fn paragraph(&self, id: Option<&str>) -> &ParagraphStyle {
        let named = id.and_then(|id| self.paragraphs.get(id));
        let default = || self.default.as_ref().and_then(|id| self.paragraphs.get(id));
        named.or_else(default).unwrap_or(&self.none)
    }

    /// Whether a character style hides its text.
    pub fn hides(&self, id: &str) -> bool {
        self.hidden.get(id).copied().unwrap_or(false)
    }

    /// The numbering for which a numbering style stands.
    pub fn numbering(&self, id: &str) -> Option<i64> {
        self.numberings.get(id).copied()
    }
}

/// A style and those it is based on, nearest first.
fn chain<'a, 't>(
    elements: &'a HashMap<String, Element<'t>>,
    id: &str,
) -> impl Iterator<Item = (String, Element<'t>)> + use<'a, 't> {
    let first = elements.get(id).map(|style| (id.to_string(), *style));
    std::iter::successors(first, |(_, style)| {
        let base = style.child("basedOn")?.value()?.into_owned();
        elements.get(&base).map(|style| (base, *style))
    })
    .take(MAX_CHAIN)
}

fn paragraph(elements: &HashMap<String, Element>, id: &str) -> ParagraphStyle {
    let mut style = ParagraphStyle::default();
    let (mut is_hidden, mut is_bordered) = (None, None);
    for (id, element) in chain(elements, id) {
        is_hidden = is_hidden.or_else(|| hidden(element));
        let name = element.child("name").and_then(Element::value).unwrap_or_default().to_ascii_lowercase();
        style.contents |= name.starts_with("toc ") && style.linked.is_empty();
        let heading = name.strip_prefix("heading ").and_then(|level| level.parse::<u8>().ok());
        if style.numbering.numbering.is_none() {
            style.linked.push(id);
        }
        if let Some(properties) = element.child("pPr") {
            let own = NumberingProperties::of(properties);
            style.numbering.numbering = style.numbering.numbering.or(own.numbering);
            style.numbering.level = style.numbering.level.or(own.level);
            style.outline = style.outline.or_else(|| outline(properties));
            is_bordered = is_bordered.or_else(|| bordered(properties));
        }
        // The headings that Word brings are headings without saying so.
        style.outline =
            style.outline.or_else(|| heading.filter(|level| (1..=9).contains(level)).map(|level| level - 1));
    }
    style.hidden = is_hidden.unwrap_or(false);
    style.bordered = is_bordered.unwrap_or(false);
    style
}

/// The outline level that `pPr` says.
pub fn outline(properties: Element) -> Option<u8> {
    properties.child("outlineLvl")?.number().and_then(|level| u8::try_from(level).ok())
}

/// Whether `pPr` puts a border around the paragraph, on all four sides; `None` where it says nothing.
pub fn bordered(properties: Element) -> Option<bool> {
    let borders = properties.child("pBdr")?;
    let drawn = |side: [&str; 2]| {
        let line = borders.children().find(|child| side.contains(&child.word()));
        line.and_then(Element::value).is_some_and(|line| !matches!(&*line, "none" | "nil"))
    };
    Some([["top", "top"], ["left", "start"], ["bottom", "bottom"], ["right", "end"]].into_iter().all(drawn))
}

/// Whether the `rPr` of an element hides text; `None` where it says nothing.
pub fn hidden(element: Element) -> Option<bool> {
    element.child("rPr")?.child("vanish").map(Element::is_on)
}
