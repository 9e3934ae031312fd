//! Lists of 項, 号 and deeper units that are open at a line, and which of them a new number belongs to.
//!
//! A number continues a list, or opens one inside the unit above it. Both are possible for nearly every number; the
//! evidence (the next expected number, the style, the indentation, a lead-in such as 「次の各号」, the kind of
//! text) is weighed, and the best place wins.

use super::{UnitId, UnitKind};
use crate::plane::Plane;
use crate::syntax::{Enumerator, Frame, Style, System};
use crate::text::{leading_word, starts_with_any};

/// A list whose entries may still go on.
#[derive(Clone, Debug)]
pub struct OpenList {
    /// How its entries are numbered.
    pub style: Style,
    /// Blank cells before its entries.
    pub indent: u16,
    /// The last number, as counted.
    pub last: u32,
    /// The last number, as written.
    pub written: u32,
    /// How many entries it has.
    pub count: u32,
    /// Every entry so far is written as 1.
    pub all_ones: bool,
    /// How many entries end as sentences.
    pub sentences: u32,
    /// What its entries are.
    pub kind: UnitKind,
    /// Text on lines of its own stands below some entry and belongs to it.
    pub with_text_below: bool,
    /// The last entry.
    pub entry: UnitId,
}

/// What is known of an entry before it has a place.
pub struct Entry {
    /// Its number.
    pub enumerator: Enumerator,
    /// Blank cells before it.
    pub indent: u16,
    /// Its text ends as a sentence.
    pub sentence: bool,
    /// Its text is empty.
    pub empty: bool,
    /// The line before ends in the middle of a sentence.
    pub inside_sentence: bool,
    /// The unit above it announces a list (次の各号…).
    pub lead_in: bool,
    /// It is the number of the 項 behind those that stand there without a number.
    pub next_paragraph: bool,
    /// The document is one in which `1.` may stand for every number.
    pub markdown: bool,
}

/// Where an entry belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The next entry of the open list at this depth, with its number as counted.
    Continue {
        /// Index into the open lists.
        depth: usize,
        /// The number as counted.
        value: u32,
        /// The style in which it is read.
        style: Style,
    },
    /// The first entry of a new list inside the deepest open unit.
    Open {
        /// The number.
        value: u32,
        /// The style in which it is read.
        style: Style,
    },
    /// No entry: a wrapped line that happens to begin with a number.
    Text,
}

/// Chooses the place of an entry among the open lists.
pub fn place(lists: &[OpenList], entry: &Entry) -> Place {
    let mut best = (i32::MIN, Place::Text);
    let mut consider = |score: i32, place: Place| {
        if score > best.0 {
            best = (score, place);
        }
    };
    for (depth, list) in lists.iter().enumerate().rev() {
        if let Some((score, value, style)) = continuation(list, entry) {
            consider(score * 10 + depth as i32, Place::Continue { depth, value, style });
        }
    }
    let (value, style) = first_reading(&entry.enumerator);
    consider(opening(lists, entry, value, style) * 10, Place::Open { value, style });
    // A bare number inside a sentence needs the very next number to be one.
    let weak = is_weak(entry.enumerator.style);
    let threshold = match (entry.inside_sentence, weak) {
        (true, true) => 125,
        (true, false) => 85,
        (false, true) => 25,
        (false, false) => 0,
    };
    if best.0 < threshold { Place::Text } else { best.1 }
}

/// Whether numbers of a style look like numbers in running text.
pub fn is_weak(style: Style) -> bool {
    matches!(style.frame, Frame::Bare | Frame::Comma)
        && !matches!(style.system, System::Enclosed(_) | System::Bullet(_))
}

fn continuation(list: &OpenList, entry: &Entry) -> Option<(i32, u32, Style)> {
    let expected = list.last.saturating_add(1);
    let mut style = list.style;
    let mut value = match entry.enumerator.value_in(style) {
        Some(value) => value,
        // イ was read as the first of イロハ; ウ behind it says アイウ.
        None if list.count == 1 && kana_pair(list.style, entry.enumerator.style) => {
            style = entry.enumerator.style;
            entry.enumerator.value
        }
        // The very next number, only written in another style: (3) behind 一 and 二.
        None if entry.enumerator.value == expected
            && expected >= 3
            && entry.indent.abs_diff(list.indent) <= 1
            && !is_weak(entry.enumerator.style) =>
        {
            return Some((4, expected, entry.enumerator.style));
        }
        None => return None,
    };
    if style.system == System::Iroha && list.count == 1 && list.last == 1 && entry.enumerator.value == 3 && value != 2 {
        style.system = System::Aiueo;
        value = 3;
    }
    let bullet = matches!(style.system, System::Bullet(_));
    let mut score = if bullet {
        value = expected;
        8
    } else if entry.enumerator.branch > 0 {
        // 五の二 stands behind 五.
        if value == list.last { 10 } else { 2 }
    } else if value == expected {
        10
    } else if entry.markdown && value == 1 && list.all_ones && style.system == System::Arabic {
        value = expected;
        if entry.lead_in && entry.indent <= list.indent { 3 } else { 9 }
    } else if is_weak(style) && entry.empty {
        // A bare number alone on its line is an entry only where it is the next one.
        return None;
    } else if value > expected {
        if value - expected <= 3 { 5 } else { 2 }
    } else if value == list.written {
        4
    } else if value == 1 {
        0
    } else {
        2
    };
    let shift = i32::from(entry.indent) - i32::from(list.indent);
    score += match shift {
        0 => 2,
        1 | -1 => 1,
        _ if entry.markdown && shift >= 2 => -5,
        _ if bullet && shift != 0 => -6,
        _ => -2,
    };
    if !entry.empty && list.count >= 1 {
        let mostly_sentences = list.sentences * 2 > list.count;
        score += if mostly_sentences == entry.sentence { 1 } else { -1 };
    }
    Some((score, value, style))
}

