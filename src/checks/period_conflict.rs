//! See `rules/value/period-conflict.md`.

use std::ops::Range;

use crate::analysis::period::{Period, PeriodUnit};
use crate::contract::{UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;
use crate::text::ends_with_any;

/// A thing for which a contract has one period.
struct Topic {
    /// How a message calls it.
    name: &'static str,
    /// Of each group, one word stands in the sentence.
    words: &'static [&'static [&'static str]],
    /// None of these does.
    without: &'static [&'static str],
    /// What stands before the period.
    before: &'static [&'static str],
    /// What stands behind it.
    behind: &'static [&'static str],
    /// The verb behind the thing it is about: periods for two things may differ.
    object: &'static [&'static str],
    /// Whether sentences about one case (…のときは) count: elsewhere they make exceptions.
    cases: bool,
}

const TOPICS: [Topic; 6] = [
    Topic {
        name: "敷金の返還の期限",
        words: &[&["敷金"], &["返還"]],
        without: &[],
        before: &["から", "後"],
        behind: &["以内"],
        object: &[],
        cases: false,
    },
    Topic {
        name: "保証金の返還の期限",
        words: &[&["保証金"], &["返還"]],
        without: &[],
        before: &["から", "後"],
        behind: &["以内"],
        object: &[],
        cases: false,
    },
    Topic {
        name: "解約の予告の期間",
        words: &[&["解約する", "解約を申し入れ", "解約の申入れ", "解約できる", "終了させることができる"]],
        without: &["更新"],
        before: &[""],
        behind: &["前まで", "前に", "以上前", "の予告期間", "の予告"],
        object: &["を解約", "の解約", "を終了"],
        cases: false,
    },
    Topic {
        name: "更新しない旨の通知の期限",
        words: &[&["更新しない", "更新を拒絶", "更新拒絶", "終了する旨", "終了させる旨", "異議"], &["満了", "更新"]],
        without: &[],
        before: &[""],
        behind: &["前まで"],
        object: &[],
        cases: true,
    },
    Topic {
        name: "検査の期間",
        words: &[&["検査", "検収"], &["検査し", "検査を行", "検査を実施", "検収し", "検収を行", "検査の結果", "合否"]],
        without: &["再検査", "再度", "再び", "不合格"],
        before: &["から", "後"],
        behind: &["以内"],
        object: &["を検査", "の検査", "を検収", "の検収"],
        cases: false,
    },
    Topic {
        name: "契約不適合についての期間",
        words: &[
            &["契約不適合", "適合しない", "瑕疵"],
            &[
                "引渡しの日から",
                "引渡しから",
                "納入の日から",
                "検収の日から",
                "検収完了日から",
                "検収後",
                "引渡し後",
                "検査に合格した日から",
            ],
        ],
        without: &["知った", "発見"],
        before: &["から", "後"],
        behind: &["間", "以内"],
        object: &[],
        cases: false,
    },
];

/// How many different things are kept in mind; no contract has so many.
const MOST: usize = 100;

/// A period found for a topic.
struct Place<'a> {
    topic: usize,
    /// Whose duty or right it is, and which contract is meant: what differs in these may differ in its period.
    key: (&'a str, &'a str),
    period: Period,
    paragraph: UnitId,
}

impl Place<'_> {
    /// Whether two places give a period for one thing; where one does not name the thing, it is the same.
    fn is_about_the_same_as(&self, other: &Place) -> bool {
        let ((actor, object), (other_actor, other_object)) = (self.key, other.key);
        let same = object == other_object || object.is_empty() || other_object.is_empty();
        self.topic == other.topic && actor == other_actor && same
    }
}

