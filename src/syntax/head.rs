//! The head of one line, recognised by pest.

use pest::Parser;
use pest::iterators::Pair;

use super::{DivisionLevel, Enumerator, Frame, Head, Line, Region, Style, System, is_blank, trim};
use crate::number::{self, Number};
use crate::text::{Span, Text};

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/numeral.pest"]
#[grammar = "../grammar/line.pest"]
struct Grammar;

/// Marks and head of one line.
pub fn line(text: &Text, index: usize, region: Region, fence: u16) -> Line {
    let span = text.line(index);
    let content = trim(text, span);
    let mut line = Line {
        span: text.line_with_end(index),
        region,
        fence,
        indent: indent(&text.slice(span)[..(content.start - span.start) as usize]),
        heading: 0,
        bullet: false,
        block_quote: false,
        quotation: false,
        strong: false,
        caption: None,
        head: Head::None,
        label: Span::empty(content.start),
        body: content,
    };
    if region == Region::Text {
        read(text, content, &mut line);
    }
    line
}

/// The head at the beginning of a span inside a line, with its label and what stands behind it; for text that follows a heading on its
/// line (`第1条（目的）1. 甲は…`).
pub(crate) fn head_at(text: &Text, span: Span) -> (Head, Span, Span) {
    let mut line = Line {
        span,
        region: Region::Text,
        fence: 0,
        indent: 0,
        heading: 0,
        bullet: false,
        block_quote: false,
        quotation: false,
        strong: false,
        caption: None,
        head: Head::None,
        label: Span::empty(span.start),
        body: span,
    };
    read(text, span, &mut line);
    (line.head, line.label, line.body)
}

/// The enumerator at the beginning of a piece of text, with its length in bytes.
pub(crate) fn enumerator_at(slice: &str) -> Option<(Enumerator, usize)> {
    let mut pairs = Grammar::parse(Rule::enumerator, slice).ok()?;
    let pair = pairs.next()?;
    let length = pair.as_span().end();
    Some((enumerator(pair.into_inner().next()?)?, length))
}

/// Cells of blank space.
fn indent(blanks: &str) -> u16 {
    let cells = blanks.chars().map(|c| match c {
        '\t' => 4,
        '　' => 2,
        '\u{200B}' | '\u{FEFF}' => 0,
        _ => 1,
    });
    cells.sum::<u32>().min(u16::MAX.into()) as u16
}

/// Whether the first character can begin a mark: nearly all lines of running text end here, without pest.
fn may_begin_mark(slice: &str) -> bool {
    let mut characters = slice.chars();
    match characters.next() {
        Some('「' | '『') => characters.next() == Some('第'),
        Some(
            '#' | '>' | '-' | '*' | '+' | '_' | '[' | '<' | '&' | '〔' | '【' | '［' | '＜' | '■' | '◆' | '●' | '○' | '◎'
            | '□' | '◇' | '▼' | '◉',
        ) => true,
        _ => false,
    }
}

/// The kind of head that the first character can begin.
fn head_rule(slice: &str) -> Option<Rule> {
    let mut characters = slice.chars();
    match characters.next()? {
        '第' => Some(Rule::unit_head),
        '(' | '（' | '〔' | '【' | '［' | '\\' => Some(Rule::bracket_head),
        '0'..='9' | '０'..='９' => Some(Rule::number_head),
        '①'..='⒵'
        | 'ⓐ'..='ⓩ'
        | '⓵'..='⓾'
        | '❶'..='➉'
        | '㈠'..='㈩'
        | '㉑'..='㉟'
        | '㊀'..='㊉'
        | '㊱'..='㊿'
        | 'Ⅰ'..='ⅻ' => Some(Rule::number_head),
        // A letter or kanji numeral is a head only with a mark or a blank close behind it.
        'ア'..='ン' | 'ｱ'..='ﾝ' => marks_soon(characters, 1).then_some(Rule::number_head),
        'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => marks_soon(characters, 5).then_some(Rule::number_head),
        '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' => {
            marks_soon(characters, 4).then_some(Rule::number_head)
        }
        '附' | '付' | '別' | '添' | '様' | '書' | '目' | '[' | '<' | '＜' | '《' | ':' => Some(Rule::word_head),
        '■' | '◆' | '●' | '○' | '◎' | '□' | '◇' | '▪' | '•' | '‣' | '◦' | '➢' | '✓' | '✔' | '☑' | '☐' | '▶' | '◼'
        | '◾' | '–' | '－' | 'ー' | '―' | '・' | '･' => Some(Rule::word_head),
        '\u{F06C}'..='\u{F0FE}' => Some(Rule::word_head),
        _ => None,
    }
}

