//! The second stage: files → documents, registers, bibliography, settings. Never fails: what cannot be read is reported and left out.

pub mod annotation;
mod apparatus;
pub mod attributes;
pub mod bibliography;
pub mod blocks;
pub mod body;
pub mod brackets;
pub mod citation;
pub mod config;
pub mod conflict;
pub mod date;
mod embedded;
pub mod enumerators;
mod event;
mod fields;
pub mod front_matter;
pub mod history;
pub mod inlines;
pub mod ledger;
mod leftovers;
pub mod locator;
pub mod markdown;
pub mod notes;
mod other_names;
mod other_schemes;
mod page_order;
mod pages;
mod parts_typed;
mod party;
mod prose;
pub mod register;
mod rows;
mod shapes;
mod source_fields;
pub mod stated_dates;
pub mod styles;
pub mod theme;
pub mod tombstone;
mod typed_marks;
mod unindented;
mod unread;
mod unread_files;
pub mod yaml;

use crate::base::anew::Anew;
use crate::base::digest::Digest;
use crate::base::path::ContentPath;
use crate::base::watch::{self, State, Watched};
use crate::diag::{Checked, Code, Diagnostic, Label};
use crate::formats::record;
use crate::load::image;
pub use crate::load::image::Size;
use crate::load::{File, Inputs};
use crate::model::block::Body;
use crate::model::config::{Config, Edition};
use crate::model::date::Calendar;
use crate::model::document::{Status, Summary, TextFacts};
use crate::model::history::Past;
use crate::proof::{self, Setting};
use date::{DateContext, Language};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the content folder says, file by file; nothing here knows another file.
#[derive(Debug)]
pub struct Parsed {
    /// Settings, registers, bibliography.
    pub edition: Edition,
    /// Documents and pages, in the order of their paths.
    pub documents: Vec<Document>,
    /// Images and other files under `content/media`.
    pub media: Vec<Medium>,
    /// The edition's own past.
    pub past: Past,
    /// State of all files that are no documents, with the places of what stands in them.
    pub others: State,
}

/// A file under `content/media`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Medium {
    /// Where it stands.
    pub path: ContentPath,
    /// Digest of its bytes.
    pub digest: Digest,
    /// Its size, when it is an image that states one.
    pub size: Option<Size>,
}

/// One document or page.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// What other documents may know of it.
    pub summary: Summary,
    /// Its text: a tree of blocks that is made when a page of it is, since a tree takes twice the place of what it says.
    pub body: Watched<Anew<Body>>,
}

/// What was parsed last time: a file whose bytes and context are the same is not parsed again.
#[derive(Default)]
pub struct Memory {
    /// Documents that are held.
    pub documents: BTreeMap<ContentPath, Known>,
    /// Documents of which only the summary is known; the text is parsed when it is to be rendered.
    pub recorded: BTreeMap<ContentPath, (State, Checked<Summary>)>,
    /// Files under `content/media`.
    pub media: BTreeMap<ContentPath, Checked<Medium>>,
    /// Settings, registers, bibliography, with the state of the files they are from.
    pub edition: Option<(State, Checked<Edition>)>,
}

/// A document with the state of its file and context, and what was found in it.
pub type Known = (State, Checked<Option<Document>>);

/// Parses all content.
#[must_use]
pub fn parse(inputs: &Inputs) -> Checked<Parsed> {
    parse_again(inputs, &mut Memory::default())
}

