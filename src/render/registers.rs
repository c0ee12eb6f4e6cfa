//! Registers and the pages of their entries.

use super::chronology::Timeline;
use super::correspondence;
use super::date_words;
use super::entry_words::escaped;
use super::mentions;
use super::page_input::{EntityDocuments, EntityInput, Fact, Foreign, RegisterGroup, RegisterInput, RegisterRow, YearChart};
use crate::base::collate::Collation;
use crate::base::path::OutputPath;
use crate::base::script::Script;
use crate::base::slug::slug;
use crate::model::entity::{Entity, EntityKind};
use crate::model::theme::Words;
use crate::resolve::backreferences::{EntityUses, Involvement};
use crate::resolve::routes::Routes;
use crate::resolve::{DocumentIndex, Site};

/// A whole register, in the order of the edition's language.
#[must_use]
pub fn register(site: &Site, words: &Words, page: &OutputPath, kind: EntityKind) -> RegisterInput {
    let collation = Collation::of(&site.config.language);
    let mut entities: Vec<&Entity> = site.entities.values().filter(|entity| entity.kind == kind).collect();
    entities.sort_by(|a, b| collation.compare(&a.sort, &b.sort).then_with(|| a.id.cmp(&b.id)));
    let count = words.count(&site.config.language, "entries_count", entities.len());
    let mut groups: Vec<RegisterGroup> = Vec::new();
    for entity in entities {
        let letter = first_letter(&entity.sort);
        if groups.last().is_none_or(|group| group.letter != letter) {
            let id = slug(&letter);
            let id = if id.is_empty() { format!("letter-{}", groups.len()) } else { format!("letter-{id}") };
            // Letters that are transliterated alike (З, Z) need different anchors.
            let id = if groups.iter().any(|group| group.id == id) { format!("{id}-{}", groups.len()) } else { id };
            groups.push(RegisterGroup { letter, id, rows: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(row(site, words, page, entity));
        }
    }
    RegisterInput { register: kind.register().to_owned(), summary: count, groups }
}

/// The letter an entry stands under: without accents, `Ё` under `Е`.
fn first_letter(name: &str) -> String {
    let first: String = name.chars().find(|letter| letter.is_alphanumeric()).into_iter().flat_map(char::to_uppercase).collect();
    match first.as_str() {
        "Ё" => "Е".to_owned(),
        accented if accented.chars().all(|letter| ('À'..='ž').contains(&letter)) => any_ascii_letter(accented),
        other => other.to_owned(),
    }
}

fn any_ascii_letter(letter: &str) -> String {
    slug(letter).chars().next().map_or_else(|| letter.to_owned(), |ascii| ascii.to_ascii_uppercase().to_string())
}

fn row(site: &Site, words: &Words, page: &OutputPath, entity: &Entity) -> RegisterRow {
    let uses = site.back.entities.get(&entity.id);
    let identification = entity.identification.as_deref().unwrap_or_default();
    RegisterRow {
        name: entity.sort.clone(),
        original: foreign(site, entity.original.as_ref()),
        dates: date_words::life(entity.born.as_ref(), entity.died.as_ref(), words),
        identification: identification.to_owned(),
        href: page.link_to(&Routes::entity(entity), None).as_str().to_owned(),
        uses: uses.map_or(String::new(), |uses| {
            let counts = [("documents_count", uses.document_count()), ("mentions_count", uses.mentions.len())].into_iter();
            let counts = counts.filter(|(_, count)| *count > 0).map(|(key, count)| words.count(&site.config.language, key, count));
            counts.collect::<Vec<_>>().join(", ")
        }),
    }
}

/// A name or title in its own script, with its language as far as the letters tell.
pub(super) fn foreign(site: &Site, text: Option<&String>) -> Option<Foreign> {
    let text = text?;
    let language = text.chars().find_map(Script::of).map_or("und", |script| site.tongues.language(script));
    Some(Foreign { text: text.clone(), language: language.to_owned() })
}

const ROLES: [(Involvement, &str); 9] = [
    (Involvement::Author, "written_by"),
    (Involvement::To, "addressed_to"),
    (Involvement::For, "meant_for"),
    (Involvement::Via, "carried_by"),
    (Involvement::Cc, "copied_to"),
    (Involvement::EmbeddedAuthor, "embedded_by"),
    (Involvement::EmbeddedTo, "embedded_for"),
    (Involvement::PlaceOfWriting, "written_in"),
    (Involvement::PlaceOfReceipt, "received_in"),
];

/// One entry's page.
#[must_use]
pub fn entity(site: &Site, words: &Words, timeline: &Timeline, page: &OutputPath, entity: &Entity) -> EntityInput {
    let none = EntityUses::default();
    let uses = site.back.entities.get(&entity.id).unwrap_or(&none);
    let documents = ROLES.iter().filter_map(|(involvement, key)| {
        let rows = uses.documents.get(involvement)?.iter().map(|index| timeline.row(site, words, page, *index)).collect();
        Some(EntityDocuments { role: words.get(key).to_owned(), rows })
    });
    let listed = (!uses.listed.is_empty()).then(|| EntityDocuments {
        role: words.get("mentioned_in").to_owned(),
        rows: uses.listed.iter().map(|index| timeline.row(site, words, page, *index)).collect(),
    });
    EntityInput {
        register: entity.kind.register().to_owned(),
        register_href: page.link_to(&Routes::register(entity.kind), None).as_str().to_owned(),
        register_name: words.get(entity.kind.register()).to_owned(),
        name: entity.name.clone(),
        original: foreign(site, entity.original.as_ref()),
        dates: date_words::life(entity.born.as_ref(), entity.died.as_ref(), words),
        identification: entity.identification.clone(),
        note: entity.note.as_deref().map_or_else(Vec::new, paragraphs),
        facts: facts(site, words, page, entity),
        documents: documents.chain(listed).collect(),
        charts: charts(site, timeline, page, uses),
        correspondences: correspondence::of_entity(site, words, page, &entity.id),
        mentions: mentions::groups(site, words, page, &uses.mentions),
    }
}

/// The paragraphs of a remark: empty lines part them.
fn paragraphs(note: &str) -> Vec<String> {
    note.split("\n\n").map(|words| words.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|words| !words.is_empty()).collect()
}

/// What else the register says.
fn facts(site: &Site, words: &Words, page: &OutputPath, entity: &Entity) -> Vec<Fact> {
    let link = |other: &Entity| format!("<a href=\"{}\">{}</a>", page.link_to(&Routes::entity(other), None), escaped(&other.name));
    let mut facts = Vec::new();
    let mut add = |key: &str, html: String| {
        if !html.is_empty() {
            facts.push(Fact { label: words.get(key).to_owned(), html });
        }
    };
    add("also_known", escaped(&entity.aliases.join("; ")));
    let doubts = [&entity.born, &entity.died].into_iter().flatten().filter_map(|date| date_words::reason(date, words));
    add("dated", escaped(&doubts.collect::<Vec<_>>().join("; ")));
    add("nature", entity.nature.as_deref().map_or(String::new(), |nature| escaped(&nature.replace(['-', '_'], " "))));
    let whole = entity.part_of.as_ref().and_then(|id| site.entities.get(&id.value));
    add("part_of", whole.map_or(String::new(), link));
    let parts = site.parts.get(&entity.id).into_iter().flatten().filter_map(|id| site.entities.get(id));
    add("has_parts", parts.map(link).collect::<Vec<_>>().join(", "));
    add(
        "coordinates",
        entity.coordinates.as_ref().map_or(String::new(), |(lat, lon)| {
            let (lat, lon) = (escaped(lat), escaped(lon));
            format!("<a href=\"geo:{lat},{lon}\">{lat}, {lon}</a>")
        }),
    );
    let known = entity.authorities.iter().map(|(name, id)| authority(name, id));
    let same = entity.same_as.iter().map(|url| super::facts::address(url, host(url)));
    add("identifiers", known.chain(same).collect::<Vec<_>>().join(", "));
    facts
}

/// The name of the site an address leads to.
fn host(url: &str) -> &str {
    let inside = url.split_once("://").map_or(url, |(_, inside)| inside);
    inside.split('/').next().unwrap_or(inside).trim_start_matches("www.")
}

/// More documents than this are worth a chart.
const MANY: usize = 20;

fn charts(site: &Site, timeline: &Timeline, page: &OutputPath, uses: &EntityUses) -> Vec<YearChart> {
    let mut own: Vec<DocumentIndex> = uses.documents.values().flatten().copied().collect();
    own.sort_unstable();
    own.dedup();
    if own.len() > MANY { timeline.charts_of(site, page, &own) } else { Vec::new() }
}

/// Authority files that have an address for each identifier.
fn authority(name: &str, id: &str) -> String {
    let (title, address) = match name {
        "viaf" => ("VIAF", "https://viaf.org/viaf/"),
        "gnd" => ("GND", "https://d-nb.info/gnd/"),
        "wikidata" => ("Wikidata", "https://www.wikidata.org/entity/"),
        "geonames" => ("GeoNames", "https://www.geonames.org/"),
        "lcnaf" => ("LCNAF", "https://id.loc.gov/authorities/names/"),
        "isni" => ("ISNI", "https://isni.org/isni/"),
        other => (other, ""),
    };
    let (href, number) = match id.rsplit_once('/') {
        Some((_, number)) if id.starts_with("http") => (id.to_owned(), number),
        _ => (format!("{address}{id}"), id),
    };
    format!("<a href=\"{}\" rel=\"external\">{title}</a> {}", escaped(&href), escaped(number))
}
