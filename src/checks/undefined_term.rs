//! See `rules/definition/undefined-term.md`.

use std::cell::LazyCell;
use std::ops::Range;

use foldhash::HashMap;

use super::near_variant::variant_of;
use crate::analysis::term::{self, word};
use crate::contract::{Contract, UnitKind};
use crate::report::Report;
use crate::rule::Context;
use crate::text::{ends_with_any, places};

/// The longest word looked at, in characters.
const LONGEST: usize = 16;

/// How many characters back 本 can take up what was spoken of.
const TAKEN_UP: usize = 600;

/// What 対象 makes an ordinary word of.
const ORDINARY_OBJECTS: &str = "者 外 物 月 日 年 年度 期間 範囲 数 額 人数 家族 項目 地域 経費 時間 行為 事項 期 先 国 別 商品 品 企業 機関 箇所 部分 事業 年齢";

/// Reports words that look like defined terms (本成果物, 本件システム, 対象システム) and are defined nowhere.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    if takes_terms_from_elsewhere(contract) && context.analysis.terms().imported.is_empty() {
        return;
    }
    let mut candidates_of: HashMap<&str, Vec<Range<usize>>> = HashMap::default();
    for (range, word) in candidates(context) {
        candidates_of.entry(word).or_default().push(range);
    }
    let mut words: HashMap<&str, Vec<Range<usize>>> = HashMap::default();
    for (word, places) in candidates_of {
        words.entry(core(word)).or_default().extend(places);
    }
    // 「本製品代金」 belongs to 「本製品」: the shortest word stands for all that begin with it.
    let mut sorted: Vec<&str> = words.keys().copied().collect();
    sorted.sort_unstable();
    let mut groups: Vec<(&str, Vec<Range<usize>>)> = Vec::new();
    for word in sorted {
        let places = words.remove(word).unwrap_or_default();
        match groups.last_mut().filter(|(shortest, _)| word.starts_with(shortest)) {
            Some((_, all)) => all.extend(places),
            None => groups.push((word, places)),
        }
    }
    if let Some(place) = nameless_contract(context) {
        groups.push((&contract.flow().as_str()[place.clone()], vec![place]));
    }
    let pointed = LazyCell::new(|| Pointed::of(contract.flow().as_str()));
    for (word, mut places) in groups {
        places.sort_by_key(|place| place.start);
        let Some(first) = places.first() else { continue };
        if variant_of(context, word).is_some()
            || is_spelt_otherwise(context.analysis.terms(), word)
            || places.iter().any(|place| is_introduced(contract, word, place))
            || places.len() <= 2 && takes_up(contract, word, first)
            || pointed.has(word, first.start)
        {
            continue;
        }
        let span = contract.flow().span(first.start..first.start + word.len());
        let count = if places.len() > 1 { format!("（全部で{}か所）", places.len()) } else { String::new() };
        let finding = report.span(span, format!("「{word}」は、定義されていません{count}。"));
        finding.help(format!("初めて使う箇所に「（以下「{word}」という。）」を置くか、定義の条に加えてください。"));
    }
}

/// The first 「個別契約」 of a contract that neither defines it nor says how one is made.
fn nameless_contract(context: &Context) -> Option<Range<usize>> {
    const WORD: &str = "個別契約";
    const MADE: [&str; 7] = ["締結", "成立", "申込", "注文", "発注", "とは", "個別に契約"];
    let contract = context.contract;
    let flow = contract.flow().as_str();
    let terms = context.analysis.terms();
    let in_text = |at: &usize| {
        let content = contract.content_at(*at);
        content.is_some_and(|content| content.kind.is_text())
    };
    let first = places(flow, WORD).find(in_text).filter(|at| context.analysis.is_own_text(*at))?;
    let is_itself = contract.title().is_some_and(|title| title.contains(WORD) || title.contains("基本契約"));
    if is_itself || terms.is_defined(WORD) || terms.is_imported_at(first) {
        return None;
    }
    let is_headed = contract.ids_of(UnitKind::Article).any(|id| contract.caption(id) == Some(WORD));
    let is_explained =
        is_headed || sentences_with(flow, WORD).any(|sentence| MADE.iter().any(|word| sentence.contains(word)));
    (!is_explained).then(|| first..first + WORD.len())
}

/// The sentences in which a word stands.
fn sentences_with<'t>(flow: &'t str, word: &'t str) -> impl Iterator<Item = &'t str> {
    let ends = ['。', '\n'];
    let mut until = 0;
    places(flow, word).filter_map(move |at| {
        if at < until {
            return None;
        }
        let begin = flow[until..at].rfind(ends).map_or(until, |end| until + end);
        until = flow[at..].find(ends).map_or(flow.len(), |end| at + end);
        Some(&flow[begin..until])
    })
}

