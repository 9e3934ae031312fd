//! Bytes decoded into text, and text encoded back into the same bytes. Knows nothing of contracts.

#[cfg(feature = "word")]
pub mod word;

use std::fmt;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

/// How a file is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8
    Utf8,
    /// UTF-16, little endian
    Utf16Le,
    /// UTF-16, big endian
    Utf16Be,
    /// Shift_JIS as Windows writes it (CP932)
    ShiftJis,
    /// EUC-JP
    EucJp,
    /// ISO-2022-JP, the encoding of e-mails
    Iso2022Jp,
}

impl Encoding {
    /// All encodings, with the names by which they can be asked for; the first is the one that is shown.
    const NAMES: [(Encoding, &'static [&'static str]); 6] = [
        (Encoding::Utf8, &["utf-8", "utf8"]),
        (Encoding::Utf16Le, &["utf-16le", "utf-16", "utf16"]),
        (Encoding::Utf16Be, &["utf-16be"]),
        (Encoding::ShiftJis, &["shift_jis", "cp932", "sjis", "windows-31j", "ms932"]),
        (Encoding::EucJp, &["euc-jp", "eucjp"]),
        (Encoding::Iso2022Jp, &["iso-2022-jp", "jis"]),
    ];

    /// The encoding of a name, in any case.
    pub fn named(name: &str) -> Option<Encoding> {
        let name = name.to_ascii_lowercase();
        Self::NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(encoding, _)| *encoding)
    }

    /// The usual name.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(encoding, _)| *encoding == self).map_or("utf-8", |(_, names)| names[0])
    }

    /// The usual names of all encodings.
    pub fn all() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().map(|(_, names)| names[0])
    }

    pub(crate) fn codec(self) -> &'static encoding_rs::Encoding {
        match self {
            Encoding::Utf8 => UTF_8,
            Encoding::Utf16Le => UTF_16LE,
            Encoding::Utf16Be => UTF_16BE,
            Encoding::ShiftJis => SHIFT_JIS,
            Encoding::EucJp => EUC_JP,
            Encoding::Iso2022Jp => ISO_2022_JP,
        }
    }
}

/// A decoded text, and what is needed to write it back.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// How it was encoded.
    pub encoding: Encoding,
    /// Whether a byte order mark stood before it.
    pub bom: bool,
    /// Whether some bytes meant nothing in this encoding, or the encoding is a guess that may be wrong.
    pub doubtful: bool,
}

/// Why bytes are no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// A kind of file that is not read, by its name, with what to do.
    Unsupported(&'static str, &'static str),
    /// Neither text nor a known kind of file.
    Binary,
    /// More than 4 GiB of text.
    TooLarge,
    /// A Word document a part of which, named here, is damaged or missing.
    Damaged(String),
    /// A Word document that is not opened for safety, with the reason.
    Refused(&'static str),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Unsupported(kind, remedy) => write!(f, "{kind}は読み込めません。{remedy}"),
            ReadError::Binary => f.write_str("テキストではありません（文字ではないバイトを含みます）。文字コードが分かる場合は --encoding で指定してください"),
            ReadError::TooLarge => f.write_str("大きすぎます（4GiBまで）"),
            ReadError::Damaged(part) => {
                write!(f, "Word 文書が壊れています（{part}）。Word で開いて保存し直してください")
            }
            ReadError::Refused(reason) => {
                write!(f, "安全のため読み込みません（{reason}）。作成者に確認し、Word で開いて保存し直してください")
            }
        }
    }
}

impl std::error::Error for ReadError {}

