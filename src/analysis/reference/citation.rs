//! One citation as it is written.

mod parse;

pub use parse::parse;

use crate::contract::UnitKind;
use crate::number::Number;

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
    Annex(Box<Annex>),
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
    /// 2.1項, 第2.1項: what bears this number in a text whose 項 are numbered 2.1 and whose 号 are numbered 2.1.1
    Outline(Number),
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
        assert_eq!(cited("前項イ").subitems, [(1, Some(2))]);
        assert_eq!(all.part, Some(Part::Proviso));
        assert!(!all.abbreviated);
        assert!(cited("第3条2項").abbreviated);
        assert!(cited("3条2項").abbreviated);
        assert_eq!(cited("第四条ii項").paragraph, Some(Paragraph::Number(2)));
        assert_eq!(cited("第十二条第三項").article, Some(Article::Number(Number::new(12))));
        assert_eq!(cited("2.1項第3号").article, Some(Article::Outline(Number::new(2).part(1))));
        assert_eq!(cited("第2.1項").article, Some(Article::Outline(Number::new(2).part(1))));
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
            Some(Scope::Annex(Box::new(Annex { kind: "別紙".into(), mark: "1".into(), title: String::new() })))
        );
        assert_eq!(
            cited("別紙「仕様書」").scope,
            Some(Scope::Annex(Box::new(Annex {
                kind: "別紙".into(), mark: String::new(), title: "仕様書".into()
            })))
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
