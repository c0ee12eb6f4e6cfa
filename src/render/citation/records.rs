//! Documents for reference managers: everything that is known of one, as a thing with CSL variables, and the files that hold it.

use super::{Citations, block, documents, works};
use crate::base::path::OutputPath;
use crate::formats::{bibtex, csl_json, ris};
use crate::model::citable::{CONTAINER_ISSUED, Citable};
use crate::model::config::Export;
use crate::model::document::{FrontMatter, Summary};
use crate::model::entry::Name;
use crate::model::theme::Words;
use crate::render::page_input::Download;
use crate::render::{Artifact, World, facts};
use crate::resolve::order::principal_date;
use crate::resolve::{DocumentIndex, Site};

/// Kind of a document, CSL type. What is addressed to somebody is a letter whatever it is called.
const TYPES: [(&str, &str); 12] = [
    ("letter", "personal_communication"),
    ("telegram", "personal_communication"),
    ("report", "report"),
    ("memorandum", "report"),
    ("article", "article-newspaper"),
    ("speech", "speech"),
    ("diary", "manuscript"),
    ("draft", "manuscript"),
    ("decree", "legislation"),
    ("treaty", "treaty"),
    ("interview", "interview"),
    ("pamphlet", "pamphlet"),
];

/// The CSL type of a document.
#[must_use]
pub fn csl_type(front: &FrontMatter) -> &'static str {
    if !front.to.is_empty() {
        return "personal_communication";
    }
    let kind = front.kind.as_ref().map_or("", |kind| kind.value.as_str());
    let other = if documents::work_of(front).is_some() { "chapter" } else { "document" };
    TYPES.iter().find(|(own, _)| *own == kind).map_or(other, |(_, csl)| csl)
}

/// Everything that is known of a document.
#[must_use]
pub fn document(citations: &Citations, site: &Site, words: &Words, index: DocumentIndex) -> Citable {
    let (summary, page) = (&site.documents[index.at()], &site.routes.documents[index.at()]);
    let front = &summary.front;
    let mut made = Citable::new(&front.id.value.0, csl_type(front));
    made.text("title", Some(&front.title.value));
    made.text("title-short", front.short_title.as_ref());
    made.text("genre", front.kind.as_ref().map(|kind| facts::kind_word(site, words, &kind.value)));
    made.people("author", documents::parties(site, front.author.iter()));
    made.people("recipient", documents::recipients(site, front));
    made.people("translator", translators(site, front));
    made.date("issued", principal_date(summary));
    made.text("language", Some(front.language.as_ref().unwrap_or(&site.config.language)));
    made.text("abstract", front.summary.as_ref());
    made.text("keyword", Some(front.keywords.join(", ")));
    made.text("license", front.rights.as_ref().or(site.config.rights.as_ref()).map(|rights| rights.url.as_ref().unwrap_or(&rights.text)));
    made.text("URL", documents::address(site, page));
    made.text("source", Some(&site.config.title));
    made.text("version", site.config.version.as_ref());
    place(&mut made, site, summary);
    made.text("note", Some(block::source_text(citations, site, index)));
    made
}

