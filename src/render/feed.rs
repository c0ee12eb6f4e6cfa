//! Feeds of the edition (Atom, RFC 4287): documents that are new, and documents that were corrected.
//!
//! Dates are those of editing. A document of which no such date is known is in no feed; an edition without a public address, or without any
//! such date, has none: Atom needs both.

use super::entry_words::escaped;
use super::facts::kind_word;
use super::routes::canonical_path;
use crate::base::path::percent;
use crate::model::document::{Erratum, Party};
use crate::model::revision::Moment;
use crate::model::theme::Words;
use crate::resolve::{DocumentIndex, Site};

/// Documents that are new.
pub const NEW: &str = "feed.xml";
/// Documents that were corrected.
pub const CORRECTED: &str = "feed-corrections.xml";

/// A reader of feeds asks for them again and again, so they hold no more than this.
const LONGEST: usize = 100;

/// One entry, ready to be sorted.
struct Entry {
    updated: Moment,
    published: Option<Moment>,
    document: DocumentIndex,
    id: String,
    title: String,
    content: Content,
}

enum Content {
    Text(String),
    Html(String),
}

/// The feeds this edition has: file and title.
#[must_use]
pub fn titles<'a>(site: &Site, words: &'a Words) -> Vec<(&'static str, &'a str)> {
    let Some(url) = &site.config.public_url else { return Vec::new() };
    let filled = [(NEW, "feed_new", new(site, url)), (CORRECTED, "feed_corrected", corrected(site, url))];
    filled.into_iter().filter(|(.., entries)| !entries.is_empty()).map(|(file, word, _)| (file, words.get(word))).collect()
}

/// The feeds this edition has: file and XML.
#[must_use]
pub fn feeds(site: &Site, words: &Words) -> Vec<(&'static str, String)> {
    let Some(url) = &site.config.public_url else { return Vec::new() };
    let titled = titles(site, words).into_iter();
    let xml = titled.map(|(file, title)| {
        let entries = if file == NEW { new(site, url) } else { corrected(site, url) };
        (file, feed(site, words, url, file, title, &entries))
    });
    xml.collect()
}

/// Documents, each once, the newest first.
fn new(site: &Site, url: &str) -> Vec<Entry> {
    let dated = |index: &DocumentIndex| {
        let revision = &site.revisions[index.at()];
        let updated = revision.changed.clone().or_else(|| revision.published.clone())?;
        Some((revision.published.clone().unwrap_or_else(|| updated.clone()), updated, *index))
    };
    let mut newest: Vec<(Moment, Moment, DocumentIndex)> = site.order.time.iter().filter_map(dated).collect();
    newest.sort_by_key(|(since, ..)| std::cmp::Reverse(since.clone()));
    newest.truncate(LONGEST);
    // Words of documents are looked at last: a feed must not depend on those that are not in it.
    let entry = |(_, updated, document): (Moment, Moment, DocumentIndex)| {
        let summary = &site.documents[document.at()];
        let text = summary.front.summary.clone().unwrap_or_else(|| summary.opening.clone());
        Entry {
            updated,
            published: site.revisions[document.at()].published.clone(),
            document,
            id: address(site, url, document),
            title: summary.front.title.value.clone(),
            content: Content::Text(text),
        }
    };
    newest.into_iter().map(entry).collect()
}

/// An entry for each day on which a document was corrected.
fn corrected(site: &Site, url: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for index in &site.order.time {
        let front = &site.documents[index.at()].front;
        let mut days: Vec<(Moment, Vec<&Erratum>)> = Vec::new();
        for erratum in &front.errata {
            let Some(day) = erratum.date.as_ref().filter(|date| date.is_one_day()).and_then(|date| date.placed()) else { continue };
            let day = Moment::of_day(day);
            match days.iter_mut().find(|(known, _)| *known == day) {
                Some((_, errata)) => errata.push(erratum),
                None => days.push((day, vec![erratum])),
            }
        }
        for (updated, errata) in days {
            let lines: String = errata.iter().map(|erratum| format!("<li>{}</li>", super::document::correction(erratum))).collect();
            entries.push(Entry {
                document: *index,
                id: format!("{}#errata-{}", address(site, url, *index), updated.day),
                title: front.title.value.clone(),
                content: Content::Html(format!("<ul>{lines}</ul>")),
                published: None,
                updated,
            });
        }
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.updated.clone()));
    entries.truncate(LONGEST);
    entries
}

