//! Facts beside the title and the lines of the source block: only what is stated; absent facts leave no gap.

use super::date_words;
use super::entry_words::{self, escaped};
use super::html::HtmlWriter;
use super::page_input::{Fact, SourceLine};
use crate::base::path::OutputPath;
use crate::base::span::Spanned;
use crate::model::document::{Embedded, Event, Party, Relation, Role, Summary};
use crate::model::entry::Entry;
use crate::model::source::{Archive, CopyText, PrintedSource, Publication};
use crate::model::theme::Words;
use crate::resolve::Site;
use crate::resolve::routes::{BIBLIOGRAPHY, Routes};

/// What making facts needs.
#[derive(Clone, Copy)]
pub(super) struct FactMaker<'a> {
    pub site: &'a Site,
    pub words: &'a Words,
    pub page: &'a OutputPath,
}

impl FactMaker<'_> {
    /// Facts of a document, in the order of reading.
    pub fn facts(&self, summary: &Summary) -> Vec<Fact> {
        let front = &summary.front;
        let mut facts = Vec::new();
        let mut add = |key: &str, html: String| {
            if !html.is_empty() {
                facts.push(Fact { label: self.words.get(key).to_owned(), html });
            }
        };
        add(if front.to.is_empty() { "author" } else { "from" }, self.parties(&front.author));
        add("to", self.recipients(&front.to));
        for (key, role) in [("via", Role::Via), ("copy_to", Role::Cc)] {
            let parties: Vec<Party> = front.to.iter().filter(|party| party.role == role).cloned().collect();
            add(key, self.parties(&parties));
        }
        let place = [&front.written, &front.sent].into_iter().flatten().find_map(|event| event.place.as_ref());
        add("place", place.map_or(String::new(), |place| self.place(place)));
        add("sent", if front.written.is_some() { self.event(front.sent.as_ref()) } else { String::new() });
        add("received", self.event(front.received.as_ref()));
        add("encloses_document", self.embedded(&front.contains));
        for (relation, key) in Relation::ALL {
            let links: Vec<String> =
                front.relations.iter().filter(|(kind, _)| *kind == relation).filter_map(|(_, id)| self.document(&id.value.0)).collect();
            add(key, links.join("<br>"));
        }
        if let Some(translation) = &front.translation {
            let of = [translation.of.as_deref(), translation.of_language.as_deref()].into_iter().flatten();
            add("original", of.map(|of| self.document(of).unwrap_or_else(|| escaped(of))).collect::<Vec<_>>().join(", "));
            add("translated_by", self.parties(&translation.by));
        }
        add("keywords", escaped(&front.keywords.join(", ")));
        let old_style = front.written.as_ref().and_then(|event| event.date.as_ref()).filter(|date| date.old_style.is_some());
        add("date_as_printed", old_style.map_or(String::new(), |date| escaped(&date.printed)));
        facts
    }

    /// Names, linked to their register entries, joined by commas.
    pub fn parties(&self, parties: &[Party]) -> String {
        parties.iter().map(|party| self.party(party)).collect::<Vec<_>>().join(", ")
    }

    fn recipients(&self, parties: &[Party]) -> String {
        let mut html = String::new();
        for party in parties.iter().filter(|party| matches!(party.role, Role::To | Role::For)) {
            let name = self.party(party);
            let separator = if html.is_empty() { "" } else { ", " };
            let name = if party.role == Role::For { self.words.fill("for_party", &[("name", &name)]) } else { name };
            html.push_str(separator);
            html.push_str(&name);
        }
        html
    }

    fn party(&self, party: &Party) -> String {
        let entity = party.entity.as_ref().and_then(|id| self.site.entities.get(&id.value));
        match (entity, &party.printed) {
            (Some(entity), _) => {
                let href = self.page.link_to(&Routes::entity(entity), None);
                format!("<a class=\"mention {}\" href=\"{href}\">{}</a>", entity.kind.scheme(), escaped(&entity.name))
            }
            (None, Some(printed)) => escaped(printed),
            (None, None) if party.unknown => escaped(self.words.get("unknown_person")),
            (None, None) => party.entity.as_ref().map_or(String::new(), |id| escaped(&id.value)),
        }
    }

    fn place(&self, place: &Spanned<String>) -> String {
        match self.site.entities.get(&place.value) {
            Some(entity) => format!(
                "<a class=\"mention place\" href=\"{}\">{}</a>",
                self.page.link_to(&Routes::entity(entity), None),
                escaped(&entity.name)
            ),
            None => escaped(&place.value),
        }
    }

    fn event(&self, event: Option<&Event>) -> String {
        let Some(event) = event else { return String::new() };
        let date = event.date.as_ref().map(|date| escaped(&date_words::text(date, self.words)));
        let place = event.place.as_ref().map(|place| self.place(place));
        let by = Some(self.parties(&event.by)).filter(|by| !by.is_empty());
        [date, place, by].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn embedded(&self, contains: &[Embedded]) -> String {
        let links = contains.iter().map(|embedded| {
            let to = self.recipients(&embedded.to);
            let name = embedded_name(self.site, self.words, embedded);
            let name = if embedded.state.is_some() || embedded.title.is_none() { noun_inside(self.site, &name) } else { name };
            let link = format!("<a href=\"#{}\">{}</a>", crate::base::path::percent(&embedded.id.value), escaped(&name));
            if to.is_empty() || embedded.title.is_some() {
                link
            } else {
                self.words.fill("embedded_to", &[("document", &link), ("names", &to)])
            }
        });
        links.collect::<Vec<_>>().join("<br>")
    }

    fn document(&self, id: &str) -> Option<String> {
        let index = self.site.routes.by_id.get(id)?;
        let summary = &self.site.documents[index.at()];
        let href = self.page.link_to(&self.site.routes.documents[index.at()], None);
        let title = summary.front.short_title.as_ref().unwrap_or(&summary.front.title.value);
        Some(format!("<a href=\"{href}\">{}</a>", escaped(title)))
    }

    /// The source block.
    pub fn source(&self, summary: &Summary) -> Vec<SourceLine> {
        let front = &summary.front;
        let mut lines = Vec::new();
        let mut add = |class: &'static str, label: &str, html: String| {
            if !html.is_empty() {
                let label = if label.is_empty() { String::new() } else { self.words.get(label).to_owned() };
                lines.push(SourceLine { class, label, html });
            }
        };
        add("printed", "", front.source.as_ref().map_or(String::new(), |source| self.printed(source)));
        for publication in &front.first_published {
            add("first", "", self.publication(publication));
        }
        add("copy", "", front.copy_text.as_ref().map_or(String::new(), |copy| self.copy_text(copy)));
        add("archive", "", front.archive.as_ref().map_or(String::new(), archive));
        for source in &front.also_in {
            add("also", "also_in", self.printed(source));
        }
        let responsible: Vec<String> = front.responsibility.iter().map(|who| self.responsibility(who)).collect();
        add("responsibility", "", responsible.join("; "));
        if let Some(imported) = &front.imported {
            let name = imported.from.as_deref().or(imported.url.as_deref()).unwrap_or_default();
            let name = match imported.url.as_deref().filter(|url| url.starts_with("http")) {
                Some(url) => format!("<a href=\"{}\" rel=\"external\">{}</a>", escaped(url), escaped(name)),
                None => escaped(name),
            };
            add("imported", "", if name.is_empty() { name } else { self.words.fill("imported_from", &[("name", &name)]) });
        }
        add("rights", "", front.rights.as_ref().or(self.site.config.rights.as_ref()).map_or(String::new(), rights));
        lines
    }

    /// "Lenin Collected Works, Volume 45, Moscow, Progress Publishers, 1976, pages 533b–534a."
    fn printed(&self, source: &PrintedSource) -> String {
        if let Some(statement) = &source.statement {
            return escaped(statement);
        }
        let mut parts = Vec::new();
        if let Some(work) = &source.work {
            match self.site.entries.get(&work.value) {
                Some(entry) => parts.extend(self.work(entry)),
                None => parts.push(escaped(&work.value)),
            }
        }
        let entry_volume = source.work.as_ref().and_then(|work| self.site.entries.get(&work.value)).and_then(|entry| entry.volume.as_ref());
        if let Some(volume) = source.volume.as_ref().or(entry_volume) {
            parts.push(escaped(&self.words.fill("volume_in_full", &[("number", volume)])));
        }
        parts.extend(source.edition.as_deref().map(escaped));
        if let Some(number) = &source.number {
            parts.push(escaped(&self.words.fill("document_number", &[("number", number)])));
        }
        if let Some(pages) = &source.pages {
            let many = pages.contains(['-', '–', ',']);
            parts.push(escaped(&self.words.fill(if many { "pages" } else { "page_in_full" }, &[("number", &dashed(pages))])));
        }
        let mut html = parts.join(", ");
        if !html.is_empty() {
            html.push('.');
        }
        if let Some(url) = source.url.as_deref().filter(|url| url.starts_with("http")) {
            html.push_str(&format!(" <a href=\"{0}\" rel=\"external\">{0}</a>", escaped(url)));
        }
        html
    }

    fn work(&self, entry: &Entry) -> Vec<String> {
        let href = self.page.link_to(&OutputPath::new(BIBLIOGRAPHY), Some(&entry.key));
        // Documentary editions name a work by its author's family name: Lenin *Collected Works*.
        let author = entry.authors.first().map(|name| format!("{} ", escaped(&name.family))).unwrap_or_default();
        let mut parts = vec![format!("{author}<a href=\"{href}\">{}</a>", entry_words::title(entry))];
        parts.extend(entry.publisher.as_deref().map(escaped));
        parts.extend(entry.date.as_ref().map(|date| escaped(&date.printed)));
        parts.extend(entry.location.as_deref().map(escaped));
        parts
    }

    fn publication(&self, publication: &Publication) -> String {
        if let Some(statement) = &publication.statement {
            return escaped(statement);
        }
        let container = publication.container.as_ref().map(|container| match self.site.entries.get(&container.value) {
            Some(entry) => {
                let href = self.page.link_to(&OutputPath::new(BIBLIOGRAPHY), Some(&entry.key));
                format!("<a href=\"{href}\">{}</a>", entry_words::title(entry))
            }
            None => format!("<i>{}</i>", escaped(&container.value)),
        });
        let date = publication.date.as_ref().map(|date| escaped(&date.printed));
        let key = if publication.partial { "published_in_part" } else { "published" };
        let mut html = match (&date, &container) {
            (None, None) => return String::new(),
            (Some(date), None) => self.words.fill(&format!("{key}_when"), &[("date", date)]),
            (None, Some(container)) => self.words.fill(&format!("{key}_where"), &[("container", container)]),
            (Some(date), Some(container)) => self.words.fill(key, &[("date", date), ("container", container)]),
        };
        if let Some(volume) = &publication.volume {
            html.push_str(&format!(" {}", escaped(volume)));
        }
        if let Some(issue) = &publication.issue {
            html.push_str(&format!(", {}", escaped(&self.words.fill("issue", &[("number", issue)]))));
        }
        if let Some(pages) = &publication.pages {
            html.push_str(&format!(", {}", escaped(&self.words.fill("pages", &[("number", &dashed(pages))]))));
        }
        html.push('.');
        html
    }

    fn copy_text(&self, copy: &CopyText) -> String {
        if let Some(statement) = &copy.statement {
            return escaped(statement);
        }
        let mut parts: Vec<String> = copy.kind.as_deref().map(|kind| escaped(&upper_first(&kind.replace('-', " ")))).into_iter().collect();
        parts.extend(copy.hand.as_deref().map(|hand| escaped(&self.words.fill("in_hand", &[("name", hand)]))));
        parts.extend(copy.found.as_deref().map(escaped));
        if parts.is_empty() { String::new() } else { format!("{}.", parts.join(", ")) }
    }

    fn responsibility(&self, who: &crate::model::document::Responsibility) -> String {
        let key = format!("did_{}", who.did);
        let did = if self.words.get(&key) == key { who.did.clone() } else { self.words.get(&key).to_owned() };
        let name = self.site.entities.get(&who.who).map_or(who.who.as_str(), |entity| entity.name.as_str());
        let when = who.when.as_ref().map(|date| format!(", {}", date_words::text(date, self.words))).unwrap_or_default();
        escaped(&format!("{did}: {name}{when}"))
    }
}

