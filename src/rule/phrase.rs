//! The words a rule looks for: a small pattern language that needs no regular expressions.
//!
//! | written | finds |
//! | --- | --- |
//! | `暴力団員` | the words themselves |
//! | `でなくな(った|つた)時(から|より)` | one of the alternatives |
//! | `催告(を要せず|なく)?解除` | with or without the words in brackets |
//! | `何ら…催告` | the second after the first, in the same sentence, at most 30 characters between |
//! | `著作権…{80}譲渡` | the same with another distance |
//! | `#年` | a number in any writing: 5年, ５年, 五年 |
//!
//! Phrases are compared with the flow of the contract, where widths and line wraps make no difference; they are written in the flow's
//! form (half-width digits and Latin letters, full-width brackets, 、。).

/// A piece of one alternative of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// These words.
    Word(String),
    /// Anything in the same sentence, at most so many characters.
    Gap(usize),
    /// A number.
    Number,
}

/// How far apart the two sides of `…` may stand, in characters.
const GAP: usize = 30;
/// How many alternatives a phrase may unfold into.
const MOST: usize = 256;
/// How many characters a phrase may have.
const LONGEST: usize = 1000;
/// How many characters a gap may reach over.
const WIDEST: usize = 1000;
/// How deep brackets may lie in each other.
const DEEPEST: usize = 16;

/// One way in which a phrase can stand in a text: parts that follow each other with gaps between.
pub type Chain = Vec<Part>;

/// A part of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// How many characters may stand before it; 0 for the first part.
    pub gap: usize,
    /// What it can be: sequences of pieces, each with a word in it.
    pub alternatives: Vec<Vec<Piece>>,
}

/// Unfolds a phrase. Gaps outside of brackets part it, so that the choices on their two sides do not multiply.
///
/// # Errors
/// When brackets do not match, an alternative is empty, or the phrase is beyond the bounds within which it is looked for; in Japanese.
pub fn unfold(phrase: &str) -> Result<Vec<Chain>, String> {
    let characters: Vec<char> = phrase.chars().collect();
    if characters.len() > LONGEST {
        let beginning: String = characters[..20].iter().collect();
        return Err(format!("「{beginning}…」が長すぎます（{LONGEST}文字まで）"));
    }
    let mut depth = 0usize;
    for character in &characters {
        depth = match character {
            '(' => depth + 1,
            ')' => depth.saturating_sub(1),
            _ => depth,
        };
        if depth > DEEPEST {
            return Err(format!("「{phrase}」の括弧の入れ子が深すぎます（{DEEPEST}段まで）"));
        }
    }
    let mut chains: Vec<Chain> = vec![Vec::new()];
    let (mut at, mut gap) = (0, 0);
    loop {
        let sequences = sequence(&characters, &mut at, phrase, false)?;
        let alternatives: Vec<Vec<Piece>> = sequences.into_iter().map(join).collect();
        let is_whole = |pieces: &Vec<Piece>| {
            !matches!(pieces.first(), Some(Piece::Gap(_)))
                && !matches!(pieces.last(), Some(Piece::Gap(_)))
                && pieces.iter().any(|p| matches!(p, Piece::Word(_)))
        };
        if !alternatives.iter().all(is_whole) {
            return Err(format!("「{phrase}」には、「…」で始まる・終わる又は語のない選択肢があります"));
        }
        // Each gap outside of brackets is looked through once; those inside would multiply.
        let gaps = |pieces: &Vec<Piece>| pieces.iter().filter(|piece| matches!(piece, Piece::Gap(_))).count();
        if alternatives.iter().any(|pieces| gaps(pieces) > 1) {
            return Err(format!("「{phrase}」の括弧の中の一つの選択肢には、「…」は一つまで書けます"));
        }
        if let Some(chain) = chains.last_mut() {
            chain.push(Part { gap, alternatives });
        }
        match characters.get(at) {
            None => return Ok(chains),
            Some('…') => gap = take_gap(&characters, &mut at),
            Some('|') => {
                at += 1;
                gap = 0;
                chains.push(Vec::new());
            }
            Some(_) => return Err(format!("「{phrase}」の括弧が対応していません")),
        }
    }
}

/// Reads `…` or `…{80}`. A wider gap is taken as the widest.
fn take_gap(characters: &[char], at: &mut usize) -> usize {
    let distance = distance(&characters[*at + 1..]);
    *at += 1 + distance.map_or(0, |(_, length)| length);
    distance.map_or(GAP, |(count, _)| count.min(WIDEST))
}

fn choice(characters: &[char], at: &mut usize, phrase: &str) -> Result<Vec<Vec<Piece>>, String> {
    let mut all = Vec::new();
    loop {
        all.extend(sequence(characters, at, phrase, true)?);
        if characters.get(*at) == Some(&'|') {
            *at += 1;
            continue;
        }
        return Ok(all);
    }
}

