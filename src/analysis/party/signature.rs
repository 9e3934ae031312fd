//! The signature block: which label signs under which name.

use unicode_normalization::UnicodeNormalization;

use super::super::term::word;
use super::{LABELS, Parties, Role, Signed};
use crate::contract::{Content, Contract, UnitId, UnitKind};
use crate::syntax::is_blank;
use crate::text::{Span, ends_with_any};

/// What makes the name of an organisation.
const ORGANISATIONS: [&str; 18] = [
    "株式会社",
    "合同会社",
    "有限会社",
    "合資会社",
    "合名会社",
    "相互会社",
    "法人",
    "組合",
    "㈱",
    "㈲",
    "公社",
    "財団",
    "社団",
    "大学",
    "協会",
    "商店",
    "事務所",
    "銀行",
];

/// Fields that hold a name.
const NAME_FIELDS: [&str; 12] = [
    "会社名",
    "商号",
    "名称",
    "氏名",
    "法人名",
    "屋号",
    "団体名",
    "学校名",
    "事業者名",
    "社名",
    "商号又は名称",
    "氏名又は名称",
];

/// Whether a name is that of an organisation.
pub fn is_organisation(name: &str) -> bool {
    ORGANISATIONS.iter().any(|word| name.contains(word))
}

/// The labels that stand in signature blocks, with the names under them, in order.
pub fn block(contract: &Contract, parties: &Parties) -> Vec<(String, Signed)> {
    let mut labels: Vec<&str> = parties.all.iter().map(|party| party.label.as_str()).collect();
    LABELS.into_iter().chain(Role::words()).for_each(|label| labels.push(label));
    let signs = |content: &Content| contract.enclosing(content.unit, UnitKind::Signature);
    let lines = lines(contract, contract.contents(), signs);
    labelled(lines.into_iter().map(|(_, unit, cells)| (unit, cells)), &labels)
}

/// The labels that stand at the head of lines before the first article (頭書), with the names behind or under them, in order: 「貸主（甲）
/// 山田太郎」, 「甲：株式会社青葉」, 「借主　住所　…」 over 「氏名　…」. What belongs together stands in lines one under the other.
pub fn opening(contract: &Contract) -> Vec<(String, Signed)> {
    const LOOKED_AT: usize = 40;
    let labels: Vec<&str> = LABELS.into_iter().chain(Role::words()).collect();
    let first = contract.ids_of(UnitKind::Article).next().map_or(u32::MAX, |id| contract.unit(id).span.start);
    let before = contract.contents().partition_point(|content| content.span.start < first).min(LOOKED_AT);
    let text = |content: &Content| content.kind.is_text().then_some(content.unit);
    let lines = lines(contract, &contract.contents()[..before], text);
    let mut found = Vec::new();
    for block in lines.chunk_by(|(line, ..), (next, ..)| next - line <= 1) {
        let is_head = |cells: &Parts| cells.first().is_some_and(|(words, _)| label_of(words, &labels).is_some());
        let head = block.iter().position(|(.., cells)| is_head(cells));
        let Some(head) = head else { continue };
        found.extend(labelled(block[head..].iter().map(|(_, unit, cells)| (*unit, cells.clone())), &labels));
    }
    found
}

/// The labels in some lines, with the names behind or under them.
fn labelled<'t>(lines: impl Iterator<Item = (UnitId, Parts<'t>)>, labels: &[&str]) -> Vec<(String, Signed)> {
    let mut found: Vec<(String, Signed)> = Vec::new();
    // Which parties stand side by side in a table, as places in `found`.
    let mut columns: Vec<usize> = Vec::new();
    let mut field = false;
    for (unit, cells) in lines {
        let headed: Vec<(&str, Span)> = cells
            .iter()
            .filter_map(|(words, span)| {
                label_of(words, labels).filter(|(_, rest)| rest.is_empty()).map(|(l, _)| (l, *span))
            })
            .collect();
        if headed.len() >= 2 && headed.len() + 1 >= cells.len() {
            columns = (found.len()..found.len() + headed.len()).collect();
            found.extend(
                headed.into_iter().map(|(label, span)| (label.to_string(), Signed { unit, label: span, name: None })),
            );
            continue;
        }
        // A row has a cell for each of them, most often behind a title.
        let titles = cells.len().checked_sub(columns.len()).filter(|titles| *titles <= 1 && !columns.is_empty());
        if let Some(titles) = titles {
            let titled = is_name_field(cells[0].0);
            let of_parties = if titles == 0 && titled { &[] } else { &cells[titles..] };
            for (column, (words, span)) in columns.iter().zip(of_parties) {
                give_name(&mut found[*column].1, words, *span, titled);
            }
            continue;
        }
        columns.clear();
        for (words, span) in cells {
            let (words, span) = match label_of(words, labels) {
                Some((label, rest)) => {
                    let at = span.start + words.find(label).unwrap_or(0) as u32;
                    let place = Span::new(at, at + label.len() as u32);
                    found.push((label.to_string(), Signed { unit, label: place, name: None }));
                    (rest, Span::new(span.end - rest.len() as u32, span.end))
                }
                None => (words, span),
            };
            if is_name_field(words) {
                field = true;
            } else if let Some((_, signed)) = found.last_mut().filter(|_| !words.is_empty()) {
                give_name(signed, words, span, std::mem::take(&mut field));
            }
        }
    }
    found
}

