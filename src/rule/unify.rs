//! `[unify]`: variants of one word, of which a text should use one. The minority is reported; a tie is reported at the variant that comes
//! later in the text.

use super::{Context, Phrases, kind};
use crate::report::Report;
use crate::words::Lexicon;

pub(super) struct Unify {
    groups: Vec<(Vec<String>, Phrases)>,
    except: Phrases,
}

impl Unify {
    pub(super) fn new(page: &kind::Unify, lexicon: &mut Lexicon) -> Unify {
        let groups = page.groups.iter().map(|group| (group.clone(), Phrases::new(group, lexicon))).collect();
        Unify { groups, except: Phrases::new(&page.except, lexicon) }
    }

    pub(super) fn run(&self, context: &Context, report: &mut Report) {
        let flow = context.contract.flow();
        let all = 0..flow.as_str().len();
        let except = self.except.find(context.analysis, &all);
        for (variants, phrases) in &self.groups {
            let mut found = phrases.find(context.analysis, &all);
            found.retain(|(range, _)| {
                let excepted = except.iter().any(|(e, _)| e.start <= range.start && range.end <= e.end);
                !excepted && context.analysis.is_own_text(range.start)
            });
            // 「見積り」 is no 「見積」: of variants at one place the longest counts.
            found.dedup_by(|b, a| b.0.start < a.0.end);
            let mut counts = vec![0usize; variants.len()];
            for (_, variant) in &found {
                counts[*variant] += 1;
            }
            if counts.iter().filter(|count| **count > 0).count() < 2 {
                continue;
            }
            let first = |variant: usize| found.iter().position(|(_, v)| *v == variant).unwrap_or(usize::MAX);
            let most = (0..variants.len()).max_by_key(|&v| (counts[v], std::cmp::Reverse(first(v)))).unwrap_or(0);
            let place = flow.span(found[first(most)].0.clone());
            for (range, variant) in found.iter().filter(|(_, variant)| *variant != most) {
                let text = &flow.as_str()[range.clone()];
                let message = format!(
                    "「{text}」と「{}」が混在しています（「{}」は{}か所、「{}」は{}か所）。",
                    variants[most], variants[most], counts[most], variants[*variant], counts[*variant]
                );
                let finding = report.span(flow.span(range.clone()), message);
                finding.help = Some(format!("表記をどちらかに統一してください（多数は「{}」です）。", variants[most]));
                finding.related(place, format!("「{}」の最初の例", variants[most]));
            }
        }
    }
}
