//! Addresses: which file of the site holds what. An address is made from ids, never from titles or order.

use super::DocumentIndex;
use super::correspondence::Pair;
use crate::base::digest::Digest;
use crate::base::path::{ContentPath, OutputPath};
use crate::base::suggest::nearest;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::document::Summary;
use crate::model::entity::{Entity, EntityKind};
use crate::model::ledger::Tombstone;
use crate::parse::{Medium, Size};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// All addresses of the site.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Routes {
    /// For each document or page, its file.
    pub documents: Vec<OutputPath>,
    /// For each document or page, the file that shows its Markdown.
    pub sources: Vec<OutputPath>,
    /// Document id → document. Pages are not in it.
    pub by_id: BTreeMap<String, DocumentIndex>,
    /// Content file → document or page.
    pub by_file: BTreeMap<String, DocumentIndex>,
    /// Media files.
    pub media: BTreeMap<ContentPath, Published>,
    /// Registers that have entries.
    pub registers: BTreeSet<EntityKind>,
    /// Old addresses → documents.
    pub aliases: BTreeMap<OutputPath, DocumentIndex>,
    /// Addresses that were given up → their place among the tombstones.
    pub tombstones: BTreeMap<OutputPath, usize>,
}

/// A file that is published as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Where.
    pub path: OutputPath,
    /// Digest of its bytes.
    pub digest: Digest,
    /// Its size, when it is an image.
    pub size: Option<Size>,
}

impl Routes {
    /// The size of a published image.
    #[must_use]
    pub fn size(&self, path: &OutputPath) -> Option<Size> {
        self.media.get(&ContentPath::new(format!("content/{path}"))).and_then(|published| published.size)
    }

    /// A register entry's page.
    #[must_use]
    pub fn entity(entity: &Entity) -> OutputPath {
        OutputPath::new(format!("{}/{}.html", entity.kind.register(), entity.id))
    }

    /// A register's page.
    #[must_use]
    pub fn register(kind: EntityKind) -> OutputPath {
        OutputPath::new(format!("{}/index.html", kind.register()))
    }

    /// The page of a correspondence.
    #[must_use]
    pub fn correspondence(pair: &Pair) -> OutputPath {
        OutputPath::new(format!("correspondence/{}--{}.html", pair.0, pair.1))
    }
}

/// The chronology.
pub const CHRONOLOGY: &str = "chronology.html";
/// The rows of the chronology as data.
pub const CHRONOLOGY_JSON: &str = "chronology.json";
/// The rows that have a day, as a calendar.
pub const CHRONOLOGY_ICS: &str = "chronology.ics";
/// The days of the year through all years.
pub const ON_THIS_DAY: &str = "on-this-day.html";
/// The list of correspondences.
pub const CORRESPONDENCES: &str = "correspondence/index.html";
/// Longest name of a file on every common disk, in bytes.
const LONGEST: usize = 255;
/// Folders whose pages ibid names itself.
const OWN_FOLDERS: [&str; 4] = ["bibliography/", "chronology/", "correspondence/", "on-this-day/"];
/// The bibliography.
pub const BIBLIOGRAPHY: &str = "bibliography.html";
/// Wanted documents.
pub const WANTED: &str = "wanted.html";
/// The first page.
pub const HOME: &str = "index.html";
/// The state of the work, in a preview.
pub const REVIEW: &str = "review.html";
/// Shown for addresses that are not there.
pub const NOT_FOUND: &str = "404.html";

/// The file of a document or page.
#[must_use]
pub fn document(summary: &Summary) -> OutputPath {
    OutputPath::new(match (summary.page, summary.front.id.value.0.as_str()) {
        (true, "index") => HOME.to_owned(),
        (true, id) => format!("{id}.html"),
        (false, id) => format!("documents/{id}.html"),
    })
}

