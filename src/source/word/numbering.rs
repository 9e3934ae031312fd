//! Automatic numbers (ISO/IEC 29500-1 §17.9): what Word counts, and the label it writes before a paragraph.
//!
//! Counters belong to the abstract definition and are shared by all numberings that refer to it. A paragraph of a level adds one and clears
//! the deeper levels; a level that was skipped counts as used at its start.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;

use super::label::{self, Format, MAX_LENGTH};
use super::style::{NumberingProperties, ParagraphStyle, Styles};
use super::xml::{Element, Tree};

/// How many levels a numbering has.
const LEVELS: usize = 9;
/// How much of a level's text is kept: nine numbers and the longest label that Word writes.
const MAX_TEXT: usize = 2 * LEVELS + MAX_LENGTH;

/// What stands between a label and the text (§17.9.28).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Suffix {
    Tab,
    Space,
    Nothing,
}

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: Format,
    /// The format's name where it is not known: its numbers are written in decimal.
    unknown: Option<String>,
    text: String,
    /// After which level it begins again (§17.9.10): 0 never, `None` after any earlier one.
    restart: Option<u8>,
    legal: bool,
    suffix: Suffix,
    style: Option<String>,
    /// Whether its label is written in a font of symbols.
    symbols: bool,
}

impl Level {
    fn read(element: Element) -> Level {
        let number = |name: &str| element.child(name).and_then(Element::number);
        let format = element.child("numFmt");
        let name = format.and_then(Element::value).unwrap_or_else(|| "decimal".into());
        let pattern = format.and_then(|format| format.attribute("format"));
        let known = Format::named(&name, pattern.as_deref());
        let text = element.child("lvlText").and_then(Element::value);
        let font = element.child("rPr").and_then(|p| p.child("rFonts"));
        let font = font.and_then(|font| font.attribute("ascii").or_else(|| font.attribute("hAnsi")));
        Level {
            start: number("start").map_or(0, |start| start.clamp(0, i64::from(i32::MAX)) as u32),
            format: known.unwrap_or(Format::Decimal),
            unknown: known.is_none().then(|| pattern.unwrap_or(name).chars().take(MAX_TEXT).collect()),
            text: text.unwrap_or_default().chars().take(MAX_TEXT + 1).collect(),
            restart: number("lvlRestart").and_then(|level| u8::try_from(level).ok()),
            legal: element.child("isLgl").is_some_and(Element::is_on),
            suffix: match element.child("suff").and_then(Element::value).as_deref() {
                Some("space") => Suffix::Space,
                Some("nothing") => Suffix::Nothing,
                _ => Suffix::Tab,
            },
            style: element.child("pStyle").and_then(Element::value).map(|style| style.into_owned()),
            symbols: font.is_some_and(|font| label::is_symbol_font(&font)),
        }
    }
}

/// The levels that are defined. Few are in most overrides, so that there is no room kept for the others.
#[derive(Debug, Default)]
struct Levels(Vec<(usize, Level)>);

impl Levels {
    fn get(&self, level: usize) -> Option<&Level> {
        self.0.iter().rfind(|(place, _)| *place == level).map(|(_, level)| level)
    }
}

fn levels(parent: Element) -> Levels {
    let mut levels = Levels::default();
    for element in parent.children().filter(|child| child.word() == "lvl") {
        let level = element.attribute("ilvl").and_then(|level| level.trim().parse::<usize>().ok());
        if let Some(level) = level.filter(|&level| level < LEVELS && levels.0.len() < LEVELS) {
            levels.0.push((level, Level::read(element)));
        }
    }
    levels
}

#[derive(Debug, Default)]
struct Abstract {
    levels: Levels,
    /// The numbering style whose definition is used in place of this one (§17.9.21).
    link: Option<String>,
}

/// A numbering (`w:num`): an abstract definition with changes of its own.
#[derive(Debug)]
struct Instance {
    definition: i64,
    overrides: Levels,
    starts: [Option<u32>; LEVELS],
}

/// The numberings of a document.
#[derive(Debug, Default)]
pub struct Definitions {
    abstracts: HashMap<i64, Abstract>,
    instances: HashMap<i64, Instance>,
}

impl Definitions {
    /// Reads `numbering.xml`.
    pub fn read(tree: &Tree, styles: &Styles) -> Definitions {
        let mut definitions = Definitions::default();
        let id = |element: Element, name: &str| element.attribute(name).and_then(|id| id.trim().parse::<i64>().ok());
        for element in tree.root().children() {
            match element.word() {
                "abstractNum" => {
                    let link = element.child("numStyleLink").and_then(Element::value).map(|link| link.into_owned());
                    let definition = Abstract { levels: levels(element), link };
                    definitions.abstracts.extend(id(element, "abstractNumId").map(|id| (id, definition)));
                }
                "num" => definitions.instances.extend(id(element, "numId").zip(instance(element))),
                _ => {}
            }
        }
        definitions.follow_links(styles);
        definitions
    }

