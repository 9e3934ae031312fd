//! See `rules/execution/originals-count.md`.

use crate::analysis::party::Party;
use crate::contract::UnitKind;
use crate::number;
use crate::report::Report;
use crate::rule::Context;

/// Reports 「本書2通を作成し、…各1通を保有する」 where the parties are three.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let flow = contract.flow();
    let parties = context.analysis.parties();
    for closing in contract.ids_of(UnitKind::Closing) {
        let range = flow.range(contract.unit(closing).contents);
        let words = &flow.as_str()[range.clone()];
        let each =
            ["各1通", "各一通", "各壱通", "各自1通", "各自一通", "それぞれ1通", "1通ずつ", "一通ずつ", "各々1通"];
        // Somebody who signs without being a party holds an original as well.
        let others = ["保証人", "立会人", "仲介", "監理者", "管理者", "管理会社", "媒介"]
            .iter()
            .any(|other| words.contains(other));
        if others
            || words.contains("電磁的記録")
            || words.contains("写し")
            || !each.iter().any(|each| words.contains(each))
        {
            continue;
        }
        let Some(at) = words.find("本書").map(|at| at + "本書".len()) else { continue };
        let rest = words[at..].trim_start_matches(['を', '、', '正', '本', ' ']);
        let digits: usize = rest
            .chars()
            .take_while(|c| number::digit(*c).is_some() || number::kanji_digit(*c).is_some() || "壱弐参十".contains(*c))
            .map(char::len_utf8)
            .sum();
        let start = words.len() - (words.len() - at) + (words[at..].len() - rest.len());
        let Some(count) = number::parse_integer(&rest[..digits]).filter(|_| rest[digits..].starts_with('通')) else {
            continue;
        };
        // The parties that the sentence names; all of them where it speaks of 各当事者.
        let agreement = |party: &&Party| {
            contract.scopes()[contract.unit(party.unit).scope as usize].agreement()
                == contract.scopes()[contract.unit(closing).scope as usize].agreement()
        };
        let opening =
            |party: &&Party| party.signed.is_some() || contract.enclosing(party.unit, UnitKind::Article).is_none();
        let named = parties.all.iter().filter(agreement).filter(opening);
        let in_words: Vec<&Party> = named.clone().filter(|party| words.contains(party.label.as_str())).collect();
        let signing = if in_words.is_empty() { named.collect() } else { in_words };
        if signing.len() < 2 || signing.len() as u64 == count {
            continue;
        }
        let labels: Vec<&str> = signing.iter().map(|party| party.label.as_str()).collect();
        let message = format!(
            "本書を{count}通作成するとありますが、各1通を保有する当事者は{}の{}人です。",
            labels.join("、"),
            signing.len()
        );
        let span = flow.span(range.start + start..range.start + start + digits + '通'.len_utf8());
        report
            .span_of(span, closing, message)
            .help("通数を当事者の数に合わせるか、原本を持たない当事者には写しを渡すと書いてください。");
    }
}
