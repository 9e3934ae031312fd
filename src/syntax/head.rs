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
        if may_begin_head(text.slice(content)) {
            read(text, content, &mut line);
        } else if text.slice(content).ends_with(['>', '*', '_', '\\']) {
            line.body = skip_emphasis(text, content);
        }
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
    if may_begin_head(text.slice(span)) {
        read(text, span, &mut line);
    }
    (line.head, line.label, line.body)
}

/// The enumerator at the beginning of a piece of text, with its length in bytes.
pub(crate) fn enumerator_at(slice: &str) -> Option<(Enumerator, usize)> {
    let mut pairs = Grammar::parse(Rule::enumerator, slice).ok()?;
    let pair = pairs.next()?;
    let length = pair.as_span().end();
    Some((enumerator(pair)?, length))
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

/// Whether the first character can begin a mark or a head: nearly all lines of running text end here, without pest.
fn may_begin_head(slice: &str) -> bool {
    let mut characters = slice.chars();
    let Some(first) = characters.next() else { return false };
    match first {
        '0'..='9'
        | '０'..='９'
        | '第'
        | '('
        | '（'
        | '〔'
        | '#'
        | '>'
        | '-'
        | '*'
        | '+'
        | '_'
        | '['
        | '<'
        | '&'
        | '\\'
        | ':' => true,
        '【'
        | '［'
        | '＜'
        | '《'
        | '■'
        | '◆'
        | '●'
        | '○'
        | '◎'
        | '□'
        | '◇'
        | '▼'
        | '◉'
        | '▪'
        | '•'
        | '‣'
        | '◦'
        | '➢'
        | '✓'
        | '✔'
        | '☑'
        | '☐'
        | '▶'
        | '◼'
        | '◾'
        | '–'
        | '－'
        | 'ー'
        | '―'
        | '・'
        | '･'
        | '\u{F06C}'..='\u{F0FE}' => true,
        '「' | '『' => characters.next() == Some('第'),
        '附' | '付' | '別' | '添' | '様' | '書' | '目' => true,
        '①'..='⒵'
        | 'ⓐ'..='ⓩ'
        | '⓵'..='⓾'
        | '❶'..='➉'
        | '㈠'..='㈩'
        | '㉑'..='㉟'
        | '㊀'..='㊉'
        | '㊱'..='㊿'
        | 'Ⅰ'..='ⅻ' => true,
        // A letter or kanji numeral is a head only with a mark or a blank close behind it.
        'ア'..='ン' | 'ｱ'..='ﾝ' => marks_soon(characters, 1),
        'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => marks_soon(characters, 5),
        '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' => {
            marks_soon(characters, 4)
        }
        _ => false,
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
    let slice = text.slice(content);
    let pair = match Grammar::parse(Rule::line, slice).ok().and_then(|mut pairs| pairs.next()) {
        Some(pair) => pair,
        None => return,
    };
    let at = |offset: usize| content.start + offset as u32;
    let end = pair.as_span().end();
    let mut marks_end = 0;
    for inner in pair.into_inner() {
        let span = inner.as_span();
        match inner.as_rule() {
            Rule::hashes => line.heading = span.as_str().len() as u8,
            Rule::bullet => line.bullet = true,
            Rule::block_quote => line.block_quote = true,
            Rule::strong => line.strong = true,
            Rule::quote_open => line.quotation = true,
            Rule::bookmark | Rule::anchor | Rule::tag | Rule::ornament => {
                line.quotation |= inner.into_inner().any(|p| p.as_rule() == Rule::quote_open);
            }
            rule => {
                line.label = Span::new(at(span.start()), at(span.end()));
                line.head = head(rule, inner, slice);
                continue;
            }
        }
        marks_end = marks_end.max(span.end());
    }
    if line.head == Head::None {
        line.label = Span::empty(at(marks_end));
        let body = skip_emphasis(text, trim(text, Span::new(at(marks_end), content.end)));
        line.body = body;
        if let Some(end) = caption_end(text.slice(body)).filter(|&end| !only_marks(&text.slice(body)[end..])) {
            caption_before_article(text, body, end, line);
        } else if caption_end(text.slice(body)).is_some() {
            line.head = Head::Caption;
        } else if line.bullet {
            line.head = Head::Bullet(slice.trim_start_matches(['>', ' ']).chars().next().unwrap_or('-'));
        }
        return;
    }
    line.body = skip_emphasis(text, trim(text, Span::new(at(end), content.end)));
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

fn head(rule: Rule, pair: Pair<'_, Rule>, line: &str) -> Head {
    match rule {
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
        Rule::enumerator => enumerator(pair).map_or(Head::None, Head::Enumerator),
        Rule::supplementary => Head::Supplementary,
        Rule::annex => Head::Annex,
        Rule::contents => Head::Contents,
        Rule::dot => Head::Bullet(line[pair.as_span().start()..].chars().next().unwrap_or('・')),
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
    let inner = pair.into_inner().next()?;
    let written = inner.as_str();
    match inner.as_rule() {
        Rule::range => {
            let mut ends = inner.into_inner().filter_map(|end| match end.as_rule() {
                Rule::in_brackets => framed(Frame::Brackets, end),
                rule => token_value(rule, end.as_str()).map(|(system, value, other)| Enumerator {
                    style: Style { system, frame: Frame::Bare },
                    value,
                    branch: 0,
                    until: 0,
                    other,
                }),
            });
            let first = ends.next()?;
            let last = ends.next()?.value_in(first.style)?;
            (last > first.value).then_some(Enumerator { until: last, ..first })
        }
        Rule::ordinal => {
            let value = unit_number(inner)?.main();
            Some(Enumerator {
                style: Style { system: System::Ordinal, frame: Frame::Bare },
                value,
                branch: 0,
                until: 0,
                other: None,
            })
        }
        Rule::enclosed => {
            let character = written.chars().next()?;
            let value = number::enclosed(character)?;
            let style = Style { system: System::Enclosed(enclosed_family(character)), frame: Frame::Bare };
            Some(Enumerator { style, value, branch: 0, until: 0, other: None })
        }
        Rule::chain => {
            let parts: Vec<u32> = inner.into_inner().filter_map(|p| number::parse_unit_number(p.as_str())).collect();
            let system = System::Chain(parts.len().min(9) as u8);
            Some(Enumerator {
                style: Style { system, frame: Frame::Bare },
                value: *parts.last()?,
                branch: 0,
                until: 0,
                other: None,
            })
        }
        rule => {
            let frame = match rule {
                Rule::in_brackets => Frame::Brackets,
                Rule::with_close => Frame::Close,
                Rule::with_dot if written.ends_with(['、', '，']) => Frame::Comma,
                Rule::with_dot => Frame::Dot,
                _ => Frame::Bare,
            };
            framed(frame, inner)
        }
    }
}

/// The enumerator of a number with what stands around it.
fn framed(frame: Frame, pair: Pair<'_, Rule>) -> Option<Enumerator> {
    let mut parts = pair.into_inner();
    let token = parts.next()?;
    let branch = parts.next().and_then(unit_number).map_or(0, Number::main);
    let (system, value, other) = token_value(token.as_rule(), token.as_str())?;
    Some(Enumerator { style: Style { system, frame }, value, branch, until: 0, other })
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
