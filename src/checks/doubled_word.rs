//! See `rules/wording/doubled-word.md`.

use std::ops::Range;

use crate::analysis::term::word::{is_hiragana, is_katakana, is_noun};
use crate::contract::ContentKind;
use crate::finding::{Edit, Fix, Safety};
use crate::number::kanji_digit;
use crate::plane::Plane;
use crate::report::Report;
use crate::rule::Context;
use crate::text::ends_with_any;

/// Particles that no noun has twice.
const PARTICLES: [char; 8] = ['を', 'は', 'が', 'に', 'の', 'で', 'へ', 'と'];
/// Characters of which one stands in every phrase that is looked for (「することがすることが」, 「までまで」, 「及び及び」) or behind every noun. All
/// are hiragana or punctuation: three bytes, the last two of which tell them apart.
const ANCHORS: [char; 13] = ['を', 'は', 'が', 'に', 'の', 'で', 'へ', 'と', 'る', 'び', 'ら', 'り', '、'];
static PLACES: Plane = Plane::of(&ANCHORS);
const LENGTH: usize = 'を'.len_utf8();

/// The shortest word that is no chance, and the longest that is looked at, in bytes.
const SHORTEST: usize = "損害".len();
const LONGEST: usize = 48;
/// The lengths of nouns that are looked for.
const NOUNS: [usize; 5] = [6, 9, 12, 15, 18];

/// Words of hiragana alone that do not stand twice; others may (ひとりひとり, ばらばら, もともと).
const ONCE: [&str; 16] = [
    "から",
    "まで",
    "する",
    "ある",
    "いる",
    "とは",
    "には",
    "では",
    "こと",
    "れる",
    "なる",
    "よる",
    "である",
    "により",
    "ことが",
    "または",
];
/// The longest word of hiragana that may stand twice.
const SHORT: usize = "ひとり".len();
/// Kanji with which words end that do not stand twice there: 「1年間間」, 「協議の上上」.
const ENDS: [char; 8] = ['間', '者', '等', '的', '上', '書', '額', '時'];

/// Reports 「報酬をを」, 「損害を損害を」, 「することがすることが」 and 「抵当権抵当権」.
pub fn check(context: &Context, report: &mut Report) {
    let text = context.contract.flow().as_str();
    let bytes = text.as_bytes();
    // Where the last of each anchor stood.
    let mut places = [0; 256];
    let mut reported = 0;
    for at in PLACES.places(text) {
        let anchor = usize::from(bytes[at + 1] & 0b11) << 6 | usize::from(bytes[at + 2] & 0b11_1111);
        let first = std::mem::replace(&mut places[anchor], at);
        let length = at - first;
        let near = length <= LONGEST && first >= LENGTH;
        let twice = if near && length == LENGTH {
            particle(text, first, at)
        } else if near && bytes[first - 2..first] == bytes[at - 2..at] && length >= SHORTEST {
            phrase(text, first, at)
        } else {
            None
        };
        if let Some(twice) = twice.or_else(|| noun(text, at)).filter(|twice| twice.start >= reported) {
            reported = twice.end;
            tell(context, report, twice);
        }
    }
}

/// 「報酬をを」, 「そのの」, 「限りり」: a letter at two places, one behind the other.
fn particle(text: &str, first: usize, second: usize) -> Option<Range<usize>> {
    let (before, behind) = (&text[..first], &text[second + LENGTH..]);
    let particle = text[second..].chars().next()?;
    // 「こののち」 and 「父母ははは」 are something else; を is nothing but a particle.
    let alone = !behind.starts_with(is_hiragana);
    let doubled = match particle {
        'を' => true,
        'の' if alone && ends_with_any(before, &["そ", "こ"]) => true,
        // 「限りり」, 「定めるる」; 「凜りりしい」 has another letter behind.
        'り' | 'る' => before.ends_with(is_written) && !behind.starts_with(['し', 'る', 'り']),
        _ => PARTICLES.contains(&particle) && alone && (before.ends_with(is_noun) || before.ends_with("こと")),
    };
    doubled.then_some(first..second + LENGTH)
}

