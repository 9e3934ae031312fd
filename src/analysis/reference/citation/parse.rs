//! A citation as it is written in the comparison text (half-width digits, full-width brackets, no blanks inside): 「第3条の2第1項第2号イただし書」,
//! 「前条第2項」, 「前各号」, 「別紙1」, 「第2章」. Read only where a scan found that one may begin.

use super::{Annex, Article, Citation, Division, Item, Paragraph, Part, Scope, Which};
use crate::contract::UnitKind;
use crate::cursor::{Cursor, is_unfilled};
use crate::number::{self, Number};
use crate::text::{leading_word, starts_with_any};

/// The citation at the beginning of a text, and its length in bytes.
pub fn parse(text: &str) -> Option<(Citation, usize)> {
    let mut cursor = Cursor::new(text);
    let in_scope = cursor.attempt(|cursor| {
        let scope = cursor.attempt(scope);
        levels(cursor, Citation { scope, ..Citation::default() })
    });
    let citation = match in_scope {
        Some(citation) => {
            let written = &text[..cursor.passed(text)];
            Citation { abbreviated: is_abbreviated(&citation, written), ..citation }
        }
        None => {
            let alone =
                cursor.attempt(scope).or_else(|| cursor.attempt(annex).map(|annex| Scope::Annex(Box::new(annex))));
            let scope = alone.or_else(|| cursor.attempt(divisions).map(Scope::Divisions))?;
            Citation { scope: Some(scope), ..Citation::default() }
        }
    };
    Some((citation, cursor.passed(text)))
}

/// 条, 項 and 号 with the part of the provision: at least one level.
fn levels(cursor: &mut Cursor, mut citation: Citation) -> Option<Citation> {
    let article = cursor.attempt(article);
    let paragraph = cursor.attempt(paragraph);
    let item = cursor.attempt(item);
    if article.is_none() && paragraph.is_none() && item.is_none() {
        return None;
    }
    if item.is_some() {
        while let Some(subitem) = cursor.attempt(subitem) {
            citation.subitems.extend(subitem);
        }
    } else if paragraph.is_some() && cursor.peek().is_some_and(is_kana) {
        // 「前項イ」, where イ stands directly below the 項.
        citation.subitems.extend(cursor.attempt(subitem).flatten());
    }
    (citation.article, citation.paragraph, citation.item) = (article.flatten(), paragraph.flatten(), item.flatten());
    citation.part = part(cursor);
    Some(citation)
}

/// 「3条2項」 and 「第3条2項」 leave out the 第 of a level.
fn is_abbreviated(citation: &Citation, written: &str) -> bool {
    let numbered = [
        matches!(citation.article, Some(Article::Number(_))),
        matches!(citation.paragraph, Some(Paragraph::Number(_))),
        matches!(citation.item, Some(Item::Number(_))),
    ];
    let levels = numbered.iter().filter(|n| **n).count();
    levels > written.matches('第').count() && !written.contains(['（', 'i', 'v', 'x', '①'])
}

/// `附則`, `別紙1`, `第2章` before an article of their own
fn scope(cursor: &mut Cursor) -> Option<Scope> {
    match cursor.peek()? {
        '附' | '付' => {
            cursor.any_word(&["附則", "付則"]).then_some(())?;
            (!cursor.rest.starts_with(['等', 'を'])).then_some(Scope::Supplementary)
        }
        '第' | '前' | '次' | '同' | '本' => {
            let divisions = divisions(cursor)?;
            cursor.ahead(article).then_some(Scope::Divisions(divisions))
        }
        _ => {
            let annex = annex(cursor)?;
            (cursor.ahead(article) || cursor.ahead(paragraph)).then(|| Scope::Annex(Box::new(annex)))
        }
    }
}

// ---- 条 ---------------------------------------------------------------------------------------------------------

/// `第3条の2`, `第2.3条`, `3条`, `2.1項`, `第●条`, `前二条`, `本条`; `None` inside where the number is too large.
fn article(cursor: &mut Cursor) -> Option<Option<Article>> {
    if let Some(number) = cursor.attempt(article_number) {
        return Some(number.map(Article::Number));
    }
    let unfilled = |cursor: &mut Cursor| {
        cursor.word("第").then_some(())?;
        let marks = cursor.characters(is_unfilled);
        (!marks.is_empty() && cursor.word("条")).then_some(Article::Unfilled)
    };
    if let Some(number) = cursor.attempt(outline_number) {
        return Some(number.map(Article::Outline));
    }
    cursor.attempt(unfilled).or_else(|| relative_article(cursor)).map(Some)
}

