//! Definitions inside of sentences: 「（以下「X」という。）」, 「「X」とは、…をいう。」, 「X（…をいう。以下同じ。）」 and their relatives.

use std::ops::Range;

use super::ordinary::is_ordinary;
use super::place::{
    bracket_close, bracket_open, close_of, lead, meaning_before, outside_of_brackets, scope, sentence_end, trim_quotes,
};
use super::word::{is_hiragana, is_noun};
use super::{Form, Term, sentences};
use crate::contract::{Contract, UnitId, UnitKind};
use crate::text::{ends_with_any, places, starts_with_any};

/// The longest name, in characters.
pub const LONGEST: usize = 40;

/// What follows a name that is given: behind 「X」.
const CALLED: [&str; 34] = [
    "という。",
    "という）",
    "という」",
    "という、",
    "というものと",
    "ということが",
    "という\n",
    "といいます",
    "といい、",
    "といい）",
    "といい",
    "と言う",
    "と言い",
    "といふ",
    "と総称",
    "とする。",
    "とする）",
    "とする、",
    "とする」",
    "とし、",
    "とし）",
    "とします",
    "として",
    "と称す",
    "と称し",
    "と呼ぶ",
    "と呼び",
    "と呼称",
    "と略称",
    "と略す",
    "と略し",
    "と略記",
    "と定義",
    "と表記",
];

/// Words before a name by which it is given to what stands before.
const GIVING: [&str; 11] =
    ["以下", "総称", "併せて", "あわせて", "合わせて", "まとめて", "単に", "それぞれ", "個別に", "略して", "一括して"];

/// Between names that are given together.
const CONNECTIVES: [&str; 10] = ["、", "及び", "又は", "並びに", "若しくは", "および", "または", "・", "と", "、及び"];

/// What makes another sentence of 「Xとは」: 「契約とは異なる」.
const NOT_MEANS: [&str; 16] = [
    "異な",
    "限ら",
    "限り",
    "別",
    "関係",
    "関わ",
    "みなさ",
    "見なさ",
    "言え",
    "いえ",
    "なら",
    "でき",
    "しな",
    "無関係",
    "認め",
    "考え",
];

/// Words in brackets that are no names.
pub const NO_NAMES: [&str; 14] =
    ["同じ", "同様", "別紙", "別表", "次", "略", "省略", "余白", "別途", "の", "について", "等", "条", "項"];

/// Ends of a sentence that says what a word means.
const SAYS: [&str; 9] =
    ["をいう", "をいいます", "を言う", "を言います", "を指す", "を指します", "を意味する", "を意味します", "をさす"];

/// Ends of a sentence that may say what a word means.
const STATES: [&str; 7] =
    ["という", "といいます", "とする", "を指すものとし", "を指すものとします", "である", "ものです"];

/// Labels by which parties are called.
pub const LABELS: [&str; 7] = ["甲", "乙", "丙", "丁", "戊", "己", "庚"];

/// Every definition inside of a sentence.
pub fn definitions(contract: &Contract) -> Vec<Term> {
    let mut found = Vec::new();
    let flow = contract.flow().as_str();
    let [quoted, hereinafter, qualified, means, bracketed, named] =
        ["「", "以下", "同じ", "とは", "（", "を"].map(|word| Cue { word, places: places(flow, word).collect() });
    for (first, range) in sentences(contract) {
        let content = contract.contents()[first];
        if content.kind.is_text() {
            let text = &flow[range.clone()];
            let mut finder = Finder { contract, unit: content.unit, text, start: range.start, found: &mut found };
            finder.quoted(quoted.within(&range));
            finder.hereinafter(hereinafter.within(&range));
            finder.qualified(qualified.within(&range));
            finder.means(means.within(&range));
            finder.bare(bracketed.within(&range), named.within(&range));
        }
    }
    found
}

/// A word by which a form of definition is known, and all its places in the flow.
struct Cue {
    word: &'static str,
    places: Vec<usize>,
}

