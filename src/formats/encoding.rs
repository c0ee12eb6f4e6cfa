//! Older encodings: bytes of a saved page as text. The door to the tables of the Encoding Standard (WHATWG) and to the detector of encodings.
//!
//! What is valid UTF-8 is UTF-8, whatever the page says of itself; else its own statement counts; else the bytes are weighed.
//! Nothing is replaced silently: bytes that are no letters are counted.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, KOI8_R, KOI8_U, UTF_8, WINDOWS_1252};
use std::borrow::Cow;

/// How the encoding became known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A byte order mark.
    Mark,
    /// The bytes are valid UTF-8.
    Valid,
    /// The page says so.
    Declared,
    /// By the frequency of letters: a guess.
    Detected,
}

/// A text and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// The text; the bytes themselves, where they are UTF-8.
    pub text: Cow<'b, str>,
    /// Name of the encoding in the Encoding Standard, in small letters: `utf-8`, `windows-1251`, `koi8-r`.
    pub encoding: String,
    /// How it became known.
    pub evidence: Evidence,
    /// What the page says of itself, when it was not followed.
    pub overruled: Option<String>,
    /// Letters that could not be read and stand as U+FFFD.
    pub unreadable: usize,
}

/// Bytes searched for a declaration (HTML Standard, "prescan a byte stream").
const PRESCAN: usize = 4096;

/// Reads bytes as text; `declared` is what the page says of its own encoding.
#[must_use]
pub fn decode<'b>(bytes: &'b [u8], declared: Option<&str>) -> Decoded<'b> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return read(&bytes[length..], encoding, Evidence::Mark, None);
    }
    let named = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if let Ok(text) = std::str::from_utf8(bytes) {
        let overruled = declared.filter(|_| !bytes.is_ascii() && named != Some(UTF_8)).map(str::to_owned);
        let evidence = if named == Some(UTF_8) { Evidence::Declared } else { Evidence::Valid };
        return Decoded { text: Cow::Borrowed(text), encoding: "utf-8".into(), evidence, overruled, unreadable: 0 };
    }
    let guessed = || {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        match detector.guess(None, Utf8Detection::Deny) {
            // The Ukrainian table differs in eight letters; without them the page is Russian.
            guess if guess == KOI8_U && KOI8_U.decode_without_bom_handling(bytes).0 == KOI8_R.decode_without_bom_handling(bytes).0 => {
                KOI8_R
            }
            guess => guess,
        }
    };
    match named.filter(|encoding| *encoding != UTF_8) {
        // Old Russian pages often keep the declaration of the tool that made them: Latin letters, where the bytes are Cyrillic ones.
        Some(encoding) if encoding == WINDOWS_1252 && mostly_high(bytes) && is_cyrillic(guessed()) => {
            read(bytes, guessed(), Evidence::Detected, declared)
        }
        Some(encoding) => read(bytes, encoding, Evidence::Declared, None),
        None => read(bytes, guessed(), Evidence::Detected, declared),
    }
}

fn read<'b>(bytes: &'b [u8], encoding: &'static Encoding, evidence: Evidence, overruled: Option<&str>) -> Decoded<'b> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let own = if encoding == UTF_8 { bytes.windows(3).filter(|three| *three == [0xEF, 0xBF, 0xBD]).count() } else { 0 };
    let unreadable = text.matches('\u{fffd}').count().saturating_sub(own);
    Decoded { text, encoding: encoding.name().to_ascii_lowercase(), evidence, overruled: overruled.map(str::to_owned), unreadable }
}

fn is_cyrillic(encoding: &'static Encoding) -> bool {
    matches!(encoding.name(), "windows-1251" | "KOI8-R" | "KOI8-U" | "ISO-8859-5" | "IBM866" | "x-mac-cyrillic")
}

/// A third of what is not markup stands beyond ASCII: no Latin text is like that.
fn mostly_high(bytes: &[u8]) -> bool {
    let (mut high, mut low, mut inside) = (0_usize, 0_usize, false);
    for byte in bytes {
        match byte {
            b'<' => inside = true,
            b'>' => inside = false,
            _ if inside => {}
            0x80.. => high += 1,
            b'a'..=b'z' | b'A'..=b'Z' => low += 1,
            _ => {}
        }
    }
    high > 20 && high * 2 > low
}