/// Where it was printed and where it is kept.
fn place(made: &mut Citable, site: &Site, summary: &Summary) {
    let front = &summary.front;
    match front.source.as_ref().and_then(|source| Some((source, documents::printed(site, source)?))) {
        Some((source, work)) => {
            made.text("container-title", work.get("title"));
            for variable in ["volume", "edition", "publisher", "publisher-place", "collection-title", "collection-number", "ISBN"] {
                made.text(variable, work.get(variable));
            }
            made.people("editor", work.named("editor").to_vec());
            made.people("container-author", work.named("author").to_vec());
            made.text("page", source.pages.as_ref());
            made.text("number", source.number.as_ref());
            made.date(CONTAINER_ISSUED, work.issued());
        }
        None => {
            made.text("container-title", Some(&site.config.title));
            made.text("publisher", site.config.publisher.as_ref());
            made.people("editor", site.config.editors.iter().map(|name| documents::editor(site, name)).collect());
        }
    }
    if let Some(archive) = &front.archive {
        made.text("archive", archive.repository.as_ref());
        made.text("archive_collection", archive.collection.as_ref());
        let place = [&archive.fonds, &archive.inventory, &archive.file, &archive.leaves];
        made.text("archive_location", Some(place.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")));
        made.text("call-number", archive.shelfmark.as_ref());
    }
}

fn translators(site: &Site, front: &FrontMatter) -> Vec<Name> {
    let said = front.translation.as_ref().map_or_else(Vec::new, |translation| documents::parties(site, translation.by.iter()));
    if !said.is_empty() {
        return said;
    }
    front.responsibility.iter().filter(|who| who.did == "translated").map(|who| documents::editor(site, &who.who)).collect()
}

/// Ending of a file, what it is called, its media type.
#[must_use]
pub fn kind(export: Export) -> (&'static str, &'static str, &'static str) {
    match export {
        Export::Bibtex => ("bib", "BibTeX", "application/x-bibtex"),
        Export::Ris => ("ris", "RIS", "application/x-research-info-systems"),
        Export::CslJson => ("csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json"),
    }
}

fn print(export: Export, items: &[Citable]) -> String {
    match export {
        Export::Bibtex => bibtex::print(items),
        Export::Ris => ris::print(items),
        Export::CslJson => csl_json::print(items),
    }
}

/// Downloads of the files whose names begin as `stem` does, from the page `page`.
#[must_use]
pub fn downloads(site: &Site, page: &OutputPath, stem: &str) -> Vec<Download> {
    let link = |export: &Export| {
        let (ending, title, media_type) = kind(*export);
        let href = page.link_to(&OutputPath::new(format!("{stem}.{ending}")), None).as_str().to_owned();
        Download { href, title: title.to_owned(), media_type: media_type.to_owned() }
    };
    site.config.exports.iter().map(link).collect()
}

/// The stem of the files of the whole edition.
pub const EDITION: &str = "edition";
/// The stem of the files of its bibliography.
pub const BIBLIOGRAPHY: &str = "bibliography";

fn file(stem: &str, export: Export, items: &[Citable]) -> Artifact {
    Artifact { path: OutputPath::new(format!("{stem}.{}", kind(export).0)), bytes: print(export, items).into_bytes() }
}

/// The files of one document; a page about the edition has none.
#[must_use]
pub fn of_document(world: &World<'_>, index: DocumentIndex) -> Vec<Artifact> {
    let (site, words) = (world.site, &world.theme.words);
    if site.documents[index.at()].page || site.config.exports.is_empty() {
        return Vec::new();
    }
    let path = site.routes.documents[index.at()].as_str();
    let stem = path.strip_suffix(".html").unwrap_or(path);
    let item = document(world.citations, site, words, index);
    site.config.exports.iter().map(|export| file(stem, *export, std::slice::from_ref(&item))).collect()
}

/// The files of the whole edition and of its works.
#[must_use]
pub fn files(world: &World<'_>) -> Vec<Artifact> {
    let (site, words) = (world.site, &world.theme.words);
    if site.config.exports.is_empty() {
        return Vec::new();
    }
    let all: Vec<Citable> = site.order.time.iter().map(|index| document(world.citations, site, words, *index)).collect();
    let mut entries: Vec<_> = site.entries.values().collect();
    entries.sort_by_key(|entry| world.citations.number(&entry.key));
    let entries: Vec<Citable> = entries.into_iter().map(works::citable).collect();
    let mut files = Vec::new();
    for export in &site.config.exports {
        if !all.is_empty() {
            files.push(file(EDITION, *export, &all));
        }
        if !entries.is_empty() {
            files.push(file(BIBLIOGRAPHY, *export, &entries));
        }
    }
    files
}
