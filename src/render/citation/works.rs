//! Works of the bibliography as things that can be cited.

use crate::model::citable::Citable;
use crate::model::entry::Entry;

/// Kind of a work, kind of the work that holds it (empty: any), CSL type.
const TYPES: [(&str, &str, &str); 34] = [
    ("article", "newspaper", "article-newspaper"),
    ("article", "proceedings", "paper-conference"),
    ("article", "conference", "paper-conference"),
    ("article", "blog", "post-weblog"),
    ("article", "", "article-journal"),
    ("anthos", "", "chapter"),
    ("chapter", "", "chapter"),
    ("entry", "", "entry-encyclopedia"),
    ("report", "", "report"),
    ("thesis", "", "thesis"),
    ("web", "", "webpage"),
    ("thread", "", "post"),
    ("post", "blog", "post-weblog"),
    ("post", "", "post"),
    ("blog", "", "post-weblog"),
    ("scene", "", "motion_picture"),
    ("video", "", "motion_picture"),
    ("audio", "", "song"),
    ("artwork", "", "graphic"),
    ("exhibition", "", "document"),
    ("patent", "", "patent"),
    ("case", "", "legal_case"),
    ("newspaper", "", "periodical"),
    ("periodical", "", "periodical"),
    ("legislation", "", "legislation"),
    ("manuscript", "", "manuscript"),
    ("original", "", "book"),
    ("performance", "", "performance"),
    ("repository", "", "software"),
    ("anthology", "", "collection"),
    ("proceedings", "", "book"),
    ("reference", "", "book"),
    ("conference", "", "book"),
    ("book", "", "book"),
];

/// Fields of entries that are CSL variables under another name: our name, theirs.
const MORE: [(&str, &str); 13] = [
    ("archive", "archive"),
    ("archive-location", "archive_location"),
    ("call-number", "call-number"),
    ("genre", "genre"),
    ("chapter", "chapter-number"),
    ("volume-total", "number-of-volumes"),
    ("page-total", "number-of-pages"),
    ("organization", "authority"),
    ("rights", "license"),
    ("medium", "medium"),
    ("event-place", "event-place"),
    ("section", "section"),
    ("dimensions", "dimensions"),
];

/// The CSL type of an entry.
#[must_use]
pub fn csl_type(entry: &Entry) -> &'static str {
    let holder = entry.parent.as_ref().map_or("", |parent| parent.kind.as_str());
    let found = TYPES.iter().find(|(kind, held, _)| *kind == entry.kind && (held.is_empty() || *held == holder));
    found.map_or("document", |(.., csl)| csl)
}

/// A work as a thing that can be cited.
#[must_use]
pub fn citable(entry: &Entry) -> Citable {
    let mut made = Citable::new(&entry.key, csl_type(entry));
    made.text("title", Some(&entry.title));
    made.text("title-short", entry.short_title.as_ref());
    made.text("original-title", entry.title_original.as_ref());
    made.text("language", entry.language.as_ref());
    made.people("author", entry.authors.clone());
    made.people("editor", entry.editors.clone());
    made.people("translator", entry.translators.clone());
    made.date("issued", entry.date.as_ref());
    made.text("page", entry.pages.as_ref());
    made.text("URL", entry.url.as_ref());
    for (name, value) in &entry.serials {
        match name.as_str() {
            "doi" => made.text("DOI", Some(value.trim_start_matches("https://doi.org/"))),
            "isbn" => made.text("ISBN", Some(value)),
            "issn" => made.text("ISSN", Some(value)),
            "serial" => made.text("number", Some(value)),
            _ => {}
        }
    }
    for (name, csl) in MORE {
        made.text(csl, entry.more.iter().find(|(own, _)| own == name).map(|(_, value)| value));
    }
    own(&mut made, entry);
    let mut outer = entry.parent.as_deref();
    let held = matches!(
        made.kind.as_str(),
        "article-newspaper"
            | "article-journal"
            | "paper-conference"
            | "chapter"
            | "entry-encyclopedia"
            | "post-weblog"
            | "post"
            | "webpage"
            | "document"
    );
    if let Some(container) = outer.filter(|_| held) {
        made.text("container-title", Some(&container.title));
        made.text("container-title-short", container.short_title.as_ref());
        own(&mut made, container);
        if !container.authors.is_empty() {
            made.people("container-author", container.authors.clone());
        }
        if made.named("editor").is_empty() {
            made.people("editor", container.editors.clone());
        }
        if made.issued().is_none() {
            made.date("issued", container.date.as_ref());
        }
        outer = container.parent.as_deref();
    }
    if let Some(series) = outer {
        made.text("collection-title", Some(&series.title));
        made.text("collection-number", series.volume.as_ref().or(series.issue.as_ref()));
        made.people("collection-editor", series.editors.clone());
    }
    made
}

/// What a work says of its own appearance, where it was not said before.
fn own(made: &mut Citable, entry: &Entry) {
    let mut add = |variable: &'static str, value: Option<&String>| {
        if made.get(variable).is_none() {
            made.text(variable, value);
        }
    };
    add("publisher", entry.publisher.as_ref());
    add("publisher-place", entry.location.as_ref());
    add("volume", entry.volume.as_ref());
    add("edition", entry.edition.as_ref());
    add("issue", entry.issue.as_ref());
}

/// The family name by which a work may be taken for another: of its first author, editor or translator; else its title.
#[must_use]
pub fn likeness(citable: &Citable) -> &str {
    let first = ["author", "editor", "translator"].into_iter().find_map(|role| citable.named(role).first());
    first.map_or_else(|| citable.get("title").unwrap_or_default(), |name| name.family.as_str())
}