/// Katakana of one frame that may be one list though they were read as イロハ and as アイウ.
fn kana_pair(a: Style, b: Style) -> bool {
    let kana = |s: Style| matches!(s.system, System::Iroha | System::Aiueo);
    a.frame == b.frame && kana(a) && kana(b)
}

fn opening(lists: &[OpenList], entry: &Entry, value: u32, style: Style) -> i32 {
    let bullet = matches!(style.system, System::Bullet(_));
    let mut score = if value == 1 || bullet {
        6
    } else if entry.next_paragraph {
        8
    } else {
        -3
    };
    if entry.lead_in {
        score += 4;
    }
    if let Some(innermost) = lists.last() {
        let shift = i32::from(entry.indent) - i32::from(innermost.indent);
        if shift >= 2 {
            score += 3;
        } else if shift <= -2 {
            score -= 4;
        }
        if !entry.lead_in && shift <= 1 && lists.iter().any(|l| l.style == style) {
            score -= 5;
        }
    }
    score
}

/// The reading of an enumerator that makes it the first of a list, if there is one.
pub fn first_reading(enumerator: &Enumerator) -> (u32, Style) {
    match enumerator.other {
        Some((system, 1)) if enumerator.value != 1 => (1, Style { system, ..enumerator.style }),
        _ => (enumerator.value, enumerator.style),
    }
}

/// Whether a text announces a list: 「次の各号のいずれかに該当する場合」「以下のとおり」「…は、次に掲げる」, or ends with a colon.
pub fn is_lead_in(text: &str) -> bool {
    const WORDS: [&str; 10] =
        ["次の", "次に掲げ", "次に定め", "以下の", "以下に", "下記", "左記", "左の", "次に該当", "つぎの"];
    let text = text.trim_end();
    if text.ends_with(['：', ':']) {
        return true;
    }
    static FIRST: Plane = Plane::of(&['次', '以', '下', '左', 'つ']);
    FIRST.places(text).any(|at| {
        let Some(word) = leading_word(&text[at..], &WORDS) else { return false };
        let behind = &text[at + word.len()..];
        // 「以下「X」という。」 defines a term, 「次の月」 is a date, 「目次の」 is another word.
        let defines = behind.starts_with(['「', '『']);
        let dated = starts_with_any(behind, &["月", "日", "年", "週", "営業日"]);
        let other_word = text[..at].ends_with(['目', '順', '逐']);
        !(defines || word == "次の" && (dated || other_word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enumerator(system: System, frame: Frame, value: u32) -> Enumerator {
        Enumerator { style: Style { system, frame }, value, branch: 0, until: 0, other: None }
    }

    fn entry(enumerator: Enumerator) -> Entry {
        Entry {
            enumerator,
            indent: 0,
            sentence: true,
            empty: false,
            inside_sentence: false,
            lead_in: false,
            next_paragraph: false,
            markdown: false,
        }
    }

    fn list(system: System, frame: Frame, last: u32, kind: UnitKind) -> OpenList {
        OpenList {
            style: Style { system, frame },
            indent: 0,
            last,
            written: last,
            count: last,
            all_ones: last == 1,
            sentences: last,
            kind,
            with_text_below: false,
            entry: UnitId(0),
        }
    }

    #[test]
    fn the_expected_number_continues_its_list() {
        let lists = [
            list(System::Arabic, Frame::Dot, 1, UnitKind::Paragraph),
            list(System::Arabic, Frame::Brackets, 3, UnitKind::Item),
        ];
        let next = place(&lists, &entry(enumerator(System::Arabic, Frame::Dot, 2)));
        assert!(matches!(next, Place::Continue { depth: 0, value: 2, .. }), "{next:?}");
        let next = place(&lists, &entry(enumerator(System::Arabic, Frame::Brackets, 4)));
        assert!(matches!(next, Place::Continue { depth: 1, value: 4, .. }), "{next:?}");
    }

    #[test]
    fn a_lead_in_opens_a_list_of_the_same_style() {
        let lists = [list(System::Arabic, Frame::Dot, 1, UnitKind::Paragraph)];
        let next = place(
            &lists,
            &Entry { lead_in: true, sentence: false, ..entry(enumerator(System::Arabic, Frame::Dot, 1)) },
        );
        assert!(matches!(next, Place::Open { value: 1, .. }), "{next:?}");
    }

    #[test]
    fn a_bare_number_inside_a_sentence_is_text() {
        let lists = [list(System::Arabic, Frame::Bare, 1, UnitKind::Paragraph)];
        let wrapped = Entry { inside_sentence: true, ..entry(enumerator(System::Arabic, Frame::Bare, 30)) };
        assert_eq!(place(&lists, &wrapped), Place::Text);
    }

    #[test]
    fn lead_ins() {
        for text in
            ["甲は、次の各号のいずれかに該当する場合は、解除できる。", "次のとおりとする。", "以下の事由", "提出書類："]
        {
            assert!(is_lead_in(text), "{text}");
        }
        for text in ["甲（以下「委託者」という。）", "次の月の末日", "目次のとおり", "前項の規定"]
        {
            assert!(!is_lead_in(text), "{text}");
        }
    }
}
