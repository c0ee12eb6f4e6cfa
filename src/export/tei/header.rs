//! The header of a document and of the whole edition.

use super::super::cmif::authority;
use super::super::{datable, party_name};
use super::xml_id;
use crate::formats::xml::escape;
use crate::model::annotation::AnnotationKind;
use crate::model::date::Date;
use crate::model::document::{Event, Party, Rights, Summary};
use crate::model::entity::{Entity, EntityKind};
use crate::model::entry::Entry;
use crate::model::source::PrintedSource;
use crate::resolve::Site;
use std::collections::BTreeSet;

/// The header of the `teiCorpus`.
pub fn edition(site: &Site) -> String {
    let config = &site.config;
    let editors: String = config.editors.iter().map(|editor| format!("        <editor>{}</editor>\n", escape(editor))).collect();
    format!(
        "  <teiHeader>\n    <fileDesc>\n      <titleStmt>\n        <title>{}</title>\n{editors}      </titleStmt>\n{}      <sourceDesc>\n        <p>{}</p>\n      </sourceDesc>\n    </fileDesc>\n  </teiHeader>\n",
        escape(&config.title),
        publication(site, config.public_url.as_deref().unwrap_or_default(), config.rights.as_ref()),
        "The sources are stated with each document."
    )
}

fn publication(site: &Site, url: &str, rights: Option<&Rights>) -> String {
    let publisher = site.config.publisher.as_deref().unwrap_or(&site.config.title);
    let mut out = format!("      <publicationStmt>\n        <publisher>{}</publisher>\n", escape(publisher));
    if !url.is_empty() {
        out.push_str(&format!("        <idno type=\"URI\">{}</idno>\n", escape(url)));
    }
    if let Some(rights) = rights {
        let target = rights.url.as_ref().map(|url| format!(" target=\"{}\"", escape(url))).unwrap_or_default();
        out.push_str(&format!(
            "        <availability>\n          <licence{target}>{}</licence>\n        </availability>\n",
            escape(&rights.text)
        ));
    }
    out.push_str("      </publicationStmt>\n");
    out
}

/// The header of one document.
pub fn document(site: &Site, index: usize, scope: &str) -> String {
    let summary = &site.documents[index];
    let front = &summary.front;
    let authors: String = front.author.iter().map(|party| format!("        <author>{}</author>\n", person(site, party, scope))).collect();
    let editors: String = site.config.editors.iter().map(|editor| format!("        <editor>{}</editor>\n", escape(editor))).collect();
    let url =
        site.config.public_url.as_deref().map(|url| format!("{url}{}", site.routes.documents.get(index).map_or("", |path| path.as_str())));
    let rights = front.rights.as_ref().or(site.config.rights.as_ref());
    let mut out = format!(
        "  <teiHeader>\n    <fileDesc>\n      <titleStmt>\n        <title>{}</title>\n{authors}{editors}      </titleStmt>\n{}{}    </fileDesc>\n",
        escape(&front.title.value),
        publication(site, url.as_deref().unwrap_or_default(), rights),
        source(site, summary)
    );
    out.push_str(&profile(site, summary, scope));
    if let Some(status) = front.status {
        let name = crate::model::document::Status::ALL.iter().find(|(known, _)| *known == status).map_or("", |(_, name)| name);
        out.push_str(&format!("    <revisionDesc status=\"{name}\">\n      <change>{name}</change>\n    </revisionDesc>\n"));
    }
    out.push_str("  </teiHeader>\n");
    out
}

fn source(site: &Site, summary: &Summary) -> String {
    let front = &summary.front;
    let mut out = String::from("      <sourceDesc>\n");
    let empty = out.len();
    for source in front.source.iter().chain(&front.also_in) {
        out.push_str(&format!("        {}\n", printed(site, source)));
    }
    if let Some(archive) = &front.archive {
        let field = |name: &str, value: &Option<String>| {
            value.as_ref().map(|value| format!("<{name}>{}</{name}>", escape(value))).unwrap_or_default()
        };
        let number: Vec<&str> = [&archive.fonds, &archive.inventory, &archive.file, &archive.leaves, &archive.shelfmark]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        let number = if number.is_empty() { String::new() } else { format!("<idno>{}</idno>", escape(&number.join(", "))) };
        let inner = format!("{}{}{number}", field("repository", &archive.repository), field("collection", &archive.collection));
        if !inner.is_empty() {
            let copy = front
                .copy_text
                .as_ref()
                .and_then(|copy| copy.statement.as_ref())
                .map(|words| format!("<physDesc><p>{}</p></physDesc>", escape(words)));
            out.push_str(&format!("        <msDesc><msIdentifier>{inner}</msIdentifier>{}</msDesc>\n", copy.unwrap_or_default()));
        }
    }
    if out.len() == empty {
        out.push_str("        <p>No source is stated.</p>\n");
    }
    out.push_str("      </sourceDesc>\n");
    out
}

