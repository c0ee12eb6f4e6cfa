//! Scripts of words: which letters are not Latin, and which languages are written in them. A table, not Unicode's whole data.

use serde::{Deserialize, Serialize};

/// A script other than Latin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are those of ISO 15924")]
pub enum Script {
    Cyrillic,
    Greek,
    Armenian,
    Georgian,
    Hebrew,
    Arabic,
    Han,
    Kana,
    Hangul,
}

/// Script, its code in ISO 15924, the languages mostly written in it.
const SCRIPTS: [(Script, &str, &[&str]); 9] = [
    (Script::Cyrillic, "Cyrl", &["ru", "uk", "be", "bg", "mk", "sr", "cu", "kk", "ky", "mn", "tg", "tt", "ba", "cv", "os", "ab"]),
    (Script::Greek, "Grek", &["el", "grc"]),
    (Script::Armenian, "Armn", &["hy", "hyw"]),
    (Script::Georgian, "Geor", &["ka"]),
    (Script::Hebrew, "Hebr", &["he", "yi", "lad"]),
    (Script::Arabic, "Arab", &["ar", "fa", "ur", "ps", "ota", "ckb", "ug"]),
    (Script::Han, "Hani", &["zh", "ja"]),
    (Script::Kana, "Hrkt", &["ja"]),
    (Script::Hangul, "Kore", &["ko"]),
];

impl Script {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        SCRIPTS.iter().map(|(script, ..)| *script)
    }

    /// The script of a letter; `None` for Latin letters, digits, signs and spaces.
    #[must_use]
    pub fn of(letter: char) -> Option<Self> {
        match letter {
            '\u{0400}'..='\u{052F}' | '\u{1C80}'..='\u{1C8F}' | '\u{2DE0}'..='\u{2DFF}' | '\u{A640}'..='\u{A69F}' => Some(Self::Cyrillic),
            '\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}' => Some(Self::Greek),
            '\u{0531}'..='\u{058A}' => Some(Self::Armenian),
            '\u{10A0}'..='\u{10FF}' | '\u{1C90}'..='\u{1CBF}' => Some(Self::Georgian),
            '\u{0591}'..='\u{05F4}' => Some(Self::Hebrew),
            '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => Some(Self::Arabic),
            '\u{3040}'..='\u{30FF}' => Some(Self::Kana),
            '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' => Some(Self::Han),
            '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7A3}' => Some(Self::Hangul),
            _ => None,
        }
    }

    /// Whether a language is written in it: `ru`, `ru-RU`, `sr-Cyrl`, but not `ru-Latn`.
    #[must_use]
    pub fn writes(self, language: &str) -> bool {
        let mut parts = language.split('-');
        let main = parts.next().unwrap_or_default();
        let stated = parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
        let (_, code, languages) = self.row();
        match stated {
            Some(stated) => stated.eq_ignore_ascii_case(code),
            None => languages.contains(&main),
        }
    }

    /// Whether words in it may be in a language, whatever script its tag states: a work in `ru-Latn` shows that the edition knows Russian.
    #[must_use]
    pub fn can_write(self, language: &str) -> bool {
        self.row().2.contains(&language.split('-').next().unwrap_or_default())
    }

    /// What can be said of words in it when nobody says their language: the language if only one is written so, else `und-Cyrl` and the like.
    #[must_use]
    pub fn undetermined(self) -> String {
        let (_, code, languages) = self.row();
        match languages {
            [only] => (*only).to_owned(),
            ["el" | "hy", _] => languages[0].to_owned(),
            _ => format!("und-{code}"),
        }
    }

    fn row(self) -> (Self, &'static str, &'static [&'static str]) {
        SCRIPTS[self as usize]
    }
}

/// What a blank is called that is not the common one: `a no-break space`.
#[must_use]
pub fn blank_name(blank: char) -> &'static str {
    match blank {
        '\t' => "a tab",
        '\u{a0}' => "a no-break space",
        '\u{202f}' => "a narrow no-break space",
        '\u{3000}' => "a blank of full width",
        _ => "an uncommon blank",
    }
}

/// Letters that look alike: Latin, Cyrillic.
pub const ALIKE: [(char, char); 27] = [
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'У'),
    ('k', 'к'),
    ('i', 'і'),
    ('I', 'І'),
    ('s', 'ѕ'),
    ('S', 'Ѕ'),
    ('j', 'ј'),
    ('J', 'Ј'),
    ('m', 'м'),
];

/// Small Latin letters and the Greek ones that look like them.
const ALIKE_GREEK: [(char, char); 9] =
    [('a', 'α'), ('e', 'ε'), ('i', 'ι'), ('k', 'κ'), ('o', 'ο'), ('p', 'ρ'), ('u', 'υ'), ('v', 'ν'), ('x', 'χ')];

/// The Latin letter or common sign that a letter of another script, or one of full width, is easily taken for; `None` for all others.
#[must_use]
pub fn latin_double(letter: char) -> Option<char> {
    let wide = u32::from(letter).wrapping_sub(0xFF01) < 0x5E;
    match letter {
        '\u{400}'..='\u{52f}' => ALIKE.iter().find(|(_, other)| *other == letter).map(|(latin, _)| *latin),
        '\u{370}'..='\u{3ff}' => ALIKE_GREEK.iter().find(|(_, other)| *other == letter).map(|(latin, _)| *latin),
        _ if wide => char::from_u32(u32::from(letter) - 0xFEE0),
        _ => None,
    }
}

