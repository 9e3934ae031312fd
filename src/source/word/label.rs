//! The numbers that Word writes before paragraphs: one value in every number format that Japanese drafts use (ST_NumberFormat,
//! ISO/IEC 29500-1 §17.18.59), and the symbols that stand before entries without a number.

use crate::number::{self, kanji_of};

/// The longest label in characters. Word refuses longer ones (MS-OI29500 2.1.283); letters and Roman numerals repeat without bound.
pub const MAX_LENGTH: usize = 31;

/// A number format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// 1, 10, 21, 101
    Decimal,
    /// 01, 10, 21, 101
    DecimalZero,
    /// Decimal with zeros before it, at least so many digits: 001, 010 (`w14`, format `001, 002, 003, ...`).
    Padded(u8),
    /// １, １０, ２１, １０１
    DecimalFullWidth,
    /// ①, ⑩, then 21
    EnclosedCircle,
    /// ⑴, ⑽, then 21
    EnclosedParen,
    /// ⒈, ⒑, then 21
    EnclosedFullstop,
    /// - 1 -
    InDash,
    /// 一, 一〇, 二一, 一〇一
    KanjiDigits,
    /// 一, 十, 二十一, 百一
    JapaneseCounting,
    /// 壱, 壱拾, 弐拾壱, 壱百壱
    JapaneseLegal,
    /// 一, 十, 二十一, 一〇一: digit by digit from 100 on, with this zero.
    ChineseCounting(char),
    /// 一, 一十, 二十一, 一百零一, with this character for ten thousand. LibreOffice saves 一, 十 as this format.
    ChineseThousand(char),
    /// ア, コ, ナ, アア: 48 characters, ヰ and ヱ among them, then doubled.
    Aiueo,
    /// ｱ, ｺ, ﾅ, ｱｱ: 46 characters, then doubled.
    AiueoHalfWidth,
    /// イ, ヌ, ナ, イイ: 48 characters, then doubled.
    Iroha,
    /// ｲ, ﾇ, ﾅ, ｲｲ
    IrohaHalfWidth,
    /// a, j, u; 27 is aa and 28 is bb.
    LowerLetter,
    /// A, J, U
    UpperLetter,
    /// i, x, xxi
    LowerRoman,
    /// I, X, XXI
    UpperRoman,
    /// 甲, 乙 … 癸, then 11
    Stems,
    /// 子, 丑 … 亥, then 13
    Branches,
    /// 1, A, 15
    Hexadecimal,
    /// A symbol: the text of the level as it stands.
    Bullet,
    /// Nothing.
    None,
}

impl Format {
    /// The format of a name, and of the pattern that `custom` brings with it. `None` for formats of other languages.
    pub fn named(name: &str, pattern: Option<&str>) -> Option<Format> {
        Some(match name {
            "decimal" | "decimalHalfWidth" => Format::Decimal,
            "decimalZero" => Format::DecimalZero,
            "decimalFullWidth" | "decimalFullWidth2" => Format::DecimalFullWidth,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Format::EnclosedCircle,
            "decimalEnclosedParen" => Format::EnclosedParen,
            "decimalEnclosedFullstop" => Format::EnclosedFullstop,
            "numberInDash" => Format::InDash,
            "ideographDigital" | "japaneseDigitalTenThousand" => Format::KanjiDigits,
            "japaneseCounting" => Format::JapaneseCounting,
            "japaneseLegal" => Format::JapaneseLegal,
            "chineseCounting" => Format::ChineseCounting('〇'),
            "taiwaneseCounting" => Format::ChineseCounting('○'),
            "chineseCountingThousand" => Format::ChineseThousand('万'),
            "taiwaneseCountingThousand" => Format::ChineseThousand('萬'),
            "aiueoFullWidth" => Format::Aiueo,
            "aiueo" => Format::AiueoHalfWidth,
            "irohaFullWidth" => Format::Iroha,
            "iroha" => Format::IrohaHalfWidth,
            "lowerLetter" => Format::LowerLetter,
            "upperLetter" => Format::UpperLetter,
            "lowerRoman" => Format::LowerRoman,
            "upperRoman" => Format::UpperRoman,
            "ideographTraditional" => Format::Stems,
            "ideographZodiac" => Format::Branches,
            "hex" => Format::Hexadecimal,
            "bullet" => Format::Bullet,
            "none" => Format::None,
            "custom" => Format::Padded(padding(pattern?)?),
            _ => return None,
        })
    }