/// The encoding that a page of HTML or an XML declaration names, as typed.
#[must_use]
pub fn declared_in_markup(bytes: &[u8]) -> Option<String> {
    let head: String = bytes.iter().take(PRESCAN).map(|byte| char::from(*byte).to_ascii_lowercase()).collect();
    let mut rest = head.as_str();
    while let Some(at) = rest.find(['c', 'e']) {
        let after = rest[at..].strip_prefix("charset").or_else(|| rest[at..].strip_prefix("encoding"));
        if let Some(value) = after.and_then(|after| after.trim_start().strip_prefix('=')) {
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let end = value.find(|letter: char| !(letter.is_ascii_alphanumeric() || "-_.:".contains(letter))).unwrap_or(value.len());
            if end > 0 {
                return Some(value[..end].to_owned());
            }
        }
        rest = &rest[at + 1..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{KOI8_R, WINDOWS_1251};

    const RUSSIAN: &str = "Написано 24 апреля 1922 г. Впервые напечатано в 1959 г. в Ленинском сборнике XXXVI. Печатается по рукописи.";

    fn shown<'d>(decoded: &'d Decoded<'_>) -> (String, Evidence, Option<&'d str>, usize) {
        (decoded.encoding.clone(), decoded.evidence, decoded.overruled.as_deref(), decoded.unreadable)
    }

    #[test]
    fn russian_pages_are_read_by_declaration_and_without() {
        for (encoding, name) in [(WINDOWS_1251, "windows-1251"), (KOI8_R, "koi8-r")] {
            let (bytes, ..) = encoding.encode(RUSSIAN);
            let told = decode(&bytes, Some(name));
            assert_eq!((told.text.as_ref(), shown(&told)), (RUSSIAN, (name.into(), Evidence::Declared, None, 0)));
            let found = decode(&bytes, None);
            assert_eq!((found.text.as_ref(), shown(&found)), (RUSSIAN, (name.into(), Evidence::Detected, None, 0)));
            let misled = decode(&bytes, Some("iso-8859-1"));
            assert_eq!((misled.text.as_ref(), shown(&misled)), (RUSSIAN, (name.into(), Evidence::Detected, Some("iso-8859-1"), 0)));
        }
    }

    #[test]
    fn latin_pages_keep_their_quotation_marks() {
        let bytes = b"\x93I consider Rudzutak\x92s opinion\x94, pp. 276\x9677";
        let read = decode(bytes, Some("ISO-8859-1"));
        assert_eq!(read.text, "“I consider Rudzutak’s opinion”, pp. 276–77");
        assert_eq!(shown(&read), ("windows-1252".into(), Evidence::Declared, None, 0));
        assert_eq!(decode(bytes, None).text, "“I consider Rudzutak’s opinion”, pp. 276–77");
    }

    #[test]
    fn valid_utf_8_is_believed_more_than_the_page() {
        let read = decode("“Politbureau”".as_bytes(), Some("iso-8859-1"));
        assert_eq!((read.text.as_ref(), shown(&read)), ("“Politbureau”", ("utf-8".into(), Evidence::Valid, Some("iso-8859-1"), 0)));
        assert_eq!(shown(&decode(b"\xEF\xBB\xBFx", None)), ("utf-8".into(), Evidence::Mark, None, 0));
        assert_eq!(decode(b"\xFF\xFEx\x00", None).text, "x");
    }

    #[test]
    fn a_broken_page_that_calls_itself_utf_8_is_weighed() {
        let read = decode(b"caf\xE9 and th\xE9", Some("utf-8"));
        assert_eq!((read.text.as_ref(), shown(&read)), ("café and thé", ("windows-1252".into(), Evidence::Detected, Some("utf-8"), 0)));
    }

    #[test]
    fn declarations_of_all_times_are_found() {
        let cases = [
            ("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">", Some("windows-1251")),
            ("<META CHARSET='KOI8-R'>", Some("koi8-r")),
            ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", Some("iso-8859-1")),
            ("<p>no charset here</p>", None),
        ];
        for (page, expected) in cases {
            assert_eq!(declared_in_markup(page.as_bytes()).as_deref(), expected, "{page}");
        }
    }
}