fn archive(archive: &Archive) -> String {
    let fields: Vec<String> = archive.fields().map(|(_, value)| escaped(value)).collect();
    let mut html = fields.join(", ");
    if !html.is_empty() {
        html.push('.');
    }
    match archive.url.as_deref().filter(|url| url.starts_with("http")) {
        Some(url) => format!("{html} <a href=\"{0}\" rel=\"external\">{0}</a>", escaped(url)),
        None => html,
    }
}

/// A rights statement, with the licence linked.
pub(super) fn rights(rights: &crate::model::document::Rights) -> String {
    match rights.url.as_deref().filter(|url| url.starts_with("http")) {
        Some(url) => format!("<a href=\"{}\" rel=\"external license\">{}</a>", escaped(url), escaped(&rights.text)),
        None => escaped(&rights.text),
    }
}

/// A hyphen between figures is printed as a dash; nothing else of a page statement is touched.
fn dashed(pages: &str) -> String {
    pages.replace('-', "–")
}

/// The line over an embedded document: what it is, from whom to whom, when.
pub(super) fn embedded_caption(writer: &HtmlWriter<'_>, embedded: &Embedded) -> String {
    let maker = FactMaker { site: writer.site, words: writer.words, page: writer.page };
    let mut parts = vec![format!(
        "<a href=\"#{}\">{}</a>",
        crate::base::path::percent(&embedded.id.value),
        escaped(&embedded_name(maker.site, maker.words, embedded))
    )];
    let (from, to) = (maker.parties(&embedded.author), maker.recipients(&embedded.to));
    match (from.is_empty(), to.is_empty()) {
        (false, false) => parts.push(maker.words.fill("from_to", &[("from", &from), ("to", &to)])),
        (false, true) => parts.push(from),
        (true, false) => parts.push(maker.words.fill("to_names", &[("to", &to)])),
        (true, true) => {}
    }
    if let Some(date) = embedded.date.as_ref().and_then(|event| event.date.as_ref()) {
        let text = escaped(&date_words::text(date, maker.words));
        parts.push(date_words::machine(date).map_or_else(|| text.clone(), |machine| format!("<time datetime=\"{machine}\">{text}</time>")));
    }
    format!("<p class=\"cap\">{}</p>", parts.join(" · "))
}

