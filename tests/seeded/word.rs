//! Terms renamed where they are defined, parties exchanged, dates, amounts and brackets broken.

use keiyaku::{Analysis, Span};

use super::{ANYTHING, Seed};

pub fn seeds(analysis: &Analysis, seeds: &mut Vec<Seed>) {
    let text = analysis.contract().text().as_str();
    let span = |at: usize, words: &str| Span::new(at as u32, (at + words.len()) as u32);
    let mut replace = |rules, words: &str, at: usize, by: &str, consequences| {
        seeds.push(Seed::new(rules, span(at, words), by).with(consequences));
    };
    // A bracket is lost; the end of it is reported where its beginning stands.
    for (at, words) in text.match_indices("）は、").step_by(3) {
        replace(&["unbalanced-bracket"], &words[.."）".len()], at, "", ANYTHING);
    }
    for (at, words) in text.match_indices("月１５日").chain(text.match_indices("月15日")).take(1) {
        replace(&["impossible-date"], words, at, "月32日", ANYTHING);
    }
    // A comma stands one figure too far.
    for (at, words) in text.match_indices(",000円").take(2) {
        if text[..at].ends_with(|c: char| c.is_ascii_digit()) {
            replace(&["comma-grouping"], words, at, "0,00円", &["tax-arithmetic", "total-mismatch", "amount-mismatch"]);
        }
    }
    // A party acts towards itself.
    for (at, words) in text.match_indices("甲は、乙に対し").chain(text.match_indices("乙は、甲に対し")).take(3)
    {
        let (own, other) = words.split_once("は、").unwrap();
        replace(&["self-dealing"], &other[..own.len()], at + own.len() + "は、".len(), own, &["role-swap"]);
    }
    // The one who is paid pays.
    for (at, words) in text.match_indices("甲は、乙に対し").chain(text.match_indices("乙は、甲に対し")) {
        let sentence = text[at + words.len()..].split('\n').next().unwrap().split_inclusive('。').next().unwrap();
        let is_price =
            ["の対価として、", "の報酬として、", "、委託料を", "、賃料"].iter().any(|word| sentence.contains(word));
        if is_price && sentence.ends_with("支払う。") && !sentence.contains(['甲', '乙']) {
            let (own, other) = words.split_once("は、").unwrap();
            let swapped = format!("{}は、{own}に対し", &other[..own.len()]);
            replace(&["role-swap"], words, at, &swapped, &[]);
        }
    }
    // A term has another name where it is defined.
    for term in analysis.terms().all.iter().filter(|term| term.name.starts_with('本') && term.uses.len() >= 2) {
        let renamed = format!("新規{}", term.name);
        let span = term.span;
        let seed = Seed::new(&["unused-term", "undefined-term"], span, renamed).with(&["near-variant"]);
        // The old name is undefined where it is used first, wherever that is.
        seeds.push(Seed { place: None, ..seed });
    }
}