/// Whether, within `reach` characters, a blank, a dot, a closing bracket, 項 or the end comes.
fn marks_soon(characters: std::str::Chars<'_>, reach: usize) -> bool {
    let mut count = 0;
    for character in characters.take(reach) {
        count += 1;
        if is_blank(character)
            || matches!(character, '.' | '．' | '。' | '、' | '，' | ')' | '）' | '\\' | '項' | '&' | '及' | 'か')
        {
            return true;
        }
    }
    count < reach
}

fn read(text: &Text, content: Span, line: &mut Line) {
    let marks = if may_begin_mark(text.slice(content)) { read_marks(text.slice(content), line) } else { 0 };
    let rest = Span::new(content.start + marks as u32, content.end);
    let slice = text.slice(rest);
    let pair = head_rule(slice).and_then(|rule| Grammar::parse(rule, slice).ok()?.next()?.into_inner().next());
    let Some(pair) = pair else { return read_text(text, content, rest, line) };
    let end = rest.start + pair.as_span().end() as u32;
    line.label = Span::new(rest.start, end);
    line.head = head(pair, slice);
    if line.head == Head::None {
        return read_text(text, content, rest, line);
    }
    line.body = skip_emphasis(text, trim(text, Span::new(end, rest.end)));
}

/// Takes the marks at the beginning of a line; their bytes.
fn read_marks(slice: &str, line: &mut Line) -> usize {
    let Some(marks) = Grammar::parse(Rule::marks, slice).ok().and_then(|mut pairs| pairs.next()) else { return 0 };
    let length = marks.as_span().end();
    for mark in marks.into_inner() {
        match mark.as_rule() {
            Rule::hashes => line.heading = mark.as_str().len() as u8,
            Rule::bullet => line.bullet = true,
            Rule::block_quote => line.block_quote = true,
            Rule::strong => line.strong = true,
            _ => line.quotation |= mark.into_inner().any(|p| p.as_rule() == Rule::quote_open),
        }
    }
    length
}

/// A line without a head: text, a caption in brackets, or the entry of a list with bullets. `rest` is what stands behind the marks.
fn read_text(text: &Text, content: Span, rest: Span, line: &mut Line) {
    line.label = Span::empty(rest.start);
    let body = skip_emphasis(text, trim(text, rest));
    line.body = body;
    match caption_end(text.slice(body)) {
        Some(end) if !only_marks(&text.slice(body)[end..]) => caption_before_article(text, body, end, line),
        Some(_) => line.head = Head::Caption,
        None if line.bullet => {
            let bullet = text.slice(content).trim_start_matches(['>', ' ']).chars().next();
            line.head = Head::Bullet(bullet.unwrap_or('-'));
        }
        None => {}
    }
}

/// 「（目的）第1条　本契約は…」: the caption stands before the number.
fn caption_before_article(text: &Text, body: Span, end: usize, line: &mut Line) {
    let rest = trim(text, Span::new(body.start + end as u32, body.end));
    if text.slice(rest).starts_with('第') {
        let (head, label, text_behind) = head_at(text, rest);
        if matches!(head, Head::Article { .. }) {
            line.caption = Some(Span::new(body.start, body.start + end as u32));
            (line.head, line.label, line.body) = (head, label, text_behind);
        }
    }
}

/// The span without emphasis marks and tags at its beginning and end (`** `, `<br>`).
fn skip_emphasis(text: &Text, mut span: Span) -> Span {
    loop {
        let slice = text.slice(span);
        if !slice.starts_with(['*', '_', '<', '&']) && !slice.ends_with(['*', '_', '>', '\\']) {
            return span;
        }
        let before = span;
        for mark in ["**", "__", "<br>", "<br/>", "<br />"] {
            if text.slice(span).starts_with(mark) {
                span.start += mark.len() as u32;
            }
            if text.slice(span).ends_with(mark) && span.len() as usize >= mark.len() {
                // Bold that begins inside the text and ends with it stays whole.
                let inside = &text.slice(span)[..span.len() as usize - mark.len()];
                if mark.starts_with('<') || !inside.contains(mark) {
                    span.end -= mark.len() as u32;
                }
            }
        }
        for entity in ["&emsp;", "&ensp;", "&nbsp;", "&#12288;"] {
            if text.slice(span).starts_with(entity) {
                span.start += entity.len() as u32;
            }
        }
        if slice.ends_with('\\') && span == before {
            span.end -= 1;
        }
        span = trim(text, span);
        if span == before {
            return span;
        }
    }
}

