//! Addresses: which file of the site holds what. An address is made from ids, never from titles or order.

use super::DocumentIndex;
use super::correspondence::Pair;
use crate::base::digest::Digest;
use crate::base::path::{ContentPath, OutputPath};
use crate::diag::{Code, Diagnostic, Label};
use crate::model::document::Summary;
use crate::model::entity::{Entity, EntityKind};
use crate::parse::{Medium, Size};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// All addresses of the site.
#[derive(Debug, Default, Serialize)]
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
}

/// A file that is published as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
/// Folders whose pages ibid names itself.
const OWN_FOLDERS: [&str; 3] = ["chronology/", "correspondence/", "on-this-day/"];
/// The bibliography.
pub const BIBLIOGRAPHY: &str = "bibliography.html";
/// Wanted documents.
pub const WANTED: &str = "wanted.html";
/// The first page.
pub const HOME: &str = "index.html";
/// Shown for addresses that are not there.
pub const NOT_FOUND: &str = "404.html";

/// Lays out all addresses and reports those that collide.
pub fn lay(documents: &[Summary], entities: &BTreeMap<String, Entity>, media: &[Medium], findings: &mut Vec<Diagnostic>) -> Routes {
    let mut routes = Routes::default();
    let mut taken: BTreeMap<String, Option<Label>> =
        [CHRONOLOGY, ON_THIS_DAY, BIBLIOGRAPHY, WANTED, HOME, NOT_FOUND].into_iter().map(|path| (path.to_owned(), None)).collect();
    for (index, summary) in documents.iter().enumerate() {
        let index = DocumentIndex(u32::try_from(index).unwrap_or(u32::MAX));
        let id = summary.front.id.value.0.as_str();
        let path = match (summary.page, id) {
            (true, "index") => HOME.to_owned(),
            (true, id) => format!("{id}.html"),
            (false, id) => format!("documents/{id}.html"),
        };
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
    }
    for medium in media {
        let inside = medium.path.as_str().trim_start_matches("content/");
        let published = Published { path: OutputPath::new(inside), digest: medium.digest, size: medium.size };
        routes.media.insert(medium.path.clone(), published);
    }
    lay_aliases(documents, &mut routes, &mut taken, findings);
    routes
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
            let typed = alias.value.trim_start_matches('/');
            let file = match typed {
                typed if typed.ends_with('/') => format!("{typed}index.html"),
                typed if typed.rsplit('/').next().is_some_and(|name| name.contains('.')) => typed.to_owned(),
                typed => format!("{typed}.html"),
            };
            let Some(path) = crate::base::path::join("", &file).filter(|path| !path.is_empty() && path.ends_with(".html")) else {
                findings.push(
                    Diagnostic::new(Code::RouteCollision, format!("`{}` cannot be an old address", alias.value), label)
                        .help("write a path inside the site, as `letters/1922-04-24.html`"),
                );
                continue;
            };
            if OWN_FOLDERS.iter().any(|folder| path.to_lowercase().starts_with(folder)) {
                let message = format!("the old address `{path}` is in a folder that ibid fills itself");
                findings.push(Diagnostic::new(Code::RouteCollision, message, label).help("remove this alias"));
                continue;
            }
            if let Some(first) = taken.get(&path.to_lowercase()) {
                let mut finding =
                    Diagnostic::new(Code::RouteCollision, format!("the old address `{path}` is the address of a page"), label)
                        .help("remove this alias");
                finding.others.extend(first.clone().map(|first| first.saying("this page is there")));
                findings.push(finding);
                continue;
            }
            taken.insert(path.to_lowercase(), Some(label));
            routes.aliases.insert(OutputPath::new(path), DocumentIndex(u32::try_from(index).unwrap_or(u32::MAX)));
        }
    }
}
