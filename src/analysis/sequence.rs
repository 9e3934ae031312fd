//! Where the numbers of units that stand side by side do not run on: gaps, repeats, wrong order.
//!
//! Only numbers somebody wrote are looked at; a number the reader has to count himself (bullets, `1.` `1.` `1.` in Markdown)
//! cannot be wrong. What looks like a break but is another list or another document that begins at 1 is no break.

use foldhash::HashMap;

use crate::contract::{ContentKind, Contract, Numbering, UnitId, UnitKind};
use crate::number::Number;
use crate::syntax::{Style, System};

/// A place where a sequence of numbers breaks.
#[derive(Clone, Debug)]
pub struct Break {
    /// The unit whose number does not follow.
    pub unit: UnitId,
    /// The last unit before it that is in order, if any.
    pub previous: Option<UnitId>,
    /// How it breaks.
    pub kind: BreakKind,
    /// The number that would follow, where the place leaves room for just one.
    pub meant: Option<Number>,
}

/// How a sequence breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BreakKind {
    /// Numbers are left out: the first and the last of them, which differ in nothing but their last part.
    Gap(Number, Number),
    /// Another unit bears the number, and that one stands in order.
    Duplicate(UnitId),
    /// The number is out of order beside this unit, which stands in order.
    Order(UnitId),
}

/// All breaks of a contract, in reading order.
pub fn breaks(contract: &Contract) -> Vec<Break> {
    let mut found = Vec::new();
    // An excerpt (抄) leaves articles out on purpose; the numbers in a 別表 are those of its rows.
    let leaves_out = |id: UnitId| {
        contract.ancestors(id).any(|up| {
            let unit = contract.unit(up);
            let is_excerpt = contract.caption(up).is_some_and(|caption| caption.ends_with('抄'));
            let is_table = unit.kind == UnitKind::Annex && contract.text().slice(unit.label).contains("別表");
            is_excerpt || is_table
        })
    };
    articles(contract, &mut found);
    for id in contract.ids().filter(|&id| !contract.unit(id).children.is_empty()) {
        for kind in [UnitKind::Paragraph, UnitKind::Item, UnitKind::Subitem] {
            let beside: Vec<UnitId> = contract.children_of(id, kind).collect();
            for run in lists(contract, &beside, kind) {
                sequence(contract, &run, &beside, &mut found);
            }
        }
        for kind in [UnitKind::Part, UnitKind::Chapter, UnitKind::Section, UnitKind::Subsection, UnitKind::Division] {
            let beside: Vec<UnitId> = contract.children_of(id, kind).collect();
            let run: Vec<UnitId> = beside.iter().copied().filter(|&u| contract.unit(u).number.is_some()).collect();
            if run.len() >= 2 {
                sequence(contract, &run, &beside, &mut found);
            }
        }
    }
    found.retain(|b| !leaves_out(b.unit));
    found.sort_by_key(|b| b.unit);
    found
}

fn articles(contract: &Contract, found: &mut Vec<Break>) {
    let mut by_scope: HashMap<u32, Vec<UnitId>> = HashMap::default();
    for id in contract.ids_of(UnitKind::Article) {
        let unit = contract.unit(id);
        if unit.numbering == Numbering::Rendered {
            continue;
        }
        by_scope.entry(unit.scope).or_default().push(id);
    }
    let mut scopes: Vec<Vec<UnitId>> = by_scope.into_values().collect();
    scopes.sort();
    for run in scopes {
        // Another document that begins at 1 without a title the fold could see: several articles in order.
        for part in split_at_restarts(contract, &run, 3) {
            sequence(contract, &part, &[], found);
        }
    }
}

