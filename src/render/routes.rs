//! All pages of the site, and what each template is given.

use super::World;
use super::chronology::Timeline;
use super::chronology::this_day::{self, DayPage};
use super::divisions::Divisions;
use super::document::direction;
use super::page_input::{Content, LinkInput, NotFoundInput, PageInput, RedirectInput, SourceInput};
use super::{citing, correspondence, document, home, mentions, parts, registers, review, source_view, works};
use crate::base::path::OutputPath;
use crate::load::File;
use crate::model::entity::EntityKind;
use crate::resolve::correspondence::Pair;
use crate::resolve::routes::{BIBLIOGRAPHY, CHRONOLOGY, CORRESPONDENCES, HOME, NOT_FOUND, ON_THIS_DAY, REVIEW, Routes, WANTED};
use crate::resolve::{DocumentIndex, Drafts, Site};
use serde::{Deserialize, Serialize};

/// A page to be rendered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Where it is written.
    pub path: OutputPath,
    /// What it shows.
    pub subject: Subject,
}

/// What a page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say all")]
pub enum Subject {
    Document(DocumentIndex),
    Text(DocumentIndex),
    Source(DocumentIndex),
    Chronology,
    Sheet(usize),
    ThisDay(Option<DayPage>),
    Correspondence(Pair, usize),
    Correspondences,
    Register(EntityKind, usize),
    Entity(String, usize),
    Bibliography,
    Work(String, usize),
    Wanted,
    Home,
    NotFound,
    Redirect(DocumentIndex),
    Withdrawn(usize),
    Review,
}

/// Every page of the site. An edition without bibliography or wanted documents has no such page.
#[must_use]
pub fn pages(site: &Site, timeline: &Timeline, divisions: &Divisions) -> Vec<Page> {
    let parts_of = |first: &OutputPath| divisions.get(first.as_str()).map_or(1, |division| division.cuts.len());
    let mut pages = Vec::new();
    let mut add = |path: OutputPath, subject: Subject| pages.push(Page { path, subject });
    add(OutputPath::new(HOME), Subject::Home);
    add(OutputPath::new(NOT_FOUND), Subject::NotFound);
    add(OutputPath::new(CHRONOLOGY), Subject::Chronology);
    for (at, sheet) in timeline.sheets.pages.iter().enumerate() {
        add(sheet.path.clone(), Subject::Sheet(at));
    }
    if !timeline.this_day.is_empty() {
        add(OutputPath::new(ON_THIS_DAY), Subject::ThisDay(None));
    }
    for (path, days) in timeline.this_day.pages() {
        add(path, Subject::ThisDay(Some(days)));
    }
    for pair in site.correspondences.keys() {
        let first = Routes::correspondence(pair);
        for part in 0..parts_of(&first) {
            add(parts::path(&first, part), Subject::Correspondence(pair.clone(), part));
        }
    }
    if !site.correspondences.is_empty() {
        add(OutputPath::new(CORRESPONDENCES), Subject::Correspondences);
    }
    if !site.entries.is_empty() {
        add(OutputPath::new(BIBLIOGRAPHY), Subject::Bibliography);
    }
    for (key, first) in citing::apart(site) {
        for part in 0..parts_of(&first) {
            add(parts::path(&first, part), Subject::Work(key.to_owned(), part));
        }
    }
    if has_wanted(site) {
        add(OutputPath::new(WANTED), Subject::Wanted);
    }
    for (index, summary) in (0_u32..).zip(&site.documents) {
        let (at, index) = (index as usize, DocumentIndex(index));
        let path = site.routes.documents[at].clone();
        let subject = if summary.page { Subject::Text(index) } else { Subject::Document(index) };
        if path.as_str() != HOME {
            add(path, subject);
        }
        add(site.routes.sources[at].clone(), Subject::Source(index));
    }
    for kind in &site.routes.registers {
        for part in 0..registers::parts_of_register(site, *kind) {
            add(parts::path(&Routes::register(*kind), part), Subject::Register(*kind, part));
        }
    }
    for entity in site.entities.values() {
        let first = Routes::entity(entity);
        for part in 0..parts_of(&first) {
            add(parts::path(&first, part), Subject::Entity(entity.id.clone(), part));
        }
    }
    for (path, index) in &site.routes.aliases {
        add(path.clone(), Subject::Redirect(*index));
    }
    for (path, at) in &site.routes.tombstones {
        add(path.clone(), Subject::Withdrawn(*at));
    }
    if *site.drafts == Drafts::Shown {
        add(OutputPath::new(REVIEW), Subject::Review);
    }
    pages
}

/// Whether notes refer to documents or pages that the edition does not hold.
pub(super) fn has_wanted(site: &Site) -> bool {
    site.back.wanted.keys().any(|work| site.entries.contains_key(work))
}

