//! Entries of lists: 項, 号 and deeper units.

use super::*;
use crate::text::{ends_with_any, starts_with_any};

impl<'a> Builder<'a> {
    pub(super) fn paragraph_line(&mut self, index: usize, number: u32) {
        let line = &self.lines[index];
        if !self.holds_lists() || self.inside_sentence(index) {
            return self.plain(index);
        }
        let enumerator = Enumerator {
            style: Style { system: System::Ordinal, frame: Frame::Comma },
            value: number,
            branch: 0,
            until: 0,
            other: None,
        };
        let holder = self.container;
        self.close_to(holder, line.span.start);
        self.lists.clear();
        let id = self.open_numbered(
            UnitKind::Paragraph,
            number,
            Numbering::Written,
            enumerator,
            line.label,
            line.span.start,
        );
        let body = line.body;
        self.lists.push(self.new_list(enumerator.style, number, line.indent, UnitKind::Paragraph, id, body));
        if !body.is_empty() {
            self.push_text(id, body, false);
        }
    }

    pub(super) fn entry(&mut self, index: usize, enumerator: Enumerator) {
        let line = &self.lines[index];
        self.entry_at(index, enumerator, line.label, line.body, line.span.start);
    }

    pub(super) fn bullet(&mut self, index: usize, mark: char) {
        let line = &self.lines[index];
        if self.ends_here(index) {
            return self.plain(index);
        }
        self.entry_at(index, text::bullet_mark(mark), line.label, line.body, line.span.start);
    }

    /// Whether the current container takes entries.
    pub(super) fn holds_lists(&self) -> bool {
        let kind = self.unit(self.container).kind;
        matches!(kind, UnitKind::Article | UnitKind::Supplementary | UnitKind::Annex | UnitKind::Section)
            || kind.is_division()
            || kind == UnitKind::Document && self.layout.scheme == Scheme::None
    }

    pub(super) fn entry_at(&mut self, index: usize, enumerator: Enumerator, label: Span, body: Span, start: u32) {
        let line = &self.lines[index];
        if !self.holds_lists() {
            return self.plain(index);
        }
        let body_text = self.slice(body);
        let entry = Entry {
            enumerator,
            indent: line.indent,
            sentence: body_text.ends_with(['。', '．', '.']),
            empty: body_text.is_empty(),
            inside_sentence: start == line.span.start && self.may_be_wrapped(index, &enumerator),
            lead_in: self.lead_in(),
            next_paragraph: self.is_next_paragraph(&enumerator),
            markdown: self.markdown && line.fence == 0,
        };
        // 「（１）に定める」, 「②及び③」 at the beginning of a line speak of an entry, they are none.
        let speaks_of = [
            "に定め",
            "に規定",
            "に掲げ",
            "に記載",
            "の規定",
            "の場合",
            "及び",
            "又は",
            "および",
            "または",
            "から",
            "ないし",
            "乃至",
        ];
        if body.start == label.end && starts_with_any(body_text, &speaks_of) {
            return self.plain(index);
        }
        match list::place(&self.lists, &entry) {
            Place::Text => self.plain(index),
            Place::Continue { depth, value, style } => {
                self.continue_list(depth, value, style, &entry, label, body, start)
            }
            Place::Open { value, style } => self.open_list(value, style, &entry, label, body, start),
        }
    }

    /// Whether a number is that of the 項 behind those that stand in the container without numbers: 「２」 behind a first 項 that has none.
    pub(super) fn is_next_paragraph(&self, enumerator: &Enumerator) -> bool {
        let (value, style) = list::first_reading(enumerator);
        let numbers_paragraphs = matches!(style.system, System::Arabic | System::Kanji | System::Enclosed('①'));
        if !numbers_paragraphs || value < 2 {
            return false;
        }
        let Paragraphs { count, numbered } = self.paragraphs();
        let last = self.unit(self.container).children.last();
        // Only the last can be without text yet.
        count + 1 == value
            && numbered == 0
            && last.is_none_or(|&id| {
                self.unit(id).kind != UnitKind::Paragraph || self.unit(id).contents.0 < self.contents.len() as u32
            })
    }

