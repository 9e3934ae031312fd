//! See `rules/party/name-slip.md`.

use std::collections::BTreeMap;

use crate::analysis::party::Party;
use crate::analysis::term::word;
use crate::contract::UnitKind;
use crate::cursor::is_kanji_numeral;
use crate::report::Report;
use crate::rule::Context;
use crate::spelling::distance;
use crate::text::places;

const FORMS: [&str; 5] = ["株式会社", "有限会社", "合同会社", "合資会社", "合名会社"];

/// How long a name has to be, without its form, for one other character to be a slip, and for the other order to be one.
const SHORTEST: usize = 5;
const SHORTEST_TURNED: usize = 3;

/// The name of a company: 「株式会社」 and 「みなと商事」.
struct Company<'a> {
    party: &'a Party,
    form: &'static str,
    core: &'a str,
    /// Whether the form stands before the name: 「株式会社みなと商事」.
    form_first: bool,
}

impl<'a> Company<'a> {
    /// The company that a party is, if its name is that of one and is filled in.
    fn of(party: &'a Party) -> Option<Company<'a>> {
        let name = party.name.as_deref()?;
        let form = FORMS.into_iter().find(|form| name.contains(form))?;
        let form_first = name.starts_with(form);
        let core = if form_first { name.strip_prefix(form) } else { name.strip_suffix(form) }?;
        (core.chars().count() >= SHORTEST_TURNED && core.chars().all(is_of_name)).then_some(Company {
            party,
            form,
            core,
            form_first,
        })
    }
}

/// Reports the name of a company that stands once and is that of a party but for one character or the place of 「株式会社」.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let parties = &context.analysis.parties().all;
    let companies: Vec<Company> = parties.iter().take(8).filter_map(Company::of).collect();
    if companies.is_empty() {
        return;
    }
    let flow = contract.flow();
    let text = flow.as_str();
    let mut slips: BTreeMap<String, Vec<(std::ops::Range<usize>, &Company)>> = BTreeMap::new();
    for end in places(text, "会社").map(|at| at + "会社".len()) {
        let Some(form) = FORMS.into_iter().find(|form| text[..end].ends_with(form)) else { continue };
        let start = end - form.len();
        let same = |company: &&Company| company.form == form;
        let behind = |core: &str| text[end..].starts_with(core);
        let before = |core: &str| text[..start].ends_with(core);
        let is_party = |company: &Company| if company.form_first { behind(company.core) } else { before(company.core) };
        if companies.iter().any(is_party) {
            continue;
        }
        for company in companies.iter().filter(same) {
            let turned = if company.form_first { before(company.core) } else { behind(company.core) };
            let range = if turned && company.form_first {
                Some(start - company.core.len()..end).filter(|range| !text[..range.start].ends_with(is_of_name_only))
            } else if turned {
                Some(start..end + company.core.len()).filter(|range| !text[range.end..].starts_with(is_of_name_only))
            } else if company.form_first {
                one_other(company.core, forward(&text[end..])).map(|name| start..end + name.len())
            } else {
                one_other(company.core, backward(&text[..start])).map(|name| start - name.len()..end)
            };
            if let Some(range) = range {
                slips.entry(text[range.clone()].to_string()).or_default().push((range, company));
                break;
            }
        }
    }
    for (written, found) in slips {
        let [(range, company)] = &found[..] else { continue };
        let unit = context.analysis.unit_at(range.start);
        let named = text[range.end..].trim_start_matches('」').starts_with(['（', '(']);
        if named || contract.enclosing(unit, UnitKind::Signature).is_some() {
            continue;
        }
        let Party { label, name: Some(name), .. } = company.party else { continue };
        let message = format!("「{written}」は、当事者「{label}」の名称「{name}」とわずかに違います。");
        let finding = report.span(flow.span(range.clone()), message);
        finding.help(format!("同じ会社であれば「{name}」又は「{label}」に改めてください。"));
        finding.related(company.party.span, format!("「{label}」"));
    }
}

/// The name among some that differs from another in one character and does not go on in the text.
fn one_other<'t>(core: &str, names: impl Iterator<Item = &'t str>) -> Option<&'t str> {
    if core.chars().count() < SHORTEST {
        return None;
    }
    let length = core.chars().count();
    let mut near = names.filter(|name| name.chars().count().abs_diff(length) <= 1);
    near.find(|name| distance(core, name) == 1 && !tell_apart(core, name))
}

/// Whether what is different in two names tells companies of one group apart: 東日本 and 西日本, 第一 and 第二.
fn tell_apart(first: &str, second: &str) -> bool {
    let same = |(a, b): &(char, char)| a == b;
    let before = first.chars().zip(second.chars()).take_while(same).count();
    let other = |name: &str, of: &str| {
        let behind = name.chars().rev().zip(of.chars().rev()).take_while(same).count();
        let count = name.chars().count();
        name.chars().skip(before).take(count.saturating_sub(before + behind)).all(tells_apart)
    };
    other(first, second) && other(second, first)
}

/// The words at the beginning of a text that may be a name: they end where no kanji or katakana follows.
fn forward(text: &str) -> impl Iterator<Item = &str> {
    let name = text.char_indices().take(LONGEST).take_while(|(_, c)| is_of_name(*c));
    name.map(|(at, c)| at + c.len_utf8())
        .filter(|&end| !text[end..].starts_with(is_of_name_only))
        .map(|end| &text[..end])
}

/// The words at the end of a text that may be a name: they begin where no kanji or katakana stands before.
fn backward(text: &str) -> impl Iterator<Item = &str> {
    let name = text.char_indices().rev().take(LONGEST).take_while(|(_, c)| is_of_name(*c));
    name.map(|(at, _)| at).filter(|&start| !text[..start].ends_with(is_of_name_only)).map(|start| &text[start..])
}

/// How many characters of a name are looked at.
const LONGEST: usize = 40;

/// Whether a character may stand in a name.
fn is_of_name(character: char) -> bool {
    is_of_name_only(character) || matches!(character, 'ぁ'..='ん')
}

/// Whether a character goes on with a name: a hiragana may be a particle.
fn is_of_name_only(character: char) -> bool {
    word::is_kanji(character)
        || matches!(character, 'ァ'..='ヺ' | 'ー' | '・')
        || character.is_alphanumeric() && !matches!(character, 'ぁ'..='ん')
}

/// Whether companies of one group differ in such a character: 東日本, 第二, A.
fn tells_apart(character: char) -> bool {
    is_kanji_numeral(character)
        || character.is_ascii_alphanumeric()
        || matches!(character, 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９')
        || "東西南北中央新旧大小上下左右前後内外陸海空山川".contains(character)
}
