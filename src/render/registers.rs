//! Registers and the pages of their entries.

use super::chronology::{self, Timeline};
use super::correspondence;
use super::date_words;
use super::entry_words::escaped;
use super::mentions;
use super::page_input::{EntityDocuments, EntityInput, Fact, Foreign, LinkInput, RegisterGroup, RegisterInput, RegisterRow, Row};
use super::parts::{self, Division};
use crate::base::collate::Collation;
use crate::base::path::OutputPath;
use crate::base::script::Script;
use crate::base::slug::slug;
use crate::model::date::Date;
use crate::model::entity::{Entity, EntityKind};
use crate::model::theme::Words;
use crate::resolve::backreferences::{EntityUses, Involvement, Use};
use crate::resolve::order::principal_date;
use crate::resolve::routes::Routes;
use crate::resolve::{DocumentIndex, Site};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// The entries of a register in the order of the edition's language, and how they are divided into pages.
fn in_order(site: &Site, kind: EntityKind) -> (Vec<&Entity>, Vec<Range<usize>>) {
    let collation = Collation::of(&site.config.language);
    let mut entities: Vec<&Entity> = site.entities.values().filter(|entity| entity.kind == kind).collect();
    entities.sort_by(|a, b| collation.compare(&a.sort, &b.sort).then_with(|| a.id.cmp(&b.id)));
    let weight = |entity: &&Entity| {
        let words = entity.sort.len() + entity.original.as_ref().map_or(0, |text| 40 + text.len());
        160 + entity.id.len() + words + entity.identification.as_ref().map_or(0, String::len)
    };
    let cuts = parts::cut(&entities.iter().map(weight).collect::<Vec<_>>());
    (entities, cuts)
}

/// How many pages a register takes.
#[must_use]
pub fn parts_of_register(site: &Site, kind: EntityKind) -> usize {
    in_order(site, kind).1.len()
}

