//! Lists that are too heavy for one page: where they are divided, found once for all their pages.
//!
//! Which row stands on which page depends on every row before it. If each page found that out for itself, a list of twice the length would take
//! four times the work, and every page of it would be made again whenever one of its documents got another title.

use super::parts::Division;
use super::{citing, correspondence, registers};
use crate::base::watch::Keyed;
use crate::model::theme::Words;
use crate::resolve::Site;
use crate::resolve::routes::Routes;
use std::collections::BTreeMap;

/// The kind of fact by which a division is known.
pub const DIVISION: &str = "division";

/// The divided lists by their first pages; a list that fits on one page has no division.
pub type Divisions = Keyed<Division>;

/// Divides all lists that need it.
#[must_use]
pub fn all(site: &Site, words: &Words) -> BTreeMap<String, Division> {
    let pairs = site.correspondences.keys().map(|pair| (Routes::correspondence(pair), correspondence::division(site, words, pair)));
    let works = citing::apart(site).into_iter().map(|(key, first)| (first, citing::division(site, key)));
    let entities = site.entities.values().map(|entity| (Routes::entity(entity), registers::division(site, words, entity)));
    let all = pairs.chain(works).chain(entities);
    all.filter(|(_, division)| division.cuts.len() > 1).map(|(first, division)| (first.as_str().to_owned(), division)).collect()
}
