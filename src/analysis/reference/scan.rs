//! Finding citations: where one may begin, what stands around it, lists and ranges.

use std::ops::Range;

use super::citation::{self, Article, Citation, Item, Paragraph, Scope};
use super::foreign::Names;
use crate::contract::{Contract, UnitId};
use crate::number;
use crate::plane::Plane;
use crate::text::{ends_with_any, leading_word, starts_with_any};

/// A citation that was found, not yet resolved.
#[derive(Clone, Debug)]
pub struct Found {
    /// The words, as a range of the flow.
    pub flow: Range<usize>,
    /// The unit in which they stand.
    pub unit: UnitId,
    /// What is written, with what a member of a list takes over from the one before.
    pub citation: Citation,
    /// The end of a range.
    pub until: Option<Box<Citation>>,
    /// The caption behind it.
    pub caption: Option<Range<usize>>,
    /// The place, in the flow, of the member before it in a list.
    pub list: Option<usize>,
    /// The document it speaks of, if it is another one.
    pub foreign: Option<String>,
    /// 同 stands before it: 「同第8条」.
    pub after_same: bool,
}

/// Between the members of a list, the longer first.
const CONNECTIVES: [&str; 25] = [
    "、及び",
    "、又は",
    "、並びに",
    "、若しくは",
    "、および",
    "、または",
    "及び",
    "又は",
    "並びに",
    "若しくは",
    "および",
    "または",
    "ならびに",
    "もしくは",
    "及ビ",
    "又ハ",
    "並ニ",
    "若クハ",
    "及",
    "、",
    "・",
    "と",
    "，",
    "＆",
    "/",
];

/// Between the ends of a range.
pub const RANGES: [&str; 9] = ["から", "乃至", "ないし", "〜", "～", "-", "－", "―", "より"];

/// How many bytes a citation has at the most.
const LONGEST: usize = 180;

/// The brackets that hold captions.
const BRACKETS: [(char, char); 3] = [('（', '）'), ('【', '】'), ('［', '］')];

/// How a bracket ends that takes a part out of what stands before it.
const PARTS: [&str; 4] = ["除く", "除きます", "限る", "限ります"];

/// How many characters before a citation may hold the name of the document it speaks of.
const BEFORE: usize = 400;

/// Finds every citation, in reading order.
pub fn scan(contract: &Contract, names: &Names) -> Vec<Found> {
    let flow = contract.flow();
    let mut found = Vec::new();
    let contents = contract.contents();
    let mut index = 0;
    while index < contents.len() {
        let first = index;
        index += 1;
        while index < contents.len() && contents[index].continues {
            index += 1;
        }
        if !contents[first].kind.is_text() {
            continue;
        }
        let range = flow.range((first as u32, index as u32));
        let mut scanner = Scanner { contract, names, unit: contents[first].unit, found: &mut found };
        scanner.range(range);
    }
    found.sort_by_key(|f| f.flow.start);
    found.dedup_by_key(|f| f.flow.start);
    found
}

struct Scanner<'a> {
    contract: &'a Contract,
    names: &'a Names,
    unit: UnitId,
    found: &'a mut Vec<Found>,
}