/// A word without what only goes with it: 「本件目的遂行」 → 「本件目的」, 「本ウェブサイト上」 → 「本ウェブサイト」.
fn core(word: &str) -> &str {
    const BEHIND: &str = "上 中 前 後 時 内 外 間 以外 以前 以後 以降 全部 一部 遂行 利用 使用 締結 終了 開始 実施 完了 提供 受領 納入 期間";
    let mut word = word;
    while let Some(shorter) = BEHIND
        .split_whitespace()
        .find_map(|b| word.strip_suffix(b))
        .filter(|w| w.chars().count() >= 3 && *w != "対象" && *w != "本件")
    {
        word = shorter;
    }
    word
}

/// Whether 本 takes up what was just spoken of: 「違約金を支払う。…本違約金額」.
fn takes_up(contract: &Contract, word: &str, first: &Range<usize>) -> bool {
    let Some(noun) = word.strip_prefix('本').filter(|noun| !noun.starts_with('件')) else { return false };
    let unit = contract.content_at(first.start).map(|content| content.unit);
    let article = unit.and_then(|unit| contract.enclosing(unit, UnitKind::Article).or(Some(unit)));
    let from = article.map_or(0, |article| contract.flow().range(contract.unit(article).contents).start);
    let noun = noun.trim_end_matches(['額', '等']);
    let before: Vec<char> = contract.flow().as_str()[from..first.start].chars().rev().take(TAKEN_UP).collect();
    before.into_iter().rev().collect::<String>().contains(noun)
}

/// What a text points at, in the order of the words: 「下記の事故に関し、…」.
struct Pointed<'t>(Vec<(&'t str, usize)>);

impl<'t> Pointed<'t> {
    fn of(text: &'t str) -> Pointed<'t> {
        const POINTERS: [&str; 9] = ["下記", "上記", "前記", "後記", "頭書", "首記", "標記", "次", "以下"];
        let at = POINTERS.iter().flat_map(|pointer| places(text, pointer).map(|at| at + pointer.len()));
        let behind = at.map(|at| {
            let words = text[at..].strip_prefix('の').unwrap_or(&text[at..]);
            let end = words.char_indices().nth(LONGEST).map_or(words.len(), |(end, _)| end);
            (&words[..end], at)
        });
        let mut found: Vec<(&str, usize)> = behind.collect();
        found.sort_unstable();
        Pointed(found)
    }

    /// Whether 本件 takes up what the text before a place points at: 「下記の事故に関し、…本件事故」.
    fn has(&self, word: &str, before: usize) -> bool {
        let Some(noun) = word.strip_prefix("本件").filter(|noun| !noun.is_empty()) else { return false };
        let from = self.0.partition_point(|(words, _)| *words < noun);
        self.0[from..].iter().take_while(|(words, _)| words.starts_with(noun)).any(|(_, at)| *at < before)
    }
}

/// Every word with 本 or 対象 that is neither defined nor ordinary.
fn candidates<'a>(context: &'a Context) -> Vec<(Range<usize>, &'a str)> {
    let contract = context.contract;
    let terms = context.analysis.terms();
    let flow = contract.flow().as_str();
    let mut found = Vec::new();
    // A long contract says the same word a thousand times.
    let mut known: HashMap<&str, bool> = HashMap::default();
    for head in ["本", "対象"] {
        for at in places(flow, head) {
            let joined = flow[..at].chars().next_back().is_some_and(|c| word::is_noun(c) && !"該各全両同".contains(c));
            if joined {
                continue;
            }
            // 「本成果物及び」: the kanji of a connective belongs to no noun.
            let word = flow[at..at + length_of_noun(&flow[at..])].trim_end_matches(['及', '又', '並', '若']);
            let length = word.len();
            if !*known.entry(word).or_insert_with(|| looks_defined(contract, terms, head, word)) {
                continue;
            }
            // 「本間　直樹」 stands in a signature block.
            let in_text = contract.content_at(at).is_some_and(|content| {
                content.kind.is_text() && contract.enclosing(content.unit, UnitKind::Signature).is_none()
            });
            let titled = word::in_quoted_title(flow, at, at + length);
            if in_text && terms.at(at).is_none() && !terms.is_imported_at(at) && !titled {
                found.push((at..at + length, word));
            }
        }
    }
    found
}