/// The words of one line with their places.
type Parts<'t> = Vec<(&'t str, Span)>;

/// The lines of some contents, each with its place among the lines of the text, its unit, and its cells or the parts between line breaks,
/// trimmed. `unit_of` says which contents count.
fn lines<'t>(
    contract: &'t Contract,
    contents: &[Content],
    unit_of: impl Fn(&Content) -> Option<UnitId>,
) -> Vec<(usize, UnitId, Parts<'t>)> {
    let text = contract.text();
    let mut found: Vec<(usize, UnitId, Parts)> = Vec::new();
    for content in contents {
        let Some(unit) = unit_of(content) else { continue };
        let line = text.line_index(content.span.start);
        if found.last().is_none_or(|(last, ..)| *last != line) {
            found.push((line, unit, Vec::new()));
        }
        let Some((.., cells)) = found.last_mut() else { continue };
        let mut at = content.span.start;
        for part in text.slice(content.span).split("<br") {
            let skipped = if part.starts_with(['>', ' ', '/']) { part.find('>').map_or(0, |end| end + 1) } else { 0 };
            let mark = |c: char| is_blank(c) || matches!(c, '*' | '|');
            let words = part[skipped..].trim_matches(mark);
            let start = at + (part.len() - part[skipped..].trim_start_matches(mark).len()) as u32;
            if !words.is_empty() {
                cells.push((words, Span::new(start, start + words.len() as u32)));
            }
            at += (part.len() + "<br".len()) as u32;
        }
    }
    found
}

/// Notes the name in some words, if it is the first one.
fn give_name(signed: &mut Signed, words: &str, span: Span, titled: bool) {
    if signed.name.is_some() {
        return;
    }
    if let Some(name) = name_in(words, titled) {
        let start = span.start + words.find(name).unwrap_or(0) as u32;
        let written = name.chars().filter(|c| !is_blank(*c)).collect();
        signed.name = Some((written, Span::new(start, start + name.len() as u32)));
    }
}

/// Whether a line is only the title of a field for a name.
fn is_name_field(words: &str) -> bool {
    // With blanks between its characters it is three times as long as the longest, and most lines are longer.
    const LONGEST: usize = 3 * "氏名又は名称".len();
    if words.len() > LONGEST {
        return false;
    }
    let packed: String = words.chars().filter(|c| !is_blank(*c)).collect();
    NAME_FIELDS.contains(&packed.trim_end_matches([':', '：']))
}

/// The label at the beginning of a line, and what stands behind it: 「甲：…」, 「（甲・売主）」, 「委託者（甲）」, 「連帯保証人（丙）」.
fn label_of<'t, 'l>(words: &'t str, labels: &[&'l str]) -> Option<(&'l str, &'t str)> {
    label_first(words, labels).or_else(|| label_in_brackets(words, labels))
}

/// The letter in brackets behind a word that says what somebody is.
fn label_in_brackets<'t, 'l>(words: &'t str, labels: &[&'l str]) -> Option<(&'l str, &'t str)> {
    const LONGEST: usize = 10;
    let (word, inner) = words.split_once(['（', '('])?;
    let (letter, rest) = inner.split_once(['）', ')'])?;
    let names = word.chars().all(word::is_kanji) && word.chars().count() <= LONGEST && !is_organisation(word);
    let label = labels.iter().find(|label| **label == letter && LABELS.contains(label))?;
    (names && !word.is_empty()).then(|| (*label, rest.trim_matches(is_blank)))
}

