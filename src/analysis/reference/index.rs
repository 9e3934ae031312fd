//! Where the units of a contract are found by number.

use std::collections::HashMap;

use crate::contract::{Contract, UnitId, UnitKind};
use crate::number::Number;

/// Where the units of a contract are found by number.
pub struct Index {
    /// Articles by scope and number; more than one where a number is there twice.
    articles: HashMap<(u32, Number), Vec<UnitId>>,
    /// The articles of each scope in order.
    pub order: HashMap<u32, Vec<UnitId>>,
    /// For each scope, the main scopes of its agreement.
    pub main_scopes: Vec<Vec<u32>>,
    /// The annexes, in order.
    pub annexes: Vec<UnitId>,
    /// Whether there is any article.
    pub has_articles: bool,
}

impl Index {
    /// Indexes a contract.
    pub fn of(contract: &Contract) -> Index {
        let mut articles: HashMap<(u32, Number), Vec<UnitId>> = HashMap::new();
        let mut order: HashMap<u32, Vec<UnitId>> = HashMap::new();
        for id in contract.ids_of(UnitKind::Article) {
            let unit = contract.unit(id);
            order.entry(unit.scope).or_default().push(id);
            if let Some(number) = unit.number {
                let known = articles.entry((unit.scope, number)).or_default();
                if known.is_empty() || !unit.alternative {
                    known.push(id);
                }
                // 第3条から第5条まで　削除 stands for all of them.
                let last = unit.until.map_or(number.main(), Number::main).min(number.main().saturating_add(1000));
                for skipped in number.main() + 1..=last {
                    articles.entry((unit.scope, Number::new(skipped))).or_default().push(id);
                }
            }
        }
        let scopes = contract.scopes();
        let main_scopes = (0..scopes.len())
            .map(|scope| {
                (0..scopes.len())
                    .filter(|&other| scopes[other].main && scopes[other].agreement() == scopes[scope].agreement())
                    .map(|s| s as u32)
                    .collect()
            })
            .collect();
        Index {
            articles,
            order,
            main_scopes,
            annexes: contract.ids_of(UnitKind::Annex).collect(),
            has_articles: contract.has_articles(),
        }
    }

    /// The articles of a scope that bear a number.
    pub fn article(&self, scope: u32, number: Number) -> &[UnitId] {
        self.articles.get(&(scope, number)).map_or(&[], Vec::as_slice)
    }
}
