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
pub mod revisions;
pub mod routes;
pub mod tongues;

use crate::base::anew::Anew;
use crate::base::later::Later;
use crate::base::path::{ContentPath, OutputPath};
use crate::base::watch::Fact;
use crate::base::watch::{self, Keyed, Listed, State, Watched};
use crate::diag::{Checked, Diagnostic};
use crate::model::block::Body;
use crate::model::config::{Config, Edition};
use crate::model::document::Summary;
use crate::model::entity::Entity;
use crate::model::entry::Entry;
use crate::model::history::Past;
use crate::model::ledger::Tombstone;
use crate::model::revision::Revision;
use crate::parse::{Document, Medium, Parsed};
use paragraphs::Paragraphs;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
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
    pub bodies: Listed<Watched<Anew<Body>>>,
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
    /// Paragraphs by their place that were given an id, which is then their anchor.
    pub named: BTreeMap<u32, String>,
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
    /// State of everything that one document may ask about the others, with the places where it stands.
    pub world: State,
    /// State of the files that are no documents.
    pub others: State,
    /// Registers and bibliography.
    pub registers: Option<Registers>,
    /// What is made of all documents together.
    pub whole: Option<Whole>,
    /// What is known of the editing of each document, with the state of what it came from.
    pub revisions: Option<(State, Vec<Watched<Revision>>)>,
    /// File → state of its text, its answers and what was found.
    pub answers: BTreeMap<ContentPath, Answered>,
}

/// Registers and bibliography with the states of their entries.
#[derive(Clone)]
#[allow(missing_docs, reason = "the fields are those of `Site`")]
pub struct Registers {
    /// State of the files they are from.
    pub others: State,
    pub entities: Keyed<Entity>,
    pub entries: Keyed<Entry>,
    pub parts: Keyed<Vec<String>>,
}

