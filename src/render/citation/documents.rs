//! Pages of the edition and the places they were printed in, as things that can be cited.
//!
//! A page is cited as Founders Online has it, in two layers: this edition's page, then the source it was printed from. Nothing is invented:
//! what is not known is left out, and the day of reading is nobody's business but the reader's.

use crate::base::path::OutputPath;
use crate::base::slug::slug;
use crate::base::span::Spanned;
use crate::formats::edtf;
use crate::model::citable::{CHANGED, Citable};
use crate::model::config::Revisions;
use crate::model::date::Date;
use crate::model::document::{Embedded, FrontMatter, Party, Role, StatedIn, Summary};
use crate::model::entity::EntityKind;
use crate::model::entry::Name;
use crate::model::revision::Moment;
use crate::model::source::PrintedSource;
use crate::model::theme::Words;
use crate::render::facts;
use crate::resolve::order::principal_date;
use crate::resolve::routes::HOME;
use crate::resolve::{DocumentIndex, Site};

/// The address of a page, when the edition has a public one.
#[must_use]
pub fn address(site: &Site, page: &OutputPath) -> Option<String> {
    // A folder's page is addressed by the folder.
    let path = page.as_str().strip_suffix("index.html").unwrap_or(page.as_str());
    site.config.public_url.as_ref().map(|url| format!("{url}{path}"))
}

/// Something on this edition's page at `page`, with a title.
fn on_page(site: &Site, id: &str, page: &OutputPath, title: &str) -> Citable {
    let config = &site.config;
    let mut made = Citable::new(id, "document");
    made.text("title", Some(title));
    made.text("container-title", Some(config.title.as_str()).filter(|edition| *edition != title));
    made.text("version", config.version.as_ref());
    made.date(CHANGED, config.version_date.as_ref().filter(|_| config.version.is_some()));
    made.text("URL", address(site, page));
    made.text("language", Some(&config.language));
    made
}

/// Where the edition states no date of its version, the day on which this text was last changed.
fn dated(made: &mut Citable, site: &Site, words: &Words, changed: Option<&Moment>) {
    if site.config.revisions == Revisions::Hidden || made.dates.contains_key(CHANGED) {
        return;
    }
    let day = changed.map(|moment| moment.day.to_string()).and_then(|day| Some(Date::new(&day, edtf::read(&day).ok()?)));
    if let Some(day) = day {
        made.date(CHANGED, Some(&day));
        made.text("status", Some(words.get("cite_changed")));
    }
}

/// The whole edition: as new as the newest of its texts.
#[must_use]
pub fn edition(site: &Site, words: &Words) -> Citable {
    let mut made = page(site, &OutputPath::new(HOME), &site.config.title);
    made.id = slug(&site.config.short_title);
    dated(&mut made, site, words, site.revisions.iter().filter_map(|revision| revision.changed.as_ref()).max());
    made
}

/// A text of the editors.
#[must_use]
pub fn text(site: &Site, words: &Words, path: &OutputPath, title: &str, index: DocumentIndex) -> Citable {
    let mut made = page(site, path, title);
    dated(&mut made, site, words, site.revisions[index.at()].changed.as_ref());
    made
}

/// A page of the edition that is no document: a register, the chronology. Nobody recorded when it changed.
#[must_use]
pub fn page(site: &Site, page: &OutputPath, title: &str) -> Citable {
    let mut made = on_page(site, page.as_str(), page, title);
    made.text("publisher", site.config.publisher.as_ref());
    if made.get("container-title").is_none() {
        "book".clone_into(&mut made.kind);
        made.people("editor", site.config.editors.iter().map(|name| editor(site, name)).collect());
    }
    made
}

/// A document as this edition's page has it.
#[must_use]
pub fn document(site: &Site, words: &Words, index: DocumentIndex) -> Citable {
    let (summary, page) = (&site.documents[index.at()], &site.routes.documents[index.at()]);
    let front = &summary.front;
    let mut made = on_page(site, &front.id.value.0, page, undated_title(summary));
    dated(&mut made, site, words, site.revisions[index.at()].changed.as_ref());
    made.text("publisher", site.config.publisher.as_ref());
    made.people("author", parties(site, front.author.iter()));
    made.date("issued", principal_date(summary));
    made.text("language", front.language.as_ref());
    made
}

