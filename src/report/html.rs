//! The report as one HTML page: the contract as it reads, each finding in the margin at its place.
//!
//! The page is complete in itself and holds no script: filters and counts are CSS (`:has()`, counters), so that it can be mailed, archived
//! and opened where scripts are forbidden; its own content security policy forbids them. Without filters the page is also a printed one.

mod escape;
mod note;
mod outline;
mod sheet;

use std::collections::BTreeMap;
use std::fmt::Write;

use escape::escape;

use super::json::Tool;
use super::{Checked, Summary};
use crate::finding::Finding;
use crate::rule::{Rulebook, Severity};

/// The severities as the page names them, worst first.
const SEVERITIES: [(Severity, &str); 3] =
    [(Severity::Error, "エラー"), (Severity::Warning, "警告"), (Severity::Info, "情報")];

/// The rules that spoke. A rule's place in it is its CSS class (`r0`, `r1` …): ids may come from a user's pages and are never trusted.
struct Spoken<'a> {
    /// The place of each rule, by id.
    places: BTreeMap<&'a str, usize>,
    rulebook: &'a Rulebook,
}

impl<'a> Spoken<'a> {
    fn of(files: &'a [Checked], rulebook: &'a Rulebook) -> Spoken<'a> {
        let mut places: BTreeMap<&str, usize> =
            files.iter().flat_map(|file| &file.findings).map(|finding| (finding.rule.as_ref(), 0)).collect();
        places.values_mut().enumerate().for_each(|(place, value)| *value = place);
        Spoken { places, rulebook }
    }

    /// The CSS classes by which the filters know a finding: `error r3`.
    fn classes(&self, finding: &Finding) -> String {
        format!("{} r{}", finding.severity, self.places[finding.rule.as_ref()])
    }

    /// The Japanese title of a rule, or its id where no page has one.
    fn title<'b>(&'b self, id: &'b str) -> &'b str {
        self.rulebook.rule(id).map_or(id, |rule| &rule.page.title)
    }

    /// What a rule reports, in a sentence.
    fn summary(&self, id: &str) -> &str {
        self.rulebook.rule(id).map_or("", |rule| &rule.page.summary)
    }
}

/// Writes the page of some files.
pub fn report(files: &[Checked], rulebook: &Rulebook) -> String {
    let spoken = Spoken::of(files, rulebook);
    let mut out = String::new();
    let title = match files {
        [only] => only.contract.title().unwrap_or(&only.path),
        _ => "契約書の確認結果",
    };
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"{}\">\n<title>{}</title>\n<style>\n{}{}</style>\n</head>\n<body>\n",
        Tool::this(),
        escape(title),
        include_str!("html/page.css"),
        rule_filters(spoken.places.len()),
    );
    head(&mut out, files, &spoken);
    out.push_str("<nav aria-label=\"目次\">\n");
    for (number, file) in files.iter().enumerate() {
        outline::write(&mut out, number, file, &spoken);
    }
    out.push_str("</nav>\n<main>\n");
    for (number, file) in files.iter().enumerate() {
        sheet::write(&mut out, number, file, &spoken);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// The bar with the counts and the filters.
fn head(out: &mut String, files: &[Checked], spoken: &Spoken) {
    let summary = Summary::of(files);
    let findings = || files.iter().flat_map(|file| &file.findings);
    let _ = write!(out, "<header>\n<p class=\"summary\">{}ファイル、指摘 ", summary.files);
    tally(out, findings(), spoken);
    out.push_str(" 件</p>\n<form class=\"filters\" autocomplete=\"off\">\n");
    for (severity, name) in SEVERITIES {
        let count = findings().filter(|finding| finding.severity == severity).count();
        let _ = writeln!(
            out,
            "<label class=\"chip {severity}-chip\"><input type=\"checkbox\" id=\"show-{severity}\" checked> {name} {count}</label>"
        );
    }
    out.push_str("<label>規則 <select id=\"rule\"><option>すべて</option>");
    for (id, place) in &spoken.places {
        let count = findings().filter(|finding| finding.rule == *id).count();
        let title = spoken.title(id);
        let _ = write!(out, "<option value=\"r{place}\">{}（{}） {count}</option>", escape(title), escape(id));
    }
    let _ = write!(
        out,
        "</select></label>\n</form>\n<p class=\"tool\">{}。個別の事案についての法律上の助言をするものではありません。</p>\n</header>\n",
        Tool::this()
    );
}

/// How many of some findings are shown: a CSS counter, so that the filters change it.
fn tally<'a>(out: &mut String, findings: impl Iterator<Item = &'a Finding>, spoken: &Spoken) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    findings.for_each(|finding| *counts.entry(spoken.classes(finding)).or_default() += 1);
    out.push_str("<span class=\"tally\">");
    for (classes, count) in counts {
        let _ = write!(out, "<i class=\"finding {classes}\" style=\"counter-increment:n {count}\"></i>");
    }
    out.push_str("</span>");
}

/// When one rule is chosen, the others are hidden. The severities' filters are in the style sheet.
fn rule_filters(rules: usize) -> String {
    (0..rules).fold(String::new(), |mut css, place| {
        let chosen = format!("body:has(#rule option[value=\"r{place}\"]:checked)");
        let _ = writeln!(
            css,
            "{chosen} .finding:not(.r{place}){{display:none}}{chosen} mark:not(.r{place}){{background:none;border:none}}"
        );
        css
    })
}