fn printed(site: &Site, source: &PrintedSource) -> String {
    let entry = source.work.as_ref().and_then(|work| site.entries.get(&work.value));
    let mut parts: Vec<String> = Vec::new();
    if let Some(words) = &source.statement {
        parts.push(escape(words));
    }
    match (entry, &source.work) {
        (Some(entry), _) => parts.push(work(entry)),
        (None, Some(key)) => parts.push(format!("<title>{}</title>", escape(&key.value))),
        (None, None) => {}
    }
    let mut scope = |unit: &str, value: &Option<String>| {
        parts.extend(value.as_ref().map(|value| format!("<biblScope unit=\"{unit}\">{}</biblScope>", escape(value))));
    };
    scope("volume", &entry.and_then(|entry| entry.volume.clone()).or_else(|| source.volume.clone()));
    scope("number", &source.number);
    scope("page", &source.pages);
    let target = source.url.as_ref().map(|url| format!("<ref target=\"{0}\">{0}</ref>", escape(url)));
    parts.extend(target);
    format!("<bibl>{}</bibl>", parts.join(", "))
}

fn work(entry: &Entry) -> String {
    let names = entry.authors.iter().map(|name| format!("<author>{}</author>", escape(&name.straight())));
    let editors = entry.editors.iter().map(|name| format!("<editor>{}</editor>", escape(&name.straight())));
    let date = entry.date.as_ref().map(|date| format!("<date>{}</date>", escape(date.edtf.as_str())));
    let title = Some(format!("<title>{}</title>", escape(&entry.title)));
    let place = entry.location.as_ref().map(|place| format!("<pubPlace>{}</pubPlace>", escape(place)));
    let publisher = entry.publisher.as_ref().map(|publisher| format!("<publisher>{}</publisher>", escape(publisher)));
    names.chain(title).chain(editors).chain(place).chain(publisher).chain(date).collect::<Vec<_>>().join(", ")
}

fn profile(site: &Site, summary: &Summary, scope: &str) -> String {
    let front = &summary.front;
    let mut out = String::from("    <profileDesc>\n");
    if let Some(words) = &front.summary {
        out.push_str(&format!("      <abstract><p>{}</p></abstract>\n", escape(words)));
    }
    let letter = !front.to.is_empty() || front.received.is_some();
    if let Some(event) = front.written.as_ref().filter(|_| !letter) {
        let date = event.date.as_ref().map(date_element).unwrap_or_default();
        out.push_str(&format!("      <creation>{date}{}</creation>\n", place(site, event, scope)));
    }
    let language = front.language.as_deref().unwrap_or(&site.config.language);
    out.push_str(&format!("      <langUsage><language ident=\"{0}\">{0}</language></langUsage>\n", escape(language)));
    if !front.keywords.is_empty() {
        let terms: String = front.keywords.iter().map(|word| format!("<term>{}</term>", escape(word))).collect();
        out.push_str(&format!("      <textClass><keywords>{terms}</keywords></textClass>\n"));
    }
    if letter {
        out.push_str("      <correspDesc>\n");
        let sent = front.sent.as_ref().or(front.written.as_ref());
        out.push_str(&action(site, "sent", &front.author, sent, scope));
        out.push_str(&action(site, "received", &front.to, front.received.as_ref(), scope));
        out.push_str("      </correspDesc>\n");
    }
    out.push_str(&lists(site, summary, scope));
    out.push_str("    </profileDesc>\n");
    out
}

fn action(site: &Site, kind: &str, parties: &[Party], event: Option<&Event>, scope: &str) -> String {
    let mut inner: String = parties.iter().map(|party| person(site, party, scope)).collect();
    if let Some(event) = event {
        inner.push_str(&place(site, event, scope));
        inner.push_str(&event.date.as_ref().map(date_element).unwrap_or_default());
    }
    if inner.is_empty() { String::new() } else { format!("        <correspAction type=\"{kind}\">{inner}</correspAction>\n") }
}

/// A party with its reference.
fn person(site: &Site, party: &Party, scope: &str) -> String {
    let entity = party.entity.as_ref().and_then(|id| site.entities.get(&id.value));
    let element = if entity.is_some_and(|entity| entity.kind == EntityKind::Organisation) { "orgName" } else { "persName" };
    let reference = entity.map(|entity| format!(" ref=\"#{scope}{}\"", xml_id(&entity.id))).unwrap_or_default();
    let doubt = if party.certainty.as_deref() == Some("low") { " cert=\"low\"" } else { "" };
    let name = party.printed.as_deref().unwrap_or_else(|| party_name(site, party));
    format!("<{element}{reference}{doubt}>{}</{element}>", escape(name))
}

