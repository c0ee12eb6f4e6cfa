//! JSON: each document with its facts, its text as paragraphs, its notes, and what it mentions and refers to; and a file with all of them.

use super::plain::Plain;
use super::{documents, party_name};
use crate::base::path::OutputPath;
use crate::model::annotation::{AnnotationKind, PrintedTarget};
use crate::model::date::Date;
use crate::model::document::{Event, Party, Role};
use crate::model::source::{Archive, PrintedSource};
use crate::render::Artifact;
use crate::resolve::Site;
use rayon::prelude::*;
use serde::Serialize;

#[derive(Serialize)]
struct Edition<'a> {
    title: &'a str,
    editors: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    documents: Vec<Document<'a>>,
}

#[derive(Serialize)]
struct Document<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    language: &'a str,
    author: Vec<Person<'a>>,
    to: Vec<Person<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<Act<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sent: Option<Act<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    received: Option<Act<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a PrintedSource>,
    #[serde(skip_serializing_if = "Option::is_none")]
    archive: Option<&'a Archive>,
    text: Vec<String>,
    notes: Vec<Note<'a>>,
    mentions: Vec<String>,
    references: Vec<String>,
}

#[derive(Serialize)]
struct Person<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    printed: Option<&'a str>,
    #[serde(skip_serializing_if = "is_to")]
    role: Role,
}

fn is_to(role: &Role) -> bool {
    *role == Role::To
}

#[derive(Serialize)]
struct Act<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    #[serde(flatten)]
    date: Option<Day<'a>>,
}

#[derive(Serialize)]
struct Day<'a> {
    printed: &'a str,
    edtf: &'a str,
}

impl<'a> Day<'a> {
    fn of(date: &'a Date) -> Self {
        Self { printed: &date.printed, edtf: date.edtf.as_str() }
    }
}

#[derive(Serialize)]
struct Note<'a> {
    mark: &'a str,
    kind: &'a str,
    text: Vec<String>,
}

/// One file a document, and `edition.json` with all.
#[must_use]
pub fn print(site: &Site) -> Vec<Artifact> {
    let all: Vec<usize> = documents(site).map(|(index, _)| index).collect();
    let documents: Vec<Document<'_>> = all.into_par_iter().map(|index| document(site, index)).collect();
    let mut artifacts: Vec<Artifact> = documents
        .par_iter()
        .map(|document| Artifact { path: OutputPath::new(format!("documents/{}.json", document.id)), bytes: bytes(document) })
        .collect();
    let config = &site.config;
    let edition = Edition {
        title: &config.title,
        editors: &config.editors,
        url: config.public_url.as_deref(),
        version: config.version.as_deref(),
        documents,
    };
    artifacts.push(Artifact { path: OutputPath::new("edition.json"), bytes: bytes(&edition) });
    artifacts
}

fn bytes<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("texts and numbers have a form in JSON");
    bytes.push(b'\n');
    bytes
}

fn document(site: &Site, index: usize) -> Document<'_> {
    let (summary, body) = (&site.documents[index], site.bodies[index].made());
    let front = &summary.front;
    let plain = Plain::of(site, index);
    let notes = site.answers[index].notes.iter().zip(&body.notes);
    let mut mentions = Vec::new();
    let mut references = Vec::new();
    for annotation in &summary.annotations {
        match &annotation.kind {
            AnnotationKind::Mention { kind, id } => mentions.push(format!("{}:{}", kind.scheme(), id.value)),
            AnnotationKind::Link { target, .. } => references.push(target.value.clone()),
            AnnotationKind::CrossReference { work, targets } => references.extend(targets.iter().map(|target| match target {
                PrintedTarget::Number(number) => format!("at:{}/{number}", work.value),
                PrintedTarget::Page(page) => format!("at:{}/p{page}", work.value),
            })),
            AnnotationKind::Citation(citation) => references.extend(citation.cites.iter().map(|cite| format!("@{}", cite.key.value))),
            _ => {}
        }
    }
    mentions.sort();
    mentions.dedup();
    Document {
        id: &front.id.value.0,
        title: &front.title.value,
        kind: front.kind.as_ref().map(|kind| kind.value.as_str()),
        language: front.language.as_deref().unwrap_or(&site.config.language),
        author: people(site, &front.author),
        to: people(site, &front.to),
        written: front.written.as_ref().map(act),
        sent: front.sent.as_ref().map(act),
        received: front.received.as_ref().map(act),
        source: front.source.as_ref(),
        archive: front.archive.as_ref(),
        text: plain.blocks(&body.blocks),
        notes: notes.map(|(note, blocks)| Note { mark: &note.mark, kind: &note.series, text: plain.blocks(blocks) }).collect(),
        mentions,
        references,
    }
}

fn people<'s>(site: &'s Site, parties: &'s [Party]) -> Vec<Person<'s>> {
    let one = |party: &'s Party| Person {
        id: party.entity.as_ref().map(|id| id.value.as_str()),
        name: party_name(site, party),
        printed: party.printed.as_deref(),
        role: party.role,
    };
    parties.iter().map(one).collect()
}

fn act(event: &Event) -> Act<'_> {
    Act { place: event.place.as_ref().map(|place| place.value.as_str()), date: event.date.as_ref().map(Day::of) }
}