    /// Whether the format numbers at all.
    pub fn counts(self) -> bool {
        !matches!(self, Format::Bullet | Format::None)
    }

    /// A value in this format. Empty for values that the format has no sign for (0 in letters), never much longer than
    /// [`MAX_LENGTH`] characters.
    pub fn write(self, value: u32) -> String {
        let decimal = || value.to_string();
        let enclosed = |first: char| match value {
            1..=20 => char::from_u32(first as u32 + value - 1).map_or_else(decimal, String::from),
            _ => decimal(),
        };
        match self {
            Format::Decimal => decimal(),
            Format::DecimalZero => format!("{value:02}"),
            Format::Padded(digits) => format!("{value:0width$}", width = usize::from(digits)),
            Format::DecimalFullWidth => number::to_full_width(value),
            Format::EnclosedCircle => enclosed('①'),
            Format::EnclosedParen => enclosed('⑴'),
            Format::EnclosedFullstop => enclosed('⒈'),
            Format::InDash => format!("- {value} -"),
            Format::KanjiDigits => digits(value, '〇'),
            Format::JapaneseCounting => number::to_kanji(value),
            Format::JapaneseLegal => legal(value),
            Format::ChineseCounting(_) if value < 100 => number::to_kanji(value),
            Format::ChineseCounting(zero) => digits(value, zero),
            Format::ChineseThousand(myriad) => thousand(value, myriad),
            Format::Aiueo => repeated(value, 48, |place| match place {
                1..=44 => number::aiueo_at(place),
                45 => Some('ヰ'),
                46 => Some('ヱ'),
                _ => number::aiueo_at(place - 2),
            }),
            Format::AiueoHalfWidth => repeated(value, 46, |place| number::aiueo_at(place).map(number::narrow_katakana)),
            Format::Iroha => repeated(value, 48, number::iroha_at),
            Format::IrohaHalfWidth => repeated(value, 48, |place| number::iroha_at(place).map(number::narrow_katakana)),
            Format::LowerLetter => repeated(value, 26, |place| char::from_u32('a' as u32 + place - 1)),
            Format::UpperLetter => repeated(value, 26, |place| char::from_u32('A' as u32 + place - 1)),
            Format::LowerRoman => number::to_roman(value),
            Format::UpperRoman => number::to_roman(value).to_ascii_uppercase(),
            Format::Stems => of_set(value, "甲乙丙丁戊己庚辛壬癸"),
            Format::Branches => of_set(value, "子丑寅卯辰巳午未申酉戌亥"),
            Format::Hexadecimal => format!("{value:X}"),
            Format::Bullet | Format::None => String::new(),
        }
    }
}

/// How many digits the pattern `001, 002, 003, ...` asks for.
fn padding(pattern: &str) -> Option<u8> {
    let first = pattern.split(',').next()?.trim();
    let padded = first.len() >= 2
        && first.len() <= 9
        && first.ends_with('1')
        && first[..first.len() - 1].bytes().all(|b| b == b'0');
    padded.then_some(first.len() as u8)
}

/// A value digit by digit.
fn digits(value: u32, zero: char) -> String {
    let digit = |byte: u8| if byte == b'0' { zero } else { kanji_of(u32::from(byte - b'0')) };
    value.to_string().bytes().map(digit).collect()
}

/// One character of a set, repeated once more each time the set is used up.
fn repeated(value: u32, size: u32, at: impl Fn(u32) -> Option<char>) -> String {
    let Some(before) = value.checked_sub(1) else { return String::new() };
    let count = (before / size) as usize + 1;
    at(before % size + 1).map_or_else(String::new, |character| character.to_string().repeat(count.min(MAX_LENGTH + 1)))
}

/// One character of a set, and decimals behind its end.
fn of_set(value: u32, set: &str) -> String {
    let character = value.checked_sub(1).and_then(|place| set.chars().nth(place as usize));
    character.map_or_else(|| value.to_string(), String::from)
}

