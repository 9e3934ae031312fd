//! What somebody was to fill in: ●●, ○○, ＿＿, 【　】, XX, 令和○年○月○日, 金　　円, `${name}`, `[運営会社名]`.
//!
//! The same marks have other uses: ● and ○ are bullets and answers in tables, 〇 is the digit zero, `[text](url)` a link.

use std::ops::Range;

use crate::number;
use crate::syntax::is_blank;
use crate::text::ends_with_any;

/// The ranges of a piece of text that are still to be filled in, in order; `marks` are those of the piece ([`crate::marks::Marks`]). Parts of
/// one date are one range. `cell` says that the piece is a cell of a table, in which ○ and × alone are answers.
pub fn placeholders(line: &str, marks: impl Iterator<Item = (usize, char)>, cell: bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, character) in marks {
        if found.last().is_none_or(|last| last.end <= at)
            && let Some(end) = placeholder_at(line, at, character, cell)
        {
            join(&mut found, line, at..end);
        }
    }
    for range in &mut found {
        *range = whole_date(line, range.clone());
    }
    found
}

/// The end of a placeholder that begins at `at`.
fn placeholder_at(line: &str, at: usize, character: char, cell: bool) -> Option<usize> {
    let rest = &line[at..];
    match character {
        '●' | '○' | '◯' | '〇' | '△' | '▲' | '×' | '■' | '□' | '◎' => {
            marks(line, at, character, cell)
        }
        '＿' | '_' => {
            let end = run(line, at, |c| matches!(c, '＿' | '_'));
            // `__bold__` has letters on one side.
            let emphasis = character == '_' && end - at == 2;
            (line[at..end].chars().count() >= 2 && !emphasis).then_some(end)
        }
        '【' | '［' | '〔' | '（' | '(' | '[' => {
            blank_in_brackets(line, at, character).or_else(|| named(line, at, character))
        }
        '$' if rest.starts_with("${") => near(rest, "}").map(|close| at + close + 1),
        '{' if rest.starts_with("{{") => near(rest, "}}").map(|close| at + close + 2),
        'X' | 'x' | 'Ｘ' | 'ｘ' | 'O' | 'Ｏ' => letters(line, at, character),
        'T' if rest.starts_with("TBD") => Some(at + 3),
        '金' => blank_between(line, at, '円'),
        '年' => blank_between(line, at, '月').and_then(|month| blank_between(line, month - '月'.len_utf8(), '日')),
        '要' => ["要確認", "要変更", "要記入", "要修正"].iter().find(|w| rest.starts_with(**w)).map(|w| at + w.len()),
        _ => None,
    }
}

/// ●●, ○○, and one mark alone where a number or a name must stand: ●年, 第●条, 金●円.
fn marks(line: &str, at: usize, character: char, cell: bool) -> Option<usize> {
    let before = line[..at].chars().next_back();
    if before == Some(character) {
        // The first of a run was asked.
        return None;
    }
    let end = run(line, at, |c| c == character);
    let count = line[at..end].chars().count();
    let after = line[end..].chars().next();
    let kanji_digit =
        |c: Option<char>| c.is_some_and(|c| number::kanji_digit(c).is_some() || matches!(c, '十' | '百' | '千'));
    // 一二〇・〇〇平方メートル
    let decimal =
        |rest: Option<&str>| rest.is_some_and(|rest| rest.ends_with('〇') || kanji_digit(rest.chars().next_back()));
    let behind_point = decimal(line[..at].strip_suffix(['・', '．']));
    let before_point = line[end..]
        .strip_prefix(['・', '．'])
        .is_some_and(|rest| rest.starts_with('〇') || kanji_digit(rest.chars().next()));
    if character == '〇' && (kanji_digit(before) || kanji_digit(after) || behind_point || before_point && count == 1) {
        return None;
    }
    // ○× in a table, ××× as crosses, □ as a box to tick.
    if cell && line.trim() == &line[at..end] || matches!(character, '□' | '■' | '◎' | '▲') && count < 2 {
        return None;
    }
    let unit = after.is_some_and(|c| "年月日条項号円万千百％%名人社部通回個件時分階号県市区町村氏様".contains(c));
    let counted =
        before.is_some_and(|c| "第金".contains(c)) || line[..at].ends_with("株式会社") || line[..at].ends_with("令和");
    match character {
        '×' | '△' => (count >= 2 || unit && counted).then_some(end),
        _ => (count >= 2 || unit || counted).then_some(end),
    }
}

/// Where some words stand near the beginning of a text: what is to be filled in has a short name.
fn near(text: &str, words: &str) -> Option<usize> {
    const LONGEST: usize = 256;
    let beginning = &text.as_bytes()[..text.len().min(LONGEST)];
    memchr::memmem::find(beginning, words.as_bytes())
}

fn run(line: &str, at: usize, part: impl Fn(char) -> bool) -> usize {
    at + line[at..].chars().take_while(|c| part(*c)).map(char::len_utf8).sum::<usize>()
}

/// 【　】, （　　　）, [  ]: nothing but blanks and marks between brackets.
fn blank_in_brackets(line: &str, at: usize, open: char) -> Option<usize> {
    let inner = at + open.len_utf8();
    let end = run(line, inner, |c| is_blank(c) || matches!(c, '●' | '○' | '◯' | '＿' | '_' | '・' | '…'));
    let close = line[end..].chars().next().filter(|c| matches!(c, '】' | '］' | '〕' | '）' | ')' | ']'))?;
    let empty_box = open == '[' && line[..at].trim().is_empty();
    let enough = line[inner..end].chars().count() >= if matches!(open, '（' | '(') { 2 } else { 1 };
    (enough && !empty_box).then_some(end + close.len_utf8())
}

