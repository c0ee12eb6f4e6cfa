//! Works: the bibliography with the places that cite, and the documents that are wanted.

use super::World;
use super::inline::wanted_anchor;
use super::page_input::{BibliographyInput, BibliographyRow, Fact, LinkInput, WantedInput, WantedItem, WantedWork};
use super::registers::foreign;
use super::{citing, mentions};
use crate::base::path::OutputPath;
use crate::model::annotation::PrintedTarget;
use crate::model::entry::{Entry, Name};
use crate::model::theme::Words;
use crate::resolve::order::natural;

/// All works, in the order of their list.
#[must_use]
pub fn bibliography(world: &World<'_>, page: &OutputPath) -> BibliographyInput {
    let (site, words) = (world.site, &world.theme.words);
    let mut entries: Vec<&Entry> = site.entries.values().collect();
    entries.sort_by_key(|entry| world.citations.number(&entry.key));
    let apart = citing::apart(site);
    let row = |entry: &Entry| {
        let uses = site.back.entries.get(&entry.key);
        let own = apart.get(entry.key.as_str());
        BibliographyRow {
            id: entry.key.clone(),
            html: world.citations.entry_html(site, entry),
            details: details(entry, words, &world.citations.entry_text(&entry.key)),
            original: foreign(site, entry.title_original.as_ref())
                .filter(|original| !world.citations.entry_text(&entry.key).contains(&original.text)),
            printed_from: uses.map_or(0, |uses| u32::try_from(uses.printed_from.len()).unwrap_or(u32::MAX)),
            cited: uses.filter(|_| own.is_none()).map_or_else(Vec::new, |uses| mentions::groups(site, words, page, &uses.cited)),
            cited_apart: own.map(|path| LinkInput {
                href: page.link_to(path, None).as_str().to_owned(),
                title: citing::summary(site, words, &entry.key),
                date: String::new(),
            }),
        }
    };
    BibliographyInput {
        summary: words.count(&site.config.language, "works_count", entries.len()),
        entries: entries.into_iter().map(row).collect(),
    }
}

/// What was typed of a work and has no place in its line: the larger work's own facts, numbers, and fields under their names.
fn details(entry: &Entry, words: &Words, said: &str) -> Vec<Fact> {
    let mut details = Vec::new();
    let mut add = |label: &str, text: &str| {
        if !text.is_empty() {
            let key = format!("field_{label}");
            let name = if words.get(&key) == key { label.replace(['-', '_'], " ") } else { words.get(&key).to_owned() };
            details.push(Fact { label: name, html: super::facts::address(text, text) });
        }
    };
    // What the style does not print.
    let unsaid = |text: &str| if says(said, text) { String::new() } else { text.to_owned() };
    for (label, value) in [
        ("publisher", &entry.publisher),
        ("location", &entry.location),
        ("volume", &entry.volume),
        ("edition", &entry.edition),
        ("issue", &entry.issue),
        ("pages", &entry.pages),
        ("url", &entry.url),
    ] {
        add(label, &unsaid(value.as_deref().unwrap_or_default()));
    }
    if entry.editors.iter().any(|name| !says(said, &name.family)) {
        add("editor", &straight(&entry.editors));
    }
    add("short-title", entry.short_title.as_deref().unwrap_or_default());
    add("translator", &straight(&entry.translators));
    if let Some(holder) = &entry.parent {
        add("part_of", &unsaid(&holder.title));
        add("volume", &unsaid(holder.volume.as_deref().unwrap_or_default()));
        add("issue", &unsaid(holder.issue.as_deref().unwrap_or_default()));
    }
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

/// Whether words stand in a text as whole words; a hyphen may be printed as a dash.
fn says(text: &str, words: &str) -> bool {
    let dashed = words.replace('-', "–");
    [words, dashed.as_str()].into_iter().any(|words| {
        text.match_indices(words).any(|(at, _)| {
            let open = |letter: Option<char>| !letter.is_some_and(char::is_alphanumeric);
            open(text[..at].chars().next_back()) && open(text[at + words.len()..].chars().next())
        })
    })
}

fn straight(names: &[Name]) -> String {
    names.iter().map(Name::straight).collect::<Vec<_>>().join("; ")
}

/// Documents and pages that the edition refers to and does not hold; the most wanted of a work first.
#[must_use]
pub fn wanted(world: &World<'_>, page: &OutputPath) -> WantedInput {
    let (site, words) = (world.site, &world.theme.words);
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
        works.push(WantedWork { html: world.citations.entry_html(site, entry), items: items.into_iter().map(|(_, item)| item).collect() });
    }
    WantedInput { summary: words.count(&site.config.language, "wanted_count", total), works }
}
