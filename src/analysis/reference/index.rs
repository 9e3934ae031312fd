//! Where the units of a contract are found by number.

use std::collections::BTreeSet;
use std::ops::Range;

use foldhash::{HashMap, HashSet};

use crate::contract::{Contract, Scope, UnitId, UnitKind};
use crate::number::Number;

/// Where the units of a contract are found by number.
pub struct Index {
    /// Articles by scope and number; more than one where a number is there twice.
    articles: HashMap<(u32, Number), Vec<UnitId>>,
    /// The articles of each scope in order.
    order: Vec<Vec<UnitId>>,
    /// The articles of the main text of each agreement by number: those of its main scopes, in order.
    main_articles: HashMap<(u32, Number), Vec<UnitId>>,
    /// To which agreement each scope belongs.
    agreements: Vec<u32>,
    /// The highest number of an article in each scope.
    highest: Vec<Option<Number>>,
    /// The annexes by what they are called (別紙), in order, each with the mark behind its name.
    annexes: HashMap<String, Vec<(UnitId, String)>>,
    /// The first annex of each name and mark.
    marked_annexes: HashMap<(String, String), UnitId>,
    /// The first annex of each name and title.
    titled_annexes: HashMap<(String, String), UnitId>,
    /// How long the titles of annexes are, in bytes.
    title_lengths: BTreeSet<usize>,
    /// The 附則, in order.
    pub supplementaries: Vec<UnitId>,
    /// The first 編, 章, 節, 款 and 目 of each number.
    divisions: HashMap<(UnitKind, Number), UnitId>,
    /// Which of 編, 章, 節, 款 and 目 there are.
    division_kinds: HashSet<UnitKind>,
    /// The children of all units, those of one unit by their kind, in order.
    siblings: Vec<UnitId>,
    /// The same, those of one unit and kind by their numbers.
    numbered: Vec<UnitId>,
    /// Where the children of each unit begin in both, and where the last end.
    begins: Vec<u32>,
    /// The units that stand for several numbers (「二及び三　削除」), by what holds them.
    ranges: HashMap<UnitId, Vec<UnitId>>,
    /// Whether there is any article.
    pub has_articles: bool,
}

