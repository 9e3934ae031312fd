//! See `rules/law/realtor-penalty.md`.

use crate::report::Report;
use crate::rule::Context;
use crate::text::places;

/// The most that a dealer may agree on with a buyer who is none, in percent of the price.
const MOST: f64 = 20.0;

/// Reports penalties of more than a fifth of the price where the seller is a dealer in real estate.
pub fn check(context: &Context, report: &mut Report) {
    const SELLER: [&str; 6] = [
        "宅地建物取引業者である売主",
        "宅地建物取引業者である甲",
        "売主は、宅地建物取引業者",
        "売主が宅地建物取引業者",
        "甲は、宅地建物取引業者",
        "売主（宅地建物取引業者",
    ];
    const BUYER: [&str; 4] =
        ["買主は、宅地建物取引業者", "買主が宅地建物取引業者", "買主も宅地建物取引業者", "宅地建物取引業者間"];
    let flow = context.contract.flow();
    let text = flow.as_str();
    let stands = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if !stands(&SELLER) || stands(&BUYER) {
        return;
    }
    let units = ["%", "パーセント"].into_iter().flat_map(|unit| places(text, unit).map(move |at| (at, unit)));
    for (unit_at, unit) in units {
        let number = |c: char| c.is_ascii_digit() || c == '.';
        let at = text[..unit_at]
            .rfind(|c: char| !number(c))
            .map_or(0, |before| before + text[before..].chars().next().map_or(0, char::len_utf8));
        let Ok(percent) = text[at..unit_at].parse::<f64>() else { continue };
        let sentence = &text[context.analysis.sentences().at(at)];
        let penalty =
            ["違約金", "損害賠償額の予定", "損害賠償の予定", "損害金"].iter().any(|word| sentence.contains(word));
        let of_price = text[..at].ends_with("代金の") || text[..at].ends_with("代金額の");
        if percent > MOST && penalty && of_price && context.analysis.is_own_text(at) {
            let end = unit_at + unit.len();
            let message = format!("違約金が代金の「{}」と、20%を超えています。", &text[at..end]);
            report
                .span(flow.span(at..end), message)
                .help("代金の20%以下としてください（買主が宅地建物取引業者でない場合）。");
        }
    }
}
