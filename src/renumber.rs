//! Renumbering: 条, 項 and 号 numbered anew in their order, and every reference to them rewritten in one step.
//!
//! Each number keeps the form in which it is written (12, １２, 十二, ⑫), and so does each reference. What could go wrong is refused with
//! its place: a reference that may mean several units or none, a number that cannot be written anew. The result is read again and
//! compared with what was there; only a document that is the same but for its numbers is given back.

use foldhash::HashMap;

use crate::analysis::Analysis;
use crate::analysis::reference::rewrite::{self, Level};
use crate::analysis::reference::{Article, Broken, Item, Paragraph, Reference, References, Status};
use crate::contract::{Contract, Numbering, UnitId, UnitKind};
use crate::finding::{Edit, Fix, Safety};
use crate::fix;
use crate::marks::Marks;
use crate::number::{Form, Number, enclosed};
use crate::text::{Span, Text};

/// Why a document is not renumbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// Where.
    pub span: Span,
    /// The place as a lawyer cites it.
    pub at: String,
    /// What stands in the way and what to do, in Japanese.
    pub message: String,
}

/// What renumbering changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renumbering {
    /// The edits, in order and apart; none where all numbers are right.
    pub edits: Vec<Edit>,
    /// How many units get another number.
    pub units: usize,
    /// How many references are rewritten.
    pub references: usize,
}

/// What renumbering is called where it is offered.
pub const TITLE: &str = "条・項・号の番号を振り直し、参照も直す";

impl Renumbering {
    /// The same as a fix of a finding about numbers.
    pub fn fix(&self) -> Fix {
        Fix { title: TITLE.into(), safety: Safety::Unsafe, edits: self.edits.clone() }
    }
}

/// Numbers the articles, paragraphs and items of a contract anew.
///
/// # Errors
/// Everything that stands in the way.
///
/// ```
/// use keiyaku::{Analysis, Contract, Rulebook, Text, fix::apply, renumber::renumber};
///
/// let text = "第1条（目的）\n売買の条件を定める。\n第3条（代金）\n代金は、10万円とする。\n第4条（支払）\n第3条の代金を支払う。\n";
/// let contract = Contract::parse(Text::new(text));
/// let renumbering = renumber(&Analysis::new(&contract, Rulebook::builtin())).unwrap();
/// assert!(apply(text, &renumbering.edits).contains("第3条（支払）\n第2条の代金を支払う。"));
/// ```
pub fn renumber(analysis: &Analysis) -> Result<Renumbering, Vec<Obstacle>> {
    let contract = analysis.contract();
    let numbers = new_numbers(contract);
    if numbers.is_empty() {
        return Ok(Renumbering::default());
    }
    let mut obstacles = Vec::new();
    let mut edits = Vec::new();
    for (&id, &new) in &numbers {
        let unit = contract.unit(id);
        match relabel(contract.text().slice(unit.label), unit.kind, new) {
            Some(text) => edits.push(Edit { span: unit.label, text }),
            None => obstacles.push(obstacle(
                contract,
                unit.label,
                id,
                "この番号の書き方では振り直せません。手で直してください。",
            )),
        }
    }
    let units = edits.len();
    for reference in &analysis.references().all {
        match rewritten(contract, reference, &numbers) {
            Ok(Some(text)) => edits.push(Edit { span: reference.span, text }),
            Ok(None) => {}
            Err(message) => obstacles.push(obstacle(contract, reference.span, reference.unit, message)),
        }
    }
    edits.sort_by_key(|edit| edit.span);
    obstacles.sort_by_key(|obstacle| obstacle.span);
    if obstacles.is_empty() && !is_same_but_for_numbers(analysis, &numbers, &edits) {
        let whole = Span::new(0, contract.text().as_str().len() as u32);
        obstacles.push(obstacle(
            contract,
            Span::empty(whole.start),
            UnitId(0),
            "番号を振り直すと条・項・号の区切りや参照先が変わってしまうため、振り直せません。手で直してください。",
        ));
    }
    if obstacles.is_empty() {
        Ok(Renumbering { references: edits.len() - units, units, edits })
    } else {
        Err(obstacles)
    }
}

fn obstacle(contract: &Contract, span: Span, unit: UnitId, message: &str) -> Obstacle {
    let at = if unit == UnitId(0) { String::new() } else { contract.citation(unit) };
    Obstacle { span, at, message: message.into() }
}

/// The units whose number changes, with the new one.
fn new_numbers(contract: &Contract) -> HashMap<UnitId, Number> {
    let mut numbers = HashMap::default();
    let mut articles: HashMap<u32, Vec<UnitId>> = HashMap::default();
    for id in contract.ids() {
        let unit = contract.unit(id);
        match unit.kind {
            UnitKind::Article => articles.entry(unit.scope).or_default().push(id),
            UnitKind::Paragraph | UnitKind::Item => {}
            _ => {}
        }
        for kind in [UnitKind::Paragraph, UnitKind::Item] {
            let children: Vec<UnitId> = contract.children_of(id, kind).collect();
            number_list(contract, &children, &mut numbers);
        }
    }
    for list in articles.values() {
        number_list(contract, list, &mut numbers);
    }
    numbers
}

