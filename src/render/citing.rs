//! Where a work is cited. While the bibliography stays light, the places stand under its works; in a large edition a work that is cited in many
//! documents has pages of its own for them, `bibliography/lcw-45.html`.

use super::page_input::{LinkInput, WorkInput};
use super::parts::{self, Division};
use super::{World, mentions};
use crate::base::path::OutputPath;
use crate::base::slug::slug;
use crate::model::theme::Words;
use crate::resolve::Site;
use crate::resolve::backreferences::Use;
use crate::resolve::routes::BIBLIOGRAPHY;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// So many bytes of places may stand in the bibliography itself.
const LIGHT: usize = 150_000;

/// In a bibliography that would be heavier, places in so many documents still stand under their work.
const FEW: usize = 5;

/// The places of a work by document, in the order of time.
fn by_document(uses: &[Use]) -> Vec<&[Use]> {
    uses.chunk_by(|a, b| a.document == b.document).collect()
}

/// About how many bytes the places in one document take.
fn weight(site: &Site, places: &[Use]) -> usize {
    places.first().map_or(0, |place| parts::row_weight(site, place.document)) + places.len() * parts::PLACE_WEIGHT
}

/// The works whose places have pages of their own, with the first of these.
#[must_use]
pub fn apart(site: &Site) -> BTreeMap<&str, OutputPath> {
    let all = || site.entries.keys().filter_map(|key| Some((key.as_str(), by_document(&site.back.entries.get(key)?.cited))));
    let heavy: usize = all().flat_map(|(_, documents)| documents).map(|places| weight(site, places)).sum();
    if heavy <= LIGHT {
        return BTreeMap::new();
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let many = all().filter(|(_, documents)| documents.len() > FEW);
    many.map(|(key, _)| {
        let own = slug(key);
        let free = |name: &String| !name.is_empty() && !taken.contains(name);
        let name = std::iter::once(own.clone()).chain((2..).map(|number| format!("{own}-{number}"))).find(free).unwrap_or_default();
        let path = OutputPath::new(format!("bibliography/{name}.html"));
        taken.insert(name);
        (key, path)
    })
    .collect()
}

/// How the places of a work are divided into pages.
#[must_use]
pub fn division(site: &Site, key: &str) -> Division {
    let Some(uses) = site.back.entries.get(key) else { return Division::default() };
    let documents = by_document(&uses.cited);
    let cuts = parts::cut(&documents.iter().map(|places| weight(site, places)).collect::<Vec<_>>());
    if cuts.len() < 2 {
        return Division::default();
    }
    let label = |(at, cut): (usize, &Range<usize>)| {
        let of_part = documents.get(cut.clone()).unwrap_or_default();
        let years = parts::years(site, of_part.iter().filter_map(|places| Some(places.first()?.document)));
        years.unwrap_or_else(|| (at + 1).to_string())
    };
    Division { labels: cuts.iter().enumerate().map(label).collect(), cuts, ..Division::default() }
}

/// "Cited in 1,204 documents"
#[must_use]
pub fn summary(site: &Site, words: &Words, key: &str) -> String {
    let documents = site.back.entries.get(key).map_or(0, |uses| by_document(&uses.cited).len());
    words.fill("cited_summary", &[("documents", &words.count(&site.config.language, "documents_count", documents))])
}

/// The places that cite a work, or a further part of them, counted from 0; `first` is the page of the first.
#[must_use]
pub fn work(
    world: &World<'_>,
    words: &Words,
    page: &OutputPath,
    first: &OutputPath,
    key: &str,
    (division, part): (Option<&Division>, usize),
) -> Option<WorkInput> {
    let site = world.site;
    let entry = site.entries.get(key)?;
    let documents = by_document(&site.back.entries.get(key)?.cited);
    let own = documents.get(division.map_or(0..documents.len(), |division| division.lines(part)))?;
    Some(WorkInput {
        bibliography: LinkInput {
            href: page.link_to(&OutputPath::new(BIBLIOGRAPHY), Some(key)).as_str().to_owned(),
            title: words.get("bibliography").to_owned(),
            date: String::new(),
        },
        title: entry.short_title.clone().unwrap_or_else(|| entry.title.clone()),
        html: world.citations.entry_html(site, entry),
        summary: summary(site, words, key),
        parts: parts::links(page, first, part, division),
        cited: own.iter().flat_map(|places| mentions::groups(site, words, page, places)).collect(),
    })
}
