//! Citations and names as they are typed: behind 第 the provisions there are, behind 前 and 次 the neighbours, behind 本 the terms in 本.

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionList, CompletionTextEdit, TextEdit,
};

use super::document::{Document, Place};
use super::name::Name;
use crate::contract::{Contract, UnitId, UnitKind};
use crate::cursor::Cursor;
use crate::number::{self, Number};
use crate::text::Span;

/// The characters behind which an editor asks unasked.
pub const TRIGGERS: [&str; 5] = ["第", "前", "次", "本", "「"];

/// What can be written at a place. The list is whole for what is typed so far; the editor asks again after every character.
pub fn complete(place: &Place) -> Option<CompletionList> {
    let contract = place.document.contract();
    let text = contract.text();
    let line = text.line(text.line_index(place.offset));
    let before = text.slice(Span::new(line.start, place.offset.max(line.start)));
    let here = contract.unit_at(place.offset.saturating_sub(1));
    let last = before.chars().next_back()?;
    let (from, offers) = match last {
        '前' | '次' => (before.len() - last.len_utf8(), neighbours(contract, here, last)),
        _ => match before.rfind('第').map(|from| (from, provisions(contract, here, before))) {
            Some((from, offers)) if !offers.is_empty() => (from, offers),
            _ => names(place.document, before)?,
        },
    };
    let typed = &before[from..];
    let range = place.document.range(Span::new(line.start + from as u32, place.offset));
    let items = offers.into_iter().enumerate().map(|(order, offer)| CompletionItem {
        label: offer.text.clone(),
        label_details: Some(CompletionItemLabelDetails { detail: None, description: offer.caption.clone() }),
        detail: offer.caption,
        kind: Some(CompletionItemKind::REFERENCE),
        // Editors compare letters, and 第１ is to find 第1条: everything that is offered fits what is typed.
        filter_text: Some(typed.to_string()),
        sort_text: Some(format!("{order:05}")),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, offer.text))),
        ..CompletionItem::default()
    });
    Some(CompletionList { is_incomplete: true, items: items.collect() }).filter(|list| !list.items.is_empty())
}

/// Something to write, and what it is.
struct Offer {
    text: String,
    caption: Option<String>,
}

/// The names that begin with what stands at the end of a line, and where that begins. Behind 「, all names.
fn names(document: &Document, before: &str) -> Option<(usize, Vec<Offer>)> {
    let offers = |typed: &str| -> Vec<Offer> {
        let begun = Name::all(document).filter(|name| name.text().starts_with(typed) && name.text() != typed);
        begun.map(|name| Offer { text: name.text().to_string(), caption: Some(name.meaning(document)) }).collect()
    };
    if before.ends_with('「') {
        return Some((before.len(), offers("")));
    }
    // The longest end of the line with which a name begins.
    let ends = before.char_indices().map(|(at, _)| at);
    let nearest = ends.rev().take(LONGEST_NAME).filter(|&at| !offers(&before[at..]).is_empty()).last()?;
    Some((nearest, offers(&before[nearest..])))
}

/// Longer beginnings of names are not looked for, in characters.
const LONGEST_NAME: usize = 20;

/// The provisions that 「第…」 at the end of a line can name: articles, or what lies in the one cited before it (第3条第…).
fn provisions(contract: &Contract, here: UnitId, before: &str) -> Vec<Offer> {
    let Some(at) = before.rfind('第') else { return Vec::new() };
    let (cited, typed) = (&before[..at], &before[at + '第'.len_utf8()..]);
    let is_number = |c: char| number::digit(c).is_some() || number::kanji_digit(c).is_some() || "十百千".contains(c);
    if !typed.chars().all(is_number) {
        return Vec::new();
    }
    let typed: String =
        typed.chars().map(|c| number::digit(c).map_or_else(|| c.to_string(), |d| d.to_string())).collect();
    let style = Style::of(contract);
    let fits = |number: Number| {
        let written = if style == Style::Kanji { number::to_kanji(number.main()) } else { number.main().to_string() };
        typed.is_empty() || written.starts_with(&typed) || number.main().to_string().starts_with(&typed)
    };
    let offer = |id: UnitId| {
        let unit = contract.unit(id);
        let number = unit.number.filter(|&number| fits(number))?;
        let text = style.write(number, unit.kind.japanese());
        let own = || contract.contents_of(id).iter().find(|content| content.unit == id && content.kind.is_text());
        let begins = || own().map(|content| contract.text().slice(content.span).chars().take(30).collect());
        Some(Offer { text, caption: contract.caption(id).map(String::from).or_else(begins) })
    };
    candidates(contract, here, cited).into_iter().filter_map(offer).collect()
}