/// The bytes of the noun at the beginning of a text, with the kana of the verbs in it: 「引渡し」, 「引き渡し」.
fn length_of_noun(text: &str) -> usize {
    const OF_VERBS: &str = "きりしいけみちびぎれせえ";
    let mut characters = text.chars().take(LONGEST).peekable();
    let mut length = 0;
    let mut last = '本';
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        let joins = next.is_some_and(|next| word::is_kanji(next) && !"及又並若".contains(next))
            || character == 'し' && next.is_none_or(|next| "のをはにがと".contains(next));
        let of_verb = OF_VERBS.contains(character) && word::is_kanji(last) && joins;
        // 「本書2通」「本合意書締結後7日」: a number begins something else.
        let number = character.is_ascii_digit() && word::is_kanji(last);
        if number || !of_verb && !word::is_noun(character) {
            break;
        }
        length += character.len_utf8();
        last = character;
    }
    length
}

/// Whether a word is a defined one but for kana and long vowels, 「本件引き渡し」 for 「本件引渡し」: how it is spelt is reported elsewhere.
fn is_spelt_otherwise(terms: &term::Terms, word: &str) -> bool {
    let bare = |word: &str| word.chars().filter(|c| !word::is_hiragana(*c) && *c != 'ー').collect::<String>();
    let wanted = bare(word);
    terms.all.iter().any(|term| term.scope.is_empty() && bare(&term.name) == wanted)
}

fn looks_defined(contract: &Contract, terms: &term::Terms, head: &str, word: &str) -> bool {
    let rest = &word[head.len()..];
    if rest.chars().count() < 2 || rest.chars().next().is_some_and(|c| c.is_ascii_digit()) {
        return false;
    }
    if head == "対象" {
        return !ORDINARY_OBJECTS
            .split_whitespace()
            .any(|object| rest == object || object.chars().count() > 1 && rest.starts_with(object))
            && !rest.starts_with(['と', '者', '外']);
    }
    // 「本賃貸借契約」 in a 賃貸借契約書 is the contract itself, and so is it in 「本賃貸借契約締結後」.
    let rest = core(word).strip_prefix(head).unwrap_or(rest);
    let title: String = contract.title().unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
    let itself =
        ["契約", "契約書", "規約", "規程", "規則", "覚書", "協定", "約款", "誓約書", "ポリシー", "定款", "条件"];
    let names_itself = title.ends_with(rest)
        || ends_with_any(rest, &itself) && (title.contains(rest.trim_end_matches('書')) || rest.contains("利用規約"));
    // 「本サービス」 where 「サービス」 is defined.
    !term::is_ordinary(word) && !word::is_person(word) && !names_itself && !terms.is_defined(rest)
}

/// Whether the text says what a word is without defining it in form: an article headed with it, a line or cell that begins with it,
/// or where it is laid down (労使協定で定める対象労働者).
fn is_introduced(contract: &Contract, word: &str, first: &Range<usize>) -> bool {
    let flow = contract.flow().as_str();
    let begins_line = flow[..first.start].ends_with('\n') || first.start == 0;
    let behind = &flow[first.start + word.len()..];
    let is_laid_down = || ends_with_any(&flow[..first.start], &["に定める", "で定める", "に規定する"]);
    let names_caption = |caption: &str| caption.starts_with(word) || word.strip_prefix('本') == Some(caption);
    let is_headed = || {
        let unit = contract.unit_at(contract.flow().span(first.clone()).start);
        contract.ancestors(unit).any(|up| contract.caption(up).is_some_and(names_caption))
    };
    is_laid_down()
        || begins_line && behind.starts_with(['\n', '：', ':'])
        || (begins_line || behind.starts_with("は、") || behind.starts_with('と')) && is_headed()
}

/// Whether the contract says that its terms are those of another document: 「本個別契約における用語の定義は、基本契約の定めるところによる」.
fn takes_terms_from_elsewhere(contract: &Contract) -> bool {
    let flow = contract.flow().as_str();
    let about = ["用語", "定義"].into_iter().flat_map(|word| sentences_with(flow, word));
    about.into_iter().any(|sentence| {
        ["基本契約", "原契約", "利用規約", "約款", "本契約"].iter().any(|other| sentence.contains(other))
            && [
                "の定めるところによる",
                "の定めによる",
                "と同一の意味",
                "と同じ意味",
                "に定める意味",
                "の例による",
                "に従う",
                "において定義された",
            ]
            .iter()
            .any(|says| sentence.contains(says))
    })
}
