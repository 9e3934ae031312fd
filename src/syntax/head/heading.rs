//! Heads that name what they are: 第3条, 第2章, 第2項, 附則, 別紙, 目次.

use super::super::{DivisionLevel, Head};
use super::enumerator::is_enclosed;
use crate::cursor::{Cursor, is_kanji_numeral, is_unfilled};
use crate::number::Number;

/// `第3条`, `第１２条の２`, `第2.3条`, `第二条から第四条まで` (of deleted articles), `第●条`
pub fn article(cursor: &mut Cursor) -> Option<Head> {
    let number = numbered(cursor)?;
    let unit = cursor.character(|character| matches!(character, '条' | '條'))?;
    if unit == '条' && cursor.rest.starts_with('件') {
        return None;
    }
    let number = cursor.branches(number);
    let until = cursor.attempt(until).flatten();
    Some(Head::Article { number, until })
}

/// The end of a range of deleted articles: `から第四条まで　削除`
fn until(cursor: &mut Cursor) -> Option<Option<Number>> {
    cursor.blanks();
    cursor.any_word(&["から", "～", "〜", "~", "―", "-", "乃至", "ないし", "及び", "、"]).then_some(())?;
    cursor.blanks();
    cursor.word("第").then_some(())?;
    cursor.blanks();
    let number = cursor.numeral()?.value().map(Number::new);
    cursor.blanks();
    cursor.character(|character| matches!(character, '条' | '條'))?;
    let number = cursor.branches(number);
    cursor.word("まで");
    let deleted = cursor.ahead(|cursor| {
        cursor.blanks();
        cursor.any_word(&["削除", "（削除", "(削除", "欠番", "（欠番"]).then_some(())
    });
    deleted.then_some(number)
}

/// `第1章`, `第二節の二`
pub fn division(cursor: &mut Cursor) -> Option<Head> {
    let number = numbered(cursor)?;
    let level = match cursor.character(|character| matches!(character, '編' | '章' | '節' | '款' | '目'))? {
        '編' => DivisionLevel::Part,
        '章' => DivisionLevel::Chapter,
        '節' => DivisionLevel::Section,
        '款' => DivisionLevel::Subsection,
        _ if cursor.rest.starts_with(['的', '次', '標', '録']) => return None,
        _ => DivisionLevel::Division,
    };
    Some(Head::Division { level, number: cursor.branches(number) })
}

/// 第 with a number and blanks; no number where it is not filled in yet: `●`, `○○`, `XX`, `＿`, 〇 alone.
fn numbered(cursor: &mut Cursor) -> Option<Option<Number>> {
    cursor.word("第").then_some(())?;
    cursor.blanks();
    let is_kanji = cursor.peek().is_some_and(is_kanji_numeral);
    let number = match cursor.number() {
        Some(number) => number.filter(|number| number.main() > 0 || !is_kanji),
        None if cursor.characters(is_unfilled).is_empty() => return None,
        None => None,
    };
    cursor.blanks();
    Some(number)
}

/// `第2項`, `2 項.`, `一項`: only where it stands alone or before a mark of its own
pub fn paragraph(cursor: &mut Cursor) -> Option<Head> {
    cursor.word("第");
    cursor.blanks();
    let numeral = cursor.numeral()?;
    cursor.blanks();
    cursor.word("項").then_some(())?;
    let marked = cursor.character(|character| matches!(character, '.' | '．' | ':' | '：')).is_some();
    if !marked && !cursor.at_blank_or_end() && !cursor.at_end_of_bold() {
        return None;
    }
    numeral.value().filter(|&value| value > 0 || numeral.arabic).map(Head::Paragraph)
}

/// `附則`, `付　則`
pub fn supplementary(cursor: &mut Cursor) -> Option<Head> {
    cursor.character(is_around_open);
    cursor.blanks();
    cursor.character(|character| matches!(character, '附' | '付'))?;
    cursor.blanks();
    cursor.word("則").then_some(())?;
    cursor.blanks();
    cursor.character(is_around_close);
    Some(Head::Supplementary)
}

/// Lists of things that are annexes without the word 別紙, alone on a line behind the signatures: 「物　件　目　録」.
pub const CATALOGUES: [&str; 5] = ["物件目録", "不動産目録", "動産目録", "財産目録", "商品目録"];

/// A word whose characters may stand apart.
fn spaced(cursor: &mut Cursor, word: &str) -> Option<()> {
    word.chars()
        .enumerate()
        .all(|(place, wanted)| {
            if place > 0 {
                cursor.blanks();
            }
            cursor.character(|character| character == wanted).is_some()
        })
        .then_some(())
}

