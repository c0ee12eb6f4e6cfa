//! The third stage: `Parsed` → `Site`. Everything that needs more than one file: addresses, links, numbers of notes, order in time,
//! back-references. Makes tables beside the documents; changes none of them.

pub mod backreferences;
pub mod chronology;
pub mod correspondence;
pub mod links;
pub mod notes;
pub mod order;
pub mod printed;
mod revisions;
pub mod routes;
pub mod tongues;

use crate::diag::{Checked, Diagnostic};
use crate::model::block::Body;
use crate::model::config::{Config, Edition};
use crate::model::document::{Status, Summary};
use crate::model::entity::Entity;
use crate::model::entry::Entry;
use crate::model::revision::Revision;
use crate::parse::Parsed;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Index of a document or page in `Site::documents`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentIndex(pub u32);

impl DocumentIndex {
    /// As an index of a list.
    #[must_use]
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// The whole edition, ready to be rendered page by page.
#[derive(Debug)]
pub struct Site {
    /// Settings.
    pub config: Config,
    /// Register entries by id.
    pub entities: BTreeMap<String, Entity>,
    /// Bibliography by key.
    pub entries: BTreeMap<String, Entry>,
    /// Documents and pages, in the order of their paths.
    pub documents: Vec<Summary>,
    /// The texts, in the same order.
    pub bodies: Vec<Body>,
    /// Answers to each document's annotations and notes, in the same order.
    pub answers: Vec<Answers>,
    /// Where everything is written.
    pub routes: routes::Routes,
    /// Order in time and in print.
    pub order: order::Order,
    /// Every dated thing in the order of time.
    pub chronology: chronology::Chronology,
    /// What pairs of register entries wrote to each other.
    pub correspondences: BTreeMap<correspondence::Pair, correspondence::Correspondence>,
    /// When each document came into the edition and was changed, in the same order as the documents.
    pub revisions: Vec<Revision>,
    /// Who is mentioned, cited or wanted where.
    pub back: backreferences::BackReferences,
    /// Register entry → the entries that are part of it.
    pub parts: BTreeMap<String, Vec<String>>,
    /// The language of words by their script.
    pub tongues: tongues::Tongues,
}

/// What resolve found for one document.
#[derive(Debug, Default)]
pub struct Answers {
    /// For each annotation, where it leads.
    pub targets: Vec<links::Target>,
    /// For each note, its number.
    pub notes: Vec<notes::NumberedNote>,
    /// For each reference, which place of its note it is: 1, 2, …
    pub reference_order: Vec<u32>,
    /// For each facsimile, where it is.
    pub facsimiles: Vec<links::Target>,
}

/// Whether documents in the state `draft` are part of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    /// In a preview.
    Shown,
    /// In what is published.
    LeftOut,
}

/// Resolves the edition.
#[must_use]
pub fn resolve(parsed: Parsed, drafts: Drafts) -> Checked<Site> {
    let Parsed { edition: Edition { config, entities, entries }, mut documents, media } = parsed;
    if drafts == Drafts::LeftOut {
        documents.retain(|document| document.summary.front.status != Some(Status::Draft));
    }
    let (documents, bodies): (Vec<Summary>, Vec<Body>) = documents.into_iter().map(|document| (document.summary, document.body)).unzip();
    let mut findings = Vec::new();
    let routes = routes::lay(&documents, &entities, &media, &mut findings);
    let printed = printed::PrintedPlaces::collect(&documents);
    let world =
        links::World { config: &config, entities: &entities, entries: &entries, documents: &documents, routes: &routes, printed: &printed };
    let answered: Vec<(Answers, Vec<Diagnostic>)> = documents.par_iter().map(|summary| answer(&world, summary)).collect();
    let mut answers = Vec::with_capacity(answered.len());
    for (answer, found) in answered {
        answers.push(answer);
        findings.extend(found);
    }
    findings.extend(links::check_registers(&entities));
    let order = order::arrange(&documents);
    let back = backreferences::collect(&documents, &answers, &order);
    let chronology = chronology::collect(&documents, &order);
    let correspondences = correspondence::collect(&documents, &order, &routes);
    let revisions = revisions::collect(&config, &documents);
    let mut parts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entity in entities.values() {
        if let Some(whole) = &entity.part_of {
            parts.entry(whole.value.clone()).or_default().push(entity.id.clone());
        }
    }
    let tongues = tongues::Tongues::of(&config, &documents, &entries);
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
        revisions,
        back,
        parts,
        tongues,
    };
    Checked::new(site, findings)
}

fn answer(world: &links::World<'_>, summary: &Summary) -> (Answers, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    links::check_front(world, summary, &mut findings);
    let targets = summary.annotations.iter().map(|annotation| links::target(world, summary, annotation, &mut findings)).collect();
    let facsimiles = summary.front.facsimile.iter().map(|one| links::facsimile(world, summary, &one.image, &mut findings)).collect();
    let (notes, reference_order) = notes::number(world.config, summary, &mut findings);
    (Answers { targets, notes, reference_order, facsimiles }, findings)
}
