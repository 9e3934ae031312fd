//! One citation as it is written, parsed by pest.

use pest::Parser;
use pest::iterators::Pair;

use crate::contract::UnitKind;
use crate::number::{self, Number};

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/numeral.pest"]
#[grammar = "../grammar/reference.pest"]
struct Grammar;

/// A citation: the levels that are written, outermost first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Citation {
    /// 附則, 別紙1 or 第2章 before the levels below; alone, it is what is cited.
    pub scope: Option<Scope>,
    /// 第3条, 前条.
    pub article: Option<Article>,
    /// 第2項, 前項.
    pub paragraph: Option<Paragraph>,
    /// 第1号, 前各号.
    pub item: Option<Item>,
    /// イ, (1) below a 号: the value, and in another reading.
    pub subitems: Vec<(u32, Option<u32>)>,
    /// ただし書, 前段.
    pub part: Option<Part>,
    /// Levels are abbreviated: 3条2項, 第3条2項.
    pub abbreviated: bool,
}

/// What holds the cited articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// 附則
    Supplementary,
    /// 別紙1
    Annex(Annex),
    /// 第2章第1節
    Divisions(Vec<Division>),
}

/// A cited annex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annex {
    /// 別紙, 別表, 様式 …
    pub kind: String,
    /// Its number in half-width digits (`1`, `2-1`, `A`), or empty.
    pub mark: String,
    /// Its title in 「」, or empty.
    pub title: String,
}

/// A cited 章, 節 …
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Division {
    /// Which level.
    pub kind: UnitKind,
    /// Which one.
    pub which: Which,
}

/// Which of the units of a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// By number.
    Number(Number),
    /// 前
    Previous,
    /// 次
    Next,
    /// 同
    Same,
    /// 本
    This,
}

/// A cited article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Article {
    /// 第3条の2
    Number(Number),
    /// 第●条
    Unfilled,
    /// 前条, 前二条: how many.
    Previous(u32),
    /// 前各条
    PreviousEach,
    /// 前々条
    BeforePrevious,
    /// 次条
    Next,
    /// 同条
    Same,
    /// 本条
    This,
}

/// A cited paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paragraph {
    /// 第2項
    Number(u32),
    /// 前項, 前二項: how many.
    Previous(u32),
    /// 前各項
    PreviousEach,
    /// 各項
    Each,
    /// 次項
    Next,
    /// 同項
    Same,
    /// 本項
    This,
}

/// A cited item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// 第1号
    Number(Number),
    /// 前号, 前二号: how many.
    Previous(u32),
    /// 前各号
    PreviousEach,
    /// 各号, 当該各号
    Each,
    /// 次の各号, 次に掲げる
    Following,
    /// 次号
    Next,
    /// 同号
    Same,
    /// 本号
    This,
}

/// A part of a provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// 本文
    Main,
    /// ただし書
    Proviso,
    /// 前段
    First,
    /// 中段
    Middle,
    /// 後段
    Second,
    /// 柱書
    Lead,
}

impl Part {
    /// The name.
    pub const fn japanese(self) -> &'static str {
        match self {
            Part::Main => "本文",
            Part::Proviso => "ただし書",
            Part::First => "前段",
            Part::Middle => "中段",
            Part::Second => "後段",
            Part::Lead => "柱書",
        }
    }
}

/// The citation at the beginning of a text, and its length in bytes.
pub fn parse(text: &str) -> Option<(Citation, usize)> {
    let pair = Grammar::parse(Rule::citation, text).ok()?.next()?;
    let length = pair.as_span().end();
    let inner = pair.into_inner().next()?;
    let mut citation = Citation::default();
    match inner.as_rule() {
        Rule::annex_citation => citation.scope = Some(Scope::Annex(annex(inner.into_inner().next()?))),
        Rule::division_citation => citation.scope = Some(Scope::Divisions(divisions(inner))),
        _ => {
            let written = inner.as_str();
            for level in inner.into_inner() {
                add_level(&mut citation, level);
            }
            citation.abbreviated = is_abbreviated(&citation, written);
        }
    }
    Some((citation, length))
}