/// The written lists among units that stand side by side; a list that begins at 1 again is another list.
fn lists(contract: &Contract, beside: &[UnitId], kind: UnitKind) -> Vec<Vec<UnitId>> {
    let mut runs: Vec<Vec<UnitId>> = Vec::new();
    let mut last: Option<(Style, Number)> = None;
    for &id in beside {
        let unit = contract.unit(id);
        let Some(enumerator) = unit.enumerator.filter(|_| unit.numbering == Numbering::Written) else { continue };
        let number = unit.number.unwrap_or_default();
        if last.is_none_or(|(style, before)| style != enumerator.style && !number.follows(before)) {
            runs.push(Vec::new());
        }
        last = Some((enumerator.style, number));
        if let Some(run) = runs.last_mut() {
            run.push(id);
        }
    }
    let mut runs: Vec<Vec<UnitId>> = runs
        .into_iter()
        .flat_map(|run| {
            let mut parts = split_at_restarts(contract, &run, 1);
            // One 項 alone is no list: where the next begins at 1 again, the number is there twice.
            if kind == UnitKind::Paragraph && parts.len() > 1 && parts[0].len() == 1 {
                let first = parts.remove(0);
                parts[0].splice(..0, first);
            }
            parts
        })
        .collect();
    runs.retain(|run| !run.is_empty());
    runs
}

/// Parts a run where it begins at 1 again and goes on from there for at least `least` units.
fn split_at_restarts(contract: &Contract, run: &[UnitId], least: usize) -> Vec<Vec<UnitId>> {
    let number = |id: UnitId| contract.unit(id).number;
    let mut parts: Vec<Vec<UnitId>> = vec![Vec::new()];
    for (i, &id) in run.iter().enumerate() {
        let restarts = i > 0 && number(id).is_some_and(Number::is_first) && {
            let pairs = run[i..].iter().zip(&run[i + 1..]);
            let follows = |&(&before, &id): &(&UnitId, &UnitId)| {
                number(id).zip(number(before)).is_some_and(|(id, before)| id.follows(before))
            };
            1 + pairs.take_while(follows).count() >= least.min(run.len() - i)
        };
        if restarts {
            parts.push(Vec::new());
        }
        parts.last_mut().expect("there is always a part").push(id);
    }
    parts
}

/// The breaks of one run: the units whose numbers rise are in order, whatever stands between them is what a reader would mend.
/// `beside` are all units of the kind that stand side by side there.
fn sequence(contract: &Contract, run: &[UnitId], beside: &[UnitId], found: &mut Vec<Break>) {
    if runs_on(contract, run, beside) {
        return;
    }
    let mut first: HashMap<Number, UnitId> = HashMap::default();
    let mut numbered: Vec<UnitId> = Vec::new();
    let mut blanks: Vec<UnitId> = Vec::new();
    for &id in run {
        let unit = contract.unit(id);
        match unit.number.map(|number| *first.entry(number).or_insert(id)) {
            None => blanks.push(id),
            // Alternative wordings of one article bear one number.
            Some(other) if other != id && (unit.alternative || contract.unit(other).alternative) => {}
            Some(_) => numbered.push(id),
        }
    }
    let number = |id: UnitId| contract.unit(id).number.unwrap_or_default();
    let end = |id: UnitId| contract.unit(id).until.unwrap_or(number(id));
    let begin = numbered.first().map_or(1, |&id| expected_first(beside, id));
    let rising = rising(numbered.len(), Number::new(begin), |at| (number(numbered[at]), end(numbered[at])));
    let inside: HashMap<Number, UnitId> = rising.iter().map(|&at| (number(numbered[at]), numbered[at])).collect();
    let bounds = std::iter::once(None).chain(rising.iter().copied().map(Some));
    for (before, after) in bounds.zip(rising.iter().copied().map(Some).chain([None])) {
        let [low, high] = [before, after].map(|at| at.map(|at| numbered[at]));
        let strays = &numbered[before.map_or(0, |at| at + 1)..after.unwrap_or(numbered.len())];
        let room = match (low, high) {
            (Some(low), Some(high)) => gap(end(low), number(high)),
            _ => None,
        };
        for (&stray, place) in strays.iter().zip(0..) {
            let count = strays.len() as u32;
            let meant = match (low, high, room) {
                (_, _, Some((from, to))) => (count_of(from, to) == count).then(|| from.with_last(from.last() + place)),
                (Some(low), None, None) => Some(end(low).with_last(end(low).last() + 1 + place)),
                (None, Some(high), None) => {
                    let before = (number(high).last() + place).checked_sub(count).filter(|&n| n > 0);
                    before.map(|before| number(high).with_last(before))
                }
                _ => None,
            };
            let neighbour = low.filter(|&low| number(low) > number(stray)).or(high).or(low);
            let kind = match (inside.get(&number(stray)).or(first.get(&number(stray))), neighbour) {
                (Some(&other), _) if other != stray => BreakKind::Duplicate(other),
                (_, Some(neighbour)) => BreakKind::Order(neighbour),
                _ => continue,
            };
            found.push(Break { unit: stray, previous: low, kind, meant });
        }
        let Some(high) = high else { continue };
        let open = blanks.iter().any(|&blank| blank < high && low.is_none_or(|low| blank > low));
        let left_out = match low {
            Some(low) => room.filter(|_| !is_glued(contract, low, high)).map(|(from, to)| BreakKind::Gap(from, to)),
            None => first_gap(contract, high, beside),
        };
        let Some(BreakKind::Gap(from, to)) = left_out.filter(|_| !open) else { continue };
        let elsewhere = (from.last()..=to.last()).all(|last| first.contains_key(&from.with_last(last)));
        if !elsewhere && count_of(from, to) > strays.len() as u32 {
            found.push(Break { unit: high, previous: low, kind: BreakKind::Gap(from, to), meant: None });
        }
    }
}

