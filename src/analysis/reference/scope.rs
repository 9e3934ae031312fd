//! What 附則, 別紙1 and 第2章 name.

use super::citation::{Annex, Article, Citation, Division, Which};
use super::resolve::{Here, MOST, Outcome, Resolver};
use super::{Broken, Status};
use crate::contract::{UnitId, UnitKind};

impl Resolver<'_> {
    // ---- 附則, 別紙, 章 ------------------------------------------------------------------------------------------------

    pub fn in_unit(&self, holder: UnitId, citation: &Citation, here: &Here) -> Outcome {
        let scope = self.contract.unit(holder).scope;
        match citation.article {
            Some(Article::Number(number)) => match self.index.article(scope, number) {
                [] => Err(Status::Broken(Broken::Article)),
                articles => self.below_articles(articles, citation, here),
            },
            Some(_) => Err(Status::Broken(Broken::Article)),
            None => self.in_article(holder, citation, here),
        }
    }

    pub fn supplementary(&self, citation: &Citation, here: &Here) -> Option<UnitId> {
        let all = &self.index.supplementaries;
        let own = all.iter().copied().find(|&id| self.contract.unit(id).scope == here.scope);
        let holds = |id: &UnitId| match citation.article {
            Some(Article::Number(number)) => !self.index.article(self.contract.unit(*id).scope, number).is_empty(),
            _ => true,
        };
        own.filter(holds).or_else(|| all.iter().copied().find(holds)).or(own).or_else(|| all.first().copied())
    }

    pub fn division(&self, steps: &[Division], here: &Here) -> Result<UnitId, Status> {
        let contract = self.contract;
        let enclosing = |kind: UnitKind| contract.enclosing(here.inner, kind);
        let mut holder: Option<UnitId> = None;
        for step in steps {
            let own = enclosing(step.kind);
            let around = holder.or_else(|| own.and_then(|own| contract.unit(own).parent));
            let siblings = around.map_or(&[][..], |around| self.index.children(contract, around, step.kind));
            let place = own.and_then(|own| siblings.binary_search(&own).ok());
            let found = match step.which {
                Which::Number(number) => {
                    let elsewhere = || self.index.division(step.kind, number).filter(|_| holder.is_none());
                    let numbered = |around| self.index.children_numbered(contract, around, step.kind, number);
                    around.and_then(|around| numbered(around).first().copied()).or_else(elsewhere)
                }
                Which::This => own,
                Which::Same => self.last_division.and_then(|id| contract.enclosing(id, step.kind)).or(own),
                Which::Previous => place.and_then(|p| p.checked_sub(1)).map(|p| siblings[p]),
                Which::Next => place.and_then(|p| siblings.get(p + 1)).copied(),
            };
            match found {
                Some(id) => holder = Some(id),
                None if !self.index.has_division(step.kind) => {
                    return Err(Status::External(None));
                }
                None => return Err(self.not_found(Broken::Division)),
            }
        }
        holder.ok_or(Status::Broken(Broken::Division))
    }

    pub fn in_division(&self, division: UnitId, citation: &Citation, here: &Here) -> Outcome {
        let Some(Article::Number(number)) = citation.article else { return Err(Status::Broken(Broken::Article)) };
        let inside = |id: &UnitId| self.contract.ancestors(*id).any(|up| up == division);
        let scope = self.contract.unit(division).scope;
        let articles: Vec<UnitId> = self.index.article(scope, number).iter().copied().filter(inside).collect();
        if articles.is_empty() {
            Err(Status::Broken(Broken::Article))
        } else {
            self.below_articles(&articles, citation, here)
        }
    }

    /// The annex that is cited; `behind` is the text behind the citation.
    pub fn annex(&self, annex: &Annex, behind: &str, after_same: bool) -> Outcome {
        let contract = self.contract;
        let of_kind = self.index.annexes(&annex.kind);
        // 「別記のとおり」 may speak of whatever is written elsewhere.
        if of_kind.is_empty() && annex.kind.starts_with("別記") {
            return Err(Status::External(None));
        }
        let all = || of_kind.iter().map(|(id, _)| *id).take(MOST).collect::<Vec<UnitId>>();
        if !annex.title.is_empty() {
            let is_titled = |id: &UnitId| contract.caption(*id).is_some_and(|c| c.contains(&annex.title));
            let titled: Vec<UnitId> = of_kind.iter().map(|(id, _)| *id).filter(is_titled).take(MOST).collect();
            if !titled.is_empty() {
                return Ok(titled);
            }
        }
        // 「別紙仕様書」 names the annex by its title.
        if annex.mark.is_empty()
            && let Some(named) = self.index.annex_titled_as(&annex.kind, behind)
        {
            return Ok(vec![named]);
        }
        let exact = self.index.annex(&annex.kind, &annex.mark);
        // 「同別紙」 is the annex cited last; 「別紙1の2」 may be the second entry of 別紙1.
        let cited_last = self.last_annex.filter(|id| of_kind.binary_search_by_key(id, |(id, _)| *id).is_ok());
        if let (Some(last), true, true) = (cited_last, annex.mark.is_empty(), after_same) {
            return Ok(vec![last]);
        }
        let holder = annex.mark.split(['の', '-']).next().filter(|first| exact.is_none() && *first != annex.mark);
        if let Some(holder) = holder.and_then(|first| self.index.annex(&annex.kind, first)) {
            return Ok(vec![holder]);
        }
        match (exact, of_kind) {
            (Some(exact), _) => Ok(vec![exact]),
            (None, [_, ..]) if annex.mark.is_empty() => Ok(all()),
            (None, [(_, mark)]) if mark.is_empty() && annex.mark == "1" => Ok(all()),
            _ => Err(Status::Broken(Broken::Annex)),
        }
    }
}