/// Decodes a file.
///
/// A byte order mark decides; then `forced`; then valid UTF-8; then the patterns of UTF-16; then a guess among the encodings of Japan.
///
/// # Errors
/// When the bytes are no text.
pub fn decode(bytes: &[u8], forced: Option<Encoding>) -> Result<Decoded, ReadError> {
    if let Some(error) = known_binary(bytes) {
        return Err(error);
    }
    if let Some((codec, length)) = encoding_rs::Encoding::for_bom(bytes) {
        let encoding = [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be].into_iter().find(|e| e.codec() == codec);
        return finish(&bytes[length..], encoding.unwrap_or(Encoding::Utf8), true, false);
    }
    if let Some(encoding) = forced {
        return finish(bytes, encoding, false, false);
    }
    // ISO-2022-JP is ASCII with escapes, and so valid UTF-8 too.
    let escapes = memchr::memmem::find(bytes, b"\x1b$").is_some();
    if !escapes && let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return if text.contains('\0') {
            Err(ReadError::Binary)
        } else {
            whole(text.to_string(), Encoding::Utf8, false, false)
        };
    }
    if let Some(encoding) = utf16_pattern(bytes) {
        return finish(bytes, encoding, false, true);
    }
    if memchr::memchr(0, bytes).is_some() {
        return Err(ReadError::Binary);
    }
    if !escapes && nearly_utf8(bytes) {
        return finish(bytes, Encoding::Utf8, false, true);
    }
    let (encoding, sure) = guess(bytes);
    let decoded = finish(bytes, encoding, false, !sure)?;
    let strange = decoded.text.chars().filter(|c| *c == '\u{FFFD}' || c.is_control() && !c.is_whitespace()).count();
    if strange * 20 > decoded.text.chars().count() { Err(ReadError::Binary) } else { Ok(decoded) }
}

fn finish(bytes: &[u8], encoding: Encoding, bom: bool, doubtful: bool) -> Result<Decoded, ReadError> {
    let (text, malformed) = encoding.codec().decode_without_bom_handling(bytes);
    whole(text.into_owned(), encoding, bom, doubtful || malformed)
}

fn whole(text: String, encoding: Encoding, bom: bool, doubtful: bool) -> Result<Decoded, ReadError> {
    if u32::try_from(text.len()).is_err() {
        return Err(ReadError::TooLarge);
    }
    Ok(Decoded { text, encoding, bom, doubtful })
}

/// Files that begin with a signature that no text begins with.
fn known_binary(bytes: &[u8]) -> Option<ReadError> {
    let kinds: [(&[u8], &str, &str); 6] = [
        (b"%PDF-", "PDF", "テキスト又は Word 形式に変換してから指定してください"),
        (b"PK\x03\x04", "zip 形式のファイル", "中の文書をテキスト又は Word 形式（.docx）で保存して指定してください"),
        (b"\xD0\xCF\x11\xE0", "古い Word 形式（.doc）又は暗号化された Office 文書", ".docx 形式で保存し直してください"),
        (b"{\\rtf", "リッチテキスト形式", "テキスト又は .docx 形式で保存し直してください"),
        (b"\x89PNG", "画像", "文字の含まれるファイルを指定してください"),
        (b"\xFF\xD8\xFF", "画像", "文字の含まれるファイルを指定してください"),
    ];
    kinds
        .iter()
        .find(|(mark, ..)| bytes.starts_with(mark))
        .map(|(_, kind, remedy)| ReadError::Unsupported(kind, remedy))
}

/// UTF-16 without a mark: nearly every second byte of the punctuation and the line ends is zero or 0x30.
fn utf16_pattern(bytes: &[u8]) -> Option<Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = &bytes[..bytes.len().min(4096)];
    let common =
        |byte: u8| byte == 0x00 || (0x30..=0x33).contains(&byte) || byte == 0xFF || (0x4E..=0x9F).contains(&byte);
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let high = |offset: usize| {
        sample.iter().skip(offset).step_by(2).filter(|b| common(**b)).count() * 20 >= sample.len() / 2 * 19
    };
    let (even, odd) = (zeros(0), zeros(1));
    if odd > even && high(1) {
        Some(Encoding::Utf16Le)
    } else if even > odd && high(0) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// Whether all but a few bytes are UTF-8: a guesser would call such a file Shift_JIS.
