//! See `rules/wording/repeated-connective.md`.

use crate::report::Report;
use crate::rule::Context;
use crate::text::places;

/// A connective, the one of the other level beside it, and how a list of three is written.
const WORDS: [(&str, &str, &str); 4] = [
    ("及び", "並びに", "A、B及びC"),
    ("および", "ならびに", "A、BおよびC"),
    ("又は", "若しくは", "A、B又はC"),
    ("または", "もしくは", "A、BまたはC"),
];

/// Reports 「A及びB及びC」.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    for (word, other, model) in WORDS {
        let places: Vec<usize> = places(text, word).collect();
        let mut reported = 0;
        for pair in places.windows(2) {
            let [first, second] = *pair else { continue };
            let behind = second + word.len();
            // Only a bare noun between the two, and one on either side, makes a list of three.
            let between = &text[first + word.len()..second];
            let bare = !between.is_empty() && between.chars().all(is_noun) && between.chars().count() <= 10;
            let before = text[..first].chars().next_back().is_some_and(is_noun);
            let end = text[behind..].find(|c| !is_noun(c)).map_or(text.len(), |end| behind + end);
            if !bare || !before || end == behind || first < reported || !context.analysis.is_own_text(first) {
                continue;
            }
            let sentence = context.analysis.sentences().at(first);
            // Names of laws hold connectives of their own: 出入国管理及び難民認定法.
            let near = text[end..].char_indices().nth(30).map_or(text.len(), |(at, _)| end + at);
            let law = text[end..].starts_with(['法', '令'])
                || ["法律", "政令", "省令"].iter().any(|law| text[end..near].contains(law));
            if law || text[sentence].contains(other) {
                continue;
            }
            reported = behind;
            let range = first..behind;
            let message = format!("「{}」と、「{word}」が続いています。", &text[range.clone()]);
            let finding = report.span(flow.span(range), message);
            finding.help(format!("同じ段階のものは、「{model}」のように、最後だけを「{word}」で結びます。"));
        }
    }
}

/// Whether a character may stand in the name of a thing; names of laws and references are none here.
fn is_noun(character: char) -> bool {
    matches!(character, '\u{30A1}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | 'a'..='z' | 'A'..='Z')
        && !matches!(character, '第' | '同' | '法' | '令')
}