/// A noun in the middle of a line: German keeps its capital.
pub(super) fn noun_inside(site: &Site, noun: &str) -> String {
    if site.config.language.starts_with("de") { noun.to_owned() } else { lower_first(noun) }
}

/// The name of an embedded document: its title, else its state and kind.
pub(super) fn embedded_name(site: &Site, words: &Words, embedded: &Embedded) -> String {
    if let Some(title) = &embedded.title {
        return title.clone();
    }
    let kind = kind_word(site, words, embedded.kind.as_deref().unwrap_or("document"));
    match &embedded.state {
        Some(state) => {
            let key = format!("state_{state}");
            let state = if words.get(&key) == key { state.clone() } else { words.get(&key).to_owned() };
            upper_first(&format!("{state} {}", noun_inside(site, &kind)))
        }
        None => kind,
    }
}

/// A document kind in words: the edition's own, else the theme's, else as typed.
pub(super) fn kind_word(site: &Site, words: &Words, kind: &str) -> String {
    let key = format!("kind_{kind}");
    match (site.config.kinds.get(kind), words.get(&key)) {
        (Some(own), _) => own.clone(),
        (None, word) if word != key => word.to_owned(),
        _ => upper_first(&kind.replace(['-', '_'], " ")),
    }
}

pub(super) fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

pub(super) fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}
