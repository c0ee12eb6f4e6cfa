//! When each document came into the edition and was last changed: from what editors state, never from the date of the document itself.
//!
//! A document that states nothing has no date here; feeds and the site map then leave it out rather than invent one.

use crate::model::config::Config;
use crate::model::date::Date;
use crate::model::document::Summary;
use crate::model::revision::{Moment, Revision};

/// For each document or page, in their order.
pub(super) fn collect(config: &Config, documents: &[Summary]) -> Vec<Revision> {
    let version = config.version_date.as_ref().and_then(day);
    documents.iter().map(|summary| revision(summary, version.as_ref())).collect()
}

fn revision(summary: &Summary, version: Option<&Moment>) -> Revision {
    let front = &summary.front;
    let work = front.responsibility.iter().filter_map(|entry| entry.when.as_ref());
    let errata = front.errata.iter().filter_map(|erratum| erratum.date.as_ref());
    let stated = work.chain(errata).filter_map(day).max();
    Revision { published: None, changed: stated.or_else(|| version.filter(|_| !summary.page).cloned()) }
}

/// A date of editing, if it is a day.
fn day(date: &Date) -> Option<Moment> {
    date.placed().filter(|_| date.is_one_day()).map(Moment::of_day)
}
