//! The sentences for an annotation that was begun and is not read as one: `[words](person:lansing who` and `[words](sic:two words)`.

use super::pages;
use crate::base::slug::{is_id, slug};
use crate::model::entity::EntityKind;

/// What is wrong with a target, and what to type.
pub(super) struct Slip {
    pub(super) message: String,
    pub(super) help: String,
    /// Bytes of the target that are shown.
    pub(super) length: usize,
}

/// Words after an id that are more than a name: the bracket was forgotten, and the text goes on.
const MANY: usize = 4;

/// Explains `line`, which begins with `scheme:` behind the bracket and reaches to the end of the line.
pub(super) fn slip(scheme: &str, line: &str) -> Slip {
    let end = line.find(')').filter(|end| !line[..*end].contains('('));
    let named = EntityKind::is_scheme(scheme) || matches!(scheme, "at" | "cite" | "page");
    let inner = &line[scheme.len() + 1..end.unwrap_or(line.len())];
    let words: Vec<&str> = inner.split_whitespace().collect();
    let first = words.first().copied().unwrap_or_default().trim_end_matches([',', '.', ';', ':']);
    match end {
        Some(end) if !(named && words.len() > MANY && is_id(first)) => Slip {
            message: format!("this `{scheme}:` is not read as an annotation, since its target has blanks"),
            help: spaced(scheme, inner, &words),
            length: end,
        },
        None if first.ends_with(']') => Slip {
            message: format!("this `{scheme}:` is closed with `]` in place of `)`"),
            help: format!("type `({scheme}:{})`", first.trim_end_matches(']')),
            length: scheme.len() + 1 + inner.find(first).unwrap_or(0) + first.len(),
        },
        _ => {
            // Of an id the first word; of words, which may be many, only the scheme itself is certain.
            let target = if named || scheme == "date" { format!("{scheme}:{first}") } else { format!("{scheme}:") };
            let shown = scheme.len() + 1 + if named || scheme == "date" { inner.find(first).unwrap_or(0) + first.len() } else { 0 };
            Slip {
                message: format!("this `{scheme}:` is not closed: there is no `)` behind its target"),
                help: format!("type `)` where the target ends, as in `({target})`"),
                length: shown.min(line.len()),
            }
        }
    }
}

/// What to type for a target with blanks.
fn spaced(scheme: &str, inner: &str, words: &[&str]) -> String {
    match words {
        [] => format!("type `({scheme}:)` without blanks"),
        [only] => format!("remove the blank: `({scheme}:{only})`"),
        [key, rest @ ..] if scheme == "cite" => {
            let place = rest.join(" ");
            let place = place.trim_matches(['"', '“', '”', '„', '«', '»', '\'', '’', '‘']);
            format!("put the place in the work in quotation marks: `(cite:{} \"{place}\")`", key.trim_end_matches([',', ';', ':']))
        }
        _ if scheme == "page" && pages::without_word(inner.trim()) != inner.trim() => {
            format!("type the number alone: `(page:{})`", pages::without_word(inner.trim()))
        }
        _ if scheme == "at" && inner.contains('/') => {
            let (work, place) = inner.trim().split_once('/').unwrap_or((inner, ""));
            let place = pages::without_word(place.trim());
            let page = if place.len() < inner.trim().len() - work.len() - 1 { "p" } else { "" };
            format!("a place has no blanks: type `(at:{work}/{page}{})`", place.replace(' ', ""))
        }
        [work, place] if scheme == "at" && !inner.contains('/') => {
            format!("type a slash between the work and the place: `(at:{work}/{place})`")
        }
        _ if inner.trim_end().ends_with('"') && inner.contains(" \"") => {
            let (target, reason) = inner.split_once(" \"").unwrap_or((inner, ""));
            format!("type angle brackets around a target with blanks: `(<{scheme}:{}> \"{reason})`", target.trim())
        }
        _ if EntityKind::is_scheme(scheme) => format!("an id has no blanks: type `({scheme}:{})`, if that is meant", slug(inner)),
        _ => format!("type angle brackets around a target with blanks: `(<{scheme}:{}>)`", inner.trim()),
    }
}

/// What to type for `scheme` and what stands behind it without a colon.
pub(super) fn with_colon(scheme: &str, behind: &str) -> String {
    let value = behind.trim_matches([' ', ';', '/', '=', ',', '.', '-']);
    match scheme {
        _ if value.is_empty() => format!("type `({scheme}:…)` with what it names"),
        "sic" => format!("type `(<sic:{value}>)`"),
        "supplied" | "unclear" | "gap" => format!("type `({scheme}: \"{}\")`", value.trim_matches(['"', '“', '”'])),
        _ if EntityKind::is_scheme(scheme) && !is_id(value) => format!("type `({scheme}:{})`, if that id is meant", slug(value)),
        "date" if value.contains(' ') => format!("type `(<date:{value}>)`"),
        _ => format!("type `({scheme}:{value})`"),
    }
}