    /// Lets every numbering point at the definition that counts: `numStyleLink` leads to a numbering style, that to a numbering.
    fn follow_links(&mut self, styles: &Styles) {
        let target = |definition: i64| {
            let link = self.abstracts.get(&definition)?.link.as_ref()?;
            let instance = self.instances.get(&styles.numbering(link)?)?;
            Some(instance.definition).filter(|to| self.abstracts.get(to).is_some_and(|found| found.link.is_none()))
        };
        let targets: HashMap<i64, i64> =
            self.abstracts.keys().filter_map(|&from| target(from).map(|to| (from, to))).collect();
        for instance in self.instances.values_mut() {
            instance.definition = targets.get(&instance.definition).copied().unwrap_or(instance.definition);
        }
    }

    /// The numbering and level of a paragraph, from its own properties and its style.
    pub fn resolve(&self, direct: NumberingProperties, style: &ParagraphStyle) -> Option<(i64, usize)> {
        let id = direct.numbering.or(style.numbering.numbering).filter(|&id| id != 0)?;
        let instance = self.instances.get(&id)?;
        let links_to = |name: &String| {
            (0..LEVELS)
                .find(|&level| self.level(instance, level).is_some_and(|level| level.style.as_ref() == Some(name)))
        };
        let linked = || style.linked.iter().find_map(links_to);
        let level =
            direct.level.map(usize::from).or_else(linked).or(style.numbering.level.map(usize::from)).unwrap_or(0);
        self.level(instance, level).map(|_| (id, level))
    }

    fn level<'d>(&'d self, instance: &'d Instance, level: usize) -> Option<&'d Level> {
        let defined = || self.abstracts.get(&instance.definition)?.levels.get(level);
        instance.overrides.get(level).or_else(defined)
    }
}

fn instance(element: Element) -> Option<Instance> {
    let mut instance = Instance {
        definition: element.child("abstractNumId")?.number()?,
        overrides: Levels::default(),
        starts: [None; LEVELS],
    };
    for change in element.children().filter(|child| child.word() == "lvlOverride") {
        let level = change.attribute("ilvl").and_then(|level| level.trim().parse::<usize>().ok());
        let Some(level) = level.filter(|&level| level < LEVELS) else { continue };
        let start = change.child("startOverride").and_then(Element::number);
        instance.starts[level] = start.map(|start| start.clamp(0, i64::from(i32::MAX)) as u32);
        instance.overrides.0.extend(
            change.child("lvl").map(|own| (level, Level::read(own))).filter(|_| instance.overrides.0.len() < LEVELS),
        );
    }
    Some(instance)
}

/// The label of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What stands before the text.
    pub text: String,
    /// What stands between it and the text: a tab, a blank or nothing.
    pub suffix: &'static str,
    /// Whether it is not certain that Word shows the same.
    pub doubtful: bool,
}

/// Why a number may not be the one that Word shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NumberDoubt {
    /// A number format of another language; the number is written in decimal.
    Format(String),
    /// The label is longer than Word writes.
    Length,
    /// A level was used before the one above it: versions of Word count the level above differently afterwards.
    SkippedLevel,
    /// A numbered paragraph is hidden: whether it takes a number is not documented.
    Hidden,
}

impl fmt::Display for NumberDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NumberDoubt::Format(name) => write!(f, "番号の書式「{name}」は計算できないため、算用数字で読みました"),
            NumberDoubt::Length => f.write_str("長すぎる番号を途中で切りました"),
            NumberDoubt::SkippedLevel => f.write_str(
                "上の階層より先に下の階層の番号が使われており、上の階層の番号が Word の表示と違うことがあります",
            ),
            NumberDoubt::Hidden => {
                f.write_str("隠し文字の段落に番号が付いており、続く番号が Word の表示と違うことがあります")
            }
        }
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Counter {
    value: Option<u32>,
    /// The value was not written before any paragraph: the level was skipped.
    skipped: bool,
    /// Its values are not certain any more.
    doubtful: bool,
}

/// What has been counted in one story (the body, the notes, a text box: each counts on its own).
#[derive(Debug, Default)]
pub struct Counters {
    counters: HashMap<i64, [Counter; LEVELS]>,
    started: HashSet<(i64, usize)>,
}

