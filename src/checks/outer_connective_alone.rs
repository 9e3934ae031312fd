//! See `rules/wording/outer-connective-alone.md`.

use crate::report::Report;
use crate::rule::Context;
use crate::text::places;

/// The connective of the second level, with the one of the first in both spellings: 並びに joins groups that 及び joins inside; 若しくは
/// joins inside groups that 又は joins. Who writes もしくは and ならびに does not part levels by them.
const PAIRS: [(&str, [&str; 2]); 2] = [("並びに", ["及び", "および"]), ("若しくは", ["又は", "または"])];

/// Text that speaks about words of another text.
const AMENDS: [&str; 6] = ["とあるのは", "を削", "を加え", "に改め", "と読み替え", "改正規定"];

/// Reports 並びに in sentences without 及び, and 若しくは in sentences without 又は.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    for (word, first) in PAIRS {
        for at in places(text, word) {
            let sentence = context.analysis.sentences().at(at);
            let words = &text[sentence.clone()];
            // In a list of items the other level may stand in the text above or in another item.
            let whole = words.trim_end_matches('\n').ends_with('。') && at > sentence.start;
            let levelled = first.iter().any(|first| words.contains(first)) || text[sentence.start..at].contains(word);
            if !whole || levelled || AMENDS.iter().any(|word| words.contains(word)) || !context.analysis.is_own_text(at)
            {
                continue;
            }
            let message = format!("「{word}」がありますが、この文に「{}」がありません。", first[0]);
            let finding = report.span(flow.span(at..at + word.len()), message);
            finding.help(format!("段階が一つなら、「{}」を使います。", first[0]));
        }
    }
}
