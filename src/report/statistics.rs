//! How often each rule spoke: a line for each, the most frequent first.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Checked, visible};
use crate::rule::{Rulebook, Severity};

/// The lines for some files: `  12 error   empty-item  本文のない項・号`.
pub fn report(files: &[Checked], rulebook: &Rulebook) -> String {
    let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for finding in files.iter().flat_map(|file| &file.findings) {
        *counts.entry((&finding.rule, finding.severity)).or_default() += 1;
    }
    for omitted in files.iter().flat_map(|file| &file.omitted) {
        *counts.entry((&omitted.rule, omitted.severity)).or_default() += omitted.count;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|((rule, severity), count)| (std::cmp::Reverse(*count), std::cmp::Reverse(*severity), *rule));
    let width = rows.iter().map(|((rule, _), _)| rule.len()).max().unwrap_or(0);
    let mut out = String::new();
    for ((rule, severity), count) in rows {
        let title = rulebook.rule(rule).map_or("", |rule| &rule.page.title);
        let _ = writeln!(out, "{count:6} {:7} {rule:width$}  {}", severity.name(), visible(title));
    }
    out
}
