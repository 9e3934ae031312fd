//! What an amount is called: 「売買代金は、総額金…円」, 「手付金として、本契約の締結と同時に、金…円」.

use std::ops::Range;

use crate::analysis::Analysis;
use crate::analysis::money::Amount;
use crate::text::{ends_with_any, starts_with_any};

/// What an amount is to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// All that is to be paid: 売買代金, 業務委託料, 請負代金額.
    Price,
    /// What is paid of it before the rest is: 手付金, 中間金.
    Before,
    /// What is left to pay: 残代金.
    Rest,
}

/// With which the names of prices end.
pub(super) const PRICES: [&str; 7] = ["代金", "委託料", "報酬", "対価", "解決金", "譲渡価額", "売買価格"];
const BEFORE: [&str; 10] = ["手付金", "手付", "内金", "中間金", "内入金", "前金", "前払金", "着手金", "頭金", "前渡金"];
const RESTS: [&str; 3] = ["残代金", "残金", "残額"];

/// What joins a name to its amount, with or without more words: 「は、引渡しと同時に、金」.
const JOINED: [&str; 17] =
    ["金", "の金", "は", "として", "を", "の額", "の総額", "総額", "合計", "、", "（", "：", ":", "　", " ", "￥", "¥"];
/// Words between a name and an amount that make it an amount of something else.
#[rustfmt::skip]
const OTHERWISE: [&str; 17] = [
    "損害", "違約", "遅延", "倍", "控除", "除", "差", "利息", "手数料", "印紙", "相当", "%", "パーセント", "うち", "充当", "返還", "から",
];
/// With which the definition of a name ends.
const DEFINED: [&str; 3] = ["」という。）", "」といいます。）", "」とする。）"];
/// Words before a name that make it that of another time.
const FORMER: [&str; 3] = ["前", "旧", "当初"];

/// The amounts of a contract, each with the words before it that may say what it is: those of its sentence behind the amount before,
/// or the cell before.
pub(super) fn with_words<'a>(analysis: &'a Analysis) -> impl Iterator<Item = (&'a Amount, Range<usize>)> {
    let text = analysis.contract().flow().as_str();
    let mut read = 0;
    analysis.amounts().iter().map(move |amount| {
        let sentence = analysis.sentences().at(amount.flow.start);
        let start = match text[..sentence.start].strip_suffix('\n') {
            Some(before) if sentence.start == amount.flow.start => before.rfind('\n').map_or(0, |end| end + 1),
            _ => sentence.start,
        };
        let from = read.max(start).min(amount.digits.start);
        read = amount.flow.end;
        (amount, from..amount.digits.start)
    })
}

/// Reads what words before an amount call it, and the name as it is written (第1回中間金).
pub(super) fn label(before: &str) -> Option<(Label, &str)> {
    let words = [(&PRICES[..], Label::Price), (&BEFORE, Label::Before), (&RESTS, Label::Rest)];
    let all = words.into_iter().flat_map(|(words, label)| words.iter().map(move |word| (*word, label)));
    let places = all.filter_map(|(word, label)| Some((before.rfind(word)?, word, label)));
    // Of 残代金 and 代金 the longer one counts, of 手付金 and 残代金 the last one.
    let (at, word, label) = places.max_by_key(|(at, word, _)| (at + word.len(), word.len()))?;
    if !is_called(before, at, word) {
        return None;
    }
    let in_name = |c: &(usize, char)| {
        !matches!(c.1, 'ぁ'..='ゖ' | '、' | '。' | '（' | '）' | '「' | '」' | '：' | ':' | ' ' | '　' | '\n')
    };
    let start = before[..at].char_indices().rev().take_while(in_name).last().map_or(at, |(start, _)| start);
    Some((label, &before[start..at + word.len()]))
}

/// Whether the words before an amount call it by a name that stands at a place of them.
fn is_called(before: &str, at: usize, name: &str) -> bool {
    let tail = &before[at + name.len()..];
    let tail = tail.strip_prefix('額').unwrap_or(tail);
    // 「売買代金（以下「本件売買代金」という。）の総額は」
    let tail = DEFINED.iter().find_map(|end| tail.strip_prefix(end)).unwrap_or(tail);
    let tail = tail.strip_prefix('額').unwrap_or(tail).trim_start_matches('\n');
    (tail.is_empty() || starts_with_any(tail, &JOINED))
        && !OTHERWISE.iter().any(|word| tail.contains(word))
        && !ends_with_any(&before[..at], &FORMER)
}

/// Whether the words before an amount call it by a name.
pub(super) fn is_amount_of(before: &str, name: &str) -> bool {
    before.rfind(name).is_some_and(|at| is_called(before, at, name))
}