/// The input of one page.
#[must_use]
pub fn input(world: &World<'_>, timeline: &Timeline, divisions: &Divisions, page: &Page) -> PageInput {
    let (site, words, path) = (world.site, &world.theme.words, &page.path);
    let mut input = PageInput {
        kind: "page",
        path: path.as_str().to_owned(),
        menu: String::new(),
        root: path.to_top(),
        title: String::new(),
        description: String::new(),
        language: site.config.language.clone(),
        direction: direction(&site.config.language),
        canonical: site.config.public_url.as_ref().map(|url| format!("{url}{}", canonical_path(path))),
        ruler: None,
        cite: None,
        meta: Vec::new(),
        json_ld: String::new(),
        content: Content::NotFound(NotFoundInput { home: String::new(), style: String::new() }),
    };
    match &page.subject {
        Subject::Document(index) => fill_document(&mut input, world, timeline, path, *index),
        Subject::Text(index) => {
            input.title.clone_from(&site.documents[index.at()].front.title.value);
            input.description.clone_from(&site.documents[index.at()].opening);
            input.content = Content::Page(document::text(world, path, *index));
        }
        Subject::Source(index) => fill_source(&mut input, world, path, *index),
        Subject::Chronology | Subject::Sheet(_) | Subject::ThisDay(_) => fill_time(&mut input, world, timeline, path, &page.subject),
        Subject::Correspondence(pair, part) => {
            let division = divisions.get(Routes::correspondence(pair).as_str());
            let content = correspondence::page(site, words, timeline, path, pair, (division, *part));
            (input.kind, input.title) = ("correspondence", parts::title(words, &correspondence::title(site, words, pair), *part));
            (input.menu, input.description) = (CHRONOLOGY.to_owned(), described(site, &input.title, &content.summary));
            input.content = Content::Correspondence(Box::new(content));
        }
        Subject::Correspondences => {
            let content = correspondence::list(site, words, path);
            (input.kind, input.title) = ("correspondences", words.get("correspondences").to_owned());
            (input.menu, input.description) = (CHRONOLOGY.to_owned(), described(site, &input.title, &content.summary));
            input.content = Content::Correspondences(content);
        }
        Subject::Register(kind, part) => {
            let content = registers::register(site, words, path, *kind, *part);
            (input.kind, input.title) = ("register", parts::title(words, words.get(kind.register()), *part));
            input.menu = Routes::register(*kind).as_str().to_owned();
            input.description = described(site, &input.title, &content.summary);
            input.content = Content::Register(content);
        }
        Subject::Entity(id, part) => fill_entity(&mut input, (world, timeline, divisions), path, id, *part),
        Subject::Bibliography => fill_bibliography(&mut input, world, path),
        Subject::Work(key, part) => fill_work(&mut input, (world, divisions), path, key, *part),
        Subject::Wanted => fill_wanted(&mut input, world, path),
        Subject::Home => {
            (input.kind, input.title, input.menu) = ("home", site.config.title.clone(), HOME.to_owned());
            input.description = site.config.description.clone().or_else(|| site.config.subtitle.clone()).unwrap_or_default();
            input.content = Content::Home(Box::new(home::home(world, timeline, path)));
        }
        Subject::NotFound => fill_not_found(&mut input, world),
        Subject::Redirect(index) => {
            let target = mentions::document_link(site, words, path, *index);
            (input.kind, input.title) = ("redirect", target.title.clone());
            input.canonical = site.config.public_url.as_ref().map(|url| format!("{url}{}", site.routes.documents[index.at()]));
            input.content = Content::Redirect(RedirectInput { target });
        }
        Subject::Withdrawn(at) => review::fill_withdrawn(&mut input, world, path, *at),
        Subject::Review => review::fill(&mut input, world, path),
    }
    super::citation::block::fill(&mut input, world, path, &page.subject);
    input
}

/// A list for search engines: its name, what is in it, of which edition.
fn described(site: &Site, title: &str, summary: &str) -> String {
    format!("{title}: {summary}. {}", site.config.title)
}

/// The pages of time: charts, rows, days of the year.
fn fill_time(input: &mut PageInput, world: &World<'_>, timeline: &Timeline, path: &OutputPath, subject: &Subject) {
    let (site, words) = (world.site, &world.theme.words);
    input.menu = CHRONOLOGY.to_owned();
    if let Subject::ThisDay(days) = subject {
        let content = match days {
            None => this_day::calendar(timeline, site, words, path),
            Some(days) => this_day::days(timeline, site, words, path, *days),
        };
        input.kind = "this_day";
        input.title = days.map_or_else(|| words.get("on_this_day").to_owned(), |days| this_day::title(words, days));
        input.description = described(site, &input.title, &content.summary);
        input.content = Content::ThisDay(content);
        return;
    }
    let (title, content) = match subject {
        Subject::Sheet(at) => (timeline.sheet_title(words, *at), timeline.sheet(site, words, path, *at)),
        _ => (words.get("chronology").to_owned(), timeline.chronology(site, words, path)),
    };
    (input.kind, input.title) = ("chronology", title);
    input.description = described(site, &input.title, &content.summary);
    input.content = Content::Chronology(Box::new(content));
}

