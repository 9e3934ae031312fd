//! Bytes become text and bytes again, and every place in a text has one name in every unit.

use keiyaku::source::{self, Decoded, Encoding};
use keiyaku::text::ColumnUnit;
use keiyaku::{Span, Text};

/// Decodes bytes in every way.
pub fn text(bytes: &[u8]) {
    let forced = Encoding::all().filter_map(Encoding::named).map(Some);
    for encoding in forced.chain([None]) {
        let Ok(decoded) = source::decode(bytes, encoding) else { continue };
        comes_back(&decoded, bytes);
        if encoding.is_none() {
            places(&decoded.text);
        }
    }
}

/// What was understood can be written back: to the same bytes in the encodings of Unicode, to the same text in all.
fn comes_back(decoded: &Decoded, bytes: &[u8]) {
    let Decoded { text, encoding, bom, .. } = decoded;
    let Some(encoded) = source::encode(text, *encoding, *bom) else { return };
    let unicode = matches!(encoding, Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be);
    if unicode && !text.contains('\u{FFFD}') {
        assert_eq!(encoded, bytes, "{encoding:?}");
    }
    if let Ok(again) = source::decode(&encoded, Some(*encoding)) {
        assert_eq!(again.text, *text, "{encoding:?}");
    }
}

fn places(source: &str) {
    let text = Text::new(source);
    let lines: String = (0..text.line_count()).map(|index| text.slice(text.line_with_end(index))).collect();
    assert_eq!(lines, source);
    for (byte, _) in source.char_indices().take(2000).chain([(source.len(), ' ')]) {
        let byte = byte as u32;
        let line = text.line_index(byte);
        assert!(text.line_with_end(line).contains(Span::empty(byte)));
        for unit in [ColumnUnit::Utf8, ColumnUnit::Utf16] {
            let (line, column) = text.line_column(byte, unit);
            let back = text.offset(line as usize, column, unit);
            // The place between \r and \n has no name of its own.
            assert!(back == byte || text.line(line as usize).end == back && back < byte);
        }
    }
    let _ = (text.position(u32::MAX), text.offset(usize::MAX, u32::MAX, ColumnUnit::Utf16));
}
