//! The first page and what all pages share.

use super::World;
use super::chronology::{Timeline, summary_line};
use super::facts;
use super::feed;
use super::page_input::{EditionInput, Entrance, HomeDocument, HomeInput, MenuItem, NoteInput};
use super::routes::has_wanted;
use crate::base::path::OutputPath;
use crate::model::entity::EntityKind;
use crate::model::theme::{Theme, Words};
use crate::resolve::routes::{BIBLIOGRAPHY, CHRONOLOGY, CORRESPONDENCES, HOME, ON_THIS_DAY, Routes, WANTED};
use crate::resolve::{DocumentIndex, Site};

/// An edition of at most so many documents lists them all on its first page.
const SMALL: usize = 60;

/// What all pages share.
#[must_use]
pub fn edition(site: &Site, theme: &Theme) -> EditionInput {
    let config = &site.config;
    let words = &theme.words;
    let item = |title: &str, path: &str| MenuItem { title: title.to_owned(), path: path.to_owned() };
    let mut menu = vec![item(words.get("chronology"), CHRONOLOGY)];
    for kind in [EntityKind::Person, EntityKind::Organisation, EntityKind::Place] {
        if site.routes.registers.contains(&kind) {
            menu.push(item(words.get(kind.register()), Routes::register(kind).as_str()));
        }
    }
    let mut footer = Vec::new();
    let listed = pages_in_order(site);
    for (at, index) in listed.iter().enumerate() {
        let front = &site.documents[*index].front;
        let title = front.menu.as_ref().or(front.short_title.as_ref()).unwrap_or(&front.title.value);
        let entry = item(title, site.routes.documents[*index].as_str());
        if at == 0 { menu.push(entry) } else { footer.push(entry) }
    }
    for kind in &site.routes.registers {
        if !matches!(kind, EntityKind::Person | EntityKind::Organisation | EntityKind::Place) {
            footer.push(item(words.get(kind.register()), Routes::register(*kind).as_str()));
        }
    }
    if !site.entries.is_empty() {
        footer.push(item(words.get("bibliography"), BIBLIOGRAPHY));
    }
    if has_wanted(site) {
        footer.push(item(words.get("wanted"), WANTED));
    }
    let version = config.version.as_ref().map(|version| match &config.version_date {
        Some(date) => format!("{version}, {}", super::date_words::full(date, words)),
        None => version.clone(),
    });
    EditionInput {
        title: config.short_title.clone(),
        subtitle: config.subtitle.clone(),
        description: config.description.clone(),
        editors: config.editors.clone(),
        publisher: config.publisher.clone(),
        rights_of_editors: config.rights_editorial.is_some(),
        rights_html: config.rights_editorial.as_ref().or(config.rights.as_ref()).map(facts::rights),
        version,
        language: config.language.clone(),
        public_url: config.public_url.clone(),
        repository: config.repository.clone(),
        menu,
        footer,
        feeds: feed::titles(site, words).into_iter().map(|(path, title)| item(title, path)).collect(),
        tokens_css: theme.files.contains_key("tokens.css"),
        preload: theme.manifest.preload.iter().map(|name| format!("theme/{name}")).collect(),
    }
}

/// Pages in the order of `pages:`, then by their own `order`, then by file; the first page itself is not listed.
fn pages_in_order(site: &Site) -> Vec<usize> {
    let mut pages: Vec<usize> =
        (0..site.documents.len()).filter(|at| site.documents[*at].page && site.routes.documents[*at].as_str() != HOME).collect();
    let place = |at: usize| {
        let id = &site.documents[at].front.id.value.0;
        site.config.pages.iter().position(|page| page.value == *id).unwrap_or(usize::MAX)
    };
    pages.sort_by_key(|at| (place(*at), site.documents[*at].front.order.unwrap_or(i32::MAX), *at));
    pages
}

