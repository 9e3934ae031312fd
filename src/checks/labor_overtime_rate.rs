//! See `rules/law/labor-overtime-rate.md`.

use crate::report::Report;
use crate::rule::Context;
use crate::text::{leading_word, places, starts_with_any};

/// Work for which more is paid, and how many percent at least (労働基準法37条1項、4項; 割増賃金に係る率の最低限度を定める政令).
const LEAST: [(&str, u64); 4] = [("時間外", 25), ("残業", 25), ("深夜", 25), ("法定休日", 35)];
/// How many bytes may stand between the work and the rate.
const NEAR: usize = 120;

/// Reports premiums for overtime, night work and work on statutory holidays that are lower than the law allows.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    for (word, least) in LEAST {
        for at in places(text, word).map(|at| at + word.len()) {
            let sentence = context.analysis.sentences().at(at);
            let Some(rate) = context.analysis.numerals_within(&(at..sentence.end)).first() else { continue };
            let between = &text[at..rate.flow.start];
            let behind = &text[rate.flow.end..];
            let is_premium = ["割増", "増し", "増の"].iter().any(|word| text[sentence.clone()].contains(word));
            let is_of_other = LEAST.iter().any(|(other, _)| between.contains(other)) || between.contains("休日");
            let Some(unit) = leading_word(behind, &["%", "パーセント"]) else { continue };
            let is_limit = starts_with_any(behind, &["%を超", "%以内", "%未満", "%以下", "パーセントを超"]);
            if is_premium && !is_limit && !is_of_other && between.len() <= NEAR && rate.value < least {
                let message = format!("{word}の割増賃金の率が{}%と、{least}%を下回っています。", rate.value);
                let finding = report.span(flow.span(rate.flow.start..rate.flow.end + unit.len()), message);
                finding.help(format!("{least}%以上の率を定めてください。"));
            }
        }
    }
}
