//! Bibliography entries in words, in the plain form of documentary editions: *Title*, Vol. V, Moscow, 1961, pp. 276–77.

use super::escape::escape_html;
use crate::model::annotation::Cite;
use crate::model::entry::{Entry, Name};
use crate::model::theme::Words;

/// A cite: authors, title, volume, place, year, and where in it.
#[must_use]
pub fn cite(entry: &Entry, cite: &Cite, words: &Words) -> String {
    let mut parts = Vec::new();
    if !cite.suppress_author && !entry.authors.is_empty() {
        parts.push(escaped(&names(&entry.authors)));
    }
    parts.push(title(entry));
    parts.extend(volume(entry, words));
    parts.extend(entry.location.as_deref().map(escaped));
    parts.extend(year(entry));
    parts.extend(cite.locators.iter().map(|locator| escaped(&locator.printed)));
    parts.join(", ")
}

/// A whole entry for the bibliography.
#[must_use]
pub fn full(entry: &Entry, words: &Words) -> String {
    let mut parts = Vec::new();
    if !entry.authors.is_empty() {
        parts.push(escaped(&names(&entry.authors)));
    }
    parts.push(title(entry));
    if let Some(parent) = &entry.parent {
        parts.push(title(parent));
        parts.extend(volume(parent, words));
    }
    parts.extend(volume(entry, words));
    if !entry.editors.is_empty() {
        parts.push(escaped(&words.fill("edited_by_names", &[("names", &names(&entry.editors))])));
    }
    parts.extend(entry.edition.as_deref().map(escaped));
    let issue = entry.issue.as_ref().or(entry.parent.as_ref().and_then(|parent| parent.issue.as_ref()));
    parts.extend(issue.map(|number| escaped(&words.fill("issue", &[("number", number)]))));
    parts.extend([&entry.location, &entry.publisher].into_iter().flatten().map(|text| escaped(text)));
    parts.extend(year(entry));
    parts.extend(entry.pages.as_ref().map(|number| escaped(&words.fill("pages", &[("number", number)]))));
    let mut html = parts.join(", ");
    html.push('.');
    if let Some(url) = entry.url.as_deref() {
        html.push_str(&format!(" {}", super::facts::address(url, url)));
    }
    if let Some(note) = &entry.note {
        html.push_str(&format!(" {}", escaped(note)));
    }
    html
}

/// The title as the name of a work, with its language when it is not the edition's.
#[must_use]
pub fn title(entry: &Entry) -> String {
    let language =
        entry.language.as_deref().map(|language| format!(" lang=\"{}\"", escaped(&of_title(language, &entry.title)))).unwrap_or_default();
    format!("<i{language}>{}</i>", escaped(&entry.title))
}

/// The language of a title: a Russian title in Latin letters is `ru-Latn` (BCP 47, script subtag).
fn of_title(language: &str, title: &str) -> String {
    let own_script =
        matches!(language, "ru" | "uk" | "be" | "bg" | "sr" | "mk" | "el" | "hy" | "ka" | "he" | "yi" | "ar" | "fa" | "zh" | "ja" | "ko");
    let latin = title.chars().filter(|letter| letter.is_alphabetic()).all(|letter| letter < '\u{0370}');
    if own_script && latin { format!("{language}-Latn") } else { language.to_owned() }
}

fn volume(entry: &Entry, words: &Words) -> Option<String> {
    entry.volume.as_deref().map(|volume| escaped(&words.fill("volume", &[("number", volume)])))
}

fn year(entry: &Entry) -> Option<String> {
    entry.date.as_ref().map(|date| escaped(&date.printed))
}

fn names(names: &[Name]) -> String {
    names.iter().map(Name::straight).collect::<Vec<_>>().join(", ")
}

/// Text as HTML.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_html(text, &mut out);
    out
}