/// `別紙1`, `別表第一`, `物件目録`, `様式第1号`, `【別紙】`, `（別紙１）`, `別紙「仕様書」`
pub fn annex(cursor: &mut Cursor) -> Option<Head> {
    const WORDS: [&str; 17] = [
        "別紙",
        "別表",
        "別添資料",
        "別添",
        "別記様式",
        "別記",
        "別図",
        "別冊",
        "付表",
        "附表",
        "添付資料",
        "添付書類",
        "様式",
        "書式",
        "付録",
        "附録",
        "付属書",
    ];
    let number = |cursor: &mut Cursor| {
        cursor.blanks();
        annex_number(cursor)
    };
    cursor.character(is_around_open);
    cursor.blanks();
    let catalogue =
        |cursor: &mut Cursor| CATALOGUES.iter().find_map(|word| cursor.attempt(|cursor| spaced(cursor, word)));
    if cursor.attempt(catalogue).is_some() {
        cursor.blanks();
        cursor.character(is_around_close);
        cursor.blanks();
        return cursor.rest.is_empty().then_some(Head::Annex);
    }
    let named = cursor.any_word(&WORDS) || cursor.word("附属書") || cursor.word("添付") && cursor.ahead(number);
    named.then_some(())?;
    cursor.attempt(number);
    let ends = |character: char| {
        is_around_open(character)
            || is_around_close(character)
            || matches!(character, '「' | '『' | ':' | '：' | '.' | '．' | '、')
    };
    if !cursor.at_blank_or_end() && !cursor.at_end_of_bold() && !cursor.peek().is_some_and(ends) {
        return None;
    }
    cursor.character(is_around_close);
    Some(Head::Annex)
}

/// `1`, `第一号の二`, `1-2`, `（A）`, `①`, `A`
fn annex_number(cursor: &mut Cursor) -> Option<()> {
    let latin = |character: char| matches!(character, 'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ');
    if cursor.word("第") {
        cursor.blanks();
        cursor.numeral()?;
        cursor.attempt(|cursor| {
            cursor.blanks();
            cursor.word("号").then_some(())
        });
        cursor.branches(None);
        return Some(());
    }
    if cursor.numeral().is_some() {
        let part = |cursor: &mut Cursor| {
            cursor.character(|character| matches!(character, '-' | '－' | 'ー' | 'の'))?;
            cursor.numeral().map(|_| ())
        };
        while cursor.attempt(part).is_some() {}
        cursor.word("号");
        return Some(());
    }
    if cursor.character(|character| matches!(character, '(' | '（')).is_some() {
        cursor.blanks();
        if cursor.numeral().is_none() {
            cursor.character(latin)?;
        }
        cursor.blanks();
        return cursor.character(|character| matches!(character, ')' | '）')).map(|_| ());
    }
    if cursor.character(is_enclosed).is_some() {
        return Some(());
    }
    cursor.character(latin)?;
    (!cursor.peek().is_some_and(latin)).then_some(())
}

/// `目次`, `目　次`, `[[toc]]`, `:toc:`
pub fn contents(cursor: &mut Cursor) -> Option<Head> {
    let written = |cursor: &mut Cursor| {
        cursor.character(is_around_open);
        cursor.word("目").then_some(())?;
        cursor.blanks();
        cursor.word("次").then_some(())?;
        cursor.character(is_around_close);
        let ends = cursor.at_blank_or_end() || cursor.at_end_of_bold() || cursor.rest.starts_with([':', '：']);
        ends.then_some(())
    };
    let found = cursor.attempt(written).is_some() || cursor.any_word(&["[[toc]]", "[[_TOC_]]", ":toc:", "[TOC]"]);
    found.then_some(Head::Contents)
}

/// `・`, `●　`, `■ `, a private-use bullet of a symbol font
pub fn dot(cursor: &mut Cursor) -> Option<Head> {
    let mark = cursor.character(|_| true)?;
    let is_dot = match mark {
        '・' | '･' => !cursor.rest.starts_with(mark),
        '\u{F06C}'..='\u{F0FE}' => true,
        mark => is_bullet(mark) && cursor.ahead(|cursor| cursor.blank().then_some(())),
    };
    is_dot.then_some(Head::Bullet(mark))
}

/// A bullet that counts with a blank behind it.
pub fn is_bullet(character: char) -> bool {
    const BULLETS: &str = "●■◆○◎□◇▪•‣◦➢✓✔☑☐▶◼◾–－ー―";
    BULLETS.contains(character)
}

fn is_around_open(character: char) -> bool {
    matches!(character, '【' | '［' | '[' | '〔' | '＜' | '<' | '（' | '(' | '《' | '■' | '◆' | '●')
}

fn is_around_close(character: char) -> bool {
    matches!(character, '】' | '］' | ']' | '〕' | '＞' | '>' | '）' | ')' | '》')
}