/// A register, or a further part of it, counted from 0.
#[must_use]
pub fn register(site: &Site, words: &Words, page: &OutputPath, kind: EntityKind, part: usize) -> RegisterInput {
    let (entities, cuts) = in_order(site, kind);
    let count = words.count(&site.config.language, "entries_count", entities.len());
    let mut groups: Vec<RegisterGroup> = Vec::new();
    let mut letters: Vec<LinkInput> = Vec::new();
    let route = Routes::register(kind);
    for (at, entity) in entities.into_iter().enumerate() {
        let letter = first_letter(&entity.sort);
        let here = cuts.iter().position(|cut| cut.contains(&at)).unwrap_or(0);
        if letters.last().is_none_or(|link| link.title != letter) {
            let id = letter_id(&letter, letters.len());
            let taken = letters.iter().any(|link| link.href.ends_with(&format!("#{id}")));
            // Letters that are transliterated alike (З, Z) need different anchors.
            let id = if taken { format!("{id}-{}", letters.len()) } else { id };
            let href = page.link_to(&parts::path(&route, here), Some(&id)).as_str().to_owned();
            letters.push(LinkInput { href, title: letter.clone(), date: String::new() });
        }
        if here != part {
            continue;
        }
        if groups.last().is_none_or(|group| group.letter != letter) {
            let id = letters.last().and_then(|link| link.href.rsplit('#').next()).unwrap_or_default().to_owned();
            groups.push(RegisterGroup { letter, id, rows: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(row(site, words, page, entity));
        }
    }
    RegisterInput { register: kind.register().to_owned(), summary: count, letters, groups }
}

/// The anchor of a letter; `number` stands for letters that have no Latin form.
fn letter_id(letter: &str, number: usize) -> String {
    let id = slug(letter);
    if id.is_empty() { format!("letter-{number}") } else { format!("letter-{id}") }
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

/// A line of an entry's page: a document under the role the entry plays in it, or all its mentions in a document.
enum Line<'a> {
    Row(&'static str, DocumentIndex),
    Mentions(&'a [Use]),
}

impl Line<'_> {
    fn document(&self) -> Option<DocumentIndex> {
        match self {
            Line::Row(_, document) => Some(*document),
            Line::Mentions(places) => places.first().map(|place| place.document),
        }
    }

    fn weight(&self, site: &Site) -> usize {
        match self {
            Line::Row(_, document) => parts::row_weight(site, *document),
            Line::Mentions(places) => {
                self.document().map_or(0, |document| parts::row_weight(site, document)) + places.len() * parts::PLACE_WEIGHT
            }
        }
    }
}

/// All lines of an entry's page, in their order.
fn lines(uses: &EntityUses) -> Vec<Line<'_>> {
    let roles = ROLES.iter().filter_map(|(involvement, key)| Some((*key, uses.documents.get(involvement)?)));
    let roles = roles.chain(std::iter::once(("mentioned_in", &uses.listed)));
    let rows = roles.flat_map(|(key, documents)| documents.iter().map(move |document| Line::Row(key, *document)));
    rows.chain(uses.mentions.chunk_by(|a, b| a.document == b.document).map(Line::Mentions)).collect()
}

/// How an entry is divided into pages.
#[must_use]
pub fn division(site: &Site, words: &Words, entity: &Entity) -> Division {
    let Some(uses) = site.back.entities.get(&entity.id) else { return Division::default() };
    let lines = lines(uses);
    let cuts = parts::cut(&lines.iter().map(|line| line.weight(site)).collect::<Vec<_>>());
    if cuts.len() < 2 {
        return Division::default();
    }
    let label = |cut: &Range<usize>| {
        let lines = lines.get(cut.clone()).unwrap_or_default();
        let name = match lines.first() {
            Some(Line::Row(key, _)) => words.get(key),
            _ => words.get("mentioned_in"),
        };
        parts::years(site, lines.iter().filter_map(Line::document)).map_or_else(|| name.to_owned(), |years| format!("{name} {years}"))
    };
    let years = if charted(uses).is_empty() { BTreeMap::new() } else { first_lines(site, &lines) };
    Division { labels: cuts.iter().map(label).collect(), cuts, years, ..Division::default() }
}

/// One entry's page, or a further part of it, counted from 0. What is said of the entry itself stands on the first.
#[must_use]
pub fn entity(
    site: &Site,
    words: &Words,
    timeline: &Timeline,
    page: &OutputPath,
    entity: &Entity,
    (division, part): (Option<&Division>, usize),
) -> EntityInput {
    let none = EntityUses::default();
    let uses = site.back.entities.get(&entity.id).unwrap_or(&none);
    let lines = lines(uses);
    let range = division.map_or(0..lines.len(), |division| division.lines(part));
    let own = lines.get(range.clone()).unwrap_or_default();
    let first = part == 0;
    let charted = if first { charted(uses) } else { Vec::new() };
    let years = match division {
        Some(division) => Cow::Borrowed(&division.years),
        None if charted.is_empty() => Cow::Owned(BTreeMap::new()),
        None => Cow::Owned(first_lines(site, &lines)),
    };
    let mut documents: Vec<(&str, EntityDocuments)> = Vec::new();
    let mut mentions = Vec::new();
    for (at, line) in range.zip(own) {
        match line {
            Line::Row(key, document) => {
                if documents.last().is_none_or(|(other, _)| other != key) {
                    documents.push((key, EntityDocuments { role: words.get(key).to_owned(), rows: Vec::new() }));
                }
                if let Some((_, section)) = documents.last_mut() {
                    let year = years.iter().find(|(_, first)| **first == at).map(|(year, _)| chronology::year_id(*year));
                    section.rows.push(Row { id: year.unwrap_or_default(), ..timeline.row(site, words, page, *document) });
                }
            }
            Line::Mentions(places) => mentions.extend(mentions::groups(site, words, page, places)),
        }
    }
    EntityInput {
        parts: parts::links(page, &Routes::entity(entity), part, division),
        register: entity.kind.register().to_owned(),
        register_href: page.link_to(&Routes::register(entity.kind), None).as_str().to_owned(),
        register_name: words.get(entity.kind.register()).to_owned(),
        name: entity.name.clone(),
        original: foreign(site, entity.original.as_ref()),
        dates: date_words::life(entity.born.as_ref(), entity.died.as_ref(), words),
        identification: entity.identification.clone().filter(|_| first),
        note: entity.note.as_deref().filter(|_| first).map_or_else(Vec::new, paragraphs),
        facts: if first { facts(site, words, page, entity) } else { Vec::new() },
        documents: documents.into_iter().map(|(_, section)| section).collect(),
        charts: if !charted.is_empty() {
            timeline.charts_of(site, &charted, |year| {
                let part = division.zip(years.get(&year)).map_or(0, |(division, line)| division.page_of(*line));
                page.link_to(&parts::path(&Routes::entity(entity), part), Some(&chronology::year_id(year))).as_str().to_owned()
            })
        } else {
            Vec::new()
        },
        correspondences: if first { correspondence::of_entity(site, words, timeline, page, &entity.id) } else { Vec::new() },
        mentions,
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

/// The documents of an entry's charts; none if they are few.
fn charted(uses: &EntityUses) -> Vec<DocumentIndex> {
    let mut own: Vec<DocumentIndex> = uses.documents.values().flatten().copied().collect();
    own.sort_unstable();
    own.dedup();
    if own.len() > MANY { own } else { Vec::new() }
}

/// Year → its first line among the documents, where the charts lead.
fn first_lines(site: &Site, lines: &[Line<'_>]) -> BTreeMap<i32, usize> {
    let mut years = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        let Line::Row(_, document) = line else { continue };
        let day = principal_date(&site.documents[document.at()]).and_then(Date::placed);
        if let Some(day) = day {
            years.entry(day.year()).or_insert(at);
        }
    }
    years
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
