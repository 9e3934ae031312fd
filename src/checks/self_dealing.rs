//! See `rules/party/self-dealing.md`.

use std::ops::Range;

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
/// What one does to whom another takes it from, and how he takes it.
const GIVEN: [&str; 12] = [
    "委託し",
    "貸し渡し",
    "貸し付け",
    "貸付け",
    "売り渡し",
    "譲り渡し",
    "譲渡し",
    "賃貸し",
    "発注し",
    "承継させ",
    "寄託し",
    "注文し",
];
const TAKEN: [&str; 11] =
    ["借り受け", "借受け", "買い受け", "買受け", "譲り受け", "譲受け", "受託", "承継", "賃借", "引き受け", "請け負"];
/// From when, not from whom.
const TIMES: [&str; 6] = ["日から", "時から", "月から", "後から", "前から", "年から"];
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
                if takes(behind) && gives(text, sentence, place) {
                    tell(context, report, *party, range, "渡した物を自ら受ける");
                    break;
                }
                subject = is_topic(text, sentence, place).then_some((*party, range.end));
                continue;
            }
            // 「甲が甲と協議して」
            let next = sentence
                .mentions
                .get(place + 1)
                .filter(|(other, at)| other == party && at.start <= range.end + "が、".len());
            if behind.starts_with('が') && next.is_some_and(|(_, at)| starts_with_any(&text[at.end..], &TOGETHER)) {
                tell(context, report, *party, range, &format!("{}と", parties.all[*party].label));
                break;
            }
            // Behind 乙が somebody else acts, but for the one of whom the sentence speaks.
            if behind.starts_with('が') && subject.is_none_or(|(subject, _)| subject != *party) {
                subject = None;
            }
            let label = &parties.all[*party].label;
            // 「乙は、本契約が終了し、乙が明け渡した後」: nobody else acts.
            let acts_itself = |(subject, end): &(usize, usize)| {
                let between = text[*end..range.start].replace(&format!("{label}が"), "");
                subject == party && !another_acts(&between.replace("本契約が終了", ""))
            };
            let Some(_) = subject.filter(acts_itself) else {
                continue;
            };
            let between = &text[subject.map_or(range.start, |(_, end)| end)..range.start];
            let alone = !sentence.mentions[..place]
                .iter()
                .any(|(other, at)| other != party && at.start >= range.start - between.len());
            let towards = behind.strip_prefix("に対し").is_some_and(|rest| !another_begins(rest))
                || alone && does_to(behind) && !names_another(between);
            let consent = consent_of(behind).filter(|rest| !another_acts(rest));
            let what = if towards {
                format!("{label}に{}", if behind.starts_with("に対し") { "対し" } else { "" })
            } else if alone && starts_with_any(behind, &TOGETHER) {
                format!("{label}と")
            } else if alone && pays_into_account_of(behind) {
                format!("{label}の口座に支払う")
            } else if consent.is_some() {
                format!("{label}の承諾など")
            } else {
                continue;
            };
            tell(context, report, *party, range, &what);
            break;
        }
    }
}

fn tell(context: &Context, report: &mut Report, party: usize, place: &Range<usize>, what: &str) {
    let parties = context.analysis.parties();
    let label = &parties.all[party].label;
    let message = format!("主語の「{label}」が、自分自身に向けて行為をする文になっています（{what}）。");
    let finding = report.span(context.contract.flow().span(place.clone()), message);
    finding.help(match parties.other_than(label) {
        Some(other) => format!("「{}」の誤りではないか確かめてください。", other.label),
        None => "相手方の呼び名の誤りではないか確かめてください。".to_string(),
    });
}

/// Whether somebody takes what has been given: 「は、これを借り受ける」.
fn takes(behind: &str) -> bool {
    let this = ["は、これを", "はこれを"].iter().find_map(|this| behind.strip_prefix(this));
    this.is_some_and(|deed| starts_with_any(deed, &TAKEN))
}

/// Whether the one who takes is the one of whom the sentence says that he gives: 「甲は、乙に対し、…を貸し渡し、甲は、これを」.
fn gives(text: &str, sentence: &Act, place: usize) -> bool {
    let (party, range) = &sentence.mentions[place];
    let before = text[sentence.flow.start..range.start].trim_end_matches('、');
    sentence.subject(text) == Some(*party)
        && sentence.mentions[..place].iter().any(|(other, _)| other != party)
        && sentence.mentions[1..place].iter().all(|(_, at)| !text[at.end..].starts_with(['は', 'が']))
        && ends_with_any(before, &GIVEN)
}

/// What nobody does with himself.
const TOGETHER: [&str; 5] = ["と協議", "と別途協議", "と合意の上", "と合意のうえ", "との協議"];

/// Whether behind 「甲に対し」 somebody else begins to act: 「甲に対して乙が有する債権」.
fn another_begins(rest: &str) -> bool {
    let rest = rest.strip_prefix('て').unwrap_or(rest);
    let end = rest.char_indices().nth(12).map_or(rest.len(), |(end, _)| end);
    !rest.starts_with('、') && another_acts(&rest[..end])
}

/// 「の指定する銀行口座に振り込んで支払う。」
fn pays_into_account_of(behind: &str) -> bool {
    let Some(rest) = account_of(behind) else { return false };
    let end = rest.find('。').map_or(rest.len(), |end| end + '。'.len_utf8());
    let rest = &rest[..end];
    ends_with_any(
        rest,
        &["支払う。", "支払うものとする。", "支払わなければならない。", "振り込む。", "振り込むものとする。"],
    ) && !another_acts(rest)
}

/// 「の指定する銀行口座に」: what follows.
pub(super) fn account_of(behind: &str) -> Option<&str> {
    let named =
        ["の指定", "の別途指定", "名義の", "が指定", "が別途指定", "が別途書面により指定", "の銀行口座", "の口座"];
    starts_with_any(behind, &named).then_some(())?;
    let near = behind.char_indices().nth(30).map_or(behind.len(), |(end, _)| end);
    let at = behind[..near].find("口座")? + "口座".len();
    let rest = &behind[at..];
    (!behind[..at].contains('、') && starts_with_any(rest, &["に", "へ", "宛", "あて", "（"])).then_some(rest)
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
    // 「乙は、毎月末日に締め切り、甲に請求し、甲は、…」
    let goes_on = |words: &str| words.ends_with(['し', 'り', 'き', 'み', 'い', 'て', 'れ', 'め', 'け', 'え']);
    ends_with_any(
        before,
        &["ときは、", "場合は、", "場合には、", "場合において、", "場合、", "とき、", "ところにより、", "ため、"],
    ) || before.strip_suffix('、').is_some_and(goes_on)
}

/// Whether a piece of a sentence says from whom or towards whom: 「第三者から」, but not 「敷金から」, 「締結の日から」.
fn names_another(words: &str) -> bool {
    let words = TIMES.iter().fold(words.replace("金から", ""), |words, time| words.replace(time, ""));
    ["から", "より", "をして", "に対し"].iter().any(|word| words.contains(word))
}

/// With what the names of things end, which do nothing: 「成果物が納入された日」.
const THINGS: &str = "台約務酬物品金額由間権料項件書面績害失任点目量質性率日時期度状故災争法円価代";

/// Whether a piece of a sentence brings in another subject.
fn another_acts(words: &str) -> bool {
    words.match_indices('が').any(|(at, _)| {
        let before = words[..at].chars().next_back();
        let behind = &words[at + 'が'.len_utf8()..];
        before.is_some_and(|c| crate::analysis::term::word::is_noun(c) && !THINGS.contains(c))
            && !behind.starts_with(['あ', 'な', '必', 'で'])
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
