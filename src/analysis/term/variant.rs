//! Other spellings of defined terms: 機密情報 for 秘密情報, 本件業務 for 本業務.

use std::collections::BTreeMap;

use super::Term;

/// A spelling that stands for the name of terms.
#[derive(Clone, Debug)]
pub struct Variant {
    /// How it is written.
    pub name: String,
    /// The terms for whose name it stands, by their places among all terms, in order.
    pub terms: Vec<usize>,
}

/// Words that stand for one another inside of names.
const PAIRS: [(&str, &str); 9] = [
    ("秘密", "機密"),
    ("納入物", "納品物"),
    ("成果物", "納入物"),
    ("成果物", "納品物"),
    ("外利用", "外使用"),
    ("委託料", "業務委託料"),
    ("委託業務", "業務委託"),
    ("受領者", "被開示者"),
    ("利用料", "利用料金"),
];

/// Beginnings that stand for one another.
const BEGINNINGS: [&str; 5] = ["本件", "本", "当", "対象", "本委託"];

/// The spellings that stand for the names of some terms, by their names.
pub fn of_all(terms: &[Term]) -> Vec<Variant> {
    let mut all: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, term) in terms.iter().enumerate() {
        variants(&term.name).into_iter().for_each(|variant| all.entry(variant).or_default().push(place));
    }
    all.into_iter().map(|(name, terms)| Variant { name, terms }).collect()
}

/// The spellings that stand for a name.
pub fn variants(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (one, other) in PAIRS {
        // 「委託料」 lies in 「業務委託料」: the longer is looked for first.
        let (long, short) = if one.contains(other) { (one, other) } else { (other, one) };
        if name.contains(long) {
            found.push(name.replace(long, short));
        } else if name.contains(short) {
            found.push(name.replace(short, long));
        }
    }
    if let Some(beginning) = BEGINNINGS.iter().find(|beginning| name.starts_with(**beginning)) {
        let rest = &name[beginning.len()..];
        if rest.chars().count() >= 2 {
            found.extend(BEGINNINGS.iter().filter(|other| *other != beginning).map(|other| format!("{other}{rest}")));
        }
    }
    found.retain(|variant| variant != name);
    found
}