fn nearly_utf8(bytes: &[u8]) -> bool {
    let wrong: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    let high = bytes.iter().filter(|b| **b >= 0x80).count();
    high >= 30 && wrong * 50 <= high
}

fn guess(bytes: &[u8]) -> (Encoding, bool) {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let codec = detector.guess(Some(b"jp"), Utf8Detection::Allow);
    let known = [Encoding::ShiftJis, Encoding::EucJp, Encoding::Iso2022Jp, Encoding::Utf8];
    let Some(encoding) = known.into_iter().find(|e| e.codec() == codec) else { return (Encoding::ShiftJis, false) };
    // The guess is sure where the bytes mean nothing in any other encoding.
    let possible = |e: Encoding| e.codec().decode_without_bom_handling_and_without_replacement(bytes).is_some();
    let sure = known.into_iter().all(|other| other == encoding || !possible(other));
    (encoding, sure)
}

/// Encodes a text as the file it came from was encoded. `None` when a character has no place in that encoding.
pub fn encode(text: &str, encoding: Encoding, bom: bool) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() + 3);
    match encoding {
        Encoding::Utf8 => {
            if bom {
                bytes.extend_from_slice(b"\xEF\xBB\xBF");
            }
            bytes.extend_from_slice(text.as_bytes());
        }
        Encoding::Utf16Le | Encoding::Utf16Be => {
            let mark = bom.then_some(0xFEFFu16);
            for unit in mark.into_iter().chain(text.encode_utf16()) {
                let pair = if encoding == Encoding::Utf16Le { unit.to_le_bytes() } else { unit.to_be_bytes() };
                bytes.extend_from_slice(&pair);
            }
        }
        _ => {
            let (encoded, _, unmappable) = encoding.codec().encode(text);
            if unmappable {
                return None;
            }
            bytes.extend_from_slice(&encoded);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "第１条（目的）\r\n本契約は、甲が乙に①清掃業務を委託し、髙﨑がﾃﾞｰﾀを保管する条件を定める。\r\n第２条（委託料）\r\n甲は、乙に月額１０万円を支払う。\r\n";

    #[test]
    fn every_encoding_is_recognised_and_written_back() {
        for (encoding, bom) in [
            (Encoding::Utf8, false),
            (Encoding::Utf8, true),
            (Encoding::Utf16Le, true),
            (Encoding::Utf16Be, true),
            (Encoding::Utf16Le, false),
            (Encoding::Utf16Be, false),
            (Encoding::ShiftJis, false),
        ] {
            let bytes = encode(TEXT, encoding, bom).unwrap();
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!((decoded.encoding, decoded.bom), (encoding, bom));
            assert_eq!(decoded.text, TEXT, "{encoding:?}");
            assert_eq!(encode(&decoded.text, decoded.encoding, decoded.bom).unwrap(), bytes);
        }
        let plain = TEXT.replace(['髙', '﨑', '①'], "高").replace("ﾃﾞｰﾀ", "データ");
        for encoding in [Encoding::EucJp, Encoding::Iso2022Jp] {
            let bytes = encode(&plain, encoding, false).unwrap();
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, plain.as_str()));
        }
    }

    #[test]
    fn utf8_with_a_bad_byte_stays_utf8() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes[40] = 0xFF;
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!(decoded.encoding, Encoding::Utf8);
        assert!(decoded.doubtful);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(matches!(decode(b"%PDF-1.7 ...", None), Err(ReadError::Unsupported("PDF", _))));
        assert_eq!(decode(&[0, 1, 2, 3, 255, 254, 7, 8, 9], None).unwrap_err(), ReadError::Binary);
        assert!(matches!(decode(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", None), Err(ReadError::Unsupported(..))));
    }

    #[test]
    fn an_empty_file_is_a_text() {
        assert_eq!(decode(b"", None).unwrap().text, "");
    }
}
