//! See `rules/party/self-dealing.md`.

use crate::analysis::party::Act;
use crate::report::Report;
use crate::rule::Context;
use crate::text::{ends_with_any, starts_with_any};

/// What somebody else gives.
const CONSENTS: [&str; 7] = ["承諾", "同意", "承認", "許可", "許諾", "合意", "了承"];

/// What somebody does to the one behind whom 「に」 stands.
const DEEDS: [&str; 19] = [
    "引き渡",
    "引渡",
    "納入",
    "納品",
    "交付",
    "支払",
    "報告",
    "通知",
    "提出",
    "送付",
    "返還",
    "開示",
    "提供",
    "委託",
    "貸与",
    "請求",
    "賃貸",
    "売り渡",
    "譲渡",
];
/// What ends such a deed where the subject of the sentence does it.
const DONE: [&str; 9] =
    ["する。", "するもの", "しなければ", "す。", "すもの", "さなければ", "う。", "うもの", "わなければ"];

/// Reports sentences in which a party acts towards itself: 「甲は、甲に対し」, 「乙は、乙の書面による承諾を得て」.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    let parties = context.analysis.parties();
    for sentence in context.analysis.acts() {
        let mut subject: Option<(usize, usize)> = None;
        for (place, (party, range)) in sentence.mentions.iter().enumerate() {
            let behind = &text[range.end..sentence.flow.end];
            if behind.starts_with('は') {
                subject = is_topic(text, sentence, place).then_some((*party, range.end));
                continue;
            }
            // Behind 乙が somebody else acts.
            if behind.starts_with('が') {
                subject = None;
            }
            let Some(_) = subject.filter(|(subject, end)| subject == party && !another_acts(&text[*end..range.start]))
            else {
                continue;
            };
            let label = &parties.all[*party].label;
            let between = &text[subject.map_or(range.start, |(_, end)| end)..range.start];
            let alone = !sentence.mentions[..place]
                .iter()
                .any(|(other, at)| other != party && at.start >= range.start - between.len());
            let towards = behind.starts_with("に対し")
                || alone
                    && does_to(behind)
                    && !["から", "より", "をして", "に対し"].iter().any(|word| between.contains(word));
            let consent = consent_of(behind).filter(|rest| !another_acts(rest));
            if !towards && consent.is_none() {
                continue;
            }
            let what = if behind.starts_with("に対し") {
                format!("{label}に対し")
            } else if towards {
                format!("{label}に")
            } else {
                format!("{label}の承諾など")
            };
            let message = format!("主語の「{label}」が、自分自身に向けて行為をする文になっています（{what}）。");
            let finding = report.span(flow.span(range.clone()), message);
            let other = parties.all.iter().find(|other| other.label != *label && parties.all.len() == 2);
            finding.help(match other {
                Some(other) => format!("「{}」の誤りではないか確かめてください。", other.label),
                None => "相手方の呼び名の誤りではないか確かめてください。".to_string(),
            });
            break;
        }
    }
}

/// 「に引き渡す。」「に通知しなければならない」
fn does_to(behind: &str) -> bool {
    let deed = behind.strip_prefix('に').and_then(|rest| DEEDS.iter().find_map(|deed| rest.strip_prefix(deed)));
    deed.is_some_and(|rest| starts_with_any(rest, &DONE))
}

/// Whether a mention before は is whom the sentence, or the main clause behind 「…ときは、」, speaks of; 「甲又は乙は」 is not one of them.
fn is_topic(text: &str, sentence: &Act, place: usize) -> bool {
    if place == 0 && sentence.subject(text).is_some() {
        return true;
    }
    let start = sentence.mentions[place].1.start;
    let before = &text[sentence.flow.start..start];
    ends_with_any(
        before,
        &["ときは、", "場合は、", "場合には、", "場合において、", "場合、", "とき、", "ところにより、", "ため、"],
    )
}

/// Whether a piece of a sentence brings in another subject.
fn another_acts(words: &str) -> bool {
    words.match_indices('が').any(|(at, _)| {
        let before = words[..at].chars().next_back();
        let behind = &words[at + 'が'.len_utf8()..];
        before.is_some_and(crate::analysis::term::word::is_noun) && !behind.starts_with(['あ', 'な', '必', 'で'])
    })
}

/// 「の事前の書面による承諾を得て」: what follows, if consent is asked for.
fn consent_of(behind: &str) -> Option<&str> {
    let mut rest = behind.strip_prefix('の')?;
    for _ in 0..3 {
        for word in
            ["事前の", "事前に", "書面による", "書面又は電磁的方法による", "書面で", "文書による", "明示の", "書面"]
        {
            rest = rest.strip_prefix(word).unwrap_or(rest);
        }
    }
    let rest = CONSENTS.iter().find_map(|word| rest.strip_prefix(word))?;
    starts_with_any(rest, &["を得", "なく", "なし", "を受け", "を要", "がなければ", "を求め", "を取得"]).then_some(rest)
}
