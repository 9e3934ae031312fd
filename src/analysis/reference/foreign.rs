//! Whether a citation speaks of another document: a law (民法第541条), another contract (原契約第3条), a rulebook (就業規則第59条).
//!
//! What stands directly before 第N条 decides. 本契約, この規約 and the like are this document itself.

use crate::contract::{Contract, UnitKind};
use crate::text::trailing_word;

/// Ends of the names of laws and other documents that have articles.
const ENDS: [&str; 43] = [
    "法",
    "法律",
    "令",
    "規則",
    "条例",
    "憲法",
    "条約",
    "告示",
    "指針",
    "通達",
    "要綱",
    "要領",
    "勅令",
    "訓令",
    "契約",
    "契約書",
    "覚書",
    "規約",
    "約款",
    "規程",
    "定款",
    "協定",
    "協定書",
    "ガイドライン",
    "ポリシー",
    "細則",
    "会則",
    "合意書",
    "仕様書",
    "注文書",
    "誓約書",
    "議定書",
    "宣言",
    "指令",
    "原則",
    "規格",
    "プライバシーポリシー",
    "契約条項",
    "特約",
    "労使協定",
    "学則",
    "内規",
    "基準",
];

/// Words with such an end that name no document.
const NOT_NAMES: [&str; 14] =
    ["方法", "手法", "寸法", "文法", "作法", "命令", "指令", "原則", "法則", "罰則", "変則", "司令", "辞令", "発令"];

/// Names by which a document speaks of itself.
const SELF: [&str; 32] = [
    "本契約",
    "本契約書",
    "この契約",
    "この契約書",
    "本書",
    "本規約",
    "この規約",
    "当規約",
    "本規程",
    "この規程",
    "当規程",
    "本規則",
    "この規則",
    "当規則",
    "本約款",
    "この約款",
    "本定款",
    "この定款",
    "本覚書",
    "この覚書",
    "本協定",
    "この協定",
    "本会則",
    "この会則",
    "本細則",
    "この細則",
    "本合意書",
    "本誓約書",
    "この法律",
    "本ポリシー",
    "本利用規約",
    "この規定",
];

/// The names of a document: its own, and those of others.
pub struct Names {
    title: String,
    /// Names that the preamble gives to contracts concluded before.
    others: Vec<String>,
}

impl Names {
    /// Looks at the title and the preamble.
    pub fn of(contract: &Contract) -> Names {
        let title: String = contract.title().unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
        let mut others = Vec::new();
        let flow = contract.flow();
        for id in contract.ids_of(UnitKind::Preamble) {
            let text = &flow.as_str()[flow.range(contract.unit(id).contents)];
            for (at, _) in text.match_indices("（以下「") {
                let inner = &text[at + "（以下「".len()..];
                let Some(name) = inner.find('」').map(|end| &inner[..end]) else { continue };
                let before = text[..at].rsplit(['。', '\n']).next().unwrap_or_default();
                let clause = before.rsplit('、').next().unwrap_or(before);
                let concluded = ["締結した", "締結された", "締結する基本", "付け", "付で", "付の", "付業務", "別途"]
                    .iter()
                    .any(|w| clause.contains(w));
                if concluded && is_document(name) {
                    others.push(name.to_string());
                }
            }
        }
        Names { title, others }
    }

    /// The name of another document that stands directly before a place of a sentence, if there is one.
    pub fn before<'t>(&self, before: &'t str) -> Option<&'t str> {
        let name = law_with_number(before).unwrap_or_else(|| strip_brackets(before));
        let name = name.strip_suffix('の').filter(|n| is_document(strip_quote(n))).unwrap_or(name);
        let name = strip_quote(name);
        let latin = name.len() - name.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        if latin >= 2 {
            return Some(&name[name.len() - latin..]);
        }
        if let Some(number) = number_of_law(name) {
            return Some(number);
        }
        if !is_document(name) || self.is_self(name) {
            return None;
        }
        Some(last_words(name))
    }

    fn is_self(&self, name: &str) -> bool {
        if self.others.iter().any(|other| name.ends_with(other.as_str())) {
            return false;
        }
        // 「基本契約」 ends with 「本契約」 and is another one.
        let is_word = |before: &str| !before.ends_with(|c| ('一'..='鿿').contains(&c));
        if SELF.iter().any(|own| name.strip_suffix(own).is_some_and(is_word)) {
            return true;
        }
        // 「本秘密保持契約」 in a 秘密保持契約書.
        let words = last_words(name);
        let kind = words.strip_prefix("本").or_else(|| words.strip_prefix("この")).or_else(|| words.strip_prefix("当"));
        kind.is_some_and(|kind| kind.chars().count() >= 2 && self.title.contains(kind.trim_end_matches('書')))
    }
}

fn is_document(name: &str) -> bool {
    trailing_word(name, &ENDS).is_some() && trailing_word(name, &NOT_NAMES).is_none()
}

