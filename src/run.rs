//! Contracts held against rules.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::allow::{self, Waiver};
use crate::report::Report;
use crate::{Analysis, Contract, Finding, Rule, Rulebook, Settings, is_named};

/// Holds a contract against the rules. Findings come in the order of the text.
pub fn check(contract: &Contract, rulebook: &Rulebook, settings: &Settings) -> Vec<Finding> {
    check_analysed(&Analysis::under(contract, rulebook, settings), settings)
}

/// [`check`] for a contract whose analysis is at hand ([`Analysis::under`] the same settings).
pub fn check_analysed(analysis: &Analysis, settings: &Settings) -> Vec<Finding> {
    check_side_by_side(analysis, settings, 1)
}

/// [`check_analysed`] for several contracts. Every rule looks at all of them before the next one does: its code and its words are in the
/// caches of the processor then, and many small contracts cost a third less. The findings of each are the same.
pub fn check_together(contracts: &[(&Analysis, &Settings)]) -> Vec<Vec<Finding>> {
    let jobs: Vec<Job> = contracts.iter().map(|(analysis, settings)| Job::new(analysis, settings)).collect();
    let mut reports: Vec<Report> = jobs.iter().map(|job| Report::new(job.analysis.contract())).collect();
    for place in 0..jobs.iter().map(|job| job.rules.len()).max().unwrap_or(0) {
        for (job, report) in jobs.iter().zip(&mut reports) {
            if let Some(rule) = job.rules.get(place) {
                run(rule, job.analysis, job.settings, &[], report);
            }
        }
    }
    jobs.into_iter().zip(reports).map(|(job, report)| job.finish(report)).collect()
}

/// [`check_analysed`] by several threads, where somebody waits for one contract: an editor. The findings are the same.
pub fn check_side_by_side(analysis: &Analysis, settings: &Settings, threads: usize) -> Vec<Finding> {
    let job = Job::new(analysis, settings);
    let common = if threads > 1 { Analysis::COMMON } else { 0 };
    let next = AtomicUsize::new(0);
    let work = || {
        let mut report = Report::new(analysis.contract());
        loop {
            let task = next.fetch_add(1, Ordering::Relaxed);
            match task.checked_sub(common).map(|rule| job.rules.get(rule)) {
                None => analysis.compute(task),
                Some(Some(rule)) => run(rule, analysis, settings, &[], &mut report),
                Some(None) => return report,
            }
        }
    };
    let report = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut report = work();
        for other in others {
            report.append(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        report
    });
    job.finish(report)
}

/// A contract and what is to be done about it.
struct Job<'s, 'a> {
    analysis: &'s Analysis<'a>,
    settings: &'s Settings,
    waivers: Vec<Waiver>,
    /// The rules that are to look at it, but for those about waivers.
    rules: Vec<&'a Rule>,
}

impl<'s, 'a> Job<'s, 'a> {
    fn new(analysis: &'s Analysis<'a>, settings: &'s Settings) -> Job<'s, 'a> {
        let waivers = allow::waivers(analysis.contract(), settings, analysis.rulebook());
        let waived =
            |rule: &Rule| waivers.iter().any(|waiver| is_named(&waiver.allow.rule, rule.id(), &rule.page.family));
        // What a rule that is not asked for would say decides whether its waivers are used.
        let looks = |rule: &&Rule| rule.page.family != allow::FAMILY && (settings.includes(rule) || waived(rule));
        let rules = analysis.rulebook().rules().iter().filter(looks).collect();
        Job { analysis, settings, waivers, rules }
    }

    /// The findings, without what is waived.
    fn finish(self, report: Report) -> Vec<Finding> {
        let Job { analysis, settings, mut waivers, .. } = self;
        let mut findings = report.finish();
        if waivers.is_empty() {
            return findings;
        }
        allow::apply(analysis, settings, &mut waivers, &mut findings);
        let wanted = |id: &str| analysis.rulebook().rule(id).is_some_and(|rule| settings.includes(rule));
        findings.retain(|finding| wanted(&finding.rule));
        let mut about_waivers = Report::new(analysis.contract());
        for rule in analysis.rulebook().rules() {
            if rule.page.family == allow::FAMILY && settings.includes(rule) {
                run(rule, analysis, settings, &waivers, &mut about_waivers);
            }
        }
        findings.extend(about_waivers.finish());
        findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
        findings
    }
}

fn run<'a>(rule: &'a Rule, analysis: &Analysis, settings: &Settings, waivers: &[Waiver], report: &mut Report<'a>) {
    if let Some(mut ruling) = rule.ruling(analysis) {
        ruling.severity = settings.severity(rule).unwrap_or(ruling.severity);
        report.run(rule, ruling, analysis, settings, waivers);
    }
}
