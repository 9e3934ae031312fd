//! Lines of text: which unit they belong to.

use super::*;
use crate::plane::Plane;
use crate::text::{ends_with_any, starts_with_any};

impl Builder<'_> {
    /// The line behind the end of a quotation that begins with this line and holds headings or several lines.
    pub(super) fn quotation_end(&self, index: usize) -> Option<usize> {
        let line = &self.lines[index];
        let whole = self.slice(crate::syntax::trim(self.text, line.span));
        let opens = line.quotation || whole.trim_start_matches(['*', '>', ' ']).starts_with(['「', '『']);
        if !opens || line.heading > 0 {
            return None;
        }
        let mut depth = 0i32;
        for (count, line) in self.lines[index..].iter().take(80).enumerate() {
            for character in self.slice(line.span).chars() {
                match character {
                    '「' | '『' => depth += 1,
                    '」' | '』' => depth -= 1,
                    _ => {}
                }
            }
            if depth <= 0 {
                return (count > 0 || line.quotation).then_some(index + count + 1);
            }
        }
        None
    }

    pub(super) fn quotation(&mut self, index: usize) {
        let span = self.whole(index);
        self.push(ContentKind::Quotation, self.leaf, span, false);
    }

    /// A line whose head is none after all: text, or the entry of a list if a bullet stands before it.
    pub(super) fn no_head(&mut self, index: usize) {
        let line = &self.lines[index];
        if line.bullet && !self.ends_here(index) {
            let whole = self.whole(index);
            return self.entry_at(index, bullet_mark('-'), Span::empty(whole.start), whole, line.span.start);
        }
        self.plain(index);
    }

    /// A line without a head that counts.
    pub(super) fn plain(&mut self, index: usize) {
        let span = self.whole(index);
        if span.is_empty() {
            return;
        }
        let line = &self.lines[index];
        let slice = self.slice(span);
        let kind = self.unit(self.container).kind;
        let before_articles = self.main_last_article.is_none() && kind == UnitKind::Document;
        let untitled = before_articles && self.title.is_none();
        if untitled && self.units.len() == 1 && closing::is_letterhead(slice) {
            return self.push(ContentKind::Text, DOCUMENT, span, false);
        }
        if untitled
            && self.contents.is_empty()
            && !slice.ends_with('。')
            && slice.chars().count() <= 50
            && line.region == Region::Text
        {
            return self.set_title(index);
        }
        if untitled && closing::is_title(slice) {
            return self.set_title(index);
        }
        if line.heading == 0 && self.blank && self.is_new_agreement(index) && closing::is_title(slice) {
            self.begin_agreement(line.span.start);
            return self.push(ContentKind::Title, DOCUMENT, span, false);
        }
        if self.ends_here(index) {
            let is_closing = (closing::is_closing(slice) || closing::is_end_mark(slice)) && kind != UnitKind::Signature;
            let kind_here = if is_closing { UnitKind::Closing } else { UnitKind::Signature };
            if kind != kind_here {
                return self.open_end(index, kind_here);
            }
        }
        if matches!(kind, UnitKind::Closing | UnitKind::Signature | UnitKind::Preamble) {
            let continues = self.goes_on(index);
            return self.push_text(self.container, span, continues);
        }
        if kind == UnitKind::Document
            && (self.layout.scheme != Scheme::None || self.layout.sections && self.units.len() == 1)
        {
            let id =
                self.open_unit(UnitKind::Preamble, None, Numbering::Implicit, Span::empty(span.start), line.span.start);
            self.enter(id);
            return self.push_text(id, span, false);
        }
        self.amending |= is_amending(slice);
        self.text_block(index, span, line.span.start);
    }

    /// Text inside an article, a 附則, an annex or a section.
    pub(super) fn text_block(&mut self, index: usize, span: Span, start: u32) {
        let line = &self.lines[index];
        if start == line.span.start && self.goes_on(index) && self.leaf != self.container {
            return self.push_text(self.leaf, span, true);
        }
        if start == line.span.start && self.is_unmarked_item(index) {
            return self.entry_at(index, bullet_mark(NO_MARK), Span::empty(span.start), span, start);
        }
        let slice = self.slice(span);
        let adds = starts_with_any(slice, &PROVISO)
            || !self.blank && starts_with_any(slice, &REMARK)
            || line.head == Head::Caption;
        let sentence =
            layout::ends_sentence(slice) && slice.ends_with(['。', '．', '.', '）', ')', '」']) && !is_field(slice)
                || slice.ends_with(['：', ':']);
        let container = self.container;
        if let Some(first) = self.lists.first() {
            if start == line.span.start && self.belongs_to_entry(index) {
                if let Some(innermost) = self.lists.last_mut() {
                    innermost.with_text_below = true;
                }
                return self.push_text(self.leaf, span, false);
            }
            let numbered = first.kind == UnitKind::Paragraph;
            let holder = if numbered { first.entry } else { self.unit(first.entry).parent.unwrap_or(container) };
            let implicit_style = !numbered && self.unit(holder).numbering == Numbering::Implicit;
            if !implicit_style || adds || !sentence {
                self.close_to(holder, start);
                self.leaf = holder;
                return self.push_text(holder, span, false);
            }
            self.lists.clear();
        } else if adds
            || self.unit(self.leaf).kind == UnitKind::Paragraph
                && !sentence
                && self.unit(self.leaf).numbering == Numbering::Implicit
                && !self.blank
        {
            let last =
                self.unit(container).children.last().copied().filter(|&id| self.unit(id).kind == UnitKind::Paragraph);
            if let Some(last) = last.filter(|id| self.open.contains(id)) {
                return self.push_text(last, span, false);
            }
        }
        self.close_to(container, start);
        let count = self.implicit_paragraphs() + 1;
        let id = self.open_unit(
            UnitKind::Paragraph,
            Some(Number::new(count)),
            Numbering::Implicit,
            Span::empty(span.start),
            start,
        );
        self.leaf = id;
        self.push_text(id, span, false);
    }

    /// Whether a line without any mark is an entry of an announced list: 「…以下の事由があるとき…」 with 「虚偽の情報を届け出た場合」 below.
    pub(super) fn is_unmarked_item(&self, index: usize) -> bool {
        const ENDINGS: [&str; 9] = ["場合", "とき", "者", "行為", "こと", "もの", "事由", "情報", "場合。"];
        let entry_like = |line: &Line| {
            let slice = self.slice(line.body);
            line.head == Head::None
                && line.heading == 0
                && is_text(line)
                && slice.chars().count() <= 80
                && ends_with_any(slice, &ENDINGS)
        };
        let unmarked = |list: &OpenList| list.style.system == System::Bullet(NO_MARK);
        let goes_on = self.lists.last().is_some_and(unmarked) && self.open.contains(&self.leaf);
        let begins = self.lists.is_empty()
            && self.unit(self.leaf).kind == UnitKind::Paragraph
            && self.lead_in()
            && self.next_text(index).is_some_and(|next| entry_like(&self.lines[next]));
        self.layout.wrapped.is_none() && (goes_on || begins) && entry_like(&self.lines[index])
    }

    /// Whether a line of text below an entry of a list belongs to that entry.
    pub(super) fn belongs_to_entry(&self, index: usize) -> bool {
        let Some(list) = self.lists.last() else { return false };
        if !self.open.contains(&self.leaf) || !self.open.contains(&list.entry) {
            return false;
        }
        let line = &self.lines[index];
        let deeper = line.indent > list.indent + 1;
        // Markdown takes a line directly below an entry as its continuation.
        let lazy = self.markdown && line.fence == 0 && !self.blank && self.previous == index.checked_sub(1);
        deeper || lazy || list.kind != UnitKind::Paragraph && (list.with_text_below || self.list_goes_on(index, list))
    }

    /// Whether the next number of a list comes within a few lines, before any heading.
    pub(super) fn list_goes_on(&self, index: usize, list: &OpenList) -> bool {
        let below = self.lines[index + 1..].iter().filter(|line| is_text(line)).take(6);
        for line in below {
            match line.head {
                Head::Enumerator(e) if e.value_in(list.style) == Some(list.last + 1) => return true,
                Head::Enumerator(_)
                | Head::Bullet(_)
                | Head::Article { .. }
                | Head::Paragraph(_)
                | Head::Division { .. } => return false,
                _ => {}
            }
        }
        false
    }

    /// Whether a line goes on with the sentence of the line before.
    pub(super) fn goes_on(&self, index: usize) -> bool {
        if self.blank || self.previous.is_none() {
            return false;
        }
        let Some(previous) = self.previous.filter(|&p| p + 1 == index) else { return false };
        if self.inside_sentence(index) {
            // An item may end with a noun; a sentence with its own subject below it is another 項.
            let below_entry = matches!(self.lines[previous].head, Head::Enumerator(_) | Head::Bullet(_))
                && !self.body(previous).ends_with('、');
            return self.layout.wrapped.is_some() || !(below_entry && is_whole_sentence(self.body(index)));
        }
        // In wrapped text a full line goes on even where it happens to end with a sentence.
        let indent = |i: usize| self.lines[i].indent;
        match self.layout.wrapped {
            Some(full) => {
                let width = crate::text::display_width(self.slice(self.lines[previous].span).trim_end());
                width + 3 >= full && indent(index) <= indent(previous)
            }
            None => false,
        }
    }

    pub(super) fn table_row(&mut self, index: usize) {
        let line = &self.lines[index];
        let span = self.text.line(self.text.line_index(line.span.start));
        let row = syntax::trim(self.text, span);
        let slice = self.slice(row);
        if slice.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t')) {
            return;
        }
        let mut at = row.start;
        for cell in slice.split('|') {
            let cell_span = syntax::trim(self.text, Span::new(at, at + cell.len() as u32));
            if !cell_span.is_empty() {
                self.push(ContentKind::Cell, self.leaf, cell_span, false);
            }
            at += cell.len() as u32 + 1;
        }
        self.previous = Some(index);
        self.blank = false;
    }

    pub(super) fn push_text(&mut self, unit: UnitId, span: Span, continues: bool) {
        self.leaf = unit;
        let kind = self.unit(unit).kind;
        if matches!(kind, UnitKind::Paragraph | UnitKind::Article)
            && !continues
            && let Some(marks) = inline_items(self.slice(span))
        {
            return self.split_inline(unit, span, &marks);
        }
        self.push(ContentKind::Text, unit, span, continues);
    }

    /// Items that run on in one line: 「次のとおり区分する。（１）正社員：… （２）契約社員：…」.
    pub(super) fn split_inline(&mut self, unit: UnitId, span: Span, marks: &[(usize, usize, Enumerator)]) {
        let first = span.start + marks[0].0 as u32;
        let lead = syntax::trim(self.text, Span::new(span.start, first));
        self.push(ContentKind::Text, unit, lead, false);
        for (i, (at, length, enumerator)) in marks.iter().enumerate() {
            let start = span.start + *at as u32;
            let end = marks.get(i + 1).map_or(span.end, |next| span.start + next.0 as u32);
            let label = Span::new(start, start + *length as u32);
            let body = syntax::trim(self.text, Span::new(label.end, end));
            self.close_to(unit, start);
            let id =
                self.open_numbered(UnitKind::Item, enumerator.value, Numbering::Written, *enumerator, label, start);
            let list = self.new_list(enumerator.style, enumerator.value, 0, UnitKind::Item, id, body);
            match self.lists.last_mut().filter(|l| l.kind == UnitKind::Item) {
                Some(open) => *open = OpenList { count: open.count + 1, ..list },
                None => self.lists.push(list),
            }
            if !body.is_empty() {
                self.push(ContentKind::Text, id, body, false);
            }
        }
    }
}

