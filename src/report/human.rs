//! The report for people: each rule that spoke, with the text in question underlined, why, what to do, and every other place.

use std::borrow::Cow;
use std::fmt::{self, Write};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents,
};

use super::{Checked, Summary, visible};
use crate::finding::Finding;
use crate::rule::Severity;
use crate::text::{Span, Text, display_width};

/// How the report is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// With colours.
    pub color: bool,
    /// Cells in a line.
    pub width: usize,
}

/// Findings of one rule in one file that are drawn in full; the others are listed.
const DRAWN: usize = 1;

/// Writes what was found in a file; nothing where that is nothing.
pub fn report(file: &Checked, style: Style) -> String {
    let mut out = String::new();
    if file.findings.is_empty() {
        return out;
    }
    let theme = if style.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(style.width).with_links(false);
    let screen = Screen::new(file);
    for group in by_rule(&file.findings) {
        let drawn = Drawn::new(&screen, file, &group);
        if handler.render_report(&mut out, &drawn).is_err() {
            // Only a writer can fail, and a string does not.
            out.push_str(&drawn.message);
        }
        out.push('\n');
    }
    out
}

/// The last line: 「2ファイル: エラー3件、警告1件、情報0件（うち2件は keiyaku fix で直せます）」
pub fn summary(summary: &Summary) -> String {
    let total = summary.errors + summary.warnings + summary.infos;
    if summary.files == 0 {
        return "確認できたファイルはありません。\n".into();
    }
    if total == 0 {
        return format!("{}ファイルを確認しました。指摘はありません。\n", summary.files);
    }
    let fixable = match summary.fixable {
        0 => String::new(),
        count => format!("（うち{count}件は keiyaku fix で直せます）"),
    };
    format!(
        "{}ファイル: エラー{}件、警告{}件、情報{}件{fixable}\n",
        summary.files, summary.errors, summary.warnings, summary.infos
    )
}

/// The findings by rule, the rule that spoke first in the text first; errors before warnings before infos.
fn by_rule(findings: &[Finding]) -> Vec<Vec<&Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        match groups.iter_mut().find(|group| group[0].rule == finding.rule && group[0].severity == finding.severity) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group[0].severity));
    groups
}

/// A text as it is shown: [`visible`], with the places of the contract in it.
#[derive(Debug)]
struct Screen<'a> {
    name: Cow<'a, str>,
    contract: &'a Text,
    text: Cow<'a, Text>,
}

impl<'a> Screen<'a> {
    fn new(file: &'a Checked) -> Screen<'a> {
        let contract = file.contract.text();
        let text = match visible(contract.as_str()) {
            Cow::Borrowed(_) => Cow::Borrowed(contract),
            Cow::Owned(shown) => Cow::Owned(Text::new(shown)),
        };
        Screen { name: visible(&file.path), contract, text }
    }

    fn span(&self, span: Span) -> SourceSpan {
        let place = |byte: u32| match &self.text {
            Cow::Borrowed(_) => byte as usize,
            Cow::Owned(_) => visible(self.contract.slice(Span::new(0, byte))).len(),
        };
        let start = place(span.start);
        (start, place(span.end) - start).into()
    }
}

/// The findings of one rule as miette draws them.
#[derive(Debug)]
struct Drawn<'a> {
    message: String,
    rule: &'a str,
    severity: Severity,
    help: String,
    labels: Vec<LabeledSpan>,
    source: &'a Screen<'a>,
}