fn place(site: &Site, event: &Event, scope: &str) -> String {
    let Some(place) = &event.place else { return String::new() };
    match site.entities.get(&place.value) {
        Some(entity) => format!("<placeName ref=\"#{scope}{}\">{}</placeName>", xml_id(&entity.id), escape(&entity.name)),
        None => format!("<placeName>{}</placeName>", escape(&place.value)),
    }
}

pub fn date_element(date: &Date) -> String {
    let attributes: String = datable(date).iter().map(|(name, value)| format!(" {name}=\"{}\"", escape(value))).collect();
    format!("<date{attributes}>{}</date>", escape(&date.printed))
}

/// Persons, bodies and places that the document names.
fn lists(site: &Site, summary: &Summary, scope: &str) -> String {
    let front = &summary.front;
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    let parties = front.author.iter().chain(&front.to).chain(front.contains.iter().flat_map(|inner| inner.author.iter().chain(&inner.to)));
    ids.extend(parties.filter_map(|party| party.entity.as_ref()).map(|id| id.value.as_str()));
    let events = [&front.written, &front.sent, &front.received].into_iter().flatten();
    ids.extend(events.filter_map(|event| event.place.as_ref()).map(|place| place.value.as_str()));
    ids.extend(front.mentions.iter().map(|id| id.value.as_str()));
    for annotation in &summary.annotations {
        if let AnnotationKind::Mention { id, .. } = &annotation.kind {
            ids.insert(&id.value);
        }
    }
    let of = |kind: EntityKind| -> String {
        ids.iter()
            .filter_map(|id| site.entities.get(id))
            .filter(|entity| entity.kind == kind)
            .map(|entity| described(entity, scope))
            .collect()
    };
    let (persons, bodies, places) = (of(EntityKind::Person), of(EntityKind::Organisation), of(EntityKind::Place));
    let mut out = String::new();
    if !persons.is_empty() || !bodies.is_empty() {
        let persons = if persons.is_empty() { persons } else { format!("        <listPerson>\n{persons}        </listPerson>\n") };
        let bodies = if bodies.is_empty() { bodies } else { format!("        <listOrg>\n{bodies}        </listOrg>\n") };
        out.push_str(&format!("      <particDesc>\n{persons}{bodies}      </particDesc>\n"));
    }
    if !places.is_empty() {
        out.push_str(&format!("      <settingDesc>\n        <listPlace>\n{places}        </listPlace>\n      </settingDesc>\n"));
    }
    out
}

fn described(entity: &Entity, scope: &str) -> String {
    let id = format!("{scope}{}", xml_id(&entity.id));
    let (element, name) = match entity.kind {
        EntityKind::Person => ("person", "persName"),
        EntityKind::Place => ("place", "placeName"),
        _ => ("org", "orgName"),
    };
    let parts = entity.sort.split_once(", ").filter(|_| entity.kind == EntityKind::Person && entity.sort != entity.name);
    let words = match parts {
        Some((family, given)) => format!("<surname>{}</surname>, <forename>{}</forename>", escape(family), escape(given)),
        None => escape(&entity.name),
    };
    let mut out = format!("          <{element} xml:id=\"{id}\"><{name}>{words}</{name}>");
    for alias in &entity.aliases {
        out.push_str(&format!("<{name}>{}</{name}>", escape(alias)));
    }
    let person = entity.kind == EntityKind::Person;
    for (event, date) in [("birth", &entity.born), ("death", &entity.died)] {
        if let Some(date) = date.as_ref().filter(|_| person) {
            let attributes: String = datable(date).iter().map(|(name, value)| format!(" {name}=\"{}\"", escape(value))).collect();
            out.push_str(&format!("<{event}{attributes}/>"));
        }
    }
    if let Some((latitude, longitude)) = entity.coordinates.as_ref().filter(|_| entity.kind == EntityKind::Place) {
        out.push_str(&format!("<location><geo>{} {}</geo></location>", escape(latitude), escape(longitude)));
    }
    let note = entity.identification.as_ref().map(|words| format!("<note>{}</note>", escape(words))).unwrap_or_default();
    let address = authority(entity).map(|address| format!("<idno type=\"URI\">{}</idno>", escape(&address))).unwrap_or_default();
    out.push_str(&format!("{note}{address}"));
    out.push_str(&format!("</{element}>\n"));
    out
}
