//! `[unify]`: variants of one word, of which a text should use one. The minority is reported; of two that are equally frequent, the one that
//! comes later in the text.

use std::ops::Range;

use super::Context;
use super::kind::{Unify, Variants};
use super::table::Words;
use crate::report::Report;

impl Unify {
    pub(super) fn run(&self, context: &Context, report: &mut Report) {
        let all = 0..context.contract.flow().as_str().len();
        for Variants { words, phrases } in self.groups.iter().chain(self.nouns.iter()) {
            let mut found: Vec<(Range<usize>, usize)> = phrases.find(context.analysis, &all);
            found.retain(|(range, _)| context.analysis.is_own_text(range.start));
            // 「手続き」 is no 「手続」: of variants at one place the longest counts.
            found.dedup_by(|b, a| b.0.start < a.0.end);
            report_minority(context, words, &found, report);
        }
    }
}

fn report_minority(context: &Context, variants: &[Words], found: &[(Range<usize>, usize)], report: &mut Report) {
    // How often each stands in the text, and where first.
    let mut standing: Vec<(usize, Option<usize>)> = vec![(0, None); variants.len()];
    for (place, (_, variant)) in found.iter().enumerate() {
        let (count, first) = &mut standing[*variant];
        *count += 1;
        first.get_or_insert(place);
    }
    let count = |variant: usize| standing[variant].0;
    let first = |variant: usize| standing[variant].1;
    let Some(usual) = (0..variants.len()).max_by_key(|&v| (count(v), std::cmp::Reverse(first(v)))) else { return };
    let flow = context.contract.flow();
    let span = |range: &Range<usize>, variant: usize| flow.span(range.start..range.start + variants[variant].len());
    let Some(place) = first(usual).map(|i| span(&found[i].0, usual)) else { return };
    for (range, variant) in found.iter().filter(|(_, variant)| *variant != usual) {
        let (this, that) = (&variants[*variant], &variants[usual]);
        let message = format!(
            "「{this}」と「{that}」が混在しています（「{this}」{}か所、「{that}」{}か所）。",
            count(*variant),
            count(usual)
        );
        let finding = report.span(span(range, *variant), message);
        finding.help(format!("書き方をそろえてください（多い方は「{that}」です）。"));
        finding.related(place, format!("「{that}」の最初の箇所"));
    }
}