/// Whether a run begins as it should and each number follows the one before, as nearly all do.
fn runs_on(contract: &Contract, run: &[UnitId], beside: &[UnitId]) -> bool {
    let Some(begin) = run.first().map(|&id| Number::new(expected_first(beside, id))) else { return true };
    let mut expected = None;
    run.iter().all(|&id| {
        let unit = contract.unit(id);
        let follows = |number: Number| expected.map_or(number == begin, |before| number.follows(before));
        let runs_on = unit.number.is_some_and(follows);
        expected = unit.until.or(unit.number);
        runs_on
    })
}

/// Which units are in order: the longest part of a run whose numbers rise, of several the one with the most direct neighbours.
///
/// `begin` is the number with which the run should begin; `numbers` gives the first and the last number of a unit. `n log n`: the best part that ends below a number is kept in a tree of maxima.
fn rising(count: usize, begin: Number, numbers: impl Fn(usize) -> (Number, Number)) -> Vec<usize> {
    let mut ranks: Vec<Number> = (0..count).map(|at| numbers(at).1).collect();
    ranks.sort_unstable();
    ranks.dedup();
    // (length, direct neighbours) of the best part, and its last unit.
    type Best = Option<((u32, u32), usize)>;
    let better = |a: Best, b: Best| if b.map(|b| b.0) > a.map(|a| a.0) { b } else { a };
    let mut tree: Vec<Best> = vec![None; ranks.len() + 1];
    let mut parts: Vec<((u32, u32), Option<usize>)> = Vec::with_capacity(count);
    let mut best: Best = None;
    for at in 0..count {
        let (number, end) = numbers(at);
        let mut before: Best = None;
        let mut node = ranks.partition_point(|&rank| rank < number);
        while node > 0 {
            before = better(before, tree[node]);
            node &= node - 1;
        }
        let alone = (1, u32::from(at == 0 && number == begin));
        let mut part = before.map_or((alone, None), |((length, direct), last)| ((length + 1, direct), Some(last)));
        if at > 0 && number.follows(numbers(at - 1).1) {
            let (length, direct) = parts[at - 1].0;
            let joined = ((length + 1, direct + 1), Some(at - 1));
            part = if joined.0 > part.0 { joined } else { part };
        }
        parts.push(part);
        let own = Some((part.0, at));
        // Of two as good the one that ends lower: a number far ahead at the end is the stray one.
        let ends_lower = best.is_some_and(|(score, last)| score == part.0 && end < numbers(last).1);
        best = if ends_lower { own } else { better(best, own) };
        let mut node = ranks.partition_point(|&rank| rank < end) + 1;
        while node < tree.len() {
            tree[node] = better(tree[node], own);
            node += node & node.wrapping_neg();
        }
    }
    let mut order: Vec<usize> = std::iter::successors(best.map(|(_, at)| at), |&at| parts[at].1).collect();
    order.reverse();
    order
}

