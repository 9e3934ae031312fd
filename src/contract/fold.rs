//! Lines folded into the tree.
//!
//! One pass over the lines with what is open at each: the scope, the divisions, the article and the lists in it. What a
//! line means is decided here, from its head, from what came before it and from what the whole document shows
//! ([`Layout`]); heads that break a sequence stay where a reader sees them, and rules report them later.

use super::heading::{self, Situation};
use super::layout::{self, Layout};
use super::list::{self, Entry, OpenList, Place};
use super::{Content, ContentKind, Contract, Flow, Numbering, Scheme, Scope, Unit, UnitId, UnitKind, closing, is_text};
use crate::number::{self, Number};
use crate::syntax::{self, Enumerator, Frame, Head, Line, Region, Style, System, is_blank};
use crate::text::{Span, Text};

/// Builds the contract.
pub fn fold(text: Text, lines: &[Line]) -> Contract {
    let layout = Layout::of(&text, lines);
    let mut builder = Builder::new(&text, lines, &layout);
    builder.run();
    let Builder { units, scopes, contents, title, .. } = builder;
    let flow = Flow::of(&text, &contents);
    Contract { scheme: layout.scheme, text, units, scopes, contents, title, flow }
}

const DOCUMENT: UnitId = UnitId(0);

struct Builder<'a> {
    text: &'a Text,
    lines: &'a [Line],
    layout: &'a Layout,
    markdown: bool,
    units: Vec<Unit>,
    scopes: Vec<Scope>,
    contents: Vec<Content>,
    title: Option<Span>,
    /// The units that are still open, outermost first.
    open: Vec<UnitId>,
    /// The lists that may still go on in the current container.
    lists: Vec<OpenList>,
    /// The article, 附則, 別紙, section … that takes text now.
    container: UnitId,
    /// The unit that takes text that goes on.
    leaf: UnitId,
    scope: u32,
    /// The last article in each scope that is open: main text and, inside it, 附則 or 別紙.
    last_article: Option<Number>,
    main_last_article: Option<Number>,
    agreements: u32,
    supplementaries: u32,
    unnumbered_annexes: u32,
    /// The last line that held text, and whether a blank line came after it.
    previous: Option<usize>,
    blank: bool,
    /// A caption line that waits for its article: 「（目的）」 above 「第1条」.
    caption: Option<usize>,
    /// A caption taken off the end of the text before.
    glued_caption: Option<Span>,
    /// Until which line the text is quoted.
    quoted_until: usize,
    /// The style whose entries the text cites as 項 though a lead stands before them.
    cited_style: Option<Style>,
    /// How many `<details>` are open: a folded part that holds an alternative wording.
    folded: usize,
    /// The text before said that an article is replaced: 「第5条を次のとおり改める。」
    amending: bool,
}

impl<'a> Builder<'a> {
    fn new(text: &'a Text, lines: &'a [Line], layout: &'a Layout) -> Self {
        let document = Unit {
            kind: UnitKind::Document,
            number: None,
            numbering: Numbering::Implicit,
            until: None,
            enumerator: None,
            label: Span::empty(0),
            caption: None,
            span: Span::new(0, text.len()),
            parent: None,
            children: Vec::new(),
            contents: (0, 0),
            scope: 0,
            deleted: false,
            alternative: false,
        };
        Self {
            text,
            lines,
            layout,
            markdown: lines.iter().any(|line| line.heading > 0 || line.fence > 0 || line.bullet),
            units: vec![document],
            scopes: vec![Scope { path: String::new(), citation: String::new(), main: true }],
            contents: Vec::new(),
            title: None,
            open: vec![DOCUMENT],
            lists: Vec::new(),
            container: DOCUMENT,
            leaf: DOCUMENT,
            scope: 0,
            last_article: None,
            main_last_article: None,
            agreements: 1,
            supplementaries: 0,
            unnumbered_annexes: 0,
            previous: None,
            blank: true,
            caption: None,
            glued_caption: None,
            quoted_until: 0,
            cited_style: None,
            folded: 0,
            amending: false,
        }
    }

    fn run(&mut self) {
        for index in 0..self.lines.len() {
            let line = &self.lines[index];
            match line.region {
                Region::Blank => self.blank = true,
                Region::Noise => self.noise(index),
                Region::Table => self.table_row(index),
                Region::Text if self.layout.skipped[index] => self.blank = true,
                Region::Text => {
                    self.line(index);
                    self.previous = Some(index);
                    self.blank = false;
                }
            }
        }
        self.close_to(DOCUMENT, self.text.len());
        let contents = self.contents.len() as u32;
        self.units[0].contents = (0, contents);
    }

    /// A line that is not text may still open or close a folded part.
    fn noise(&mut self, index: usize) {
        let slice = self.slice(self.lines[index].span);
        self.folded += slice.matches("<details").count();
        self.folded = self.folded.saturating_sub(slice.matches("</details").count());
    }

    // ---- one line ---------------------------------------------------------------------------------------------------

    fn line(&mut self, index: usize) {
        let line = &self.lines[index];
        if index < self.quoted_until {
            return self.quotation(index);
        }
        if let Some(end) = self.quotation_end(index) {
            self.quoted_until = end;
            return self.quotation(index);
        }
        match &line.head {
            Head::Article { .. } => self.article_line(index),
            Head::Division { level, number } => {
                if heading::is_division_heading(self.text, line, self.inside_sentence(index)) {
                    self.open_division(index, UnitKind::from(*level), *number);
                } else {
                    self.plain(index);
                }
            }
            Head::Supplementary if self.is_supplementary(line) => self.open_supplementary(index),
            Head::Annex if self.is_annex(index) => self.open_annex(index),
            Head::Caption if self.waits_for_article(index) => self.caption = Some(index),
            Head::Caption if self.layout.scheme == Scheme::None && self.is_heading_caption(index) => self.open_section(index),
            Head::Contents if line.body.is_empty() => {}
            _ if self.layout.articles[index] => self.open_listed_article(index),
            Head::Paragraph(number) => self.paragraph_line(index, *number),
            Head::Enumerator(enumerator) => self.entry(index, *enumerator),
            Head::Bullet(mark) => self.bullet(index, *mark),
            _ if line.heading > 0 => self.unnumbered_heading(index),
            _ => self.plain(index),
        }
    }

