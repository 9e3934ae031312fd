//! The numbers of a citation written anew, each in the form in which it stands.

use super::scan::RANGES;
use crate::number::{Form, Number};
use crate::text::starts_with_any;

/// The level of a number in a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// 第3条の2
    Article,
    /// 第2項
    Paragraph,
    /// 第1号
    Item,
}

/// Writes the numbers of a citation anew. For each number that is written, `number` is asked with its level and whether it belongs to the
/// end of a range; where it gives none, the number stays.
///
/// ```
/// use keiyaku::analysis::reference::rewrite::{Level, numbers};
/// use keiyaku::number::Number;
/// let moved = numbers("第十二条第１項", |level, _| (level == Level::Article).then(|| Number::new(13)));
/// assert_eq!(moved, "第十三条第１項");
/// ```
pub fn numbers(words: &str, mut number: impl FnMut(Level, bool) -> Option<Number>) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    let mut until = false;
    while let Some(first) = rest.chars().next() {
        if !out.is_empty() && !until && starts_with_any(rest, &RANGES) {
            until = true;
        }
        let run = run_length(rest);
        let relative = out.ends_with(['前', '次']);
        let level = if run == 0 || relative { None } else { level_of(&rest[run..], &out) };
        let Some((level, unit)) = level else {
            let length = run.max(first.len_utf8());
            out.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        };
        let end = run + unit + branches_length(&rest[run + unit..]);
        match number(level, until) {
            Some(new) => {
                // The parts of a number in parts are written in one form, with the dots that are there.
                let dot = rest[..run].find(is_dot);
                let form = Form::of(&rest[..dot.unwrap_or(run)]);
                let dot = dot.and_then(|dot| rest[dot..].chars().next()).unwrap_or('.');
                for (index, part) in new.parts().enumerate() {
                    if index > 0 {
                        out.push(dot);
                    }
                    out.push_str(&form.write(part));
                }
                out.push_str(&rest[run..run + unit]);
                for branch in new.branches() {
                    out.push('の');
                    out.push_str(&form.write(branch));
                }
            }
            None => out.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    out
}

/// 「3条2項」 with the 第 that is left out: 「第3条第2項」.
pub fn full_form(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(first) = rest.chars().next() {
        let run = run_length(rest);
        let length = run.max(first.len_utf8());
        let is_level =
            run > 0 && !out.ends_with(['第', '前', '次', '（', '(', 'の']) && level_of(&rest[run..], &out).is_some();
        if is_level {
            out.push('第');
        }
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

/// How many bytes of numerals a text begins with, of a number in parts with the dots between them.
fn run_length(text: &str) -> usize {
    let digits = |text: &str| text.find(|c| !Form::is_numeral(c)).unwrap_or(text.len());
    let mut length = digits(text);
    while length > 0
        && let Some(rest) = text[length..].strip_prefix(is_dot)
        && digits(rest) > 0
    {
        length = text.len() - rest.len() + digits(rest);
    }
    length
}

fn is_dot(character: char) -> bool {
    matches!(character, '.' | '．')
}

/// The level of the number before a text, and the length of the unit's name.
fn level_of(behind: &str, before: &str) -> Option<(Level, usize)> {
    let level = match behind.chars().next()? {
        '条' => Level::Article,
        '項' => Level::Paragraph,
        '号' => Level::Item,
        '）' | ')' if before.ends_with(['（', '(']) => return Some((Level::Item, 0)),
        _ => return None,
    };
    Some((level, '条'.len_utf8()))
}

/// How many bytes of branches stand at the beginning: 「の2の3」.
fn branches_length(text: &str) -> usize {
    let mut end = 0;
    while let Some(rest) = text[end..].strip_prefix('の') {
        let run = run_length(rest);
        if run == 0 || rest[run..].starts_with(['項', '号', '条']) {
            break;
        }
        end += 'の'.len_utf8() + run;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_keeps_its_form() {
        let next = |words: &str| {
            numbers(words, |level, until| match (level, until) {
                (Level::Article, false) => Some(Number::new(10)),
                (Level::Article, true) => Some(Number::new(12).branch(2)),
                (Level::Paragraph, _) => Some(Number::new(4)),
                (Level::Item, _) => None,
            })
        };
        assert_eq!(next("第９条"), "第10条");
        assert_eq!(next("第１１条第３項第二号"), "第１０条第４項第二号");
        assert_eq!(next("第九条の二から第十条まで"), "第十条から第十二条の二まで");
        assert_eq!(next("9条2項"), "10条4項");
        assert_eq!(next("前二項"), "前二項");
        let part = |words: &str| numbers(words, |level, _| (level == Level::Article).then(|| Number::new(2).part(9)));
        assert_eq!(part("第2.3条第1項"), "第2.9条第1項");
        assert_eq!(part("第２．３条"), "第２．９条");
    }

    #[test]
    fn what_is_left_out_is_written() {
        assert_eq!(full_form("第4条2項"), "第4条第2項");
        assert_eq!(full_form("３条２項第１号"), "第３条第２項第１号");
        assert_eq!(full_form("第3条の2第1項"), "第3条の2第1項");
    }
}
