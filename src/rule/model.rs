//! A model clause that a page carries, written into a contract in the contract's own layout.
//!
//! ````markdown
//! ```clause
//! （反社会的勢力の排除）
//! 1. 甲及び乙は、…
//! (1) 暴力団
//! 2. 甲又は乙は、…
//! ```
//! ````
//!
//! The first line is the caption; then one line a 項, numbered where there are several, with its 号 as `(1)`. A new article stands behind
//! another as its branch (第10条の2), so that no number and no reference changes. Headings and enumerators are written as the contract
//! writes them; a contract without 項 or 号 gets those of statutes (`2　`, `(1) `).

use super::Page;
use crate::analysis::Analysis;
use crate::contract::{Contract, Numbering, Unit, UnitId, UnitKind};
use crate::syntax;
use crate::text::{Span, places};

/// A model clause.
pub(super) struct Model<'p> {
    caption: &'p str,
    lines: Vec<Line<'p>>,
}

struct Line<'p> {
    item: bool,
    number: u32,
    text: &'p str,
}

const OPENING: &str = "```clause\n";

impl<'p> Model<'p> {
    /// The model clause of a page, if it carries one.
    pub(super) fn of(page: &'p Page) -> Option<Model<'p>> {
        let start = page.text.find(OPENING)? + OPENING.len();
        let block = &page.text[start..start + page.text[start..].find("```")?];
        let mut lines = block.lines().filter(|line| !line.trim().is_empty());
        let caption = lines.next()?.trim().trim_start_matches('（').trim_end_matches('）');
        let line = |line: &'p str| {
            let numbered = |open: &str, close: &str| {
                let (number, text) = line.strip_prefix(open)?.split_once(close)?;
                Some((number.parse().ok()?, text))
            };
            match (numbered("(", ") "), numbered("", ". ")) {
                (Some((number, text)), _) => Line { item: true, number, text },
                (None, Some((number, text))) => Line { item: false, number, text },
                (None, None) => Line { item: false, number: 1, text: line },
            }
        };
        Some(Model { caption, lines: lines.map(line).collect() })
    }

    /// The edit that writes it behind an article.
    pub(super) fn behind(&self, analysis: &Analysis, article: UnitId) -> Option<(Span, String)> {
        let (contract, manner) = (analysis.contract(), analysis.manner());
        let text = contract.text();
        let unit = contract.unit(article);
        let label = text.slice(unit.label);
        let branch = match label.chars().rev().find(|c| *c != '条')? {
            c if c.is_ascii_digit() => "の2",
            '０'..='９' => "の２",
            _ => "の二",
        };
        let number = unit.number?;
        let taken = contract.ids_of(UnitKind::Article).any(|id| contract.unit(id).number == Some(number.branch(2)));
        // Only 第N条 can have a branch; the parties have to be called as the model calls them, and a model is written in である.
        if manner.polite || taken || number.is_branch() || !label.ends_with('条') || !self.calls_parties_as(manner) {
            return None;
        }
        // The heading of the article above with another number and caption. The number of its first 項 is written anew.
        let first_text = contract.contents_of(article).iter().find(|content| content.kind.is_text())?.span.start;
        let first_paragraph = contract.children_of(article, UnitKind::Paragraph).next().map(|id| contract.unit(id));
        let end_of_heading = match first_paragraph.filter(|paragraph| is_written(paragraph)) {
            Some(paragraph) => paragraph.label.start,
            None => first_text,
        };
        let heading = text.as_str().get(unit.span.start as usize..end_of_heading as usize)?;
        // The bookmark of an exported text belongs to the article above alone.
        let heading = match heading.trim_start().strip_prefix("[bookmark:").and_then(|rest| rest.split_once(']')) {
            Some((_, heading)) => heading,
            None => heading,
        };
        let mut new = heading.replacen(label, &format!("{label}{branch}"), 1);
        new = new.replacen(contract.caption(article)?, self.caption, 1);
        let several = self.lines.iter().filter(|line| !line.item).count() > 1;
        let first_is_numbered = several && manner.first_paragraph;
        for (index, line) in self.lines.iter().enumerate() {
            if index > 0 {
                new.push_str(&manner.between);
            }
            if line.item {
                new.push_str(&manner.item(line.number)?);
            } else if line.number > 1 || first_is_numbered {
                new.push_str(&manner.paragraph(line.number)?);
            }
            new.push_str(&line.text.replace(ITSELF[0], manner.itself));
        }
        // Behind all of the article, also behind numbers of 項 that have no text.
        let whole = text.slice(unit.span).trim_end_matches(['\n', '\r', '　']);
        let end = unit.span.start + whole.len() as u32;
        if manner.comments.iter().any(|comment| comment.start < end && end < comment.end) {
            return None;
        }
        let gap = if text.as_str()[..unit.span.start as usize].ends_with("\n\n") { "\n\n" } else { "\n" };
        let written = format!("{gap}{}", new.trim_start_matches('\n'));
        Some((
            Span::new(end, end),
            if manner.crlf { written.replace("\r\n", "\n").replace('\n', "\r\n") } else { written },
        ))
    }