/// Stands for the mark of entries that have none.
const NO_MARK: char = '\u{3000}';

/// The enumerator of an entry with a bullet.
pub(super) fn bullet_mark(mark: char) -> Enumerator {
    let style = Style { system: System::Bullet(mark), frame: Frame::Bare };
    Enumerator { style, value: 1, branch: 0, until: 0, other: None }
}

/// Words with which a line adds to the 項 before it instead of beginning another.
const PROVISO: [&str; 3] = ["ただし", "但し", "但、"];

/// Words with which a line directly below adds to the 項 before it.
const REMARK: [&str; 5] = ["なお", "※", "（注", "(注", "注）"];

/// Whether a line is a sentence that stands on its own: it has a topic near its beginning, and an end.
fn is_whole_sentence(line: &str) -> bool {
    let beginning = line.char_indices().nth(40).map_or(line, |(end, _)| &line[..end]);
    line.ends_with('。')
        && (beginning.contains("は、") || starts_with_any(line, &["前項", "前二項", "前各", "この場合", "第"]))
}

/// 「第5条を次のとおり改める。」
fn is_amending(sentence: &str) -> bool {
    let leads = sentence.contains("次の") || sentence.contains("以下の");
    let announces = ["次のとおり", "以下のとおり", "次の通り", "以下の通り", "次のように", "以下のように"];
    leads
        && announces.iter().any(|w| sentence.contains(w))
        && ["改める", "変更する", "改定する", "修正する", "読み替える", "改正する", "変更し", "改め、"]
            .iter()
            .any(|w| sentence.contains(w))
}

