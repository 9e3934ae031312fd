//! What 第2号, 前号, 各号 and 次の各号 name, and the イ, ロ below them.

use super::antecedent::Cited;
use super::citation::{Citation, Item};
use super::resolve::{Here, MOST, Outcome, Resolver, first_of, last_of, same};
use super::{Broken, Status};
use crate::contract::{ContentKind, Numbering, UnitId, UnitKind};
use crate::number::{self, Number};

impl Resolver<'_> {
    pub(super) fn item_here(&self, item: Item, here: &Here) -> Outcome {
        let holder = here.paragraph.or(here.holder);
        let items = holder.map_or(&[][..], |holder| self.children(holder, UnitKind::Item));
        let place = here.item.and_then(|own| items.binary_search(&own).ok());
        match item {
            Item::Number(number) => {
                if items.is_empty() {
                    return self.item_elsewhere(number, here, holder);
                }
                let found = holder.map_or_else(Vec::new, |holder| self.items_numbered(holder, number));
                if found.is_empty() { Err(self.not_found(Broken::Item(holder))) } else { Ok(found) }
            }
            Item::This => here.item.map(|i| vec![i]).ok_or(Status::Broken(Broken::NotInside)),
            Item::Same => same(self.antecedents.item(here.block)),
            Item::Each => {
                if items.is_empty() {
                    self.each_elsewhere(here)
                } else {
                    Ok(first_of(items))
                }
            }
            Item::Following => self.following(here),
            Item::PreviousEach => match place {
                Some(0) => Err(Status::Broken(Broken::NoPreviousItem)),
                Some(place) => Ok(last_of(&items[..place])),
                // Text behind the list speaks of all of it.
                None if !items.is_empty() && self.is_behind_items(here, items) => Ok(first_of(items)),
                None => Err(Status::Broken(Broken::NoPreviousItem)),
            },
            Item::Previous(count) => match place {
                Some(place) if place as u32 >= count => Ok(last_of(&items[place - count as usize..place])),
                Some(place) if place > 0 => Err(Status::Broken(Broken::TooFewBefore(place as u32))),
                _ => Err(Status::Broken(Broken::NoPreviousItem)),
            },
            Item::Next => match place.and_then(|place| items.get(place + 1)) {
                Some(&next) => Ok(vec![next]),
                None => Err(Status::Broken(Broken::NoNext)),
            },
        }
    }

    /// 第N号 in a paragraph without items speaks of those of the paragraph cited before.
    fn item_elsewhere(&self, number: Number, here: &Here, holder: Option<UnitId>) -> Outcome {
        let found = match self.antecedents.paragraph(here.block) {
            Some(Cited::Elsewhere(name)) => return Err(Status::External(name.clone())),
            Some(Cited::Here(paragraph)) => self.items_numbered(*paragraph, number),
            _ => Vec::new(),
        };
        if found.is_empty() { Err(self.not_found(Broken::Item(holder))) } else { Ok(found) }
    }

    /// 各号 in a paragraph without items speaks of the items cited before.
    fn each_elsewhere(&self, here: &Here) -> Outcome {
        match self.antecedents.paragraph(here.block) {
            Some(Cited::Elsewhere(name)) => Err(Status::External(name.clone())),
            Some(Cited::Here(paragraph)) => {
                let items = self.children(*paragraph, UnitKind::Item);
                if items.is_empty() { Err(self.not_found(Broken::Item(Some(*paragraph)))) } else { Ok(first_of(items)) }
            }
            Some(Cited::Unknown) => Err(Status::Broken(Broken::Antecedent)),
            None => Err(self.not_found(Broken::Item(here.paragraph))),
        }
    }

    /// What 次の各号 announces: the items below, or whatever else stands below.
    fn following(&self, here: &Here) -> Outcome {
        let contract = self.contract;
        let below = |id: UnitId| {
            let of_kind = |kind| first_of(self.children(id, kind));
            Some(of_kind(UnitKind::Item))
                .filter(|items| !items.is_empty())
                .unwrap_or_else(|| of_kind(UnitKind::Subitem))
        };
        let own = below(here.inner);
        if !own.is_empty() {
            return Ok(own);
        }
        let items = here.paragraph.map(below).unwrap_or_default();
        if here.item.is_none() && !items.is_empty() {
            return Ok(items);
        }
        // Tables, lists that are paragraphs of their own, and entries that run on in the text.
        let holder = here.paragraph.unwrap_or(here.inner);
        let has_cells = contract.contents_of(holder).iter().take(MOST).any(|c| c.kind == ContentKind::Cell);
        let next = here.holder.and_then(|h| {
            let siblings = &contract.unit(h).children;
            let place = here.paragraph.and_then(|paragraph| siblings.binary_search(&paragraph).ok());
            place.and_then(|place| siblings.get(place + 1)).copied()
        });
        let list_of_paragraphs = next.filter(|&n| {
            let unit = contract.unit(n);
            let own_numbering = here.paragraph.is_some_and(|p| contract.unit(p).numbering == Numbering::Implicit);
            unit.kind == UnitKind::Paragraph
                && own_numbering
                && (unit.numbering != Numbering::Implicit || !self.ends_as_sentence(n))
        });
        match list_of_paragraphs {
            _ if has_cells || self.items_run_on(holder) => Ok(Vec::new()),
            Some(first) => Ok(vec![first]),
            None => Err(Status::Broken(Broken::NoItemsFollow)),
        }
    }

    /// Whether entries stand in the middle of a text: 「次に掲げる書類　イ　図面　ロ　計画書」, 「次の①及び②」.
    fn items_run_on(&self, id: UnitId) -> bool {
        const FIRST: [&str; 9] = ["イ　", "ア　", "一　", "（１）", "(1)", "（1）", "①", "一 ", "イ "];
        // In bytes: the first mark stands near the beginning.
        const NEAR: usize = 6_000;
        let text = self.contract.text().slice(self.contract.unit(id).span).as_bytes();
        let text = &text[..text.len().min(NEAR)];
        FIRST.iter().any(|mark| memchr::memmem::find(text, mark.as_bytes()).is_some())
    }

    fn ends_as_sentence(&self, id: UnitId) -> bool {
        let flow = self.contract.flow();
        flow.as_str()[flow.range(self.contract.unit(id).contents)].ends_with('。')
    }

    /// Whether the text in which we are stands behind the items of its paragraph.
    fn is_behind_items(&self, here: &Here, items: &[UnitId]) -> bool {
        let contract = self.contract;
        let last = items.last().map_or(0, |&i| contract.unit(i).contents.1);
        let own = here.paragraph.map_or(0, |p| contract.unit(p).contents.1);
        own > last
    }

    pub(super) fn subitems(&self, items: Vec<UnitId>, citation: &Citation) -> Outcome {
        let mut units = items;
        for &(value, other) in &citation.subitems {
            let inner: Vec<UnitId> =
                units.iter().flat_map(|&unit| self.reading(unit, UnitKind::Subitem, value, other)).collect();
            if !inner.is_empty() {
                units = inner;
                continue;
            }
            return match units.first() {
                // 「次に掲げる書類イ　図面」: where the list runs on in the text, the citation points at the text.
                Some(&holder) if self.items_run_on(holder) => Ok(vec![holder]),
                holder => Err(Status::Broken(Broken::Item(holder.copied()))),
            };
        }
        Ok(units)
    }

    /// The units of a kind below another that bear a number, in one of two readings.
    fn reading(&self, holder: UnitId, kind: UnitKind, value: u32, other: Option<u32>) -> Vec<UnitId> {
        let readings = std::iter::once(value).chain(other);
        let numbered = readings
            .flat_map(|value| self.index.children_numbered(self.contract, holder, kind, Number::new(value)))
            .take(MOST);
        let mut found: Vec<UnitId> = numbered.copied().filter(|&id| self.reads(id, value, other)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether an entry bears a number, or is written with the letter that has two readings (イ of イロハ and of アイウ).
    fn reads(&self, id: UnitId, value: u32, other: Option<u32>) -> bool {
        let label = self.contract.text().slice(self.contract.unit(id).label);
        let mut letters = label.chars().filter_map(|c| {
            let kana = number::iroha(number::wide_katakana(c));
            kana.or_else(|| number::latin_letter(c).map(|c| c.to_ascii_lowercase() as u32 - 'a' as u32 + 1))
        });
        match (letters.next(), letters.next()) {
            (Some(letter), None) => letter == value,
            _ => self.number(id).is_some_and(|n| n.main() == value || Some(n.main()) == other),
        }
    }

    /// 「前項イ」: the イ that stand directly below paragraphs; where there are none, the paragraphs.
    pub(super) fn kana_below(&self, paragraphs: &[UnitId], citation: &Citation) -> Outcome {
        let Some(&(value, other)) = citation.subitems.first() else { return Ok(paragraphs.to_vec()) };
        let found: Vec<UnitId> =
            paragraphs.iter().flat_map(|&paragraph| self.reading(paragraph, UnitKind::Item, value, other)).collect();
        Ok(if found.is_empty() { paragraphs.to_vec() } else { found })
    }
}