/// Lays out all addresses and reports those that collide.
pub fn lay(
    documents: &[Summary],
    entities: &BTreeMap<String, Entity>,
    media: &[Medium],
    tombstones: &[Tombstone],
    findings: &mut Vec<Diagnostic>,
) -> Routes {
    let mut routes = Routes::default();
    let mut taken: BTreeMap<String, Option<Label>> =
        [CHRONOLOGY, ON_THIS_DAY, BIBLIOGRAPHY, WANTED, REVIEW, HOME, NOT_FOUND].into_iter().map(|path| (path.to_owned(), None)).collect();
    for (index, summary) in documents.iter().enumerate() {
        let index = DocumentIndex(u32::try_from(index).unwrap_or(u32::MAX));
        let id = summary.front.id.value.0.as_str();
        let path = document(summary).as_str().to_owned();
        if !(summary.page && id == "index") {
            claim(&mut taken, documents, summary, &path, findings);
        }
        routes.sources.push(OutputPath::new(format!("source/{}", path.trim_start_matches("documents/"))));
        routes.documents.push(OutputPath::new(path));
        routes.by_file.insert(summary.file.as_str().to_owned(), index);
        if !summary.page {
            routes.by_id.entry(id.to_owned()).or_insert(index);
        }
    }
    for entity in entities.values() {
        routes.registers.insert(entity.kind);
        taken.entry(Routes::register(entity.kind).as_str().to_owned()).or_insert(None);
        taken.entry(Routes::entity(entity).as_str().to_lowercase()).or_insert_with(|| Some(Label::new(&entity.file, entity.span)));
    }
    for medium in media {
        let inside = medium.path.as_str().trim_start_matches("content/");
        if let Some(first) = taken.insert(folded(inside), Some(Label::file(&medium.path))).flatten() {
            let message = format!("`{}` and `{}` have one address on many disks", medium.path, first.file);
            findings
                .push(Diagnostic::new(Code::RouteCollision, message, Label::file(&medium.path)).help("give one of the two another name"));
        }
        let published = Published { path: OutputPath::new(inside), digest: medium.digest, size: medium.size };
        routes.media.insert(medium.path.clone(), published);
    }
    for source in &routes.sources {
        taken.entry(source.as_str().to_lowercase()).or_insert(None);
    }
    lay_aliases(documents, &mut routes, &mut taken, findings);
    lay_tombstones(tombstones, &mut routes, &mut taken, findings);
    routes
}

/// An address as disks compare it that do not tell small letters from capitals, or one form of an accented letter from the other.
fn folded(path: &str) -> String {
    crate::base::text::composed(path).to_lowercase()
}

/// Takes an address for a document or says who has it. Addresses that differ only by case are one on many disks.
fn claim(
    taken: &mut BTreeMap<String, Option<Label>>,
    documents: &[Summary],
    summary: &Summary,
    path: &str,
    findings: &mut Vec<Diagnostic>,
) {
    let label = Label::new(&summary.file, summary.front.id.span);
    match taken.get(&path.to_lowercase()) {
        None => {
            taken.insert(path.to_lowercase(), Some(label));
        }
        Some(Some(first)) => {
            let same_id = documents.iter().any(|other| other.file == first.file && other.front.id.value == summary.front.id.value);
            let (code, message) = if same_id {
                (Code::DuplicateId, format!("two documents have the id `{}`", summary.front.id.value))
            } else {
                (Code::RouteCollision, format!("two pages would be written to `{path}`"))
            };
            let finding = Diagnostic::new(code, message, label)
                .also(first.clone().saying("first used here"))
                .help("give one of the two another `id`");
            findings.push(finding);
        }
        Some(None) => findings.push(
            Diagnostic::new(Code::RouteCollision, format!("`{path}` is the address of a page that ibid writes itself"), label)
                .help("give this page another `id`"),
        ),
    }
}

