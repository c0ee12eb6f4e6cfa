//! What bytes that are no UTF-8 probably are: a guess for the words of a finding, by which bytes occur and whether they stand in rows.

use std::collections::BTreeSet;

/// Names an 8-bit or 16-bit encoding.
pub(super) fn likely(bytes: &[u8]) -> &'static str {
    let marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    if marked || bytes.iter().take(400).filter(|byte| **byte == 0).count() > 40 {
        return "UTF-16";
    }
    let strange = strange(bytes);
    let count = strange.iter().map(|row| row.len()).sum::<usize>().max(1);
    let share = |low: u8, top: u8| strange.iter().copied().flatten().filter(|byte| (low..=top).contains(*byte)).count() * 100 / count;
    // Words of another alphabet are rows of such bytes; in Latin text they stand alone.
    let in_rows = strange.iter().filter(|row| row.len() > 2).map(|row| row.len()).sum::<usize>();
    if in_rows * 2 > count {
        // Small Cyrillic letters stand at E0–FF in windows-1251, at C0–DF in KOI8-R, at A0–AF and E0–EF in CP866.
        return match (share(0xA0, 0xAF), share(0xE0, 0xFF), share(0xC0, 0xDF)) {
            (dos, ..) if dos > 30 => "CP866",
            (_, windows, koi) if windows >= koi => "windows-1251",
            _ => "KOI8-R",
        };
    }
    if share(0x80, 0x9F) > 0 { "windows-1252" } else { "ISO-8859-1" }
}

/// Whether other letters of the file are UTF-8: then only a piece of it is not.
pub(super) fn is_mixed(bytes: &[u8]) -> bool {
    let good: usize = bytes.utf8_chunks().map(|chunk| chunk.valid().chars().filter(|letter| !letter.is_ascii()).count()).sum();
    let bad: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    good > bad
}

/// The rows of bytes beyond ASCII in which something is no UTF-8: some pairs of letters of an older encoding happen to be.
fn strange(bytes: &[u8]) -> Vec<&[u8]> {
    let mut at = 0;
    let wrong: BTreeSet<usize> = bytes
        .utf8_chunks()
        .map(|chunk| {
            at += chunk.valid().len() + chunk.invalid().len();
            at - chunk.invalid().len()
        })
        .filter(|at| *at < bytes.len())
        .collect();
    let mut begin = 0;
    let rows = bytes.split(u8::is_ascii).map(|row| {
        let start = begin;
        begin += row.len() + 1;
        (start, row)
    });
    rows.filter(|(start, row)| wrong.range(*start..start + row.len()).next().is_some()).map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_by_their_letters() {
        // “Товарищу Сталину” and “телеграмма”.
        let cases: [(&str, &[u8], &[u8]); 3] = [
            ("windows-1251", b"\xD2\xEE\xE2\xE0\xF0\xE8\xF9\xF3 \xD1\xF2\xE0\xEB\xE8\xED\xF3", b"\xF2\xE5\xEB\xE5\xE3\xF0\xE0\xEC\xEC\xE0"),
            ("KOI8-R", b"\xF4\xCF\xD7\xC1\xD2\xC9\xDD\xD5 \xF3\xD4\xC1\xCC\xC9\xCE\xD5", b"\xD4\xC5\xCC\xC5\xC7\xD2\xC1\xCD\xCD\xC1"),
            ("CP866", b"\x92\xAE\xA2\xA0\xE0\xA8\xE9\xE3 \x91\xE2\xA0\xAB\xA8\xAD\xE3", b"\xE2\xA5\xAB\xA5\xA3\xE0\xA0\xAC\xAC\xA0"),
        ];
        for (name, text, word) in cases {
            assert_eq!(likely(text), name);
            let pasted = ["A telegram “to Stalin”, ".as_bytes(), word].concat();
            assert_eq!((likely(&pasted), is_mixed(&pasted)), (name, false));
        }
        let french = b"une d\xE9p\xEAche du pr\xE9sident";
        assert_eq!((likely(french), likely(b"\x93quoted\x94")), ("ISO-8859-1", "windows-1252"));
        let mixed = [french.as_slice(), "“Dépêche” — “télégramme”".as_bytes()].concat();
        assert!(is_mixed(&mixed) && !is_mixed(french));
        assert_eq!(likely(b"\xFF\xFEa\0b\0"), "UTF-16");
    }
}
