//! Who is mentioned, cited or wanted where: the same facts as the documents' annotations, seen from the other end.

use super::links::Target;
use super::order::Order;
use super::printed::PrintedAnswer;
use super::{Answers, DocumentIndex};
use crate::base::span::Span;
use crate::base::watch::{self, Fact, Keyed, Listed, State, Watched};
use crate::model::annotation::{AnnotationKind, PrintedTarget};
use crate::model::block::Part;
use crate::model::document::{Party, Role, Summary};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The kinds of facts.
pub const ENTITIES: &str = "uses of register entry";
/// See [`ENTITIES`].
pub const ENTRIES: &str = "uses of work";
/// See [`ENTITIES`].
pub const WANTED: &str = "wanted documents";
/// See [`ENTITIES`].
pub const REFERRED: &str = "references to";

/// Back-references of the edition; lists are in the order of time, then of the text.
#[derive(Clone, Debug, Default)]
pub struct BackReferences {
    /// Register id → what is known of it.
    pub entities: Keyed<EntityUses>,
    /// Bibliography key → where it is used.
    pub entries: Keyed<EntryUses>,
    /// Work → printed place → who refers to it. Only places that the edition does not hold.
    pub wanted: Watched<Wanted>,
    /// For each document the documents that refer to it by link or printed cross-reference.
    pub referred: Listed<Watched<Vec<Use>>>,
}

/// Work → printed place → who refers to it.
pub type Wanted = BTreeMap<String, BTreeMap<PrintedTarget, Vec<Use>>>;

impl BackReferences {
    /// Facts and their states.
    pub fn facts(&self) -> impl Iterator<Item = (Fact, State)> {
        let referred = self.referred.unwatched().iter().map(Watched::noted);
        let rest = [self.wanted.noted(), self.referred.noted()];
        self.entities.noted().chain(self.entries.noted()).chain(rest).chain(referred)
    }
}

/// The lists while they are made.
#[derive(Default)]
struct Collected {
    entities: BTreeMap<String, EntityUses>,
    entries: BTreeMap<String, EntryUses>,
    wanted: Wanted,
    referred: Vec<Vec<Use>>,
}

/// A place that uses something: the annotation `annotation` of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Use {
    /// The document.
    pub document: DocumentIndex,
    /// Index of the annotation in its summary.
    pub annotation: u32,
}

/// The part an entity plays in a document's making.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say all")]
pub enum Involvement {
    Author,
    To,
    For,
    Via,
    Cc,
    EmbeddedAuthor,
    EmbeddedTo,
    PlaceOfWriting,
    PlaceOfReceipt,
}

/// What is known of a register entry.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct EntityUses {
    /// Documents by involvement.
    pub documents: BTreeMap<Involvement, Vec<DocumentIndex>>,
    /// Mentions in text and notes.
    pub mentions: Vec<Use>,
    /// Documents that name it under `mentions` only.
    pub listed: Vec<DocumentIndex>,
}

impl EntityUses {
    /// How many different documents it wrote, received or was written in.
    #[must_use]
    pub fn document_count(&self) -> usize {
        let mut all: Vec<DocumentIndex> = self.documents.values().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    }
}

/// Where a work is used.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct EntryUses {
    /// Citations and printed cross-references.
    pub cited: Vec<Use>,
    /// Documents printed from it.
    pub printed_from: Vec<DocumentIndex>,
}

/// Collects all back-references, going through the documents in the order of time.
#[must_use]
pub fn collect(salt: State, documents: &[Summary], answers: &[Watched<Answers>], order: &Order) -> BackReferences {
    let mut back = Collected { referred: vec![Vec::new(); documents.len()], ..Collected::default() };
    let pages = (0_u32..).zip(documents).filter(|(_, summary)| summary.page).map(|(index, _)| DocumentIndex(index));
    for index in order.time.iter().copied().chain(pages) {
        let summary = &documents[index.at()];
        collect_parties(&mut back, index, summary);
        if let Some(work) = summary.front.source.as_ref().and_then(|source| source.work.as_ref()) {
            back.entries.entry(work.value.clone()).or_default().printed_from.push(index);
        }
        for (annotation, target) in (0_u32..).zip(&answers[index.at()].targets) {
            collect_use(&mut back, summary, Use { document: index, annotation }, target);
        }
    }
    let referred = back.referred.into_iter().zip(documents).map(|(uses, summary)| {
        let fact = watch::fact(REFERRED, summary.file.as_str());
        Watched::salted(fact, salt, uses)
    });
    BackReferences {
        entities: Keyed::new(ENTITIES, salt, back.entities),
        entries: Keyed::new(ENTRIES, salt, back.entries),
        wanted: Watched::salted(watch::fact(WANTED, ""), salt, back.wanted),
        referred: list(salt, referred.collect()),
    }
}