/// 大字 as Word writes them: every unit with its digit, 四 六 七 八 九 as they are, 阡 and 萬.
fn legal(value: u32) -> String {
    const DIGITS: [char; 10] = ['〇', '壱', '弐', '参', '四', '伍', '六', '七', '八', '九'];
    if value == 0 {
        return "〇".into();
    }
    let mut out = String::new();
    for (myriad, name) in [(100_000_000, "億"), (10_000, "萬"), (1, "")] {
        let group = value / myriad % 10_000;
        for (unit, unit_name) in [(1000, "阡"), (100, "百"), (10, "拾"), (1, "")] {
            let digit = group / unit % 10;
            if digit > 0 {
                out.push(DIGITS[digit as usize]);
                out.push_str(unit_name);
            }
        }
        if group > 0 {
            out.push_str(name);
        }
    }
    out
}

/// The Chinese way to count: every unit with its digit (from 20 to 99 as everywhere), 零 in place of units that are left out.
fn thousand(value: u32, myriad: char) -> String {
    if value == 0 {
        return "零".into();
    }
    let mut out = String::new();
    let mut gap = false;
    for (power, name) in [(100_000_000, Some('億')), (10_000, Some(myriad)), (1, None)] {
        let group = value / power % 10_000;
        for (unit, unit_name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = group / unit % 10;
            if digit == 0 {
                gap = !out.is_empty();
                continue;
            }
            if std::mem::take(&mut gap) {
                out.push('零');
            }
            out.push(kanji_of(digit));
            out.push_str(unit_name);
        }
        out.extend(name.filter(|_| group > 0));
    }
    out
}

/// What a person sees for a character of a symbol font, as the private-use characters U+F020 to U+F0FF stand for it (Wingdings, and
/// Symbol where Wingdings has nothing that is used as a bullet). Characters that no draft uses stay as they are.
pub fn symbol(character: char) -> char {
    match character {
        '\u{F06C}' => '●',
        '\u{F06D}' => '❍',
        '\u{F06E}' => '■',
        '\u{F06F}' | '\u{F0A3}' => '□',
        '\u{F0A8}' => '◻',
        '\u{F071}' | '\u{F072}' => '❑',
        '\u{F074}' | '\u{F075}' => '◆',
        '\u{F076}' => '❖',
        '\u{F09F}' | '\u{F0B7}' => '•',
        '\u{F0A1}' | '\u{F0A2}' => '○',
        '\u{F0A4}' => '◉',
        '\u{F0A5}' => '◎',
        '\u{F0A7}' => '▪',
        '\u{F0D8}' => '➢',
        '\u{F0E0}' => '→',
        '\u{F0E8}' => '➔',
        '\u{F0FB}' => '✗',
        '\u{F0FC}' => '✓',
        '\u{F0FD}' => '☒',
        '\u{F0FE}' => '☑',
        other => other,
    }
}

/// Whether a font is one of symbols, in which letters stand for something else.
pub fn is_symbol_font(name: &str) -> bool {
    ["Wingdings", "Symbol", "Webdings"].iter().any(|font| name.starts_with(font))
}

