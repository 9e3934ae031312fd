//! The parties: their labels (甲, 委託者, 当社), their names, what each of them does in the contract, and how they sign.
//!
//! Labels and names come from the preamble and the first articles (they are terms), from a table at the top and from the signature block; roles
//! from words before a name (賃貸人株式会社…), from labels (委託者) and from the sentence that makes the contract: 「甲は、…を乙に委託し、…」.

mod act;
mod role;
mod signature;

use std::ops::Range;

use super::term::{Form, Term, Terms, sentences, word};
use crate::contract::{ContentKind, Contract, UnitId, UnitKind};
use crate::text::{Span, ends_with_any, leading_word, starts_with_any};

pub use act::{Act, acts};
pub use role::{Role, Side};
use signature::is_organisation;
pub use signature::normal;

/// Labels that stand for nothing but parties.
pub const LABELS: [&str; 7] = super::term::LABELS;

/// The forms of companies, as they stand in a name (会社法6条2項; 会社法の施行に伴う関係法律の整備等に関する法律3条1項).
pub const COMPANIES: [&str; 5] = ["株式会社", "有限会社", "合同会社", "合資会社", "合名会社"];

/// Words for a party that contracts use as labels, beside the words for roles.
const WORDS: [&str; 33] = [
    "当社",
    "弊社",
    "会社",
    "当会社",
    "当法人",
    "当会",
    "当行",
    "当組合",
    "利用者",
    "ユーザー",
    "ユーザ",
    "会員",
    "お客様",
    "顧客",
    "契約者",
    "従業員",
    "社員",
    "労働者",
    "使用者",
    "事業主",
    "申込者",
    "登録者",
    "運営者",
    "管理者",
    "参加者",
    "出店者",
    "受講者",
    "開発者",
    "提供者",
    "投資者",
    "創業者",
    "本部",
    "加盟店",
];

/// One party.
#[derive(Clone, Debug)]
pub struct Party {
    /// What it is called: 「甲」.
    pub label: String,
    /// Its name, if one is given (a blank to fill in is given too): 「株式会社青葉商事」.
    pub name: Option<String>,
    /// What it does, if the text says so.
    pub role: Option<Role>,
    /// Where the label is given, as a range of the flow.
    pub flow: Range<usize>,
    /// Where the label is given, in the text.
    pub span: Span,
    /// The unit in which the label is given.
    pub unit: UnitId,
    /// Where the label is used, as ranges of the flow, in order.
    pub uses: Vec<Range<usize>>,
    /// How it signs, if its label stands in the signature block.
    pub signed: Option<Signed>,
}

impl Party {
    /// Whether its name is that of a natural person, as far as one can see: a few kanji and kana, no organisation, no place.
    pub fn is_natural_person(&self) -> bool {
        self.name.as_ref().is_some_and(|name| is_natural_person(name))
    }
}

/// A party in the signature block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The unit of the block.
    pub unit: UnitId,
    /// Its label there.
    pub label: Span,
    /// The name as it is written there, without blanks, with its place.
    pub name: Option<(String, Span)>,
}

/// The parties of a contract.
#[derive(Clone, Debug, Default)]
pub struct Parties {
    /// In the order in which their labels are given.
    pub all: Vec<Party>,
    /// Labels in the signature block that are given nowhere.
    pub only_signed: Vec<(String, Signed)>,
}

impl Parties {
    /// The names of the first two parties where both are companies.
    pub fn two_companies(&self) -> Option<(&str, &str)> {
        let [first, second, ..] = &self.all[..] else { return None };
        let is_company = |name: &String| COMPANIES.iter().chain(&["（株）"]).any(|form| name.contains(form));
        let company = |party: &Party| party.name.as_ref().is_some_and(is_company);
        let both = company(first) && company(second);
        first.name.as_deref().zip(second.name.as_deref()).filter(|_| both)
    }

    /// Whether all of them are natural persons, as far as one can see: neighbours, a lender and a borrower of one family.
    pub fn are_natural_persons(&self) -> bool {
        self.all.len() >= 2 && self.all.iter().all(Party::is_natural_person)
    }

