//! Captions of articles, found by their words.

use foldhash::HashMap;

use super::term::word;
use crate::contract::{Contract, UnitId, UnitKind};

/// The captions of the articles of a contract.
#[derive(Debug, Default)]
pub struct Captions {
    by_key: HashMap<String, Vec<UnitId>>,
    keys: HashMap<UnitId, String>,
}

/// The longest caption that is looked for in running text, in characters.
const LONGEST: usize = 16;

impl Captions {
    /// Collects the captions of the articles.
    pub fn of(contract: &Contract) -> Captions {
        let mut captions = Captions::default();
        for id in contract.ids_of(UnitKind::Article).filter(|&id| !contract.unit(id).deleted) {
            let Some(caption) = contract.caption(id) else { continue };
            let key = key(caption);
            if !key.is_empty() {
                captions.by_key.entry(key.clone()).or_default().push(id);
                captions.keys.insert(id, key);
            }
        }
        captions
    }

    /// The articles that bear a caption, give or take notation: 「契約の解除」 is 「契約解除」.
    pub fn bearing(&self, caption: &str) -> &[UnitId] {
        self.by_key.get(&key(caption)).map_or(&[], Vec::as_slice)
    }

    /// Whether an article's caption says what other words say: it is the same, or one holds the other.
    pub fn agree(&self, article: UnitId, words: &str) -> bool {
        let words = key(words);
        self.keys.get(&article).is_none_or(|own| own.contains(&words) || words.contains(own.as_str()))
    }

    /// The caption, as written, with which a text begins and which only one article bears; the longest one.
    pub fn at_start<'t>(&self, text: &'t str) -> Option<(&'t str, UnitId)> {
        // The words behind it (契約の解除により) are no part of it: they change nothing of what is compared.
        let (mut longest, mut last) = (None, String::new());
        for (at, character) in text.char_indices().skip(1).take(LONGEST) {
            let end = at + character.len_utf8();
            let key = key(&text[..end]);
            if key != last {
                if let Some([only]) = self.by_key.get(&key).map(Vec::as_slice) {
                    longest = Some((&text[..end], *only));
                }
                last = key;
            }
        }
        longest
    }
}

/// What is compared of a caption: without blanks, 送り仮名 and particles.
fn key(caption: &str) -> String {
    let kept: String = caption
        .chars()
        .filter(|c| {
            !c.is_whitespace() && !word::is_hiragana(*c) && !matches!(c, '、' | '，' | '・' | '及' | '並' | '（' | '）')
        })
        .collect();
    if kept.is_empty() { caption.split_whitespace().collect() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn captions_are_found_in_other_notation() {
        let contract = Contract::parse(Text::new(
            "第1条（目的）\n本契約は、条件を定める。\n第2条（契約の解除）\n甲は、解除することができる。\n第3条（引渡し及び検査）\n乙は、引き渡す。\n",
        ));
        let captions = Captions::of(&contract);
        let articles: Vec<UnitId> = contract.ids_of(UnitKind::Article).collect();
        assert_eq!(captions.bearing("契約解除"), [articles[1]]);
        assert!(captions.agree(articles[2], "引渡"));
        assert!(!captions.agree(articles[0], "契約解除"));
        assert_eq!(captions.at_start("契約の解除により"), Some(("契約の解除", articles[1])));
        assert_eq!(captions.at_start("乙の義務"), None);
    }
}
