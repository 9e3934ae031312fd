//! See `rules/party/name-slip.md`.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::analysis::party::{COMPANIES, Party};
use crate::analysis::term::word::is_hiragana;
use crate::contract::UnitKind;
use crate::cursor::is_kanji_numeral;
use crate::report::Report;
use crate::rule::Context;
use crate::spelling::distance;
use crate::text::{places, trailing_word};

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
        let form = COMPANIES.into_iter().find(|form| name.contains(form))?;
        let form_first = name.starts_with(form);
        let core = if form_first { name.strip_prefix(form) } else { name.strip_suffix(form) }?;
        (core.chars().count() >= SHORTEST_TURNED && core.chars().all(is_of_name)).then_some(Company {
            party,
            form,
            core,
            form_first,
        })
    }

    /// Whether a form of companies in a text is that of this company's name.
    fn is_named(&self, text: &str, form: &Range<usize>) -> bool {
        if self.form_first { text[form.end..].starts_with(self.core) } else { text[..form.start].ends_with(self.core) }
    }

    /// The name to which a form in a text belongs, if it is this company's but for the place of the form.
    fn turned(&self, text: &str, form: &Range<usize>) -> Option<Range<usize>> {
        if self.form_first {
            let before = text[..form.start].strip_suffix(self.core)?;
            (!before.ends_with(goes_on)).then_some(before.len()..form.end)
        } else {
            let behind = text[form.end..].strip_prefix(self.core)?;
            (!behind.starts_with(goes_on)).then_some(form.start..text.len() - behind.len())
        }
    }

    /// The name to which a form in a text belongs, if it is this company's but for one character.
    fn misspelt(&self, text: &str, form: &Range<usize>) -> Option<Range<usize>> {
        let length = self.core.chars().count();
        if length < SHORTEST {
            return None;
        }
        let near = |name: &str| distance(self.core, name) == 1 && !tell_apart(self.core, name);
        let one_more = |(_, c): &(usize, char)| is_of_name(*c);
        if self.form_first {
            let behind = &text[form.end..];
            let ends = behind.char_indices().take(length + 1).take_while(one_more).skip(length - 2);
            let mut ends = ends.map(|(at, c)| at + c.len_utf8()).filter(|&end| !behind[end..].starts_with(goes_on));
            ends.find(|&end| near(&behind[..end])).map(|end| form.start..form.end + end)
        } else {
            let before = &text[..form.start];
            let starts = before.char_indices().rev().take(length + 1).take_while(one_more).skip(length - 2);
            let mut starts = starts.map(|(at, _)| at).filter(|&start| !before[..start].ends_with(goes_on));
            starts.find(|&start| near(&before[start..])).map(|start| start..form.end)
        }
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
    let mut slips: BTreeMap<&str, Vec<(Range<usize>, &Company)>> = BTreeMap::new();
    for end in places(text, "会社").map(|at| at + "会社".len()) {
        let Some(form) = trailing_word(&text[..end], &COMPANIES) else { continue };
        let place = end - form.len()..end;
        if companies.iter().any(|company| company.is_named(text, &place)) {
            continue;
        }
        let slip = |company: &&Company| company.turned(text, &place).or_else(|| company.misspelt(text, &place));
        let mut same = companies.iter().filter(|company| company.form == form);
        if let Some((range, company)) = same.find_map(|company| Some((slip(&company)?, company))) {
            slips.entry(&text[range.clone()]).or_default().push((range, company));
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

/// Whether a character may stand in a name.
fn is_of_name(character: char) -> bool {
    goes_on(character) || is_hiragana(character)
}

/// Whether a name goes on with a character: a hiragana may be a particle.
fn goes_on(character: char) -> bool {
    character == '・' || character.is_alphanumeric() && !is_hiragana(character)
}

/// Whether companies of one group differ in such a character: 東日本, 第二, A.
fn tells_apart(character: char) -> bool {
    is_kanji_numeral(character)
        || character.is_ascii_alphanumeric()
        || matches!(character, 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９')
        || "東西南北中央新旧大小上下左右前後内外陸海空山川".contains(character)
}