/// Numbers the units of a list in their order: main numbers from the first one on, branches (第3条の2) below their main number, a range of
/// deleted units (第3条から第5条まで　削除) as many as it stands for. Numbers in parts (第2.3条) run on in their chapter.
fn number_list(contract: &Contract, list: &[UnitId], numbers: &mut HashMap<UnitId, Number>) {
    let number = |id: &UnitId| contract.unit(*id).number;
    let beside = |a: &UnitId, b: &UnitId| number(a).zip(number(b)).is_none_or(|(a, b)| a.is_beside(b));
    list.chunk_by(beside).for_each(|list| number_run(contract, list, numbers));
}

/// Numbers units of which the numbers differ in their last part alone.
fn number_run(contract: &Contract, list: &[UnitId], numbers: &mut HashMap<UnitId, Number>) {
    let plain = |&id: &UnitId| {
        let unit = contract.unit(id);
        unit.number.is_some() && !unit.alternative
    };
    let list: Vec<UnitId> = list.iter().copied().filter(plain).collect();
    let Some(first) = list.first().and_then(|&id| contract.unit(id).number) else { return };
    let (mut last, mut branch) = match first.branches().next() {
        Some(branch) => (first.last(), branch.saturating_sub(1)),
        None => (first.last().saturating_sub(1), 1),
    };
    // A list that begins at 2 or 3 has lost its beginning; an excerpt begins further on.
    if first.last() <= 3 {
        (last, branch) = (0, 1);
    }
    for id in list {
        let unit = contract.unit(id);
        let Some(old) = unit.number else { continue };
        let new = if old.is_branch() && last > 0 {
            branch += 1;
            old.with_last(last).branch(branch)
        } else {
            (last, branch) = (last + 1, 1);
            old.with_last(last)
        };
        if let Some(until) = unit.until {
            last += until.last().saturating_sub(old.last());
        }
        if new != old && unit.numbering == Numbering::Written && !unit.label.is_empty() && unit.until.is_none() {
            numbers.insert(id, new);
        }
    }
}

/// A label with another number, in the form in which it is written.
fn relabel(label: &str, kind: UnitKind, new: Number) -> Option<String> {
    if kind == UnitKind::Article && label.contains('条') {
        return Some(rewrite::numbers(label, |_, _| Some(new)));
    }
    if let Some((at, character)) = label.char_indices().find(|(_, c)| enclosed(*c).is_some()) {
        let value = enclosed(character)?;
        let other = char::from_u32((character as u32).checked_add(new.main())?.checked_sub(value)?)?;
        let is_same_family = enclosed(other) == Some(new.main());
        let plain = !new.is_branch() && is_same_family;
        return plain.then(|| format!("{}{other}{}", &label[..at], &label[at + character.len_utf8()..]));
    }
    let from = label.find(Form::is_numeral)?;
    let length = label[from..].find(|c| !Form::is_numeral(c)).unwrap_or(label.len() - from);
    let form = Form::of(&label[from..from + length]);
    let mut number = form.write(new.main());
    let mut behind = &label[from + length..];
    if new.is_branch() {
        let rest = behind.strip_prefix('の')?;
        behind = rest.trim_start_matches(Form::is_numeral);
        for branch in new.branches() {
            number.push('の');
            number.push_str(&form.write(branch));
        }
    }
    // 第1, 1.1 and the like are numbers of something else.
    (!behind.starts_with(['.', '-', '－', '．']) || behind.chars().skip(1).all(|c| !Form::is_numeral(c)))
        .then(|| format!("{}{number}{behind}", &label[..from]))
}

/// The words of a reference with the new numbers; nothing where they stay as they are.
fn rewritten(
    contract: &Contract,
    reference: &Reference,
    numbers: &HashMap<UnitId, Number>,
) -> Result<Option<String>, &'static str> {
    let citation = &reference.citation;
    let absolute = matches!(citation.article, Some(Article::Number(_)))
        || matches!(citation.paragraph, Some(Paragraph::Number(_)))
        || matches!(citation.item, Some(Item::Number(_)));
    let outlined = match citation.article {
        Some(Article::Outline(_)) => true,
        Some(Article::Number(number)) => number.is_in_parts(),
        _ => false,
    };
    // 2.1項, and 第2.1条 where 2.1 is a 項.
    if outlined && reference.targets.iter().any(|&id| contract.unit(id).kind != UnitKind::Article) {
        let changes = reference.targets.iter().any(|&id| contract.ancestors(id).any(|up| numbers.contains_key(&up)));
        return if changes {
            Err("「2.1項」の形の参照は、振り直せません。手で改めてください。")
        } else {
            Ok(None)
        };
    }
    if !absolute {
        return Ok(None);
    }
    match reference.status {
        Status::External(_) => return Ok(None),
        Status::Broken(Broken::Annex | Broken::Division | Broken::Supplementary) => return Ok(None),
        Status::Broken(_) => return Err("この参照が指すものがないため、振り直せません。先に参照を直してください。"),
        Status::Ambiguous => {
            let changes =
                reference.targets.iter().any(|&id| contract.ancestors(id).any(|up| numbers.contains_key(&up)));
            return match changes {
                true => Err("この参照がどれを指すか決まらないため、振り直せません。先に参照を直してください。"),
                false => Ok(None),
            };
        }
        Status::Resolved => {}
    }
    let (Some(&first), Some(&last)) = (reference.targets.first(), reference.targets.last()) else { return Ok(None) };
    let new = |level: Level, until: bool| {
        let kind = match level {
            Level::Article => UnitKind::Article,
            Level::Paragraph => UnitKind::Paragraph,
            Level::Item => UnitKind::Item,
        };
        let id = contract.enclosing(if until { last } else { first }, kind)?;
        numbers.get(&id).copied()
    };
    let words = contract.text().slice(reference.span);
    let text = rewrite::numbers(words, new);
    Ok((text != words).then_some(text))
}