/// `[運営会社名]`: a short name in square brackets that is no link and no note.
fn named(line: &str, at: usize, open: char) -> Option<usize> {
    if !matches!(open, '[' | '［') {
        return None;
    }
    let inner = at + open.len_utf8();
    let length = near(&line[inner..], "]").into_iter().chain(near(&line[inner..], "］")).min();
    let length = length.filter(|length| *length > 0)?;
    let name = &line[inner..inner + length];
    let close = inner + length + line[inner + length..].chars().next().map_or(0, char::len_utf8);
    let japanese = !name.is_ascii() && name.chars().count() <= 20 && !name.contains(['[', '。', '「']);
    let linked = line[close..].starts_with(['(', '[', ':']);
    let note = name.starts_with(['^', '※', '注', '別', '図', '表']);
    let named_part =
        ends_with_any(name, &["名", "日", "先", "額", "者", "所", "数", "号", "住所", "記入", "入力", "URL", "名称"]);
    (japanese && !linked && !note && named_part).then_some(close)
}

/// XX年, 20XX, XXX株式会社, OOOO: letters that stand for something.
fn letters(line: &str, at: usize, character: char) -> Option<usize> {
    let before = line[..at].chars().next_back();
    if before == Some(character) {
        return None;
    }
    let end = run(line, at, |c| c == character);
    let count = line[at..end].chars().count();
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || number::latin_letter(c).is_some());
    let after = line[end..].chars().next();
    let year = line[..at].ends_with("20") || line[..at].ends_with("２０");
    if latin(after) || latin(before) && !year {
        return None;
    }
    let unit = after.is_some_and(|c| "年月日条項号円万千％%名社".contains(c)) || line[end..].starts_with("株式会社");
    let named = line[..at].ends_with("株式会社");
    match character {
        'O' | 'Ｏ' => (count >= 3).then_some(end),
        _ => (count >= 2 && (unit || year || named || count >= 3)).then_some(end),
    }
}

/// 金　　円, 年　月　日: two characters with nothing but blanks between, the first at `at`.
fn blank_between(line: &str, at: usize, last: char) -> Option<usize> {
    let inner = at + line[at..].chars().next().map_or(0, char::len_utf8);
    let end = run(line, inner, |c| is_blank(c) || matches!(c, '＿' | '_'));
    let blanks = line[inner..end].chars().map(|c| if c == ' ' { 1 } else { 2 }).sum::<usize>();
    (blanks >= 2 && line[end..].starts_with(last)).then(|| end + last.len_utf8())
}

/// Adds a range; with the one before it is one where only 年, 月, 日 and blanks stand between.
fn join(found: &mut Vec<Range<usize>>, line: &str, range: Range<usize>) {
    let parts = |between: &str| {
        between.chars().all(|c| matches!(c, '年' | '月' | '日') || is_blank(c)) && !between.contains('日')
    };
    match found.last_mut().filter(|last| parts(&line[last.end..range.start])) {
        Some(last) => last.end = range.end,
        None => found.push(range),
    }
}

/// The range with the era or the century before it and the 年 or 日 behind it.
fn whole_date(line: &str, range: Range<usize>) -> Range<usize> {
    let mut range = range;
    let dated = line[range.end..].starts_with(['年', '月', '日']) || line[range.clone()].contains(['年', '月']);
    if dated {
        let before = line[..range.start].trim_end_matches(|c| is_blank(c) && line[range.clone()].starts_with('年'));
        if let Some(lead) = ["令和", "平成", "西暦", "20", "２０"].iter().find(|lead| before.ends_with(**lead))
        {
            range.start = before.len() - lead.len();
        }
        if let Some(unit) = line[range.end..].chars().next().filter(|c| matches!(c, '年' | '月' | '日')) {
            range.end += unit.len_utf8();
        }
    }
    range
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<&str> {
        let marks = crate::marks::Marks::of(line);
        placeholders(line, marks.within(0..line.len()), false).into_iter().map(|range| &line[range]).collect()
    }

    #[test]
    fn blanks_to_fill_in() {
        assert_eq!(found("株式会社●●（以下「甲」という。）"), ["●●"]);
        assert_eq!(found("令和○年○月○日"), ["令和○年○月○日"]);
        assert_eq!(found("令和　年　月　日"), ["令和　年　月　日"]);
        assert_eq!(found("20XX年XX月XX日から20XX年XX月XX日まで"), ["20XX年XX月XX日", "20XX年XX月XX日"]);
        assert_eq!(found("月額金●●円とし、金　　　円を預ける。"), ["●●", "金　　　円"]);
        assert_eq!(found("第●条に定める【　】"), ["●", "【　】"]);
        assert_eq!(found("会社名：＿＿＿＿"), ["＿＿＿＿"]);
        assert_eq!(found("${乙名}は、{{name}}と[運営会社名]に"), ["${乙名}", "{{name}}", "[運営会社名]"]);
        assert_eq!(found("OOOO は、XXX株式会社の◯◯県◯◯市"), ["OOOO", "XXX", "◯◯", "◯◯"]);
    }

    #[test]
    fn the_same_marks_for_other_uses() {
        for line in [
            "二〇二六年",
            "二〇〇〇年",
            "[別紙](a.md)",
            "[1]のとおり",
            "○の場合",
            "XMLとXX型",
            "（注）",
            "[ ] 確認した",
            "1×2",
            "年月日",
            "金銭",
            "__重要__",
        ] {
            assert_eq!(found(line), [] as [&str; 0], "{line}");
        }
        assert!(placeholders("○", [(0, '○')].into_iter(), true).is_empty());
    }
}
