//! The head of a page for machines: Dublin Core and Highwire fields, the fields that Zotero reads, JSON-LD.
//!
//! Zotero's importer takes `z:itemType` before all others, and creators from Dublin Core and `z:…s` only where no `citation_author` stands:
//! so a letter has none, and comes in with its recipients and translators. Nothing here says `og:type`, and there is no COinS: either would
//! make it another thing.

use super::documents;
use crate::base::text::squeeze;
use crate::model::citable::{CONTAINER_ISSUED, Citable};
use crate::model::date::Date;
use crate::model::document::Summary;
use crate::model::entry::Name;
use crate::render::date_words;
use crate::render::page_input::Meta;
use crate::resolve::Site;
use crate::resolve::routes::Routes;
use serde_json::{Map, Value, json};

/// CSL type, item type of Zotero, type of schema.org.
const TYPES: [(&str, &str, &str); 10] = [
    ("personal_communication", "letter", "Message"),
    ("report", "report", "Report"),
    ("article-newspaper", "newspaperArticle", "NewsArticle"),
    ("speech", "presentation", "CreativeWork"),
    ("manuscript", "manuscript", "Manuscript"),
    ("legislation", "statute", "Legislation"),
    ("treaty", "statute", "Legislation"),
    ("interview", "interview", "CreativeWork"),
    ("pamphlet", "document", "CreativeWork"),
    ("chapter", "bookSection", "Chapter"),
];

/// What Zotero makes of a document.
#[must_use]
pub fn zotero_type(record: &Citable) -> &'static str {
    TYPES.iter().find(|(csl, ..)| *csl == record.kind).map_or("document", |(_, zotero, _)| zotero)
}

/// The fields of a document's page.
#[must_use]
pub fn fields(record: &Citable, in_volume: bool) -> Vec<Meta> {
    let mut metas = Vec::new();
    let mut add = |name: &str, content: &str| {
        if !content.trim().is_empty() {
            metas.push(Meta { name: name.to_owned(), content: squeeze(content) });
        }
    };
    let text = |variable: &str| record.get(variable).unwrap_or_default();
    let date = record.issued().map(written).unwrap_or_default();
    let kind = zotero_type(record);
    add("z:itemType", kind);
    add("DC.title", text("title"));
    for name in record.named("author") {
        add("DC.creator", &listed(name));
    }
    let others = [("recipient", "z:recipients"), ("translator", "z:translators")];
    let alone = others.iter().all(|(role, _)| record.named(role).is_empty());
    for (role, field) in others {
        for name in record.named(role) {
            add(field, &listed(name));
        }
    }
    if alone {
        for name in record.named("author") {
            add("citation_author", &listed(name));
        }
    }
    for name in record.named("editor").iter().filter(|_| in_volume) {
        add("bib:editors", &listed(name));
    }
    add("DC.date", &date);
    add("DC.type", text("genre"));
    add("DC.language", text("language"));
    add("DC.publisher", text("publisher"));
    add("DC.rights", text("license"));
    add("DC.source", text("container-title"));
    add("DC.identifier", text("URL"));
    add("DC.coverage", &shelf(record));
    add("dcterms.abstract", text("abstract"));
    add("DC.subject", text("keyword"));
    add("citation_title", text("title"));
    add("citation_date", &date.replace('-', "/"));
    if in_volume {
        add("citation_inbook_title", text("container-title"));
        add("citation_volume", text("volume"));
        let (first, last) = text("page").split_once(['-', '–', '—']).unwrap_or((text("page"), ""));
        add("citation_firstpage", first);
        add("citation_lastpage", last);
    }
    add("citation_publisher", text("publisher"));
    add("citation_language", text("language"));
    add("citation_public_url", text("URL"));
    metas
}

/// A day, month or year as machines read it; anything else as printed.
fn written(date: &Date) -> String {
    date_words::machine(date).unwrap_or_else(|| date.printed.clone())
}

fn listed(name: &Name) -> String {
    name.given.as_ref().map_or_else(|| name.family.clone(), |given| format!("{}, {given}", name.family))
}

