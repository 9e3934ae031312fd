//! Limits: 「10万円以下」「100万円を超え」「6か月未満」.

use std::ops::Range;

use super::numeral::Numeral;

/// A number with the word that makes it a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound<'a> {
    /// The whole words, as a range of the flow.
    pub flow: Range<usize>,
    /// The number.
    pub value: u64,
    /// Its unit: 「円」「か月」.
    pub unit: &'a str,
    /// On which side of the number it lies.
    pub side: Side,
    /// Whether the number itself is inside.
    pub included: bool,
}

/// On which side of a limit something lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// 以上, 超
    Above,
    /// 以下, まで, 未満
    Below,
}

const WORDS: [(&str, Side, bool); 7] = [
    ("以上", Side::Above, true),
    ("以下", Side::Below, true),
    ("まで", Side::Below, true),
    ("未満", Side::Below, false),
    ("超え", Side::Above, false),
    ("超過", Side::Above, false),
    ("超", Side::Above, false),
];

/// Finds the limits among some numbers of a flow, or of the beginning of one.
pub fn bounds<'a>(flow: &'a str, numerals: &[Numeral]) -> Vec<Bound<'a>> {
    numerals.iter().filter_map(|numeral| bound(flow, numeral)).collect()
}

fn bound<'a>(flow: &'a str, numeral: &Numeral) -> Option<Bound<'a>> {
    let rest = &flow[numeral.flow.end..];
    let end = rest.char_indices().take(9).find(|(_, c)| matches!(c, '以' | '未' | '超' | 'ま'))?.0;
    let (word, side, included) = WORDS.into_iter().find(|(word, ..)| rest[end..].starts_with(word))?;
    let unit = rest[..end].trim_end_matches('を');
    let plain = |c: char| !c.is_ascii_digit() && !"、。（）「」のがはにと\n".contains(c);
    let before = flow[..numeral.flow.start].chars().next_back();
    (plain_unit(unit, plain) && before != Some('第') && before != Some('前')).then(|| Bound {
        flow: numeral.flow.start..numeral.flow.end + end + word.len(),
        value: numeral.value,
        unit,
        side,
        included,
    })
}

fn plain_unit(unit: &str, plain: impl Fn(char) -> bool) -> bool {
    !unit.is_empty() && unit.chars().all(plain) && !matches!(unit, "条" | "項" | "号" | "章")
}

#[cfg(test)]
mod tests {
    use super::super::numeral::numerals;
    use super::*;

    fn found(flow: &str) -> Vec<(u64, &str, Side, bool)> {
        let bounds = bounds(flow, &numerals(&crate::marks::Marks::of(flow)));
        bounds.into_iter().map(|b| (b.value, b.unit, b.side, b.included)).collect()
    }

    #[test]
    fn limits_and_what_only_looks_like_one() {
        assert_eq!(
            found("10万円を超え50万円以下、3か月未満又は二十歳以上"),
            [
                (100_000, "円", Side::Above, false),
                (500_000, "円", Side::Below, true),
                (3, "か月", Side::Below, false),
                (20, "歳", Side::Above, true)
            ]
        );
        assert_eq!(found("第3条以下、10日以内、5日の間未満、前二項以上"), []);
    }
}
