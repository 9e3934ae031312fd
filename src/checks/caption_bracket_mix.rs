//! See `rules/structure/caption-bracket-mix.md`.

use foldhash::HashMap;

use crate::contract::{UnitId, UnitKind};
use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Context;
use crate::text::Span;

/// Reports captions whose brackets differ from those of most others.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let text = contract.text();
    let mut by_bracket: HashMap<(char, char), Vec<(UnitId, Span)>> = HashMap::default();
    for id in contract.ids_of(UnitKind::Article) {
        let unit = contract.unit(id);
        let Some(caption) = unit.caption.filter(|_| contract.scopes()[unit.scope as usize].main) else { continue };
        let slice = text.slice(caption);
        let ends = slice.chars().next().zip(slice.chars().next_back());
        let bracketed = ends.filter(|(open, close)| !open.is_alphanumeric() && !close.is_alphanumeric());
        by_bracket.entry(bracketed.unwrap_or((' ', ' '))).or_default().push((id, caption));
    }
    let mut groups: Vec<_> = by_bracket.into_iter().collect();
    groups.sort_by_key(|(_, captions)| (std::cmp::Reverse(captions.len()), captions[0].0));
    let Some((usual, most)) = groups.first().map(|(bracket, captions)| (*bracket, captions.len())) else { return };
    for (bracket, captions) in groups.into_iter().skip(1).filter(|(_, captions)| captions.len() < most) {
        for (id, caption) in captions {
            let shape = |(open, close): (char, char)| {
                if open == ' ' { "括弧なし".to_string() } else { format!("{open}{close}") }
            };
            let message = format!(
                "{}の見出しの括弧（{}）が、他の条（{}）と違います。",
                contract.citation(id),
                shape(bracket),
                shape(usual)
            );
            let finding = report.span_of(caption, id, message);
            finding.help("見出しの括弧をそろえてください。");
            if bracket.0 != ' ' && usual.0 != ' ' {
                let inner = contract.caption(id).unwrap_or_default();
                finding.fix = Some(Fix {
                    title: "見出しの括弧をそろえる".into(),
                    safety: Safety::Safe,
                    edits: vec![Edit { span: caption, text: format!("{}{inner}{}", usual.0, usual.1) }],
                });
            }
        }
    }
}