    /// The 項 of the container. There may be thousands: each is looked at once.
    fn paragraphs(&self) -> Paragraphs {
        let children = &self.unit(self.container).children;
        let (unit, seen, known) = self.counted.get();
        let goes_on = unit == self.container && seen <= children.len();
        let (seen, mut paragraphs) = if goes_on { (seen, known) } else { (0, Paragraphs::default()) };
        for id in children[seen..].iter().filter(|&&id| self.unit(id).kind == UnitKind::Paragraph) {
            paragraphs.count += 1;
            paragraphs.numbered += u32::from(self.unit(*id).numbering != Numbering::Implicit);
        }
        self.counted.set((self.container, children.len(), paragraphs));
        paragraphs
    }

    /// Whether a number of this style at the beginning of a line can be part of a wrapped sentence.
    pub(super) fn may_be_wrapped(&self, index: usize, enumerator: &Enumerator) -> bool {
        let weak = list::is_weak(enumerator.style);
        match (self.layout.wrapped, enumerator.style.system) {
            (_, System::Bullet(_)) => false,
            (Some(_), _) => self.inside_sentence(index) && !self.ends_items(index, enumerator),
            // Lines that are not wrapped end inside a sentence only by accident.
            (None, _) => weak && self.previous.is_some_and(|p| p + 1 == index && self.body(p).ends_with('、')),
        }
    }