fn add_level(citation: &mut Citation, level: Pair<'_, Rule>) {
    match level.as_rule() {
        Rule::scope => citation.scope = level.into_inner().next().map(scope),
        Rule::article_number => citation.article = unit_number(level).map(Article::Number),
        Rule::article_unfilled => citation.article = Some(Article::Unfilled),
        Rule::article_relative => citation.article = level.into_inner().next().map(relative_article),
        Rule::paragraph_number => {
            let number = level.into_inner().next().and_then(|n| number_of(&n));
            citation.paragraph = number.map(Paragraph::Number);
        }
        Rule::paragraph_relative => citation.paragraph = level.into_inner().next().map(relative_paragraph),
        Rule::item_number => citation.item = item_number(level).map(Item::Number),
        Rule::item_relative => citation.item = level.into_inner().next().map(relative_item),
        Rule::subitem => citation.subitems.extend(level.into_inner().next().and_then(|mark| subitem(&mark))),
        Rule::part => citation.part = level.into_inner().next().map(part),
        _ => {}
    }
}

fn scope(pair: Pair<'_, Rule>) -> Scope {
    match pair.as_rule() {
        Rule::annex_scope => match pair.into_inner().next() {
            Some(name) => Scope::Annex(annex(name)),
            None => Scope::Supplementary,
        },
        Rule::division_citation => Scope::Divisions(divisions(pair)),
        _ => Scope::Supplementary,
    }
}

fn number_of(pair: &Pair<'_, Rule>) -> Option<u32> {
    match pair.as_rule() {
        Rule::roman_number => number::roman(pair.as_str()),
        _ => number::parse_unit_number(pair.as_str()),
    }
}

/// A number with its branches.
fn unit_number(pair: Pair<'_, Rule>) -> Option<Number> {
    let mut number: Option<Number> = None;
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::article_branch | Rule::item_branch | Rule::division_branch => {
                let branch = part.into_inner().next().and_then(|n| number_of(&n));
                number = number.zip(branch).map(|(number, branch)| number.branch(branch));
            }
            _ => number = number.or_else(|| number_of(&part).map(Number::new)),
        }
    }
    number
}

fn item_number(pair: Pair<'_, Rule>) -> Option<Number> {
    let first = pair.clone().into_inner().next()?;
    if first.as_rule() == Rule::circled {
        return first.as_str().chars().next().and_then(number::enclosed).map(Number::new);
    }
    unit_number(pair)
}

/// How many units 前二項 looks back; 1 for 前項.
fn how_many(pair: &Pair<'_, Rule>) -> u32 {
    let count = pair.clone().into_inner().next().and_then(|count| count.into_inner().last());
    count.and_then(|last| number::parse_unit_number(last.as_str())).unwrap_or(1).max(1)
}

fn relative_article(word: Pair<'_, Rule>) -> Article {
    match word.as_rule() {
        Rule::previous_each => Article::PreviousEach,
        Rule::previous_before => Article::BeforePrevious,
        Rule::previous => Article::Previous(how_many(&word)),
        Rule::next => Article::Next,
        Rule::same => Article::Same,
        _ => Article::This,
    }
}

fn relative_paragraph(word: Pair<'_, Rule>) -> Paragraph {
    match word.as_rule() {
        Rule::previous_each => Paragraph::PreviousEach,
        Rule::previous => Paragraph::Previous(how_many(&word)),
        Rule::next => Paragraph::Next,
        Rule::same => Paragraph::Same,
        Rule::each => Paragraph::Each,
        _ => Paragraph::This,
    }
}

fn relative_item(word: Pair<'_, Rule>) -> Item {
    match word.as_rule() {
        Rule::previous_each => Item::PreviousEach,
        Rule::previous => Item::Previous(how_many(&word)),
        Rule::following | Rule::listed => Item::Following,
        Rule::next => Item::Next,
        Rule::same => Item::Same,
        Rule::each => Item::Each,
        _ => Item::This,
    }
}

fn subitem(mark: &Pair<'_, Rule>) -> Option<(u32, Option<u32>)> {
    let first = mark.as_str().chars().next()?;
    match mark.as_rule() {
        Rule::kana => number::iroha(first).map(|n| (n, number::aiueo(first))),
        Rule::letter => Some((first as u32 - 'a' as u32 + 1, number::roman(mark.as_str()))),
        _ => number::parse_unit_number(mark.as_str()).map(|n| (n, None)),
    }
}

fn part(pair: Pair<'_, Rule>) -> Part {
    match pair.as_rule() {
        Rule::proviso => Part::Proviso,
        Rule::first_half => Part::First,
        Rule::second_half => Part::Second,
        Rule::middle => Part::Middle,
        Rule::lead => Part::Lead,
        _ => Part::Main,
    }
}