impl Cue {
    /// Its places in a range, counted from the beginning of the range.
    fn within(&self, range: &Range<usize>) -> impl Iterator<Item = usize> {
        let Range { start, end } = *range;
        let from = self.places.partition_point(|place| *place < start);
        let inside = self.places[from..].iter().take_while(move |place| **place + self.word.len() <= end);
        inside.map(move |place| place - start)
    }
}

/// Looks for definitions in one run of text.
struct Finder<'a> {
    contract: &'a Contract,
    unit: UnitId,
    text: &'a str,
    /// Where the text begins in the flow.
    start: usize,
    found: &'a mut Vec<Term>,
}

impl Finder<'_> {
    /// 「X」 with という, とは or a closing bracket behind it.
    fn quoted(&mut self, opening: impl Iterator<Item = usize>) {
        let mut behind_name = 0;
        for open in opening {
            let inner = open + '「'.len_utf8();
            let Some(close) = (open >= behind_name).then(|| close_of(self.text, inner)).flatten() else { continue };
            let name = trim_quotes(self.text, inner..close);
            let behind = &self.text[close + '」'.len_utf8()..];
            let lead = lead(self.text, open);
            if let Some(meaning) = behind.strip_prefix("とは") {
                if !starts_with_any(meaning, &NOT_MEANS) {
                    let whole = lead.start..sentence_end(self.text, close);
                    let meaning = (close + "」とは".len()).min(whole.end)..whole.end;
                    self.add(name, Form::Means, meaning, whole, lead.start..open);
                }
            } else if self.is_given(&lead, open, close) {
                self.add_given(name, &lead, open, close);
            }
            behind_name = close;
        }
    }

    /// Whether the quoted name is given to something: 「以下「X」という。」, 「以下「X」」 before a closing bracket, 「…を「X」という。」, also as one of
    /// several names.
    fn is_given(&self, lead: &Range<usize>, open: usize, close: usize) -> bool {
        let mut behind = &self.text[close + '」'.len_utf8()..];
        let mut several = false;
        // 「X」、「Y」及び「Z」という。
        for _ in 0..12 {
            let Some(next) = CONNECTIVES.iter().find_map(|c| behind.strip_prefix(c)).filter(|n| n.starts_with('「'))
            else {
                break;
            };
            let Some(end) = close_of(next, '「'.len_utf8()) else { break };
            behind = &next[end + '」'.len_utf8()..];
            several = true;
        }
        let before = outside_of_brackets(&self.text[lead.clone()]);
        let hereinafter = GIVING.iter().any(|word| before.contains(word));
        if !starts_with_any(behind, &CALLED) {
            let in_bracket = behind.starts_with('）') && !several;
            return in_bracket && before.trim_end_matches(['、', ' ', '　']).ends_with("以下");
        }
        let defined = behind.starts_with("と定義");
        let says = starts_with_any(behind, &["という", "といい", "と総称", "と略", "と呼"]);
        let object = before.ends_with('を') || before.ends_with("を、") || self.text[..open].ends_with('を');
        hereinafter && (says || before.chars().count() <= 40) || defined || object && says
    }

    /// Adds a name that is given by 「（以下「X」という。）」 or 「…を「X」という。」.
    fn add_given(&mut self, name: Range<usize>, lead: &Range<usize>, open: usize, close: usize) {
        match bracket_open(self.text, open) {
            Some(bracket) => {
                let end = bracket_close(self.text, close).unwrap_or_else(|| sentence_end(self.text, close));
                let meaning = meaning_before(self.text, bracket);
                self.add(name, Form::Hereinafter, meaning, bracket..end, lead.start..open);
            }
            None => {
                let whole = lead.start..sentence_end(self.text, close);
                self.add(name, Form::Hereinafter, lead.start..open, whole, lead.start..open);
            }
        }
    }

    /// 「（以下、Xといいます。）」, 「（以下会員という）」: without 「」.
    fn hereinafter(&mut self, places: impl Iterator<Item = usize>) {
        for at in places {
            let before = self.text[..at].chars().next_back();
            if !matches!(before, Some('（' | '。' | '、')) || bracket_open(self.text, at).is_none() {
                continue;
            }
            let mut from = at + "以下".len();
            for word in ["、", "単に", "総称して", "併せて", "あわせて", "まとめて"] {
                if self.text[from..].starts_with(word) {
                    from += word.len();
                }
            }
            let rest = &self.text[from..];
            let length: usize = rest.chars().take(LONGEST).take_while(|c| is_name(*c)).map(char::len_utf8).sum();
            let behind = &rest[length..];
            let given = behind.starts_with('）') || starts_with_any(behind, &CALLED);
            let unit = starts_with_any(rest, &["本項", "本条", "本号"]);
            if length >= '字'.len_utf8() && given && !unit {
                let lead = lead(self.text, from);
                self.add_given(from..from + length, &(lead.start..from), from, from + length);
            }
        }
    }

    /// 「X（…をいう。以下同じ。）」: the noun before the bracket.
    fn qualified(&mut self, places: impl Iterator<Item = usize>) {
        for at in places {
            let behind = &self.text[at + "同じ".len()..];
            let close = behind.char_indices().take_while(|(end, _)| *end <= 12).find(|(_, c)| *c == '）');
            let close = close.map(|(end, _)| end);
            let (Some(open), Some(close)) = (bracket_open(self.text, at), close) else { continue };
            let lead = lead(self.text, at);
            if !self.text[lead.clone()].contains("以下") {
                continue;
            }
            let name = match self.text[..open].strip_suffix('」') {
                Some(quoted) => match quoted.char_indices().rev().take(LONGEST).find(|(_, c)| *c == '「') {
                    Some((quote, _)) => quote + '「'.len_utf8()..quoted.len(),
                    None => continue,
                },
                None => {
                    let noun = |c: &char| is_noun(*c);
                    let length: usize =
                        self.text[..open].chars().rev().take(LONGEST).take_while(noun).map(char::len_utf8).sum();
                    let start = open - length;
                    let words = &self.text[start..open];
                    let skipped = ["当該", "前記"].iter().find(|w| words.starts_with(**w)).map_or(0, |w| w.len());
                    start + skipped..open
                }
            };
            let end = at + "同じ".len() + close + '）'.len_utf8();
            if self.text[name.clone()].chars().count() >= 2 {
                self.add(name, Form::Qualified, open..end, open..end, lead.start..at);
            }
        }
    }

    /// 「Xとは、…をいう。」 without 「」: from the beginning of a sentence or behind 「本規程において」.
    fn means(&mut self, places: impl Iterator<Item = usize>) {
        for at in places {
            let behind = &self.text[at + "とは".len()..];
            let before = &self.text[..at];
            let joins = before.ends_with(is_name) && !before.ends_with('の');
            if !joins || starts_with_any(behind.trim_start_matches('、'), &NOT_MEANS) {
                continue;
            }
            let end = sentence_end(self.text, at);
            let sentence = self.text[at..end].trim_end_matches(['。', '）', ' ', '　']);
            let says = ends_with_any(sentence, &SAYS);
            if !says && !ends_with_any(sentence, &STATES) && !self.is_entry(sentence) {
                continue;
            }
            let lead = lead(self.text, at);
            let words = &self.text[lead.start..at];
            const ENDS: [&str; 8] =
                ["において", "における", "でいう", "にいう", "、", "で言う", "に言う", "適用対象となる"];
            let mut from = ENDS.iter().filter_map(|end| words.rfind(end).map(|i| i + end.len())).max().unwrap_or(0);
            // 「この場合の1年間とは」, 「第1項に記載する従業員の事情とは」 explain a word of the article.
            let near = starts_with_any(words, &["前", "第", "この", "その", "同"]);
            if near {
                from = from.max(words.rfind('の').map_or(0, |i| i + 'の'.len_utf8()));
            }
            let name = lead.start + from..at;
            let written = &self.text[name.clone()];
            let said = says && from == 0;
            let plain = |c: char| is_name(c) || c == 'の' || said && is_hiragana(c) && !"はがをで".contains(c);
            if !written.is_empty() && written.chars().all(plain) && written.chars().count() <= 20 {
                self.add(name.clone(), Form::Means, at + "とは".len()..end, lead.start..end, lead.start..name.start);
            }
        }
    }

    /// Whether a sentence that does not say をいう is an entry that ends with a noun: 「正社員とは、…採用された者」.
    fn is_entry(&self, sentence: &str) -> bool {
        let kind = self.contract.unit(self.unit).kind;
        matches!(kind, UnitKind::Item | UnitKind::Subitem)
            && ends_with_any(sentence, &["者", "もの", "こと", "場合", "とき"])
    }

    /// 「…サービス（本サービス）」, 「株式会社青葉（甲）」; 「…を甲、…を乙とし」.
    fn bare(&mut self, brackets: impl Iterator<Item = usize>, named: impl Iterator<Item = usize>) {
        for open in brackets {
            let inner = open + '（'.len_utf8();
            let length: usize =
                self.text[inner..].chars().take(LONGEST).take_while(|c| is_noun(*c)).map(char::len_utf8).sum();
            let name = inner..inner + length;
            let written = &self.text[name.clone()];
            let before = self.text[..open].chars().next_back();
            if !self.text[name.end..].starts_with('）')
                || before.is_none_or(|c| "条項号章節別紙表。、".contains(c) || c.is_ascii_digit())
            {
                continue;
            }
            let own = (written.starts_with('本') || written.starts_with("対象"))
                && written.chars().count() >= 3
                && !is_ordinary(written)
                && written != "対象者";
            if LABELS.contains(&written) && self.names_a_party(open) || own {
                let close = name.end + '）'.len_utf8();
                self.add(name, Form::Bare, meaning_before(self.text, open), open..close, open..open);
            }
        }
        for at in named {
            let inner = at + 'を'.len_utf8();
            if let Some(label) = LABELS.iter().find(|label| self.text[inner..].starts_with(**label)) {
                let name = inner..inner + label.len();
                let behind = &self.text[name.end..];
                let given = starts_with_any(behind, &["とし", "とする", "、", "と称し", "といい", "と呼"]);
                let together = || LABELS.iter().any(|other| behind.contains(&format!("を{other}と")));
                let first = || behind.starts_with('と') && self.text[..at].contains("を甲");
                if given && (together() || first()) {
                    self.add(name, Form::Bare, meaning_before(self.text, at), at..at, at..at);
                }
            }
        }
    }

    /// Whether what stands before a bracket with a label is somebody's name: in a preamble, or a company's.
    fn names_a_party(&self, open: usize) -> bool {
        let before: String =
            self.text[..open].chars().rev().take(30).collect::<Vec<char>>().into_iter().rev().collect();
        self.contract.enclosing(self.unit, UnitKind::Preamble).is_some()
            || ["会社", "法人", "組合", "商店", "事務所"].iter().any(|word| before.contains(word))
    }

    /// Adds a definition. All ranges are of the text at hand; `lead` is where its scope is written.
    fn add(&mut self, name: Range<usize>, form: Form, meaning: Range<usize>, whole: Range<usize>, lead: Range<usize>) {
        let written = &self.text[name.clone()];
        let length = written.chars().count();
        if length == 0 || length > LONGEST || NO_NAMES.contains(&written) || !written.chars().any(is_noun) {
            return;
        }
        let flow = |range: Range<usize>| self.start + range.start..self.start + range.end;
        self.found.push(Term {
            name: written.to_string(),
            span: self.contract.flow().span(flow(name.clone())),
            unit: self.unit_of(name.start),
            form,
            scope: scope(self.contract, self.unit_of(name.start), &self.text[lead]),
            meaning: flow(meaning),
            whole: flow(whole),
            flow: flow(name),
            uses: Vec::new(),
        });
    }

    fn unit_of(&self, at: usize) -> UnitId {
        self.contract.content_at(self.start + at).map_or(self.unit, |content| content.unit)
    }
}