    fn slice(&self, span: Span) -> &'a str {
        self.text.slice(span)
    }

    fn body(&self, index: usize) -> &'a str {
        self.slice(self.lines[index].body)
    }

    /// The text of a line with its head, for lines whose head is none after all.
    fn whole(&self, index: usize) -> Span {
        let line = &self.lines[index];
        match line.head {
            Head::None | Head::Caption => line.body,
            _ if line.label.is_empty() => line.body,
            _ => line.label.to(line.body),
        }
    }

    fn inside_sentence(&self, index: usize) -> bool {
        layout::inside_sentence(self.text, self.lines, index, self.layout.wrapped)
    }

    /// The next line with text after a line.
    fn next_text(&self, index: usize) -> Option<usize> {
        (index + 1..self.lines.len()).find(|&i| is_text(&self.lines[i]) && !self.layout.skipped[i])
    }

    // ---- quotations -------------------------------------------------------------------------------------------------

    /// The line behind the end of a quotation that begins with this line and holds headings or several lines.
    fn quotation_end(&self, index: usize) -> Option<usize> {
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

    fn quotation(&mut self, index: usize) {
        let span = self.whole(index);
        self.push(ContentKind::Quotation, self.leaf, span, false);
    }

    // ---- headings ---------------------------------------------------------------------------------------------------

    fn article_line(&mut self, index: usize) {
        let line = &self.lines[index];
        let Head::Article { number, until } = line.head else { return };
        let first_in_scope = self.last_article.is_none();
        let expected = match (number, self.last_article) {
            (Some(number), Some(last)) => number.follows(last) || number.main() == 1,
            (Some(number), None) => number.main() == 1,
            (None, _) => true,
        };
        let before = self.previous.map(|p| &self.lines[p]);
        let situation = Situation {
            inside_sentence: self.inside_sentence(index),
            expected,
            is_text_of_item: before.is_some_and(|line| matches!(line.head, Head::Enumerator(_)) && line.body.is_empty()),
            lacks_caption: self.layout.captioned && self.caption.is_none() && line.body.is_empty(),
        };
        let quoted_article = self.amending && !expected && !first_in_scope;
        if self.layout.scheme != Scheme::Numbered || quoted_article || !heading::is_article_heading(self.text, line, &situation) {
            if quoted_article {
                return self.quotation(index);
            }
            return self.plain(index);
        }
        self.amending = false;
        self.open_article(index, number, until);
    }

    fn open_article(&mut self, index: usize, number: Option<Number>, until: Option<Number>) {
        let line = &self.lines[index];
        let start = self.caption.map_or(line.span.start, |caption| self.lines[caption].span.start);
        if self.caption.is_none() && line.caption.is_none() && syntax::caption_end(self.slice(line.body)).is_none() {
            self.cut_glued_caption();
        }
        // The text of a model clause repeats the number of the heading above it.
        if self.layout.clauses_in_fences && line.fence > 0 && self.last_article == number && self.container_is_empty_article() {
            return self.heading_text(index, line.body);
        }
        let alternative = self.folded > 0 || self.layout.clauses_in_fences && self.last_article == number && number.is_some();
        self.enter_article_scope(number, start);
        let parent = self.article_parent();
        self.close_to(parent, start);
        let numbering = if number.is_some() { Numbering::Written } else { Numbering::Unfilled };
        let id = self.open_unit(UnitKind::Article, number, numbering, line.label, start);
        self.units[id.0 as usize].until = until;
        self.units[id.0 as usize].alternative = alternative;
        self.enter(id);
        self.last_article = until.or(number).or(self.last_article);
        if self.scopes[self.scope as usize].main {
            self.main_last_article = self.last_article;
        }
        let caption_above = self.caption.take().map(|i| self.lines[i].body).or(line.caption).or(self.glued_caption.take());
        let body = line.body;
        let slice = self.slice(body);
        let (caption, rest) = match syntax::caption_end(slice) {
            Some(end) if !self.is_remark(&slice[..end]) => {
                let span = Span::new(body.start, body.start + end as u32);
                (Some(span), syntax::trim(self.text, Span::new(span.end, body.end)))
            }
            _ => self.bare_caption(index, caption_above.is_some()),
        };
        if let Some(caption) = caption_above.or(caption) {
            self.units[id.0 as usize].caption = Some(caption);
            self.push(ContentKind::Caption, id, caption, false);
        }
        let rest = if caption_above.is_some() { body } else { rest };
        let deletion = self.slice(rest).trim_matches(|c: char| is_blank(c) || "（）()。【】［］".contains(c));
        self.units[id.0 as usize].deleted = matches!(deletion, "削除" | "欠番" | "（削除）") || caption.is_some_and(|c| matches!(self.slice(c).trim_matches(['（', '）', '(', ')']), "削除" | "欠番"));
        if !rest.is_empty() {
            self.heading_text(index, rest);
        }
    }

    /// 「第1条　目的」: bare words behind the number are a caption where they are no sentence and the text comes on later lines.
    fn bare_caption(&self, index: usize, has_caption: bool) -> (Option<Span>, Span) {
        let line = &self.lines[index];
        let body = line.body;
        let slice = self.slice(body);
        let caption_like = !slice.is_empty()
            && slice.chars().count() <= 40
            && !slice.ends_with(['。', '．', '、', '：', ':'])
            && !matches!(slice.trim_matches(['（', '）', '(', ')']), "削除" | "欠番");
        let is_heading = line.heading > 0 || line.strong;
        if has_caption || !caption_like || !is_heading && !self.has_text_below(index) {
            return (None, body);
        }
        (Some(body), Span::empty(body.end))
    }

    /// Whether text follows before the next heading.
    fn has_text_below(&self, index: usize) -> bool {
        (index + 1..self.lines.len()).find(|&i| matches!(self.lines[i].region, Region::Text | Region::Table) && !self.layout.skipped[i]).is_some_and(|next| {
            let line = &self.lines[next];
            !matches!(line.head, Head::Article { .. } | Head::Division { .. } | Head::Supplementary)
                && !(self.layout.wrapped.is_some() && self.inside_sentence(next) && self.slice(self.lines[index].body).chars().count() > 25)
        })
    }

    /// A bracket directly behind the number that is no caption: 「第3条（平成31年改正）」 stays one; a sentence does not.
    fn is_remark(&self, bracket: &str) -> bool {
        bracket.contains('。') || bracket.chars().count() > 60
    }

    /// Takes 「（損害賠償）」 off the end of the text before, 「…ができる。（損害賠償）」, as the caption of the article that begins now.
    fn cut_glued_caption(&mut self) {
        self.glued_caption = None;
        let own_caption = self.previous.is_none();
        let Some(content) = self.contents.last_mut().filter(|c| c.kind == ContentKind::Text && !own_caption) else { return };
        let body = self.text.slice(content.span);
        let Some(open) = body.rfind(['（', '(']) else { return };
        let sentence = body[..open].trim_end_matches(is_blank);
        let whole = syntax::caption_end(&body[open..]).is_some_and(|end| open + end == body.len());
        let short = body[open..].chars().count() <= 25 && !body[open..].contains('。');
        if sentence.ends_with('。') && whole && short {
            self.glued_caption = Some(Span::new(content.span.start + open as u32, content.span.end));
            content.span.end = content.span.start + sentence.len() as u32;
        }
    }

    /// The text that follows a heading on its own line: a first 項, perhaps with a number of its own.
    fn heading_text(&mut self, index: usize, span: Span) {
        let (head, label, body) = syntax::head_at(self.text, span);
        match head {
            Head::Enumerator(enumerator) if list::first_reading(&enumerator).0 == 1 && !body.is_empty() => {
                self.entry_at(index, enumerator, label, body, span.start);
            }
            _ => self.text_block(index, span, span.start),
        }
    }

    /// An article that is a numbered heading or an entry of a list.
    fn open_listed_article(&mut self, index: usize) {
        let line = &self.lines[index];
        let Head::Enumerator(enumerator) = line.head else { return self.plain(index) };
        let rendered = self.last_article.is_some() && enumerator.value == 1 && matches!(self.layout.scheme, Scheme::List);
        let value = if rendered { self.last_article.map_or(1, |last| last.main() + 1) } else { enumerator.value };
        let number = Some(Number::new(value));
        let start = line.span.start;
        self.enter_article_scope(number, start);
        let parent = self.article_parent();
        self.close_to(parent, start);
        let numbering = if rendered { Numbering::Rendered } else { Numbering::Written };
        let id = self.open_unit(UnitKind::Article, number, numbering, line.label, start);
        self.units[id.0 as usize].enumerator = Some(enumerator);
        self.enter(id);
        self.last_article = number;
        self.main_last_article = number;
        let body = line.body;
        let slice = self.slice(body);
        if self.layout.scheme == Scheme::List && syntax::caption_end(slice).is_none() {
            self.text_block(index, body, body.start);
        } else if !body.is_empty() {
            let end = syntax::caption_end(slice).or_else(|| layout::run_in_caption(slice)).map_or(body.end, |end| body.start + end as u32);
            let caption = Span::new(body.start, end);
            self.units[id.0 as usize].caption = Some(caption);
            self.push(ContentKind::Caption, id, caption, false);
            let rest = syntax::trim(self.text, Span::new(end, body.end));
            if !rest.is_empty() && self.slice(rest).chars().any(|c| !matches!(c, '*' | '_')) {
                self.heading_text(index, rest);
            }
        }
    }

    /// Begins a scope where the numbers of articles begin again: another agreement, or a chapter that counts its own.
    fn enter_article_scope(&mut self, number: Option<Number>, start: u32) {
        let restarts = number.is_some_and(|n| n.main() == 1 && !n.is_branch());
        if !restarts || self.last_article.is_none() || !self.scopes[self.scope as usize].main {
            return;
        }
        let after_end = self.open.iter().any(|&id| matches!(self.unit(id).kind, UnitKind::Closing | UnitKind::Signature));
        if after_end {
            self.begin_agreement(start);
        }
    }

    fn begin_agreement(&mut self, start: u32) {
        self.close_to(DOCUMENT, start);
        self.agreements += 1;
        self.scopes.push(Scope {
            path: format!("A{}:", self.agreements),
            citation: format!("第{}の文書の", self.agreements),
            main: true,
        });
        self.scope = self.scopes.len() as u32 - 1;
        self.last_article = None;
        self.main_last_article = None;
        self.supplementaries = 0;
        self.enter(DOCUMENT);
    }

    /// The unit in which an article lies: the innermost division, 附則 or 別紙 that is open.
    fn article_parent(&self) -> UnitId {
        let holds = |kind: UnitKind| kind.is_division() || matches!(kind, UnitKind::Supplementary | UnitKind::Annex | UnitKind::Document);
        let is_section_heading = |id: UnitId| self.unit(id).kind == UnitKind::Section && self.unit(id).number.is_none();
        self.open.iter().rev().copied().find(|&id| holds(self.unit(id).kind) && !is_section_heading(id)).unwrap_or(DOCUMENT)
    }

    fn container_is_empty_article(&self) -> bool {
        let unit = self.unit(self.container);
        unit.kind == UnitKind::Article && unit.children.is_empty()
    }

    fn open_division(&mut self, index: usize, kind: UnitKind, number: Option<Number>) {
        let line = &self.lines[index];
        let start = line.span.start;
        // Divisions end a 附則 only where the 附則 has no divisions of its own.
        let holder = self.open.iter().copied().find(|&id| matches!(self.unit(id).kind, UnitKind::Annex | UnitKind::Supplementary)).unwrap_or(DOCUMENT);
        let rank = |kind: UnitKind| match kind {
            UnitKind::Part => 0,
            UnitKind::Chapter => 1,
            UnitKind::Section => 2,
            UnitKind::Subsection => 3,
            _ => 4,
        };
        let parent = self
            .open
            .iter()
            .rev()
            .copied()
            .find(|&id| {
                let unit = self.unit(id);
                unit.kind.is_division() && unit.number.is_some() && rank(unit.kind) < rank(kind) || id == holder
            })
            .unwrap_or(holder);
        self.close_to(parent, start);
        if self.layout.chapters_restart && parent == DOCUMENT {
            let mark = number.map_or_else(|| "?".into(), |n| n.to_string());
            let (letter, unit) = if kind == UnitKind::Part { ("b", "編") } else { ("c", "章") };
            self.scopes.push(Scope {
                path: format!("{letter}{mark}:"),
                citation: number.map_or_else(String::new, |n| n.of_unit(unit)),
                main: true,
            });
            self.scope = self.scopes.len() as u32 - 1;
            self.last_article = None;
        }
        let numbering = if number.is_some() { Numbering::Written } else { Numbering::Unfilled };
        let id = self.open_unit(kind, number, numbering, line.label, start);
        self.enter(id);
        self.amending = false;
        let body = Span::new(line.body.start, line.body.start + self.slice(line.body).trim_end_matches(['】', '］', '〕', '＞', '>']).len() as u32);
        if !body.is_empty() {
            self.units[id.0 as usize].caption = Some(body);
            self.push(ContentKind::Caption, id, body, false);
        }
    }

    fn is_supplementary(&self, line: &Line) -> bool {
        let body = self.slice(line.body);
        body.is_empty() || body == "抄" || body.starts_with(['（', '(', '【']) && body.chars().count() <= 60 || line.heading > 0 && body.chars().count() <= 30
    }

    fn open_supplementary(&mut self, index: usize) {
        let line = &self.lines[index];
        self.close_to(DOCUMENT, line.span.start);
        self.supplementaries += 1;
        let count = if self.supplementaries > 1 { self.supplementaries.to_string() } else { String::new() };
        let agreement = if self.agreements > 1 { format!("A{}:", self.agreements) } else { String::new() };
        self.begin_inner_scope(format!("{agreement}附則{count}:"), format!("附則{}", if count.is_empty() { String::new() } else { format!("（{count}）") }));
        let id = self.open_unit(UnitKind::Supplementary, None, Numbering::Written, line.label, line.span.start);
        self.enter(id);
        if !line.body.is_empty() {
            self.units[id.0 as usize].caption = Some(line.body);
            self.push(ContentKind::Caption, id, line.body, false);
        }
    }

    fn begin_inner_scope(&mut self, path: String, citation: String) {
        self.scopes.push(Scope { path, citation, main: false });
        self.scope = self.scopes.len() as u32 - 1;
        self.last_article = None;
    }

    /// Whether a line that begins with 別紙 is its heading and not a sentence or an entry of a list of annexes.
    fn is_annex(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let body = self.slice(line.body).trim_start_matches(['「', '『', '（', '(', '：', ':']);
        let title_like = body.chars().count() <= 40 && !body.ends_with(['。', '、']) && !["の", "に", "を", "は", "が", "と", "及び", "、", "参照"].iter().any(|p| body.starts_with(p));
        let listed = self.next_text(index).is_some_and(|next| next == index + 1 && self.lines[next].head == Head::Annex && line.heading == 0);
        let listed_before = self.previous.is_some_and(|p| !self.blank && self.lines[p].head == Head::Annex && self.unit(self.container).kind != UnitKind::Annex);
        let stands_apart = line.heading > 0 || line.strong || self.blank || self.previous.is_none() || !self.lists.is_empty() || matches!(self.unit(self.container).kind, UnitKind::Signature | UnitKind::Closing | UnitKind::Annex);
        title_like && stands_apart && !listed && !listed_before && !line.quotation && !line.bullet && !self.inside_sentence(index)
    }

    fn open_annex(&mut self, index: usize) {
        let line = &self.lines[index];
        let start = line.span.start;
        self.close_to(DOCUMENT, start);
        let label = self.slice(line.label);
        let bare: String = label.chars().filter(|&c| !is_blank(c) && !"【】［］[]〔〕＜＞<>（）()《》■◆●「」『』".contains(c)).collect();
        let at = bare.find(|c: char| c == '第' || number::digit(c).is_some() || number::kanji_digit(c).is_some() || c == '十' || number::latin_letter(c).is_some() || number::enclosed(c).is_some());
        let (word, mark) = bare.split_at(at.unwrap_or(bare.len()));
        let mark = annex_mark(mark);
        let name = if mark.is_empty() {
            self.unnumbered_annexes += 1;
            if self.unnumbered_annexes > 1 { format!("{word}（{}）", self.unnumbered_annexes) } else { word.to_string() }
        } else {
            format!("{word}{mark}")
        };
        self.begin_inner_scope(format!("{name}:"), name);
        let id = self.open_unit(UnitKind::Annex, None, Numbering::Written, line.label, start);
        self.enter(id);
        if !line.body.is_empty() {
            self.units[id.0 as usize].caption = Some(line.body);
            self.push(ContentKind::Caption, id, line.body, false);
        }
    }

    /// Whether a caption line stands above an article heading.
    fn waits_for_article(&self, index: usize) -> bool {
        let Some(next) = self.next_text(index) else { return false };
        let line = &self.lines[next];
        if self.layout.scheme != Scheme::Numbered || !matches!(line.head, Head::Article { .. }) {
            return false;
        }
        // The heading below must not bring a caption of its own.
        syntax::caption_end(self.slice(line.body)).is_none_or(|end| self.slice(line.body).len() > end) && !line.quotation
    }

    /// In a document without articles, a caption alone on its line (【お問い合わせ】, （目的）) is a heading.
    fn is_heading_caption(&self, index: usize) -> bool {
        let body = self.body(index);
        let round = body.starts_with(['（', '(']);
        body.chars().count() <= 30 && (!round || self.layout.sections && self.next_text(index).is_some_and(|next| self.lines[next].head == Head::None))
    }

    /// A Markdown heading without a number.
    fn unnumbered_heading(&mut self, index: usize) {
        let line = &self.lines[index];
        let body = self.slice(line.body);
        if body.is_empty() {
            return;
        }
        let nothing_yet = self.last_article.is_none() && self.units.len() == 1;
        if self.title.is_none() && (nothing_yet || closing::is_title(body)) {
            return self.set_title(index);
        }
        if matches!(body, "前文" | "（前文）" | "序文") {
            self.close_to(DOCUMENT, line.span.start);
            let id = self.open_unit(UnitKind::Preamble, None, Numbering::Implicit, Span::empty(line.body.start), line.span.start);
            return self.enter(id);
        }
        if self.is_new_agreement(index) {
            self.begin_agreement(line.span.start);
            return self.push(ContentKind::Title, DOCUMENT, line.body, false);
        }
        if closing::is_signature(body) || matches!(body, "署名" | "署名欄" | "契約当事者" | "締結の証" | "末文") && self.last_article.is_some() {
            return self.open_end(index, UnitKind::Signature);
        }
        // Below the level of the articles it is a heading inside the article.
        let in_article = matches!(self.unit(self.container).kind, UnitKind::Article | UnitKind::Annex | UnitKind::Supplementary);
        let level = self.layout.article_level;
        if self.layout.scheme != Scheme::None && in_article && level > 0 && line.heading > level {
            self.lists.clear();
            let container = self.container;
            self.close_to(container, line.span.start);
            self.leaf = container;
            return self.push(ContentKind::Caption, container, line.body, false);
        }
        self.open_section(index);
    }

    /// A part under a heading without a number.
    fn open_section(&mut self, index: usize) {
        let line = &self.lines[index];
        let rank_of = |heading: u8| if heading == 0 { 7 } else { heading };
        let rank_above = |unit: &Unit| rank_of(self.lines[self.text.line_index(unit.caption.map_or(unit.span.start, |c| c.start))].heading);
        let rank = rank_of(line.heading);
        let parent = self
            .open
            .iter()
            .rev()
            .copied()
            .find(|&id| {
                let unit = self.unit(id);
                let outer = match unit.kind {
                    UnitKind::Section if unit.number.is_none() => true,
                    kind => kind.is_division() || matches!(kind, UnitKind::Annex | UnitKind::Supplementary),
                };
                id == DOCUMENT || outer && rank_above(unit) < rank
            })
            .unwrap_or(DOCUMENT);
        self.close_to(parent, line.span.start);
        let id = self.open_unit(UnitKind::Section, None, Numbering::Implicit, Span::empty(line.body.start), line.span.start);
        self.units[id.0 as usize].caption = Some(line.body);
        self.enter(id);
        self.push(ContentKind::Caption, id, line.body, false);
    }

    fn set_title(&mut self, index: usize) {
        let span = self.lines[index].body;
        self.title = Some(span);
        self.push(ContentKind::Title, DOCUMENT, span, false);
    }

    /// A title behind which articles begin at 1 again: another agreement in the same file.
    fn is_new_agreement(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let body = self.body(index);
        let after_articles = self.main_last_article.is_some();
        let title_like = line.heading == 1 || closing::is_title(body);
        after_articles && title_like && self.layout.next_article[index] == Some(1) && self.unit(self.container).kind != UnitKind::Annex
    }

    // ---- entries of lists -------------------------------------------------------------------------------------------

    fn paragraph_line(&mut self, index: usize, number: u32) {
        let line = &self.lines[index];
        if !self.holds_lists() || self.inside_sentence(index) {
            return self.plain(index);
        }
        let enumerator = Enumerator { style: Style { system: System::Ordinal, frame: Frame::Comma }, value: number, other: None };
        let holder = self.container;
        self.close_to(holder, line.span.start);
        self.lists.clear();
        let id = self.open_numbered(UnitKind::Paragraph, number, Numbering::Written, enumerator, line.label, line.span.start);
        let body = line.body;
        self.lists.push(self.new_list(enumerator.style, number, line.indent, UnitKind::Paragraph, id, body));
        if !body.is_empty() {
            self.push_text(id, body, false);
        }
    }

    fn entry(&mut self, index: usize, enumerator: Enumerator) {
        let line = &self.lines[index];
        self.entry_at(index, enumerator, line.label, line.body, line.span.start);
    }

    fn bullet(&mut self, index: usize, mark: char) {
        let line = &self.lines[index];
        let style = Style { system: System::Bullet(mark), frame: Frame::Bare };
        if self.ends_here(index) {
            return self.plain(index);
        }
        self.entry_at(index, Enumerator { style, value: 1, other: None }, line.label, line.body, line.span.start);
    }

    /// Whether the current container takes entries.
    fn holds_lists(&self) -> bool {
        let kind = self.unit(self.container).kind;
        matches!(kind, UnitKind::Article | UnitKind::Supplementary | UnitKind::Annex | UnitKind::Section)
            || kind.is_division()
            || kind == UnitKind::Document && self.layout.scheme == Scheme::None
    }

    fn entry_at(&mut self, index: usize, enumerator: Enumerator, label: Span, body: Span, start: u32) {
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
            inside_sentence: start == line.span.start && self.inside_sentence(index) && self.may_be_wrapped(&enumerator),
            lead_in: self.lead_in(),
            next_paragraph: self.is_next_paragraph(&enumerator),
            markdown: self.markdown && line.fence == 0,
        };
        // 「（１）に定める」, 「②及び③」 at the beginning of a line speak of an entry, they are none.
        let speaks_of = ["に定め", "に規定", "に掲げ", "に記載", "の規定", "の場合", "及び", "又は", "および", "または", "から", "ないし", "乃至"];
        if body.start == label.end && speaks_of.iter().any(|p| body_text.starts_with(p)) {
            return self.plain(index);
        }
        match list::place(&self.lists, &entry) {
            Place::Text => self.plain(index),
            Place::Continue { depth, value, style } => self.continue_list(depth, value, style, &entry, label, body, start),
            Place::Open { value, style } => self.open_list(value, style, &entry, label, body, start),
        }
    }

    /// Whether a number is that of the 項 behind those that stand in the container without numbers: 「２」 behind a first 項 that has none.
    fn is_next_paragraph(&self, enumerator: &Enumerator) -> bool {
        let (value, style) = list::first_reading(enumerator);
        let numbers_paragraphs = matches!(style.system, System::Arabic | System::Kanji | System::Enclosed('①'));
        let paragraphs = || self.unit(self.container).children.iter().filter(|&&id| self.unit(id).kind == UnitKind::Paragraph);
        numbers_paragraphs
            && value >= 2
            && paragraphs().count() as u32 + 1 == value
            && paragraphs().all(|&id| self.unit(id).numbering == Numbering::Implicit && self.unit(id).contents.0 < self.contents.len() as u32)
    }

    /// Whether a number of this style at the beginning of a line can be part of a wrapped sentence.
    fn may_be_wrapped(&self, enumerator: &Enumerator) -> bool {
        match enumerator.style {
            Style { system: System::Bullet(_), .. } => false,
            Style { system: System::Enclosed(_), .. } => self.layout.wrapped.is_some(),
            Style { frame: Frame::Bare | Frame::Comma, .. } => true,
            _ => self.layout.wrapped.is_some(),
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one entry")]
    fn continue_list(&mut self, depth: usize, value: u32, style: Style, entry: &Entry, label: Span, body: Span, start: u32) {
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
        let id = self.open_numbered(kind, value, numbering, Enumerator { style, value, other: None }, label, start);
        let list = self.lists.last_mut().expect("the list that is continued");
        // A number in another style does not change how the list goes on.
        if written == list.last + 1 && list.style.frame == style.frame {
            list.style = style;
        }
        list.last = value;
        list.written = written;
        list.count += 1;
        list.all_ones &= written == 1;
        list.sentences += u32::from(entry.sentence);
        list.entry = id;
        if !body.is_empty() {
            self.push_text(id, body, false);
        }
    }

    fn open_list(&mut self, value: u32, style: Style, entry: &Entry, label: Span, body: Span, start: u32) {
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
        let id = self.open_numbered(kind, value, numbering, Enumerator { style, value, other: None }, label, start);
        let list = self.new_list(style, value, entry.indent, kind, id, body);
        self.lists.push(list);
        if !body.is_empty() {
            self.push_text(id, body, false);
        }
    }

    /// What the entries of a list that opens here are.
    fn kind_of_new_list(&mut self, value: u32, style: Style, entry: &Entry) -> UnitKind {
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
        let implicit = self.implicit_paragraphs();
        let has_text = implicit > 0;
        let bullet = matches!(style.system, System::Bullet(_));
        if !has_text {
            if matches!(self.unit(self.container).kind, UnitKind::Supplementary | UnitKind::Annex) {
                return UnitKind::Paragraph;
            }
            let item_like = self.layout.is_item_style(style) && self.layout.has_other_paragraph_style(style);
            let things = !entry.sentence && !entry.empty && self.entries_are_things(entry.indent);
            return if item_like || things || (bullet && !entry.sentence) { UnitKind::Item } else { UnitKind::Paragraph };
        }
        if !bullet && entry.next_paragraph {
            return UnitKind::Paragraph;
        }
        let article = self.unit(self.container).number.map_or(0, Number::main);
        let cited = self.layout.is_cited_by_paragraph(article) || self.cited_style == Some(style);
        if !bullet && value == 1 && implicit == 1 && cited && !self.announces_items() && !self.entries_are_things(entry.indent) {
            self.cited_style = Some(style);
            self.dissolve_lead();
            return UnitKind::Paragraph;
        }
        UnitKind::Item
    }

    /// Whether the entries directly under a heading name things (no sentence among the first few).
    fn entries_are_things(&self, indent: u16) -> bool {
        let Some(from) = self.previous.map(|p| p + 1) else { return false };
        let next: Vec<&Line> = self.lines[from..]
            .iter()
            .take(16)
            .filter(|l| is_text(l))
            .take_while(|l| l.heading == 0 && !matches!(l.head, Head::Article { .. }))
            .filter(|l| l.indent <= indent || l.head == Head::None && self.layout.wrapped.is_some())
            .collect();
        !next.is_empty() && next.iter().all(|l| !self.slice(l.body).contains('。'))
    }

    /// Whether the text above says that 号 follow.
    fn announces_items(&self) -> bool {
        self.own_text(self.leaf).any(|slice| ["各号", "次に掲げ", "次の事項"].iter().any(|w| slice.contains(w)))
    }

    /// The pieces of text that belong to a unit itself.
    fn own_text(&self, id: UnitId) -> impl Iterator<Item = &'a str> + '_ {
        let from = self.unit(id).contents.0 as usize;
        self.contents[from..].iter().filter(move |c| c.unit == id && c.kind == ContentKind::Text).map(|c| self.slice(c.span))
    }

    /// The number of paragraphs of the container that are counted without written numbers.
    fn implicit_paragraphs(&self) -> u32 {
        self.unit(self.container).children.iter().filter(|&&id| self.unit(id).kind == UnitKind::Paragraph).count() as u32
    }

    /// The text before numbered paragraphs belongs to the article itself: it is not a 項 of its own.
    fn dissolve_lead(&mut self) {
        let container = self.container;
        let Some(&last) = self.unit(container).children.last() else { return };
        let removable = self.implicit_paragraphs() == 1 && last.0 as usize == self.units.len() - 1 && self.unit(last).numbering == Numbering::Implicit;
        if !removable {
            return;
        }
        self.close_to(container, self.unit(last).span.end);
        let (from, _) = self.unit(last).contents;
        for content in &mut self.contents[from as usize..] {
            content.unit = container;
        }
        self.units.pop();
        self.units[container.0 as usize].children.pop();
        self.leaf = container;
    }

    /// The paragraph to which items that open here belong; an article without text gets an implicit one.
    fn item_parent(&mut self, start: u32) -> UnitId {
        if let Some(list) = self.lists.first().filter(|l| l.kind == UnitKind::Paragraph) {
            return list.entry;
        }
        let container = self.container;
        let last = self.unit(container).children.iter().rev().copied().find(|&id| self.unit(id).kind == UnitKind::Paragraph);
        match last.filter(|id| self.open.contains(id)) {
            Some(paragraph) => paragraph,
            None => {
                self.close_to(container, start);
                let count = self.implicit_paragraphs() + 1;
                self.open_unit(UnitKind::Paragraph, Some(Number::new(count)), Numbering::Implicit, Span::empty(start), start)
            }
        }
    }

    fn new_list(&self, style: Style, value: u32, indent: u16, kind: UnitKind, entry: UnitId, body: Span) -> OpenList {
        let sentence = self.slice(body).ends_with(['。', '．', '.']);
        OpenList { style, indent, last: value, written: value, count: 1, all_ones: value == 1, sentences: u32::from(sentence), kind, with_text_below: false, entry }
    }

    /// Whether the unit above announces a list.
    fn lead_in(&self) -> bool {
        self.own_text(self.leaf).any(list::is_lead_in)
    }

    // ---- text -------------------------------------------------------------------------------------------------------

    /// A line without a head that counts.
    fn plain(&mut self, index: usize) {
        let span = self.whole(index);
        if span.is_empty() {
            return;
        }
        let line = &self.lines[index];
        let slice = self.slice(span);
        let kind = self.unit(self.container).kind;
        let before_articles = self.main_last_article.is_none() && kind == UnitKind::Document;
        if before_articles && self.title.is_none() && self.contents.is_empty() && !slice.ends_with('。') && slice.chars().count() <= 50 && line.region == Region::Text {
            return self.set_title(index);
        }
        if self.title.is_none() && before_articles && closing::is_title(slice) {
            return self.set_title(index);
        }
        if line.heading == 0 && self.is_new_agreement(index) && closing::is_title(slice) && self.blank {
            self.begin_agreement(line.span.start);
            return self.push(ContentKind::Title, DOCUMENT, span, false);
        }
        if self.ends_here(index) {
            let is_closing = closing::is_closing(slice) && kind != UnitKind::Signature;
            let kind_here = if is_closing { UnitKind::Closing } else { UnitKind::Signature };
            if kind != kind_here {
                return self.open_end(index, kind_here);
            }
        }
        if matches!(kind, UnitKind::Closing | UnitKind::Signature | UnitKind::Preamble) {
            let continues = self.goes_on(index);
            return self.push_text(self.container, span, continues);
        }
        if kind == UnitKind::Document && (self.layout.scheme != Scheme::None || self.layout.sections && self.units.len() == 1) {
            let id = self.open_unit(UnitKind::Preamble, None, Numbering::Implicit, Span::empty(span.start), line.span.start);
            self.enter(id);
            return self.push_text(id, span, false);
        }
        self.amending |= is_amending(slice);
        self.text_block(index, span, line.span.start);
    }

    /// Whether a line of text belongs to the end of the contract: 末文, date, signature block.
    fn ends_here(&self, index: usize) -> bool {
        let kind = self.unit(self.container).kind;
        if matches!(kind, UnitKind::Signature) {
            return true;
        }
        if matches!(kind, UnitKind::Annex | UnitKind::Preamble) || self.main_last_article.is_none() && self.layout.scheme != Scheme::None {
            return false;
        }
        let more_articles = self.layout.next_article[index].is_some_and(|n| n != 1);
        let more_listed = self.layout.articles[index..].iter().any(|a| *a);
        if more_articles || more_listed || self.inside_sentence(index) {
            return false;
        }
        let slice = self.slice(self.whole(index));
        if closing::is_closing(slice) {
            return true;
        }
        closing::is_signature(slice) && (self.layout.scheme != Scheme::None || self.blank) || closing::is_date(slice) && self.signature_follows(index)
    }

    /// Whether a date stands at the end: a signature line, the end of the text or nothing but an annex behind it.
    fn signature_follows(&self, index: usize) -> bool {
        match self.next_text(index) {
            None => true,
            Some(next) => {
                let slice = self.slice(self.whole(next));
                let short = slice.chars().count() <= 60 && !slice.ends_with('。');
                closing::is_signature(slice) || closing::is_date(slice) || short && self.next_text(next).is_none_or(|n| closing::is_signature(self.slice(self.whole(n)))) || self.unit(self.container).kind == UnitKind::Closing
            }
        }
    }

    fn open_end(&mut self, index: usize, kind: UnitKind) {
        let line = &self.lines[index];
        self.close_to(DOCUMENT, line.span.start);
        let span = self.whole(index);
        if !self.scopes[self.scope as usize].main {
            // The block at the end of the text belongs to the agreement, not to its 附則.
            self.scope = self.scopes.iter().rposition(|s| s.main).unwrap_or(0) as u32;
        }
        let id = self.open_unit(kind, None, Numbering::Implicit, Span::empty(span.start), line.span.start);
        self.enter(id);
        self.push_text(id, span, false);
    }

    /// Text inside an article, a 附則, an annex or a section.
    fn text_block(&mut self, index: usize, span: Span, start: u32) {
        let line = &self.lines[index];
        if start == line.span.start && self.goes_on(index) && self.leaf != self.container {
            return self.push_text(self.leaf, span, true);
        }
        if start == line.span.start && self.is_unmarked_item(index) {
            let style = Style { system: System::Bullet('\u{3000}'), frame: Frame::Bare };
            let enumerator = Enumerator { style, value: 1, other: None };
            return self.entry_at(index, enumerator, Span::empty(span.start), span, start);
        }
        let slice = self.slice(span);
        let adds = PROVISO.iter().any(|w| slice.starts_with(w)) || !self.blank && REMARK.iter().any(|w| slice.starts_with(w)) || line.head == Head::Caption;
        let sentence = layout::ends_sentence(slice) && slice.ends_with(['。', '．', '.', '）', ')', '」']) || slice.ends_with(['：', ':']);
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
        } else if adds || self.unit(self.leaf).kind == UnitKind::Paragraph && !sentence && self.unit(self.leaf).numbering == Numbering::Implicit && !self.blank {
            let last = self.unit(container).children.last().copied().filter(|&id| self.unit(id).kind == UnitKind::Paragraph);
            if let Some(last) = last.filter(|id| self.open.contains(id)) {
                return self.push_text(last, span, false);
            }
        }
        self.close_to(container, start);
        let count = self.implicit_paragraphs() + 1;
        let id = self.open_unit(UnitKind::Paragraph, Some(Number::new(count)), Numbering::Implicit, Span::empty(span.start), start);
        self.leaf = id;
        self.push_text(id, span, false);
    }

    /// Whether a line without any mark is an entry of an announced list: 「…以下の事由があるとき…」 with 「虚偽の情報を届け出た場合」 below.
    fn is_unmarked_item(&self, index: usize) -> bool {
        const ENDINGS: [&str; 9] = ["場合", "とき", "者", "行為", "こと", "もの", "事由", "情報", "場合。"];
        let entry_like = |line: &Line| {
            let slice = self.slice(line.body);
            line.head == Head::None && line.heading == 0 && is_text(line) && slice.chars().count() <= 80 && ENDINGS.iter().any(|e| slice.ends_with(e))
        };
        let unmarked = |list: &OpenList| list.style.system == System::Bullet('\u{3000}');
        let goes_on = self.lists.last().is_some_and(unmarked) && self.open.contains(&self.leaf);
        let begins = self.lists.is_empty()
            && self.unit(self.leaf).kind == UnitKind::Paragraph
            && self.lead_in()
            && self.next_text(index).is_some_and(|next| entry_like(&self.lines[next]));
        self.layout.wrapped.is_none() && (goes_on || begins) && entry_like(&self.lines[index])
    }

    /// Whether a line of text below an entry of a list belongs to that entry.
    fn belongs_to_entry(&self, index: usize) -> bool {
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
    fn list_goes_on(&self, index: usize, list: &OpenList) -> bool {
        let below = self.lines[index + 1..].iter().filter(|line| is_text(line)).take(6);
        for line in below {
            match line.head {
                Head::Enumerator(e) if e.value_in(list.style) == Some(list.last + 1) => return true,
                Head::Enumerator(_) | Head::Bullet(_) | Head::Article { .. } | Head::Paragraph(_) | Head::Division { .. } => return false,
                _ => {}
            }
        }
        false
    }

    /// Whether a line goes on with the sentence of the line before.
    fn goes_on(&self, index: usize) -> bool {
        if self.blank || self.previous.is_none() {
            return false;
        }
        let Some(previous) = self.previous.filter(|&p| p + 1 == index) else { return false };
        if self.inside_sentence(index) {
            return true;
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

    fn table_row(&mut self, index: usize) {
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

    fn push_text(&mut self, unit: UnitId, span: Span, continues: bool) {
        self.leaf = unit;
        let kind = self.unit(unit).kind;
        if matches!(kind, UnitKind::Paragraph | UnitKind::Article) && !continues
            && let Some(marks) = inline_items(self.slice(span))
        {
            return self.split_inline(unit, span, &marks);
        }
        self.push(ContentKind::Text, unit, span, continues);
    }

    /// Items that run on in one line: 「次のとおり区分する。（１）正社員：… （２）契約社員：…」.
    fn split_inline(&mut self, unit: UnitId, span: Span, marks: &[(usize, usize, Enumerator)]) {
        let first = span.start + marks[0].0 as u32;
        let lead = syntax::trim(self.text, Span::new(span.start, first));
        self.push(ContentKind::Text, unit, lead, false);
        for (i, (at, length, enumerator)) in marks.iter().enumerate() {
            let start = span.start + *at as u32;
            let end = marks.get(i + 1).map_or(span.end, |next| span.start + next.0 as u32);
            let label = Span::new(start, start + *length as u32);
            let body = syntax::trim(self.text, Span::new(label.end, end));
            self.close_to(unit, start);
            let id = self.open_numbered(UnitKind::Item, enumerator.value, Numbering::Written, *enumerator, label, start);
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

    // ---- the tree ---------------------------------------------------------------------------------------------------

    fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.0 as usize]
    }

    fn enter(&mut self, id: UnitId) {
        self.container = id;
        self.leaf = id;
        self.lists.clear();
    }

    fn push(&mut self, kind: ContentKind, unit: UnitId, span: Span, continues: bool) {
        self.contents.push(Content { unit, span, kind, continues });
    }

    /// Closes every open unit inside `id`: they end at `at`.
    fn close_to(&mut self, id: UnitId, at: u32) {
        let contents = self.contents.len() as u32;
        while self.open.len() > 1 && self.open.last() != Some(&id) {
            let closed = self.open.pop().expect("an open unit");
            let unit = &mut self.units[closed.0 as usize];
            unit.span.end = at.max(unit.span.start);
            unit.contents.1 = contents;
        }
        // A list goes on only while the unit that holds it is open.
        let Self { lists, units, open, .. } = self;
        lists.retain(|list| units[list.entry.0 as usize].parent.is_some_and(|holder| open.contains(&holder)));
        if matches!(self.unit(id).kind, UnitKind::Document) && id == DOCUMENT {
            self.container = DOCUMENT;
        }
    }

    fn open_unit(&mut self, kind: UnitKind, number: Option<Number>, numbering: Numbering, label: Span, start: u32) -> UnitId {
        let parent = *self.open.last().expect("the document is always open");
        let id = UnitId(self.units.len() as u32);
        let contents = self.contents.len() as u32;
        self.units.push(Unit {
            kind,
            number,
            numbering,
            until: None,
            enumerator: None,
            label,
            caption: None,
            span: Span::new(start, self.text.len()),
            parent: Some(parent),
            children: Vec::new(),
            contents: (contents, contents),
            scope: self.scope,
            deleted: false,
            alternative: false,
        });
        self.units[parent.0 as usize].children.push(id);
        self.open.push(id);
        self.leaf = id;
        id
    }

    fn open_numbered(&mut self, kind: UnitKind, value: u32, numbering: Numbering, enumerator: Enumerator, label: Span, start: u32) -> UnitId {
        let id = self.open_unit(kind, Some(Number::new(value)), numbering, label, start);
        self.units[id.0 as usize].enumerator = Some(enumerator);
        id
    }
}

/// Words with which a line adds to the 項 before it instead of beginning another.
const PROVISO: [&str; 3] = ["ただし", "但し", "但、"];

/// Words with which a line directly below adds to the 項 before it.
const REMARK: [&str; 5] = ["なお", "※", "（注", "(注", "注）"];

/// 「第5条を次のとおり改める。」
fn is_amending(sentence: &str) -> bool {
    let announces = ["次のとおり", "以下のとおり", "次の通り", "以下の通り", "次のように", "以下のように"].iter().any(|w| sentence.contains(w));
    announces && ["改める", "変更する", "改定する", "修正する", "読み替える", "改正する", "変更し", "改め、"].iter().any(|w| sentence.contains(w))
}

/// The number of an annex in half-width digits: 第一 → 1, （１） → 1, 2-1 → 2-1, A → A.
fn annex_mark(mark: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    let flush = |digits: &mut String, out: &mut String| {
        if let Some(value) = number::parse_unit_number(digits) {
            out.push_str(&value.to_string());
        }
        digits.clear();
    };
    for character in mark.chars() {
        if number::digit(character).is_some() || number::kanji_digit(character).is_some() || "十百千".contains(character) {
            digits.push(character);
            continue;
        }
        flush(&mut digits, &mut out);
        if let Some(value) = number::enclosed(character) {
            out.push_str(&value.to_string());
        } else if let Some(letter) = number::latin_letter(character) {
            out.push(letter);
        } else if matches!(character, '-' | '－' | 'ー' | 'の') {
            out.push('-');
        }
    }
    flush(&mut digits, &mut out);
    out
}

/// The marks of items that run on in one line behind a lead-in: offset, length and number of each, counting up from 1.
fn inline_items(text: &str) -> Option<Vec<(usize, usize, Enumerator)>> {
    if !text.contains(['（', '(', '①', '⑴']) {
        return None;
    }
    let mut marks: Vec<(usize, usize, Enumerator)> = Vec::new();
    for (at, character) in text.char_indices() {
        if !matches!(character, '（' | '(' | '①'..='⑳' | '⑴'..='⒇') {
            continue;
        }
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
