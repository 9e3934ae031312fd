//! What stands above and beside articles: 編・章・節, 附則, 別紙, parts under headings without numbers, the next agreement in a file.

use super::*;
use crate::text::{ends_with_any, starts_with_any};

impl Builder<'_> {
    /// Begins a scope where the numbers of articles begin again: another agreement, or a chapter that counts its own.
    pub(super) fn enter_article_scope(&mut self, number: Option<Number>, start: u32) {
        let restarts = number.is_some_and(Number::is_first);
        if !restarts || self.last_article.is_none() || !self.scopes[self.scope as usize].main {
            return;
        }
        let after_end =
            self.open.iter().any(|&id| matches!(self.unit(id).kind, UnitKind::Closing | UnitKind::Signature));
        if after_end {
            self.begin_agreement(start);
        }
    }

    pub(super) fn begin_agreement(&mut self, start: u32) {
        self.close_to(DOCUMENT, start);
        self.agreements += 1;
        self.scopes.push(Scope {
            path: format!("A{}:", self.agreements),
            citation: format!("第{}の文書の", self.agreements),
            main: true,
        });
        self.scope = self.scopes.len() as u32 - 1;
        self.main_scope = self.scope;
        self.last_article = None;
        self.main_last_article = None;
        self.supplementaries = 0;
        self.enter(DOCUMENT);
    }

    /// The unit in which an article lies: the innermost division, 附則 or 別紙 that is open.
    pub(super) fn article_parent(&self) -> UnitId {
        let holds = |kind: UnitKind| {
            kind.is_division() || matches!(kind, UnitKind::Supplementary | UnitKind::Annex | UnitKind::Document)
        };
        let is_section_heading = |id: UnitId| self.unit(id).kind == UnitKind::Section && self.unit(id).number.is_none();
        self.open
            .iter()
            .rev()
            .copied()
            .find(|&id| holds(self.unit(id).kind) && !is_section_heading(id))
            .unwrap_or(DOCUMENT)
    }

    pub(super) fn open_division(&mut self, index: usize, kind: UnitKind, number: Option<Number>) {
        let line = &self.lines[index];
        let start = line.span.start;
        // Divisions end a 附則 only where the 附則 has no divisions of its own.
        let holder = self
            .open
            .iter()
            .copied()
            .find(|&id| matches!(self.unit(id).kind, UnitKind::Annex | UnitKind::Supplementary))
            .unwrap_or(DOCUMENT);
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
            self.main_scope = self.scope;
            self.last_article = None;
        }
        let numbering = if number.is_some() { Numbering::Written } else { Numbering::Unfilled };
        let id = self.open_unit(kind, number, numbering, line.label, start);
        self.enter(id);
        self.amending = false;
        let body = Span::new(
            line.body.start,
            line.body.start + self.slice(line.body).trim_end_matches(['】', '］', '〕', '＞', '>']).len() as u32,
        );
        if !body.is_empty() {
            self.units[id.0 as usize].caption = Some(body);
            self.push(ContentKind::Caption, id, body, false);
        }
    }

    pub(super) fn is_supplementary(&self, line: &Line) -> bool {
        let body = self.slice(line.body);
        body.is_empty()
            || body == "抄"
            || body.starts_with(['（', '(', '【']) && body.chars().count() <= 60
            || line.heading > 0 && body.chars().count() <= 30
    }

    pub(super) fn open_supplementary(&mut self, index: usize) {
        let line = &self.lines[index];
        self.close_to(DOCUMENT, line.span.start);
        self.supplementaries += 1;
        let count = if self.supplementaries > 1 { self.supplementaries.to_string() } else { String::new() };
        let agreement = if self.agreements > 1 { format!("A{}:", self.agreements) } else { String::new() };
        self.begin_inner_scope(
            format!("{agreement}附則{count}:"),
            format!("附則{}", if count.is_empty() { String::new() } else { format!("（{count}）") }),
        );
        let id = self.open_unit(UnitKind::Supplementary, None, Numbering::Written, line.label, line.span.start);
        self.enter(id);
        if !line.body.is_empty() {
            self.units[id.0 as usize].caption = Some(line.body);
            self.push(ContentKind::Caption, id, line.body, false);
        }
    }

    pub(super) fn begin_inner_scope(&mut self, path: String, citation: String) {
        self.scopes.push(Scope { path, citation, main: false });
        self.scope = self.scopes.len() as u32 - 1;
        self.last_article = None;
    }

    /// Whether a line that begins with 別紙 is its heading and not a sentence or an entry of a list of annexes.
    pub(super) fn is_annex(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let body = self.slice(line.body).trim_start_matches(['「', '『', '（', '(', '：', ':']);
        let title_like = body.chars().count() <= 40
            && !body.ends_with(['。', '、'])
            && !starts_with_any(body, &["の", "に", "を", "は", "が", "と", "及び", "、", "参照", "記載"]);
        let listed = self
            .next_text(index)
            .is_some_and(|next| next == index + 1 && self.lines[next].head == Head::Annex && line.heading == 0);
        let listed_before = self.previous.is_some_and(|p| {
            !self.blank && self.lines[p].head == Head::Annex && self.unit(self.container).kind != UnitKind::Annex
        });
        if self.slice(line.label).contains('録') && !self.is_behind_contract(line) {
            return false;
        }
        let stands_apart = line.heading > 0
            || line.strong
            || self.blank
            || self.previous.is_none_or(|p| self.body(p).ends_with('。'))
            || !self.lists.is_empty()
            || matches!(self.unit(self.container).kind, UnitKind::Signature | UnitKind::Closing | UnitKind::Annex);
        title_like
            && stands_apart
            && !listed
            && !listed_before
            && !line.quotation
            && !line.bullet
            && !self.inside_sentence(index)
    }

    /// How many annexes without a number have been called so, this one included.
    fn nth_unnumbered_annex(&mut self, word: &str) -> u32 {
        // There are few such words.
        match self.unnumbered_annexes.iter_mut().find(|(known, _)| known == word) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                self.unnumbered_annexes.push((word.to_string(), 1));
                1
            }
        }
    }

    /// Whether a line stands behind the signatures, or is a heading behind the articles: 物件目録 at another place is a part of the text.
    fn is_behind_contract(&self, line: &Line) -> bool {
        let container = self.unit(self.container).kind;
        matches!(container, UnitKind::Signature | UnitKind::Closing | UnitKind::Annex)
            || line.heading > 0 && self.last_article.is_some()
    }

    pub(super) fn open_annex(&mut self, index: usize) {
        let line = &self.lines[index];
        let start = line.span.start;
        self.close_to(DOCUMENT, start);
        let label = self.slice(line.label);
        let bare: String = label
            .chars()
            .filter(|&c| !is_blank(c) && !"【】［］[]〔〕＜＞<>（）()《》■◆●「」『』".contains(c))
            .collect();
        let at = bare.find(|c: char| {
            c == '第'
                || number::digit(c).is_some()
                || number::kanji_digit(c).is_some()
                || c == '十'
                || number::latin_letter(c).is_some()
                || number::enclosed(c).is_some()
        });
        let (word, mark) = bare.split_at(at.unwrap_or(bare.len()));
        let mark = number::plain_mark(mark);
        let name = if mark.is_empty() {
            match self.nth_unnumbered_annex(word) {
                1 => word.to_string(),
                nth => format!("{word}（{nth}）"),
            }
        } else {
            format!("{word}{mark}")
        };
        self.begin_inner_scope(format!("{name}:"), name);
        let id = self.open_unit(UnitKind::Annex, None, Numbering::Written, line.label, start);
        self.enter(id);
        let (relation, title) = self.relation(line.body);
        if !relation.is_empty() {
            self.push(ContentKind::Text, id, relation, false);
        }
        if !title.is_empty() {
            self.units[id.0 as usize].caption = Some(title);
            self.push(ContentKind::Caption, id, title, false);
        }
    }

    /// The articles to which an annex belongs (「（第4条関係）」), and its title behind them.
    fn relation(&self, body: Span) -> (Span, Span) {
        let words = self.slice(body);
        let end = words.find(['）', ')']).filter(|&end| {
            words.starts_with(['（', '(']) && words[..end].ends_with("関係") && words[..end].contains('条')
        });
        let Some(end) = end else { return (Span::empty(body.start), body) };
        let behind = &words[end + words[end..].chars().next().map_or(0, char::len_utf8)..];
        let title = behind.trim_start_matches(is_blank);
        let at = |rest: &str| body.end - rest.len() as u32;
        (Span::new(body.start, at(behind)), Span::new(at(title), body.end))
    }

    /// Whether a line names the annex in whose heading above it nothing but 別紙 stands: 「承継権利義務明細表」.
    pub(super) fn is_annex_title(&self, index: usize) -> bool {
        const LONGEST: usize = 30;
        const ENDS: [&str; 21] = [
            "表",
            "書",
            "録",
            "明細",
            "一覧",
            "仕様",
            "要領",
            "内訳",
            "図",
            "図面",
            "計画",
            "基準",
            "様式",
            "条件",
            "事項",
            "料金",
            "内容",
            "範囲",
            "項目",
            "リスト",
            "詳細",
        ];
        let annex = self.unit(self.container);
        let opens = annex.kind == UnitKind::Annex
            && annex.caption.is_none()
            && annex.contents.0 as usize == self.contents.len()
            && !self.lines[index].bullet
            && !self.lines[index].quotation;
        let title = || self.body(index).trim_matches(is_blank);
        let words = |title: &str| {
            title.chars().count() <= LONGEST
                && !title.contains(['。', '、', '：', ':', '|', '「'])
                && title.chars().all(|c| !c.is_ascii_digit() && number::digit(c).is_none())
        };
        opens
            && ends_with_any(title(), &ENDS)
            && words(title())
            && !closing::is_title(title())
            && self.next_text(index).is_some_and(|next| self.lines[next].head != Head::Annex)
    }

    /// Gives an annex the title that stands below its heading.
    pub(super) fn set_annex_title(&mut self, index: usize) {
        let (annex, body) = (self.container, self.lines[index].body);
        self.units[annex.0 as usize].caption = Some(body);
        self.push(ContentKind::Caption, annex, body, false);
    }

    /// In a document without articles, a caption alone on its line (【お問い合わせ】, （目的）) is a heading.
    pub(super) fn is_heading_caption(&self, index: usize) -> bool {
        let body = self.body(index);
        let round = body.starts_with(['（', '(']);
        body.chars().count() <= 30
            && (!round
                || self.layout.sections
                    && self.next_text(index).is_some_and(|next| self.lines[next].head == Head::None))
    }

    /// A Markdown heading without a number.
    pub(super) fn unnumbered_heading(&mut self, index: usize) {
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
            let id = self.open_unit(
                UnitKind::Preamble,
                None,
                Numbering::Implicit,
                Span::empty(line.body.start),
                line.span.start,
            );
            return self.enter(id);
        }
        if self.is_new_agreement(index) {
            self.begin_agreement(line.span.start);
            return self.push(ContentKind::Title, DOCUMENT, line.body, false);
        }
        if closing::is_signature(body)
            || matches!(body, "署名" | "署名欄" | "契約当事者" | "締結の証" | "末文") && self.last_article.is_some()
        {
            return self.open_end(index, UnitKind::Signature);
        }
        // Below the level of the articles it is a heading inside the article.
        let in_article =
            matches!(self.unit(self.container).kind, UnitKind::Article | UnitKind::Annex | UnitKind::Supplementary);
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

    /// Whether a numbered heading of Markdown, 「## 2．報酬」, stands above those of the articles.
    pub(super) fn is_above_articles(&self, line: &Line) -> bool {
        self.layout.scheme == Scheme::Numbered && line.heading > 0 && line.heading < self.layout.article_level
    }

    /// A part under a heading that is no division; a number before its words belongs to them.
    pub(super) fn open_section(&mut self, index: usize) {
        let line = &self.lines[index];
        let heading = Span::new(line.label.start.min(line.body.start), line.body.end);
        let rank_of = |heading: u8| if heading == 0 { 7 } else { heading };
        let rank_above = |unit: &Unit| {
            let at = unit.caption.map_or(unit.span.start, |caption| caption.start);
            rank_of(self.lines[self.lines.partition_point(|line| line.span.end <= at)].heading)
        };
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
        let id =
            self.open_unit(UnitKind::Section, None, Numbering::Implicit, Span::empty(heading.start), line.span.start);
        self.units[id.0 as usize].caption = Some(heading);
        self.enter(id);
        self.push(ContentKind::Caption, id, heading, false);
    }

    pub(super) fn set_title(&mut self, index: usize) {
        let span = self.lines[index].body;
        self.title = Some(span);
        self.push(ContentKind::Title, DOCUMENT, span, false);
    }

    /// A title behind which articles begin at 1 again, or below a line along which the paper is cut: another document in the same file.
    pub(super) fn is_new_agreement(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let is_title = closing::is_title(self.body(index));
        self.main_last_article.is_some()
            && self.unit(self.container).kind != UnitKind::Annex
            && match self.layout.next_article[index] {
                Some(first) => first == 1 && (line.heading == 1 || is_title),
                None => is_title && self.is_cut_off(index),
            }
    }

    /// Whether the line before is one along which the paper is cut.
    fn is_cut_off(&self, index: usize) -> bool {
        let above = self.lines[..index].iter().rev().find(|line| line.region != Region::Blank);
        above.is_some_and(|line| {
            line.region == Region::Noise && syntax::is_cut(self.slice(line.span).trim_matches(is_blank))
        })
    }
}