impl Scanner<'_> {
    fn text(&self) -> &str {
        self.contract.flow().as_str()
    }

    fn range(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let Some(next) = self.candidate(at, range.end) else { return };
            at = match self.citation_at(next, range.start, range.end) {
                Some((citation, length)) => self.list(citation, next, length, &range, None),
                None => next + self.text()[next..].chars().next().map_or(1, char::len_utf8),
            };
        }
    }

    /// What stands in the bracket behind a citation is looked at by itself; but 「第1項各号（第5号を除く。）」 takes a part out of
    /// what was cited.
    fn bracket_of(&mut self, cited: &Found, inner: Range<usize>) {
        let words = self.text()[inner.clone()].trim_end_matches('。');
        let takes_part = ends_with_any(words, &PARTS) && words.starts_with('第');
        let part = takes_part.then(|| self.citation_at(inner.start, inner.start, inner.end)).flatten();
        let from = match part {
            Some((mut citation, length)) if citation.article.is_none() && citation.scope.is_none() => {
                inherit(&mut citation, cited.until.as_deref().unwrap_or(&cited.citation));
                self.list(citation, inner.start, length, &inner, cited.foreign.clone())
            }
            _ => inner.start,
        };
        self.range(from..inner.end);
    }

    /// The next place at which a citation may begin.
    fn candidate(&self, from: usize, end: usize) -> Option<usize> {
        let text = &self.text()[from..end];
        let begins = |&at: &usize| text[at..].chars().next().is_some_and(|character| may_begin(text, at, character));
        FIRST.places(text).find(begins).map(|at| from + at)
    }

    fn citation_at(&self, at: usize, start: usize, end: usize) -> Option<(Citation, usize)> {
        // A citation is short; a failed parse costs as much as the text it is given.
        let limit = (at + LONGEST..end).find(|&limit| self.text().is_char_boundary(limit)).unwrap_or(end);
        let (citation, length) = citation::parse(&self.text()[at..limit])?;
        // 「次の1条を加える」 counts.
        let counts = !self.text()[at..].starts_with('第') && self.text()[start..at].ends_with("次の");
        let [before, words, behind] = [start..at, at..at + length, at + length..end].map(|part| &self.text()[part]);
        // 「`第1章`」 in Markdown shows how something is written.
        (!counts
            && !before.ends_with('`')
            && plausible(&citation, before.chars().next_back(), behind)
            && !is_other_number(&citation, words, before, behind)
            && !self.is_quoted(at, at + length, start, end))
        .then_some((citation, length))
    }

    /// Takes a citation and the members of the list it begins; returns where the scan goes on.
    fn list(
        &mut self,
        citation: Citation,
        at: usize,
        length: usize,
        range: &Range<usize>,
        foreign: Option<String>,
    ) -> usize {
        let before = self.before(at, range.start);
        let after_same = before.ends_with('同');
        let foreign = foreign.or_else(|| self.foreign(&citation, before).map(str::to_string));
        let mut current = Found {
            flow: at..at + length,
            unit: self.unit,
            citation,
            until: None,
            caption: None,
            list: None,
            foreign,
            after_same,
        };
        loop {
            let mut end = current.flow.end;
            let (caption, behind_bracket) = self.bracket(end, range.end);
            current.caption = caption.filter(|_| is_whole_article(&current.citation));
            if current.caption.is_some() {
                end = self.behind_caption(&mut current, behind_bracket, range.end).unwrap_or(end);
            }
            let behind_bracket = behind_bracket.max(end);
            if let Some((until, until_end)) = self
                .range_end(&current.citation, behind_bracket, range.end)
                .or_else(|| self.range_end(&current.citation, end, range.end))
            {
                current.until = Some(Box::new(until));
                current.flow.end = until_end;
                end = until_end;
            }
            let (_, mut behind) = self.bracket(end, range.end);
            if behind > end {
                let inner = end + '（'.len_utf8()..behind - '）'.len_utf8();
                self.bracket_of(&current, inner);
            }
            // A caption between the beginning and the end of a range.
            behind = behind.max(current.flow.end);
            let next = self.member(&current.citation, behind, range.end);
            let start = current.flow.start;
            let foreign = current.foreign.clone();
            // 平成15年法律第57号 is the number of a law.
            let law_number =
                is_item_only(&current.citation) && foreign.as_deref().is_some_and(|name| ends_with_any(name, &LAWS));
            if !law_number {
                self.found.push(current);
            }
            match next {
                Some((citation, member_start, member_end)) => {
                    current = Found {
                        flow: member_start..member_end,
                        unit: self.unit,
                        citation,
                        until: None,
                        caption: None,
                        list: Some(start),
                        foreign,
                        after_same: false,
                    };
                }
                None => return behind,
            }
        }
    }

    /// Whether a place stands in 「」 as a piece of another text: 「同項中「次に掲げる命令」とあるのは…」.
    fn is_quoted(&self, from: usize, to: usize, start: usize, end: usize) -> bool {
        const AMENDS: [&str; 16] = [
            "とあ",
            "に改め",
            "を加え",
            "を削",
            "と読み替",
            "を「",
            "に「",
            "と、",
            "とし",
            "の下に",
            "の次に",
            "中「",
            "と改め",
            "を、「",
            "に変更",
            "と変更",
        ];
        let before = self.text()[start..from].char_indices().rev().take(120).find(|(_, c)| matches!(c, '「' | '」'));
        if before.is_none_or(|(_, c)| c != '「') {
            return false;
        }
        let rest = &self.text()[to..end];
        let close = rest.char_indices().take(120).find(|(_, c)| matches!(c, '「' | '」'));
        close.is_some_and(|(i, c)| c == '」' && starts_with_any(&rest[i + c.len_utf8()..], &AMENDS))
    }

    /// What stands before a place, at most a few hundred characters.
    fn before(&self, at: usize, start: usize) -> &str {
        let text = &self.text()[start..at];
        text.char_indices().rev().nth(BEFORE).map_or(text, |(i, _)| &text[i..])
    }

    /// The bracket that begins at a place: its inside as a caption, if it looks like one, and the place behind it.
    fn bracket(&self, at: usize, end: usize) -> (Option<Range<usize>>, usize) {
        let Some((open, close)) = BRACKETS.into_iter().find(|(open, _)| self.text()[at..end].starts_with(*open)) else {
            return (None, at);
        };
        let mut depth = 0;
        for (i, character) in self.text()[at..end].char_indices().take(300) {
            match character {
                _ if character == open => depth += 1,
                _ if character == close => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                let inner = at + open.len_utf8()..at + i;
                let words = &self.text()[inner.clone()];
                let caption = words.chars().count() <= 30
                    && !words.contains(['。', '「', '、'])
                    && !starts_with_any(
                        words,
                        &["以下", "ただし", "第", "前", "次", "同", "別紙", "を", "に", "の", "注"],
                    )
                    && !ends_with_any(
                        words,
                        &["除く", "含む", "限る", "除きます", "含みます", "同じ", "いう", "改正", "参照"],
                    )
                    && !words.is_ascii();
                return (caption.then_some(inner), at + i + character.len_utf8());
            }
        }
        (None, at)
    }

    /// Takes the levels that follow a caption: 「第3条（検証）第7項」.
    fn behind_caption(&self, current: &mut Found, at: usize, end: usize) -> Option<usize> {
        let (lower, length) = self.citation_at(at, at, end)?;
        let goes_on = lower.scope.is_none()
            && lower.article.is_none()
            && (matches!(lower.paragraph, Some(Paragraph::Number(_) | Paragraph::Each))
                || lower.paragraph.is_none() && matches!(lower.item, Some(Item::Number(_) | Item::Each)));
        if !goes_on {
            return None;
        }
        current.citation =
            Citation { article: current.citation.article, scope: current.citation.scope.clone(), ..lower };
        current.flow.end = at + length;
        Some(at + length)
    }

    /// The end of a range that begins behind a citation: 「から第5条まで」.
    fn range_end(&self, first: &Citation, at: usize, end: usize) -> Option<(Citation, usize)> {
        let rest = &self.text()[at..end];
        let word = leading_word(rest, &RANGES)?;
        let from = at + word.len();
        let (mut until, length) = self.citation_at(from, from, end)?;
        let beside = matches!(until.article, Some(Article::Previous(1) | Article::Next))
            || matches!(until.paragraph, Some(Paragraph::Previous(1)));
        if !is_numbered(&until) && !beside {
            return None;
        }
        inherit(&mut until, first);
        let behind = from + length;
        let (_, after_caption) = self.bracket(behind, end);
        for place in [behind, after_caption] {
            if self.text()[place..end].starts_with("まで") {
                return Some((until, place + "まで".len()));
            }
        }
        Some((until, behind))
    }

    /// The next member of a list.
    fn member(&self, first: &Citation, at: usize, end: usize) -> Option<(Citation, usize, usize)> {
        let rest = &self.text()[at..end];
        let connective = leading_word(rest, &CONNECTIVES)?;
        let from = at + connective.len();
        let (mut citation, length) = self.citation_at(from, from, end)?;
        // 「第3条、前項の規定」: a comma alone joins like with like.
        if matches!(connective, "、" | "と") && !is_numbered(&citation) && is_numbered(first) {
            return None;
        }
        inherit(&mut citation, first);
        Some((citation, from, from + length))
    }

    /// The other document of which a citation speaks.
    fn foreign<'t>(&self, citation: &Citation, before: &'t str) -> Option<&'t str> {
        let by_number = matches!(
            (&citation.scope, citation.article, citation.paragraph, citation.item),
            (Some(_), ..)
                | (_, Some(Article::Number(_) | Article::Outline(_) | Article::Unfilled), ..)
                | (_, None, Some(Paragraph::Number(_)), _)
                | (_, None, None, Some(Item::Number(_)))
        );
        if by_number { self.names.before(before) } else { None }
    }
}