impl Counters {
    /// Counts a paragraph and writes its label. `hidden` says that nobody sees the paragraph.
    pub fn next(
        &mut self,
        definitions: &Definitions,
        (id, level): (i64, usize),
        hidden: bool,
        doubts: &mut BTreeSet<NumberDoubt>,
    ) -> Option<Label> {
        let instance = definitions.instances.get(&id)?;
        let definition = definitions.abstracts.get(&instance.definition)?;
        let of = |level: usize| definitions.level(instance, level);
        let start = |level: usize| instance.starts[level].or(of(level).map(|level| level.start)).unwrap_or(0);
        let counters = self.counters.entry(instance.definition).or_default();
        for (above, counter) in
            counters.iter_mut().enumerate().take(level).filter(|(_, counter)| counter.value.is_none())
        {
            *counter = Counter { value: Some(start(above)), skipped: true, ..*counter };
        }
        let counter = &mut counters[level];
        let restarted = instance.starts[level].filter(|_| self.started.insert((id, level)));
        let value =
            restarted.unwrap_or_else(|| counter.value.map_or_else(|| start(level), |value| value.saturating_add(1)));
        if std::mem::take(&mut counter.skipped) && restarted.is_none() && of(level).is_some_and(|l| l.format.counts()) {
            counter.doubtful = true;
            doubts.insert(NumberDoubt::SkippedLevel);
        }
        counter.value = Some(value);
        counter.doubtful &= restarted.is_none();
        for (deeper, counter) in counters.iter_mut().enumerate().skip(level + 1) {
            // Word takes no notice of `lvlRestart` in an override.
            let restart = definition.levels.get(deeper).and_then(|l| l.restart).filter(|&r| usize::from(r) <= deeper);
            if restart.is_none_or(|restart| level < usize::from(restart)) {
                *counter = Counter::default();
            }
        }
        if hidden {
            counters[level].doubtful = true;
            doubts.insert(NumberDoubt::Hidden);
        }
        let values = counters.map(|counter| counter.value.unwrap_or(0));
        let doubtful = counters[..=level].iter().map(|counter| counter.doubtful).collect::<Vec<bool>>();
        Some(write(of(level)?, level, &values, &doubtful, of, doubts))
    }
}

fn write<'d>(
    level: &Level,
    own: usize,
    values: &[u32; LEVELS],
    doubtful: &[bool],
    of: impl Fn(usize) -> Option<&'d Level>,
    doubts: &mut BTreeSet<NumberDoubt>,
) -> Label {
    let mut text = String::new();
    let mut unsure = false;
    if level.format == Format::Bullet {
        text = level.text.chars().take(MAX_LENGTH).map(|c| bullet(c, level.symbols)).collect();
    } else {
        let mut characters = level.text.chars().peekable();
        while let Some(character) = characters.next() {
            let place = characters.peek().and_then(|c| c.to_digit(10)).filter(|place| character == '%' && *place > 0);
            let Some(place) = place.map(|place| place as usize - 1) else {
                text.push(character);
                continue;
            };
            characters.next();
            if place > own {
                // Word takes no notice of a text that names a deeper level (MS-OI29500 2.1.283).
                text.clear();
                break;
            }
            let Some(named) = of(place) else { continue };
            unsure |= doubtful[place];
            if let Some(format) = named.unknown.as_ref().filter(|_| !level.legal) {
                unsure = true;
                doubts.insert(NumberDoubt::Format(format.clone()));
            }
            // Numbers for legal use (§17.9.4) turn every number of the label to decimal.
            let format = if level.legal && named.format.counts() { Format::Decimal } else { named.format };
            text.push_str(&format.write(values[place]));
            if text.chars().count() > MAX_LENGTH {
                break;
            }
        }
        if let Some((end, _)) = text.char_indices().nth(MAX_LENGTH) {
            text.truncate(end);
            unsure = true;
            doubts.insert(NumberDoubt::Length);
        }
    }
    text = text.replace(['\n', '\r', '\t'], " ");
    let suffix = match level.suffix {
        _ if text.is_empty() => "",
        Suffix::Tab => "\t",
        Suffix::Space => " ",
        Suffix::Nothing => "",
    };
    Label { text, suffix, doubtful: unsure }
}

/// A bullet as a person sees it. The small o that Word sets in a typewriter font is a ring.
fn bullet(character: char, symbols: bool) -> char {
    match character {
        'o' if !symbols => '○',
        character if symbols => label::symbol(label::private_use(character)),
        character => label::symbol(character),
    }
}