/// Reads the edited text again: the same units with the new numbers, and references that point where they pointed.
fn is_same_but_for_numbers(analysis: &Analysis, numbers: &HashMap<UnitId, Number>, edits: &[Edit]) -> bool {
    let before = analysis.contract();
    let after = Contract::parse(Text::new(fix::apply(before.text().as_str(), edits)));
    // Numbers that would have to change again were not read as they were meant.
    if before.units().len() != after.units().len() || !new_numbers(&after).is_empty() {
        return false;
    }
    let same_units = before.ids().all(|id| {
        let (a, b) = (before.unit(id), after.unit(id));
        let number = numbers.get(&id).copied().or(a.number);
        a.kind == b.kind && a.parent == b.parent && number == b.number && before.caption(id) == after.caption(id)
    });
    let references = &analysis.references().all;
    let again = References::of(&after, &Marks::of(after.flow().as_str())).all;
    same_units
        && references.len() == again.len()
        && references.iter().zip(&again).all(|(a, b)| a.targets == b.targets && a.status.name() == b.status.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rulebook;

    fn renumbered(text: &str) -> Result<String, Vec<Obstacle>> {
        let contract = Contract::parse(Text::new(text));
        renumber(&Analysis::new(&contract, Rulebook::builtin())).map(|done| fix::apply(text, &done.edits))
    }

    #[test]
    fn references_follow_lists_ranges_and_levels() {
        let text = "第一条（目的）\n売買の条件を定める。\n第三条（代金）\n１　代金は、十万円とする。\n３　次の各号の費用は、甲の負担とする。\n（１）運賃\n（３）保険料\n第四条（存続）\n第一条、第三条第三項第三号及び第三条から第四条までの定めは、終了後も効力を有する。民法第三条は、適用しない。\n";
        let after = renumbered(text).unwrap();
        assert!(after.contains("第二条（代金）\n１　代金は、十万円とする。\n２　次の各号"), "{after}");
        assert!(
            after.contains("（２）保険料\n第三条（存続）\n第一条、第二条第二項第二号及び第二条から第三条までの定め"),
            "{after}"
        );
        assert!(after.contains("民法第三条は"), "{after}");
        assert_eq!(renumbered(&after).unwrap(), after);
    }

    #[test]
    fn what_cannot_be_told_is_refused_with_its_place() {
        let twice = "第1条（目的）\n条件を定める。\n第2条（代金）\n十万円とする。\n第2条（支払）\n払う。\n第3条（存続）\n第2条は、存続する。\n";
        let obstacles = renumbered(twice).unwrap_err();
        assert_eq!((obstacles.len(), obstacles[0].at.as_str()), (1, "第3条"));
        let broken = "第1条（目的）\n条件を定める。\n第3条（代金）\n第9条の代金とする。\n";
        assert_eq!(renumbered(broken).unwrap_err()[0].at, "第3条");
    }

    #[test]
    fn numbers_in_parts_run_on_in_their_chapter() {
        let text = "第1章　総則\n第1.1条（目的）\n条件を定める。\n第2章　譲渡\n第2.1条（譲渡）\n譲渡する。\n第2.3条（対価）\n対価は、十万円とする。\n第3章　雑則\n第3.1条（存続）\n第1.1条及び第2.3条は、存続する。\n";
        let after = renumbered(text).unwrap();
        assert_eq!(after, text.replace("第2.3条", "第2.2条"));
    }

    #[test]
    fn labels_keep_their_form() {
        assert_eq!(relabel("③", UnitKind::Paragraph, Number::new(2)).as_deref(), Some("②"));
        assert_eq!(relabel("（１２）", UnitKind::Item, Number::new(9)).as_deref(), Some("（９）"));
        assert_eq!(relabel("第２項", UnitKind::Paragraph, Number::new(3)).as_deref(), Some("第３項"));
        assert_eq!(relabel("十一", UnitKind::Item, Number::new(20)).as_deref(), Some("二十"));
        assert_eq!(relabel("⑳", UnitKind::Item, Number::new(21)).as_deref(), None);
        assert_eq!(relabel("第3条の2", UnitKind::Article, Number::new(4).branch(2)).as_deref(), Some("第4条の2"));
    }
}