/// `2.1項`, `第1.2.3項`
fn outline_number(cursor: &mut Cursor) -> Option<Option<Number>> {
    cursor.word("第");
    let number = cursor.number()?;
    let in_parts = number.is_none_or(Number::is_in_parts);
    (in_parts && is_paragraph(cursor)).then_some(number)
}

fn article_number(cursor: &mut Cursor) -> Option<Option<Number>> {
    cursor.word("第");
    let number = cursor.number()?;
    cursor.word("条").then_some(())?;
    if cursor.rest.starts_with('件') {
        return None;
    }
    Some(branches(cursor, number, |cursor| cursor.rest.starts_with('第')))
}

/// The branches of a number: 「の2」, only where the number ends behind it; `None` where one is too large.
fn branches(cursor: &mut Cursor, mut number: Option<Number>, ends: impl Fn(&Cursor) -> bool) -> Option<Number> {
    let branch = |cursor: &mut Cursor| {
        cursor.word("の").then_some(())?;
        let branch = cursor.numeral()?.value();
        (ends(cursor) || ends_number(cursor)).then_some(branch)
    };
    while let Some(branch) = cursor.attempt(branch) {
        number = number.zip(branch).map(|(number, branch)| number.branch(branch));
    }
    number
}

fn relative_article(cursor: &mut Cursor) -> Option<Article> {
    let (article, is_word) = match cursor.character(|c| matches!(c, '前' | '次' | '同' | '本'))? {
        '前' if cursor.word("各") => (Article::PreviousEach, true),
        '前' if cursor.any_word(&["々", "前"]) => (Article::BeforePrevious, true),
        '前' => (Article::Previous(how_many(cursor)), false),
        '次' => (Article::Next, false),
        '同' => (Article::Same, false),
        _ => (Article::This, false),
    };
    cursor.word("条").then_some(())?;
    // 前条件, 本条文, 同条約 are other words.
    (is_word || !cursor.rest.starts_with(['件', '文', '約', '例', '理'])).then_some(article)
}

/// How many units 前二項 looks back; 1 for 前項, of 前1〜2項 the last.
fn how_many(cursor: &mut Cursor) -> u32 {
    let range = |cursor: &mut Cursor| {
        let first = cursor.numeral()?;
        let last = cursor.attempt(|cursor| {
            cursor.word("〜").then_some(())?;
            cursor.numeral().map(|last| last.value())
        });
        last.unwrap_or(first.value())
    };
    range(cursor).unwrap_or(1).max(1)
}

// ---- 項 ---------------------------------------------------------------------------------------------------------

/// `第2項`, `2項`, `ii項`, `前項`, `各項`; `None` inside where the number is too large.
fn paragraph(cursor: &mut Cursor) -> Option<Option<Paragraph>> {
    let number = |cursor: &mut Cursor| {
        let arabic = |cursor: &mut Cursor| {
            cursor.word("第");
            cursor.numeral().map(|number| number.value())
        };
        let roman = |cursor: &mut Cursor| {
            let written = cursor.characters(|c| matches!(c, 'i' | 'v' | 'x'));
            (1..=5).contains(&written.len()).then(|| number::roman(written))
        };
        let number = cursor.attempt(arabic).or_else(|| roman(cursor))?;
        is_paragraph(cursor).then_some(number.map(Paragraph::Number))
    };
    let relative = |cursor: &mut Cursor| {
        let paragraph = match cursor.character(|c| matches!(c, '前' | '次' | '同' | '本' | '各'))? {
            '前' if cursor.word("各") => Paragraph::PreviousEach,
            '前' => Paragraph::Previous(how_many(cursor)),
            '次' => Paragraph::Next,
            '同' => Paragraph::Same,
            '本' => Paragraph::This,
            _ => Paragraph::Each,
        };
        is_paragraph(cursor).then_some(Some(paragraph))
    };
    cursor.attempt(number).or_else(|| relative(cursor))
}

/// Passes 項; 項目 is another word.
fn is_paragraph(cursor: &mut Cursor) -> bool {
    cursor.word("項") && !cursor.rest.starts_with('目')
}

// ---- 号 ---------------------------------------------------------------------------------------------------------

/// `第1号の2`, `（1）`, `①`, `前各号`, `次の各号`, `次に掲げる`; `None` inside where the number is too large.
fn item(cursor: &mut Cursor) -> Option<Option<Item>> {
    cursor.attempt(item_number).map(|number| number.map(Item::Number)).or_else(|| relative_item(cursor).map(Some))
}