    /// Finds the parties.
    pub fn of(contract: &Contract, terms: &Terms) -> Parties {
        let mut all: Vec<Party> = Vec::new();
        let first_article = contract.ids_of(UnitKind::Article).next();
        for term in terms.all.iter().filter(|term| is_party(contract, term, first_article)) {
            if all.iter().any(|party| party.label == term.name) || all.len() >= 40 {
                continue;
            }
            all.push(party_of(contract, term));
        }
        add_from_tables(contract, &mut all);
        add_from_lines(contract, &mut all);
        let mut parties = Parties { all, only_signed: Vec::new() };
        for (label, signed) in signature::block(contract, &parties) {
            // 「連帯保証人（以下「丙」という。）」 in an article: a party if it signs.
            let named_in_article = || {
                let is_label =
                    |term: &&Term| term.name == label && term.scope.is_empty() && term.form == Form::Hereinafter;
                terms.all.iter().find(is_label).filter(|_| LABELS.contains(&label.as_str()))
            };
            match parties.all.iter_mut().find(|party| party.label == label) {
                Some(party) if party.signed.is_none() => party.signed = Some(signed),
                Some(_) => {}
                None => match named_in_article() {
                    Some(term) => parties.all.push(Party { signed: Some(signed), ..party_of(contract, term) }),
                    None => parties.only_signed.push((label, signed)),
                },
            }
        }
        role::learn(contract, &mut parties);
        parties
    }

    /// The party of a label.
    pub fn labelled(&self, label: &str) -> Option<&Party> {
        self.all.iter().find(|party| party.label == label)
    }

    /// The other one of two parties.
    pub fn other_than(&self, label: &str) -> Option<&Party> {
        self.all.iter().find(|party| party.label != label).filter(|_| self.all.len() == 2)
    }

    /// Whether some parties, each given by its place among them, are all that there are; nothing where one is given twice.
    pub fn are_all(&self, mut some: Vec<usize>) -> Option<bool> {
        let count = some.len();
        some.sort_unstable();
        some.dedup();
        (some.len() == count).then_some(count == self.all.len())
    }

    /// Whether the parties are called 甲 and 乙.
    pub fn are_lettered(&self) -> bool {
        self.labelled("甲").is_some() && self.labelled("乙").is_some()
    }
}

/// The party of which a term is the label.
fn party_of(contract: &Contract, term: &Term) -> Party {
    let (name, role) = name_and_role(&contract.flow().as_str()[term.meaning.clone()]);
    Party {
        label: term.name.clone(),
        name,
        role: role.or_else(|| Role::named(&term.name)),
        flow: term.flow.clone(),
        span: term.span,
        unit: term.unit,
        uses: term.uses.clone(),
        signed: None,
    }
}

/// Whether a term is the label of a party.
fn is_party(contract: &Contract, term: &Term, first_article: Option<UnitId>) -> bool {
    if !term.scope.is_empty() || !matches!(term.form, Form::Hereinafter | Form::Bare) {
        return false;
    }
    let opening = contract.enclosing(term.unit, UnitKind::Article).is_none_or(|article| Some(article) == first_article)
        && contract.enclosing(term.unit, UnitKind::Annex).is_none();
    if LABELS.contains(&term.name.as_str()) {
        return opening;
    }
    // 「（以下「青葉」といい、港北と併せて「両当事者」、個別に「当事者」という。）」: what all of them are called is nobody's label.
    if ends_with_any(&term.name, &["当事者", "両社", "各社", "両者"]) {
        return false;
    }
    let word = WORDS.contains(&term.name.as_str()) || Role::named(&term.name).is_some();
    if word || term.name.starts_with('本') || term.name.chars().count() > 12 {
        return opening && word;
    }
    // 「株式会社青葉（以下「青葉」という。）と、…」 in the preamble; 「株式会社青葉（以下「対象会社」という。）の株式」 is no party.
    let flow = contract.flow().as_str();
    let behind = &flow[term.whole.end..];
    // 「甲と乙は、株式会社青葉（以下「主債務者」という。）が甲に対して負担する債務の保証に関し」: who is spoken of behind the parties is none.
    let spoken_of = || behind.starts_with('が') && sentence_before(flow, term.whole.start).contains("）は、");
    let joined = starts_with_any(behind, &["と", "、", "及び", "並びに", "は", "が"]) && !spoken_of();
    let name = || name_and_role(&flow[term.meaning.clone()]).0;
    // 「山口翔太（以下「経営株主」という。）」
    let is_somebody = || term.name.ends_with(['者', '主', '人', '員', '長', '家']);
    joined
        && contract.enclosing(term.unit, UnitKind::Preamble).is_some()
        && name().is_some_and(|name| {
            is_organisation(&name) && !name.contains('の') || is_somebody() && is_natural_person(&name)
        })
}