/// A character of a symbol font as the private-use character that stands for it.
pub fn private_use(character: char) -> char {
    match character {
        '\u{20}'..='\u{FF}' => char::from_u32(0xF000 + character as u32).unwrap_or(character),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_of_the_table() {
        let rows: &[(&str, [&str; 4])] = &[
            ("decimal", ["1", "10", "21", "101"]),
            ("decimalHalfWidth", ["1", "10", "21", "101"]),
            ("decimalZero", ["01", "10", "21", "101"]),
            ("decimalFullWidth", ["１", "１０", "２１", "１０１"]),
            ("decimalFullWidth2", ["１", "１０", "２１", "１０１"]),
            ("decimalEnclosedCircle", ["①", "⑩", "21", "101"]),
            ("decimalEnclosedParen", ["⑴", "⑽", "21", "101"]),
            ("decimalEnclosedFullstop", ["⒈", "⒑", "21", "101"]),
            ("numberInDash", ["- 1 -", "- 10 -", "- 21 -", "- 101 -"]),
            ("ideographDigital", ["一", "一〇", "二一", "一〇一"]),
            ("japaneseDigitalTenThousand", ["一", "一〇", "二一", "一〇一"]),
            ("japaneseCounting", ["一", "十", "二十一", "百一"]),
            ("japaneseLegal", ["壱", "壱拾", "弐拾壱", "壱百壱"]),
            ("chineseCounting", ["一", "十", "二十一", "一〇一"]),
            ("taiwaneseCounting", ["一", "十", "二十一", "一○一"]),
            ("chineseCountingThousand", ["一", "一十", "二十一", "一百零一"]),
            ("taiwaneseCountingThousand", ["一", "一十", "二十一", "一百零一"]),
            ("aiueoFullWidth", ["ア", "コ", "ナ", "オオオ"]),
            ("aiueo", ["ｱ", "ｺ", "ﾅ", "ｹｹｹ"]),
            ("irohaFullWidth", ["イ", "ヌ", "ナ", "ホホホ"]),
            ("iroha", ["ｲ", "ﾇ", "ﾅ", "ﾎﾎﾎ"]),
            ("lowerLetter", ["a", "j", "u", "wwww"]),
            ("upperLetter", ["A", "J", "U", "WWWW"]),
            ("lowerRoman", ["i", "x", "xxi", "ci"]),
            ("upperRoman", ["I", "X", "XXI", "CI"]),
            ("ideographTraditional", ["甲", "癸", "21", "101"]),
            ("ideographZodiac", ["子", "酉", "21", "101"]),
            ("hex", ["1", "A", "15", "65"]),
            ("bullet", ["", "", "", ""]),
            ("none", ["", "", "", ""]),
        ];
        for (name, expected) in rows {
            let format = Format::named(name, None).unwrap();
            assert_eq!([1, 10, 21, 101].map(|value| format.write(value)), *expected, "{name}");
        }
    }

    #[test]
    fn sets_end_where_word_ends_them() {
        let write = |name: &str, value: u32| Format::named(name, None).unwrap().write(value);
        assert_eq!([19, 20, 21].map(|v| write("decimalEnclosedCircle", v)), ["⑲", "⑳", "21"]);
        assert_eq!(
            [44, 45, 46, 47, 48, 49].map(|v| write("aiueoFullWidth", v)),
            ["ワ", "ヰ", "ヱ", "ヲ", "ン", "アア"]
        );
        assert_eq!([44, 45, 46, 47].map(|v| write("aiueo", v)), ["ﾜ", "ｦ", "ﾝ", "ｱｱ"]);
        assert_eq!([47, 48, 49].map(|v| write("irohaFullWidth", v)), ["ス", "ン", "イイ"]);
        assert_eq!([26, 27, 28, 53].map(|v| write("lowerLetter", v)), ["z", "aa", "bb", "aaa"]);
        assert_eq!([10_000, 12_345].map(|v| write("japaneseCounting", v)), ["一万", "一万二千三百四十五"]);
        assert_eq!([1_000, 10_000].map(|v| write("japaneseLegal", v)), ["壱阡", "壱萬"]);
        assert_eq!(
            [110, 1_001, 1_010].map(|v| write("chineseCountingThousand", v)),
            ["一百一十", "一千零一", "一千零一十"]
        );
        assert_eq!([1_900, 2_026].map(|v| write("lowerRoman", v)), ["mcm", "mmxxvi"]);
    }

    #[test]
    fn nothing_is_written_without_bound() {
        for name in ["lowerLetter", "aiueo", "irohaFullWidth", "upperRoman", "japaneseCounting", "japaneseLegal", "hex"]
        {
            let written = Format::named(name, None).unwrap().write(i32::MAX as u32);
            assert!(written.chars().count() <= 64, "{name}: {written}");
        }
        assert_eq!(Format::LowerLetter.write(0), "");
    }

    #[test]
    fn custom_formats_pad_with_zeros() {
        assert_eq!(Format::named("custom", Some("001, 002, 003, ...")).unwrap().write(7), "007");
        assert_eq!(Format::named("custom", Some("00001, 00002, ...")).unwrap().write(123), "00123");
        assert_eq!(Format::named("custom", Some("α, β")), None);
        assert_eq!(Format::named("thaiLetters", None), None);
    }

    #[test]
    fn bullets_are_what_a_person_sees() {
        let seen: String = "\u{F06C}\u{F06E}\u{F0D8}\u{F0B7}\u{F0A3}\u{F0FE}\u{F030}".chars().map(symbol).collect();
        assert_eq!(seen, "●■➢•□☑\u{F030}");
        assert_eq!(symbol(private_use('l')), '●');
    }
}
