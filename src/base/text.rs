//! Measures of plain text: shortening at word borders, white space.

use unicode_normalization::UnicodeNormalization;

/// Letters that Unicode can write in two ways, in the one with fewer characters (NFC).
#[must_use]
pub fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// White space runs as one space, none at the ends.
#[must_use]
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = 0;
    let mut at = 0;
    let mut end_word = |from: usize, to: usize| {
        if from < to {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&text[from..to]);
        }
    };
    // Most texts are ASCII for long stretches; only other letters need to be decoded.
    while let Some(byte) = text.as_bytes().get(at) {
        let (white, length) = if byte.is_ascii() {
            (matches!(byte, b' ' | 9..=13), 1)
        } else {
            let letter = text[at..].chars().next();
            (letter.is_some_and(char::is_whitespace), letter.map_or(1, char::len_utf8))
        };
        if white {
            end_word(word, at);
            word = at + length;
        }
        at += length;
    }
    end_word(word, text.len());
    out
}

/// Where the first byte stands for which `wanted` holds. Bytes are looked at sixteen at a time, which processors do in one step
/// if `wanted` compares and joins with `|`; `matches!` and `||` make them look at one after the other.
#[must_use]
pub fn find_byte(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let (chunks, _) = bytes.as_chunks::<16>();
    let skipped = chunks.iter().take_while(|chunk| !chunk.iter().fold(false, |found, byte| found | wanted(*byte))).count() * 16;
    bytes[skipped..].iter().position(|byte| wanted(*byte)).map(|at| skipped + at)
}

/// The beginning of `text`, at most `limit` bytes and whole characters: where a sign is looked for, so that a flood of openers costs no more than
/// its length.
#[must_use]
pub fn window(text: &str, limit: usize) -> &str {
    let mut end = text.len().min(limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The first at most `limit` characters of `text`, cut after a whole word; the flag says whether something was cut.
#[must_use]
pub fn head(text: &str, limit: usize) -> (&str, bool) {
    match text.char_indices().nth(limit) {
        None => (text, false),
        Some((end, _)) => {
            let cut = text[..end].rfind(char::is_whitespace).filter(|at| *at > end / 2).unwrap_or(end);
            (text[..cut].trim_end(), true)
        }
    }
}

/// The last at most `limit` characters of `text`, cut before a whole word; the flag says whether something was cut.
#[must_use]
pub fn tail(text: &str, limit: usize) -> (&str, bool) {
    let count = text.chars().count();
    if count <= limit {
        return (text, false);
    }
    let start = text.char_indices().nth(count - limit).map_or(0, |(at, _)| at);
    let cut = text[start..].find(char::is_whitespace).map_or(start, |at| start + at);
    (text[cut..].trim_start(), true)
}

/// Whether a reader can be led there: `https://` or `http://` with something behind it, and no white space.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    let behind =
        |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)) && text.len() > scheme.len();
    (behind("https://") || behind("http://")) && !text.contains(|letter: char| letter.is_whitespace() || letter.is_control())
}

/// Letters that no reader sees and that change how a text is read or found: zero width, direction, the byte order mark.
#[must_use]
pub fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_found_in_and_after_chunks() {
        for at in [0, 3, 15, 16, 17, 31, 40] {
            let mut text = vec![b'a'; 41];
            text[at] = b'&';
            assert_eq!(find_byte(&text, |byte| byte == b'&'), Some(at));
        }
        assert_eq!(find_byte(&[b'a'; 33], |byte| byte == b'&'), None);
    }

    #[test]
    fn cuts_fall_between_words() {
        assert_eq!(head("one two three", 9), ("one two", true));
        assert_eq!(head("one", 9), ("one", false));
        assert_eq!(tail("one two three", 9), ("three", true));
        assert_eq!(squeeze(" a \n b"), "a b");
        assert_eq!(squeeze("Слово\u{a0}\u{2003}и\tдело"), "Слово и дело");
        assert_eq!(squeeze(" \n"), "");
    }
}