fn divisions(pair: Pair<'_, Rule>) -> Vec<Division> {
    let step = |step: Pair<'_, Rule>| {
        let name = step.clone().into_inner().find(|p| p.as_rule() == Rule::division_name)?;
        let kind = match name.as_str() {
            "編" => UnitKind::Part,
            "章" => UnitKind::Chapter,
            "節" => UnitKind::Section,
            _ => UnitKind::Subsection,
        };
        let first = step.clone().into_inner().next()?;
        let which = match first.as_rule() {
            Rule::previous => Which::Previous,
            Rule::next => Which::Next,
            Rule::same => Which::Same,
            Rule::this => Which::This,
            _ => Which::Number(unit_number(step)?),
        };
        Some(Division { kind, which })
    };
    pair.into_inner().filter_map(step).collect()
}

fn annex(pair: Pair<'_, Rule>) -> Annex {
    let mut annex = Annex { kind: String::new(), mark: String::new(), title: String::new() };
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::annex_kind => annex.kind = part.as_str().to_string(),
            Rule::annex_mark => {
                let title = part.clone().into_inner().find(|p| p.as_rule() == Rule::annex_title);
                match title {
                    Some(title) => annex.title = title.as_str().to_string(),
                    None => annex.mark = number::plain_mark(part.as_str()),
                }
            }
            _ => {}
        }
    }
    annex
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

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(text: &str) -> Citation {
        let (citation, length) = parse(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(length, text.len(), "{text}: only {}", &text[..length]);
        citation
    }

    #[test]
    fn absolute_citations() {
        let all = cited("第3条の2第1項第二号イただし書");
        assert_eq!(all.article, Some(Article::Number(Number::new(3).branch(2))));
        assert_eq!(all.paragraph, Some(Paragraph::Number(1)));
        assert_eq!(all.item, Some(Item::Number(Number::new(2))));
        assert_eq!(all.subitems, [(1, Some(2))]);
        assert_eq!(all.part, Some(Part::Proviso));
        assert!(!all.abbreviated);
        assert!(cited("第3条2項").abbreviated);
        assert!(cited("3条2項").abbreviated);
        assert_eq!(cited("第四条ii項").paragraph, Some(Paragraph::Number(2)));
        assert_eq!(cited("第十二条第三項").article, Some(Article::Number(Number::new(12))));
        assert_eq!(cited("第5条（1）").item, Some(Item::Number(Number::new(1))));
    }

    #[test]
    fn relative_citations() {
        assert_eq!(cited("前二項").paragraph, Some(Paragraph::Previous(2)));
        assert_eq!(cited("前各号").item, Some(Item::PreviousEach));
        assert_eq!(cited("次の各号").item, Some(Item::Following));
        let both = cited("前条第2項各号");
        assert_eq!(
            (both.article, both.paragraph, both.item),
            (Some(Article::Previous(1)), Some(Paragraph::Number(2)), Some(Item::Each))
        );
        assert_eq!(cited("同条ただし書").part, Some(Part::Proviso));
        assert_eq!(cited("前々条").article, Some(Article::BeforePrevious));
    }

    #[test]
    fn annexes_chapters_and_supplementary_provisions() {
        assert_eq!(
            cited("別紙1").scope,
            Some(Scope::Annex(Annex { kind: "別紙".into(), mark: "1".into(), title: String::new() }))
        );
        assert_eq!(
            cited("別紙「仕様書」").scope,
            Some(Scope::Annex(Annex { kind: "別紙".into(), mark: String::new(), title: "仕様書".into() }))
        );
        let article = cited("附則第2条");
        assert_eq!(
            (article.scope, article.article),
            (Some(Scope::Supplementary), Some(Article::Number(Number::new(2))))
        );
        assert_eq!(cited("第2章第1節").scope.map(|s| matches!(s, Scope::Divisions(d) if d.len() == 2)), Some(true));
        let inner = cited("別紙1第2条第1項");
        assert!(matches!(inner.scope, Some(Scope::Annex(_))) && inner.paragraph == Some(Paragraph::Number(1)));
    }

    #[test]
    fn what_only_looks_like_a_citation() {
        for text in ["第三者", "前文", "次第", "同様", "本契約", "第1回", "前記", "別途", "本文", "前条件", "第2種"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
        let (citation, length) = parse("第3条の三者").unwrap();
        assert_eq!((citation.article, length), (Some(Article::Number(Number::new(3))), "第3条".len()));
    }
}
