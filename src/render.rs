//! The fourth stage: `Site` → artifacts. The only room that knows HTML.

pub mod chronology;
pub mod citation;
pub mod citing;
pub mod correspondence;
pub mod date_words;
pub mod divisions;
pub mod document;
pub mod entry_words;
pub mod escape;
mod facsimiles;
mod facts;
pub mod feed;
pub mod highlight;
pub mod home;
pub mod host_files;
pub mod html;
mod inline;
pub mod languages;
pub mod mentions;
pub mod notes;
pub mod page_input;
pub mod parts;
pub mod registers;
mod review;
mod revision;
pub mod routes;
mod sanitise;
pub mod source_view;
pub mod templates;
pub mod works;

use crate::base::later::Later;
use crate::base::path::{ContentPath, OutputPath};
use crate::base::watch::{self, Fact, Facts, Reads, State, Watched};
use crate::diag::{Checked, Code, Diagnostic, Label};
use crate::load::Inputs;
use crate::model::theme::Theme;
use crate::resolve::routes::{CHRONOLOGY_ICS, CHRONOLOGY_JSON};
use crate::resolve::{DocumentIndex, Site};
use chronology::Timeline;
use citation::Citations;
use divisions::Divisions;
use page_input::EditionInput;
use parts::Division;
use rayon::prelude::*;
use routes::Page;
use std::collections::BTreeMap;
use std::sync::Arc;
use templates::Templates;

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Where, under `output/`.
    pub path: OutputPath,
    /// Its contents.
    pub bytes: Vec<u8>,
}

impl Artifact {
    fn text(path: impl Into<String>, text: String) -> Self {
        Self { path: OutputPath::new(path), bytes: text.into_bytes() }
    }
}

/// Everything rendering reads.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// The edition.
    pub site: &'a Site,
    /// Its theme.
    pub theme: &'a Theme,
    /// The files as they are on the disk: media to copy, Markdown to show.
    pub inputs: &'a Inputs,
    /// Cites, entries and blocks.
    pub citations: &'a Citations,
}

