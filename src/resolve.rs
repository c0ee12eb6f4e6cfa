//! The third stage: `Parsed` → `Site`. Everything that needs more than one file: addresses, links, numbers of notes, order in time,
//! back-references. Makes tables beside the documents; changes none of them.

pub mod addresses;
pub mod backreferences;
pub mod chronology;
pub mod correspondence;
pub mod links;
pub mod notes;
pub mod order;
pub mod paragraphs;
pub mod printed;
pub mod review;
mod revisions;
pub mod routes;
pub mod tongues;

use crate::base::path::{ContentPath, OutputPath};
use crate::base::watch::Fact;
use crate::base::watch::{self, Keyed, Listed, State, Watched};
use crate::diag::{Checked, Diagnostic};
use crate::model::block::Body;
use crate::model::config::{Config, Edition};
use crate::model::document::{Status, Summary};
use crate::model::entity::Entity;
use crate::model::entry::Entry;
use crate::model::history::Past;
use crate::model::ledger::Tombstone;
use crate::model::revision::Revision;
use crate::parse::{Document, Medium, Parsed};
use paragraphs::Paragraphs;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Index of a document or page in `Site::documents`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocumentIndex(pub u32);

impl DocumentIndex {
    /// As an index of a list.
    #[must_use]
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// The whole edition, ready to be rendered page by page. Its parts note their use, so that a page is made again when something it used changed.
#[derive(Debug)]
pub struct Site {
    /// Settings.
    pub config: Watched<Config>,
    /// Register entries by id.
    pub entities: Keyed<Entity>,
    /// Bibliography by key.
    pub entries: Keyed<Entry>,
    /// Documents and pages, in the order of their paths.
    pub documents: Listed<Summary>,
    /// The texts, in the same order.
    pub bodies: Listed<Watched<Body>>,
    /// Answers to each document's annotations and notes, in the same order.
    pub answers: Listed<Watched<Answers>>,
    /// Where everything is written.
    pub routes: Watched<routes::Routes>,
    /// Order in time and in print.
    pub order: Watched<order::Order>,
    /// Every dated thing in the order of time.
    pub chronology: Watched<chronology::Chronology>,
    /// What pairs of register entries wrote to each other.
    pub correspondences: Watched<BTreeMap<correspondence::Pair, correspondence::Correspondence>>,
    /// What git and the ledger know of the edition's own past; not for pages.
    pub past: Watched<Past>,
    /// Addresses that were given up.
    pub tombstones: Watched<Vec<Tombstone>>,
    /// Whether drafts are in it.
    pub drafts: Watched<Drafts>,
    /// When each document came into the edition and was changed, in the same order as the documents.
    pub revisions: Listed<Watched<Revision>>,
    /// Who is mentioned, cited or wanted where.
    pub back: backreferences::BackReferences,
    /// Register entry → the entries that are part of it.
    pub parts: Keyed<Vec<String>>,
    /// The language of words by their script.
    pub tongues: Watched<tongues::Tongues>,
}

/// What resolve found for one document.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Answers {
    /// For each annotation, where it leads.
    pub targets: Vec<links::Target>,
    /// For each note, its number.
    pub notes: Vec<notes::NumberedNote>,
    /// For each reference, which place of its note it is: 1, 2, …
    pub reference_order: Vec<u32>,
    /// For each facsimile, where it is.
    pub facsimiles: Vec<links::Target>,
    /// The numbers of its paragraphs.
    pub paragraphs: Paragraphs,
}

/// Whether documents in the state `draft` are part of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Drafts {
    /// In a preview.
    Shown,
    /// In what is published.
    LeftOut,
}

/// What was resolved last time, to be used again where nothing it came from has changed.
#[derive(Default)]
pub struct Memory {
    /// State of everything that one document may ask about the others.
    world: State,
    whole: Option<Whole>,
    /// File → state of its text, its answers and what was found.
    answers: BTreeMap<ContentPath, Answered>,
}

/// What is made of all documents together.
#[derive(Clone)]
struct Whole {
    routes: Watched<routes::Routes>,
    printed: Arc<printed::PrintedPlaces>,
    order: Watched<order::Order>,
    chronology: Watched<chronology::Chronology>,
    correspondences: Watched<BTreeMap<correspondence::Pair, correspondence::Correspondence>>,
    back: Option<backreferences::BackReferences>,
    findings: Vec<Diagnostic>,
}

#[derive(Clone)]
struct Answered {
    text: State,
    answers: Watched<Answers>,
    findings: Vec<Diagnostic>,
}

