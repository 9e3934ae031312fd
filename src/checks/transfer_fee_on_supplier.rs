//! See `rules/law/transfer-fee-on-supplier.md`.

use foldhash::HashMap;

use crate::contract::UnitId;
use crate::report::Report;
use crate::rule::Context;
use crate::text::{ends_with_any, places};

/// What a bank charges for a transfer.
const FEE: [&str; 3] = ["振込手数料", "振込み手数料", "振り込み手数料"];

/// How many bytes before an account say whose it is.
const LEAD: usize = 300;
/// How many articles are read, each once for a party that bears charges in it.
const MOST_READ: usize = 4096;

/// Reports sentences that put the bank charge on the party whose account is paid into.
pub fn check(context: &Context, report: &mut Report) {
    let analysis = context.analysis;
    let flow = context.contract.flow();
    let text = flow.as_str();
    let mut paid: HashMap<(UnitId, &str), bool> = HashMap::default();
    for (at, word) in FEE.iter().flat_map(|fee| places(text, fee).map(move |at| (at, fee))) {
        let rest = &text[analysis.sentences().behind(&(at..at + word.len()))];
        let Some((bearer, end)) = bearer(rest) else { continue };
        let article = analysis.holder(analysis.unit_at(at));
        let is_paid = match paid.get(&(article, bearer)) {
            Some(known) => *known,
            None if paid.len() == MOST_READ => false,
            None => {
                let found = is_paid(&text[analysis.range_of(article)], bearer);
                paid.insert((article, bearer), found);
                found
            }
        };
        // What is taken off the price is borne by the one who is paid.
        let off = ["から差し引", "から差引", "から控除", "より差し引", "より控除"].iter().any(|word| {
            let taken = rest.find(word).map(|at| (&rest[..at], &rest[at + word.len()..]));
            taken.is_some_and(|(before, behind)| {
                ends_with_any(before, &["代金", "報酬", "委託料", "料金", "対価", "金額"]) && !behind.contains("ない")
            })
        });
        if (off || is_paid) && analysis.is_own_text(at) {
            let end = at + word.len() + end;
            let message = format!("振込手数料を、支払を受ける{bearer}の負担としています。");
            let finding = report.span(flow.span(at..end), message);
            finding.help("振込手数料は、支払をする当事者の負担としてください。");
        }
    }
}

/// Whether an article says that a party's account is paid into: 「乙の指定する銀行口座に振り込む」.
fn is_paid(article: &str, bearer: &str) -> bool {
    let (of, by) = (format!("{bearer}の"), format!("{bearer}が"));
    let behind = [format!("、{bearer}の指定"), format!("を{bearer}の指定"), format!("を{bearer}が指定")];
    article.match_indices("口座").any(|(account, _)| {
        let from = (account.saturating_sub(LEAD)..account).find(|from| article.is_char_boundary(*from));
        let before = &article[from.unwrap_or(account)..account];
        let lead = before.rfind(['、', '。', '\n']).map_or(before, |comma| &before[comma..]);
        let lead_words = lead.trim_start_matches(['、', '。', '\n']);
        lead_words.contains("指定") && (lead_words.starts_with(&of) || lead_words.starts_with(&by))
            || behind.iter().any(|words| lead_words.contains(words.as_str()))
    })
}

/// Who bears it, as 「は、乙の負担とし」 says, and where these words end.
fn bearer(rest: &str) -> Option<(&str, usize)> {
    let at = rest.find("の負担").filter(|at| *at < 60)?;
    let who = rest[..at].trim_start_matches("は").trim_start_matches("については").trim_start_matches('、');
    let is_name = !who.is_empty() && who.chars().count() <= 6 && !who.contains(['は', 'の', '、', '。', 'を', 'が']);
    is_name.then_some((who, at + "の負担".len()))
}