/// A character of a name written without 「」.
fn is_name(character: char) -> bool {
    is_noun(character) || matches!(character, 'お' | 'ご' | '-' | '.' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn found(source: &str) -> Vec<(String, Form)> {
        let contract = Contract::parse(Text::new(format!("第1条（定義）\n{source}\n")));
        let mut all = definitions(&contract);
        all.sort_by_key(|term| term.flow.start);
        all.into_iter().map(|term| (term.name, term.form)).collect()
    }

    fn names(source: &str) -> Vec<String> {
        found(source).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn names_are_given_in_many_forms() {
        for (source, expected) in [
            ("甲は、業務（以下「本業務」という。）を行う。", vec!["本業務"]),
            ("乙は、業務（以下、「本業務」といいます）を行う。", vec!["本業務"]),
            ("料金（消費税を除く。以下「保守料」という。）を支払う。", vec!["保守料"]),
            ("サービス（以下「サービス」）を提供する。", vec!["サービス"]),
            ("特許権及び著作権（以下それぞれ「特許」及び「著作」という。）", vec!["特許", "著作"]),
            ("以下、甲、乙及び丙を個別に又は総称して「当事者」という。", vec!["当事者"]),
            ("権利（以下総称して｢知的財産権｣という。）", vec!["知的財産権"]),
            ("変更の日を「基準日」といい、変更を「改定」という。", vec!["基準日", "改定"]),
            ("（以下、本ソフトウェアといいます）をご使用の前に", vec!["本ソフトウェア"]),
            ("会員（以下会員という）の中から", vec!["会員"]),
            ("提供するサービス（本サービス）の利用", vec!["本サービス"]),
            ("（その後に変更された場合を含むものとし、以下「本サービス」といいます。）", vec!["本サービス"]),
        ] {
            assert_eq!(names(source), expected, "{source}");
        }
    }

    #[test]
    fn words_are_explained_in_many_forms() {
        for (source, expected) in [
            ("本契約において「秘密情報」とは、情報をいう。", vec!["秘密情報"]),
            ("「開示者」とは、開示する者をいい、「受領者」とは、受領する者をいう。", vec!["開示者", "受領者"]),
            ("立替経費とは、次の経費をいう。", vec!["立替経費"]),
            ("本規程における旅費とは、次のものをいう。", vec!["旅費"]),
            ("消費者（法第2条の消費者をいう。以下同じ。）は、", vec!["消費者"]),
        ] {
            assert_eq!(names(source), expected, "{source}");
        }
    }

    #[test]
    fn what_only_looks_like_a_definition_is_none() {
        for source in [
            "「架空たね」という名称のサービス",
            "甲の定めとは異なる。",
            "取り消すことはできない。",
            "5人以下のものは、除く。",
            "第3条（本業務）に定める",
            "本店（本社）において",
            "その旨を「お知らせ」に掲示する。",
            "結果を「可」とする。",
        ] {
            assert_eq!(names(source), [] as [&str; 0], "{source}");
        }
    }

    #[test]
    fn a_definition_may_hold_for_a_part_only() {
        let contract = Contract::parse(Text::new(
            "第1条（譲渡）\n譲渡の日（以下、本条において「譲渡日」という。）に譲渡する。\n第2条（通知）\n通知（以下この条及び次条において「通知」という。）を行う。\n第3条（協議）\n協議（以下「協議」という。）する。\n",
        ));
        let scopes: Vec<Vec<String>> = definitions(&contract)
            .iter()
            .map(|term| term.scope.iter().map(|&unit| contract.citation(unit)).collect())
            .collect();
        assert_eq!(scopes, [vec!["第1条"], vec!["第2条", "第3条"], vec![]]);
    }
}