/// The characters with which citations begin.
static FIRST: Plane =
    Plane::of(&['第', '前', '次', '同', '本', '各', '当', '以', '下', '左', 'つ', '別', '添', '様', '附', '付'])
        .with('0', '9');

/// Whether a citation may begin here: a first character with a second that fits.
fn may_begin(text: &str, at: usize, character: char) -> bool {
    let next = || text[at + character.len_utf8()..].chars().next();
    let rest = || &text[at..];
    let numeral = |c: char| {
        number::digit(c).is_some()
            || number::kanji_digit(c).is_some()
            || matches!(c, '十' | '百' | '千' | '●' | '○' | '◯')
    };
    match character {
        '第' => next().is_some_and(numeral),
        '前' => next().is_some_and(|c| "条項号各々前章節編款".contains(c) || numeral(c)),
        '次' => {
            next().is_some_and(|c| "条項号の章節".contains(c))
                || rest().starts_with("次に掲げ")
                || rest().starts_with("次に定め")
        }
        '同' => next().is_some_and(|c| "条項号章節".contains(c)),
        '本' => next().is_some_and(|c| "条項号章節".contains(c)),
        '各' => next().is_some_and(|c| "項号".contains(c)),
        '当' => rest().starts_with("当該各号"),
        '以' => starts_with_any(rest(), &["以下の各号", "以下各号", "以下に掲げる"]),
        '下' | '左' | 'つ' => starts_with_any(rest(), &["下記の各号", "下記各号", "左の各号", "つぎの各号"]),
        '別' => next().is_some_and(|c| "紙表添図記".contains(c)),
        '添' => rest().starts_with("添付資料") || rest().starts_with("添付書類"),
        '様' => rest().starts_with("様式"),
        '附' | '付' => next() == Some('則'),
        '0'..='9' => {
            let first =
                !text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '第' || c == '前' || c == '.' || c == ',');
            first && rest().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').starts_with(['条', '項'])
        }
        _ => false,
    }
}

