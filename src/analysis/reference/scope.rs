//! What 附則, 別紙1 and 第2章 name.

use super::citation::{Annex, Article, Citation, Division, Which};
use super::resolve::{Here, Outcome, Resolver};
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
        let all: Vec<UnitId> = self.contract.ids_of(UnitKind::Supplementary).collect();
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
            let siblings: Vec<UnitId> = match (holder, own.and_then(|o| contract.unit(o).parent)) {
                (Some(holder), _) | (None, Some(holder)) => contract.children_of(holder, step.kind).collect(),
                (None, None) => Vec::new(),
            };
            let place = own.and_then(|o| siblings.iter().position(|&s| s == o));
            let found = match step.which {
                Which::Number(number) => {
                    siblings.iter().copied().find(|&s| self.number(s) == Some(number)).or_else(|| {
                        contract.ids_of(step.kind).find(|&s| self.number(s) == Some(number) && holder.is_none())
                    })
                }
                Which::This | Which::Same => own,
                Which::Previous => place.and_then(|p| p.checked_sub(1)).map(|p| siblings[p]),
                Which::Next => place.and_then(|p| siblings.get(p + 1)).copied(),
            };
            match found {
                Some(id) => holder = Some(id),
                None if !contract.ids().any(|id| contract.unit(id).kind == step.kind) => {
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

    pub fn annex(&self, annex: &Annex, after_same: bool) -> Outcome {
        let last = self.last_annex;
        let contract = self.contract;
        let name =
            |id: UnitId| contract.scopes()[contract.unit(id).scope as usize].path.trim_end_matches(':').to_string();
        let same_kind = |id: &UnitId| {
            let kind = |s: &str| s.trim_end_matches("資料").trim_end_matches("書類").to_string();
            let word: String = name(*id).chars().take_while(|c| !c.is_ascii_alphanumeric() && *c != '（').collect();
            kind(word.trim_end_matches('第')) == kind(&annex.kind)
        };
        let of_kind: Vec<UnitId> = self.index.annexes.iter().copied().filter(same_kind).collect();
        let mark = |id: UnitId| name(id).chars().skip_while(|c| !c.is_ascii_alphanumeric()).collect::<String>();
        if !annex.title.is_empty() {
            let titled: Vec<UnitId> = of_kind
                .iter()
                .copied()
                .filter(|&id| contract.caption(id).is_some_and(|c| c.contains(&annex.title)))
                .collect();
            if !titled.is_empty() {
                return Ok(titled);
            }
        }
        let exact: Vec<UnitId> = of_kind.iter().copied().filter(|&id| mark(id) == annex.mark).collect();
        // 「同別紙」 is the annex cited last; 「別紙1の2」 may be the second entry of 別紙1.
        if let (Some(last), true, true) = (last.filter(|id| of_kind.contains(id)), annex.mark.is_empty(), after_same) {
            return Ok(vec![last]);
        }
        let holder = annex.mark.split(['の', '-']).next().filter(|first| exact.is_empty() && *first != annex.mark);
        if let Some(holder) = holder.and_then(|first| of_kind.iter().copied().find(|&id| mark(id) == first)) {
            return Ok(vec![holder]);
        }
        match (exact.is_empty(), annex.mark.is_empty(), of_kind.len()) {
            (false, ..) => Ok(exact[..1].to_vec()),
            (true, true, 1..) => Ok(of_kind),
            (true, false, 1) if mark(of_kind[0]).is_empty() && annex.mark == "1" => Ok(of_kind),
            _ => Err(Status::Broken(Broken::Annex)),
        }
    }
}
