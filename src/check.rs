//! Checks over the whole edition: facts that stand in one another's way although each can be read. One file per check.
//!
//! A check sees the resolved `Site` and returns findings that show both places. It never changes anything, and it is silent where a reading of
//! the sources exists in which both facts hold.

mod contradicting_dates;
mod date_disagreement;
mod days;
mod duplicate_entity;
mod lifetime;
mod note_order;
mod printed_before_written;
mod received_before_sent;
mod reply_before_letter;
mod reserved_name;
mod review;
mod same_mark;
mod self_referring_note;
mod uncited_entry;
mod unknown_kind;
pub mod untagged_name;
mod wanted_document;

use crate::diag::Diagnostic;
use crate::model::document::Summary;
use crate::proof::Passage;
use crate::resolve::Site;
use rayon::prelude::*;

/// Runs all checks.
#[must_use]
pub fn run(site: &Site) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for summary in site.documents.iter().filter(|summary| !summary.page) {
        date_disagreement::run(summary, &mut findings);
        received_before_sent::run(summary, &mut findings);
        printed_before_written::run(site, summary, &mut findings);
        lifetime::run(site, summary, &mut findings);
        review::run(site, summary, &mut findings);
        unknown_kind::run(site, summary, &mut findings);
    }
    for (summary, answers) in site.documents.iter().zip(&site.answers) {
        self_referring_note::run(summary, &mut findings);
        note_order::run(summary, &mut findings);
        same_mark::run(summary, answers, &mut findings);
    }
    reply_before_letter::run(site, &mut findings);
    contradicting_dates::run(site, &mut findings);
    duplicate_entity::run(site, &mut findings);
    reserved_name::run(site, &mut findings);
    findings
}

/// What is only worth knowing: works that nothing cites, documents that are wanted, names that could be tagged. For `ibid check`, since a build
/// would say it again every time.
#[must_use]
pub fn suggest(site: &Site, passages_of: impl Fn(&Summary) -> Vec<Passage> + Sync) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    uncited_entry::run(site, &mut findings);
    wanted_document::run(site, &mut findings);
    if site.entities.is_empty() {
        return findings;
    }
    let names = untagged_name::Names::of(site);
    let documents: Vec<&Summary> = site.documents.iter().filter(|summary| !summary.page).collect();
    let found: Vec<Vec<Diagnostic>> = documents
        .par_iter()
        .map(|summary| {
            let mut own = Vec::new();
            names.run(site, summary, &passages_of(summary), &mut own);
            own
        })
        .collect();
    findings.extend(found.into_iter().flatten());
    findings
}