/// Kanji before 本条, 次の各号, 前条 that make them part of another word: 基本条項, 目次の, 共同条項, 以前条.
const IN_OTHER_WORDS: &str = "基日資根見標原絵謄抄副正定台脚刊目順逐年席漸累二三共合協賛混一大不以直事午手名従眼生駅建";

/// What the characters around a citation say against it.
fn plausible(citation: &Citation, before: Option<char>, behind: &str) -> bool {
    let relative = matches!(
        citation.article,
        Some(
            Article::Previous(_)
                | Article::PreviousEach
                | Article::Next
                | Article::Same
                | Article::This
                | Article::BeforePrevious
        )
    ) || citation.article.is_none()
        && citation.paragraph.is_some_and(|p| !matches!(p, Paragraph::Number(_)))
        || citation.article.is_none()
            && citation.paragraph.is_none()
            && citation.item.is_some_and(|i| !matches!(i, Item::Number(_)));
    if relative && citation.scope.is_none() && before.is_some_and(|c| IN_OTHER_WORDS.contains(c)) {
        return false;
    }
    // 「北1条西2丁目」
    if behind.starts_with(['西', '東', '南', '北', '通']) && !behind.starts_with("通知") {
        return false;
    }
    // 「登録第999003号」
    !(is_item_only(citation) && matches!(citation.item, Some(Item::Number(number)) if number.main() > 500))
}