/// Parses what has changed since the last time.
#[must_use]
pub fn parse_again(inputs: &Inputs, memory: &mut Memory) -> Checked<Parsed> {
    let of_no_document = |file: &&File| !["documents/", "pages/", "media/"].iter().any(|folder| is_under(file, folder));
    let others = watch::state(&inputs.content.iter().filter(of_no_document).map(|file| (&file.path, file.digest)).collect::<Vec<_>>());
    let edition = memory.edition.take().filter(|(known, _)| *known == others).map_or_else(|| read_edition(inputs), |(_, edition)| edition);
    memory.edition = Some((others, edition.clone()));
    let mut findings = edition.findings;
    let edition = edition.value;
    let context = date_context(&edition.config);
    let under = |folder: &'static str| inputs.content.iter().filter(move |file| is_under(file, folder));
    let files: Vec<(&File, bool)> = under("documents/")
        .map(|file| (file, false))
        .chain(under("pages/").map(|file| (file, true)))
        .filter(|(file, _)| is_markdown(file))
        .collect();
    read_documents(&files, context.clone(), memory);
    let mut documents = Vec::with_capacity(files.len());
    for (_, parsed) in memory.documents.values() {
        findings.extend(parsed.findings.iter().cloned());
        documents.extend(parsed.value.clone());
    }
    let known = std::mem::take(&mut memory.media);
    let read = |file: &&File| known.get(&file.path).filter(|known| known.value.digest == file.digest).cloned();
    let media: Vec<Checked<Medium>> = under("media/").map(|file| read(&file).unwrap_or_else(|| medium(file))).collect();
    findings.extend(media.iter().flat_map(|medium| medium.findings.iter().cloned()));
    memory.media = media.iter().map(|medium| (medium.value.path.clone(), medium.clone())).collect();
    let media = media.into_iter().map(|medium| medium.value).collect();
    let past = past(inputs, &context, &mut findings);
    unread_files::run(inputs, &mut findings);
    Checked::new(Parsed { edition, documents, media, past, others }, findings)
}

/// Parses those of the documents whose file or context has changed.
fn read_documents(files: &[(&File, bool)], context: DateContext, memory: &mut Memory) {
    let (shared, context) = (watch::state(&context), Arc::new(context));
    let (known, recorded) = (&memory.documents, std::mem::take(&mut memory.recorded));
    let read = |(file, page): &(&File, bool)| {
        let state = (file.digest.number() ^ shared.rotate_left(32)).max(1);
        if known.get(&file.path).is_some_and(|(known, _)| *known == state) {
            return None;
        }
        let same = recorded.get(&file.path).filter(|(known, _)| *known == state);
        let parsed = same.map_or_else(|| document(file, *page, &context), |(_, summary)| with_body(summary, file, *page, &context));
        Some((file.path.clone(), (state, parsed)))
    };
    let new: Vec<(ContentPath, Known)> = files.par_iter().filter_map(read).collect();
    memory.documents.extend(new);
    if memory.documents.len() > files.len() {
        let there: BTreeSet<&ContentPath> = files.iter().map(|(file, _)| &file.path).collect();
        memory.documents.retain(|path, _| there.contains(path));
    }
}

/// Reads settings, registers and bibliography.
fn read_edition(inputs: &Inputs) -> Checked<Edition> {
    let mut findings = Vec::new();
    let config = collect(read_config(inputs), &mut findings);
    let context = date_context(&config);
    let under = |folder: &'static str| inputs.content.iter().filter(move |file| is_under(file, folder));
    let registers: Vec<&File> = under("registers/").filter(|file| is_yaml(file)).collect();
    let entities = collect(register::read_all(&borrowed(&texts(&registers, &mut findings)), &context), &mut findings);
    let works: Vec<&File> = under("bibliography").collect();
    let entries = collect(bibliography::read_all(&borrowed(&texts(&works, &mut findings)), &context), &mut findings);
    Checked::new(Edition { config, entities: Arc::new(entities.into()), entries: Arc::new(entries.into()) }, findings)
}

/// How dates of the edition are read.
fn date_context(config: &Config) -> DateContext {
    DateContext {
        language: Language::of_tag(&config.language),
        tag: config.language.clone(),
        calendar: config.calendar,
        // An edition that counts New Style by default states the switch to explain dates, not to convert them.
        switch: config.calendar_switch.filter(|_| config.calendar == Calendar::Julian),
        year_hint: None,
    }
}