/// The marks of items that run on in one line behind a lead-in: offset, length and number of each, counting up from 1.
fn inline_items(text: &str) -> Option<Vec<(usize, usize, Enumerator)>> {
    static MARKS: Plane = Plane::of(&['（', '(']).with('①', '⑳').with('⑴', '⒇');
    let mut marks: Vec<(usize, usize, Enumerator)> = Vec::new();
    for at in MARKS.places(text) {
        let before = text[..at].chars().next_back();
        if !before.is_some_and(|c| is_blank(c) || matches!(c, '。' | '：' | ':')) {
            continue;
        }
        let Some((enumerator, length)) = syntax::enumerator_at(&text[at..]) else { continue };
        let expected = marks.len() as u32 + 1;
        let same_style = marks.first().is_none_or(|(_, _, first)| first.style == enumerator.style);
        if enumerator.value == expected && same_style {
            marks.push((at, length, enumerator));
        }
    }
    let announced = marks.first().is_some_and(|(at, _, _)| list::is_lead_in(&text[..*at]));
    (marks.len() >= 2 && announced).then_some(marks)
}

/// Whether a line is a short name with what it is: 「契約面積　132.00平方メートル（39.93坪）」. It says no sentence, whatever it ends with.
fn is_field(line: &str) -> bool {
    const LONGEST: usize = 10;
    let name = line.split(is_blank).next().unwrap_or_default();
    name.len() < line.len()
        && (1..=LONGEST).contains(&name.chars().count())
        && !name.ends_with(['は', 'が', '、', '）', ')', '」', ':', '：', '.'])
        && !["。", "]("].iter().any(|mark| line.contains(mark))
}