impl<'a> Drawn<'a> {
    fn new(screen: &'a Screen<'a>, file: &Checked, group: &[&'a Finding]) -> Drawn<'a> {
        let (first, text) = (group[0], file.contract.text());
        let omitted = file.omitted_like(first);
        let mut labels = vec![LabeledSpan::new_primary_with_span(Some(place_name(first)), screen.span(first.span))];
        let near = |span: Span| text.line_index(span.start).abs_diff(text.line_index(first.span.start)) <= 6;
        let related = first.related.iter().filter(|related| near(related.span) && !related.span.overlaps(first.span));
        labels.extend(related.map(|related| {
            LabeledSpan::new_with_span(Some(visible(&related.message).into_owned()), screen.span(related.span))
        }));
        let message = match group.len() + omitted {
            1 => first.message.clone(),
            count => format!("{}（同じ指摘が全部で{count}か所）", first.message),
        };
        Drawn {
            message: visible(&message).into_owned(),
            rule: &first.rule,
            severity: first.severity,
            help: visible(&help(text, group, omitted)).into_owned(),
            labels,
            source: screen,
        }
    }
}

fn place_name(finding: &Finding) -> String {
    if finding.at.is_empty() { "ここ".into() } else { finding.at.clone() }
}

/// What to do, on which law it rests, related places out of sight, and the other places.
fn help(text: &Text, group: &[&Finding], omitted: usize) -> String {
    let first = group[0];
    let mut out = first.help.as_deref().unwrap_or_default().to_string();
    for basis in first.basis.iter() {
        let _ = write!(out, "\n根拠: {}{}（{}確認）", basis.law, basis.article, basis.verified);
    }
    for related in
        first.related.iter().filter(|r| text.line_index(r.span.start).abs_diff(text.line_index(first.span.start)) > 6)
    {
        let _ =
            write!(out, "\n関連: {}行目 {} {}", text.position(related.span.start).line, related.at, related.message);
    }
    for other in &group[DRAWN..] {
        let place = text.position(other.span.start);
        let message = if other.message == first.message { "" } else { &other.message };
        let at = if message.contains(&other.at) { "" } else { &other.at };
        let _ = write!(out, "\nほか: {}:{} {}", place.line, place.column, [at, message].join(" ").trim());
    }
    if omitted > 0 {
        let _ = write!(out, "\nほか: {omitted}か所（--max-per-rule 0 で全て表示します）");
    }
    out.trim().to_string()
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawn<'_> {}

impl Diagnostic for Drawn<'_> {
    fn code<'d>(&'d self) -> Option<Box<dyn fmt::Display + 'd>> {
        Some(Box::new(self.rule))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'d>(&'d self) -> Option<Box<dyn fmt::Display + 'd>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as Box<dyn fmt::Display>)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.source)
    }
}

/// Cells of a line that are shown before a cut is made, and characters around the place where it is.
const LONG_LINE: usize = 110;
const AROUND: usize = 24;

/// The text as miette reads it: positions from our own line table, columns in characters, and of a line that is a whole paragraph only
/// the part around the place.
impl SourceCode for Screen<'_> {
    fn read_span<'s>(
        &'s self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'s> + 's>, MietteError> {
        let text = self.text.as_ref();
        let (start, end) = (span.offset() as u32, (span.offset() + span.len()) as u32);
        if end > text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let (first, last) = (text.line_index(start), text.line_index(end.max(start + 1) - 1));
        let is_long = |line: usize| display_width(text.slice(text.line(line))) > LONG_LINE;
        let context = if before == 0 && after == 0 {
            Span::new(start, end)
        } else if is_long(first) || is_long(last) {
            let line = Span::new(text.line(first).start, text.line(last).end);
            let left = text
                .slice(Span::new(line.start, start.max(line.start)))
                .chars()
                .rev()
                .take(AROUND)
                .map(char::len_utf8)
                .sum::<usize>();
            let right = text
                .slice(Span::new(end.min(line.end), line.end))
                .chars()
                .take(AROUND)
                .map(char::len_utf8)
                .sum::<usize>();
            Span::new(start - left as u32, end.min(line.end) + right as u32)
        } else {
            let from =
                (first.saturating_sub(before)..first).find(|&line| (line..first).all(|l| !is_long(l))).unwrap_or(first);
            let to = (last + 1..text.line_count().min(last + 1 + after))
                .take_while(|&line| !is_long(line))
                .last()
                .unwrap_or(last);
            Span::new(text.line(from).start, text.line_with_end(to).end)
        };
        let place = text.position(context.start);
        let contents = MietteSpanContents::new_named(
            self.name.to_string(),
            text.slice(context).as_bytes(),
            (context.start as usize, context.len() as usize).into(),
            place.line as usize - 1,
            place.column as usize - 1,
            text.line_index(context.end) - text.line_index(context.start) + 1,
        );
        Ok(Box::new(contents))
    }
}