/// A document inside a document.
#[must_use]
pub fn embedded(site: &Site, words: &Words, index: DocumentIndex, part: &Embedded) -> Citable {
    let (summary, page) = (&site.documents[index.at()], &site.routes.documents[index.at()]);
    let mut made = on_page(site, &part.id.value, page, &facts::embedded_name(site, words, part));
    dated(&mut made, site, words, site.revisions[index.at()].changed.as_ref());
    made.people("author", parties(site, part.author.iter()));
    made.date("issued", part.date.as_ref().and_then(|event| event.date.as_ref()));
    made.text("language", summary.front.language.as_ref());
    made.text("URL", address(site, page).map(|url| format!("{url}#{}", crate::base::path::percent(&part.id.value))));
    made
}

/// The title without the day at its end, when that is the day the citation states anyway. A title that stands on the document stays whole.
#[must_use]
pub fn undated_title(summary: &Summary) -> &str {
    let title = summary.front.title.value.as_str();
    let Some(date) = principal_date(summary).filter(|_| !summary.front.title_of_document) else { return title };
    let stated = summary.stated_dates.iter().find(|stated| stated.place == StatedIn::Title && stated.date.edtf == date.edtf);
    let short = stated.and_then(|stated| title.strip_suffix(stated.date.printed.as_str())).map(|rest| rest.trim_end_matches([',', ' ']));
    short.filter(|short| !short.is_empty() && !short.ends_with(['(', '['])).unwrap_or(title)
}

/// The work a document was printed from, with the volume that is said of it; `None` when no work is named.
#[must_use]
pub fn printed(site: &Site, source: &PrintedSource) -> Option<Citable> {
    let entry = source.work.as_ref().and_then(|work| site.entries.get(&work.value))?;
    let mut made = super::works::citable(entry);
    made.text("volume", source.volume.as_ref());
    made.text("edition", source.edition.as_ref());
    made.texts.remove("URL");
    Some(made)
}

/// The same as the place where something stands, for styles that list works: the work is the container of what has no title of its own.
#[must_use]
pub fn held(work: &Citable, pages: Option<&str>) -> Citable {
    // Of a paper that is dated to the day, that number.
    let number = work.kind == "periodical" && work.issued().is_some_and(Date::is_one_day);
    let mut made = Citable { kind: if number { "article-newspaper" } else { "chapter" }.to_owned(), ..work.clone() };
    let title = made.texts.remove("title");
    made.texts.remove("title-short");
    made.texts.remove("original-title");
    made.text("container-title", title);
    made.text("page", pages);
    if let Some(authors) = made.names.remove("author") {
        made.people("container-author", authors);
    }
    made
}

/// Names of parties: persons in parts, bodies and words as printed as a whole. Unknown ones are left out.
pub fn parties<'a>(site: &Site, parties: impl Iterator<Item = &'a Party>) -> Vec<Name> {
    parties.filter_map(|party| name(site, party)).collect()
}

fn name(site: &Site, party: &Party) -> Option<Name> {
    let entity = party.entity.as_ref().and_then(|id| site.entities.get(&id.value));
    match (entity, &party.printed) {
        (Some(entity), _) => Some(entity_name(&entity.sort, &entity.name, entity.kind)),
        (None, Some(printed)) => Some(Name { family: printed.clone(), given: None }),
        (None, None) => None,
    }
}

fn entity_name(sort: &str, shown: &str, kind: EntityKind) -> Name {
    let read = Name::read(sort);
    if kind == EntityKind::Person && read.given.is_some() { read } else { Name { family: shown.to_owned(), given: None } }
}

/// An editor of the edition: an id of a register, `Family, Given`, or a name as a whole.
#[must_use]
pub fn editor(site: &Site, typed: &str) -> Name {
    match site.entities.get(typed) {
        Some(entity) => entity_name(&entity.sort, &entity.name, entity.kind),
        None => Name::read(typed),
    }
}

/// Those a document is addressed to.
#[must_use]
pub fn recipients(site: &Site, front: &FrontMatter) -> Vec<Name> {
    parties(site, front.to.iter().filter(|party| matches!(party.role, Role::To | Role::For)))
}

/// The key of the work a document was printed from.
#[must_use]
pub fn work_of(front: &FrontMatter) -> Option<&Spanned<String>> {
    front.source.as_ref().and_then(|source| source.work.as_ref())
}