/// Reports two periods for one thing.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    let mut first: Vec<Place> = Vec::new();
    for place in places(context) {
        let Some(before) = first.iter().find(|before| before.is_about_the_same_as(&place)) else {
            if first.len() < MOST {
                first.push(place);
            }
            continue;
        };
        let article = |id| context.contract.enclosing(id, UnitKind::Article);
        let apart = article(before.paragraph) != article(place.paragraph);
        if !apart || same_length(&before.period, &place.period) {
            continue;
        }
        let at = context.contract.citation(before.paragraph);
        let written = |period: &Period| &text[period.flow.clone()];
        let message = format!(
            "{}が{}と、{at}では{}と定められています。",
            TOPICS[place.topic].name,
            written(&place.period),
            written(&before.period)
        );
        let finding = report.span(flow.span(place.period.flow.clone()), message);
        finding.help("どちらかにそろえるか、場合を分けて定めてください。");
        finding.related(flow.span(before.period.flow.clone()), "もう一方の定め");
    }
}

fn same_length(a: &Period, b: &Period) -> bool {
    match (a.months(), b.months(), a.days(), b.days()) {
        (Some(a), Some(b), ..) => a == b,
        (.., Some(a), Some(b)) => a == b,
        _ => a.unit == b.unit && a.count == b.count,
    }
}

fn places<'a>(context: &'a Context) -> Vec<Place<'a>> {
    let text = context.contract.flow().as_str();
    let mut found = Vec::new();
    for period in context.analysis.periods().iter().filter(|period| period.unit != PeriodUnit::Hour) {
        if !context.analysis.is_own_text(period.flow.start) {
            continue;
        }
        let sentence = context.analysis.sentences().at(period.flow.start);
        let Some(topic) = TOPICS.iter().position(|topic| topic.fits(text, &sentence, period)) else { continue };
        let words = text[sentence.clone()].trim_start_matches('\n');
        // A proviso and a sentence about one case make exceptions of the general period.
        let exception = !TOPICS[topic].cases && is_about_a_case(words);
        if exception || words.starts_with("ただし") || words.starts_with("但し") {
            continue;
        }
        let unit = context.analysis.unit_at(period.flow.start);
        let paragraph = context.contract.enclosing(unit, UnitKind::Paragraph).unwrap_or(unit);
        if context.contract.enclosing(unit, UnitKind::Article).is_none() {
            continue;
        }
        found.push(Place {
            topic,
            key: (actor(words), object(words, TOPICS[topic].object)),
            period: period.clone(),
            paragraph,
        });
    }
    found
}

impl Topic {
    fn fits(&self, text: &str, sentence: &Range<usize>, period: &Period) -> bool {
        let words = &text[sentence.clone()];
        let before = &text[sentence.start..period.flow.start];
        let behind = &text[period.flow.end..sentence.end.max(period.flow.end)];
        // 「1年間」 holds its 間 already.
        let behind_is =
            |word: &&str| behind.starts_with(*word) || *word == "間" && text[period.flow.clone()].ends_with('間');
        self.behind.iter().any(behind_is)
            && ends_with_any(before, self.before)
            && self.words.iter().all(|group| group.iter().any(|word| words.contains(word)))
            && !self.without.iter().any(|word| words.contains(word))
    }
}

fn is_about_a_case(words: &str) -> bool {
    ["場合は", "場合に", "ときは", "ときに", "場合、", "とき、"].iter().any(|word| words.contains(word))
}

/// 「甲」 in 「甲は、…」: the first subject of a sentence.
fn actor(words: &str) -> &str {
    let subject = words.find("は、").map_or("", |end| &words[..end]);
    if subject.chars().count() <= 12 { subject } else { "" }
}

/// 「個別契約」 in 「個別契約を解約する」.
fn object<'a>(words: &'a str, verbs: &[&str]) -> &'a str {
    let Some(end) = verbs.iter().find_map(|verb| words.find(verb)) else { return "" };
    let before = &words[..end];
    // The name of the thing ends where kana or punctuation stand before it: 「いつでも本契約を解約」.
    let name = before
        .trim_end_matches(|c| matches!(c, '\u{30A1}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | 'A'..='Z' | 'a'..='z'));
    &before[name.len()..]
}
