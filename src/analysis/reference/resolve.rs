//! What each citation points at, from where it stands.

use std::cell::OnceCell;

use super::antecedent::{Antecedents, Cited, Slots};
use super::citation::{Article, Citation, Item, Paragraph, Scope};
use super::index::Index;
use super::scan::Found;
use super::{Broken, Reference, Status};
use crate::contract::{ContentKind, Contract, Scheme, UnitId, UnitKind};
use crate::marks::Marks;
use crate::number::Number;
use crate::syntax::{Frame, System};
use crate::text::ends_with_any;

/// Resolves the citations of a contract, in reading order.
pub fn resolve(contract: &Contract, marks: &Marks, found: Vec<Found>) -> Vec<Reference> {
    let mut resolver = Resolver {
        contract,
        marks,
        index: Index::of(contract),
        antecedents: Antecedents::default(),
        last_annex: None,
        last_division: None,
        is_statute: is_statute(contract),
        is_outlined: OnceCell::new(),
    };
    found.into_iter().map(|citation| resolver.resolve(citation)).collect()
}

/// Whether a document is an enacted law, order or ordinance: by the end of its title, or by the number that stands below it.
fn is_statute(contract: &Contract) -> bool {
    let title = contract.title().unwrap_or_default();
    let named = ends_with_any(title, &["法", "法律", "施行令", "施行規則"]);
    let numbered = || {
        let lines = contract.contents().iter().filter(|content| content.kind != ContentKind::Title).take(1);
        lines.map(|content| contract.text().slice(content.span)).any(|line| {
            let number = line.strip_prefix('（').and_then(|rest| rest.split('）').next()).unwrap_or_default();
            number.ends_with('号')
                && number.contains('年')
                && ["法律第", "令第", "規則第"].iter().any(|kind| number.contains(kind))
        })
    };
    named || numbered()
}

/// All 項 of something; where nothing is told apart in it, the words speak of what stands elsewhere.
fn each(paragraphs: Vec<UnitId>) -> Outcome {
    if paragraphs.is_empty() { Err(Status::External(None)) } else { Ok(paragraphs) }
}

/// Finds the units of citations, one after the other.
pub struct Resolver<'a> {
    /// The contract.
    pub contract: &'a Contract,
    /// Where its flow has something else than words.
    marks: &'a Marks<'a>,
    /// Its units by number.
    pub index: Index,
    pub(super) antecedents: Antecedents,
    /// The annex cited last.
    pub last_annex: Option<UnitId>,
    /// The chapter or section cited last.
    pub last_division: Option<UnitId>,
    is_statute: bool,
    /// Whether 項 are numbered 2.1, once that was asked.
    is_outlined: OnceCell<bool>,
}

/// Where a citation stands.
pub struct Here {
    pub(super) article: Option<UnitId>,
    /// The 条, 附則 or 別紙 whose paragraphs 前項 counts.
    pub(super) holder: Option<UnitId>,
    pub(super) paragraph: Option<UnitId>,
    pub(super) item: Option<UnitId>,
    /// The innermost unit whose items 次の各号 announces.
    pub inner: UnitId,
    /// The scope of its numbers.
    pub scope: u32,
    /// The paragraph in which 同項 looks back.
    pub(super) block: UnitId,
}

/// How many units one citation points at, at most: 前各条 in the last of ten thousand articles.
pub const MOST: usize = 500;

/// How many units an ambiguous citation may mean, at most.
const CHOICES: usize = 20;

/// The units that were found, or why there are none.
pub type Outcome = Result<Vec<UnitId>, Status>;

