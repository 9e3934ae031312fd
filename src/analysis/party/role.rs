//! What the parties do: who performs and who pays.

use std::ops::Range;

use super::{Parties, Party};
use crate::analysis::sentence::Sentences;
use crate::contract::{Contract, UnitKind};
use crate::marks::Marks;
use crate::text::{places, starts_with_any};

/// Which side of the exchange somebody is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Performs: works, sells, lets, licenses, and is paid.
    Performs,
    /// Receives the performance and pays.
    Pays,
    /// Stands beside: a guarantor.
    Beside,
}

/// The role of a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Role {
    /// The word for it: 受託者.
    pub word: &'static str,
    /// Its side.
    pub side: Side,
}

/// Words for the one who performs and the one who pays.
const PAIRS: [(&str, &str); 16] = [
    ("受託者", "委託者"),
    ("受注者", "発注者"),
    ("請負人", "注文者"),
    ("売主", "買主"),
    ("売渡人", "買受人"),
    ("賃貸人", "賃借人"),
    ("貸主", "借主"),
    ("許諾者", "被許諾者"),
    ("ライセンサー", "ライセンシー"),
    ("譲渡人", "譲受人"),
    ("労働者", "使用者"),
    ("受任者", "委任者"),
    ("提供者", "利用者"),
    ("運送人", "荷主"),
    ("受寄者", "寄託者"),
    ("請負者", "依頼者"),
];
/// Words for one and the same role.
const SAME: [&[&str]; 8] = [
    &["受託者", "受注者", "請負人", "請負者", "受任者"],
    &["委託者", "発注者", "注文者", "依頼者", "委任者"],
    &["売主", "売渡人", "譲渡人"],
    &["買主", "買受人", "譲受人"],
    &["賃貸人", "貸主"],
    &["賃借人", "借主"],
    &["許諾者", "ライセンサー"],
    &["被許諾者", "ライセンシー"],
];
/// Words for those who stand beside.
const BESIDE: [&str; 3] = ["連帯保証人", "保証人", "立会人"];
/// Words before a name that say what somebody is, and nothing of who pays.
const STANDINGS: [&str; 8] = ["加害者", "被害者", "贈与者", "受贈者", "受任弁護士", "相続人", "債権者", "債務者"];

/// What somebody does to somebody by whom the contract is made: the verb, the roles of subject and recipient.
const MAKING: [(&str, &str, &str); 18] = [
    ("委託", "委託者", "受託者"),
    ("委任", "委任者", "受任者"),
    ("発注", "発注者", "受注者"),
    ("売り渡", "売主", "買主"),
    ("売渡", "売主", "買主"),
    ("販売", "売主", "買主"),
    ("賃貸", "賃貸人", "賃借人"),
    ("貸し付け", "貸主", "借主"),
    ("貸付", "貸主", "借主"),
    ("貸し渡", "貸主", "借主"),
    ("許諾", "許諾者", "被許諾者"),
    ("譲渡", "譲渡人", "譲受人"),
    ("譲り渡", "譲渡人", "譲受人"),
    ("請け負わせ", "注文者", "請負人"),
    ("注文", "注文者", "請負人"),
    ("寄託", "寄託者", "受寄者"),
    ("雇用し", "使用者", "労働者"),
    ("雇い入れ", "使用者", "労働者"),
];

/// What follows a verb where it is done.
const DONE: [&str; 8] = ["し", "する", "す", "る", "り、", "け、", "、", "した"];

/// What follows a verb where it is only spoken of.
const SPOKEN: [&str; 9] =
    ["することができ", "することの", "するとき", "する場合", "してはなら", "しない", "したとき", "した場合", "するか"];

impl Role {
    /// The role that a word names.
    pub fn named(word: &str) -> Option<Role> {
        let pair = PAIRS.iter().find_map(|(performs, pays)| match word {
            _ if word == *performs => Some(Role { word: performs, side: Side::Performs }),
            _ if word == *pays => Some(Role { word: pays, side: Side::Pays }),
            _ => None,
        });
        pair.or_else(|| BESIDE.iter().find(|b| **b == word).map(|word| Role { word, side: Side::Beside }))
    }

