//! Cross-references whose shown number is not the one their target has now (ISO/IEC 29500-1 §17.16.5.51, `REF`): Word writes the result of a
//! field when somebody asks it to, not when a paragraph is put in.

use unicode_normalization::UnicodeNormalization;

use super::anchor::{CrossReference, Story};
use crate::text::{Span, StaleNumber};

/// All of a story, in the order of the text.
pub fn stale_numbers(story: &Story) -> Vec<StaleNumber> {
    let mut found: Vec<StaleNumber> =
        story.references.iter().filter_map(|reference| stale_number(story, reference)).collect();
    found.sort_by_key(|number| number.span);
    found
}

/// The number of the target, where a reference shows another. Nothing where it shows something else than the number of a paragraph, where
/// the number is not certain, or where a switch asks for words (`\\p`, above or below) or for parts of it (`\\t`).
fn stale_number(story: &Story, reference: &CrossReference) -> Option<StaleNumber> {
    let target = story.paragraphs.get(reference.target? as usize)?;
    let label = target.label.as_ref().filter(|label| !label.doubtful)?;
    let has =
        |switch: &str| reference.instruction.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(switch));
    if !(has("\\n") || has("\\r") || has("\\w")) || has("\\p") || has("\\t") {
        return None;
    }
    let written = &story.text[reference.shown.range()];
    let (shown, now) = (comparable(written), comparable(&label.text));
    let has_digit = |text: &str| text.chars().any(char::is_alphanumeric);
    if !has_digit(&shown) || !has_digit(&now) {
        return None;
    }
    // In context, the levels above may stand before the number, or those in common be left out.
    let in_context = !has("\\n") && (shown.ends_with(&now) || now.ends_with(&shown));
    let is_error = shown.starts_with("エラー") || shown.starts_with("Error");
    let before = written.len() - written.trim_start().len();
    let start = reference.shown.start + before as u32;
    let span = Span::new(start, start + written.trim().len() as u32);
    let now = label.text.trim().trim_end_matches(['.', '．']).to_string();
    (shown != comparable(&now) && !in_context && !is_error).then_some(StaleNumber { span, now })
}

/// Without blanks, widths, and the full stop that Word leaves out.
fn comparable(text: &str) -> String {
    let text: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    text.trim_end_matches('.').to_string()
}
