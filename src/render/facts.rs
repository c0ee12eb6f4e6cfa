//! Facts beside the title and the lines of the source block: only what is stated; absent facts leave no gap.

use super::date_words;
use super::entry_words::{self, escaped};
use super::html::HtmlWriter;
use super::page_input::{Fact, SourceLine};
use crate::base::path::OutputPath;
use crate::base::span::Spanned;
use crate::model::block::Block;
use crate::model::date::Date;
use crate::model::document::{Embedded, Event, FrontMatter, Imported, Party, Relation, Role, Status, Summary};
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
        let shown = Shown::on(summary);
        add(if front.to.is_empty() { "author" } else { "from" }, self.parties(&front.author, &shown));
        add("to", self.recipients(&front.to, &shown));
        for (key, role) in [("via", Role::Via), ("copy_to", Role::Cc)] {
            let parties: Vec<Party> = front.to.iter().filter(|party| party.role == role).cloned().collect();
            add(key, self.parties(&parties, &shown));
        }
        add("dated", self.dated(front, &shown));
        add("place", front.written.as_ref().and_then(|event| event.place.as_ref()).map_or(String::new(), |place| self.place(place)));
        add("written_by", front.written.as_ref().map_or(String::new(), |event| self.parties(&event.by, &shown)));
        add("sent", self.event(front.sent.as_ref()));
        add("received", self.event(front.received.as_ref()));
        add("language", self.language(front.language.as_deref()));
        add("encloses_document", self.embedded(&front.contains));
        for (relation, key) in Relation::ALL {
            let links: Vec<String> =
                front.relations.iter().filter(|(kind, _)| *kind == relation).filter_map(|(_, id)| self.document(&id.value.0)).collect();
            add(key, links.join("<br>"));
        }
        if let Some(translation) = &front.translation {
            let of = translation.of.as_deref().map(|of| self.document(of).unwrap_or_else(|| escaped(of)));
            let language = translation.of_language.as_deref().map(|language| escaped(&language_name(self.words, language)));
            add("original", of.into_iter().chain(language).collect::<Vec<_>>().join(", "));
            add("translated_by", self.parties(&translation.by, &shown));
            add("translated_from", translation.from_work.as_ref().map_or(String::new(), |work| self.work_or_words(&work.value)));
        }
        add("keywords", escaped(&front.keywords.join(", ")));
        add("mentioned", front.mentions.iter().map(|id| self.entity(&id.value)).collect::<Vec<_>>().join(", "));
        facts
    }

    /// What must be said of the date beside the day itself: its printed form where that is in another calendar, and the editors' reason.
    fn dated(&self, front: &FrontMatter, shown: &Shown<'_>) -> String {
        let Some(date) = front.written.as_ref().and_then(|event| event.date.as_ref()) else { return String::new() };
        let text = date_words::text(date, self.words);
        let more = text != date.printed && (date.old_style.is_some() || date.reason.is_some() || !date_words::is_plain(date));
        let printed = (more && !shown.has(&date.printed)).then(|| escaped(&self.words.fill("as_printed", &[("words", &date.printed)])));
        let reason = date_words::reason(date, self.words).map(|reason| escaped(&reason));
        printed.into_iter().chain(reason).collect::<Vec<_>>().join("; ")
    }

    /// The language of a text that is not in the edition's own.
    fn language(&self, language: Option<&str>) -> String {
        let other = language.filter(|language| *language != self.site.config.language);
        other.map_or(String::new(), |language| escaped(&language_name(self.words, language)))
    }

    /// Names, linked to their register entries, joined by commas.
    pub fn parties(&self, parties: &[Party], shown: &Shown<'_>) -> String {
        parties.iter().map(|party| self.party(party, shown)).collect::<Vec<_>>().join(", ")
    }

    fn recipients(&self, parties: &[Party], shown: &Shown<'_>) -> String {
        let mut html = String::new();
        for party in parties.iter().filter(|party| matches!(party.role, Role::To | Role::For)) {
            let name = self.party(party, shown);
            let separator = if html.is_empty() { "" } else { ", " };
            let name =
                if party.role == Role::For && !self.says_for(party) { self.words.fill("for_party", &[("name", &name)]) } else { name };
            html.push_str(separator);
            html.push_str(&name);
        }
        html
    }

    /// Whether a literal name, as printed, begins with the word for "for": "for all the members of the delegation".
    fn says_for(&self, party: &Party) -> bool {
        let word = self.words.get("for_party").split("{name}").next().unwrap_or_default().to_lowercase();
        let printed = party.printed.as_ref().filter(|_| party.entity.is_none());
        !word.is_empty() && printed.is_some_and(|printed| printed.to_lowercase().starts_with(&word))
    }

    /// A name; as printed, where the page does not show that anyway; how sure it is.
    fn party(&self, party: &Party, shown: &Shown<'_>) -> String {
        let entity = party.entity.as_ref().and_then(|id| self.site.entities.get(&id.value));
        let mut html = match (entity, &party.printed) {
            (Some(entity), _) => self.entity(&entity.id),
            (None, Some(printed)) => escaped(printed),
            (None, None) if party.unknown => escaped(self.words.get("unknown_person")),
            (None, None) => party.entity.as_ref().map_or(String::new(), |id| escaped(&id.value)),
        };
        if let Some(printed) =
            party.printed.as_deref().filter(|printed| entity.is_some_and(|own| own.name != **printed && !shown.has(printed)))
        {
            html.push_str(&format!(" <span class=\"as\">{}</span>", escaped(&self.words.fill("as_printed", &[("words", printed)]))));
        }
        if let Some(certainty) = &party.certainty {
            html.push_str(&format!(" ({})", escaped(&date_words::certainty(certainty, self.words))));
        }
        html
    }

    /// A register entry as a link; the id where there is none.
    fn entity(&self, id: &str) -> String {
        match self.site.entities.get(id) {
            Some(entity) => {
                let href = self.page.link_to(&Routes::entity(entity), None);
                format!("<a class=\"mention {}\" href=\"{href}\">{}</a>", entity.kind.scheme(), escaped(&entity.name))
            }
            None => escaped(id),
        }
    }

    /// A work of the bibliography as a link; the words themselves where it is none.
    fn work_or_words(&self, key: &str) -> String {
        match self.site.entries.get(key) {
            Some(entry) => {
                let href = self.page.link_to(&OutputPath::new(BIBLIOGRAPHY), Some(&entry.key));
                let volume =
                    entry.volume.as_ref().map(|number| format!(", {}", escaped(&self.words.fill("volume", &[("number", number)]))));
                format!("<a href=\"{href}\">{}</a>{}", entry_words::title(entry), volume.unwrap_or_default())
            }
            None => escaped(key),
        }
    }

    fn place(&self, place: &Spanned<String>) -> String {
        self.entity(&place.value)
    }

    fn event(&self, event: Option<&Event>) -> String {
        let Some(event) = event else { return String::new() };
        let date = event.date.as_ref().map(|date| escaped(&date_words::whole(date, self.words)));
        let place = event.place.as_ref().map(|place| self.place(place));
        let by = Some(self.parties(&event.by, &Shown::default())).filter(|by| !by.is_empty());
        let mut html = [date, place, by].into_iter().flatten().collect::<Vec<_>>().join(", ");
        if let Some(reason) = event.date.as_ref().and_then(|date| date_words::reason(date, self.words)) {
            html.push_str(&format!(" <span class=\"dim\">({})</span>", escaped(&reason)));
        }
        html
    }

    fn embedded(&self, contains: &[Embedded]) -> String {
        let links = contains.iter().map(|embedded| {
            let to = self.recipients(&embedded.to, &Shown::default());
            let name = embedded_name(self.site, self.words, embedded);
            let name = if embedded.title.is_none() { noun_inside(self.site, &name) } else { name };
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
        add("title", "", if front.title_of_document { self.words.get("title_of_document").to_owned() } else { String::new() });
        for publication in &front.first_published {
            add("first", "", self.publication(publication));
        }
        add("copy", "", front.copy_text.as_ref().map_or(String::new(), |copy| self.copy_text(copy)));
        add("archive", "", front.archive.as_ref().map_or(String::new(), |archive| self.archive(archive)));
        for source in &front.also_in {
            add("also", "also_in", self.printed(source));
        }
        let status = front.status.and_then(|status| finished(self.words, status));
        let responsible: Vec<String> =
            status.into_iter().chain(front.responsibility.iter().map(|who| escaped(&responsibility(self.site, self.words, who)))).collect();
        add("responsibility", "", upper_first(&responsible.join("; ")));
        add("imported", "", front.imported.as_ref().map_or(String::new(), |imported| self.imported(imported)));
        add("rights", "", front.rights.as_ref().or(self.site.config.rights.as_ref()).map_or(String::new(), rights));
        lines
    }

    /// "Lenin Collected Works, Volume 45, Moscow, Progress Publishers, 1976, pages 533b–534a."
    fn printed(&self, source: &PrintedSource) -> String {
        if let Some(statement) = &source.statement {
            return self.linked(statement, source.work.as_ref().map(|work| work.value.as_str()));
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
        if let Some(url) = source.url.as_deref() {
            html.push_str(&format!(" {}", address(url, url)));
        }
        html.trim_start().to_owned()
    }

    /// "Taken over from Wikisource, 23 November 2026, SHA-256 …": the chain of custody.
    fn imported(&self, imported: &Imported) -> String {
        let name = imported.from.as_deref().or(imported.url.as_deref());
        let name = name.map(|name| imported.url.as_deref().map_or_else(|| escaped(name), |url| address(url, name)));
        let retrieved = imported.retrieved.as_ref().map(|date| escaped(&date_words::full(date, self.words)));
        // The beginning tells files apart; who compares has the whole at hand.
        let digest = imported.sha256.as_deref().map(|digest| {
            let start: String = digest.chars().take(12).collect();
            format!("SHA-256 <span class=\"sum\" title=\"{}\">{}…</span>", escaped(digest), escaped(&start))
        });
        let from = name.map(|name| self.words.fill("imported_from", &[("name", &name)]));
        from.into_iter().chain(retrieved).chain(digest).collect::<Vec<_>>().join(", ")
    }

    /// "RGASPI, fonds 2, inventory 1, file 23, leaves 4–5.": a bare number gets the name of its level.
    fn archive(&self, archive: &Archive) -> String {
        let field = |(name, value): (&str, &str)| {
            let level = format!("archive_{name}");
            let labelled = value.starts_with(|letter: char| letter.is_ascii_digit()) && self.words.get(&level) != level;
            escaped(&if labelled { self.words.fill(&level, &[("number", value)]) } else { value.to_owned() })
        };
        let mut html = upper_first(&archive.fields().map(field).collect::<Vec<_>>().join(", "));
        if !html.is_empty() {
            html.push('.');
        }
        if let Some(url) = archive.url.as_deref() {
            html.push_str(&format!(" {}", address(url, url)));
        }
        html.trim_start().to_owned()
    }

    fn work(&self, entry: &Entry) -> Vec<String> {
        let href = self.page.link_to(&OutputPath::new(BIBLIOGRAPHY), Some(&entry.key));
        // Documentary editions name a work by its author's family name: Lenin *Collected Works*.
        let author = entry.authors.first().map(|name| format!("{} ", escaped(&name.family))).unwrap_or_default();
        let mut parts = vec![format!("{author}<a href=\"{href}\">{}</a>", entry_words::title(entry))];
        let editors = entry.editors.iter().map(crate::model::entry::Name::straight).collect::<Vec<_>>().join(", ");
        if !editors.is_empty() {
            parts.push(escaped(&self.words.fill("edited_by_names", &[("names", &editors)])));
        }
        parts.extend(entry.publisher.as_deref().map(escaped));
        parts.extend(entry.date.as_ref().map(|date| escaped(&date_words::text(date, self.words))));
        parts.extend(entry.location.as_deref().map(escaped));
        parts
    }

    /// A printed statement; the work's title in it, or else all of it, leads to the work.
    fn linked(&self, statement: &str, work: Option<&str>) -> String {
        let Some(entry) = work.and_then(|key| self.site.entries.get(key)) else { return escaped(statement) };
        let href = self.page.link_to(&OutputPath::new(BIBLIOGRAPHY), Some(&entry.key));
        let titles = [Some(&entry.title), entry.short_title.as_ref(), entry.title_original.as_ref()];
        let found = titles.into_iter().flatten().find_map(|title| Some((statement.find(title.as_str())?, title.len())));
        let (at, length) = found.unwrap_or((0, statement.trim_end_matches('.').len()));
        let (before, rest) = statement.split_at(at);
        let (words, after) = rest.split_at(length);
        format!("{}<a href=\"{href}\">{}</a>{}", escaped(before), escaped(words), escaped(after))
    }

    fn publication(&self, publication: &Publication) -> String {
        if let Some(statement) = &publication.statement {
            return self.linked(statement, publication.container.as_ref().map(|work| work.value.as_str()));
        }
        let container = publication.container.as_ref().map(|container| match self.site.entries.get(&container.value) {
            Some(entry) => {
                let href = self.page.link_to(&OutputPath::new(BIBLIOGRAPHY), Some(&entry.key));
                format!("<a href=\"{href}\">{}</a>", entry_words::title(entry))
            }
            None => format!("<i>{}</i>", escaped(&container.value)),
        });
        let reason = |date: &Date| date_words::reason(date, self.words).map(|reason| format!(" ({reason})")).unwrap_or_default();
        let date = publication.date.as_ref().map(|date| escaped(&format!("{}{}", date.printed, reason(date))));
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
}

/// "proofread: A. Smith, 2 March 2026", plain words.
pub(super) fn responsibility(site: &Site, words: &Words, who: &crate::model::document::Responsibility) -> String {
    let key = format!("did_{}", who.did);
    let did = if words.get(&key) == key { who.did.clone() } else { words.get(&key).to_owned() };
    let name = site.entities.get(&who.who).map_or(who.who.as_str(), |entity| entity.name.as_str());
    let when = who.when.as_ref().map(|date| format!(", {}", date_words::full(date, words))).unwrap_or_default();
    format!("{did}: {name}{when}")
}

/// A web address as a link with these words; the words where it is none.
pub(super) fn address(url: &str, words: &str) -> String {
    if url.starts_with("https://") || url.starts_with("http://") {
        return format!("<a href=\"{}\" rel=\"external\">{}</a>", escaped(url), escaped(words));
    }
    if url == words { escaped(words) } else { format!("{} ({})", escaped(words), escaped(url)) }
}

/// The name of a language in words; its code where we know none.
pub(super) fn language_name(words: &Words, code: &str) -> String {
    let key = format!("language_{}", code.split('-').next().unwrap_or(code));
    let name = words.get(&key);
    if name == key { code.to_owned() } else { name.to_owned() }
}

/// A state of editing that is a promise to readers, in words.
fn finished(words: &Words, status: Status) -> Option<String> {
    let name = Status::ALL.iter().find(|(known, _)| *known == status).map(|(_, name)| *name)?;
    matches!(status, Status::Proofread | Status::Validated | Status::Published).then(|| words.get(&format!("status_{name}")).to_owned())
}

/// Words that a page shows anyway: a name as printed is not printed beside them again.
#[derive(Default)]
pub(super) struct Shown<'a>(Vec<&'a str>);

impl<'a> Shown<'a> {
    /// The title and the marked parts of a document.
    fn on(summary: &'a Summary) -> Self {
        let parts = summary.parts.iter().map(|(_, words)| words.value.as_str());
        Self(std::iter::once(summary.front.title.value.as_str()).chain(parts).collect())
    }

    fn has(&self, words: &str) -> bool {
        self.0.iter().any(|shown| shown.contains(words))
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
pub(super) fn embedded_caption(writer: &HtmlWriter<'_>, embedded: &Embedded, blocks: &[Block]) -> String {
    let maker = FactMaker { site: writer.site, words: writer.words, page: writer.page };
    let mut parts = vec![format!(
        "<a href=\"#{}\">{}</a>",
        crate::base::path::percent(&embedded.id.value),
        escaped(&embedded_name(maker.site, maker.words, embedded))
    )];
    let text = super::html::words(blocks);
    let shown = Shown(vec![&text]);
    let (from, to) = (maker.parties(&embedded.author, &shown), maker.recipients(&embedded.to, &shown));
    match (from.is_empty(), to.is_empty()) {
        (false, false) => parts.push(maker.words.fill("from_to", &[("from", &from), ("to", &to)])),
        (false, true) => parts.push(from),
        (true, false) => parts.push(maker.words.fill("to_names", &[("to", &to)])),
        (true, true) => {}
    }
    if let Some(event) = &embedded.date {
        let when = maker.event(Some(event));
        let machine = event.date.as_ref().and_then(date_words::machine);
        parts.push(machine.map_or_else(|| when.clone(), |machine| format!("<time datetime=\"{machine}\">{when}</time>")));
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
