//! See `rules/value/tier-boundary.md`.

use std::ops::Range;

use crate::analysis::bound::{Bound, Side, bounds};
use crate::analysis::table::Cell;
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;
use crate::text::{ends_with_any, starts_with_any};

/// What follows a limit that says for which case something holds.
const CASES: [&str; 12] = [
    "の場合",
    "のとき",
    "である場合",
    "であるとき",
    "場合",
    "とき",
    "の部分",
    "部分",
    "は",
    "の者は",
    "の者には",
    "の従業員は",
];

/// Reports neighbouring tiers that both hold their common limit, or of which neither holds it.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    for id in contract.ids() {
        let children = &contract.unit(id).children;
        let tiers: Vec<Range<usize>> = children
            .iter()
            .filter(|&&child| matches!(contract.unit(child).kind, UnitKind::Item | UnitKind::Subitem))
            .map(|&child| contract.flow().range(contract.unit(child).contents))
            .collect();
        compare_neighbours(context, report, &tiers);
    }
    let rows = context.analysis.table_rows();
    for table in rows.chunk_by(|_, row| row.continues) {
        // The tiers stand in one column; which one, the first row with a limit shows.
        let limited = |cell: &Cell| !bounds_in(context, &cell.flow).is_empty();
        let Some(column) = table.iter().find_map(|row| row.cells.iter().position(limited)) else { continue };
        let tiers: Vec<Range<usize>> =
            table.iter().filter_map(|row| Some(row.cells.get(column)?.flow.clone())).collect();
        compare_neighbours(context, report, &tiers);
    }
    let mut numerals = context.analysis.numerals();
    for sentence in context.analysis.sentences().iter() {
        let before = numerals.iter().take_while(|numeral| numeral.flow.start < sentence.start).count();
        numerals = &numerals[before..];
        // Two limits at least.
        if numerals.get(1).is_some_and(|second| second.flow.end <= sentence.end) {
            inside(context, report, sentence);
        }
    }
}

fn bounds_in<'a>(context: &'a Context, range: &Range<usize>) -> Vec<Bound<'a>> {
    bounds(&context.contract.flow().as_str()[..range.end], context.analysis.numerals_within(range))
}

/// Compares each tier with the next: the same words before the numbers, one above and one below the same number.
fn compare_neighbours(context: &Context, report: &mut Report, tiers: &[Range<usize>]) {
    let text = context.contract.flow().as_str();
    let read: Vec<(&str, Vec<Bound>)> = tiers
        .iter()
        .map(|tier| {
            let bounds = bounds_in(context, tier);
            let subject = bounds.first().map_or("", |first| text[tier.start..first.flow.start].trim_end_matches('金'));
            (subject, bounds)
        })
        .collect();
    for pair in read.windows(2) {
        let [(subject, first), (other, second)] = pair else { continue };
        let short = first.len() <= 2 && second.len() <= 2;
        if subject != other || !short {
            continue;
        }
        for a in first {
            for b in second.iter().filter(|b| b.side != a.side) {
                add(context, report, a, b);
            }
        }
    }
}

/// 「100万円未満の場合は…とし、100万円を超える場合は…とする。」 in one sentence.
fn inside(context: &Context, report: &mut Report, sentence: Range<usize>) {
    let text = context.contract.flow().as_str();
    let found = bounds_in(context, &sentence);
    let case = |bound: &Bound| {
        let behind =
            text[bound.flow.end..sentence.end.max(bound.flow.end)].trim_start_matches(['る', 'た', 'て', 'い']);
        starts_with_any(behind, &CASES)
    };
    // 「資本金が」: what is measured. Where the second does not say it, it is the same.
    let measured = |bound: &Bound| {
        let before = text[sentence.start..bound.flow.start].trim_end_matches('金');
        before.rsplit(['、', '。', '\n']).next().unwrap_or_default()
    };
    for pair in found.windows(2) {
        let [a, b] = pair else { continue };
        if is_empty(text, a, b) {
            let flow = context.contract.flow();
            let words = a.flow.start..b.flow.end;
            let message = format!("「{}」に当たる値はありません。", &text[words.clone()]);
            report.span(flow.span(words), message).help("上限と下限が入れ替わっていないか確かめてください。");
            continue;
        }
        let alike = measured(b).is_empty() || measured(b) == measured(a);
        if a.side != b.side && alike && case(a) && case(b) && b.flow.start > a.flow.end {
            add(context, report, a, b);
        }
    }
}

/// Whether no value lies between two limits: 「5度以上0度以下」.
fn is_empty(text: &str, above: &Bound, below: &Bound) -> bool {
    let sides = above.side == Side::Above && below.side == Side::Below && above.unit == below.unit;
    // 「1万円以上、500円まで」 may speak of two things.
    let between = &text[above.flow.end.min(below.flow.start)..below.flow.start];
    let joined = || {
        between.is_empty() || matches!(between, "、" | "かつ" | "、かつ") && !text[below.flow.clone()].ends_with("まで")
    };
    // 「マイナス5度」, 「0.5%」 and 「三分の一」 are other numbers than those that are read.
    let before = &text[..above.flow.start];
    let plain = || {
        !before.ends_with(|c: char| c.is_ascii_digit() || "-－−ー▲△.．・:：スト零".contains(c))
            && !ends_with_any(before, &["マイナス", "氷点下", "零下"])
            && !above.unit.starts_with("分の")
    };
    let empty = above.value > below.value || above.value == below.value && !(above.included && below.included);
    sides && empty && joined() && plain()
}

fn add(context: &Context, report: &mut Report, a: &Bound, b: &Bound) {
    if a.value != b.value || a.unit != b.unit || a.included != b.included {
        return;
    }
    let flow = context.contract.flow();
    let number = |bound: &Bound| {
        let words = &flow.as_str()[bound.flow.clone()];
        words.find(bound.unit).map_or_else(String::new, |at| words[..at + bound.unit.len()].to_string())
    };
    let which = match a.included {
        true => "どちらの区分にも当たります",
        false => "どちらの区分にも当たりません",
    };
    let below = if a.side == Side::Below { a } else { b };
    let message = format!("ちょうど{}は、{which}。", number(below));
    let finding = report.span(flow.span(b.flow.clone()), message);
    finding.help("「以下」には「を超える」、「未満」には「以上」を対にしてください。");
    finding.related(flow.span(a.flow.clone()), "もう一方の区分");
}
