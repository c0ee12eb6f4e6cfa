//! The state of the editors' work: which document waits for what, and who may not do it.

use super::{DocumentIndex, Site};
use crate::model::document::{Status, Summary};

/// One state with its documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The state; `None` for documents that name none.
    pub status: Option<Status>,
    /// Its documents, in time.
    pub documents: Vec<Waiting>,
}

/// One document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub document: DocumentIndex,
    /// Names or register ids of those who may not do the next step, by the edition's rule.
    pub not_by: Vec<String>,
}

/// States in the order of work; those that need somebody first.
const ORDER: [Option<Status>; 7] = [
    Some(Status::Problematic),
    Some(Status::Draft),
    Some(Status::Transcribed),
    Some(Status::Proofread),
    Some(Status::Validated),
    Some(Status::Published),
    None,
];

/// All states that have documents.
#[must_use]
pub fn stages(site: &Site) -> Vec<Stage> {
    let stage = |status: Option<Status>| {
        let documents = site.order.time.iter().filter(|index| site.documents[index.at()].front.status == status);
        let waiting = documents.map(|index| Waiting { document: *index, not_by: excluded(site, &site.documents[index.at()]) });
        Stage { status, documents: waiting.collect() }
    };
    ORDER.into_iter().map(stage).filter(|stage| !stage.documents.is_empty()).collect()
}

/// Whoever transcribed or proofread does not validate.
fn excluded(site: &Site, summary: &Summary) -> Vec<String> {
    if !site.config.second_person_review || summary.front.status != Some(Status::Proofread) {
        return Vec::new();
    }
    let mut names: Vec<String> = Vec::new();
    for entry in summary.front.responsibility.iter().filter(|entry| matches!(entry.did.as_str(), "transcribed" | "proofread")) {
        let name = site.entities.get(&entry.who).map_or(&entry.who, |entity| &entity.name);
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}
