//! Findings as diagnostics.

use std::collections::HashMap;

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, NumberOrString, Uri,
};
use serde_json::json;

use super::document::Document;
use super::settings::Client;
use crate::Rulebook;
use crate::finding::{Finding, Related};
use crate::report::MOST;
use crate::rule::{Basis, Kind, Severity};

/// The name under which editors show the findings.
pub const SOURCE: &str = "keiyaku";

/// Checks a document. Of each rule, the first [`MOST`] findings are shown.
pub fn diagnostics(document: &Document, client: &Client) -> Vec<Diagnostic> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut diagnostics = Vec::new();
    for finding in document.check() {
        let count = seen.entry(&finding.rule).or_default();
        *count += 1;
        if *count <= MOST {
            diagnostics.push(diagnostic(document, finding, client));
        }
    }
    diagnostics
}

/// One finding. Its fingerprint comes back in requests for code actions.
pub fn diagnostic(document: &Document, finding: &Finding, client: &Client) -> Diagnostic {
    let related = |related: &Related| DiagnosticRelatedInformation {
        location: document.location(related.span),
        message: format!("{} {}", related.at, related.message).trim_start().to_string(),
    };
    let rulebook = document.agreed().rulebook();
    Diagnostic {
        range: document.range(finding.span),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Info => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(finding.rule.to_string())),
        code_description: law(rulebook, finding).filter(|_| client.code_links).map(|href| CodeDescription { href }),
        source: Some(SOURCE.into()),
        message: message(finding),
        related_information: (client.related && !finding.related.is_empty())
            .then(|| finding.related.iter().map(related).collect()),
        tags: client.tags.then(|| tags(rulebook, finding)).filter(|tags| !tags.is_empty()),
        data: Some(json!({ "fingerprint": finding.fingerprint })),
    }
}

/// What is wrong, what to do, on which law it rests.
fn message(finding: &Finding) -> String {
    let basis = finding.basis.iter().map(|basis| format!("根拠: {}{}", basis.law, basis.article));
    [Some(finding.message.clone()), finding.help.as_deref().map(str::to_string)]
        .into_iter()
        .flatten()
        .chain(basis)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Where the law on which a finding rests is to be read.
fn law(rulebook: &Rulebook, finding: &Finding) -> Option<Uri> {
    let statutes = &rulebook.vocabulary().statutes;
    let statute = |basis: &Basis| statutes.iter().find(|statute| statute.is_called(&basis.law));
    finding.basis.iter().find_map(statute)?.address()?.parse().ok()
}

/// What can go is shown faint, what the law no longer says struck through.
fn tags(rulebook: &Rulebook, finding: &Finding) -> Vec<DiagnosticTag> {
    let goes = |fix: &crate::finding::Fix| {
        fix.edits.iter().all(|edit| edit.text.is_empty())
            && fix.edits.iter().any(|edit| edit.span.contains(finding.span))
    };
    let replaced = || {
        let rule = rulebook.rule(&finding.rule);
        finding.family == "law" && rule.is_some_and(|rule| matches!(rule.page.kind, Kind::Prefer(_)))
    };
    let mut tags = Vec::new();
    if finding.fix.as_ref().is_some_and(goes) {
        tags.push(DiagnosticTag::UNNECESSARY);
    }
    if replaced() {
        tags.push(DiagnosticTag::DEPRECATED);
    }
    tags
}
