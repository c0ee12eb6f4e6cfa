//! Works: the bibliography with the places that cite, and the documents that are wanted.

use super::World;
use super::inline::wanted_anchor;
use super::mentions;
use super::page_input::{BibliographyInput, BibliographyRow, Foreign, WantedInput, WantedItem, WantedWork};
use super::registers::script_language;
use crate::base::path::OutputPath;
use crate::model::annotation::PrintedTarget;
use crate::model::entry::Entry;
use crate::resolve::order::natural;

/// All works, in the order of their list.
#[must_use]
pub fn bibliography(world: &World<'_>, page: &OutputPath) -> BibliographyInput {
    let (site, words) = (world.site, &world.theme.words);
    let mut entries: Vec<&Entry> = site.entries.values().collect();
    entries.sort_by_key(|entry| world.citations.number(&entry.key));
    let row = |entry: &Entry| {
        let uses = site.back.entries.get(&entry.key);
        BibliographyRow {
            id: entry.key.clone(),
            html: world.citations.entry_html(entry),
            original: entry
                .title_original
                .as_ref()
                .filter(|text| !world.citations.says(&entry.key, text))
                .map(|text| Foreign { text: text.clone(), language: script_language(text).to_owned() }),
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
pub fn wanted(world: &World<'_>, page: &OutputPath) -> WantedInput {
    let (site, words) = (world.site, &world.theme.words);
    let mut works = Vec::new();
    let mut total = 0;
    for (key, targets) in &site.back.wanted {
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
        works.push(WantedWork { html: world.citations.entry_html(entry), items: items.into_iter().map(|(_, item)| item).collect() });
    }
    WantedInput { summary: words.count(&site.config.language, "wanted_count", total), works }
}
