//! See `rules/value/impossible-date.md`.

use crate::analysis::date::DateMention;
use crate::contract::UnitKind;
use crate::date::{Era, days_in_month};
use crate::report::Report;
use crate::rule::{Context, Severity};
use crate::text::starts_with_any;

/// Reports days that no calendar has, and days outside of the era with which they are written.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let mentions = &context.analysis.dates().mentions;
    let after_heisei = |m: &&DateMention| m.era.is_none_or(|(era, _)| era == Era::Reiwa);
    let knows_reiwa =
        mentions.iter().filter(after_heisei).any(|m| m.date().is_some_and(|date| date >= Era::Reiwa.first()));
    let signed_later = context.analysis.facts().date.as_ref().is_some_and(|date| date.value >= Era::Reiwa.first());
    check_days_of_months(context, report);
    for mention in mentions {
        let written = &flow.as_str()[mention.flow.clone()];
        if let Some(why) = not_in_the_calendar(mention) {
            let finding = report.span(flow.span(mention.flow.clone()), format!("「{written}」という日はありません。"));
            finding.help(format!("{why}日付を確かめてください。"));
        } else if let Some((era, _)) = mention.era {
            let Some(date) = mention.date() else { continue };
            let (message, help) = if date < era.first() {
                let day = era.first().japanese();
                (
                    format!("「{written}」は、{}になる前の日です。", era.name()),
                    format!("{}は、{day}に始まりました。", era.name()),
                )
            } else if let Some(next) = era.next().filter(|next| date >= next.first()) {
                // Before the change nobody knew of it: plans and 附則 rightly say 平成32年.
                let planned = in_supplementary(context, mention.flow.start)
                    || next == Era::Reiwa && !signed_later && (!knows_reiwa || date.year() == 2019);
                if planned || context.contract.flow().as_str()[..mention.flow.start].ends_with('「') {
                    continue;
                }
                let year = date.year() - next.first().year() + 1;
                (
                    format!("「{written}」は、{}になった後の日です。", next.name()),
                    format!("{}{year}年です。", next.name()),
                )
            } else {
                continue;
            };
            let finding = report.span(flow.span(mention.flow.clone()), message);
            finding.severity = Severity::Warning;
            finding.help(help);
        }
    }
}

/// Reports 「毎月32日」.
fn check_days_of_months(context: &Context, report: &mut Report) {
    const MONTHS: [&str; 6] = ["毎月", "翌月", "翌々月", "当月", "同月", "前月"];
    const NO_DAY: [&str; 9] = ["間", "以", "前", "後", "目", "分", "を経過", "経過", "の間"];
    let flow = context.contract.flow();
    let text = flow.as_str();
    for numeral in context.analysis.numerals().iter().filter(|numeral| !(1..=31).contains(&numeral.value)) {
        let Some(behind) = text[numeral.flow.end..].strip_prefix('日') else { continue };
        let month = MONTHS.into_iter().find(|month| text[..numeral.flow.start].ends_with(month));
        let Some(month) = month.filter(|_| !starts_with_any(behind, &NO_DAY)) else { continue };
        let place = numeral.flow.start - month.len()..numeral.flow.end + "日".len();
        let message = format!("「{}」という日はありません。", &text[place.clone()]);
        report.span(flow.span(place), message).help("月は31日までです。日付を確かめてください。");
    }
}

fn not_in_the_calendar(mention: &DateMention) -> Option<String> {
    let month = mention.month?;
    if !(1..=12).contains(&month) {
        return Some("月は12までです。".into());
    }
    let day = mention.day?;
    // Without a year, February may have 29 days.
    let days = days_in_month(mention.year.unwrap_or(2000), month);
    let of = mention.year.filter(|_| month == 2 && day == 29).map_or_else(String::new, |year| format!("{year}年"));
    (!(1..=days).contains(&day)).then(|| format!("{of}{month}月は{days}日までです。"))
}

fn in_supplementary(context: &Context, at: usize) -> bool {
    context.contract.enclosing(context.analysis.unit_at(at), UnitKind::Supplementary).is_some()
}
