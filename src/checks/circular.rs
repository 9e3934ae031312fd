//! See `rules/definition/circular.md`.

use foldhash::HashMap;

use crate::analysis::term::Form;
use crate::report::Report;
use crate::rule::Context;

/// Reports two terms each of which is explained by the other.
pub fn check(context: &Context, report: &mut Report) {
    let terms = context.analysis.terms();
    let contract = context.contract;
    // Which terms the explanation of a term uses.
    let mut uses: HashMap<usize, Vec<usize>> = HashMap::default();
    let explained = |place: usize| matches!(terms.all[place].form, Form::Means | Form::Entry);
    for (place, term) in terms.all.iter().enumerate().filter(|(place, _)| explained(*place)) {
        let from = terms.uses.partition_point(|(range, _)| range.start < term.meaning.start);
        let inside = terms.uses[from..].iter().take_while(|(range, _)| range.end <= term.meaning.end);
        let mut others: Vec<usize> =
            inside.map(|(_, other)| *other).filter(|other| *other != place && explained(*other)).collect();
        others.sort_unstable();
        others.dedup();
        uses.insert(place, others);
    }
    for (place, term) in terms.all.iter().enumerate() {
        let mutual =
            uses.get(&place).into_iter().flatten().find(|other| {
                **other < place && uses.get(other).is_some_and(|back| back.binary_search(&place).is_ok())
            });
        if let Some(other) = mutual.map(|other| &terms.all[*other]) {
            let message = format!("「{}」と「{}」の定義が、互いに相手の言葉を使っています。", other.name, term.name);
            let finding = report.span_of(term.span, term.unit, message);
            finding.help("どちらか一方を、もう一方の言葉を使わずに定義してください。");
            finding.related(other.span, format!("「{}」の定義（{}）", other.name, contract.citation(other.unit)));
        }
    }
}
