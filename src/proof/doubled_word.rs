//! The same word twice, as “the the”, mostly at the end of a line.

use super::passage::{OBJECT, Word, words};
use super::{Passage, Setting};
use crate::base::path::ContentPath;
use crate::diag::{Code, Diagnostic, Label};

/// Words that a good sentence may have twice in a row, by language.
const RIGHT: [(&str, &[&str]); 4] = [
    (
        "en",
        &[
            "had", "that", "very", "her", "is", "was", "no", "so", "long", "far", "many", "more", "never", "hear", "who", "do", "you",
            "what", "hah", "ha", "oh", "now", "there", "well", "too", "again", "one", "what", "it", "on", "in", "as", "stop", "repeat",
            "quote", "unquote", "not", "thousand", "half", "much", "years", "over", "yes", "this", "him", "me", "some", "days",
        ],
    ),
    (
        "de",
        &[
            "die", "der", "das", "den", "dem", "sie", "ihr", "es", "des", "was", "wer", "uns", "sehr", "nach", "war", "nein", "ja", "so",
            "an", "auf", "zu", "mit", "für", "von", "vor", "aus", "dass", "daß", "wenn", "nie", "immer", "weit", "viele", "hört", "ihm",
        ],
    ),
    ("fr", &["nous", "vous", "non", "oui", "très", "bien", "en", "si", "tout", "plus", "jamais", "fait", "faire", "que", "se", "de"]),
    (
        "ru",
        &[
            "что",
            "это",
            "так",
            "да",
            "нет",
            "очень",
            "чуть",
            "едва",
            "еле",
            "только",
            "много",
            "тот",
            "кто",
            "как",
            "был",
            "все",
            "всё",
            "давно",
            "долго",
            "далеко",
            "никогда",
            "вот",
            "ну",
            "их",
            "его",
            "ее",
            "её",
            "они",
            "мы",
            "вы",
            "за",
            "по",
        ],
    ),
];

/// Looks through a passage. “Force would not be resorted to to coerce the States” is right: the first `to` belongs to its verb.
pub(super) fn run(path: &ContentPath, passage: &Passage, setting: &Setting, findings: &mut Vec<Diagnostic>) {
    let Some((_, right)) = RIGHT.iter().find(|(language, _)| setting.speaks(&[language])) else { return };
    if !may_be_twice(&passage.text) {
        return;
    }
    let english = setting.speaks(&["en"]);
    let (mut last, mut third): (Option<Word<'_>>, Option<Word<'_>>) = (None, None);
    for word in words(&passage.text) {
        if let Some(before) = last
            && is_twice(passage, before, word)
            && !right.contains(&word.text.to_lowercase().as_str())
            && !(english && word.text == "to" && third.is_some_and(|third| third.text.ends_with("ed")))
        {
            findings.push(
                Diagnostic::new(
                    Code::DoubledWord,
                    format!("`{}` stands twice", word.text),
                    Label::new(path, passage.span(before.at, word.end())),
                )
                .help(format!(
                    "remove one of the two; if the source has both, write `[{w}](<sic:{w} {w}>)`, or `\\` at the end of the first line",
                    w = word.text
                )),
            );
            (last, third) = (None, None);
            continue;
        }
        (third, last) = (last, Some(word));
    }
}

/// Whether a run of letters may be followed by the same letters; most passages have none, and need no closer look. Letters outside ASCII are
/// not compared, since they may be capitals; signs from U+0080 to U+00BF and from U+2000 on count as white space.
fn may_be_twice(text: &str) -> bool {
    let bytes = text.as_bytes();
    let alike = |(a, b): (&u8, &u8)| a.eq_ignore_ascii_case(b) || (*a >= 0x80 && *b >= 0x80);
    let (mut before, mut start, mut at): (&[u8], usize, usize) = (&[], 0, 0);
    while at <= bytes.len() {
        let byte = bytes.get(at).copied().unwrap_or(b' ');
        if byte.is_ascii_alphabetic() || (byte >= 0x80 && !matches!(byte, 0xc2 | 0xe2)) {
            at += 1;
            continue;
        }
        if start < at {
            let word = &bytes[start..at];
            if before.len() == word.len() && before.iter().zip(word).all(alike) {
                return true;
            }
            before = word;
        }
        at += match byte {
            0xc2 => 2,
            0xe2 => 3,
            _ => 1,
        };
        start = at;
    }
    false
}

/// The second is the first again, without capital, with nothing but white space between.
fn is_twice(passage: &Passage, before: Word<'_>, word: Word<'_>) -> bool {
    let between = &passage.text[before.end()..word.at];
    before.text.len() == word.text.len()
        && !between.is_empty()
        && between.chars().all(|letter| letter.is_whitespace() && letter != '\u{2028}')
        && before.text.to_lowercase() == word.text
        && word.text.chars().nth(1).is_some()
        && word.text.chars().all(char::is_alphabetic)
        && !word.text.contains(OBJECT)
        && !passage.has_edge(before.at + 1, word.end() - 1)
        // Parts of compounds: `Shih hu hu-tung`.
        && !passage.text[..before.at].ends_with(['-', '‑'])
        && !passage.text[word.end()..].starts_with(['-', '‑'])
}

#[cfg(test)]
mod tests {
    use super::may_be_twice;

    #[test]
    fn no_doubled_word_is_passed_over() {
        for twice in ["of the the man", "The the", "der\u{a0}der", "weil\u{2003}weil", "Быть быть", "Это\nэто", "à à", "“so “so"]
        {
            assert!(may_be_twice(twice), "{twice}");
        }
        for once in ["", "the man, then the other", "he’s here", "nach — dem", "Слово дело", "1922 1922"] {
            assert!(!may_be_twice(once), "{once}");
        }
    }
}
