//! One finding in the margin: what is wrong, what to do, on which law it rests, related places, and how to mend it.

use std::fmt::Write;

use super::Spoken;
use super::escape::escape;
use super::sheet::Sheet;
use crate::finding::{Finding, Fix, Safety};

/// Writes the note of the finding with this number (from 1 in its file).
pub fn write(out: &mut String, sheet: &Sheet, number: usize, finding: &Finding, spoken: &Spoken) {
    let file = sheet.number;
    let _ = write!(
        out,
        "<aside class=\"note finding {}\" id=\"f{file}-{number}\"><p class=\"message\">\
         <a class=\"number\" href=\"#m{file}-{number}\">{number}</a> {}</p>",
        spoken.classes(finding),
        escape(&finding.message)
    );
    if let Some(help) = &finding.help {
        let _ = write!(out, "<p class=\"help\">{}</p>", escape(help));
    }
    if let Some(fix) = &finding.fix {
        proposal(out, sheet, fix);
    }
    for related in &finding.related {
        let unit = sheet.contract.unit_at(related.span.start);
        let _ = write!(
            out,
            "<p class=\"related\"><a href=\"#{}\">{}</a> {}</p>",
            sheet.id(unit),
            escape(if related.at.is_empty() { "全体" } else { &related.at }),
            escape(&related.message)
        );
    }
    for basis in finding.basis.iter() {
        let (law, article) = (escape(&basis.law), escape(&basis.article));
        let _ = write!(out, "<p class=\"basis\">根拠: {law}{article}（{}確認）</p>", basis.verified);
    }
    let _ = writeln!(
        out,
        "<details class=\"rule\"><summary>{}</summary><p>{}。{}</p></details></aside>",
        escape(&finding.rule),
        escape(spoken.title(&finding.rule)),
        escape(spoken.summary(&finding.rule))
    );
}

/// The changes of a fix, as they would be tracked.
fn proposal(out: &mut String, sheet: &Sheet, fix: &Fix) {
    let doubt =
        if fix.safety == Safety::Unsafe { "（意味が変わらないか確認してください）" } else { "" };
    let _ = write!(out, "<p class=\"fix\">{}{doubt}", escape(&fix.title));
    for edit in fix.edits.iter().take(SHOWN_EDITS) {
        let before = sheet.contract.text().slice(edit.span);
        out.push_str("<br>");
        if !before.trim().is_empty() {
            let _ = write!(out, "<del>{}</del>", escape(before.trim_end()));
        }
        if !edit.text.trim().is_empty() {
            let _ = write!(out, "<ins>{}</ins>", escape(edit.text.trim_end()));
        }
    }
    out.push_str(if fix.edits.len() > SHOWN_EDITS { "<br>…</p>" } else { "</p>" });
}

const SHOWN_EDITS: usize = 3;
