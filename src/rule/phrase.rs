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

/// Unfolds a phrase into its alternatives, each a sequence of pieces that begins and ends with words or a number.
///
/// # Errors
/// When brackets do not match, an alternative is empty, or the phrase unfolds into too many alternatives; in Japanese.
pub fn unfold(phrase: &str) -> Result<Vec<Vec<Piece>>, String> {
    let characters: Vec<char> = phrase.chars().collect();
    let mut at = 0;
    let alternatives = choice(&characters, &mut at, phrase)?;
    if at < characters.len() {
        return Err(format!("「{phrase}」の括弧が対応していません"));
    }
    let mut out = Vec::with_capacity(alternatives.len());
    for alternative in alternatives {
        let pieces = join(alternative);
        let ends_with_gap =
            matches!(pieces.first(), Some(Piece::Gap(_))) || matches!(pieces.last(), Some(Piece::Gap(_)));
        let has_word = pieces.iter().any(|p| matches!(p, Piece::Word(_)));
        if ends_with_gap || !has_word {
            return Err(format!("「{phrase}」には、「…」で始まる・終わる又は語のない選択肢があります"));
        }
        out.push(pieces);
    }
    Ok(out)
}

fn choice(characters: &[char], at: &mut usize, phrase: &str) -> Result<Vec<Vec<Piece>>, String> {
    let mut all = Vec::new();
    loop {
        all.extend(sequence(characters, at, phrase)?);
        if characters.get(*at) == Some(&'|') {
            *at += 1;
            continue;
        }
        return Ok(all);
    }
}

fn sequence(characters: &[char], at: &mut usize, phrase: &str) -> Result<Vec<Vec<Piece>>, String> {
    let mut sequences: Vec<Vec<Piece>> = vec![Vec::new()];
    while let Some(&character) = characters.get(*at) {
        let mut next: Vec<Vec<Piece>> = match character {
            '|' | ')' => break,
            '(' => {
                *at += 1;
                let inner = choice(characters, at, phrase)?;
                if characters.get(*at) != Some(&')') {
                    return Err(format!("「{phrase}」の括弧が閉じられていません"));
                }
                inner
            }
            '…' => {
                let distance = distance(&characters[*at + 1..]);
                *at += distance.map_or(0, |(_, length)| length);
                vec![vec![Piece::Gap(distance.map_or(GAP, |(count, _)| count))]]
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
        unfold(phrase).unwrap().iter().map(|pieces| pieces.iter().map(plain).collect()).collect()
    }

    #[test]
    fn alternatives_unfold() {
        assert_eq!(words("でなくな(った|つた)時"), ["でなくなった時", "でなくなつた時"]);
        assert_eq!(words("検査(に)?合格"), ["検査に合格", "検査合格"]);
        assert_eq!(words("何ら…催告"), ["何ら…30…催告"]);
        assert_eq!(words("著作権…{80}譲渡"), ["著作権…80…譲渡"]);
        assert_eq!(words("#年(以内|間)"), ["#年以内", "#年間"]);
    }

    #[test]
    fn mistakes_are_named() {
        for phrase in ["(甲", "甲)", "…甲", "甲|", "#"] {
            assert!(unfold(phrase).is_err(), "{phrase}");
        }
    }
}