    /// Whether a line with a number set apart from its text is the next 項, below an item that ends as items end: 「（２）…したもの」 / 「２　前項の…」.
    fn ends_items(&self, index: usize, enumerator: &Enumerator) -> bool {
        let line = &self.lines[index];
        let Some(previous) = self.previous.filter(|&p| p + 1 == index) else { return false };
        let is_item = matches!(self.lines[previous].head, Head::Enumerator(_));
        let body = self.body(previous);
        let ends = body.ends_with(|c| matches!(c, '一'..='鿿')) || ends_with_any(body, &["とき", "こと", "もの"]);
        is_item && ends && line.body.start > line.label.end && self.is_next_paragraph(enumerator)
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one entry")]
    pub(super) fn continue_list(
        &mut self,
        depth: usize,
        value: u32,
        style: Style,
        entry: &Entry,
        label: Span,
        body: Span,
        start: u32,
    ) {
        let (kind, parent, written, was_rendered) = {
            let list = &self.lists[depth];
            let parent = self.unit(list.entry).parent.unwrap_or(DOCUMENT);
            (list.kind, parent, entry.enumerator.value_in(style).unwrap_or(value), list.all_ones)
        };
        self.lists.truncate(depth + 1);
        self.close_to(parent, start);
        let numbering = match style.system {
            System::Bullet(_) => Numbering::Bullet,
            _ if written != value && was_rendered => Numbering::Rendered,
            _ => Numbering::Written,
        };
        let id = self.open_numbered(
            kind,
            value,
            numbering,
            Enumerator { style, value, branch: entry.enumerator.branch, until: entry.enumerator.until, other: None },
            label,
            start,
        );
        let list = self.lists.last_mut().expect("the list that is continued");
        // A number in another style does not change how the list goes on.
        if written == list.last + 1 && list.style.frame == style.frame {
            list.style = style;
        }
        list.last = value.max(entry.enumerator.until);
        list.written = written.max(entry.enumerator.until);
        list.count += 1;
        list.all_ones &= written == 1;
        list.sentences += u32::from(entry.sentence);
        list.entry = id;
        if !body.is_empty() {
            self.push_text(id, body, false);
        }
    }

    pub(super) fn open_list(&mut self, value: u32, style: Style, entry: &Entry, label: Span, body: Span, start: u32) {
        let kind = self.kind_of_new_list(value, style, entry);
        let parent = match kind {
            UnitKind::Paragraph => {
                self.lists.clear();
                self.container
            }
            UnitKind::Item => self.item_parent(start),
            _ => self.leaf,
        };
        self.close_to(parent, start);
        let numbering = if matches!(style.system, System::Bullet(_)) { Numbering::Bullet } else { Numbering::Written };
        let id = self.open_numbered(
            kind,
            value,
            numbering,
            Enumerator { style, value, branch: entry.enumerator.branch, until: entry.enumerator.until, other: None },
            label,
            start,
        );
        let last = value.max(entry.enumerator.until);
        let list = self.new_list(style, last, entry.indent, kind, id, body);
        self.lists.push(list);
        if !body.is_empty() {
            self.push_text(id, body, false);
        }
    }

    /// What the entries of a list that opens here are.
    pub(super) fn kind_of_new_list(&mut self, value: u32, style: Style, entry: &Entry) -> UnitKind {
        if let Some(innermost) = self.lists.last() {
            // The list above may have been left for text that stands outside it.
            let open_entry = self.open.contains(&innermost.entry);
            if open_entry && !entry.next_paragraph {
                return match innermost.kind {
                    UnitKind::Paragraph => UnitKind::Item,
                    _ => UnitKind::Subitem,
                };
            }
            if self.lists[0].kind == UnitKind::Paragraph && !entry.next_paragraph {
                self.lists.truncate(1);
                return UnitKind::Item;
            }
            self.lists.clear();
        }
        if value == 1 && self.container == DOCUMENT && self.layout.paragraph_style == Some(style) {
            while self.dissolve_lead() {}
            return UnitKind::Paragraph;
        }
        let implicit = self.implicit_paragraphs();
        let has_text = implicit > 0;
        let bullet = matches!(style.system, System::Bullet(_));
        if !has_text {
            if matches!(self.unit(self.container).kind, UnitKind::Supplementary | UnitKind::Annex) {
                return UnitKind::Paragraph;
            }
            let habits = &self.layout.habits;
            let item_like = habits.is_item_style(style) && habits.has_other_paragraph_style(style)
                || habits.are_called_items(style);
            let things = !entry.sentence && !entry.empty && self.entries_are_things(entry.indent);
            return if item_like || things || (bullet && !entry.sentence) {
                UnitKind::Item
            } else {
                UnitKind::Paragraph
            };
        }
        if !bullet && entry.next_paragraph {
            return UnitKind::Paragraph;
        }
        let article =
            self.unit(self.container).number.filter(|n| !n.is_branch() && self.scopes[self.scope as usize].main);
        let cited = article.is_some_and(|n| self.layout.is_cited_by_paragraph(n)) || self.cited_style == Some(style);
        if !bullet
            && value == 1
            && implicit == 1
            && cited
            && !self.layout.habits.is_firm_item_style(style)
            && !self.announces_items()
            && !self.entries_are_things(entry.indent)
        {
            self.cited_style = Some(style);
            self.dissolve_lead();
            return UnitKind::Paragraph;
        }
        UnitKind::Item
    }

    /// Whether the entries directly under a heading name things (no sentence among the first few).
    pub(super) fn entries_are_things(&self, indent: u16) -> bool {
        let Some(from) = self.previous.map(|p| p + 1) else { return false };
        let next: Vec<&Line> = self.lines[from..]
            .iter()
            .take(16)
            .filter(|l| is_text(l))
            .take_while(|l| l.heading == 0 && !matches!(l.head, Head::Article { .. }))
            .filter(|l| l.indent <= indent || l.head == Head::None && self.layout.wrapped.is_some())
            .collect();
        !next.is_empty() && next.iter().all(|l| !ends_as_a_sentence(self.slice(l.body)))
    }

    /// Whether the text above says that 号 follow.
    pub(super) fn announces_items(&self) -> bool {
        self.own_text(self.leaf).any(|slice| ["各号", "次に掲げ", "次の事項"].iter().any(|w| slice.contains(w)))
    }

    /// The pieces of text that belong to a unit itself.
    pub(super) fn own_text(&self, id: UnitId) -> impl Iterator<Item = &'a str> + '_ {
        let from = self.unit(id).contents.0 as usize;
        self.contents[from..]
            .iter()
            .filter(move |c| c.unit == id && c.kind == ContentKind::Text)
            .map(|c| self.slice(c.span))
    }

    /// The number of paragraphs of the container that are counted without written numbers.
    pub(super) fn implicit_paragraphs(&self) -> u32 {
        self.paragraphs().count
    }

    /// The text before numbered paragraphs belongs to the unit that holds them: it is not a 項 of its own. Says whether there was such text.
    pub(super) fn dissolve_lead(&mut self) -> bool {
        let container = self.container;
        let Some(&last) = self.unit(container).children.last() else { return false };
        let unit = self.unit(last);
        let removable = last.0 as usize == self.units.len() - 1
            && unit.kind == UnitKind::Paragraph
            && unit.numbering == Numbering::Implicit;
        if !removable {
            return false;
        }
        self.close_to(container, self.unit(last).span.end);
        let (from, _) = self.unit(last).contents;
        for content in &mut self.contents[from as usize..] {
            content.unit = container;
        }
        let announced = self.announced.get_mut();
        announced.remove(&last);
        if let Some((_, found)) = announced.get_mut(&container) {
            let mut moved = self.contents[from as usize..].iter().filter(|c| c.kind == ContentKind::Text);
            *found |= moved.any(|c| list::is_lead_in(self.text.slice(c.span)));
        }
        self.units.pop();
        self.units[container.0 as usize].children.pop();
        let (counted, seen, known) = self.counted.get();
        if counted == container && seen > self.unit(container).children.len() {
            self.counted.set((container, seen - 1, Paragraphs { count: known.count - 1, ..known }));
        }
        self.leaf = container;
        true
    }

    /// The paragraph to which items that open here belong; an article without text gets an implicit one.
    pub(super) fn item_parent(&mut self, start: u32) -> UnitId {
        if let Some(list) = self.lists.first().filter(|l| l.kind == UnitKind::Paragraph) {
            return list.entry;
        }
        let container = self.container;
        let last =
            self.unit(container).children.iter().rev().copied().find(|&id| self.unit(id).kind == UnitKind::Paragraph);
        match last.filter(|id| self.open.contains(id)) {
            Some(paragraph) => paragraph,
            None => {
                self.close_to(container, start);
                let count = self.implicit_paragraphs() + 1;
                self.open_unit(
                    UnitKind::Paragraph,
                    Some(Number::new(count)),
                    Numbering::Implicit,
                    Span::empty(start),
                    start,
                )
            }
        }
    }

    pub(super) fn new_list(
        &self,
        style: Style,
        value: u32,
        indent: u16,
        kind: UnitKind,
        entry: UnitId,
        body: Span,
    ) -> OpenList {
        let sentence = self.slice(body).ends_with(['。', '．', '.']);
        OpenList {
            style,
            indent,
            last: value,
            written: value,
            count: 1,
            all_ones: value == 1,
            sentences: u32::from(sentence),
            kind,
            with_text_below: false,
            entry,
        }
    }

    /// Whether the unit above announces a list. A unit may have thousands of lines, and lists in between: each line is looked at once.
    pub(super) fn lead_in(&self) -> bool {
        let mut announced = self.announced.borrow_mut();
        let (seen, found) =
            announced.entry(self.leaf).or_insert_with(|| (self.unit(self.leaf).contents.0 as usize, false));
        let fresh = self.contents.get(*seen..).unwrap_or_default();
        let mut own = fresh.iter().filter(|c| c.unit == self.leaf && c.kind == ContentKind::Text);
        *found = *found || own.any(|c| list::is_lead_in(self.slice(c.span)));
        *seen = self.contents.len();
        *found
    }
}

/// Whether an entry says something, with its full stop or without: 「…を支払う」「…してはならない」, but not 「場所：乙に委ねる」.
fn ends_as_a_sentence(body: &str) -> bool {
    const VERBS: [char; 9] = ['う', 'く', 'ぐ', 'す', 'つ', 'ぬ', 'ぶ', 'む', 'る'];
    let body = body.trim_end_matches(is_blank);
    let verb = body.ends_with("ない") || body.ends_with(VERBS);
    body.ends_with('。') || verb && !body.chars().take(16).any(|c| matches!(c, ':' | '：'))
}
