//! Articles: their headings, numbers and captions.

use super::*;

impl Builder<'_> {
    pub(super) fn article_line(&mut self, index: usize) {
        let line = &self.lines[index];
        let Head::Article { number, until } = line.head else { return };
        let first_in_scope = self.last_article.is_none();
        let expected = match (number, self.last_article) {
            (Some(number), Some(last)) => number.follows(last) || number.is_first(),
            (Some(number), None) => number.is_first(),
            (None, _) => true,
        };
        let before = self.previous.map(|p| &self.lines[p]);
        let situation = Situation {
            inside_sentence: self.inside_sentence(index),
            expected,
            is_text_of_item: before
                .is_some_and(|line| matches!(line.head, Head::Enumerator(_)) && line.body.is_empty()),
            lacks_caption: self.layout.captioned && self.caption.is_none() && line.body.is_empty(),
        };
        let quoted_article = self.amending && !expected && !first_in_scope;
        if self.layout.scheme != Scheme::Numbered
            || quoted_article
            || !heading::is_article_heading(self.text, line, &situation)
        {
            // A caption that waited for this heading is text like the line itself.
            if let Some(caption) = self.caption.take() {
                self.plain(caption);
            }
            if quoted_article {
                return self.quotation(index);
            }
            return self.no_head(index);
        }
        self.amending = false;
        self.open_article(index, number, until);
    }

    pub(super) fn open_article(&mut self, index: usize, number: Option<Number>, until: Option<Number>) {
        let line = &self.lines[index];
        let start = self.caption.map_or(line.span.start, |caption| self.lines[caption].span.start);
        // The text of a model clause repeats the number of the heading above it.
        if self.layout.clauses_in_fences
            && line.fence > 0
            && self.last_article == number
            && self.container_is_empty_article()
        {
            // A caption that waited for a heading belongs to none that is further down.
            if let Some(caption) = self.caption.take() {
                self.plain(caption);
            }
            return self.heading_text(index, line.body);
        }
        if self.caption.is_none() && line.caption.is_none() && syntax::caption_end(self.slice(line.body)).is_none() {
            self.cut_glued_caption();
        }
        let alternative =
            self.folded > 0 || self.layout.clauses_in_fences && self.last_article == number && number.is_some();
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
        let caption_above =
            self.caption.take().map(|i| self.lines[i].body).or(line.caption).or(self.glued_caption.take());
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
        self.units[id.0 as usize].deleted = matches!(deletion, "削除" | "欠番" | "（削除）")
            || caption.is_some_and(|c| matches!(self.slice(c).trim_matches(['（', '）', '(', ')']), "削除" | "欠番"));
        if !rest.is_empty() {
            self.heading_text(index, rest);
        }
    }

    /// 「第1条　目的」: bare words behind the number are a caption where they are no sentence and the text comes on later lines.
    pub(super) fn bare_caption(&self, index: usize, has_caption: bool) -> (Option<Span>, Span) {
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
    pub(super) fn has_text_below(&self, index: usize) -> bool {
        (index + 1..self.lines.len())
            .find(|&i| matches!(self.lines[i].region, Region::Text | Region::Table) && !self.layout.skipped[i])
            .is_some_and(|next| {
                let line = &self.lines[next];
                let heads =
                    self.layout.headings[next] || matches!(line.head, Head::Division { .. } | Head::Supplementary);
                // What ends the contract is no text of its last article.
                let slice = self.slice(self.whole(next));
                let ends =
                    self.layout.next_article[next].is_none() && (closing::is_closing(slice) || closing::is_date(slice));
                let long = self.slice(self.lines[index].body).chars().count() > 25;
                let wrapped = self.layout.wrapped.is_some() && long && self.inside_sentence(next);
                !heads && !wrapped && !ends
            })
    }

    /// A bracket directly behind the number that is no caption: 「第3条（平成31年改正）」 stays one; a sentence does not.
    pub(super) fn is_remark(&self, bracket: &str) -> bool {
        bracket.contains('。') || bracket.chars().count() > 60
    }

    /// Takes 「（損害賠償）」 off the end of the text before, 「…ができる。（損害賠償）」, as the caption of the article that begins now.
    pub(super) fn cut_glued_caption(&mut self) {
        self.glued_caption = None;
        let own_caption = self.previous.is_none();
        let Some(content) = self.contents.last_mut().filter(|c| c.kind == ContentKind::Text && !own_caption) else {
            return;
        };
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
    pub(super) fn heading_text(&mut self, index: usize, span: Span) {
        let (head, label, body) = syntax::head_at(self.text, span);
        match head {
            Head::Enumerator(enumerator) if list::first_reading(&enumerator).0 == 1 && !body.is_empty() => {
                self.entry_at(index, enumerator, label, body, span.start);
            }
            _ => self.text_block(index, span, span.start),
        }
    }

    /// An article that is a numbered heading or an entry of a list.
    pub(super) fn open_listed_article(&mut self, index: usize) {
        let line = &self.lines[index];
        let Head::Enumerator(enumerator) = line.head else { return self.plain(index) };
        let rendered =
            self.last_article.is_some() && enumerator.value == 1 && matches!(self.layout.scheme, Scheme::List);
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
            let end = syntax::caption_end(slice)
                .or_else(|| layout::run_in_caption(slice))
                .map_or(body.end, |end| body.start + end as u32);
            let caption = Span::new(body.start, end);
            self.units[id.0 as usize].caption = Some(caption);
            self.push(ContentKind::Caption, id, caption, false);
            let rest = syntax::trim(self.text, Span::new(end, body.end));
            if !rest.is_empty() && self.slice(rest).chars().any(|c| !matches!(c, '*' | '_')) {
                self.heading_text(index, rest);
            }
        }
    }

    /// Whether a caption line stands above an article heading.
    pub(super) fn waits_for_article(&self, index: usize) -> bool {
        let Some(next) = self.next_text(index) else { return false };
        let line = &self.lines[next];
        if self.layout.scheme != Scheme::Numbered || !matches!(line.head, Head::Article { .. }) {
            return false;
        }
        // The heading below must not bring a caption of its own.
        syntax::caption_end(self.slice(line.body)).is_none_or(|end| self.slice(line.body).len() > end)
            && !line.quotation
    }

    pub(super) fn container_is_empty_article(&self) -> bool {
        let unit = self.unit(self.container);
        unit.kind == UnitKind::Article && unit.children.is_empty()
    }
}
