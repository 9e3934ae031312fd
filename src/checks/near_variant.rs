//! See `rules/definition/near-variant.md`.

use std::ops::Range;

use crate::analysis::names;
use crate::analysis::term::{Term, word};
use crate::contract::ContentKind;
use crate::report::Report;
use crate::rule::Context;

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

/// Reports words that stand for a defined term in another spelling: 機密情報 for 秘密情報, 本件業務 for 本業務.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let terms = context.analysis.terms();
    let flow = contract.flow().as_str();
    let mut names: Vec<(String, &Term)> = Vec::new();
    for term in terms.all.iter().filter(|term| term.scope.is_empty()) {
        let undefined = |variant: &String| !terms.is_defined(variant);
        names.extend(variants(&term.name).into_iter().filter(undefined).map(|variant| (variant, term)));
    }
    names.sort_by(|a, b| (&a.0, a.1.flow.start).cmp(&(&b.0, b.1.flow.start)));
    names.dedup_by(|b, a| a.0 == b.0);
    let mut places: Vec<Vec<Range<usize>>> = vec![Vec::new(); names.len()];
    let mut end = 0;
    for (found, variant) in names::find(names.iter().map(|(name, _)| name), flow) {
        // The longest from the left counts.
        if found.start < end {
            continue;
        }
        end = found.end;
        let in_text = contract
            .contents()
            .get(contract.flow().content_at(found.start))
            .is_some_and(|content| matches!(content.kind, ContentKind::Text | ContentKind::Cell));
        let alone = word::stands_alone(flow, found.start, found.end, false);
        if in_text && alone && terms.at(found.start).is_none() {
            places[variant].push(found);
        }
    }
    for ((variant, term), places) in names.iter().zip(places) {
        // More often than the term itself: a word of its own.
        let Some(first) = places.first().filter(|_| places.len() <= term.uses.len().max(1)) else { continue };
        let count = if places.len() > 1 { format!("（全部で{}か所）", places.len()) } else { String::new() };
        let message = format!("「{variant}」は定義されていません。定義されているのは「{}」です{count}。", term.name);
        let finding = report.span(contract.flow().span(first.clone()), message);
        finding.help(format!("同じものを指すなら「{}」に改め、別のものを指すなら定義してください。", term.name));
        finding.related(term.span, format!("「{}」の定義", term.name));
    }
}

/// The defined term of which a word is a variant.
pub fn variant_of<'a>(context: &'a Context, word: &str) -> Option<&'a Term> {
    let terms = context.analysis.terms();
    variants(word).iter().find_map(|variant| terms.named(variant).find(|term| term.scope.is_empty()))
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