/// Reads up to the end of an alternative; outside of brackets up to a gap as well.
fn sequence(characters: &[char], at: &mut usize, phrase: &str, inside: bool) -> Result<Vec<Vec<Piece>>, String> {
    let mut sequences: Vec<Vec<Piece>> = vec![Vec::new()];
    while let Some(&character) = characters.get(*at) {
        let mut next: Vec<Vec<Piece>> = match character {
            '|' | ')' => break,
            '…' if !inside => break,
            '(' => {
                *at += 1;
                let inner = choice(characters, at, phrase)?;
                if characters.get(*at) != Some(&')') {
                    return Err(format!("「{phrase}」の括弧が閉じられていません"));
                }
                inner
            }
            '…' => {
                let gap = take_gap(characters, at);
                *at -= 1;
                vec![vec![Piece::Gap(gap)]]
            }
            '#' => vec![vec![Piece::Number]],
            other => vec![vec![Piece::Word(other.to_string())]],
        };
        *at += 1;
        if characters.get(*at) == Some(&'?') {
            *at += 1;
            next.push(Vec::new());
        }
        if sequences.len() * next.len() > MOST {
            return Err(format!("「{phrase}」の選択肢が{MOST}を超えます"));
        }
        if let [only] = &next[..] {
            sequences.iter_mut().for_each(|sequence| sequence.extend_from_slice(only));
            continue;
        }
        sequences =
            sequences.iter().flat_map(|head| next.iter().map(move |tail| [head.as_slice(), tail].concat())).collect();
    }
    Ok(sequences)
}

/// The `{80}` behind a gap: the number and its length in characters.
fn distance(rest: &[char]) -> Option<(usize, usize)> {
    let close = rest.iter().position(|&c| c == '}').filter(|_| rest.first() == Some(&'{'))?;
    let digits: String = rest[1..close].iter().collect();
    Some((digits.parse().ok()?, close + 1))
}

/// Joins characters that stand side by side into words.
fn join(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        match (out.last_mut(), piece) {
            (Some(Piece::Word(word)), Piece::Word(more)) => word.push_str(&more),
            (_, piece) => out.push(piece),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(phrase: &str) -> Vec<String> {
        let plain = |piece: &Piece| match piece {
            Piece::Word(word) => word.clone(),
            Piece::Gap(count) => format!("…{count}…"),
            Piece::Number => "#".into(),
        };
        let part = |part: &Part| {
            let alternatives = part.alternatives.iter().map(|pieces| pieces.iter().map(plain).collect::<String>());
            let all = alternatives.collect::<Vec<String>>().join("/");
            if part.gap == 0 { all } else { format!("…{}…{all}", part.gap) }
        };
        unfold(phrase).unwrap().iter().map(|chain| chain.iter().map(part).collect()).collect()
    }

    #[test]
    fn alternatives_unfold() {
        assert_eq!(words("でなくな(った|つた)時"), ["でなくなった時/でなくなつた時"]);
        assert_eq!(words("検査(に)?合格"), ["検査に合格/検査合格"]);
        assert_eq!(words("何ら…催告"), ["何ら…30…催告"]);
        assert_eq!(words("著作権…{80}譲渡"), ["著作権…80…譲渡"]);
        assert_eq!(words("#年(以内|間)"), ["#年以内/#年間"]);
        assert_eq!(words("(甲|乙)…(丙|丁)"), ["甲/乙…30…丙/丁"]);
        assert_eq!(words("甲…乙|丙"), ["甲…30…乙", "丙"]);
        assert_eq!(words("法(（…{9}）)?第#条"), ["法（…9…）第#条/法第#条"]);
    }

    #[test]
    fn mistakes_are_named() {
        for phrase in ["(甲", "甲)", "…甲", "甲|", "#", "甲…(乙)?", "甲…"] {
            assert!(unfold(phrase).is_err(), "{phrase}");
        }
    }

    #[test]
    fn a_phrase_stays_within_bounds() {
        let refused = |phrase: &str, why: &str| assert!(unfold(phrase).unwrap_err().contains(why), "{why}");
        refused(&"甲".repeat(1001), "1000文字まで");
        refused(&"(".repeat(900), "16段まで");
        refused(&"(甲|乙)".repeat(9), "256を超えます");
        refused("甲(…乙)?(…丙)", "一つまで");
        assert_eq!(words("甲…{99999999}乙"), ["甲…1000…乙"]);
        assert_eq!(unfold(&("(甲|乙)".repeat(8) + &"(丙)".repeat(300))).unwrap()[0][0].alternatives.len(), 256);
    }
}