/// Resolves the edition.
#[must_use]
pub fn resolve(parsed: Parsed, drafts: Drafts) -> Checked<Site> {
    resolve_again(parsed, drafts, &mut Memory::default())
}

/// Resolves the edition and uses again what it can of the last time.
#[must_use]
pub fn resolve_again(parsed: Parsed, drafts: Drafts, memory: &mut Memory) -> Checked<Site> {
    let Parsed { edition: Edition { config, entities, entries }, mut documents, media, past } = parsed;
    let hidden = if drafts == Drafts::LeftOut { leave_out_drafts(&mut documents) } else { Vec::new() };
    let (documents, bodies): (Vec<Summary>, Vec<Watched<Body>>) =
        documents.into_iter().map(|document| (document.summary, document.body)).unzip();
    // Which documents there are: what an index of a document means.
    let salt = watch::state(&documents.iter().map(|summary| &summary.file).collect::<Vec<_>>());
    let config = Watched::new(watch::fact("settings", ""), config);
    let (entities, entries) = (Keyed::new("register entry", 0, entities), Keyed::new("work", 0, entries));
    let lasting = paragraphs::lasting(&past.ledger, &documents, &bodies);
    let shapes: Vec<(State, State)> = documents.iter().map(|summary| (summary.front.noted().1, summary.outline)).collect();
    let registers = (watch::state(entities.states()), watch::state(entries.states()));
    let world = watch::state(&(salt, config.noted().1, registers, &media, shapes, &past.tombstones, &lasting));
    let known = memory.whole.take().filter(|_| memory.world == world);
    let mut whole = known.unwrap_or_else(|| {
        memory.answers.clear();
        Whole::make(salt, &documents, &entities, &media, &past.tombstones)
    });
    let asked = links::World {
        config: &config,
        entities: entities.unwatched(),
        entries: entries.unwatched(),
        documents: &documents,
        routes: whole.routes.unwatched(),
        printed: &whole.printed,
        paragraphs: &lasting,
    };
    let numbered = documents.par_iter().zip(&lasting);
    let answered: Vec<Answered> = numbered.map(|(summary, numbers)| answer(&asked, summary, numbers, salt, &memory.answers)).collect();
    let answers: Vec<Watched<Answers>> = answered.iter().map(|answered| answered.answers.clone()).collect();
    let back = whole.back.take().unwrap_or_else(|| backreferences::collect(salt, &documents, &answers, &whole.order));
    whole.back = Some(back.clone());
    let mut findings = whole.findings.clone();
    if drafts == Drafts::LeftOut {
        let present = addresses::Present::of(&documents, &bodies, &entities, &whole.routes, &hidden);
        addresses::check(&config, &past.ledger, &present, &mut findings);
    }
    findings.extend(answered.iter().flat_map(|answered| answered.findings.iter().cloned()));
    memory.answers = documents.iter().map(|summary| summary.file.clone()).zip(answered).collect();
    (memory.world, memory.whole) = (world, Some(whole.clone()));
    let revisions = revisions::collect(&config, &documents, whole.routes.unwatched(), &past);
    let named = revisions.into_iter().zip(&documents);
    let revisions = named.map(|(revision, summary)| Watched::new(watch::fact("revision", summary.file.as_str()), revision)).collect();
    let parts = Keyed::new("parts of register entry", 0, parts_of(entities.unwatched()));
    let tongues = Watched::new(watch::fact("languages by script", ""), tongues::Tongues::of(&config, &documents, entries.unwatched()));
    let list = |name: &str| watch::fact("documents", name);
    let Whole { routes, order, chronology, correspondences, .. } = whole;
    let (documents, bodies) = (Listed::new(list(""), salt, documents), Listed::new(list("texts"), salt, bodies));
    let (answers, revisions) = (Listed::new(list("answers"), salt, answers), Listed::new(list("revisions"), salt, revisions));
    let site = Site {
        config,
        entities,
        entries,
        documents,
        bodies,
        answers,
        routes,
        order,
        chronology,
        correspondences,
        tombstones: Watched::new(watch::fact("tombstones", ""), past.tombstones.clone()),
        past: Watched::new(watch::fact("past", ""), past),
        drafts: Watched::new(watch::fact("drafts", ""), drafts),
        revisions,
        back,
        parts,
        tongues,
    };
    Checked::new(site, findings)
}

