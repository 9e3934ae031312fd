//! What words look like: which characters make up a noun, and where a name stands inside of another word.

use crate::text::ends_with_any;

/// Whether a character can stand in a compound noun: kanji, katakana, Latin letters and digits.
pub fn is_noun(character: char) -> bool {
    is_kanji(character) || is_katakana(character) || character.is_ascii_alphanumeric() || character == '&'
}

/// Whether it is a kanji.
pub fn is_kanji(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '々' | '〆' | 'ヶ' | '\u{20000}'..='\u{2FFFF}')
}

/// Whether it is a katakana, or the dot or dash inside of katakana words.
pub fn is_katakana(character: char) -> bool {
    matches!(character, 'ァ'..='ヺ' | 'ー' | '・')
}

/// Whether it is a hiragana.
pub fn is_hiragana(character: char) -> bool {
    matches!(character, 'ぁ'..='ん')
}

/// Kanji that stand before a name without becoming a part of it: 当該秘密情報, 各本契約, 前記, 第1項秘密情報.
const BEFORE: &str = "該各全両同又及並若記項条号毎旧間対等は";

/// Kanji that make another word of a following 本: 日本, 基本契約, 資本.
const BEFORE_HON: &str = "日基資見謄抄根脚手台標製絵原写正副底拠熊松山岡橋坂杉宮一二三四五六七八九十数何";

/// What makes another word of a name it follows: nouns all.
const BEHIND: [(&str, &str); 18] = [
    ("契約", "書"),
    ("規約", "書"),
    ("合意", "書"),
    ("協定", "書"),
    ("誓約", "書"),
    ("注文", "書"),
    ("請", "書"),
    ("会社", "法"),
    ("会社", "更生"),
    ("会社", "分割"),
    ("会社", "員"),
    ("甲", "種"),
    ("乙", "種"),
    ("丙", "種"),
    ("丁", "目"),
    ("丁", "寧"),
    ("規則", "的"),
    ("規則", "性"),
];

/// Ends of the names of laws and authorities, in which a name is no use of the term: 個人情報保護法, 個人情報保護委員会.
const LAWS: [&str; 7] = ["法", "法律", "法令", "委員会", "省令", "政令", "労働組合法"];
/// Words with such an end that name no law.
const NO_LAWS: [&str; 8] = ["方法", "手法", "用法", "作法", "文法", "寸法", "違法", "適法"];

/// Whether a name that stands at `start..end` of a text is a word of its own there. `after_term` says that another term ends at `start`.
pub fn stands_alone(text: &str, start: usize, end: usize, after_term: bool) -> bool {
    let name = &text[start..end];
    let (Some(first), Some(last)) = (name.chars().next(), name.chars().next_back()) else { return false };
    let before = text[..start].chars().next_back();
    let behind = &text[end..];
    if let Some(before) = before.filter(|_| !after_term) {
        let joins = match first {
            '本' => BEFORE_HON.contains(before) || before.is_ascii_digit(),
            '当' | '対' | '御' => "担相正該妥充本適配割応反絶敵".contains(before),
            _ if is_kanji(first) => is_kanji(before) && !BEFORE.contains(before),
            _ if is_katakana(first) => is_katakana(before),
            _ if first.is_ascii_alphanumeric() => before.is_ascii_alphanumeric(),
            _ => false,
        };
        if joins {
            return false;
        }
    }
    let Some(next) = behind.chars().next() else { return true };
    if !is_noun(next) {
        return true;
    }
    if is_katakana(last) && is_katakana(next) && next != '・'
        || last.is_ascii_alphanumeric() && next.is_ascii_alphanumeric()
        || BEHIND.iter().any(|(end, suffix)| behind.starts_with(suffix) && name.ends_with(end))
    {
        return false;
    }
    // 「法人」 is no use of 法, 「私有」 none of 私.
    if name.chars().count() == 1 && !"甲乙丙丁戊己".contains(first) {
        return "第上附施".contains(next);
    }
    let run: usize = behind.chars().take(20).take_while(|c| is_noun(*c)).map(char::len_utf8).sum();
    let compound = &behind[..run];
    let law = ends_with_any(compound, &LAWS) && !ends_with_any(compound, &NO_LAWS);
    !law
}

/// Surnames that begin with 本.
const SURNAMES: [&str; 22] = [
    "本田", "本間", "本多", "本山", "本庄", "本村", "本郷", "本橋", "本城", "本木", "本谷", "本川", "本宮", "本吉",
    "本杉", "本島", "本居", "本林", "本野", "本松", "本岡", "本荘",
];

/// Whether a word is the name of a person: 「本田京子」, a surname with at most three kanji behind it.
pub fn is_person(word: &str) -> bool {
    let given = SURNAMES.iter().find_map(|surname| word.strip_prefix(surname));
    given.is_some_and(|given| given.chars().count() <= 3 && given.chars().all(is_kanji))
}

/// Whether a word stands in the quoted title of a document: 業務委託 in 「「コールセンター業務委託契約書」（以下「原契約」という。）」.
pub fn in_quoted_title(text: &str, start: usize, end: usize) -> bool {
    const LONGEST: usize = 40;
    const DOCUMENTS: [&str; 9] = ["契約", "契約書", "覚書", "協定", "協定書", "約款", "規約", "規程", "仕様書"];
    let stops = |c: &char| matches!(c, '「' | '」' | '。' | '\n');
    let opened = text[..start].chars().rev().take(LONGEST).find(stops) == Some('「');
    let behind = &text[end..];
    let close = behind.char_indices().take(LONGEST).find(|(_, c)| stops(c)).filter(|(_, c)| *c == '」');
    opened && close.is_some_and(|(at, _)| ends_with_any(&text[start..end + at], &DOCUMENTS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_and_quoted_titles_are_told_from_terms() {
        assert!(["本田京子", "本間守", "本橋誠"].into_iter().all(is_person));
        assert!(!["本業務", "本山林管理業務", "本田ノウハウ"].into_iter().any(is_person));
        let titled = |text: &str| {
            let at = text.find("業務委託").unwrap();
            in_quoted_title(text, at, at + "業務委託".len())
        };
        assert!(titled("「受付業務委託契約書」（以下「原契約」という。）"));
        assert!(!titled("業務委託契約書（以下「原契約」という。）") && !titled("「業務委託」の内容"));
    }

    #[test]
    fn a_name_inside_of_another_word_is_no_use() {
        let alone = |text: &str, name: &str| {
            let at = text.find(name).unwrap();
            stands_alone(text, at, at + name.len(), false)
        };
        for (text, name) in [
            ("本契約に定める", "本契約"),
            ("当該秘密情報を", "秘密情報"),
            ("本業務終了後", "本業務"),
            ("利用者データ", "利用者"),
            ("甲は、", "甲"),
            ("本サービス利用方法", "本サービス"),
        ] {
            assert!(alone(text, name), "{text}");
        }
        for (text, name) in [
            ("本契約書2通", "本契約"),
            ("基本契約に", "本契約"),
            ("株式会社", "会社"),
            ("就業規則", "規則"),
            ("個人情報保護法", "個人情報"),
            ("ユーザーは", "ユーザ"),
            ("事業利用者は", "利用者"),
            ("方法により", "法"),
        ] {
            assert!(!alone(text, name), "{text}");
        }
    }
}