/// Why `typed` is not `meant` although it looks the same: `the first letter is a Cyrillic “к”`. `None` when they look different, or are the same.
#[must_use]
pub fn strange_letters(typed: &str, meant: &str) -> Option<String> {
    if typed.chars().count() != meant.chars().count() {
        return None;
    }
    let mut strange = Vec::new();
    for (at, (own, other)) in typed.chars().zip(meant.chars()).enumerate() {
        match latin_double(own) {
            _ if own == other => {}
            Some(double) if double.eq_ignore_ascii_case(&other) => strange.push((at, own)),
            _ if own.eq_ignore_ascii_case(&other) => {}
            _ => return None,
        }
    }
    let (at, letter) = *strange.first()?;
    let kind = |letter| match Script::of(letter) {
        Some(Script::Greek) => "Greek",
        Some(_) => "Cyrillic",
        None => "full-width",
    };
    let place = match at {
        0 => "the first letter".to_owned(),
        1 => "the second letter".to_owned(),
        2 => "the third letter".to_owned(),
        _ => format!("letter {}", at + 1),
    };
    let shown: Vec<String> = strange.iter().map(|(_, letter)| format!("“{letter}”")).collect();
    Some(match strange.as_slice() {
        [_] => format!("{place} is a {} “{letter}”", kind(letter)),
        _ => format!("{} letters of it are {}: {}", strange.len(), kind(letter), shown.join(", ")),
    })
}

/// Cuts a text where the script changes. A run of a script begins and ends with its letters; what stands between two of its words and is
/// no letter of another script belongs to it: `ф. 5, д. 12` is one run.
#[must_use]
pub fn runs(text: &str) -> Vec<(Option<Script>, &str)> {
    let mut runs = Vec::new();
    let mut from = 0;
    let mut open: Option<(Script, usize, usize)> = None;
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        match (Script::of(letter), open) {
            (Some(script), Some((own, begin, _))) if script == own => open = Some((own, begin, end)),
            (Some(script), before) => {
                if let Some((own, begin, last)) = before {
                    close(text, &mut runs, &mut from, (own, begin, last));
                }
                open = Some((script, at, end));
            }
            // A combining mark goes with its letter.
            (None, Some((own, begin, last))) if last == at && ('\u{0300}'..='\u{036F}').contains(&letter) => open = Some((own, begin, end)),
            (None, Some(run)) if letter.is_alphabetic() => {
                close(text, &mut runs, &mut from, run);
                open = None;
            }
            (None, _) => {}
        }
    }
    if let Some(run) = open {
        close(text, &mut runs, &mut from, run);
    }
    if from < text.len() {
        runs.push((None, &text[from..]));
    }
    runs
}

fn close<'t>(text: &'t str, runs: &mut Vec<(Option<Script>, &'t str)>, from: &mut usize, (script, begin, end): (Script, usize, usize)) {
    if *from < begin {
        runs.push((None, &text[*from..begin]));
    }
    runs.push((Some(script), &text[begin..end]));
    *from = end;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let shown = |(script, words): (Option<Script>, &str)| match script {
            Some(script) => format!("[{}:{words}]", script.row().1),
            None => words.to_owned(),
        };
        runs(text).into_iter().map(shown).collect()
    }

    #[test]
    fn runs_begin_and_end_with_letters() {
        for (text, expected) in [
            ("plain words", "plain words"),
            ("see «Правда», № 5, с. 3.", "see «[Cyrl:Правда», № 5, с]. 3."),
            ("РГАСПИ, ф. 5, оп. 1", "[Cyrl:РГАСПИ, ф. 5, оп]. 1"),
            ("Ленин (Lenin) писал", "[Cyrl:Ленин] (Lenin) [Cyrl:писал]"),
            ("λόγος и слово", "[Grek:λόγος] [Cyrl:и слово]"),
            ("й\u{306}.", "[Cyrl:й\u{306}]."),
            ("", ""),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn letters_that_look_alike_are_named() {
        assert_eq!(strange_letters("кind", "kind").as_deref(), Some("the first letter is a Cyrillic “к”"));
        assert_eq!(strange_letters("letеr", "leter").as_deref(), Some("letter 4 is a Cyrillic “е”"));
        assert_eq!(strange_letters("аbс", "abc").as_deref(), Some("2 letters of it are Cyrillic: “а”, “с”"));
        assert_eq!(strange_letters("ｋind", "kind").as_deref(), Some("the first letter is a full-width “ｋ”"));
        assert_eq!([strange_letters("kind", "kind"), strange_letters("kimd", "kind"), strange_letters("Kind", "kind")], [None, None, None]);
    }

    #[test]
    fn languages_have_scripts() {
        assert!(Script::Cyrillic.writes("ru") && Script::Cyrillic.writes("sr-Cyrl") && Script::Cyrillic.writes("uk-UA"));
        assert!(!Script::Cyrillic.writes("ru-Latn") && !Script::Cyrillic.writes("en"));
        assert_eq!(Script::Cyrillic.undetermined(), "und-Cyrl");
        assert_eq!(Script::Greek.undetermined(), "el");
    }
}
