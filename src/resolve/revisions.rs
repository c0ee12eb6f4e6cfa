//! When each document came into the edition and was last changed: from git and the ledger, else from what editors state; never from the date of
//! the document itself.
//!
//! A document of which nothing is known has no date here; feeds and the site map then leave it out rather than invent one.

use super::routes::Routes;
use crate::base::watch::{self, Watched};
use crate::model::config::Config;
use crate::model::date::Date;
use crate::model::document::Summary;
use crate::model::history::Past;
use crate::model::revision::{Moment, Revision};

/// The kind of fact.
pub const FACT: &str = "revision";

/// For each document or page, in their order.
pub(super) fn collect(config: &Config, documents: &[Summary], routes: &Routes, past: &Past) -> Vec<Watched<Revision>> {
    let version = config.version_date.as_ref().and_then(day);
    let one = |(at, summary): (usize, &Summary)| {
        let address = past.ledger.addresses.get(&routes.documents[at]);
        let file = past.history.files.get(&summary.file);
        let recorded = address.and_then(|address| address.date.as_ref()).and_then(day);
        let stated = stated(summary).or_else(|| version.clone().filter(|_| !summary.page));
        Revision {
            published: recorded.or_else(|| file.map(|file| file.first.at.clone())),
            version: address.and_then(|address| address.version.clone()),
            changed: file.map(|file| file.last.at.clone()).or(stated),
            by: file.map(|file| file.last.authors.clone()).unwrap_or_default(),
            commit: file.map(|file| file.last.id.clone()),
            path: past.history.head.as_ref().map(|_| format!("{}{}", past.history.prefix, summary.file)),
        }
    };
    let named = |(at, summary): (usize, &Summary)| Watched::new(watch::fact(FACT, summary.file.as_str()), one((at, summary)));
    documents.iter().enumerate().map(named).collect()
}

/// The latest day under `responsibility` and `errata`.
fn stated(summary: &Summary) -> Option<Moment> {
    let front = &summary.front;
    let work = front.responsibility.iter().filter_map(|entry| entry.when.as_ref());
    let errata = front.errata.iter().filter_map(|erratum| erratum.date.as_ref());
    work.chain(errata).filter_map(day).max()
}

/// A date of editing, if it is a day.
fn day(date: &Date) -> Option<Moment> {
    date.placed().filter(|_| date.is_one_day()).map(Moment::of_day)
}