/// A sequence that does not begin at 1: an excerpt may begin anywhere, but 2 or 3 at the beginning is a lost unit.
fn first_gap(contract: &Contract, id: UnitId, beside: &[UnitId]) -> Option<BreakKind> {
    let expected = expected_first(beside, id);
    let unit = contract.unit(id);
    let number = unit.number.unwrap_or_default();
    let lost = number.main() > expected && number.main() <= expected + 2 && !number.is_branch();
    (lost && unit.kind != UnitKind::Article)
        .then(|| BreakKind::Gap(Number::new(expected), Number::new(number.main() - 1)))
}

/// The number that the first numbered unit of a sequence should bear: beside it, units without a number may stand before.
fn expected_first(beside: &[UnitId], id: UnitId) -> u32 {
    beside.partition_point(|&other| other < id) as u32 + 1
}

/// The first and the last number left out between two numbers.
fn gap(before: Number, number: Number) -> Option<(Number, Number)> {
    if number.follows(before) || before.is_in_parts() != number.is_in_parts() {
        return None;
    }
    if !number.is_beside(before) {
        // 第3.2条 behind 第2.4条 leaves out 第3.1条. That a chapter has no articles is no gap.
        let begin = number.with_last(1);
        return (begin.follows(before) && number.last() > 1).then(|| (begin, number.with_last(number.last() - 1)));
    }
    // 第3条の4 behind 第3条の2 leaves out a branch, 第5条の2 behind 第3条 leaves out 4 and 5.
    let to = if number.is_branch() { number.last() } else { number.last().saturating_sub(1) };
    (to > before.last()).then(|| (number.with_last(before.last() + 1), number.with_last(to)))
}

/// How many numbers there are from one to another beside it.
fn count_of(from: Number, to: Number) -> u32 {
    to.last() - from.last() + 1
}

/// Whether a number left out stands in the middle of the text before: 「…負いません。4.許諾者は…」.
fn is_glued(contract: &Contract, before: UnitId, after: UnitId) -> bool {
    let (Some(first), Some(next)) = (contract.unit(before).number, contract.unit(after).number) else { return false };
    if contract.unit(after).kind == UnitKind::Article || next.main() != first.main() + 2 {
        return false;
    }
    let missing = first.main() + 1;
    let system = contract.unit(after).enumerator.map(|e| e.style.system);
    let written = match system {
        Some(System::Arabic) => missing.to_string(),
        Some(System::Enclosed('①')) => char::from_u32('①' as u32 + missing - 1).map(String::from).unwrap_or_default(),
        _ => return false,
    };
    let flow = contract.flow();
    let range = flow.range(contract.unit(before).contents);
    let text = &flow.as_str()[range.clone()];
    let is_quoted = |at: usize| {
        let content = contract.content_at(range.start + at);
        content.is_some_and(|content| content.kind == ContentKind::Quotation)
    };
    text.match_indices(&written).any(|(at, _)| {
        let behind = &text[at + written.len()..];
        let before = text[..at].chars().next_back();
        before.is_some_and(|c| matches!(c, '。' | '（' | '　' | ' ' | '\n'))
            && (behind.starts_with(['.', '。', '、', '）', '　']) || written.chars().all(|c| !c.is_ascii()))
            && !is_quoted(at)
    })
}