/// Whether nothing but emphasis, blanks and tags is left.
fn only_marks(rest: &str) -> bool {
    rest.replace("<br>", "").replace("<br/>", "").chars().all(|c| is_blank(c) || matches!(c, '*' | '_' | '#' | '\\'))
}

/// The bytes of a caption in brackets at the beginning of a text, brackets included: 「（秘密保持）」, 「【目的】」, nested ones too.
/// Captions are short; a bracket that is not closed within 80 characters is none.
pub(crate) fn caption_end(slice: &str) -> Option<usize> {
    let first = slice.chars().next()?;
    let close = closing_bracket(first)?;
    let mut depth = 0usize;
    for (at, character) in slice.char_indices().take(80) {
        if same_bracket(character, first) {
            depth += 1;
        } else if same_bracket(character, close) {
            depth -= 1;
            if depth == 0 {
                return Some(at + character.len_utf8());
            }
        }
    }
    None
}

fn closing_bracket(open: char) -> Option<char> {
    Some(match open {
        '（' | '(' => '）',
        '【' => '】',
        '［' | '[' => '］',
        '〔' => '〕',
        '＜' | '<' => '＞',
        '《' => '》',
        '〈' => '〉',
        _ => return None,
    })
}

/// Equal but for width: a bracket opened in one width and closed in the other is still seen as a pair.
fn same_bracket(a: char, b: char) -> bool {
    let fold = |c: char| match c {
        '(' => '（',
        ')' => '）',
        '[' => '［',
        ']' => '］',
        '<' => '＜',
        '>' => '＞',
        other => other,
    };
    fold(a) == fold(b)
}

fn head(pair: Pair<'_, Rule>, line: &str) -> Head {
    match pair.as_rule() {
        Rule::article => {
            let mut number = None;
            let mut until = None;
            for inner in pair.into_inner() {
                match inner.as_rule() {
                    Rule::until => until = unit_number(inner),
                    _ => number = add_number(number, inner),
                }
            }
            Head::Article { number, until }
        }
        Rule::division => {
            let mut level = DivisionLevel::Chapter;
            let mut number = None;
            for inner in pair.into_inner() {
                match inner.as_rule() {
                    Rule::division_unit => {
                        level = match inner.as_str() {
                            "編" => DivisionLevel::Part,
                            "章" => DivisionLevel::Chapter,
                            "節" => DivisionLevel::Section,
                            "款" => DivisionLevel::Subsection,
                            _ => DivisionLevel::Division,
                        }
                    }
                    _ => number = add_number(number, inner),
                }
            }
            Head::Division { level, number }
        }
        Rule::paragraph => unit_number(pair).map_or(Head::None, |number| Head::Paragraph(number.main())),
        Rule::ordinal | Rule::enclosed | Rule::bracketed | Rule::numbered => {
            enumerator(pair).map_or(Head::None, Head::Enumerator)
        }
        Rule::supplementary => Head::Supplementary,
        Rule::annex => Head::Annex,
        Rule::contents => Head::Contents,
        Rule::dot => Head::Bullet(line.chars().next().unwrap_or('・')),
        _ => Head::None,
    }
}

/// The number made of the numerals directly inside a pair.
fn unit_number(pair: Pair<'_, Rule>) -> Option<Number> {
    pair.into_inner().fold(None, add_number)
}

fn add_number(number: Option<Number>, pair: Pair<'_, Rule>) -> Option<Number> {
    match pair.as_rule() {
        Rule::arabic | Rule::kanji => {
            // 〇 alone stands for a number still to come, not for zero.
            number::parse_unit_number(pair.as_str())
                .filter(|&n| n > 0 || pair.as_rule() == Rule::arabic)
                .map(Number::new)
        }
        Rule::branch => {
            let branch = pair.into_inner().next().and_then(|p| number::parse_unit_number(p.as_str()));
            number.zip(branch).map(|(number, branch)| number.branch(branch))
        }
        _ => number,
    }
}

fn enumerator(pair: Pair<'_, Rule>) -> Option<Enumerator> {
    let bare = |system, value| Enumerator {
        style: Style { system, frame: Frame::Bare },
        value,
        branch: 0,
        until: 0,
        other: None,
    };
    match pair.as_rule() {
        Rule::ordinal => Some(bare(System::Ordinal, unit_number(pair)?.main())),
        Rule::enclosed => {
            let character = pair.as_str().chars().next()?;
            Some(bare(System::Enclosed(enclosed_family(character)), number::enclosed(character)?))
        }
        Rule::bracketed => {
            let mut parts = pair.into_inner();
            let first = bracketed(parts.next()?)?;
            parts.next().map_or(Some(first), |last| until(first, last))
        }
        _ => numbered(pair),
    }
}

