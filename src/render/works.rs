//! Works: the bibliography with the places that cite, and the documents that are wanted.

use super::entry_words;
use super::inline::wanted_anchor;
use super::mentions;
use super::page_input::{BibliographyInput, BibliographyRow, Foreign, WantedInput, WantedItem, WantedWork};
use super::registers::script_language;
use crate::base::collate::Collation;
use crate::base::path::OutputPath;
use crate::model::annotation::PrintedTarget;
use crate::model::entry::Entry;
use crate::model::theme::Words;
use crate::resolve::Site;
use crate::resolve::order::natural;

/// All works, by author or title.
#[must_use]
pub fn bibliography(site: &Site, words: &Words, page: &OutputPath) -> BibliographyInput {
    let collation = Collation::of(&site.config.language);
    let mut entries: Vec<&Entry> = site.entries.values().collect();
    let sort = |entry: &Entry| entry.authors.first().map_or_else(|| entry.title.clone(), |name| format!("{} {}", name.family, entry.title));
    entries.sort_by(|a, b| {
        let volume = |entry: &Entry| natural(entry.volume.as_deref().unwrap_or_default());
        collation.compare(&sort(a), &sort(b)).then_with(|| volume(a).cmp(&volume(b))).then_with(|| a.key.cmp(&b.key))
    });
    let row = |entry: &Entry| {
        let uses = site.back.entries.get(&entry.key);
        BibliographyRow {
            id: entry.key.clone(),
            html: entry_words::full(entry, words),
            original: entry.title_original.as_ref().map(|text| Foreign { text: text.clone(), language: script_language(text).to_owned() }),
            printed_from: uses.map_or(0, |uses| u32::try_from(uses.printed_from.len()).unwrap_or(u32::MAX)),
            cited: uses.map_or_else(Vec::new, |uses| mentions::groups(site, words, page, &uses.cited)),
        }
    };
    BibliographyInput {
        summary: words.count(&site.config.language, "works_count", entries.len()),
        entries: entries.into_iter().map(row).collect(),
    }
}

/// Documents and pages that the edition refers to and does not hold; the most wanted of a work first.
#[must_use]
pub fn wanted(site: &Site, words: &Words, page: &OutputPath) -> WantedInput {
    let mut works = Vec::new();
    let mut total = 0;
    for (key, targets) in site.back.wanted.iter() {
        let Some(entry) = site.entries.get(key) else { continue };
        let mut items: Vec<(&PrintedTarget, WantedItem)> = targets
            .iter()
            .map(|(target, uses)| {
                let name = match target {
                    PrintedTarget::Number(number) => words.fill("document_number", &[("number", number)]),
                    PrintedTarget::Page(number) => words.fill("page_in_full", &[("number", number)]),
                };
                let count = u32::try_from(uses.len()).unwrap_or(u32::MAX);
                (target, WantedItem { id: wanted_anchor(key, target), name, count, places: mentions::groups(site, words, page, uses) })
            })
            .collect();
        let place = |target: &PrintedTarget| match target {
            PrintedTarget::Number(number) => (0, natural(number)),
            PrintedTarget::Page(number) => (1, natural(number)),
        };
        items.sort_by(|(a, x), (b, y)| y.count.cmp(&x.count).then_with(|| place(a).cmp(&place(b))));
        total += items.len();
        works.push(WantedWork { html: entry_words::full(entry, words), items: items.into_iter().map(|(_, item)| item).collect() });
    }
    WantedInput { summary: words.count(&site.config.language, "wanted_count", total), works }
}