/// Makes files that belong to the edition as a whole.
type MakeForEdition = fn(&Workshop<'_>) -> Vec<Artifact>;

/// Makes files that belong to one document.
type MakeForDocument = fn(&Workshop<'_>, DocumentIndex) -> Vec<Artifact>;

/// Files that are made together, once for the edition: their name, and what makes them. A new kind of file for the whole edition is a line here.
const EDITION_FILES: &[(&str, MakeForEdition)] = &[
    ("chronology as data", chronology_data),
    ("feeds", |shop| {
        feed::feeds(shop.world.site, &shop.world.theme.words).into_iter().map(|(path, xml)| Artifact::text(path, xml)).collect()
    }),
    ("files for hosts", |shop| {
        host_files::files(shop.world.site, &shop.pages).into_iter().map(|(path, text)| Artifact::text(path, text)).collect()
    }),
    ("files for reference managers", |shop| citation::records::files(&shop.world)),
    ("theme files", theme_files),
    ("media", media_files),
];

/// Files that are made for each document beside its page. A new kind of file for documents is a line here.
const DOCUMENT_FILES: &[(&str, MakeForDocument)] =
    &[("files for reference managers", |shop, index| citation::records::of_document(&shop.world, index))];

/// A piece of work that makes one or several files, and is done again only when something it read has changed.
#[derive(Clone, Debug)]
pub enum Work {
    /// One page, by its place among the pages.
    Page(usize),
    /// A line of [`EDITION_FILES`].
    Edition(usize),
    /// A line of [`DOCUMENT_FILES`] for a document.
    Document(usize, DocumentIndex),
}

/// What all files are made with: the compiled theme and what pages share.
pub struct Workshop<'a> {
    /// The edition, its theme, its files.
    pub world: World<'a>,
    /// Every page.
    pub pages: Watched<Vec<Page>>,
    /// What each page is about: facts and their states, in the order of the pages.
    subjects: Arc<Reads>,
    templates: Templates,
    timeline: Arc<Later<Timeline>>,
    divisions: Divisions,
    /// Facts that every page has read: theme, menus, the layout of time, styles and works.
    shared: [(Fact, State); 4],
}

/// What is used again by the next build, if nothing it was made from has changed.
#[derive(Default)]
#[allow(missing_docs, reason = "the names say all")]
pub struct Memory {
    pub edition: Option<Memo<EditionInput>>,
    pub timeline: Option<Memo<Timeline>>,
    pub divisions: Option<Memo<BTreeMap<String, Division>>>,
    pub pages: Option<Memo<Vec<Page>>>,
    subjects: Option<(State, Arc<Reads>)>,
    templates: Option<(State, Templates)>,
}

/// A value with what was read to make it.
pub struct Memo<T> {
    /// What was read.
    pub reads: Reads,
    /// State of the value.
    pub state: State,
    /// The value.
    pub value: Arc<Later<T>>,
}

impl<T: serde::Serialize> Memo<T> {
    /// The known value, or a new one when something it was made from has changed.
    fn renew(known: Option<Self>, facts: &Facts, make: impl FnOnce() -> T) -> Self {
        known.filter(|known| !known.reads.is_empty() && unchanged(&known.reads, facts)).unwrap_or_else(|| {
            let (value, reads) = watch::record(make);
            Self { reads, state: watch::state(&value), value: Arc::new(Later::now(value)) }
        })
    }
}

/// Whether everything that was read is what it was.
#[must_use]
pub fn unchanged(reads: &[(Fact, State)], facts: &Facts) -> bool {
    reads.iter().all(|(fact, state)| facts.get(fact).copied().unwrap_or(watch::ABSENT) == *state)
}

impl<'a> Workshop<'a> {
    /// Compiles the theme and lays out all pages. `known` are the site's facts; the theme's are added.
    ///
    /// # Errors
    /// What is wrong with the theme.
    pub fn open(world: World<'a>, known: &mut Facts, memory: &mut Memory) -> Result<Self, Box<Diagnostic>> {
        let site = world.site;
        let theme = world.theme.state();
        let theme_fact = watch::fact("theme", "");
        // What is made here depends on the theme as well as on what it reads of the site.
        known.insert(theme_fact, theme);
        let edition = Memo::renew(memory.edition.take(), known, || {
            watch::note(theme_fact, theme);
            home::edition(site, world.theme)
        });
        let compiled = memory.templates.take().filter(|(state, _)| *state == watch::state(&(theme, edition.state)));
        let templates = match compiled {
            Some((_, templates)) => templates,
            None => Templates::compile(world.theme, edition.value.get()).map_err(|report| Box::new(template_error(site, &report)))?,
        };
        let timeline = Memo::renew(memory.timeline.take(), known, || Timeline::of(site));
        known.insert(watch::fact("timeline", ""), timeline.state);
        let divided = Memo::renew(memory.divisions.take(), known, || {
            watch::note(theme_fact, theme);
            divisions::all(site, &world.theme.words)
        });
        let divisions = Divisions::of(divisions::DIVISION, Arc::clone(&divided.value));
        known.extend(divisions.noted());
        let pages = Memo::renew(memory.pages.take(), known, || {
            watch::note(watch::fact("timeline", ""), timeline.state);
            routes::pages(site, timeline.value.get(), &divisions)
        });
        let about = |page: &Page| (watch::fact("page", page.path.as_str()), watch::state(&page.subject));
        let subjects = memory.subjects.take().filter(|(state, _)| *state == pages.state);
        let subjects = subjects.map_or_else(|| Arc::new(pages.value.get().iter().map(about).collect()), |(_, subjects)| subjects);
        let shared = [
            (theme_fact, theme),
            (watch::fact("edition", ""), edition.state),
            (watch::fact("timeline", ""), timeline.state),
            (watch::fact("citations", ""), watch::state(&world.citations.state())),
        ];
        memory.templates = Some((watch::state(&(theme, edition.state)), templates.clone()));
        let shop = Self {
            world,
            pages: Watched::shared(watch::fact("pages", ""), pages.state, Arc::clone(&pages.value)),
            subjects: Arc::clone(&subjects),
            templates,
            timeline: Arc::clone(&timeline.value),
            divisions,
            shared,
        };
        (memory.edition, memory.timeline, memory.subjects) = (Some(edition), Some(timeline), Some((pages.state, subjects)));
        (memory.divisions, memory.pages) = (Some(divided), Some(pages));
        Ok(shop)
    }

    /// All work there is.
    #[must_use]
    pub fn work(&self) -> Vec<Work> {
        let documents = 0..u32::try_from(self.world.site.documents.unwatched().len()).unwrap_or(u32::MAX);
        let of_documents =
            (0..DOCUMENT_FILES.len()).flat_map(|line| documents.clone().map(move |index| Work::Document(line, DocumentIndex(index))));
        let pages = (0..self.pages.unwatched().len()).map(Work::Page);
        pages.chain((0..EDITION_FILES.len()).map(Work::Edition)).chain(of_documents).collect()
    }

    /// State of the list of works.
    #[must_use]
    pub fn plan(&self) -> State {
        watch::state(&(self.pages.noted().1, self.world.site.documents.noted().1, EDITION_FILES.len(), DOCUMENT_FILES.len()))
    }

    /// A name that is the work's own at every build.
    #[must_use]
    pub fn name(&self, work: &Work) -> String {
        match work {
            Work::Page(at) => self.pages.unwatched()[*at].path.as_str().to_owned(),
            Work::Edition(line) => EDITION_FILES[*line].0.to_owned(),
            Work::Document(line, index) => {
                format!("{} {}", DOCUMENT_FILES[*line].0, self.world.site.documents.unwatched()[index.at()].file)
            }
        }
    }

    /// Does a piece of work.
    ///
    /// # Errors
    /// What is wrong with a template.
    pub fn make(&self, work: &Work) -> Result<Vec<Artifact>, Box<Diagnostic>> {
        self.shared.iter().for_each(|(fact, state)| watch::note(*fact, *state));
        match work {
            Work::Page(at) => {
                let page = &self.pages.unwatched()[*at];
                // A page's subject may be an index: what it is about is part of what was read.
                watch::note(self.subjects[*at].0, self.subjects[*at].1);
                let input = routes::input(&self.world, self.timeline.get(), &self.divisions, page);
                let html = self.templates.page(&input).map_err(|report| Box::new(template_error(self.world.site, &report)))?;
                let bytes = languages::mark(html, &self.world.site.tongues);
                Ok(vec![Artifact { path: page.path.clone(), bytes }])
            }
            Work::Edition(line) => Ok(EDITION_FILES[*line].1(self)),
            Work::Document(line, index) => Ok(DOCUMENT_FILES[*line].1(self, *index)),
        }
    }

    /// Facts that are no part of the site: theme, menus, the layout of time, pages.
    pub fn facts(&self) -> impl Iterator<Item = (Fact, State)> {
        self.shared.into_iter().chain([self.pages.noted()]).chain(self.divisions.noted()).chain(self.subjects.iter().copied())
    }
}

/// Renders every file of the site, in the order of their paths.
#[must_use]
pub fn render(world: World<'_>) -> Checked<Vec<Artifact>> {
    let shop = match Workshop::open(world, &mut Facts::default(), &mut Memory::default()) {
        Ok(shop) => shop,
        Err(finding) => return Checked::new(Vec::new(), vec![*finding]),
    };
    let made: Vec<Result<Vec<Artifact>, Box<Diagnostic>>> = shop.work().par_iter().map(|work| shop.make(work)).collect();
    let mut findings = Vec::new();
    let mut artifacts = Vec::with_capacity(made.len());
    for result in made {
        match result {
            Ok(files) => artifacts.extend(files),
            // One report is enough: the same template fails on every page.
            Err(finding) if findings.is_empty() => findings.push(*finding),
            Err(_) => {}
        }
    }
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    Checked::new(artifacts, findings)
}

fn chronology_data(shop: &Workshop<'_>) -> Vec<Artifact> {
    let (site, words) = (shop.world.site, &shop.world.theme.words);
    let json = Artifact::text(CHRONOLOGY_JSON, chronology::export::json(site, words));
    vec![json, Artifact::text(CHRONOLOGY_ICS, chronology::export::calendar(site, words))]
}

/// Files of the theme that are published as they are.
fn theme_files(shop: &Workshop<'_>) -> Vec<Artifact> {
    let file = |(name, bytes): (&String, &Vec<u8>)| Artifact { path: OutputPath::new(format!("theme/{name}")), bytes: bytes.clone() };
    shop.world.theme.files.iter().map(file).collect()
}

/// Media; their digests are part of the addresses.
fn media_files(shop: &Workshop<'_>) -> Vec<Artifact> {
    let media = shop.world.inputs.content.iter().filter_map(|file| {
        let published = shop.world.site.routes.media.get(&file.path)?;
        Some(Artifact { path: published.path.clone(), bytes: file.bytes_for_once().into_owned() })
    });
    media.collect()
}

fn template_error(site: &Site, report: &str) -> Diagnostic {
    let file = ContentPath::new(format!("themes/{}", site.config.theme.value));
    Diagnostic::new(Code::TemplateError, format!("the theme cannot be used: {}", report.trim()), Label::file(&file))
        .help("correct the template, or remove it to go back to the built-in one")
}