/// `二及び三　略`, `1.1`, `1)`, `1.`, `２　`.
fn numbered(pair: Pair<'_, Rule>) -> Option<Enumerator> {
    let mut parts = pair.into_inner().peekable();
    let token = parts.next()?;
    let mut first = token_enumerator(&token, Frame::Bare)?;
    while let Some(branch) = parts.next_if(|part| part.as_rule() == Rule::item_branch) {
        if first.branch == 0 {
            first.branch = unit_number(branch).map_or(0, Number::main);
        }
    }
    let Some(behind) = parts.next() else { return Some(first) };
    match behind.as_rule() {
        Rule::last => return until(first, behind),
        Rule::close => first.style.frame = Frame::Close,
        Rule::next_part => {
            let numbers = [behind].into_iter().chain(parts).filter_map(unit_number).map(Number::main);
            let (count, last) = numbers.fold((1u8, None), |(count, _), number| (count.saturating_add(1).min(9), Some(number)));
            (first.style.system, first.value) = (System::Chain(count), last?);
        }
        _ if behind.as_str().ends_with(['、', '，']) => first.style.frame = Frame::Comma,
        _ => first.style.frame = Frame::Dot,
    }
    Some(first)
}

/// `（１）`, `（五の二）`.
fn bracketed(pair: Pair<'_, Rule>) -> Option<Enumerator> {
    let mut parts = pair.into_inner();
    let first = token_enumerator(&parts.next()?, Frame::Brackets)?;
    let branch = parts.next().and_then(unit_number).map_or(0, Number::main);
    Some(Enumerator { branch, ..first })
}

/// Several numbers of which nothing is left: from the first to that of `から（5）まで`.
fn until(first: Enumerator, last: Pair<'_, Rule>) -> Option<Enumerator> {
    let end = last.into_inner().next()?;
    let end = match end.as_rule() {
        Rule::in_brackets => bracketed(end)?,
        _ => token_enumerator(&end, Frame::Bare)?,
    };
    let until = end.value_in(first.style)?;
    (until > first.value).then_some(Enumerator { until, branch: 0, ..first })
}

fn token_enumerator(token: &Pair<'_, Rule>, frame: Frame) -> Option<Enumerator> {
    let (system, value, other) = token_value(token.as_rule(), token.as_str())?;
    Some(Enumerator { style: Style { system, frame }, value, branch: 0, until: 0, other })
}

type Reading = (System, u32, Option<(System, u32)>);

fn token_value(rule: Rule, written: &str) -> Option<Reading> {
    let first = written.chars().next()?;
    match rule {
        Rule::arabic => number::parse_unit_number(written).map(|n| (System::Arabic, n, None)),
        Rule::kanji => number::parse_unit_number(written).map(|n| (System::Kanji, n, None)),
        Rule::katakana => {
            let wide = number::wide_katakana(first);
            let iroha = number::iroha(wide).map(|n| (System::Iroha, n));
            let (system, value) = number::aiueo(wide).map(|n| (System::Aiueo, n)).or(iroha)?;
            Some((system, value, iroha))
        }
        Rule::roman => {
            let upper = number::latin_letter(first)?.is_ascii_uppercase();
            let system = if upper { System::RomanUpper } else { System::Roman };
            number::roman(written).map(|n| (system, n, None))
        }
        Rule::latin => {
            let letter = number::latin_letter(first)?;
            let upper = letter.is_ascii_uppercase();
            let place = letter.to_ascii_lowercase() as u32 - 'a' as u32 + 1;
            let (latin, roman) =
                if upper { (System::LatinUpper, System::RomanUpper) } else { (System::Latin, System::Roman) };
            Some((latin, place, number::roman(written).map(|n| (roman, n))))
        }
        _ => None,
    }
}

/// The first member of the family to which an enclosed number belongs.
fn enclosed_family(character: char) -> char {
    match character {
        '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿' => '①',
        '❶'..='❿' => '❶',
        '➀'..='➉' => '➀',
        '⓵'..='⓾' => '⓵',
        '⑴'..='⒇' => '⑴',
        '⒈'..='⒛' => '⒈',
        '㈠'..='㈩' => '㈠',
        '㊀'..='㊉' => '㊀',
        'Ⅰ'..='Ⅻ' => 'Ⅰ',
        'ⅰ'..='ⅻ' => 'ⅰ',
        'ⓐ'..='ⓩ' => 'ⓐ',
        _ => '⒜',
    }
}
