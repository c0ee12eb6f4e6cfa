//! Words of any script as the ASCII of an id or an address: the door to the transliteration table.
//!
//! Slugs are part of public addresses: the table's version is pinned and the list below may not change.

/// `Георгий Чичерин` → `georgiy-chicherin`; letters of other scripts are transliterated, apostrophes dropped, the rest joined by `-`.
#[must_use]
pub fn slug(text: &str) -> String {
    let ascii = any_ascii::any_ascii(text);
    let mut out = String::with_capacity(ascii.len());
    for letter in ascii.chars() {
        match letter {
            'a'..='z' | '0'..='9' => out.push(letter),
            'A'..='Z' => out.push(letter.to_ascii_lowercase()),
            '\'' | '`' => {}
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    out
}

/// Whether `text` has the form of an id: `[a-z0-9-]+`, not beginning or ending with `-`.
#[must_use]
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_addresses_stays() {
        let cases = [
            ("Letter to Stalin, April 24", "letter-to-stalin-april-24"),
            ("Письмо к съезду", "pismo-k-sezdu"),
            ("Müller & Söhne", "muller-sohne"),
            ("  --x--  ", "x"),
            ("Ельцин", "eltsin"),
        ];
        for (text, expected) in cases {
            assert_eq!(slug(text), expected);
        }
    }
}