impl Index {
    /// Indexes a contract.
    pub fn of(contract: &Contract) -> Index {
        let mut articles: HashMap<(u32, Number), Vec<UnitId>> = HashMap::default();
        let scopes = contract.scopes().len();
        let mut order: Vec<Vec<UnitId>> = vec![Vec::new(); scopes];
        for id in contract.ids_of(UnitKind::Article) {
            let unit = contract.unit(id);
            order[unit.scope as usize].push(id);
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
        let (mut siblings, mut begins): (Vec<UnitId>, Vec<u32>) = (Vec::with_capacity(contract.units().len()), vec![0]);
        for unit in contract.units() {
            let from = siblings.len();
            siblings.extend(&unit.children);
            // Nearly always they are in order.
            siblings[from..].sort_by_key(|&id| contract.unit(id).kind as u8);
            begins.push(siblings.len() as u32);
        }
        let mut numbered = siblings.clone();
        for range in begins.windows(2) {
            let number = |&id: &UnitId| (contract.unit(id).kind as u8, contract.unit(id).number);
            numbered[range[0] as usize..range[1] as usize].sort_by_key(number);
        }
        let mut index = Index {
            siblings,
            numbered,
            begins,
            articles,
            order,
            main_articles: HashMap::default(),
            agreements: agreements(contract.scopes()),
            highest: vec![None; scopes],
            annexes: HashMap::default(),
            marked_annexes: HashMap::default(),
            titled_annexes: HashMap::default(),
            title_lengths: BTreeSet::new(),
            supplementaries: contract.ids_of(UnitKind::Supplementary).collect(),
            divisions: HashMap::default(),
            division_kinds: HashSet::default(),
            ranges: HashMap::default(),
            has_articles: contract.has_articles(),
        };
        index.add_main_articles(contract);
        for (id, unit) in contract.ids().zip(contract.units()).filter(|(_, unit)| unit.until.is_some()) {
            if let Some(holder) = unit.parent {
                index.ranges.entry(holder).or_default().push(id);
            }
        }
        contract.ids_of(UnitKind::Annex).for_each(|id| index.add_annex(contract, id));
        for id in contract.ids().filter(|&id| contract.unit(id).kind.is_division()) {
            let unit = contract.unit(id);
            index.division_kinds.insert(unit.kind);
            if let Some(number) = unit.number {
                index.divisions.entry((unit.kind, number)).or_insert(id);
            }
        }
        index
    }

    fn add_main_articles(&mut self, contract: &Contract) {
        let mut numbers: Vec<(u32, Number)> = self.articles.keys().copied().collect();
        numbers.sort_unstable();
        for (scope, number) in numbers {
            let highest = &mut self.highest[scope as usize];
            *highest = Some(number).max(*highest);
            if contract.scopes()[scope as usize].main {
                let of_agreement = (self.agreements[scope as usize], number);
                let articles = &self.articles[&(scope, number)];
                self.main_articles.entry(of_agreement).or_default().extend(articles);
            }
        }
    }

    fn add_annex(&mut self, contract: &Contract, id: UnitId) {
        let name = contract.scopes()[contract.unit(id).scope as usize].path.trim_end_matches(':');
        let word: String = name.chars().take_while(|c| !c.is_ascii_alphanumeric() && *c != '（').collect();
        let mark: String = name.chars().skip_while(|c| !c.is_ascii_alphanumeric()).collect();
        let kind = annex_kind(word.trim_end_matches('第')).to_string();
        self.marked_annexes.entry((kind.clone(), mark.clone())).or_insert(id);
        if let Some(title) = contract.caption(id).filter(|title| title.chars().count() > 1) {
            self.title_lengths.insert(title.len());
            self.titled_annexes.entry((kind.clone(), title.to_string())).or_insert(id);
        }
        // 「別紙物件目録」 names what bears no 別紙 itself.
        if kind.ends_with("目録") {
            self.title_lengths.insert(kind.len());
            self.titled_annexes.entry(("別紙".to_string(), kind.clone())).or_insert(id);
        }
        self.annexes.entry(kind).or_default().push((id, mark));
    }

    /// The units of a kind that another holds, in order.
    pub fn children(&self, contract: &Contract, holder: UnitId, kind: UnitKind) -> &[UnitId] {
        equal(&self.siblings[self.held_by(holder)], kind as u8, |id| contract.unit(id).kind as u8)
    }

    /// Those that bear a number.
    pub fn children_numbered(&self, contract: &Contract, holder: UnitId, kind: UnitKind, number: Number) -> &[UnitId] {
        let wanted = (kind as u8, Some(number));
        equal(&self.numbered[self.held_by(holder)], wanted, |id| {
            (contract.unit(id).kind as u8, contract.unit(id).number)
        })
    }

    /// Those of a unit that stand for several numbers each.
    pub fn ranges_in(&self, holder: UnitId) -> &[UnitId] {
        self.ranges.get(&holder).map_or(&[], Vec::as_slice)
    }

    /// Where the children of a unit are.
    fn held_by(&self, holder: UnitId) -> Range<usize> {
        let index = holder.0 as usize;
        self.begins[index] as usize..self.begins[index + 1] as usize
    }

    /// The articles of a scope, in order.
    pub fn articles_of(&self, scope: u32) -> &[UnitId] {
        &self.order[scope as usize]
    }

    /// The articles of a scope that bear a number.
    pub fn article(&self, scope: u32, number: Number) -> &[UnitId] {
        self.articles.get(&(scope, number)).map_or(&[], Vec::as_slice)
    }

    /// The articles of the main text of a scope's agreement that bear a number.
    pub fn main_article(&self, scope: u32, number: Number) -> &[UnitId] {
        let agreement = self.agreements[scope as usize];
        self.main_articles.get(&(agreement, number)).map_or(&[], Vec::as_slice)
    }

    /// The highest number of an article in a scope.
    pub fn highest(&self, scope: u32) -> Option<Number> {
        self.highest[scope as usize]
    }

    /// The annexes that are called so, each with its mark.
    pub fn annexes(&self, kind: &str) -> &[(UnitId, String)] {
        self.annexes.get(annex_kind(kind)).map_or(&[], Vec::as_slice)
    }

    /// The annex that is called so and bears a mark.
    pub fn annex(&self, kind: &str, mark: &str) -> Option<UnitId> {
        self.marked_annexes.get(&(annex_kind(kind).to_string(), mark.to_string())).copied()
    }

    /// The first annex that is called so and bears a title with which a text begins.
    pub fn annex_titled_as(&self, kind: &str, text: &str) -> Option<UnitId> {
        let titles = self.title_lengths.iter().filter_map(|length| text.get(..*length));
        let named = |title: &str| self.titled_annexes.get(&(annex_kind(kind).to_string(), title.to_string())).copied();
        titles.filter_map(named).min()
    }

    /// The first 編, 章, 節, 款 or 目 of a number.
    pub fn division(&self, kind: UnitKind, number: Number) -> Option<UnitId> {
        self.divisions.get(&(kind, number)).copied()
    }

    /// Whether there is any of a kind of division.
    pub fn has_division(&self, kind: UnitKind) -> bool {
        self.division_kinds.contains(&kind)
    }
}

/// Those of some units, which are in the order of a key, that have one key.
fn equal<K: Ord>(units: &[UnitId], wanted: K, key: impl Fn(UnitId) -> K) -> &[UnitId] {
    let behind = &units[units.partition_point(|&id| key(id) < wanted)..];
    &behind[..behind.partition_point(|&id| key(id) == wanted)]
}

/// 添付 for 添付資料 and 添付書類, 様式 for 別記様式.
fn annex_kind(word: &str) -> &str {
    let word = word.strip_prefix("別記").filter(|rest| !rest.is_empty()).unwrap_or(word);
    word.trim_end_matches("資料").trim_end_matches("書類")
}

/// To which agreement each scope belongs.
fn agreements(scopes: &[Scope]) -> Vec<u32> {
    let mut known: HashMap<Option<&str>, u32> = HashMap::default();
    let number = |scope| {
        let next = known.len() as u32;
        *known.entry(Scope::agreement(scope)).or_insert(next)
    };
    scopes.iter().map(number).collect()
}