/// The list of references with what is noted of it.
#[must_use]
pub fn list(salt: State, referred: Vec<Watched<Vec<Use>>>) -> Listed<Watched<Vec<Use>>> {
    Listed::new(watch::fact("documents", "references"), salt, referred)
}

fn collect_parties(back: &mut Collected, index: DocumentIndex, summary: &Summary) {
    let front = &summary.front;
    let mut add = |id: &str, involvement: Involvement| {
        let list = back.entities.entry(id.to_owned()).or_default().documents.entry(involvement).or_default();
        if list.last() != Some(&index) {
            list.push(index);
        }
    };
    let id = |party: &Party| party.entity.as_ref().map(|id| id.value.clone());
    for author in front.author.iter().filter_map(id) {
        add(&author, Involvement::Author);
    }
    for party in &front.to {
        if let Some(to) = id(party) {
            let involvement = match party.role {
                Role::To => Involvement::To,
                Role::For => Involvement::For,
                Role::Via => Involvement::Via,
                Role::Cc => Involvement::Cc,
            };
            add(&to, involvement);
        }
    }
    for embedded in &front.contains {
        embedded.author.iter().filter_map(id).for_each(|author| add(&author, Involvement::EmbeddedAuthor));
        embedded.to.iter().filter_map(id).for_each(|to| add(&to, Involvement::EmbeddedTo));
    }
    let places = [
        (&front.written, Involvement::PlaceOfWriting),
        (&front.sent, Involvement::PlaceOfWriting),
        (&front.received, Involvement::PlaceOfReceipt),
    ];
    for (event, involvement) in places {
        if let Some(place) = event.as_ref().and_then(|event| event.place.as_ref()) {
            add(&place.value, involvement);
        }
    }
    for mention in &front.mentions {
        back.entities.entry(mention.value.clone()).or_default().listed.push(index);
    }
}

fn collect_use(back: &mut Collected, summary: &Summary, place: Use, target: &Target) {
    match (&summary.annotations[place.annotation as usize].kind, target) {
        (AnnotationKind::Mention { id, .. }, Target::Entity(_)) if !states_a_fact(summary, place, &id.value) => {
            back.entities.entry(id.value.clone()).or_default().mentions.push(place);
        }
        (AnnotationKind::Citation(citation), Target::Entries(known)) => {
            for (cite, _) in citation.cites.iter().zip(known).filter(|(_, known)| **known) {
                back.entries.entry(cite.key.value.clone()).or_default().cited.push(place);
            }
        }
        (AnnotationKind::CrossReference { work, targets }, Target::Printed(answers)) => {
            for (target, answer) in targets.iter().zip(answers) {
                match answer {
                    PrintedAnswer::Found(document, _) => back.referred[document.at()].push(place),
                    PrintedAnswer::Wanted => {
                        back.wanted.entry(work.value.clone()).or_default().entry(target.clone()).or_default().push(place);
                    }
                }
            }
        }
        (AnnotationKind::Link { .. }, Target::Document(document, _)) if *document != place.document => {
            back.referred[document.at()].push(place)
        }
        _ => {}
    }
}

/// A writer who signs, a recipient who is addressed, the place in the dateline: the document stands in their lists as written, received or sent
/// from there, and is no mention besides.
fn states_a_fact(summary: &Summary, place: Use, id: &str) -> bool {
    let annotation = &summary.annotations[place.annotation as usize];
    let inside = |words: &Span| words.start <= annotation.span.start && annotation.span.end <= words.end;
    let Some((part, _)) = summary.parts.iter().find(|(_, words)| annotation.place.note.is_none() && inside(&words.span)) else {
        return false;
    };
    let front = &summary.front;
    let is = |party: &Party| party.entity.as_ref().is_some_and(|entity| entity.value == id);
    match part {
        Part::Signature => front.author.iter().any(is),
        Part::Salutation | Part::Addressee => front.to.iter().any(is),
        Part::Dateline => {
            let events = [&front.written, &front.sent];
            events.into_iter().flatten().any(|event| event.place.as_ref().is_some_and(|place| place.value == id))
        }
        _ => false,
    }
}
