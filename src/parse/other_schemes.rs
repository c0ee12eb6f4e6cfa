//! Schemes that editors type for ours: a longer or a shorter word, the name of the register, a word of their own language, a place on their disk.

use super::annotation::{ADDRESSES, SIGNS};
use crate::base::suggest::nearest;
use crate::model::entity::EntityKind;

/// Our scheme, and other words for it in small letters.
const NAMES: &[(&str, &[&str])] = &[
    ("person", &["pers", "people", "name", "persname", "who", "личность", "лицо", "personne"]),
    (
        "org",
        &[
            "organisation",
            "organization",
            "organisations",
            "organizations",
            "orgname",
            "institution",
            "body",
            "office",
            "körperschaft",
            "организация",
        ],
    ),
    ("place", &["location", "city", "town", "country", "placename", "geo", "ort", "lieu", "место", "город"]),
    ("periodical", &["journal", "newspaper", "magazine", "paper", "zeitung", "газета"]),
    ("event", &["occasion", "conference", "ereignis", "событие"]),
    ("cite", &["citation", "quote", "bib", "source", "ref", "lit", "цитата"]),
    ("date", &["day", "when", "time", "datum", "дата"]),
    ("at", &["see", "vol", "printed", "xref"]),
    ("page", &["pb", "p", "pp", "s", "seite", "стр", "с", "folio", "f"]),
    ("sic", &["corr", "correction", "error", "emendation"]),
    ("supplied", &["add", "added", "supply", "conjecture"]),
    ("unclear", &["illegible", "uncertain", "unreadable", "doubtful"]),
    ("gap", &["omission", "lacuna", "missing", "lost"]),
];

/// What to type for `[words](scheme:value)`, whose scheme is none of ours.
pub(super) fn instead(words: &str, scheme: &str, value: &str) -> String {
    let typed = scheme.to_lowercase();
    if let Some(file) = on_disk(&typed, value) {
        return format!("that is a place on a disk: type the way from this file to the other, as `[{words}]({file})`");
    }
    if matches!(typed.as_str(), "doc" | "document" | "letter" | "file" | "id") {
        return format!("a document is named by its file: type `[{words}]({value}.md)` with the way to it from this file");
    }
    let registers = || EntityKind::ALL.iter();
    let ours = NAMES.iter().find(|(_, names)| names.contains(&typed.as_str())).map(|(scheme, _)| *scheme);
    let ours = ours.or_else(|| registers().find(|(_, _, register)| *register == typed).map(|(_, scheme, _)| *scheme));
    let known = registers().map(|(_, name, _)| *name).chain(SIGNS.iter().map(|(name, _)| *name)).chain(ADDRESSES);
    match ours.or_else(|| nearest(&typed, known).filter(|near| typed.len() > 3 || near.len() == typed.len())) {
        Some(near) => format!("type `{near}:`"),
        None => "type a scheme of this program, as `person:`; an address begins with `https://`; a backslash before the bracket keeps all as words"
            .to_owned(),
    }
}

/// The file name of `C:\texts\d52.md` and `file:///C:/texts/d52.md`.
fn on_disk<'v>(scheme: &str, value: &'v str) -> Option<&'v str> {
    let disk = scheme.len() == 1 && value.starts_with(['\\', '/']) || scheme == "file" && value.starts_with("//");
    let name = value.rsplit(['/', '\\']).next().filter(|name| !name.is_empty())?;
    disk.then_some(name)
}