/// Whether 第N号 is the number of something else than an item: 「特許第5号」, 「許可番号　第012号」, 「個別契約書（第1号）」, 「第2号被保険者」.
fn is_other_number(citation: &Citation, words: &str, before: &str, behind: &str) -> bool {
    if !is_item_only(citation) {
        return false;
    }
    let kanji = |c: &char| ('一'..='鿿').contains(c);
    let last = before.chars().next_back().filter(kanji);
    let of_noun = last.is_some_and(|c| !"及又並若同前次項条該限除者時後合".contains(c));
    let numbered = before.trim_end_matches('　').ends_with("番号");
    let of_document = behind.starts_with('）') && ends_with_any(before, &["書（", "票（", "証（", "表（"]);
    let next = behind.chars().next().filter(kanji);
    let names = next.is_some_and(|c| !"及又並若該本前後各柱列所記規以但等中".contains(c));
    words.starts_with("第0") || of_noun || numbered || of_document || names
}

/// What stands before the number of a law: 平成15年法律第57号.
const LAWS: [&str; 11] = ["法律", "政令", "省令", "府令", "庁令", "勅令", "規則", "条例", "告示", "訓令", "条約"];

fn is_item_only(citation: &Citation) -> bool {
    citation.article.is_none() && citation.paragraph.is_none() && matches!(citation.item, Some(Item::Number(_)))
}

/// Whether a citation names its units by number.
fn is_numbered(citation: &Citation) -> bool {
    matches!(citation.article, Some(Article::Number(_) | Article::Outline(_) | Article::Unfilled))
        || matches!(citation.paragraph, Some(Paragraph::Number(_)))
        || matches!(citation.item, Some(Item::Number(_)))
        || matches!(&citation.scope, Some(Scope::Annex(annex)) if !annex.mark.is_empty())
        || matches!(&citation.scope, Some(Scope::Divisions(_)))
}

fn is_whole_article(citation: &Citation) -> bool {
    matches!(citation.article, Some(Article::Number(_) | Article::Outline(_) | Article::Unfilled))
        && citation.paragraph.is_none()
        && citation.item.is_none()
        && citation.part.is_none()
}

/// A member of a list that begins at a lower level stands in the unit of the member before: 第3条第1項及び第2項.
fn inherit(member: &mut Citation, first: &Citation) {
    if member.article.is_some() || matches!(member.scope, Some(Scope::Annex(_) | Scope::Divisions(_))) {
        if member.scope.is_none() {
            member.scope = first.scope.clone().filter(|scope| !matches!(scope, Scope::Annex(_)));
        }
        return;
    }
    let numbered_paragraph = matches!(member.paragraph, Some(Paragraph::Number(_)));
    let numbered_item = member.paragraph.is_none() && matches!(member.item, Some(Item::Number(_)));
    if numbered_paragraph || numbered_item {
        member.scope = member.scope.take().or_else(|| first.scope.clone());
        member.article = first.article;
    }
    if numbered_item {
        member.paragraph = first.paragraph;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_begins_a_citation_is_looked_at() {
        let tails = [
            "条",
            "1条",
            "紙",
            "則",
            "に掲げ",
            "下の各号",
            "該各号",
            "下各号",
            "記の各号",
            "の各号",
            "ぎの各号",
            "付書類",
            "式",
        ];
        for character in ('\0'..='\u{FFFF}').filter(|c| c.is_alphanumeric()) {
            for text in tails.map(|tail| format!("{character}{tail}")) {
                assert!(FIRST.places(&text).next().is_some() || !may_begin(&text, 0, character), "{text}");
            }
        }
    }
}