/// A document whose summary is known; its text is parsed when somebody asks for it.
fn with_body(known: &Checked<Summary>, file: &File, page: bool, context: &Arc<DateContext>) -> Checked<Option<Document>> {
    let (summary, file, context) = (known.value.clone(), file.clone(), Arc::clone(context));
    let (fact, state) = (watch::fact(Summary::FACTS[2], file.path.as_str()), summary.text.noted().1);
    let body = move || document(&file, page, &context).value.map(|document| document.body.unwatched().made()).unwrap_or_default();
    let document = Document { summary, body: Watched::with_state(fact, state, Anew::by(body)) };
    Checked::new(Some(document), known.findings.clone())
}

fn is_under(file: &File, folder: &str) -> bool {
    file.path.as_str().strip_prefix("content/").is_some_and(|inside| inside.starts_with(folder))
}

/// The ledger, the tombstones, the log of git.
fn past(inputs: &Inputs, context: &DateContext, findings: &mut Vec<Diagnostic>) -> Past {
    let mut past = Past { history: collect(history::read(&inputs.history), findings), ..Past::default() };
    for file in inputs.content.iter().filter(|file| matches!(file.path.as_str(), ledger::FILE | tombstone::FILE)) {
        for (path, text) in texts(&[file], findings) {
            match path.as_str() {
                ledger::FILE => past.ledger = collect(ledger::read(path, &text), findings),
                _ => past.tombstones = collect(tombstone::read(path, &text, context), findings),
            }
        }
    }
    past
}

fn medium(file: &File) -> Checked<Medium> {
    let mut findings = Vec::new();
    let bytes = file.bytes_for_once();
    let size = image::size(&bytes);
    if size.is_none() && image::is_image(file.path.as_str()) && !image::is_svg(&bytes) {
        let message = format!("`{}` is no image that can be shown", file.path);
        let help = match bytes.starts_with(b"version https://git-lfs") {
            true => "the file only points to the image, which is kept in Git LFS: run `git lfs pull`",
            false => "export the image again as PNG, JPEG, WebP or SVG",
        };
        findings.push(Diagnostic::new(Code::UnreadableImage, message, Label::file(&file.path)).help(help));
    }
    Checked::new(Medium { path: file.path.clone(), digest: file.digest, size }, findings)
}

/// Parses one document or page; `None` when it is not text.
#[must_use]
pub fn document(file: &File, page: bool, context: &DateContext) -> Checked<Option<Document>> {
    let bytes = file.bytes_for_once();
    let Ok(text) = std::str::from_utf8(&bytes) else {
        // What leads to the document is not wrong: it is read as far as it can be, and its encoding is the only finding.
        let known = file.shown().map(|text| read(file, text, page, context).value);
        return Checked::new(known, file.text().err().map(|finding| *finding).into_iter().collect());
    };
    let read = read(file, text, page, context);
    Checked::new(Some(read.value), read.findings)
}

