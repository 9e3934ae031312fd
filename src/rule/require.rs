//! `[require]`: a clause that a contract should have.

use super::Context;
use super::kind::Require;
use super::model::Model;
use super::table::Words;
use crate::analysis::Analysis;
use crate::contract::{UnitId, UnitKind};
use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::rule::Severity;
use crate::vocabulary::Need;

/// How many captions a finding names as looked for.
const NAMED: usize = 3;

impl Require {
    pub(super) fn run(&self, context: &Context, report: &mut Report) {
        let analysis = context.analysis;
        let Some(clause) = analysis.rulebook().vocabulary().clause(&self.clause) else { return };
        let all = 0..context.contract.flow().as_str().len();
        let own = &context.rule.page.application;
        // The page says itself which contracts it means, or the table of kinds does.
        let need = if own.kinds.is_empty() && self.cues.is_empty() {
            let Some(need) = analysis.kind().need(&self.clause) else { return };
            Some(need)
        } else {
            None
        };
        let wanted = self.cues.is_empty() || self.cues.first(analysis, &all).is_some();
        if !wanted || self.unless.first(analysis, &all).is_some() || analysis.clauses().get(&self.clause).is_some() {
            return;
        }
        if !self.even_below_another && analysis.facts().parent.is_some() {
            return;
        }
        let (nearest, model) = (place(analysis, &self.behind), Model::of(&context.rule.page));
        let span =
            nearest.map_or(context.contract.heading_span(UnitId(0)), |article| context.contract.heading_span(article));
        let message = self.message.replace("{clause}", &clause.title).replace("{kind}", analysis.kind().title());
        let finding = report.span_of(span, UnitId(0), message);
        match need {
            Some(Need::Suggested) => finding.severity = Severity::Info,
            // What is usual between businesses need not be between neighbours.
            Some(Need::Expected) if analysis.parties().are_natural_persons() => finding.severity = Severity::Info,
            Some(Need::Required) if analysis.kind().stated && finding.severity == Severity::Warning => {
                finding.severity = Severity::Error;
            }
            _ => {}
        }
        let looked: Vec<String> =
            clause.looked_for.iter().take(NAMED).map(|caption| format!("「{caption}」")).collect();
        let near = nearest.map_or_else(String::new, |article| {
            let caption = context.contract.caption(article).map_or_else(String::new, |c| format!("（{c}）"));
            format!("置くなら、{}{caption}の後が適当です。", context.contract.citation(article))
        });
        let help = self.help.as_deref().unwrap_or_default();
        finding.help(format!("{help}見出し{}とこれらに当たる文言を探しました。{near}", looked.join("")));
        let edit = nearest.zip(model).and_then(|(article, model)| model.behind(analysis, article));
        if let Some((at, text)) = edit {
            finding.fix = Some(Fix {
                title: format!("{}の条項の文例を加える", clause.title),
                safety: Safety::Unsafe,
                edits: vec![Edit { span: at, text }],
            });
        }
    }
}

/// The article behind which a clause would stand: the last of the first clause in the list that the contract has; or else the last article
/// before those with which contracts end (協議, 準拠法, 管轄); or else the last.
fn place(analysis: &Analysis, behind: &[Words]) -> Option<UnitId> {
    const LAST: [&str; 4] = ["consultation", "governing-law", "jurisdiction", "amendment"];
    let contract = analysis.contract();
    let articles: Vec<UnitId> = contract
        .ids_of(UnitKind::Article)
        .filter(|&id| contract.scopes()[contract.unit(id).scope as usize].main)
        .collect();
    let found = |id: &str| analysis.clauses().get(id).filter(|found| found.is_captioned());
    let is_article = |id: &&UnitId| articles.binary_search(id).is_ok();
    if let Some(article) = behind.iter().filter_map(|id| found(id)?.articles.iter().rfind(is_article)).next() {
        return Some(*article);
    }
    let first_of_last = LAST.iter().filter_map(|id| found(id)?.articles.iter().find(is_article)).min();
    let end = first_of_last.map_or(articles.len(), |first| articles.partition_point(|id| id < first));
    articles.get(end.saturating_sub(1)).copied()
}
