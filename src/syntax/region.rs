//! Which lines carry the contract's text, and which carry something else: front matter, comments, fences, tables, marks of converters.

use crate::text::{Span, Text};

/// What kind of line a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// Text of the document.
    Text,
    /// Nothing but blank space.
    Blank,
    /// A row of a table (`| a | b |`).
    Table,
    /// What a reader does not see or does not read as text: front matter, comments, fence lines, rules.
    Noise,
}

/// Info strings of fences that hold text, not code.
const TEXT_FENCES: [&str; 7] = ["", "text", "txt", "plain", "plaintext", "markdown", "md"];

/// The region and the fence number of every line.
pub fn regions(text: &Text) -> Vec<(Region, u16)> {
    if text.is_formatted() {
        let region = |index| match text.slice(text.line(index)).trim_matches(super::is_blank) {
            "" => Region::Blank,
            trimmed => classify(trimmed),
        };
        return (0..text.line_count()).map(|index| (region(index), 0)).collect();
    }
    let comments = comments(text.as_str());
    let mut comments = comments.iter().peekable();
    let front_matter = front_matter(text);
    let mut fence: Option<(&str, bool)> = None;
    let mut fences = 0u16;
    (0..text.line_count())
        .map(|index| {
            let span = text.line(index);
            let line = text.slice(span);
            let trimmed = line.trim_matches(super::is_blank);
            while comments.peek().is_some_and(|c| c.end <= span.start) {
                comments.next();
            }
            if index < front_matter {
                return (Region::Noise, 0);
            }
            if let Some((mark, readable)) = fence {
                if trimmed.starts_with(mark) && trimmed.trim_matches(['`', '~']).is_empty() {
                    fence = None;
                    return (Region::Noise, 0);
                }
                if !readable {
                    return (Region::Noise, fences);
                }
                return (if is_empty(trimmed) { Region::Blank } else { Region::Text }, fences);
            }
            if trimmed.is_empty() {
                return (Region::Blank, 0);
            }
            let trimmed_span = super::trim(text, span);
            if comments.peek().is_some_and(|c| c.contains(trimmed_span)) {
                return (Region::Noise, 0);
            }
            if let Some(mark) = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark)) {
                let info = trimmed.trim_start_matches(['`', '~']).trim();
                if !info.contains('`') {
                    fence = Some((mark, TEXT_FENCES.contains(&info)));
                    fences = fences.saturating_add(1);
                    return (Region::Noise, 0);
                }
            }
            (classify(trimmed), 0)
        })
        .collect()
}

/// Spans of `<!-- … -->`; one without an end is not a comment.
pub fn comments(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some(start) = memchr::memmem::find(&text.as_bytes()[from..], b"<!--").map(|at| from + at) {
        let Some(end) = memchr::memmem::find(&text.as_bytes()[start..], b"-->").map(|at| start + at + 3) else { break };
        spans.push(Span::new(start as u32, end as u32));
        from = end;
    }
    spans
}

/// The number of lines of YAML front matter at the beginning, its two rules included.
fn front_matter(text: &Text) -> usize {
    if text.slice(text.line(0)).trim_end() != "---" {
        return 0;
    }
    let limit = text.line_count().min(200);
    let close = (1..limit).find(|&i| matches!(text.slice(text.line(i)).trim_end(), "---" | "..."));
    close.filter(|&end| (1..end).any(|i| text.slice(text.line(i)).contains(':'))).map_or(0, |end| end + 1)
}

/// A line that is blank, or the lone dot by which some formats keep an empty line.
fn is_empty(trimmed: &str) -> bool {
    trimmed.is_empty() || trimmed == "."
}

fn classify(trimmed: &str) -> Region {
    let bytes = trimmed.as_bytes();
    match bytes[0] {
        b'|' if trimmed.len() > 1 => Region::Table,
        b'.' if trimmed.len() == 1 => Region::Blank,
        b'-' | b'*' | b'_' | b'=' | b'+' if is_rule(bytes) => Region::Noise,
        b'<' if is_markup_only(trimmed) => Region::Noise,
        b'{' if trimmed.starts_with("{:") && trimmed.ends_with('}') => Region::Noise,
        b'!' if trimmed.starts_with("![") && trimmed.ends_with(')') => Region::Noise,
        b'[' if is_bookmark_only(trimmed) || is_link_definition(trimmed) => Region::Noise,
        b'-' | b'.' | 0xE2 | 0xE3 | 0xEF if is_cut(trimmed) => Region::Noise,
        _ => Region::Text,
    }
}

/// `---`, `* * *`, `=====`: a rule or the underline of a heading.
fn is_rule(bytes: &[u8]) -> bool {
    let mark = bytes[0];
    let count = bytes.iter().filter(|&&b| b == mark).count();
    count >= 3 && bytes.iter().all(|&b| b == mark || b == b' ')
}

/// A line along which the paper is cut: 「- - - 切り取り - - -」, 「……キリトリ線……」.
pub fn is_cut(trimmed: &str) -> bool {
    let marks = |c: char| "-－‐―─━…‥・･.✂✄〜~=＝".contains(c) || super::is_blank(c);
    if !trimmed.starts_with(marks) || !trimmed.ends_with(marks) {
        return false;
    }
    let words = trimmed.trim_matches(marks).trim_matches(['（', '）', '(', ')']);
    let bare = words.trim_end_matches('線').trim_end_matches("せん");
    matches!(bare, "切り取り" | "切取り" | "切取" | "切りとり" | "きりとり" | "キリトリ")
}

/// A line that is only HTML tags: `<br>`, `<div class="x">`, `</table>`.
fn is_markup_only(trimmed: &str) -> bool {
    let mut rest = trimmed;
    while let Some(inner) = rest.strip_prefix('<') {
        let tag = inner.trim_start_matches('/');
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return false;
        }
        match inner.find('>') {
            Some(end) => rest = inner[end + 1..].trim_start(),
            None => return false,
        }
    }
    rest.is_empty()
}

/// A line that is only exported bookmark marks.
fn is_bookmark_only(trimmed: &str) -> bool {
    let mut rest = trimmed;
    while let Some(inner) = rest.strip_prefix("[bookmark:") {
        match inner.find(']') {
            Some(end) => rest = inner[end + 1..].trim_start_matches(super::is_blank),
            None => return false,
        }
    }
    rest.is_empty()
}

/// `[label]: https://…`
fn is_link_definition(trimmed: &str) -> bool {
    trimmed.split_once("]: ").is_some_and(|(label, target)| !label[1..].contains(']') && target.contains("://"))
}