/// 「損害を損害を」, 「することがすることが」: a phrase that stands twice, with the same character of it at two places.
fn phrase(text: &str, first: usize, second: usize) -> Option<Range<usize>> {
    let length = second - first;
    let bytes = text.as_bytes();
    let back = (1..=length.min(first)).take_while(|back| bytes[first - back] == bytes[second - back]).count();
    let on = (0..length).take_while(|on| bytes.get(second + on) == Some(&bytes[first + on])).count();
    if back + on < length {
        return None;
    }
    // 「することができることができる」: of the places where it may begin the last.
    let start = (first - back..=(first + on - length).min(first)).rev().find(|&at| text.is_char_boundary(at))?;
    let phrase = text.get(start..start + length)?;
    let twice = start..start + 2 * length;
    let before = text[..start].chars().next_back();
    // 「子会社の子会社の株式」 is right, 「全ての個別の個別の契約」 may be.
    let words = phrase.chars().all(|c| is_noun(c) || is_hiragana(c)) && !phrase.contains(['の', '々']);
    let whole = text.get(twice.clone()) == Some(&*phrase.repeat(2));
    // A noun that begins before the phrase is no noun of it; a connective is none.
    let cut = phrase.starts_with(is_noun) && !phrase.starts_with(['及', '又']) && before.is_some_and(is_noun);
    (words && whole && !cut && (phrase.len() > SHORT || !phrase.chars().all(is_hiragana) || ONCE.contains(&phrase)))
        .then_some(twice)
}

/// 「抵当権抵当権」, 「1年間間」: a noun that stands twice before a place.
fn noun(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let ending = |at: usize| Some([*bytes.get(at.wrapping_sub(2))?, *bytes.get(at.wrapping_sub(1))?]);
    let last = ending(at)?;
    if ending(at.wrapping_sub(LENGTH))? == last {
        let twice = at.checked_sub(2 * LENGTH)?..at;
        let one = text.get(at - LENGTH..at)?;
        let doubled = ENDS.iter().any(|end| one.starts_with(*end)) && text.get(twice.clone())? == one.repeat(2);
        return doubled.then_some(twice);
    }
    let length = NOUNS.into_iter().find(|length| ending(at.wrapping_sub(*length)) == Some(last))?;
    if length * 2 > at {
        return None;
    }
    let twice = at - 2 * length..at;
    let half = text.get(at - length..at)?;
    let is_word = |c: char| is_noun(c) && !c.is_ascii();
    if text.get(twice.start..at - length)? != half || !half.chars().all(is_word) || half.contains('々') {
        return None;
    }
    // 「二〇二〇」 is a number, 「ドキドキ」 a word, 「万円万円」 a unit; 「一人一人」 and 「毎日毎日」 are right.
    let katakana = half.chars().all(is_katakana) && half.chars().count() < 3;
    let other = katakana
        || half.ends_with('円')
        || half.starts_with(['一', '毎', '各'])
        || half.chars().all(|c| kanji_digit(c).is_some());
    let cut = text[..twice.start].ends_with(is_noun);
    (!other && !cut).then_some(twice)
}

fn tell(context: &Context, report: &mut Report, twice: Range<usize>) {
    let contract = context.contract;
    let flow = contract.flow();
    let text = flow.as_str();
    let content = contract.content_at(twice.start);
    if content.is_none_or(|content| content.kind != ContentKind::Text) || is_quoted(&text[..twice.start]) {
        return;
    }
    let middle = twice.start + twice.len() / 2;
    let once = &text[middle..twice.end];
    let written = &text[twice.clone()];
    let finding = report.span(flow.span(twice.clone()), format!("「{written}」と、同じ語が重なっています。"));
    finding.help(format!("「{once}」にしてください。"));
    let edits = vec![Edit { span: flow.span(twice.start..middle), text: String::new() }];
    let same_line = flow.span(twice.start..middle).len() as usize == middle - twice.start;
    finding.fix = same_line.then(|| Fix { title: format!("「{once}」にする"), safety: Safety::Unsafe, edits });
}

/// Whether a quotation is open behind a text.
fn is_quoted(before: &str) -> bool {
    const LOOKED_AT: usize = 60;
    before.chars().rev().take(LOOKED_AT).find(|c| matches!(c, '「' | '」' | '\n')) == Some('「')
}

fn is_written(character: char) -> bool {
    is_hiragana(character) || is_noun(character)
}
