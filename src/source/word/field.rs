//! Fields (ISO/IEC 29500-1 §17.16): of an instruction and its result, a person sees the result as Word last wrote it.

use super::anchor::CrossReference;
use crate::text::Span;

/// A field that has begun and not ended.
#[derive(Debug, Default)]
struct Field {
    instruction: String,
    /// Where in the story's text its result begins; `None` while the instruction is read.
    result: Option<u32>,
}

/// The fields in which a place lies.
#[derive(Debug, Default)]
pub struct Fields {
    /// Some field of the part has no end or no beginning: nothing is taken for an instruction then.
    broken: bool,
    open: Vec<Field>,
    /// How many of them are in their instruction.
    instructing: usize,
    /// How many of them are tables of contents.
    contents: usize,
    /// How many of them Word writes anew.
    computed: usize,
}

/// What the end of a field says.
pub enum End {
    /// A cross-reference was shown.
    Reference(CrossReference),
    /// Characters that the instruction itself draws, and no result: ㊞ drawn as a ring and a letter, a reading above kanji.
    Drawn(String),
    /// Nothing that matters.
    Other,
}

impl Fields {
    /// For a part in which fields begin (`true`) and end (`false`) in this order.
    pub fn new(marks: impl IntoIterator<Item = bool>) -> Fields {
        let depth = marks
            .into_iter()
            .try_fold(0usize, |depth, begins| if begins { Some(depth + 1) } else { depth.checked_sub(1) });
        Fields { broken: depth != Some(0), ..Fields::default() }
    }

    /// A field begins.
    pub fn begin(&mut self) {
        self.open.push(Field::default());
        self.instructing += 1;
    }

    /// A piece of the innermost instruction.
    pub fn instruct(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| field.result.is_none()) {
            field.instruction.push_str(text);
        }
    }

    /// The result of the innermost field begins, at this byte of the text.
    pub fn separate(&mut self, at: u32) {
        let Some(field) = self.open.last_mut().filter(|field| field.result.is_none()) else { return };
        field.result = Some(at);
        self.instructing -= 1;
        self.contents += usize::from(field.name() == "TOC");
        self.computed += usize::from(field.is_computed());
    }

    /// The innermost field ends, at this byte of the text.
    pub fn end(&mut self, at: u32) -> End {
        let Some(field) = self.open.pop() else { return End::Other };
        let Some(result) = field.result else {
            self.instructing -= 1;
            return field.drawn().map_or(End::Other, End::Drawn);
        };
        self.contents -= usize::from(field.name() == "TOC");
        self.computed -= usize::from(field.is_computed());
        match field.bookmark() {
            Some(bookmark) => End::Reference(CrossReference {
                shown: Span::new(result, at.max(result)),
                bookmark: bookmark.to_string(),
                instruction: field.instruction.trim().to_string(),
                target: None,
            }),
            None => End::Other,
        }
    }

    /// Whether text at this place is seen: it stands in no instruction.
    pub fn are_shown(&self) -> bool {
        self.instructing == 0 || self.broken
    }

    /// Whether this place belongs to a table of contents.
    pub fn are_contents(&self) -> bool {
        self.contents > 0
    }

    /// Whether Word writes the text at this place anew when it brings fields up to date.
    pub fn are_computed(&self) -> bool {
        self.computed > 0
    }
}

impl Field {
    fn name(&self) -> &str {
        self.instruction.split_ascii_whitespace().next().unwrap_or_default()
    }

    /// Links and the like keep their text; everything else is computed.
    fn is_computed(&self) -> bool {
        !self.name().eq_ignore_ascii_case("HYPERLINK")
    }

    /// The bookmark of a `REF`.
    fn bookmark(&self) -> Option<&str> {
        let mut words = self.instruction.split_ascii_whitespace();
        let is_reference = words.next()?.eq_ignore_ascii_case("REF");
        words.next().filter(|word| is_reference && !word.starts_with('\\'))
    }

    /// The characters of `EQ \o\ac(○,印)` and of `EQ \o\ad(\s\up 9(かし),瑕疵)`: the last of what is laid over each other.
    fn drawn(&self) -> Option<String> {
        let instruction = self.instruction.trim();
        if !self.name().eq_ignore_ascii_case("EQ") || !instruction.contains("\\o") {
            return None;
        }
        let (_, last) = instruction.strip_suffix(')')?.rsplit_once([',', ';'])?;
        Some(last.trim().trim_end_matches(')').to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end_of(instruction: &str, with_result: bool) -> End {
        let mut fields = Fields::default();
        fields.begin();
        fields.instruct(instruction);
        assert!(!fields.are_shown());
        if with_result {
            fields.separate(3);
            assert!(fields.are_shown());
        }
        fields.end(9)
    }

    #[test]
    fn a_reference_keeps_its_bookmark() {
        let End::Reference(reference) = end_of(" REF _Ref123 \\r \\h ", true) else { panic!("a reference") };
        assert_eq!((reference.bookmark.as_str(), reference.shown), ("_Ref123", Span::new(3, 9)));
    }

    #[test]
    fn characters_drawn_over_each_other_are_read() {
        let drawn = |instruction| match end_of(instruction, false) {
            End::Drawn(text) => text,
            _ => String::new(),
        };
        assert_eq!(drawn("eq \\o\\ac(○,印)"), "印");
        assert_eq!(drawn("EQ \\* jc2 \\* hps10 \\o\\ad(\\s\\up 9(かし),瑕疵)"), "瑕疵");
        assert_eq!(drawn("XE 契約"), "");
    }

    #[test]
    fn ends_without_a_beginning_are_nothing() {
        let mut fields = Fields::default();
        assert!(matches!(fields.end(0), End::Other));
        fields.separate(0);
        assert!(fields.are_shown() && !fields.are_computed() && !fields.are_contents());
    }
}