/// Whether a name is that of a natural person, as far as one can see: a few kanji and kana, no organisation, no place.
fn is_natural_person(name: &str) -> bool {
    const PUBLIC: [char; 12] = ['国', '都', '道', '府', '県', '市', '区', '町', '村', '省', '庁', '院'];
    const PROFESSIONS: [&str; 6] = ["弁護士", "司法書士", "行政書士", "税理士", "公認会計士", "弁理士"];
    let profession = leading_word(name, &PROFESSIONS).map_or(0, str::len);
    let name = &name[profession..];
    let letters = name.chars().filter(|c| !crate::syntax::is_blank(*c));
    let written = |c: char| word::is_kanji(c) || word::is_hiragana(c) || matches!(c, 'ァ'..='ヺ');
    (3..=7).contains(&letters.clone().count())
        && letters.clone().any(word::is_kanji)
        && letters.clone().all(written)
        && !is_organisation(name)
        && !name.ends_with(PUBLIC)
}

/// What stands before a place in its sentence, of a long one the last of it.
fn sentence_before(flow: &str, at: usize) -> &str {
    const LOOKED_AT: usize = 900;
    let from = (at.saturating_sub(LOOKED_AT)..=at).find(|&from| flow.is_char_boundary(from)).unwrap_or(at);
    flow[from..at].rsplit('\n').next().unwrap_or_default()
}

/// The name in the words before 「（以下「甲」という。）」, without what belongs to the sentence and without the word for the role before it.
pub fn name_and_role(meaning: &str) -> (Option<String>, Option<Role>) {
    let mut name = meaning.trim_matches(crate::syntax::is_blank);
    for joint in ["と、", "、及び", "及び", "並びに", "および", "ならびに", "、", "と", "は"] {
        name = name.strip_prefix(joint).unwrap_or(name);
    }
    // 「この規約は、株式会社青葉」 → 「株式会社青葉」
    if let Some(at) = ["、", "は、", "\n"].iter().filter_map(|mark| name.rfind(mark).map(|i| i + mark.len())).max() {
        name = &name[at..];
    }
    let name = name.trim_matches(|c| crate::syntax::is_blank(c) || matches!(c, '「' | '」' | '：' | ':'));
    // 「…（以下「当社」といいます。）が個人のお客様」: what stands behind the bracket before.
    let name = match name.rfind('）') {
        Some(close) => name[close + '）'.len_utf8()..].trim_start_matches(['が', 'は', 'と', 'の', 'を']),
        None => name,
    };
    // 「お客様と株式会社青葉」, 「本規定は株式会社青葉」: the name begins behind the particle, but 「みなと監査法人」 is one.
    let only_hiragana = |words: &str| words.chars().all(word::is_hiragana);
    let particle = name
        .find(['と', 'は'])
        .filter(|&at| !only_hiragana(&name[..at]) && !is_organisation(&name[..at]) && is_organisation(&name[at..]));
    let name = particle.map_or(name, |at| &name[at + 'と'.len_utf8()..]);
    let (role, name) = Role::before(name);
    let name = signature::behind_field(name).unwrap_or(name);
    let written = !name.is_empty()
        && name.chars().count() <= 60
        && (is_organisation(name) || !name.contains('の'))
        && !["する", "した", "の間", "者の", "される"].iter().any(|verb| name.contains(verb));
    (written.then(|| name.to_string()), role)
}

