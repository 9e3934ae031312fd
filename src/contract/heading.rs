//! Whether a line that begins with 「第3条」 is the heading of that article, or a wrapped line that begins with a reference to it.

use crate::syntax::{self, Head, Line};
use crate::text::{Span, Text, starts_with_any};

/// What the fold knows when it meets the line.
pub struct Situation {
    /// The text line directly before ends in the middle of a sentence.
    pub inside_sentence: bool,
    /// The number is the one that comes next.
    pub expected: bool,
    /// The line before is the number of an item that stands alone: this line is its text.
    pub is_text_of_item: bool,
    /// The articles of the document have captions, and this line has none.
    pub lacks_caption: bool,
}

/// Particles and marks behind 「第3条」 or 「第3条（秘密保持）」 that make it a reference.
const PARTICLES: [&str; 25] = [
    "の",
    "に",
    "を",
    "は",
    "が",
    "で",
    "と",
    "も",
    "から",
    "まで",
    "又は",
    "または",
    "及び",
    "および",
    "並び",
    "ならび",
    "若しく",
    "もしく",
    "、",
    "，",
    "。",
    "）",
    ")",
    "」",
    "』",
];

/// Words directly behind 「第3条」 that go on with the reference.
const CONTINUATIONS: [&str; 20] = [
    "第",
    "各号",
    "中「",
    "～",
    "〜",
    "~",
    "乃至",
    "ないし",
    "ただし書",
    "但書",
    "但し書",
    "本文",
    "前段",
    "後段",
    "柱書",
    "以下",
    "以降",
    "以前",
    "以外",
    "所定",
];

/// Whether an article line is a heading.
pub fn is_article_heading(text: &Text, line: &Line, situation: &Situation) -> bool {
    debug_assert!(matches!(line.head, Head::Article { .. }));
    if line.quotation {
        return false;
    }
    let body = text.slice(line.body);
    if line.heading > 0 || line.strong {
        return !starts_with_any(body, &PARTICLES[..5]) || body.starts_with("のれん");
    }
    let caption_end = syntax::caption_end(body);
    let only_caption = caption_end == Some(body.len());
    if !situation.expected && (situation.is_text_of_item && !only_caption || situation.lacks_caption) {
        return false;
    }
    let free = !situation.inside_sentence || situation.expected;
    if body.is_empty() {
        return free;
    }
    if let Some(end) = caption_end {
        let gap = body[end..].starts_with(syntax::is_blank);
        let rest = body[end..].trim_start_matches(syntax::is_blank);
        let goes_on =
            || starts_with_any(rest, &PARTICLES) || starts_with_any(rest, &["第", "乃至", "ないし", "～", "〜"]);
        return free && (rest.is_empty() || gap && !situation.inside_sentence || !goes_on());
    }
    let gap = line.body.start > line.label.end;
    if starts_with_any(body, &PARTICLES) {
        return false;
    }
    if starts_with_any(body, &CONTINUATIONS) {
        // 「第2条　各当事者は」, 「第5条　本文の…」: a blank behind the number speaks for a heading.
        let wide_gap = text.slice(Span::new(line.label.end, line.body.start)).contains('　');
        return match situation.inside_sentence {
            true => wide_gap && situation.expected,
            false => gap && (situation.expected || wide_gap),
        };
    }
    if gap { free } else { situation.expected && !situation.inside_sentence }
}

/// Whether a division line (第1章 …) is a heading.
pub fn is_division_heading(text: &Text, line: &Line, inside_sentence: bool) -> bool {
    let body = text.slice(line.body);
    let short = body.chars().count() <= 60 && !body.ends_with('。');
    let gap = line.body.start > line.label.end;
    let reference = starts_with_any(body, &PARTICLES) || !gap && starts_with_any(body, &CONTINUATIONS);
    // A long entry before it need not end with 。; no sentence runs on with a name set apart from its number.
    let apart = gap && !body.is_empty();
    line.heading > 0 || (apart || !inside_sentence) && short && !reference && !line.quotation
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn heading(line: &str, inside_sentence: bool, expected: bool) -> bool {
        let text = Text::new(line);
        let lines = syntax::lines(&text);
        is_article_heading(
            &text,
            &lines[0],
            &Situation { inside_sentence, expected, is_text_of_item: false, lacks_caption: false },
        )
    }

    #[test]
    fn headings_in_every_form() {
        for line in [
            "第3条（秘密保持）",
            "第3条",
            "第3条 目的",
            "第三条　甲は、乙に委託する。",
            "第3条【目的】",
            "第3条（目的）　本契約は、次のとおりとする。",
            "第3条目的",
        ] {
            assert!(heading(line, false, true), "{line}");
        }
        assert!(heading("## 第9条 雑則", false, false));
    }

    #[test]
    fn references_at_the_beginning_of_a_line() {
        for line in [
            "第3条に定める方法により",
            "第3条及び第4条の規定は",
            "第12条（秘密保持）及び第13条の規定は",
            "第２５条の２）。",
            "第3条第2項の場合",
        ] {
            assert!(!heading(line, false, false), "{line}");
            assert!(!heading(line, true, false), "{line}");
        }
        assert!(!heading("第百二十三条　の規定", true, false));
    }
}
