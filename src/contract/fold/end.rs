//! The end of the contract: 末文, date and signature block.

use super::*;

impl Builder<'_> {
    /// Whether a line of text belongs to the end of the contract: 末文, date, signature block.
    pub(super) fn ends_here(&self, index: usize) -> bool {
        let kind = self.unit(self.container).kind;
        if matches!(kind, UnitKind::Signature) {
            return true;
        }
        if matches!(kind, UnitKind::Annex | UnitKind::Preamble)
            || self.main_last_article.is_none() && self.layout.scheme != Scheme::None
        {
            return false;
        }
        let more_articles = self.layout.next_article[index].is_some_and(|n| n != 1);
        let more_listed = self.layout.last_listed.is_some_and(|last| index <= last);
        if more_articles || more_listed || self.inside_sentence(index) {
            return false;
        }
        let slice = self.slice(self.whole(index));
        // 「第20条（契約書の作成）」 with nothing yet below it.
        let is_heading =
            |above: usize| matches!(self.lines[above].head, Head::Article { .. }) && !self.body(above).ends_with('。');
        if self.previous.is_some_and(is_heading) && closing::is_closing(slice) {
            return false;
        }
        if closing::is_closing(slice) || closing::is_end_mark(slice) && self.nothing_follows(index) {
            return true;
        }
        closing::is_signature(slice) && (self.layout.scheme != Scheme::None || self.blank)
            || closing::is_date(slice) && self.signature_follows(index)
    }

    /// Whether nothing but the end of the contract, an annex or another document stands behind a line.
    fn nothing_follows(&self, index: usize) -> bool {
        self.next_text(index).is_none_or(|next| {
            let slice = self.slice(self.whole(next));
            let part = matches!(self.lines[next].head, Head::Annex | Head::Supplementary);
            let end = closing::is_closing(slice) || closing::is_signature(slice) || closing::is_date(slice);
            part || end || closing::is_title(slice)
        })
    }

    /// Whether a date stands at the end: a signature line, the end of the text or nothing but an annex behind it.
    pub(super) fn signature_follows(&self, index: usize) -> bool {
        match self.next_text(index) {
            None => true,
            Some(next) => {
                let slice = self.slice(self.whole(next));
                let short = slice.chars().count() <= 60 && !slice.ends_with('。');
                closing::is_signature(slice)
                    || closing::is_date(slice)
                    || short && self.next_text(next).is_none_or(|n| closing::is_signature(self.slice(self.whole(n))))
                    || self.unit(self.container).kind == UnitKind::Closing
            }
        }
    }

    pub(super) fn open_end(&mut self, index: usize, kind: UnitKind) {
        let line = &self.lines[index];
        self.close_to(DOCUMENT, line.span.start);
        let span = self.whole(index);
        if !self.scopes[self.scope as usize].main {
            // The block at the end of the text belongs to the agreement, not to its 附則.
            self.scope = self.main_scope;
        }
        let id = self.open_unit(kind, None, Numbering::Implicit, Span::empty(span.start), line.span.start);
        self.enter(id);
        self.push_text(id, span, false);
    }
}
