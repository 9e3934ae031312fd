//! See `rules/structure/item-style-mix.md`.

use foldhash::HashMap;

use crate::contract::{Contract, Numbering, UnitId, UnitKind};
use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;
use crate::syntax::Style;

/// How the number of an item is written, apart from the number itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Form {
    full_brackets: Option<bool>,
    full_digits: Option<bool>,
}

/// How many numbers of one list are looked at that are written in another style: a list with more of them is none.
const MOST: usize = 100;

/// Reports numbers of items whose width differs from that of the others in their list.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    for holder in contract.ids() {
        let items: Vec<(UnitId, Form)> = contract
            .unit(holder)
            .children
            .iter()
            .filter(|&&id| {
                matches!(contract.unit(id).kind, UnitKind::Item | UnitKind::Subitem | UnitKind::Paragraph)
                    && contract.unit(id).numbering == Numbering::Written
            })
            .map(|&id| (id, form(contract, id)))
            .collect();
        other_style(context, &items, report);
        mixed(context, &items, |form| form.full_brackets, report);
        // １–９ in full width and 10– in half width is a convention of offices.
        let convention = items.iter().all(|(id, form)| {
            let two_digits = contract.unit(*id).number.is_some_and(|n| n.main() >= 10);
            form.full_digits.is_none_or(|full| full != two_digits)
        });
        if !convention {
            mixed(context, &items, |form| form.full_digits, report);
        }
    }
}

/// Reports a number among others that are written in another style altogether: (3) among 一, 二, 四.
fn other_style(context: &Context, items: &[(UnitId, Form)], report: &mut Report) {
    let contract = context.contract;
    let style = |id: UnitId| contract.unit(id).enumerator.map(|e| e.style);
    let mut counts: HashMap<Option<Style>, usize> = HashMap::default();
    items.iter().for_each(|(id, _)| *counts.entry(style(*id)).or_default() += 1);
    if counts.len() < 2 {
        return;
    }
    for &(id, _) in items.iter().filter(|(id, _)| counts[&style(*id)] * 3 <= items.len()).take(MOST) {
        let unit = contract.unit(id);
        // A list that begins at 1 is a list of its own.
        let of_this_list = items.iter().any(|(other, _)| {
            style(*other) != style(id)
                && contract.unit(*other).number.is_some_and(|n| unit.number.is_some_and(|own| own.follows(n)))
        });
        if of_this_list && unit.number.is_some_and(|n| n.main() > 1) {
            let written = contract.text().slice(unit.label);
            let finding = report.unit(id, format!("番号「{written}」の書き方が、並びの他の番号と違います。"));
            finding.help("並びの中で番号の書き方をそろえてください。");
        }
    }
}

fn mixed(context: &Context, items: &[(UnitId, Form)], aspect: impl Fn(&Form) -> Option<bool>, report: &mut Report) {
    let contract = context.contract;
    let count = |full: bool| items.iter().filter(|(_, form)| aspect(form) == Some(full)).count();
    let (full, half) = (count(true), count(false));
    if full == 0 || half == 0 {
        return;
    }
    let minority = full < half;
    for (id, form) in items.iter().filter(|(_, form)| aspect(form) == Some(minority)) {
        let label = contract.unit(*id).label;
        let written = contract.text().slice(label);
        let instead = widen(
            written,
            aspect(form) == form.full_brackets && aspect(&Form { full_brackets: None, ..*form }).is_none(),
            !minority,
        );
        let finding =
            report.unit(*id, format!("番号「{written}」の書き方が、並びの他の番号（「{instead}」の形）と違います。"));
        finding.help("並びの中で番号の書き方をそろえてください。");
        finding.fix = Some(Fix {
            title: format!("「{written}」を「{instead}」に改める"),
            safety: Safety::Safe,
            edits: vec![Edit { span: label, text: instead }],
        });
    }
}

fn form(contract: &Contract, id: UnitId) -> Form {
    let label = contract.text().slice(contract.unit(id).label);
    let has = |set: &[char]| label.contains(set);
    let brackets = match (has(&['（', '）']), has(&['(', ')'])) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    };
    let full = label.chars().any(|c| ('０'..='９').contains(&c));
    let half = label.chars().any(|c| c.is_ascii_digit());
    Form { full_brackets: brackets, full_digits: if full == half { None } else { Some(full) } }
}

/// The label with its brackets (or else its digits) in the other width.
fn widen(label: &str, brackets: bool, full: bool) -> String {
    label
        .chars()
        .map(|c| match (c, full) {
            ('(', true) if brackets => '（',
            (')', true) if brackets => '）',
            ('（', false) if brackets => '(',
            ('）', false) if brackets => ')',
            ('0'..='9', true) if !brackets => char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap_or(c),
            ('０'..='９', false) if !brackets => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            _ => c,
        })
        .collect()
}