/// Laws that have no name but a number: 「昭和56年法律第73号」, 「規則16―0」.
fn number_of_law(before: &str) -> Option<&str> {
    const KINDS: [&str; 5] = ["法律第", "政令第", "省令第", "条例第", "規則"];
    let digits = |c: char| c.is_ascii_digit() || "〇一二三四五六七八九十百―－-".contains(c);
    let number = before.strip_suffix('号').unwrap_or(before).trim_end_matches(digits);
    let law = KINDS.iter().find(|kind| number.ends_with(**kind)).filter(|_| number.len() < before.len())?;
    Some(last_words(before)).filter(|words| words.len() > law.len())
}

/// 「民法（明治29年法律第89号。」 → 「民法」: a provision named inside the bracket behind the number of a law (…号。第3条を除く。）.
fn law_with_number(before: &str) -> Option<&str> {
    const NUMBERED: [&str; 6] = ["法律第", "政令第", "省令第", "府令第", "条例第", "規則第"];
    const LONGEST: usize = 120;
    let inner = before.strip_suffix("号。")?;
    let near = inner.len().saturating_sub(LONGEST);
    let open = inner.rfind('（').filter(|open| *open >= near)?;
    let law = &before[..open];
    (NUMBERED.iter().any(|word| inner[open..].contains(word)) && is_document(law)).then_some(law)
}

/// 「民法（明治29年法律第89号）」 → 「民法」: what stands before a bracket at the end.
fn strip_brackets(before: &str) -> &str {
    let mut rest = before;
    while rest.ends_with('）') {
        let mut depth = 0;
        let open = rest.char_indices().rev().take(300).find(|(_, c)| {
            match c {
                '）' => depth += 1,
                '（' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        match open {
            Some((at, _)) => rest = &rest[..at],
            None => break,
        }
    }
    rest
}

/// 「「基本契約」」 → 「基本契約」.
fn strip_quote(name: &str) -> &str {
    name.strip_suffix(['」', '』']).unwrap_or(name)
}

/// The end of a text from the last mark or particle that cannot be part of a name.
fn last_words(text: &str) -> &str {
    let from = text.char_indices().rev().take(40).find(|(_, c)| "、。（）「」『』\n：,.　 をがはもで".contains(*c));
    let words = from.map_or(text, |(at, c)| &text[at + c.len_utf8()..]);
    let connectives = ["及び", "又は", "並びに", "若しくは", "および", "または", "その他", "との", "への"];
    let behind = |(at, first): (usize, char)| {
        let begins = "及又並若おまそとへ".contains(first);
        let connective = connectives.iter().filter(|_| begins).find(|connective| words[at..].starts_with(**connective));
        connective.map(|connective| &words[at + connective.len()..])
    };
    words.char_indices().rev().find_map(behind).unwrap_or(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn names(source: &str) -> Names {
        Names::of(&Contract::parse(Text::new(source)))
    }

    #[test]
    fn laws_and_other_contracts_are_foreign() {
        let names = names("業務委託契約書\n甲と乙は、次のとおり契約する。\n第1条（目的）\n本契約は、条件を定める。\n");
        for (before, name) in [
            ("乙は、民法", "民法"),
            (
                "個人情報の保護に関する法律（平成15年法律第57号。以下「個人情報保護法」という。）",
                "個人情報の保護に関する法律",
            ),
            ("甲は、原契約", "原契約"),
            ("甲は、原契約の", "原契約"),
            ("乙の就業規則", "乙の就業規則"),
            ("同法", "同法"),
            ("又は昭和五十六年法律第七十三号", "昭和五十六年法律第七十三号"),
            ("人事院規則一六―〇", "人事院規則一六―〇"),
            (
                "又は暴力団員による不当な行為の防止等に関する法律（平成3年法律第77号。",
                "暴力団員による不当な行為の防止等に関する法律",
            ),
            ("（以下「活用法」という。）又は活用法", "活用法"),
            ("（平成15年法律", "平成15年法律"),
            ("NDA", "NDA"),
        ] {
            assert_eq!(names.before(before), Some(name), "{before}");
        }
        for before in ["乙は、", "本契約", "この契約", "次の方法", "及び", "前項の規定及び", "甲の"]
        {
            assert_eq!(names.before(before), None, "{before}");
        }
    }

    #[test]
    fn a_contract_named_in_the_preamble_is_foreign() {
        let names = names(
            "利用契約書\n甲乙間で2025年4月1日付で締結した共同開発契約（以下「本共同開発契約」という。）に基づき、次のとおり契約（以下「本契約」という。）を締結する。\n第1条（目的）\n本契約は、条件を定める。\n",
        );
        assert_eq!(names.before("本共同開発契約"), Some("本共同開発契約"));
        assert_eq!(names.before("本契約"), None);
        assert_eq!(names.before("本利用契約"), None);
    }
}