fn read(file: &File, text: &str, page: bool, context: &DateContext) -> Checked<Document> {
    let mut findings = Vec::new();
    let text = &*conflict::ours(&file.path, text, &mut findings);
    let shared = context.clone();
    proof::file(&file.path, text, &mut findings);
    let text = &*with_line_feeds(text);
    let (front, start) = collect(front_matter::read(&file.path, text, context), &mut findings);
    let head = Digest::of(&text.as_bytes()[..start]).number();
    let year_hint = front
        .written
        .as_ref()
        .and_then(|event| event.date.as_ref())
        .and_then(crate::model::date::Date::placed)
        .map(crate::model::date::Day::year);
    let context =
        DateContext { language: front.language.as_deref().and_then(Language::of_tag).or(context.language), year_hint, ..context.clone() };
    let setting = Setting {
        language: front.language.clone().unwrap_or_else(|| context.tag.clone()),
        pages: front.source.as_ref().and_then(|source| source.pages.as_deref()).and_then(pages::range),
    };
    let (body, read) = collect(body::read_and_proof(&file.path, text, start, &context, Some(&setting)), &mut findings);
    embedded::run(&file.path, &front.contains, &body.blocks, &mut findings);
    let stated_dates = stated_dates::read(&front.title, &read.parts, &context);
    let mut text = TextFacts {
        digest: file.digest,
        headings: read.headings,
        anchors: read.anchors,
        paragraphs: read.paragraphs,
        named: body.blocks.iter().filter_map(|block| Some((block.number?, block.id.clone()?))).collect(),
        parts: read.parts,
        stated_dates,
        annotations: read.annotations,
        note_refs: read.note_refs,
        notes: read.notes,
        opening: read.opening,
        words: read.words,
    };
    // It is held until the last page is made.
    text.annotations.shrink_to_fit();
    text.note_refs.shrink_to_fit();
    text.notes.shrink_to_fit();
    let [front_fact, text_fact, body_fact, _, dates_fact, ..] = Summary::FACTS.map(|kind| watch::fact(kind, file.path.as_str()));
    // The text is what the file holds, read in a context: no other digest of it is needed.
    let state = watch::state(&(file.digest, &shared));
    let summary = Summary {
        file: file.path.clone(),
        page,
        draft: front.status == Some(Status::Draft),
        head,
        front: Watched::new(front_fact, front),
        outline: text.outline(),
        dates: Watched::new(dates_fact, text.dates()),
        places: text.places(),
        text: Watched::with_state(text_fact, state, text),
    };
    Checked::new(Document { summary, body: Watched::with_state(body_fact, state, folded(&body)) }, findings)
}

/// The text, held as few bytes.
fn folded(body: &Body) -> Anew<Body> {
    let bytes = record::fold(body).into_boxed_slice();
    Anew::by(move || record::unfold(&bytes))
}

/// The text with line feeds in place of single carriage returns; every letter keeps its place.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let single = |at: usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    if !text.match_indices('\r').any(|(at, _)| single(at)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.char_indices().map(|(at, letter)| if letter == '\r' && single(at) { '\n' } else { letter }).collect())
}

fn read_config(inputs: &Inputs) -> Checked<Config> {
    match inputs.content.iter().find(|file| file.path.as_str() == config::FILE) {
        None => config::missing(),
        Some(file) => match file.text() {
            Ok(text) => {
                let mut findings = Vec::new();
                let mut read = config::read(&file.path, &conflict::ours(&file.path, text, &mut findings));
                read.findings.extend(findings);
                read
            }
            Err(finding) => Checked::new(config::defaults(), vec![*finding]),
        },
    }
}

/// The texts of files; those that are not UTF-8 are reported.
fn texts<'a>(files: &[&'a File], findings: &mut Vec<Diagnostic>) -> Vec<(&'a ContentPath, Cow<'a, str>)> {
    let mut texts = Vec::with_capacity(files.len());
    for file in files {
        match file.text() {
            Ok(text) => texts.push((&file.path, conflict::ours(&file.path, text, findings))),
            Err(finding) => findings.push(*finding),
        }
    }
    texts
}

/// The texts as the readers take them.
fn borrowed<'t>(texts: &'t [(&'t ContentPath, Cow<'_, str>)]) -> Vec<(&'t ContentPath, &'t str)> {
    texts.iter().map(|(path, text)| (*path, &**text)).collect()
}

fn collect<T>(checked: Checked<T>, findings: &mut Vec<Diagnostic>) -> T {
    findings.extend(checked.findings);
    checked.value
}

fn is_yaml(file: &File) -> bool {
    file.path.as_str().ends_with(".yaml") || file.path.as_str().ends_with(".yml")
}

fn is_markdown(file: &File) -> bool {
    file.path.as_str().ends_with(".md")
}