/// The units that can be cited behind `cited`.
fn candidates(contract: &Contract, here: UnitId, cited: &str) -> Vec<UnitId> {
    let scope = contract.unit(here).scope;
    let articles = || contract.ids_of(UnitKind::Article).filter(|&id| contract.unit(id).scope == scope);
    let items = |paragraph: UnitId| contract.children_of(paragraph, UnitKind::Item).collect();
    let article_cited = |text: &str| match cited_number(text, '条') {
        Some(number) => articles().find(|&id| contract.unit(id).number == Some(number)),
        None => contract.enclosing(here, UnitKind::Article),
    };
    if let Some(number) = cited_number(cited, '項') {
        let article = cited.rfind('第').and_then(|at| article_cited(&cited[..at]));
        let paragraph = article.and_then(|article| {
            contract.children_of(article, UnitKind::Paragraph).find(|&id| contract.unit(id).number == Some(number))
        });
        return paragraph.map_or_else(Vec::new, items);
    }
    if cited_number(cited, '条').is_some() {
        let paragraphs: Vec<UnitId> =
            article_cited(cited).map_or_else(Vec::new, |id| contract.children_of(id, UnitKind::Paragraph).collect());
        return match paragraphs.as_slice() {
            &[only] => items(only),
            _ => paragraphs,
        };
    }
    match articles().collect::<Vec<UnitId>>() {
        // A 附則 or 別紙 without articles cites those of the main text.
        none if none.is_empty() => {
            contract.ids_of(UnitKind::Article).filter(|&id| contract.unit(id).scope == 0).collect()
        }
        articles => articles,
    }
}

/// The number of a citation at the end of a text: 3 for 「…第3条」 and the unit 条, 3の2 for 「…第3条の2」, 2.3 for 「…第2.3条」.
fn cited_number(text: &str, unit: char) -> Option<Number> {
    let at = text.rfind('第')?;
    let mut cursor = Cursor::new(&text[at + '第'.len_utf8()..]);
    let number = cursor.number()?;
    cursor.character(|character| character == unit)?;
    let number = cursor.branches(number);
    number.filter(|_| cursor.rest.is_empty())
}

/// 前条 and 前項, or 次条 and 次項, where there are such.
fn neighbours(contract: &Contract, here: UnitId, direction: char) -> Vec<Offer> {
    let kinds = [UnitKind::Paragraph, UnitKind::Article, UnitKind::Item];
    let neighbour = |kind: UnitKind| {
        let own = contract.enclosing(here, kind)?;
        let scope = contract.unit(own).scope;
        let parent = contract.unit(own).parent;
        let alike: Vec<UnitId> = match kind {
            UnitKind::Article => contract.ids_of(kind).filter(|&id| contract.unit(id).scope == scope).collect(),
            _ => contract.children_of(parent?, kind).collect(),
        };
        let at = alike.iter().position(|&id| id == own)?;
        let found = if direction == '前' { alike.get(at.checked_sub(1)?) } else { alike.get(at + 1) };
        let caption = found.map(|&id| {
            let caption = contract.caption(id).map_or_else(String::new, |caption| format!("（{caption}）"));
            format!("{}{caption}", contract.citation(id))
        });
        Some(Offer { text: format!("{direction}{}", kind.japanese()), caption: Some(caption?) })
    };
    kinds.into_iter().filter_map(neighbour).collect()
}

/// How a document writes its numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// 第3条
    HalfWidth,
    /// 第３条
    FullWidth,
    /// 第三条
    Kanji,
}

impl Style {
    /// The style of the first article.
    fn of(contract: &Contract) -> Style {
        let first = contract.ids_of(UnitKind::Article).next();
        let label = first.map_or("", |id| contract.text().slice(contract.unit(id).label));
        match label {
            label if label.contains(|c| number::kanji_digit(c).is_some() || c == '十') => Style::Kanji,
            label if label.contains(|c: char| ('０'..='９').contains(&c)) => Style::FullWidth,
            _ => Style::HalfWidth,
        }
    }

    /// 第3条の2
    fn write(self, number: Number, unit: &str) -> String {
        let digits = |value: u32| match self {
            Style::HalfWidth => value.to_string(),
            Style::FullWidth => number::to_full_width(value),
            Style::Kanji => number::to_kanji(value),
        };
        let branches: String = number.branches().map(|branch| format!("の{}", digits(branch))).collect();
        let parts: Vec<String> = number.parts().map(digits).collect();
        format!("第{}{unit}{branches}", parts.join("."))
    }
}