fn item_number(cursor: &mut Cursor) -> Option<Option<Number>> {
    match cursor.peek()? {
        '（' => {
            cursor.word("（");
            let numeral = cursor.numeral().filter(|numeral| numeral.arabic)?;
            cursor.word("）").then_some(())?;
            cursor.word("号");
            Some(numeral.value().map(Number::new))
        }
        circled @ '①'..='⑳' => {
            cursor.character(|_| true);
            Some(number::enclosed(circled).map(Number::new))
        }
        _ => {
            cursor.word("第");
            let number = cursor.numeral()?.value().map(Number::new);
            cursor.word("号").then_some(())?;
            Some(branches(cursor, number, |_| false))
        }
    }
}

fn relative_item(cursor: &mut Cursor) -> Option<Item> {
    if !"前次同本以下左つ当各".contains(cursor.peek()?) {
        return None;
    }
    let relative = |cursor: &mut Cursor| {
        let item = match cursor.character(|c| matches!(c, '前' | '次' | '同' | '本'))? {
            '前' if cursor.word("各") => Item::PreviousEach,
            '前' => Item::Previous(how_many(cursor)),
            '次' => Item::Next,
            '同' => Item::Same,
            _ => Item::This,
        };
        cursor.word("号").then_some(item)
    };
    let following = |cursor: &mut Cursor| {
        cursor.any_word(&["次の", "以下の", "以下", "下記の", "下記", "左の", "つぎの"]).then_some(())?;
        cursor.word("各号").then_some(Item::Following)
    };
    let each = |cursor: &mut Cursor| {
        cursor.word("当該");
        cursor.word("各号").then_some(Item::Each)
    };
    let listed =
        |cursor: &mut Cursor| cursor.any_word(&["次に掲げる", "次に定める", "以下に掲げる"]).then_some(Item::Following);
    cursor
        .attempt(relative)
        .or_else(|| cursor.attempt(following))
        .or_else(|| cursor.attempt(each))
        .or_else(|| cursor.attempt(listed))
}

fn is_kana(character: char) -> bool {
    matches!(character, 'ア'..='ン')
}

/// `イ`, `（ア）`, `（1）`, `a` below a 号: the value, and in another reading.
fn subitem(cursor: &mut Cursor) -> Option<Option<(u32, Option<u32>)>> {
    let kana_value = |kana: char| number::iroha(kana).map(|n| (n, number::aiueo(kana)));
    let letter_value = |letter: char| {
        let roman = number::roman(letter.encode_utf8(&mut [0; 4]));
        Some((letter as u32 - 'a' as u32 + 1, roman))
    };
    match cursor.character(|c| c == '（' || is_kana(c) || c.is_ascii_lowercase())? {
        '（' => {
            let value = match cursor.character(|c| is_kana(c) || c.is_ascii_lowercase()) {
                Some(kana) if is_kana(kana) => kana_value(kana),
                Some(letter) => letter_value(letter),
                None => cursor.numeral().filter(|numeral| numeral.arabic)?.value().map(|n| (n, None)),
            };
            cursor.word("）").then_some(value)
        }
        kana if is_kana(kana) => {
            let behind = ["（", "からヲ", "及び", "又は"];
            let ends = starts_with_any(cursor.rest, &behind) || ends_number(cursor);
            ends.then(|| kana_value(kana))
        }
        letter => ends_number(cursor).then(|| letter_value(letter)),
    }
}

// ---- words ------------------------------------------------------------------------------------------------------

/// `ただし書`, `前段`, `柱書`
fn part(cursor: &mut Cursor) -> Option<Part> {
    const PARTS: [(&str, Part); 12] = [
        ("ただし書き", Part::Proviso),
        ("ただし書", Part::Proviso),
        ("但し書き", Part::Proviso),
        ("但し書", Part::Proviso),
        ("但書", Part::Proviso),
        ("本文", Part::Main),
        ("前段", Part::First),
        ("後段", Part::Second),
        ("中段", Part::Middle),
        ("柱書き", Part::Lead),
        ("柱書", Part::Lead),
        ("各号列記以外の部分", Part::Lead),
    ];
    if !"た但本前後中柱各".contains(cursor.peek()?) {
        return None;
    }
    PARTS.iter().find(|(word, _)| cursor.word(word)).map(|(_, part)| *part)
}

/// Whether what stands here can stand behind the number of a unit.
fn ends_number(cursor: &Cursor) -> bool {
    const WORDS: [&str; 10] = ["本文", "前段", "後段", "各号", "所定", "規定", "該当", "違反", "記載", "関係）"];
    const CHARACTERS: &str = "\nのにをはがでとも、。（）」』・〜及又並若おまなかた但柱中以乃等～-";
    match cursor.peek() {
        None => true,
        Some(next) => CHARACTERS.contains(next) || leading_word(cursor.rest, &WORDS).is_some(),
    }
}