    fn calls_parties_as(&self, manner: &Manner) -> bool {
        LABELS
            .iter()
            .zip(manner.labels)
            .all(|(label, used)| used || !self.lines.iter().any(|line| line.text.contains(label)))
    }
}

fn is_written(unit: &Unit) -> bool {
    unit.numbering == Numbering::Written && !unit.label.is_empty()
}

/// What model clauses call the parties.
const LABELS: [&str; 2] = ["甲", "乙"];

/// What contracts call themselves; model clauses say the first.
const ITSELF: [&str; 6] = ["本契約", "この契約", "本覚書", "この覚書", "本協定", "この協定"];

/// How a contract writes what a model clause is made of. The labels of 項 and 号 are those of the first ones, with the blank behind them.
#[derive(Debug)]
pub(crate) struct Manner {
    first_paragraph: bool,
    paragraphs: Vec<String>,
    items: Vec<String>,
    between: String,
    /// Whether its lines end with `\r\n`.
    crlf: bool,
    /// Which of [`LABELS`] name its parties.
    labels: [bool; 2],
    /// What it calls itself, of [`ITSELF`].
    itself: &'static str,
    /// Whether its sentences end in ます.
    polite: bool,
    /// What is not seen: text that is put there would not be seen either.
    comments: Vec<Span>,
}

impl Manner {
    /// The label of a 項; `None` where the contract writes labels, but none of this number.
    fn paragraph(&self, number: u32) -> Option<String> {
        match self.paragraphs.is_empty() {
            true => Some(format!("{number}　")),
            false => self.paragraphs.get((number as usize).checked_sub(1)?).cloned(),
        }
    }

    /// The label of a 号.
    fn item(&self, number: u32) -> Option<String> {
        match self.items.is_empty() {
            true => Some(format!("({number}) ")),
            false => self.items.get((number as usize).checked_sub(1)?).cloned(),
        }
    }

    /// Looks how a contract is written.
    pub(crate) fn of(contract: &Contract) -> Manner {
        let text = contract.text();
        let stands = |words: &str| places(contract.flow().as_str(), words).next().is_some();
        let count = |words: &str| places(contract.flow().as_str(), words).count();
        let mut found = Manner {
            first_paragraph: false,
            paragraphs: Vec::new(),
            items: Vec::new(),
            between: "\n".into(),
            crlf: places(text.as_str(), "\r\n").next().is_some(),
            comments: if text.is_formatted() { Vec::new() } else { syntax::comments(text.as_str()) },
            // Of those that stand equally often the first.
            itself: ITSELF.into_iter().rev().max_by_key(|name| count(name)).unwrap_or(ITSELF[0]),
            polite: count("ます。") + count("ません。") > count("る。") + count("ない。"),
            labels: LABELS.map(|label| stands(&format!("「{label}」")) || stands(&format!("{label}は、"))),
        };
        // A label with everything from the line's beginning to the text behind it.
        let written = |id: UnitId| {
            let unit = contract.unit(id);
            let first = contract.contents_of(id).first().filter(|_| is_written(unit))?;
            let start = text.as_str()[..unit.label.start as usize].rfind('\n').map_or(0, |at| at + 1) as u32;
            let lead = text.slice(Span::new(start, unit.label.start));
            lead.trim().is_empty().then(|| text.slice(Span::new(start, first.span.start)).to_string())
        };
        for article in contract.ids_of(UnitKind::Article) {
            let paragraphs: Vec<UnitId> = contract.children_of(article, UnitKind::Paragraph).collect();
            if found.paragraphs.len() < paragraphs.len() && paragraphs.len() > 1 {
                let labels: Option<Vec<String>> = paragraphs[1..].iter().map(|&id| written(id)).collect();
                if let Some(mut labels) = labels {
                    let first = written(paragraphs[0]);
                    found.first_paragraph = first.is_some();
                    labels.insert(0, first.unwrap_or_default());
                    found.paragraphs = labels;
                    let end = contract.contents_of(paragraphs[0]).last().map_or(0, |c| c.span.end);
                    let start = contract.unit(paragraphs[1]).label.start;
                    let gap = text.as_str().get(end as usize..start as usize).unwrap_or("\n");
                    found.between = if gap.matches('\n').count() > 1 { "\n\n" } else { "\n" }.into();
                }
            }
            for paragraph in paragraphs {
                let items = || contract.children_of(paragraph, UnitKind::Item);
                if items().count() > found.items.len() {
                    found.items = items().map(written).collect::<Option<_>>().unwrap_or(found.items);
                }
            }
        }
        found
    }
}
