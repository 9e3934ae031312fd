//! Findings brought back into the Word document that was checked: a comment for each, safe fixes as tracked changes.

use crate::finding::Finding;
use crate::fix;
use crate::rule::Severity;
use crate::source::ReadError;
use crate::source::word::Document;
use crate::source::word::write::{Comment, Markup, Written, is_changeable, write};

/// What is written beside the comments.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Safe fixes are made as tracked changes, which a person accepts or refuses in Word.
    pub tracked_fixes: bool,
    /// When the comments were made (`2026-11-22T00:00:00Z`); Word shows no date where there is none.
    pub date: Option<String>,
}

/// A reviewed document.
#[derive(Clone, Debug)]
pub struct Reviewed {
    /// The file and what is to be known of it.
    pub written: Written,
    /// How many comments were written.
    pub comments: usize,
    /// How many findings were mended by tracked changes.
    pub mended: usize,
}

/// Writes the findings of a document into a copy of it. `bytes` is the file from which `document` was read.
///
/// # Errors
/// As [`crate::source::word::read`].
pub fn review(
    bytes: &[u8],
    document: &Document,
    findings: &[Finding],
    options: &Options,
) -> Result<Reviewed, ReadError> {
    let (changes, mended) = match options.tracked_fixes {
        true => fix::choose(&with_trackable_fixes(document, findings), false),
        false => Default::default(),
    };
    let comment = |finding: &Finding| Comment { span: finding.span, paragraphs: paragraphs(finding) };
    let markup = Markup {
        author: "keiyaku".into(),
        initials: "契".into(),
        date: options.date.clone(),
        comments: findings.iter().map(comment).collect(),
        changes,
    };
    let written = write(bytes, document, &markup)?;
    Ok(Reviewed { comments: findings.len() - written.unplaced, mended, written })
}

/// The findings, with those fixes only that can be made as tracked changes.
fn with_trackable_fixes(document: &Document, findings: &[Finding]) -> Vec<Finding> {
    let mut findings = findings.to_vec();
    for finding in &mut findings {
        let trackable = |fix: &crate::finding::Fix| fix.edits.iter().all(|edit| is_changeable(document.body(), edit));
        finding.fix = finding.fix.take().filter(trackable);
    }
    findings
}

/// What a comment says.
fn paragraphs(finding: &Finding) -> Vec<String> {
    let severity = match finding.severity {
        Severity::Error => "エラー",
        Severity::Warning => "警告",
        Severity::Info => "情報",
    };
    let mut paragraphs = vec![format!("【{severity}】{}", finding.message)];
    paragraphs.extend(finding.help.iter().map(|help| format!("対応: {help}")));
    let related = finding.related.iter().filter(|related| !related.at.is_empty());
    paragraphs.extend(related.map(|related| format!("関連: {} {}", related.at, related.message)));
    let basis = finding.basis.iter();
    paragraphs.extend(basis.map(|basis| format!("根拠: {}{}（{}確認）", basis.law, basis.article, basis.verified)));
    paragraphs.push(format!("規則: {}", finding.rule));
    paragraphs
}