    /// Other words for the same role.
    pub fn synonyms(self) -> impl Iterator<Item = &'static str> {
        let group = SAME.into_iter().find(|group| group.contains(&self.word)).unwrap_or_default();
        group.iter().copied().filter(move |word| *word != self.word)
    }

    /// Whether a word names this role, or another word for it does.
    pub fn is(self, word: &str) -> bool {
        self.word == word || self.synonyms().any(|synonym| synonym == word)
    }

    /// The words for all roles.
    pub fn words() -> impl Iterator<Item = &'static str> {
        PAIRS.iter().flat_map(|(performs, pays)| [*performs, *pays])
    }

    /// The word for the other side of the exchange.
    pub fn counterpart(self) -> Option<&'static str> {
        PAIRS.iter().find_map(|(performs, pays)| match self.word {
            word if word == *performs => Some(*pays),
            word if word == *pays => Some(*performs),
            _ => None,
        })
    }

    /// 「賃貸人株式会社青葉」 → 賃貸人 and the name.
    pub(super) fn before(name: &str) -> (Option<Role>, &str) {
        // 「メーカーである株式会社青葉」: what somebody is need not be a role.
        for is in ["である", "たる"] {
            if let Some((word, rest)) = name.split_once(is).filter(|(_, rest)| super::is_organisation(rest)) {
                return (Role::named(word), rest.trim_matches(crate::syntax::is_blank));
            }
        }
        for word in Role::words().chain(BESIDE).chain(STANDINGS) {
            if let Some(rest) = name.strip_prefix(word) {
                let rest = rest.strip_prefix("である").or_else(|| rest.strip_prefix("たる")).unwrap_or(rest);
                return (Role::named(word), rest.trim_matches(crate::syntax::is_blank));
            }
        }
        (None, name)
    }
}

/// Learns the roles of those whose names and labels do not tell, from the preamble and the first articles.
pub fn learn(contract: &Contract, parties: &mut Parties) {
    let open: Vec<usize> = (0..parties.all.len()).filter(|&i| parties.all[i].role.is_none()).collect();
    if open.len() < 2 {
        return;
    }
    let articles = contract.ids_of(UnitKind::Article).take(3);
    let places: Vec<Range<usize>> = articles
        .chain(contract.ids_of(UnitKind::Preamble).take(1))
        .map(|id| contract.flow().range(contract.unit(id).contents))
        .collect();
    let flow = contract.flow().as_str();
    for range in places {
        let text = &flow[range];
        for sentence in Sentences::of(&Marks::of(text)).iter() {
            if let Some((subject, subject_role, recipient, recipient_role)) =
                making(&text[sentence.clone()], &parties.all)
            {
                parties.all[subject].role.get_or_insert(subject_role);
                parties.all[recipient].role.get_or_insert(recipient_role);
                // 「甲及び乙は、丙に対し、…を譲渡し」: those who act together.
                let label = parties.all[subject].label.clone();
                for party in parties.all.iter_mut().filter(|party| party.role.is_none()) {
                    let words = &text[sentence.clone()];
                    if ["及び", "、", "並びに", "と"]
                        .iter()
                        .any(|and| words.contains(&format!("{}{and}{label}は", party.label)))
                    {
                        party.role = Some(subject_role);
                    }
                }
                return;
            }
        }
    }
}

/// Where a label stands directly before some words: 「甲」 before 「は」.
fn before(text: &str, label: &str, words: &str) -> Option<usize> {
    places(text, label).find(|at| text[at + label.len()..].starts_with(words))
}

/// 「甲は、…を乙に委託し」: who, as what, to whom, as what.
fn making(sentence: &str, parties: &[Party]) -> Option<(usize, Role, usize, Role)> {
    for (subject, party) in parties.iter().enumerate() {
        let acts = |particle: &&str| before(sentence, &party.label, particle);
        let Some(at) = ["は、", "は", "が、", "が"].iter().find_map(acts) else { continue };
        let behind = &sentence[at + party.label.len()..];
        for (recipient, other) in parties.iter().enumerate().filter(|(i, _)| *i != subject) {
            // 「乙を雇用し」 has the other as its object; 「甲を代理して…販売する」 does not.
            let object = || before(behind, &other.label, "を").map(|at| (at, true));
            let recipient_at = before(behind, &other.label, "に").map(|at| (at, false)).or_else(object);
            let Some((to, is_object)) = recipient_at else { continue };
            // Between subject and recipient nobody else acts.
            if parties.iter().any(|party| before(&behind[..to], &party.label, "は").is_some()) {
                continue;
            }
            let rest = &behind[to..];
            let next_act = parties.iter().filter_map(|party| before(rest, &party.label, "は")).min();
            let until = next_act.unwrap_or(rest.len());
            let made = MAKING.iter().filter(|making| !is_object || making.1 == "使用者").find_map(|making| {
                let verb = rest[..until].find(making.0)?;
                let next = &rest[verb + making.0.len()..];
                let done = starts_with_any(next, &DONE) && !rest[..verb].ends_with('再');
                (done && !starts_with_any(next, &SPOKEN)).then_some(making)
            });
            if let Some((_, giver, taker)) = made {
                return Some((subject, Role::named(giver)?, recipient, Role::named(taker)?));
            }
        }
    }
    None
}
