//! Works: the bibliography with the places that cite, and the documents that are wanted.

use super::entry_words;
use super::inline::wanted_anchor;
use super::mentions;
use super::page_input::{BibliographyInput, BibliographyRow, Fact, WantedInput, WantedItem, WantedWork};
use super::registers::foreign;
use crate::base::collate::Collation;
use crate::base::path::OutputPath;
use crate::model::annotation::PrintedTarget;
use crate::model::entry::{Entry, Name};
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
            details: details(entry, words),
            original: foreign(site, entry.title_original.as_ref()),
            printed_from: uses.map_or(0, |uses| u32::try_from(uses.printed_from.len()).unwrap_or(u32::MAX)),
            cited: uses.map_or_else(Vec::new, |uses| mentions::groups(site, words, page, &uses.cited)),
        }
    };
    BibliographyInput {
        summary: words.count(&site.config.language, "works_count", entries.len()),
        entries: entries.into_iter().map(row).collect(),
    }
}

/// What was typed of a work and has no place in its line: the larger work's own facts, numbers, and fields under their names.
fn details(entry: &Entry, words: &Words) -> Vec<Fact> {
    let mut details = Vec::new();
    let mut add = |label: &str, text: &str| {
        if !text.is_empty() {
            let key = format!("field_{label}");
            let name = if words.get(&key) == key { label.replace(['-', '_'], " ") } else { words.get(&key).to_owned() };
            details.push(Fact { label: name, html: super::facts::address(text, text) });
        }
    };
    add("short-title", entry.short_title.as_deref().unwrap_or_default());
    add("translator", &straight(&entry.translators));
    let mut outer = entry.parent.as_deref();
    while let Some(work) = outer {
        add("author", &straight(&work.authors));
        add("editor", &straight(&work.editors));
        add("translator", &straight(&work.translators));
        add("original-title", work.title_original.as_deref().unwrap_or_default());
        add("short-title", work.short_title.as_deref().unwrap_or_default());
        add("publisher", &[&work.publisher, &work.location].into_iter().flatten().cloned().collect::<Vec<_>>().join(", "));
        add("edition", work.edition.as_deref().unwrap_or_default());
        add("pages", work.pages.as_deref().unwrap_or_default());
        add("date", work.date.as_ref().map_or("", |date| &date.printed));
        add("url", work.url.as_deref().unwrap_or_default());
        add("note", work.note.as_deref().unwrap_or_default());
        work.serials.iter().chain(&work.more).for_each(|(name, value)| add(name, value));
        outer = work.parent.as_deref();
        if let Some(next) = outer {
            add("part_of", &next.title);
            add("volume", next.volume.as_deref().unwrap_or_default());
        }
    }
    let doi = |value: &str| if value.starts_with("10.") { format!("https://doi.org/{value}") } else { value.to_owned() };
    for (name, value) in entry.serials.iter().chain(&entry.more) {
        match name.as_str() {
            "doi" => add(name, &doi(value)),
            // The same language needs no second word.
            "original-language" if entry.language.as_ref() == Some(value) => {}
            "original-language" => add(name, &super::facts::language_name(words, value)),
            _ => add(name, value),
        }
    }
    add("date", entry.date.as_ref().and_then(|date| super::date_words::reason(date, words)).as_deref().unwrap_or_default());
    details
}

fn straight(names: &[Name]) -> String {
    names.iter().map(Name::straight).collect::<Vec<_>>().join("; ")
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