fn lay_aliases(documents: &[Summary], routes: &mut Routes, taken: &mut BTreeMap<String, Option<Label>>, findings: &mut Vec<Diagnostic>) {
    for (index, summary) in documents.iter().enumerate() {
        for alias in &summary.front.aliases {
            let label = Label::new(&summary.file, alias.span);
            let Some(path) = old_address(&alias.value) else {
                findings.push(
                    Diagnostic::new(Code::RouteCollision, format!("`{}` cannot be an old address", alias.value), label)
                        .help(inside_the_site(&alias.value)),
                );
                continue;
            };
            if let Some(part) = path.split('/').find(|part| part.len() > LONGEST) {
                let message = format!("a name of {} bytes is too long for a file", part.len());
                let short =
                    Label::new(&summary.file, crate::base::span::Span { end: alias.span.end.min(alias.span.start + 60), ..alias.span });
                findings.push(
                    Diagnostic::new(Code::NameTooLong, message, short)
                        .help(format!("names have at most {LONGEST} bytes: remove this alias")),
                );
                continue;
            }
            if OWN_FOLDERS.iter().any(|folder| path.to_lowercase().starts_with(folder)) {
                let message = format!("the old address `{path}` is in a folder that ibid fills itself");
                findings.push(Diagnostic::new(Code::RouteCollision, message, label).help("remove this alias"));
                continue;
            }
            if let Some(first) = taken.get(&folded(&path)) {
                let mut finding =
                    Diagnostic::new(Code::RouteCollision, format!("the old address `{path}` is the address of a page"), label)
                        .help("remove this alias");
                finding.others.extend(first.clone().map(|first| first.saying("this page is there")));
                findings.push(finding);
                continue;
            }
            taken.insert(folded(&path), Some(label));
            routes.aliases.insert(OutputPath::new(path), DocumentIndex(u32::try_from(index).unwrap_or(u32::MAX)));
        }
    }
}

/// The file of an address as typed: `letters/1922`, `letters/1922.html` or a folder, `letters/`.
fn old_address(typed: &str) -> Option<String> {
    // `https://host/path` is no path: its host would become a folder.
    if typed.contains("://") || typed.starts_with("www.") {
        return None;
    }
    let typed = typed.trim_start_matches('/');
    let file = match typed {
        typed if typed.ends_with('/') => format!("{typed}index.html"),
        typed if typed.rsplit('/').next().is_some_and(|name| name.contains('.')) => typed.to_owned(),
        typed => format!("{typed}.html"),
    };
    crate::base::path::join("", &file).filter(|path| !path.is_empty() && path.ends_with(".html"))
}

/// What to type in place of an address with a host.
fn inside_the_site(typed: &str) -> String {
    let behind_host = typed.split_once("://").map_or(typed, |(_, rest)| rest).split_once('/').map(|(_, path)| path);
    let path = behind_host.filter(|_| typed.contains("://") || typed.starts_with("www.")).and_then(old_address);
    match path {
        Some(path) => format!("write the path inside the site, without the host and the folder of the edition: `{path}`"),
        None => "write a path inside the site, as `letters/1922-04-24.html`".to_owned(),
    }
}

/// A tombstone stands only where nothing else does.
fn lay_tombstones(stones: &[Tombstone], routes: &mut Routes, taken: &mut BTreeMap<String, Option<Label>>, findings: &mut Vec<Diagnostic>) {
    for (at, stone) in stones.iter().enumerate() {
        let label = Label::new(&stone.file, stone.address.span);
        let Some(path) = old_address(&stone.address.value) else {
            let message = format!("`{}` cannot be the address of a page", stone.address.value);
            findings.push(
                Diagnostic::new(Code::RouteCollision, message, label).help("write a path inside the site, as `documents/1922-04-24.html`"),
            );
            continue;
        };
        if let Some(first) = taken.get(&path.to_lowercase()) {
            let message = format!("`{path}` is given up, but a page is there");
            let mut finding = Diagnostic::new(Code::RouteCollision, message, label).help("remove this tombstone");
            finding.others.extend(first.clone().map(|first| first.saying("this page is there")));
            findings.push(finding);
            continue;
        }
        for id in stone.see.iter().filter(|id| !routes.by_id.contains_key(&id.value)) {
            let near = nearest(&id.value, routes.by_id.keys().map(String::as_str).collect::<BTreeSet<_>>());
            let help = near.map_or_else(|| "name a document of the edition by its id".to_owned(), |near| format!("use `{near}`"));
            let message = format!("there is no document `{}`", id.value);
            findings.push(Diagnostic::new(Code::UnknownDocument, message, Label::new(&stone.file, id.span)).help(help));
        }
        taken.insert(path.to_lowercase(), Some(label));
        routes.tombstones.insert(OutputPath::new(path), at);
    }
}