/// Takes the drafts out; their addresses and files.
fn leave_out_drafts(documents: &mut Vec<Document>) -> Vec<(OutputPath, ContentPath)> {
    let is_draft = |document: &Document| document.summary.front.status == Some(Status::Draft);
    let drafts = documents.iter().filter(|document| is_draft(document));
    let hidden = drafts.map(|document| (routes::document(&document.summary), document.summary.file.clone())).collect();
    documents.retain(|document| !is_draft(document));
    hidden
}

/// Register entry → the entries that are part of it.
fn parts_of(entities: &BTreeMap<String, Entity>) -> BTreeMap<String, Vec<String>> {
    let mut parts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entity in entities.values() {
        if let Some(whole) = &entity.part_of {
            parts.entry(whole.value.clone()).or_default().push(entity.id.clone());
        }
    }
    parts
}

impl Whole {
    fn make(salt: State, documents: &[Summary], entities: &Keyed<Entity>, media: &[Medium], tombstones: &[Tombstone]) -> Self {
        let mut findings = Vec::new();
        let routes = routes::lay(documents, entities.unwatched(), media, tombstones, &mut findings);
        let order = order::arrange(documents);
        findings.extend(links::check_registers(entities.unwatched()));
        let chronology = chronology::collect(documents, &order);
        let correspondences = correspondence::collect(documents, &order, &routes);
        let fact = |kind: &str| watch::fact(kind, "");
        Self {
            printed: Arc::new(printed::PrintedPlaces::collect(documents)),
            routes: Watched::salted(fact("addresses"), salt, routes),
            order: Watched::salted(fact("order"), salt, order),
            chronology: Watched::salted(fact("chronology"), salt, chronology),
            correspondences: Watched::salted(fact("correspondences"), salt, correspondences),
            back: None,
            findings,
        }
    }
}

fn answer(
    world: &links::World<'_>,
    summary: &Summary,
    paragraphs: &Paragraphs,
    salt: State,
    known: &BTreeMap<ContentPath, Answered>,
) -> Answered {
    let text = summary.text.noted().1;
    if let Some(known) = known.get(&summary.file).filter(|known| known.text == text) {
        return known.clone();
    }
    let mut findings = Vec::new();
    links::check_front(world, summary, &mut findings);
    let targets = summary.annotations.iter().map(|annotation| links::target(world, summary, annotation, &mut findings)).collect();
    let facsimiles = summary.front.facsimile.iter().map(|one| links::facsimile(world, summary, &one.image, &mut findings)).collect();
    let (notes, reference_order) = notes::number(world.config, summary, &mut findings);
    let fact = watch::fact(Summary::FACTS[3], summary.file.as_str());
    Answered {
        text,
        answers: Watched::salted(fact, salt, Answers { targets, notes, reference_order, facsimiles, paragraphs: paragraphs.clone() }),
        findings,
    }
}

impl Site {
    /// Everything that can change, with the state it is in: what a page's own list of what it read is held against.
    pub fn facts(&self) -> impl Iterator<Item = (Fact, State)> {
        let documents = self.documents.unwatched().iter().flat_map(|summary| [summary.front.noted(), summary.text.noted()]);
        let bodies = self.bodies.unwatched().iter().map(Watched::noted);
        let answers = self.answers.unwatched().iter().map(Watched::noted);
        let revisions = self.revisions.unwatched().iter().map(Watched::noted).chain([self.revisions.noted()]);
        let lists = [self.documents.noted(), self.bodies.noted(), self.answers.noted(), self.config.noted(), self.routes.noted()];
        let orders = [self.order.noted(), self.chronology.noted(), self.correspondences.noted()];
        let registers = self.entities.noted().chain(self.entries.noted()).chain(self.parts.noted()).chain([
            self.tongues.noted(),
            self.tombstones.noted(),
            self.past.noted(),
            self.drafts.noted(),
        ]);
        documents.chain(bodies).chain(answers).chain(revisions).chain(lists).chain(orders).chain(registers).chain(self.back.facts())
    }

    /// The names of all facts, for whoever asks why a page was written again.
    #[must_use]
    pub fn names(&self) -> BTreeMap<Fact, String> {
        let mut names = BTreeMap::new();
        for summary in self.documents.unwatched() {
            for kind in Summary::FACTS {
                names.insert(watch::fact(kind, summary.file.as_str()), format!("{kind} of {}", summary.file));
            }
        }
        for (kind, keys) in [(self.entities.kind(), self.entities.states()), (self.entries.kind(), self.entries.states())] {
            names.extend(keys.keys().map(|key| (watch::fact(kind, key), format!("{kind} `{key}`"))));
        }
        names.extend(self.back.names());
        names
    }
}