fn shelf(record: &Citable) -> String {
    let parts = ["archive", "archive_collection", "archive_location", "call-number"];
    parts.iter().filter_map(|part| record.get(part)).collect::<Vec<_>>().join(", ")
}

/// The same as JSON-LD of schema.org, readable without fetching anything: the vocabulary is named, not a context to load.
/// No `<` stands in it, so that nothing can end the script element.
#[must_use]
pub fn json_ld(site: &Site, summary: &Summary, record: &Citable, in_volume: bool) -> String {
    let kind = TYPES.iter().find(|(csl, ..)| *csl == record.kind).map_or("CreativeWork", |(.., schema)| schema);
    let mut made = Map::new();
    made.insert("@context".into(), json!({ "@vocab": "https://schema.org/" }));
    made.insert("@type".into(), Value::from(kind));
    let mut add = |name: &str, value: Value| {
        if !value.is_null() && value != "" && value != json!([]) {
            made.insert(name.to_owned(), value);
        }
    };
    let text = |variable: &str| record.get(variable).map_or(Value::Null, Value::from);
    add("url", text("URL"));
    add("name", text("title"));
    add("author", people(site, &summary.front.author.iter().collect::<Vec<_>>(), record.named("author")));
    add("recipient", people(site, &summary.front.to.iter().collect::<Vec<_>>(), record.named("recipient")));
    add("translator", record.named("translator").iter().map(|name| json!({ "@type": "Person", "name": name.straight() })).collect());
    add("dateCreated", record.issued().and_then(date_words::machine).map_or(Value::Null, Value::from));
    add("inLanguage", text("language"));
    add("abstract", text("abstract"));
    add("license", text("license").as_str().filter(|licence| licence.starts_with("http")).map_or(Value::Null, Value::from));
    add("isPartOf", edition(site));
    if in_volume {
        add("isBasedOn", volume(record));
    }
    if record.get("archive").is_some() {
        add("holdingArchive", json!({ "@type": "ArchiveOrganization", "name": record.get("archive") }));
        add("itemLocation", Value::from(shelf(record)));
    }
    Value::Object(made).to_string().replace('<', "\\u003c")
}

/// Persons and bodies, with the pages of the registers where they have one.
fn people(site: &Site, parties: &[&crate::model::document::Party], names: &[Name]) -> Value {
    let linked = parties.len() == names.len();
    let one = |(at, name): (usize, &Name)| {
        let entity = parties.get(at).filter(|_| linked).and_then(|party| party.entity.as_ref()).and_then(|id| site.entities.get(&id.value));
        let mut made = Map::new();
        let person = entity.map_or(name.given.is_some(), |entity| entity.kind == crate::model::entity::EntityKind::Person);
        made.insert("@type".into(), Value::from(if person { "Person" } else { "Organization" }));
        made.insert("name".into(), Value::from(name.straight()));
        if let Some(entity) = entity {
            if let Some(url) = documents::address(site, &Routes::entity(entity)) {
                made.insert("url".into(), Value::from(url));
            }
            if !entity.same_as.is_empty() {
                made.insert("sameAs".into(), Value::from(entity.same_as.clone()));
            }
        }
        Value::Object(made)
    };
    names.iter().enumerate().map(one).collect()
}

fn edition(site: &Site) -> Value {
    let config = &site.config;
    let mut made = Map::new();
    made.insert("@type".into(), Value::from("Collection"));
    made.insert("name".into(), Value::from(config.title.as_str()));
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            made.insert(name.to_owned(), Value::from(value));
        }
    };
    add("url", config.public_url.clone());
    add("version", config.version.clone());
    Value::Object(made)
}

fn volume(record: &Citable) -> Value {
    let mut made = Map::new();
    made.insert("@type".into(), Value::from(if record.get("volume").is_some() { "PublicationVolume" } else { "Book" }));
    let mut add = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            made.insert(name.to_owned(), Value::from(value));
        }
    };
    add("name", record.get("container-title"));
    add("volumeNumber", record.get("volume"));
    add("pagination", record.get("page"));
    add("publisher", record.get("publisher"));
    let year = record.dates.get(CONTAINER_ISSUED).and_then(date_words::machine);
    add("datePublished", year.as_deref());
    Value::Object(made)
}
