//! See `rules/clause/jurisdiction-unknown-court.md`.

use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;
use crate::text::places;

const COURT: &str = "地方裁判所";
/// The longest name of a seat has three characters, 北海道 and 神奈川 too.
const LONGEST: usize = 4;

/// Words before 地方裁判所 that name no place, and places abroad.
const NO_SEATS: [&str; 26] = [
    "管轄",
    "所轄",
    "専属",
    "受訴",
    "最寄",
    "当該",
    "上記",
    "下記",
    "前記",
    "該当",
    "本店",
    "被告",
    "原告",
    "現地",
    "外国",
    "連邦",
    "香港",
    "台北",
    "台湾",
    "北京",
    "上海",
    "中国",
    "韓国",
    "米国",
    "英国",
    "日本国",
];

/// The name of a place with which some words end, where it stands apart: 「、梅田」.
fn place_name(before: &str) -> Option<&str> {
    let is_kanji = |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}');
    let name = &before[before.trim_end_matches(is_kanji).len()..];
    let apart = before[..before.len() - name.len()].ends_with(['、', '「', '（', 'は', 'を', 'と', '又', '\n']);
    let known = NO_SEATS.iter().any(|word| name.contains(word));
    (apart && !known && (2..=3).contains(&name.chars().count())).then_some(name)
}

pub fn check(context: &Context, report: &mut Report) {
    let courts = &context.analysis.rulebook().vocabulary().courts;
    let flow = context.contract.flow();
    let text = flow.as_str();
    for at in places(text, COURT) {
        let name: Vec<char> = text[..at].chars().rev().take(LONGEST).collect();
        let endings = (1..=name.len()).map(|length| name[..length].iter().rev().collect::<String>());
        let endings: Vec<String> = endings.collect();
        // Only a name that can be mistaken for a court is one: 「各地方裁判所」 and 「管轄する地方裁判所」 name none.
        if endings.iter().any(|name| courts.seats.iter().any(|seat| seat == name)) || !context.analysis.is_own_text(at)
        {
            continue;
        }
        let Some((slip, seat)) =
            endings.iter().rev().find_map(|name| courts.slips.iter().find(|(slip, _)| slip == name))
        else {
            if let Some(place) = place_name(&text[..at]) {
                let message = format!("「{place}{COURT}」という裁判所はありません。");
                let finding = report.span(flow.span(at - place.len()..at + COURT.len()), message);
                finding.help("地方裁判所の本庁のある市の名前で書いてください（支部は、本庁の名前の後に書きます）。");
            }
            continue;
        };
        let span = flow.span(at - slip.len()..at + COURT.len());
        let message = format!("「{slip}{COURT}」という裁判所はありません。");
        let finding = report.span(span, message);
        finding.help(format!("{slip}を管轄する地方裁判所の本庁は、{seat}{COURT}です。"));
        finding.fix = Some(Fix {
            title: format!("「{seat}{COURT}」に改める"),
            safety: Safety::Unsafe,
            edits: vec![Edit { span, text: format!("{seat}{COURT}") }],
        });
    }
}