fn feed(site: &Site, words: &Words, url: &str, file: &str, title: &str, entries: &[Entry]) -> String {
    let config = &site.config;
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        config.language
    );
    let mut line = |indent: &str, text: String| {
        xml.push_str(indent);
        xml.push_str(&text);
        xml.push('\n');
    };
    line("", format!("<id>{}</id>", text(&format!("{url}{file}"))));
    line("", format!("<title>{}: {}</title>", text(&config.short_title), text(title)));
    line("", format!("<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>", text(&format!("{url}{file}"))));
    line("", format!("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", text(url)));
    if let Some(newest) = entries.iter().map(|entry| &entry.updated).max() {
        line("", format!("<updated>{}</updated>", newest.rfc3339()));
    }
    let editors = if config.editors.is_empty() { std::slice::from_ref(&config.short_title) } else { &config.editors[..] };
    for editor in editors {
        line("", format!("<author><name>{}</name></author>", text(editor)));
    }
    if let Some(rights) = config.rights_editorial.as_ref().or(config.rights.as_ref()) {
        line("", format!("<rights>{}</rights>", text(&rights.text)));
    }
    line("", "<generator>ibid</generator>".to_owned());
    for entry in entries {
        write_entry(&mut line, site, words, url, entry);
    }
    xml.push_str("</feed>\n");
    xml
}

fn write_entry(line: &mut impl FnMut(&str, String), site: &Site, words: &Words, url: &str, entry: &Entry) {
    let front = &site.documents[entry.document.at()].front;
    line("", "<entry>".to_owned());
    line("  ", format!("<id>{}</id>", text(&entry.id)));
    line("  ", format!("<title>{}</title>", text(&entry.title)));
    line("  ", format!("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", text(&address(site, url, entry.document))));
    if let Some(published) = &entry.published {
        line("  ", format!("<published>{}</published>", published.rfc3339()));
    }
    line("  ", format!("<updated>{}</updated>", entry.updated.rfc3339()));
    for name in front.author.iter().filter_map(|party| name(site, party)) {
        line("  ", format!("<author><name>{}</name></author>", text(&name)));
    }
    let kind = front.kind.as_ref().map_or("document", |kind| kind.value.as_str());
    line("  ", format!("<category term=\"{}\" label=\"{}\"/>", text(kind), text(&kind_word(site, words, kind))));
    match &entry.content {
        Content::Text(words) if words.is_empty() => {}
        Content::Text(words) => line("  ", format!("<summary>{}</summary>", text(words))),
        Content::Html(html) => line("  ", format!("<content type=\"html\">{}</content>", text(html))),
    }
    line("", "</entry>".to_owned());
}

fn name(site: &Site, party: &Party) -> Option<String> {
    let entity = party.entity.as_ref().and_then(|id| site.entities.get(&id.value));
    entity.map(|entity| entity.name.clone()).or_else(|| party.printed.clone())
}

fn address(site: &Site, url: &str, index: DocumentIndex) -> String {
    public_address(url, canonical_path(&site.routes.documents[index.at()]))
}

/// The absolute address of a file of the site.
pub(super) fn public_address(url: &str, path: &str) -> String {
    let mut address = url.to_owned();
    for (at, part) in path.split('/').enumerate() {
        if at > 0 {
            address.push('/');
        }
        address.push_str(&percent(part));
    }
    address
}

/// Text for XML, without the control characters that XML 1.0 cannot hold.
pub(super) fn text(text: &str) -> String {
    escaped(
        &text.replace(
            |letter: char| (letter < ' ' && !matches!(letter, '\t' | '\n' | '\r')) || matches!(letter, '\u{fffe}' | '\u{ffff}'),
            "",
        ),
    )
}
