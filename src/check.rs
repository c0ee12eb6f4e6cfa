//! Checks over the whole edition: facts that stand in one another's way although each can be read. One file per check.
//!
//! A check sees the resolved `Site` and returns findings that show both places. It never changes anything, and it is silent where a reading of
//! the sources exists in which both facts hold.

mod date_disagreement;
mod days;
mod lifetime;
mod printed_before_written;
mod received_before_sent;
mod reply_before_letter;
mod uncited_entry;

use crate::diag::Diagnostic;
use crate::resolve::Site;

/// Runs all checks.
#[must_use]
pub fn run(site: &Site) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for summary in site.documents.iter().filter(|summary| !summary.page) {
        date_disagreement::run(summary, &mut findings);
        received_before_sent::run(summary, &mut findings);
        printed_before_written::run(site, summary, &mut findings);
        lifetime::run(site, summary, &mut findings);
    }
    reply_before_letter::run(site, &mut findings);
    uncited_entry::run(site, &mut findings);
    findings
}