/// A folder's page is addressed by the folder.
pub(super) fn canonical_path(path: &OutputPath) -> &str {
    path.as_str().strip_suffix("index.html").unwrap_or(path.as_str())
}

fn fill_document(input: &mut PageInput, world: &World<'_>, timeline: &Timeline, path: &OutputPath, index: DocumentIndex) {
    let (site, words) = (world.site, &world.theme.words);
    let summary = &site.documents[index.at()];
    input.kind = "document";
    input.title.clone_from(&summary.front.title.value);
    input.menu = CHRONOLOGY.to_owned();
    input.description = summary.front.summary.clone().unwrap_or_else(|| summary.opening.clone());
    input.ruler = timeline.ruler(site, summary, path, words);
    input.content = Content::Document(Box::new(document::document(world, path, index)));
}

fn fill_source(input: &mut PageInput, world: &World<'_>, path: &OutputPath, index: DocumentIndex) {
    let (site, words) = (world.site, &world.theme.words);
    let summary = &site.documents[index.at()];
    let bytes = world.inputs.content_file(&summary.file).map(File::bytes_for_once).unwrap_or_default();
    let text = std::str::from_utf8(&bytes).unwrap_or_default();
    input.kind = "source";
    input.title = format!("{} · {}", summary.front.title.value, words.get("markdown"));
    let document = LinkInput {
        href: path.link_to(&site.routes.documents[index.at()], None).as_str().to_owned(),
        title: summary.front.title.value.clone(),
        date: String::new(),
    };
    input.content = Content::Source(SourceInput { document, file: summary.file.as_str().to_owned(), html: source_view::marked(text) });
}

fn fill_entity(
    input: &mut PageInput,
    (world, timeline, divisions): (&World<'_>, &Timeline, &Divisions),
    path: &OutputPath,
    id: &str,
    part: usize,
) {
    let (site, words) = (world.site, &world.theme.words);
    let Some(entity) = site.entities.get(id) else { return };
    let division = divisions.get(Routes::entity(entity).as_str());
    let content = registers::entity(site, words, timeline, path, entity, (division, part));
    input.kind = "entity";
    input.title = parts::title(words, &entity.name, part);
    input.menu = Routes::register(entity.kind).as_str().to_owned();
    input.description = match &entity.identification {
        Some(identification) => format!("{}: {identification}", entity.name),
        None => described(site, &entity.name, words.get(entity.kind.register())),
    };
    input.content = Content::Entity(Box::new(content));
}

/// The page for unknown addresses is served at any depth, so it carries its own style, and links by the public address where there is one.
fn fill_not_found(input: &mut PageInput, world: &World<'_>) {
    let (site, words) = (world.site, &world.theme.words);
    let public = site.config.public_url.clone();
    let css = |name: &str| world.theme.files.get(name).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    let fonts = public.as_ref().map_or_else(|| "url(theme/fonts/".to_owned(), |url| format!("url({url}theme/fonts/"));
    let style = format!("{}{}", css("style.css"), css("tokens.css")).replace("url(fonts/", &fonts);
    (input.kind, input.title, input.canonical) = ("not_found", words.get("not_found").to_owned(), None);
    input.content = Content::NotFound(NotFoundInput { home: public.unwrap_or_else(|| HOME.to_owned()), style });
}

fn fill_bibliography(input: &mut PageInput, world: &World<'_>, path: &OutputPath) {
    let words = &world.theme.words;
    let content = works::bibliography(world, path);
    (input.kind, input.title, input.menu) = ("bibliography", words.get("bibliography").to_owned(), BIBLIOGRAPHY.to_owned());
    input.description = described(world.site, &input.title, &content.summary);
    input.content = Content::Bibliography(content);
}

fn fill_work(input: &mut PageInput, (world, divisions): (&World<'_>, &Divisions), path: &OutputPath, key: &str, part: usize) {
    let words = &world.theme.words;
    let first = parts::first(path, part);
    let division = divisions.get(first.as_str());
    let Some(content) = citing::work(world, words, path, &first, key, (division, part)) else { return };
    (input.kind, input.title) = ("work", parts::title(words, &content.title, part));
    input.menu = BIBLIOGRAPHY.to_owned();
    input.description = described(world.site, &input.title, &content.summary);
    input.content = Content::Work(content);
}

fn fill_wanted(input: &mut PageInput, world: &World<'_>, path: &OutputPath) {
    let words = &world.theme.words;
    let content = works::wanted(world, path);
    (input.kind, input.title, input.menu) = ("wanted", words.get("wanted").to_owned(), WANTED.to_owned());
    input.description = described(world.site, &input.title, &content.summary);
    input.content = Content::Wanted(content);
}