// ---- 章・節 -------------------------------------------------------------------------------------------------------

/// `第2章第1節`, `前章`
fn divisions(cursor: &mut Cursor) -> Option<Vec<Division>> {
    let mut divisions = Vec::new();
    let mut any = false;
    while let Some(division) = cursor.attempt(division) {
        divisions.extend(division);
        any = true;
    }
    any.then_some(divisions)
}

/// One of them; `None` inside where the number is too large.
fn division(cursor: &mut Cursor) -> Option<Option<Division>> {
    let first = cursor.character(|c| matches!(c, '第' | '前' | '次' | '同' | '本'))?;
    let number = match first {
        '第' => Some(cursor.numeral()?.value().map(Number::new)),
        '前' => {
            how_many(cursor);
            None
        }
        _ => None,
    };
    let kind = match cursor.character(|c| matches!(c, '編' | '章' | '節' | '款'))? {
        '編' => UnitKind::Part,
        '章' => UnitKind::Chapter,
        '節' => UnitKind::Section,
        _ => UnitKind::Subsection,
    };
    let which = match (first, number) {
        (_, Some(number)) => branches(cursor, number, |_| false).map(Which::Number),
        ('前', None) => Some(Which::Previous),
        ('次', None) => Some(Which::Next),
        ('同', None) => Some(Which::Same),
        _ => Some(Which::This),
    };
    // 節電, 節度, 前編的 are other words.
    let other_word = cursor.rest.starts_with(['的', '次', '標'])
        || number.is_none() && cursor.rest.starts_with(['電', '度', '回', '目']);
    (!other_word).then(|| which.map(|which| Division { kind, which }))
}

// ---- 別紙 -------------------------------------------------------------------------------------------------------

/// `別紙1`, `別紙「仕様書」`, `様式第1号`
fn annex(cursor: &mut Cursor) -> Option<Annex> {
    let whole = cursor.rest;
    if !cursor.any_word(&["別紙", "別表", "別添資料", "別添", "別図", "別記様式"]) {
        let others = ["添付資料", "添付書類", "様式", "別記"];
        cursor.any_word(&others).then_some(())?;
        (cursor.rest.starts_with(['「', '（']) || cursor.ahead(annex_number)).then_some(())?;
    }
    let mut annex =
        Annex { kind: whole[..cursor.passed(whole)].to_string(), mark: String::new(), title: String::new() };
    let marked = cursor.rest;
    if let Some(title) = cursor.attempt(annex_title) {
        annex.title = title.to_string();
    } else if cursor.attempt(annex_mark).is_some() {
        annex.mark = number::plain_mark(&marked[..cursor.passed(marked)]);
    }
    Some(annex)
}

/// The longest title of an annex, in characters.
const LONGEST_TITLE: usize = 30;

fn annex_title<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    cursor.word("「").then_some(())?;
    let (close, _) = cursor.rest.char_indices().take(LONGEST_TITLE + 1).find(|(_, c)| *c == '」')?;
    let title = &cursor.rest[..close];
    cursor.rest = &cursor.rest[close + '」'.len_utf8()..];
    (!title.is_empty()).then_some(title)
}

fn annex_mark(cursor: &mut Cursor) -> Option<()> {
    let bracketed = |cursor: &mut Cursor| {
        cursor.word("（").then_some(())?;
        if cursor.numeral().is_none() {
            cursor.character(|c| c.is_ascii_alphabetic())?;
        }
        cursor.word("）").then_some(())
    };
    let alone = |cursor: &mut Cursor| cursor.character(|c| matches!(c, 'A'..='Z' | '①'..='⑳')).map(|_| ());
    cursor.attempt(annex_number).or_else(|| cursor.attempt(bracketed)).or_else(|| alone(cursor))
}

/// `1`, `第1号`, `1-2`, `第一号の二`; not the number of something else (別紙3部).
fn annex_number(cursor: &mut Cursor) -> Option<()> {
    const COUNTED: [char; 12] = ['条', '項', '年', '月', '日', '円', '人', '部', '通', 'つ', '枚', '種'];
    cursor.word("第");
    let arabic = cursor.numeral()?.arabic;
    cursor.word("号");
    let part = |cursor: &mut Cursor| {
        let joint = cursor.character(|c| c == 'の' || arabic && c == '-')?;
        cursor.numeral().filter(|numeral| numeral.arabic == arabic).map(|_| joint)
    };
    while cursor.attempt(part).is_some() {}
    let ends = if arabic {
        !cursor.rest.starts_with(COUNTED)
    } else {
        cursor.rest.starts_with('第') || cursor.rest.starts_with("参照") || ends_number(cursor)
    };
    ends.then_some(())
}