/// Labels that are given in a table at the top: 「| 会社 | 株式会社青葉 |」, 「| 委託者（甲） | 株式会社青葉 |」.
fn add_from_tables(contract: &Contract, all: &mut Vec<Party>) {
    let first = contract.ids_of(UnitKind::Article).next().map_or(u32::MAX, |id| contract.unit(id).span.start);
    let runs: Vec<(usize, Range<usize>)> = sentences(contract)
        .take_while(|(index, _)| contract.contents()[*index].span.start < first)
        .filter(|(index, _)| contract.contents()[*index].kind == ContentKind::Cell)
        .collect();
    let flow = contract.flow().as_str();
    for pair in runs.windows(2) {
        let (label_at, name_at) = (pair[0].1.clone(), pair[1].1.clone());
        let cell = &flow[label_at.clone()];
        let label = LABELS.iter().find(|label| cell == **label || cell.ends_with(&format!("（{label}）")));
        let Some(label) = label else {
            // 「（以下「会社」という。）」 may follow, which says more than the table: then only the name is wanting.
            let known = all.iter_mut().find(|party| party.label == cell && !has_own_name(party));
            if let Some(party) = known {
                party.name = Some(before_bracket(&flow[name_at]).to_string());
            }
            continue;
        };
        if all.iter().any(|party| party.label == **label) {
            continue;
        }
        let start = label_at.start + cell.rfind(label).unwrap_or(0);
        let range = start..start + label.len();
        all.push(Party {
            label: label.to_string(),
            name: Some(before_bracket(&flow[name_at]).to_string()),
            role: Role::before(cell).0,
            span: contract.flow().span(range.clone()),
            unit: contract.contents()[pair[0].0].unit,
            uses: uses_of(contract, label, range.end),
            flow: range,
            signed: None,
        });
    }
}

/// Labels that are given in lines at the top: 「貸主（甲）　山田太郎」. A word for a role is a label where the text calls the parties so and
/// by no letter.
fn add_from_lines(contract: &Contract, all: &mut Vec<Party>) {
    const OFTEN: usize = 3;
    let found = signature::opening(contract);
    let is_letter = |label: &str| LABELS.contains(&label);
    let lettered =
        all.iter().map(|party| &party.label).chain(found.iter().map(|(label, _)| label)).any(|l| is_letter(l));
    for (label, Signed { unit, label: span, name }) in found {
        let Some((name, _)) = name else { continue };
        let name = role::Role::before(&name).1.to_string();
        match all.iter_mut().find(|party| party.label == label) {
            Some(party) if party.name.is_none() => party.name = Some(name),
            Some(_) => continue,
            None if lettered && !is_letter(&label) => continue,
            None => {
                let Some(range) = flow_of(contract, &label, span) else { continue };
                let uses = uses_of(contract, &label, range.end);
                let is_used = if is_letter(&label) { !uses.is_empty() } else { uses.len() >= OFTEN };
                if is_used {
                    let role = Role::named(&label);
                    all.push(Party { label, name: Some(name), role, flow: range, span, unit, uses, signed: None });
                }
            }
        }
    }
}

/// The flow of a label that stands in the text.
fn flow_of(contract: &Contract, label: &str, span: Span) -> Option<Range<usize>> {
    let content =
        contract.contents().partition_point(|content| content.span.start <= span.start).checked_sub(1)? as u32;
    let flow = contract.flow();
    let line = flow.range((content, content + 1));
    let start = line.start + flow.as_str()[line].find(label)?;
    Some(start..start + label.len())
}

/// Whether the name is somebody's, and not 「頭書の会社」.
fn has_own_name(party: &Party) -> bool {
    party.name.as_ref().is_some_and(|name| !name.contains("頭書") && !name.contains("上記") && !name.contains("別記"))
}

fn before_bracket(name: &str) -> &str {
    name.split('（').next().unwrap_or(name).trim_matches(crate::syntax::is_blank)
}

/// Where a label stands behind a place.
fn uses_of(contract: &Contract, label: &str, from: usize) -> Vec<Range<usize>> {
    let flow = contract.flow().as_str();
    let mut last = 0;
    let mut uses = Vec::new();
    for (at, _) in flow[from..].match_indices(label) {
        let (start, end) = (from + at, from + at + label.len());
        if word::stands_alone(flow, start, end, start == last) {
            uses.push(start..end);
            last = end;
        }
    }
    uses
}
