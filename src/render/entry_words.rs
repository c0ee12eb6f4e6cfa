//! Titles of works in the words of the source block.

use super::escape::escape_html;
use crate::model::entry::Entry;

/// The title as the name of a work, with its language when it is not the edition's.
#[must_use]
pub fn title(entry: &Entry) -> String {
    let language =
        entry.language.as_deref().map(|language| format!(" lang=\"{}\"", escaped(&of_title(language, &entry.title)))).unwrap_or_default();
    format!("<i{language}>{}</i>", escaped(&entry.title))
}

/// The language of a title: a Russian title in Latin letters is `ru-Latn` (BCP 47, script subtag).
pub(super) fn of_title(language: &str, title: &str) -> String {
    let own_script =
        matches!(language, "ru" | "uk" | "be" | "bg" | "sr" | "mk" | "el" | "hy" | "ka" | "he" | "yi" | "ar" | "fa" | "zh" | "ja" | "ko");
    let latin = title.chars().filter(|letter| letter.is_alphabetic()).all(|letter| letter < '\u{0370}');
    if own_script && latin { format!("{language}-Latn") } else { language.to_owned() }
}

/// Text as HTML.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_html(text, &mut out);
    out
}