/// The first page.
pub(super) fn home(world: &World<'_>, timeline: &Timeline, page: &OutputPath) -> HomeInput {
    let (site, words) = (world.site, &world.theme.words);
    let own = site.routes.documents.iter().position(|path| path.as_str() == HOME).filter(|at| site.documents[*at].page);
    let (body_html, notes): (String, Vec<NoteInput>) = match own {
        Some(at) => {
            let index = DocumentIndex(u32::try_from(at).unwrap_or(u32::MAX));
            let written = super::document::write(world, page, index);
            (written.body, written.notes)
        }
        None => (String::new(), Vec::new()),
    };
    let shown = if site.order.time.len() <= SMALL { site.order.time.len() } else { SMALL / 3 };
    HomeInput {
        body_html,
        notes,
        title: site.config.title.clone(),
        // Years without a document have a chart in the chronology only.
        charts: timeline.charts(site, page).into_iter().filter(|chart| chart.count > 0).collect(),
        summary: summary_line(site, words),
        documents: site.order.time.iter().take(shown).map(|index| document(site, words, timeline, page, *index)).collect(),
        more: shown < site.order.time.len(),
        entrances: entrances(world, timeline, page),
    }
}

/// A document's row with what it is about: titles of official letters are alike.
fn document(site: &Site, words: &Words, timeline: &Timeline, page: &OutputPath, index: DocumentIndex) -> HomeDocument {
    let summary = &site.documents[index.at()];
    let (opening, language) = match &summary.front.summary {
        Some(text) => (text.clone(), String::new()),
        None => (begin(&summary.opening), super::document::other_language(site, summary.front.language.as_deref())),
    };
    HomeDocument { row: timeline.row(site, words, page, index), opening, language }
}

/// Characters of a document's first words.
const OPENING: usize = 150;

/// The first words, cut between two of them.
fn begin(text: &str) -> String {
    match text.char_indices().nth(OPENING) {
        None => text.to_owned(),
        Some((end, _)) => format!(
            "{}…",
            text[..end].rsplit_once(' ').map_or(&text[..end], |(words, _)| words).trim_end_matches([',', ';', ':', '.', '—', '-'])
        ),
    }
}

fn entrances(world: &World<'_>, timeline: &Timeline, page: &OutputPath) -> Vec<Entrance> {
    let (site, words) = (world.site, &world.theme.words);
    let language = &site.config.language;
    let entrance = |title: &str, path: &OutputPath, count: String| Entrance {
        title: title.to_owned(),
        href: page.link_to(path, None).as_str().to_owned(),
        count,
    };
    let mut entrances = vec![entrance(
        words.get("chronology"),
        &OutputPath::new(CHRONOLOGY),
        words.count(language, "documents_count", site.order.time.len()),
    )];
    if !timeline.this_day.is_empty() {
        entrances.push(entrance(words.get("on_this_day"), &OutputPath::new(ON_THIS_DAY), String::new()));
    }
    if !site.correspondences.is_empty() {
        let count = words.count(language, "correspondences_count", site.correspondences.len());
        entrances.push(entrance(words.get("correspondences"), &OutputPath::new(CORRESPONDENCES), count));
    }
    for kind in &site.routes.registers {
        let count = site.entities.values().filter(|entity| entity.kind == *kind).count();
        entrances.push(entrance(words.get(kind.register()), &Routes::register(*kind), words.count(language, "entries_count", count)));
    }
    if !site.entries.is_empty() {
        entrances.push(entrance(
            words.get("bibliography"),
            &OutputPath::new(BIBLIOGRAPHY),
            words.count(language, "works_count", site.entries.len()),
        ));
    }
    if has_wanted(site) {
        let count: usize =
            site.back.wanted.iter().filter(|(work, _)| site.entries.contains_key(work)).map(|(_, targets)| targets.len()).sum();
        entrances.push(entrance(words.get("wanted"), &OutputPath::new(WANTED), words.count(language, "wanted_count", count)));
    }
    for at in pages_in_order(site) {
        entrances.push(entrance(&site.documents[at].front.title.value, &site.routes.documents[at], String::new()));
    }
    entrances
}