impl Registers {
    /// The kinds of facts: register entry, work, parts of a register entry.
    pub const FACTS: [&'static str; 3] = ["register entry", "work", "parts of register entry"];

    fn of(others: State, entities: Arc<Later<BTreeMap<String, Entity>>>, entries: Arc<Later<BTreeMap<String, Entry>>>) -> Self {
        let [entity, work, part] = Self::FACTS;
        let parts = Keyed::new(part, 0, parts_of(&entities));
        Self { others, entities: Keyed::of(entity, entities), entries: Keyed::of(work, entries), parts }
    }
}

/// What is made of all documents together.
#[derive(Clone)]
#[allow(missing_docs, reason = "the fields are those of `Site`")]
pub struct Whole {
    pub routes: Watched<routes::Routes>,
    pub printed: Arc<Later<printed::PrintedPlaces>>,
    pub order: Watched<order::Order>,
    pub chronology: Watched<chronology::Chronology>,
    pub correspondences: Watched<BTreeMap<correspondence::Pair, correspondence::Correspondence>>,
    pub tongues: Watched<tongues::Tongues>,
    pub back: Option<backreferences::BackReferences>,
    pub findings: Vec<Diagnostic>,
}

/// What was resolved of one document.
#[derive(Clone)]
pub struct Answered {
    /// State of its text.
    pub text: State,
    /// State of the numbers of its paragraphs.
    pub numbers: State,
    /// The answers.
    pub answers: Watched<Answers>,
    /// What was found.
    pub findings: Vec<Diagnostic>,
}

/// Resolves the edition.
#[must_use]
pub fn resolve(parsed: Parsed, drafts: Drafts) -> Checked<Site> {
    resolve_again(parsed, drafts, &mut Memory::default())
}

/// Resolves the edition and uses again what it can of the last time.
#[must_use]
pub fn resolve_again(parsed: Parsed, drafts: Drafts, memory: &mut Memory) -> Checked<Site> {
    let Parsed { edition: Edition { config, entities, entries }, mut documents, media, past, others } = parsed;
    let hidden = if drafts == Drafts::LeftOut { leave_out_drafts(&mut documents) } else { Vec::new() };
    let (documents, bodies): (Vec<Summary>, Vec<Watched<Anew<Body>>>) =
        documents.into_iter().map(|document| (document.summary, document.body)).unzip();
    // Which documents there are: what an index of a document means.
    let salt = watch::state(&documents.iter().map(|summary| &summary.file).collect::<Vec<_>>());
    let config = Watched::new(watch::fact("settings", ""), config);
    let registers = memory.registers.take().filter(|known| known.others == others);
    let registers = registers.unwrap_or_else(|| Registers::of(others, entities, entries));
    let Registers { entities, entries, parts, .. } = registers.clone();
    if memory.others != others {
        memory.answers.clear();
    }
    let lasting = paragraphs::lasting(&past.ledger, &documents, &bodies, &memory.answers);
    let shapes: Vec<[State; 3]> = documents.iter().zip(&lasting).map(|(it, numbers)| [it.head, it.outline, numbers.state]).collect();
    let world = watch::state(&(salt, others, config.noted().1, &media, shapes, drafts));
    let same = memory.world == world;
    let whole = memory.whole.take().filter(|_| same);
    let mut whole = whole.unwrap_or_else(|| Whole::make(salt, &config, &documents, &entities, &entries, &media, &past.tombstones));
    let asked = links::World {
        config: &config,
        entities: entities.unwatched(),
        entries: entries.unwatched(),
        documents: &documents,
        routes: &whole.routes,
        printed: &whole.printed,
        paragraphs: &lasting,
    };
    if !same {
        memory.answers.clear();
    }
    let answers = answer_all(&asked, &documents, &lasting, salt, &mut memory.answers);
    let back = whole.back.take().unwrap_or_else(|| backreferences::collect(salt, &documents, &answers, whole.order.unwatched()));
    whole.back = Some(back.clone());
    let mut findings = whole.findings.clone();
    if drafts == Drafts::LeftOut {
        let present = addresses::Present::of(&documents, &bodies, &entities, &whole.routes, &hidden);
        addresses::check(&config, &past.ledger, &present, &mut findings);
    }
    findings.extend(memory.answers.values().flat_map(|answered| answered.findings.iter().cloned()));
    let past = Watched::new(watch::fact("past", ""), past);
    let origin = watch::state(&(world, past.noted().1));
    let revisions = memory
        .revisions
        .take()
        .filter(|(known, _)| *known == origin)
        .map_or_else(|| revisions::collect(&config, &documents, whole.routes.unwatched(), past.unwatched()), |(_, known)| known);
    *memory = Memory {
        world,
        others,
        registers: Some(registers),
        whole: Some(whole.clone()),
        revisions: Some((origin, revisions.clone())),
        answers: std::mem::take(&mut memory.answers),
    };
    let list = |name: &str| watch::fact("documents", name);
    let Whole { routes, order, chronology, correspondences, tongues, .. } = whole;
    let tombstones = Watched::new(watch::fact("tombstones", ""), past.unwatched().tombstones.clone());
    let drafts = Watched::new(watch::fact("drafts", ""), drafts);
    let (documents, bodies) = (Listed::new(list(""), salt, documents), Listed::new(list("texts"), salt, bodies));
    let (answers, revisions) = (Listed::new(list("answers"), salt, answers), Listed::new(list("revisions"), salt, revisions));
    #[rustfmt::skip]
    let site = Site {
        config, entities, entries, documents, bodies, answers, routes, order, chronology, correspondences, past, tombstones, drafts, revisions,
        back, parts, tongues,
    };
    Checked::new(site, findings)
}

/// Takes the drafts out; their addresses and files.
fn leave_out_drafts(documents: &mut Vec<Document>) -> Vec<(OutputPath, ContentPath)> {
    let drafts = documents.iter().filter(|document| document.summary.draft);
    let hidden = drafts.map(|document| (routes::document(&document.summary), document.summary.file.clone())).collect();
    documents.retain(|document| !document.summary.draft);
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
    fn make(
        salt: State,
        config: &Config,
        documents: &[Summary],
        entities: &Keyed<Entity>,
        entries: &Keyed<Entry>,
        media: &[Medium],
        tombstones: &[Tombstone],
    ) -> Self {
        let mut findings = Vec::new();
        let routes = routes::lay(documents, entities.unwatched(), media, tombstones, &mut findings);
        let order = order::arrange(documents);
        findings.extend(links::check_registers(entities.unwatched()));
        let chronology = chronology::collect(documents, &order);
        let correspondences = correspondence::collect(documents, &order, &routes);
        let fact = |kind: &str| watch::fact(kind, "");
        Self {
            printed: Arc::new(Later::now(printed::PrintedPlaces::collect(documents))),
            routes: Watched::salted(fact("addresses"), salt, routes),
            order: Watched::salted(fact("order"), salt, order),
            chronology: Watched::salted(fact("chronology"), salt, chronology),
            correspondences: Watched::salted(fact("correspondences"), salt, correspondences),
            tongues: Watched::new(fact("languages by script"), tongues::Tongues::of(config, documents, entries.unwatched())),
            back: None,
            findings,
        }
    }
}

/// Answers the documents whose texts are not those of `known`, which then holds all answers in the order of the documents.
fn answer_all(
    world: &links::World<'_>,
    documents: &[Summary],
    lasting: &[paragraphs::Lasting],
    salt: State,
    known: &mut BTreeMap<ContentPath, Answered>,
) -> Vec<Watched<Answers>> {
    let same = |summary: &Summary| known.get(&summary.file).is_some_and(|known| known.text == summary.text.noted().1);
    let open = documents.par_iter().zip(lasting).filter(|(summary, _)| !same(summary));
    let new: Vec<_> = open.map(|(summary, numbers)| (summary.file.clone(), answer(world, summary, numbers, salt))).collect();
    known.extend(new);
    known.values().map(|answered| answered.answers.clone()).collect()
}

fn answer(world: &links::World<'_>, summary: &Summary, numbers: &paragraphs::Lasting, salt: State) -> Answered {
    let text = summary.text.noted().1;
    let mut findings = Vec::new();
    links::check_front(world, summary, &mut findings);
    let targets = summary.annotations.iter().map(|annotation| links::target(world, summary, annotation, &mut findings)).collect();
    let facsimiles = summary.front.facsimile.iter().map(|one| links::facsimile(world, summary, &one.image, &mut findings)).collect();
    let (notes, reference_order) = notes::number(world.config, summary, &mut findings);
    let fact = watch::fact(Summary::FACTS[3], summary.file.as_str());
    let paragraphs = numbers.value.get().clone();
    let answers =
        Watched::salted(fact, salt, Answers { targets, notes, reference_order, facsimiles, paragraphs, named: summary.named.clone() });
    Answered { text, numbers: numbers.state, answers, findings }
}

impl Site {
    /// Everything that can change, with the state it is in: what a page's own list of what it read is held against.
    pub fn facts(&self) -> impl Iterator<Item = (Fact, State)> {
        let of_document = |summary: &Summary| {
            let [cites, mentions] = summary.place_facts();
            [summary.front.noted(), summary.text.noted(), summary.dates.noted(), cites, mentions]
        };
        let documents = self.documents.unwatched().iter().flat_map(of_document);
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

    /// The names of some facts, for whoever asks why a page was written again.
    #[must_use]
    pub fn names(&self, wanted: &BTreeSet<Fact>) -> BTreeMap<Fact, String> {
        let mut names = BTreeMap::new();
        let mut name = |kind: &str, key: &str, quoted: bool| {
            let fact = watch::fact(kind, key);
            if wanted.contains(&fact) {
                names.insert(fact, if quoted { format!("{kind} `{key}`") } else { format!("{kind} of {key}") });
            }
        };
        for summary in self.documents.unwatched() {
            Summary::FACTS.iter().for_each(|kind| name(kind, summary.file.as_str(), false));
        }
        let back = &self.back;
        for (kind, keys) in [
            (self.entities.kind(), self.entities.states()),
            (self.entries.kind(), self.entries.states()),
            (back.entities.kind(), back.entities.states()),
            (back.entries.kind(), back.entries.states()),
        ] {
            keys.keys().for_each(|key| name(kind, key, true));
        }
        names
    }
}
