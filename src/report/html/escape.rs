//! Text of contracts and rules on its way into HTML. Nothing that a file says reaches the page except through here.

use std::fmt;

use crate::report::visible::turns;

/// A text written so that HTML reads it as text, in elements and in quoted attributes.
pub struct Escaped<'a>(&'a str);

/// Escapes a text. Control characters, which HTML forbids, become U+FFFD; marks that turn the direction of writing are named.
pub fn escape(text: &str) -> Escaped<'_> {
    Escaped(text)
}

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(is_special) {
            f.write_str(&rest[..at])?;
            let character = rest[at..].chars().next().expect("a special character is there");
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                turning if turns(turning) => write!(f, "[U+{:04X}]", turning as u32)?,
                _ => f.write_str("\u{FFFD}")?,
            }
            rest = &rest[at + character.len_utf8()..];
        }
        f.write_str(rest)
    }
}

fn is_special(character: char) -> bool {
    matches!(character, '&' | '<' | '>' | '"' | '\'')
        || turns(character)
        || character.is_control() && !matches!(character, '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_element_or_attribute() {
        assert_eq!(escape("<b a='x'>\"甲\" & 乙").to_string(), "&lt;b a=&#39;x&#39;&gt;&quot;甲&quot; &amp; 乙");
        assert_eq!(escape("甲\0\u{7}\u{202E}乙\t").to_string(), "甲\u{FFFD}\u{FFFD}[U+202E]乙\t");
    }
}