impl Resolver<'_> {
    fn resolve(&mut self, found: Found) -> Reference {
        let contract = self.contract;
        let here = self.here(found.unit);
        let flow = contract.flow();
        self.antecedents.advance(self.marks, found.flow.start);
        let outcome = self.outcome(&found, &here);
        let until = match (&found.until, &outcome) {
            (Some(until), Ok(first)) => Some(self.range(first, until, &here)),
            _ => None,
        };
        let (status, targets) = match until.unwrap_or(outcome) {
            Ok(mut targets) if found.until.is_none() && self.is_ambiguous(&found.citation, &targets) => {
                targets.truncate(CHOICES);
                (Status::Ambiguous, targets)
            }
            Ok(targets) => (Status::Resolved, targets),
            // The 附則 of an amending law speaks of that law, and of 附則 that an excerpt leaves out. What is not found in an enacted statute
            // is left out of the copy, or speaks of the text as it was.
            Err(Status::Broken(_)) if self.is_statute || self.is_of_amending_law(&here) || self.is_reworded(&found) => {
                (Status::External(None), Vec::new())
            }
            Err(status) => (status, Vec::new()),
        };
        self.remember(&found, &here, &status, &targets);
        Reference {
            span: flow.span(found.flow.clone()),
            flow: found.flow,
            unit: found.unit,
            citation: found.citation,
            until: found.until,
            caption: found.caption,
            list: found.list,
            status,
            targets,
        }
    }

    fn here(&self, unit: UnitId) -> Here {
        let contract = self.contract;
        let paragraph = contract.enclosing(unit, UnitKind::Paragraph);
        let article = contract.enclosing(unit, UnitKind::Article);
        Here {
            article,
            holder: paragraph.and_then(|p| contract.unit(p).parent).or(article),
            paragraph,
            item: contract.enclosing(unit, UnitKind::Item),
            inner: unit,
            scope: contract.unit(unit).scope,
            block: paragraph.or(article).unwrap_or(unit),
        }
    }

    fn outcome(&self, found: &Found, here: &Here) -> Outcome {
        // 「ISO 9001の8.5項」
        let of_standard = || {
            let before = &self.contract.flow().as_str()[..found.flow.start];
            let before = before.strip_suffix('の').unwrap_or(before).trim_end_matches([' ', '　']);
            before.ends_with(|c: char| c.is_ascii_alphanumeric())
        };
        if matches!(found.citation.article, Some(Article::Outline(_))) && of_standard() {
            return Err(Status::External(None));
        }
        if found.foreign.is_some() {
            return Err(Status::External(found.foreign.clone()));
        }
        let citation = &found.citation;
        if found.after_same
            && let Some(name) = self.antecedents.foreign()
        {
            return Err(Status::External(name.clone()));
        }
        match &citation.scope {
            Some(Scope::Annex(annex)) => {
                let behind = &self.contract.flow().as_str()[found.flow.end..];
                let annexes = self.annex(annex, behind, found.after_same)?;
                return match (citation.article, citation.paragraph) {
                    (None, None) => Ok(annexes),
                    _ => self.in_unit(annexes[0], citation, here),
                };
            }
            Some(Scope::Supplementary) => {
                let unit = self.supplementary(citation, here).ok_or_else(|| self.not_found(Broken::Supplementary))?;
                return match (citation.article, citation.paragraph) {
                    (None, None) => Ok(vec![unit]),
                    _ => self.in_unit(unit, citation, here),
                };
            }
            Some(Scope::Divisions(steps)) => {
                let division = self.division(steps, here)?;
                return match citation.article {
                    None => Ok(vec![division]),
                    Some(_) => self.in_division(division, citation, here),
                };
            }
            None => {}
        }
        if let Some(article) = citation.article {
            let articles = self.article(article, here)?;
            return self.below_articles(&articles, citation, here);
        }
        if let Some(paragraph) = citation.paragraph {
            let paragraphs = self.paragraph(paragraph, here)?;
            return self.below_paragraphs(&paragraphs, citation, here);
        }
        match citation.item {
            Some(item) => self.item_here(item, here).and_then(|items| self.subitems(items, citation)),
            None => Err(Status::Broken(Broken::Item(None))),
        }
    }

    // ---- 条 ---------------------------------------------------------------------------------------------------------

    fn article(&self, article: Article, here: &Here) -> Outcome {
        match article {
            Article::Number(number) => self.article_by_number(number, here),
            // In a text without such numbers, the words speak of another one.
            Article::Outline(number) => self.outlined(number, here).unwrap_or(Err(Status::External(None))),
            Article::Unfilled => Err(Status::Broken(Broken::Article)),
            Article::This => here.article.map(|a| vec![a]).ok_or(Status::Broken(Broken::NoAntecedent)),
            Article::Same => same(self.antecedents.article(here.block)),
            Article::Previous(count) => self.beside(here, -i64::from(count), -1, count),
            Article::PreviousEach => {
                let order = self.index.articles_of(here.scope);
                let place = here.article.and_then(|a| order.binary_search(&a).ok()).unwrap_or(0);
                if place == 0 { Err(Status::Broken(Broken::NoPreviousArticle)) } else { Ok(last_of(&order[..place])) }
            }
            Article::BeforePrevious => self.beside(here, -2, -2, 2),
            Article::Next => self.beside(here, 1, 1, 1),
        }
    }

    /// The articles from `from` to `to` places beside the one in which we are.
    fn beside(&self, here: &Here, from: i64, to: i64, count: u32) -> Outcome {
        let backwards = from < 0;
        let missing = if backwards { Broken::NoPreviousArticle } else { Broken::NoNext };
        let order = self.index.articles_of(here.scope);
        let Some(place) = here.article.and_then(|a| order.binary_search(&a).ok()) else {
            return Err(Status::Broken(missing));
        };
        let (first, last) = (place as i64 + from, place as i64 + to);
        if first < 0 && place > 0 && count > 1 {
            return Err(Status::Broken(Broken::TooFewBefore(place as u32)));
        }
        if first < 0 || last >= order.len() as i64 {
            return Err(Status::Broken(missing));
        }
        Ok(order[first as usize..=last as usize].to_vec())
    }

    fn article_by_number(&self, number: Number, here: &Here) -> Outcome {
        let own = self.index.article(here.scope, number);
        let main = || first_of(self.index.main_article(here.scope, number));
        let is_supplementary = self.contract.scopes()[here.scope as usize].path.contains("附則");
        let articles = match (own.is_empty(), is_supplementary) {
            (false, false) => first_of(own),
            // In a 附則, a bare 第N条 is an article of the main text if there is one.
            (_, true) => Some(main()).filter(|m| !m.is_empty()).unwrap_or_else(|| first_of(own)),
            (true, false) => main(),
        };
        if !articles.is_empty() {
            return Ok(articles);
        }
        if number.is_in_parts()
            && let Some(outlined) = self.outlined(number, here)
        {
            return outlined;
        }
        // An article that is not there, behind another document in the same sentence, is that document's; a number far beyond the last
        // article also where the document is named further up in the paragraph.
        let last = self.index.highest(here.scope);
        let far = last.is_some_and(|last| number.main() > last.main().saturating_mul(2).max(40));
        match self.antecedents.foreign_in_block(here.block) {
            Some(name) if far => Err(Status::External(name.clone())),
            _ => Err(self.not_found(Broken::Article)),
        }
    }

    /// What bears a number in parts in a text whose 項 are numbered 2.1 and whose 号 are numbered 2.1.1; `None` in another text.
    fn outlined(&self, number: Number, here: &Here) -> Option<Outcome> {
        let is_outlined = |id: UnitId| {
            let label = self.contract.text().slice(self.contract.unit(id).label);
            label.trim_end_matches(['.', '．']).contains(['.', '．'])
        };
        let any = || self.contract.ids_of(UnitKind::Paragraph).any(is_outlined);
        if !*self.is_outlined.get_or_init(any) {
            return None;
        }
        let own = self.index.article(here.scope, Number::new(number.main()));
        let articles =
            if own.is_empty() { self.index.main_article(here.scope, Number::new(number.main())) } else { own };
        let mut found = articles.to_vec();
        for (part, kind) in number.parts().skip(1).zip([UnitKind::Paragraph, UnitKind::Item, UnitKind::Subitem]) {
            let below = |id: UnitId| self.index.children_numbered(self.contract, id, kind, Number::new(part)).to_vec();
            found = found.into_iter().flat_map(below).filter(|&id| is_outlined(id)).collect();
        }
        found.truncate(MOST);
        Some(if found.is_empty() { Err(self.not_found(Broken::Article)) } else { Ok(found) })
    }

    /// Whether we are in a 附則 with the number of another law: 「附則（令和2年法律第44号）」, or an excerpt of one.
    fn is_of_amending_law(&self, here: &Here) -> bool {
        let supplementary = self.contract.enclosing(here.inner, UnitKind::Supplementary);
        let caption =
            supplementary.and_then(|id| self.contract.unit(id).caption).map(|span| self.contract.text().slice(span));
        caption.is_some_and(|caption| caption.contains('号') || caption.ends_with('抄'))
    }

    /// Whether the sentence says how the words of another text are to be read: 「同条第3項中「…」とあるのは「…」と読み替える」.
    fn is_reworded(&self, found: &Found) -> bool {
        // In bytes; a longer sentence is not read to its ends.
        const NEAR: usize = 900;
        let flow = self.contract.flow().as_str().as_bytes();
        let before = &flow[found.flow.start.saturating_sub(NEAR)..found.flow.start];
        let behind = &flow[found.flow.end..(found.flow.end + NEAR).min(flow.len())];
        let before = memchr::memrchr(b'\n', before).map_or(before, |end| &before[end..]);
        let behind = memchr::memchr(b'\n', behind).map_or(behind, |end| &behind[..end]);
        [before, behind].iter().any(|text| memchr::memmem::find(text, "とあるのは".as_bytes()).is_some())
    }

    /// What a citation names below its articles.
    pub(super) fn below_articles(&self, articles: &[UnitId], citation: &Citation, here: &Here) -> Outcome {
        if citation.paragraph.is_none() && citation.item.is_none() {
            return Ok(articles.to_vec());
        }
        let mut targets = Vec::new();
        let mut failure = None;
        for &article in articles {
            match self.in_article(article, citation, here) {
                Ok(found) => targets.extend(found),
                Err(status) => failure = failure.or(Some(status)),
            }
        }
        match failure {
            Some(status) if targets.is_empty() => Err(status),
            _ => Ok(targets),
        }
    }

    pub(super) fn in_article(&self, article: UnitId, citation: &Citation, here: &Here) -> Outcome {
        match self.contract.unit(article).kind {
            // 2.1項第3号
            UnitKind::Paragraph => return self.below_paragraphs(&[article], citation, here),
            UnitKind::Item | UnitKind::Subitem => return Ok(vec![article]),
            _ => {}
        }
        let paragraphs = self.index.children(self.contract, article, UnitKind::Paragraph);
        let chosen = match citation.paragraph {
            Some(Paragraph::Number(number)) => {
                let found = self.paragraphs_numbered(article, number).to_vec();
                if found.is_empty() {
                    return Err(Status::Broken(Broken::Paragraph(Some(article))));
                }
                found
            }
            Some(Paragraph::Each) => each(first_of(paragraphs))?,
            Some(Paragraph::Same) => {
                return self.paragraph(Paragraph::Same, here).and_then(|p| self.below_paragraphs(&p, citation, here));
            }
            Some(_) => return Err(Status::Broken(Broken::Paragraph(Some(article)))),
            None => return self.items_of_article(paragraphs, citation, here),
        };
        self.below_paragraphs(&chosen, citation, here)
    }

    /// 第3条第2号: the paragraph is not named.
    fn items_of_article(&self, paragraphs: &[UnitId], citation: &Citation, here: &Here) -> Outcome {
        let with_items: Vec<UnitId> =
            paragraphs.iter().copied().filter(|&p| !self.children(p, UnitKind::Item).is_empty()).collect();
        let holders = if with_items.is_empty() { paragraphs } else { &with_items };
        let mut targets = Vec::new();
        for &paragraph in holders {
            if let Ok(found) = self.below_paragraphs(&[paragraph], citation, here) {
                targets.extend(found);
            }
        }
        if targets.is_empty() { Err(Status::Broken(Broken::Item(holders.first().copied()))) } else { Ok(targets) }
    }

    // ---- 項 ---------------------------------------------------------------------------------------------------------

    fn paragraph(&self, paragraph: Paragraph, here: &Here) -> Outcome {
        let paragraphs = match (here.holder, paragraph) {
            (Some(holder), Paragraph::Number(number)) => self.paragraphs_numbered(holder, number),
            (Some(holder), _) => self.index.children(self.contract, holder, UnitKind::Paragraph),
            (None, _) => &[],
        };
        self.paragraph_of(paragraph, here, paragraphs, here.paragraph).or_else(|status| {
            let (siblings, own) = self.loose_paragraphs(here).ok_or(status.clone())?;
            self.paragraph_of(paragraph, here, &siblings, Some(own)).map_err(|_| status)
        })
    }

    fn paragraphs_numbered(&self, holder: UnitId, number: u32) -> &[UnitId] {
        self.index.children_numbered(self.contract, holder, UnitKind::Paragraph, Number::new(number))
    }

    /// The entries that a loosely written text calls 項 though they are none: bullets and bare numbers below the only 項 of an article,
    /// and the entries of a list that are the articles of a document without 第N条.
    fn loose_paragraphs(&self, here: &Here) -> Option<(Vec<UnitId>, UnitId)> {
        let contract = self.contract;
        let siblings = |id: UnitId| {
            let unit = contract.unit(id);
            unit.parent.map(|up| (self.index.children(contract, up, unit.kind).to_vec(), id))
        };
        if contract.scheme() != Scheme::Numbered
            && let Some(article) = here.article
            && self.children(article, UnitKind::Paragraph).len() < 2
        {
            return siblings(article);
        }
        let entry =
            contract.ancestors(here.inner).find(|&id| contract.unit(id).kind == UnitKind::Subitem).or(here.item)?;
        let loose = contract.unit(entry).enumerator.is_some_and(|e| {
            matches!(e.style.system, System::Bullet(_) | System::Arabic) && !matches!(e.style.frame, Frame::Brackets)
        });
        let (mut entries, own): (Vec<UnitId>, UnitId) = siblings(entry).filter(|_| loose)?;
        if contract.unit(entry).kind == UnitKind::Subitem {
            entries.splice(0..0, contract.unit(entry).parent);
        }
        Some((entries, own))
    }

    fn paragraph_of(&self, paragraph: Paragraph, here: &Here, paragraphs: &[UnitId], own: Option<UnitId>) -> Outcome {
        let place = own.and_then(|own| paragraphs.binary_search(&own).ok());
        match paragraph {
            Paragraph::Number(number) => {
                let found: Vec<UnitId> =
                    paragraphs.iter().copied().filter(|&p| self.number(p) == Some(Number::new(number))).collect();
                if found.is_empty() { Err(self.not_found(Broken::Paragraph(here.holder))) } else { Ok(found) }
            }
            Paragraph::This => own.map(|p| vec![p]).ok_or(Status::Broken(Broken::NotInside)),
            Paragraph::Same => match (self.antecedents.paragraph(here.block), self.antecedents.article(here.block)) {
                // 前条…同項: the article has no numbered paragraphs.
                (None, Some(Cited::Here(article))) => {
                    each(self.index.children(self.contract, *article, UnitKind::Paragraph).to_vec())
                }
                (None, foreign) => same(foreign),
                (paragraph, _) => same(paragraph),
            },
            Paragraph::Each => each(paragraphs.to_vec()),
            Paragraph::PreviousEach => match place {
                Some(place) if place > 0 => Ok(last_of(&paragraphs[..place])),
                _ => Err(Status::Broken(Broken::NoPreviousParagraph)),
            },
            Paragraph::Previous(count) => match place {
                Some(place) if place as u32 >= count => Ok(paragraphs[place - count as usize..place].to_vec()),
                Some(place) if place > 0 => Err(Status::Broken(Broken::TooFewBefore(place as u32))),
                _ => Err(Status::Broken(Broken::NoPreviousParagraph)),
            },
            Paragraph::Next => match place.and_then(|place| paragraphs.get(place + 1)) {
                Some(&next) => Ok(vec![next]),
                None => Err(Status::Broken(Broken::NoNext)),
            },
        }
    }

    fn below_paragraphs(&self, paragraphs: &[UnitId], citation: &Citation, here: &Here) -> Outcome {
        let Some(item) = citation.item else { return self.kana_below(paragraphs, citation) };
        let mut targets = Vec::new();
        for &paragraph in paragraphs {
            match item {
                Item::Number(number) => targets.extend(self.items_numbered(paragraph, number)),
                Item::Each | Item::Following => {
                    targets.extend(self.children(paragraph, UnitKind::Item).iter().take(MOST));
                }
                Item::Same => return self.item_here(Item::Same, here),
                _ => {}
            }
        }
        if targets.is_empty() {
            return Err(Status::Broken(Broken::Item(paragraphs.first().copied())));
        }
        self.subitems(targets, citation)
    }

    pub(super) fn number(&self, id: UnitId) -> Option<Number> {
        self.contract.unit(id).number
    }

    /// The units of a kind that another holds, in order.
    pub(super) fn children(&self, holder: UnitId, kind: UnitKind) -> &[UnitId] {
        self.index.children(self.contract, holder, kind)
    }

    /// The items below a unit that bear a number, or stand for it in 「二及び三　削除」.
    pub(super) fn items_numbered(&self, holder: UnitId, number: Number) -> Vec<UnitId> {
        let stands_for = |id: &UnitId| {
            let unit = self.contract.unit(*id);
            unit.kind == UnitKind::Item
                && unit.number.is_some_and(|first| first < number)
                && unit.until.is_some_and(|until| number <= until)
        };
        let mut found = first_of(self.index.children_numbered(self.contract, holder, UnitKind::Item, number));
        found.extend(self.index.ranges_in(holder).iter().filter(|id| stands_for(id)));
        found
    }

    // ---- ranges and antecedents ---------------------------------------------------------------------------------------

    fn range(&self, first: &[UnitId], until: &Citation, here: &Here) -> Outcome {
        let end = Found {
            flow: 0..0,
            unit: here.inner,
            citation: until.clone(),
            until: None,
            caption: None,
            list: None,
            foreign: None,
            after_same: false,
        };
        let last = self.outcome(&end, here)?;
        let (Some(&from), Some(&to)) = (first.first(), last.first()) else { return Err(Status::Broken(Broken::Range)) };
        let (a, b) = (self.contract.unit(from), self.contract.unit(to));
        if a.kind != b.kind || from >= to {
            return Err(Status::Broken(Broken::Range));
        }
        let order = match a.kind {
            UnitKind::Article => self.index.articles_of(a.scope),
            _ => a.parent.map_or(&[][..], |up| self.index.children(self.contract, up, a.kind)),
        };
        let begin = order.partition_point(|&sibling| sibling < from);
        let end = order.partition_point(|&sibling| sibling <= to);
        Ok(first_of(&order[begin..end]))
    }

    /// Several units where one is meant.
    fn is_ambiguous(&self, citation: &Citation, targets: &[UnitId]) -> bool {
        if targets.len() < 2 {
            return false;
        }
        let one_meant = match (citation.article, citation.paragraph, citation.item) {
            (_, _, Some(Item::Number(_))) => true,
            (_, _, Some(_)) => false,
            (_, Some(Paragraph::Number(_) | Paragraph::Same), None) => true,
            (_, Some(_), None) => false,
            (Some(Article::Number(_) | Article::Outline(_)), None, None) => true,
            _ => matches!(&citation.scope, Some(Scope::Annex(_))),
        };
        one_meant && !targets.iter().all(|&t| self.contract.unit(t).alternative)
    }

    fn remember(&mut self, found: &Found, here: &Here, status: &Status, targets: &[UnitId]) {
        let citation = &found.citation;
        if let (Some(Scope::Annex(_)), [annex]) = (&citation.scope, targets) {
            self.last_annex = self.contract.enclosing(*annex, UnitKind::Annex);
        }
        if let (Some(Scope::Divisions(_)), Some(&division)) = (&citation.scope, targets.first()) {
            self.last_division = Some(division);
        }
        let slots = match (status, targets.first()) {
            (Status::External(name), _) => {
                self.antecedents.set_foreign(here.block, name.clone());
                let cited = |level: bool| level.then(|| Cited::Elsewhere(name.clone()));
                let has_item = citation.item.is_some();
                Slots {
                    article: cited(true),
                    paragraph: cited(citation.paragraph.is_some() || has_item),
                    item: cited(has_item),
                }
            }
            // 次の各号 and 各号 announce; they do not change what 同項 means.
            (Status::Resolved | Status::Ambiguous, Some(_))
                if matches!(citation.item, Some(Item::Following | Item::Each))
                    && citation.article.is_none()
                    && citation.paragraph.is_none() =>
            {
                return;
            }
            (Status::Resolved | Status::Ambiguous, Some(&target)) => {
                let enclosing = |kind: UnitKind| self.contract.enclosing(target, kind).map(Cited::Here);
                Slots {
                    article: enclosing(UnitKind::Article),
                    paragraph: enclosing(UnitKind::Paragraph),
                    item: enclosing(UnitKind::Item),
                }
            }
            (Status::Broken(broken), _) => {
                // What holds the missing provision is known; the levels below it are not.
                let holder = match broken {
                    Broken::Paragraph(holder) | Broken::Item(holder) => *holder,
                    Broken::Article | Broken::Antecedent => None,
                    _ => return,
                };
                let known = |kind: UnitKind, level: bool| {
                    let unit = holder.and_then(|id| self.contract.enclosing(id, kind));
                    unit.map(Cited::Here).or(level.then_some(Cited::Unknown))
                };
                Slots {
                    article: known(UnitKind::Article, citation.article.is_some()),
                    paragraph: known(UnitKind::Paragraph, citation.paragraph.is_some()),
                    item: known(UnitKind::Item, citation.item.is_some()),
                }
            }
            _ => return,
        };
        self.antecedents.fill(here.block, slots);
    }

    /// What another document in the same sentence makes of a citation that is not found here.
    pub fn not_found(&self, broken: Broken) -> Status {
        match self.antecedents.foreign() {
            Some(name) => Status::External(name.clone()),
            None if !self.index.has_articles => Status::External(None),
            None => Status::Broken(broken),
        }
    }
}

/// What 同条, 同項 or 同号 takes up.
pub(super) fn same(cited: Option<&Cited>) -> Outcome {
    match cited {
        Some(Cited::Here(id)) => Ok(vec![*id]),
        Some(Cited::Elsewhere(name)) => Err(Status::External(name.clone())),
        Some(Cited::Unknown) => Err(Status::Broken(Broken::Antecedent)),
        None => Err(Status::Broken(Broken::NoAntecedent)),
    }
}

/// The first of some units, [`MOST`] at most.
pub(super) fn first_of(units: &[UnitId]) -> Vec<UnitId> {
    units[..units.len().min(MOST)].to_vec()
}

/// The last of some units, [`MOST`] at most.
pub(super) fn last_of(units: &[UnitId]) -> Vec<UnitId> {
    units[units.len().saturating_sub(MOST)..].to_vec()
}
