//! Checks over the whole edition: facts that stand in one another's way although each can be read. One file per check.
//!
//! A check sees the resolved `Site` and returns findings that show both places. It never changes anything, and it is silent where a reading of
//! the sources exists in which both facts hold.

mod contradicting_dates;
mod date_disagreement;
mod days;
mod duplicate_entity;
mod lifetime;
mod menu;
mod note_order;
mod part_of;
mod printed_before_written;
mod received_before_sent;
mod reply_before_letter;
mod reserved_name;
mod review;
mod same_mark;
mod self_referring_note;
mod uncited_entry;
mod unknown_kind;
mod unmarked_cite;
pub mod untagged_name;
mod wanted_document;

use crate::base::path::ContentPath;
use crate::base::watch::{self, ABSENT, State};
use crate::diag::Diagnostic;
use crate::model::document::Summary;
use crate::proof::Passage;
use crate::resolve::{Answers, Site};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What the checks found last time, to be used again where nothing they looked at has changed.
#[derive(Default)]
pub struct Memory {
    /// State of everything that checks look at, but for the documents' own texts.
    pub world: State,
    /// What was found of the edition as a whole.
    pub whole: Vec<Diagnostic>,
    /// File → state of its text, and what was found in it.
    pub own: BTreeMap<ContentPath, (State, Vec<Diagnostic>)>,
}

/// Runs all checks.
#[must_use]
pub fn run(site: &Site) -> Vec<Diagnostic> {
    run_again(site, ABSENT, &mut Memory::default())
}

/// Runs the checks whose answers may be others than the last time. `world` is the state of everything but texts ([`ABSENT`] when it is not
/// known): settings, registers, what stands above each text, and what each text has that others may refer to.
#[must_use]
pub fn run_again(site: &Site, world: State, memory: &mut Memory) -> Vec<Diagnostic> {
    let world = if world == ABSENT { ABSENT } else { watch::state(&(world, site.past.noted().1)) };
    if memory.world != world || world == ABSENT {
        *memory = Memory { world, whole: whole(site), own: BTreeMap::new() };
    }
    let mut findings = memory.whole.clone();
    for (at, summary) in site.documents.unwatched().iter().enumerate() {
        let text = summary.text.noted().1;
        match memory.own.get(&summary.file).filter(|(state, _)| *state == text) {
            Some((_, own)) => findings.extend(own.iter().cloned()),
            None => {
                let own = document(site, summary, &site.answers[at]);
                findings.extend(own.iter().cloned());
                memory.own.insert(summary.file.clone(), (text, own));
            }
        }
    }
    findings
}

/// What one document says, held against the registers and the bibliography. May look at front matter of other documents, at no other text.
fn document(site: &Site, summary: &Summary, answers: &Answers) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    if !summary.page {
        date_disagreement::run(summary, &mut findings);
        received_before_sent::run(summary, &mut findings);
        printed_before_written::run(site, summary, &mut findings);
        lifetime::run(site, summary, &mut findings);
        review::run(site, summary, &mut findings);
        unknown_kind::run(site, summary, &mut findings);
    }
    self_referring_note::run(summary, &mut findings);
    note_order::run(summary, &mut findings);
    same_mark::run(summary, answers, &mut findings);
    findings
}

/// What holds documents against each other, and the registers. Looks at no text.
fn whole(site: &Site) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    reply_before_letter::run(site, &mut findings);
    contradicting_dates::run(site, &mut findings);
    duplicate_entity::run(site, &mut findings);
    reserved_name::run(site, &mut findings);
    menu::run(site, &mut findings);
    part_of::run(site, &mut findings);
    findings
}

/// What is only worth knowing: works that nothing cites, documents that are wanted, names that could be tagged. For `ibid check`, since a build
/// would say it again every time.
#[must_use]
pub fn suggest(site: &Site, passages_of: impl Fn(&Summary) -> Vec<Passage> + Sync) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    uncited_entry::run(site, &mut findings);
    wanted_document::run(site, &mut findings);
    if site.entities.is_empty() && site.entries.is_empty() {
        return findings;
    }
    let names = untagged_name::Names::of(site);
    let documents: Vec<&Summary> = site.documents.iter().filter(|summary| !summary.page).collect();
    let found: Vec<Vec<Diagnostic>> = documents
        .par_iter()
        .map(|summary| {
            let mut own = Vec::new();
            let passages = passages_of(summary);
            names.run(site, summary, &passages, &mut own);
            unmarked_cite::run(site, summary, &passages, &mut own);
            own
        })
        .collect();
    findings.extend(found.into_iter().flatten());
    findings
}
