//! Measures of plain text: shortening at word borders, white space.

/// White space runs as one space, none at the ends.
#[must_use]
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
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

/// Letters that no reader sees and that change how a text is read or found: zero width, direction, the byte order mark.
#[must_use]
pub fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_fall_between_words() {
        assert_eq!(head("one two three", 9), ("one two", true));
        assert_eq!(head("one", 9), ("one", false));
        assert_eq!(tail("one two three", 9), ("three", true));
        assert_eq!(squeeze(" a \n b"), "a b");
    }
}