fn label_first<'t, 'l>(words: &'t str, labels: &[&'l str]) -> Option<(&'l str, &'t str)> {
    let inner = words.trim_start_matches(['（', '【', '［', '〔', '「', '<', '〈']);
    let found = labels.iter().filter_map(|label| {
        let rest = inner.strip_prefix(label)?;
        let next = rest.chars().next();
        next.is_none_or(|c| is_blank(c) || "：:）】］〕」・（>〉".contains(c)).then_some((*label, rest))
    });
    let (label, rest) = found.max_by_key(|(label, _)| label.len())?;
    // 「委託者（甲）」, 「（甲・売主）」, 「貸主　甲　　住所　…」: the letter is the label.
    let letter = LABELS.iter().find(|letter| {
        let behind = |mark: char| rest.strip_prefix(mark).and_then(|rest| rest.strip_prefix(**letter));
        behind('（').is_some_and(|rest| rest.starts_with('）'))
            || behind('・').is_some()
            || behind('：').is_some()
            || rest.trim_start_matches(is_blank).strip_prefix(**letter).is_some_and(|rest| rest.starts_with(is_blank))
    });
    let behind = rest.find(['）', '】', '］', '〕', '」', '：', ':']).filter(|at| *at <= 30);
    let rest = behind.map_or(rest, |at| &rest[at + rest[at..].chars().next().map_or(0, char::len_utf8)..]);
    let rest = rest.trim_matches(is_blank);
    let rest =
        letter.and_then(|letter| rest.strip_prefix(letter)).filter(|rest| rest.starts_with(is_blank)).unwrap_or(rest);
    let label = match letter {
        Some(letter) => labels.iter().find(|l| *l == letter).copied().unwrap_or(label),
        None => label,
    };
    Some((label, rest.trim_matches(is_blank)))
}

/// The name in a line: an organisation's, or what stands in a field for a name. `titled` says that the field's title stood before.
fn name_in(words: &str, titled: bool) -> Option<&str> {
    // 「住所　…　氏名　若葉次郎」: the name stands behind its field.
    let inside = |name: &&str| words.find(*name).filter(|at| words[..*at].ends_with(is_blank));
    let mut rest = NAME_FIELDS.iter().find_map(inside).map_or(words, |at| &words[at..]);
    let value = behind_field(rest);
    let titled = titled || value.is_some();
    rest = value.unwrap_or(rest);
    // 「株式会社青葉　代表取締役　青葉太郎」
    const OFFICES: [&str; 10] = ["代表", "取締役", "理事", "社長", "学長", "部長", "支店長", "会長", "所長", "執行役"];
    let office =
        OFFICES.iter().filter_map(|office| rest.find(office)).filter(|at| rest[..*at].ends_with(is_blank)).min();
    let rest = rest[..office.unwrap_or(rest.len())]
        .trim_end_matches(|c| is_blank(c) || matches!(c, '印' | '㊞' | '（' | '）'));
    let address = ["都", "道", "府", "県", "市", "区", "郡"].iter().filter(|w| rest.contains(**w)).count() >= 2
        || ["丁目", "番地", "番", "号"].iter().any(|w| rest.contains(w)) && !is_organisation(rest);
    let other = ["住所", "住 所", "住　所", "所在", "電話", "年", "連絡", "担当", "社員", "以上", "印"];
    let count = rest.chars().count();
    let no_name = other.iter().chain(&OFFICES).any(|word| rest.starts_with(word))
        || rest.ends_with('。')
        || ends_with_any(rest, &["の表示", "目録", "別紙"]);
    if address || no_name || !(2..=50).contains(&count) {
        return None;
    }
    let person = |c: char| word::is_noun(c) && !c.is_ascii_digit() || word::is_hiragana(c) || is_blank(c);
    (is_organisation(rest) || titled || rest.chars().all(person)).then_some(rest)
}

/// What stands in a field for a name: 「氏名　山田太郎」. `None` where there is no such field.
pub fn behind_field(words: &str) -> Option<&str> {
    let blank = |c: char| is_blank(c) || matches!(c, ':' | '：');
    let behind =
        NAME_FIELDS.iter().filter_map(|name| words.strip_prefix(name)).find(|behind| behind.starts_with(blank));
    behind.map(|behind| behind.trim_start_matches(blank))
}

/// A name as names are compared: without blanks, in one width, ㈱ written out.
pub fn normal(name: &str) -> String {
    let plain = name.replace('㈱', "株式会社").replace('㈲', "有限会社");
    plain.nfkc().filter(|c| !is_blank(*c)).collect()
}
