//! See `rules/wording/no-actor.md`.

use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;

const DUTIES: [&str; 4] = ["しなければならない。", "してはならない。", "しなければなりません。", "してはなりません。"];

/// Reports duties without anybody who bears them.
pub fn check(context: &Context, report: &mut Report) {
    let flow = context.contract.flow();
    let text = flow.as_str();
    for sentence in context.analysis.sentences().iter() {
        let words = text[sentence.clone()].trim_matches('\n');
        let Some(duty) = DUTIES.iter().find(|duty| words.ends_with(*duty)) else { continue };
        // Any topic or subject will do: 甲は、何人も、請求が…
        let actor = words.contains('は')
            && words.find('は') != words.rfind("はならない").or(words.rfind("はなりません"))
            || words.contains('も')
            || words.contains('が');
        let unit = context.analysis.unit_at(sentence.end.saturating_sub(1).max(sentence.start));
        let in_paragraph = context.contract.unit(unit).kind == UnitKind::Paragraph;
        if actor || !in_paragraph || !context.analysis.is_own_text(sentence.start) {
            continue;
        }
        let end = sentence.start + text[sentence.clone()].rfind(duty).unwrap_or(0);
        let range = end..end + duty.len() - "。".len();
        let finding = report.span(flow.span(range), "誰の義務なのかが、この文に書かれていません。");
        finding.help("「甲は、」「乙は、」などの主語を書いてください。");
    }
}
