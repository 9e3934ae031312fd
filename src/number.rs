//! Numbers as contracts write them: 第十二条 = 第１２条 = 第12条, 第3条の2, ①, イ・ロ・ハ, ア・イ・ウ, (ii), 金壱百万円.
//!
//! Everything that compares numbers compares values from here, never strings.

mod form;
mod unit;

pub use self::form::Form;
pub use self::unit::Number;

/// The value of an Arabic digit of either width.
pub fn digit(character: char) -> Option<u32> {
    match character {
        '0'..='9' => Some(character as u32 - '0' as u32),
        '０'..='９' => Some(character as u32 - '０' as u32),
        _ => None,
    }
}

/// The value of a kanji digit, 大字 (壱弐参…) included; 〇 and 零 are zero, 十百千万 are not digits.
pub const fn kanji_digit(character: char) -> Option<u64> {
    Some(match character {
        '〇' | '零' => 0,
        '一' | '壱' | '壹' => 1,
        '二' | '弐' | '貳' | '貮' => 2,
        '三' | '参' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陸' => 6,
        '七' | '漆' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Whether a character is part of a number: a digit, a kanji digit, 十百千万.
pub fn is_numeral(character: char) -> bool {
    digit(character).is_some() || kanji_digit(character).is_some() || matches!(character, '十' | '百' | '千' | '万')
}

/// Whether a kanji can be part of a number: a digit, 大字 included, 十百千, 万億兆.
pub const fn is_number_kanji(character: char) -> bool {
    kanji_digit(character).is_some() || kanji_unit(character).is_some() || kanji_myriad(character).is_some()
}

/// Whether a character is a number, or part of one, in any writing: 1, 三, ②, Ⅳ.
pub fn is_any_number(character: char) -> bool {
    match character {
        // Kana are no numbers, and of the kanji only a few are.
        'ぁ'..='ヿ' => false,
        '一'..='鿿' => kanji_digit(character).is_some(),
        _ => character.is_numeric() || kanji_digit(character).is_some(),
    }
}

const fn kanji_unit(character: char) -> Option<u64> {
    Some(match character {
        '十' | '拾' => 10,
        '百' | '佰' | '陌' => 100,
        '千' | '阡' | '仟' => 1000,
        _ => return None,
    })
}

const fn kanji_myriad(character: char) -> Option<u64> {
    Some(match character {
        '万' | '萬' => 10_000,
        '億' => 100_000_000,
        '兆' => 1_000_000_000_000,
        _ => return None,
    })
}

/// The value of a whole number written in Arabic digits of either width (`12`, `１２`, `1２`), kanji by place (`一二`, `一〇`),
/// kanji with units (`十二`, `百二十`, `壱百万`), or digits with units (`3千万`, `100万`). Grouping commas are skipped.
///
/// `None` for anything else, for the empty text and for a value past `u64`.
pub fn parse_integer(text: &str) -> Option<u64> {
    let mut total: u64 = 0; // complete myriads
    let mut section: u64 = 0; // below the current 万, complete units
    let mut digits: Option<u64> = None; // digits not yet multiplied
    let mut any = false;
    for character in text.chars() {
        any = true;
        if let Some(value) = digit(character).map(u64::from).or_else(|| kanji_digit(character)) {
            digits = Some(digits.unwrap_or(0).checked_mul(10)?.checked_add(value)?);
        } else if let Some(unit) = kanji_unit(character) {
            section = section.checked_add(digits.take().unwrap_or(1).checked_mul(unit)?)?;
        } else if let Some(myriad) = kanji_myriad(character) {
            let below = section.checked_add(digits.take().unwrap_or(0))?;
            total = total.checked_add(below.max(1).checked_mul(myriad)?)?;
            section = 0;
        } else if !matches!(character, ',' | '，') {
            return None;
        }
    }
    let value = total.checked_add(section)?.checked_add(digits.unwrap_or(0))?;
    any.then_some(value)
}

/// [`parse_integer`] for the numbers of units, which stay below 2³².
pub fn parse_unit_number(text: &str) -> Option<u32> {
    parse_integer(text).and_then(|n| u32::try_from(n).ok())
}

/// The value of one enclosed or composed number character: ① ㉑ ㊱ ❶ ⑴ ⒈ ㈠ ㊀ Ⅳ ⅳ ⓐ ⒜.
pub fn enclosed(character: char) -> Option<u32> {
    let from = |start: char, value: u32| character as u32 - start as u32 + value;
    Some(match character {
        '①'..='⑳' => from('①', 1),
        '㉑'..='㉟' => from('㉑', 21),
        '㊱'..='㊿' => from('㊱', 36),
        '❶'..='❿' => from('❶', 1),
        '➀'..='➉' => from('➀', 1),
        '⓵'..='⓾' => from('⓵', 1),
        '⑴'..='⒇' => from('⑴', 1),
        '⒈'..='⒛' => from('⒈', 1),
        '㈠'..='㈩' => from('㈠', 1),
        '㊀'..='㊉' => from('㊀', 1),
        'Ⅰ'..='Ⅻ' => from('Ⅰ', 1),
        'ⅰ'..='ⅻ' => from('ⅰ', 1),
        'ⓐ'..='ⓩ' => from('ⓐ', 1),
        '⒜'..='⒵' => from('⒜', 1),
        _ => return None,
    })
}

const IROHA: &str = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン";
const AIUEO: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";

/// The place of a katakana in イロハ order, from 1.
pub fn iroha(character: char) -> Option<u32> {
    IROHA.chars().position(|c| c == character).map(|i| i as u32 + 1)
}

/// The place of a katakana in アイウ order, from 1.
pub fn aiueo(character: char) -> Option<u32> {
    AIUEO.chars().position(|c| c == character).map(|i| i as u32 + 1)
}

/// The katakana at a place (from 1) of イロハ order.
pub fn iroha_at(place: u32) -> Option<char> {
    IROHA.chars().nth(place.checked_sub(1)? as usize)
}

/// The katakana at a place (from 1) of アイウ order.
pub fn aiueo_at(place: u32) -> Option<char> {
    AIUEO.chars().nth(place.checked_sub(1)? as usize)
}

/// The full-width forms of ｦ … ﾝ.
const WIDE: &str =
    "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

/// The full-width form of a half-width katakana (without its voicing mark); any other character as it is.
pub fn wide_katakana(character: char) -> char {
    match character {
        'ｦ'..='ﾝ' => WIDE.chars().nth((character as u32 - 'ｦ' as u32) as usize).unwrap_or(character),
        other => other,
    }
}

/// The half-width form of a katakana that has one; any other character (ヰ, ヱ, ガ) as it is.
pub fn narrow_katakana(character: char) -> char {
    let place = WIDE.chars().position(|wide| wide == character);
    place.and_then(|place| char::from_u32('ｦ' as u32 + place as u32)).unwrap_or(character)
}

/// The half-width ASCII letter of a Latin letter of either width.
pub fn latin_letter(character: char) -> Option<char> {
    match character {
        'a'..='z' | 'A'..='Z' => Some(character),
        'ａ'..='ｚ' => char::from_u32(character as u32 - 'ａ' as u32 + 'a' as u32),
        'Ａ'..='Ｚ' => char::from_u32(character as u32 - 'Ａ' as u32 + 'A' as u32),
        _ => None,
    }
}

/// The value of a Roman numeral in Latin letters of either width and case, up to 399: `iv`, `XII`, `ｉｉ`.
pub fn roman(text: &str) -> Option<u32> {
    let values: Option<Vec<u32>> = text
        .chars()
        .map(|c| {
            latin_letter(c).and_then(|c| match c.to_ascii_lowercase() {
                'i' => Some(1),
                'v' => Some(5),
                'x' => Some(10),
                'l' => Some(50),
                'c' => Some(100),
                _ => None,
            })
        })
        .collect();
    let values = values.filter(|v| !v.is_empty() && v.len() <= 12)?;
    let total: i64 = values
        .iter()
        .enumerate()
        .map(|(i, &v)| if values[i + 1..].first().is_some_and(|&next| next > v) { -i64::from(v) } else { i64::from(v) })
        .sum();
    let total = u32::try_from(total).ok().filter(|t| *t > 0)?;
    (to_roman(total) == text.chars().filter_map(latin_letter).collect::<String>().to_lowercase()).then_some(total)
}

/// The lower-case Roman numeral of a value; cut at 64 letters (a value past 60,000).
pub fn to_roman(mut value: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut out = String::new();
    for (step, letters) in STEPS {
        while value >= step && out.len() < 64 {
            out.push_str(letters);
            value -= step;
        }
    }
    out
}

/// The digits of numbers in kanji.
const KANJI: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// The kanji of a digit: 0 → 〇, 5 → 五. Only the last digit of a larger value is taken.
pub fn kanji_of(digit: u32) -> char {
    KANJI[digit as usize % 10]
}

/// A value in kanji with units, as statutes number their articles: 12 → 十二, 120 → 百二十, 12,000 → 一万二千.
pub fn to_kanji(value: u32) -> String {
    if value == 0 {
        return "〇".into();
    }
    let mut out = String::new();
    for (myriad, name) in [(100_000_000, "億"), (10_000, "万")] {
        let count = value / myriad % 10_000;
        if count > 0 {
            out.push_str(&to_kanji(count));
            out.push_str(name);
        }
    }
    let mut rest = value % 10_000;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let count = rest / unit;
        rest %= unit;
        if count > 1 || (count == 1 && unit == 1) {
            out.push(kanji_of(count));
        }
        if count > 0 {
            out.push_str(name);
        }
    }
    out
}

/// A value in full-width Arabic digits.
pub fn to_full_width(value: u32) -> String {
    value.to_string().chars().map(|c| char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap_or(c)).collect()
}

/// A mark such as that of an annex in half-width digits, without what stands around it: 第一 → `1`, （１） → `1`, ２－１ → `2-1`, Ａ → `A`.
pub fn plain_mark(mark: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    let flush = |digits: &mut String, out: &mut String| {
        if let Some(value) = parse_unit_number(digits) {
            out.push_str(&value.to_string());
        }
        digits.clear();
    };
    for character in mark.chars() {
        if digit(character).is_some() || kanji_digit(character).is_some() || "十百千".contains(character) {
            digits.push(character);
            continue;
        }
        flush(&mut digits, &mut out);
        if let Some(value) = enclosed(character) {
            out.push_str(&value.to_string());
        } else if let Some(letter) = latin_letter(character) {
            out.push(letter);
        } else if matches!(character, '-' | '－' | 'ー' | 'の') {
            out.push('-');
        }
    }
    flush(&mut digits, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_in_every_writing() {
        for text in ["12", "１２", "1２", "十二", "一二", "拾弐"] {
            assert_eq!(parse_integer(text), Some(12), "{text}");
        }
        assert_eq!(parse_integer("百二十"), Some(120));
        assert_eq!(parse_integer("一〇一"), Some(101));
        assert_eq!(parse_integer("壱百万"), Some(1_000_000));
        assert_eq!(parse_integer("3千万"), Some(30_000_000));
        assert_eq!(parse_integer("1,234,567"), Some(1_234_567));
        assert_eq!(parse_integer("１億２，０００万"), Some(120_000_000));
        assert_eq!(parse_integer("千三百十四"), Some(1314));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "甲", "12条", "99999999999999999999999"] {
            assert_eq!(parse_integer(text), None, "{text}");
        }
    }

    #[test]
    fn branches_order_and_follow() {
        let n = |main: u32, branches: &[u32]| branches.iter().fold(Number::new(main), |n, &b| n.branch(b));
        assert!(
            n(3, &[]) < n(3, &[2])
                && n(3, &[2]) < n(3, &[2, 2])
                && n(3, &[2, 2]) < n(3, &[3])
                && n(3, &[3]) < n(4, &[])
        );
        for (previous, next) in [
            (n(3, &[]), n(4, &[])),
            (n(3, &[]), n(3, &[2])),
            (n(3, &[2]), n(3, &[3])),
            (n(3, &[2]), n(4, &[])),
            (n(3, &[2]), n(3, &[2, 2])),
            (n(3, &[2, 2]), n(3, &[3])),
            (n(3, &[2, 2]), n(3, &[2, 3])),
        ] {
            assert!(next.follows(previous), "{next} follows {previous}");
        }
        for (previous, next) in [(n(3, &[]), n(5, &[])), (n(3, &[]), n(3, &[4])), (n(3, &[2]), n(4, &[2]))] {
            assert!(!next.follows(previous), "{next} does not follow {previous}");
        }
        assert_eq!(n(3, &[2, 2]).to_string(), "3-2-2");
        assert_eq!(n(3, &[2]).of_unit("条"), "第3条の2");
    }

    #[test]
    fn marks_of_items_have_values() {
        assert_eq!(enclosed('⑳'), Some(20));
        assert_eq!(enclosed('㉑'), Some(21));
        assert_eq!((iroha('ハ'), aiueo('ウ')), (Some(3), Some(3)));
        assert_eq!(roman("iv"), Some(4));
        assert_eq!(roman("ⅳ"), None);
        assert_eq!(roman("ｉｉ"), Some(2));
        assert_eq!(roman("iiii"), None);
        assert_eq!(roman("vx"), None);
    }

    #[test]
    fn values_are_written_back() {
        assert_eq!(to_kanji(12), "十二");
        assert_eq!(to_kanji(110), "百十");
        assert_eq!(to_kanji(2026), "二千二十六");
        assert_eq!(to_full_width(10), "１０");
        assert_eq!(to_roman(19), "xix");
    }
}
