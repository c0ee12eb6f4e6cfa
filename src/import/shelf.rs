//! What the edition has already: registers, bibliography, addresses of documents. An importer asks it for ids, so that nothing is entered
//! twice; what is new is collected and appended to the files at the end. Entries that are there are never changed.

use super::front::{self, Fields, Value};
use crate::base::path::ContentPath;
use crate::base::slug::slug;
use crate::base::text::squeeze;
use crate::model::date::Date;
use crate::model::entity::{Entity, EntityKind};
use crate::model::entry::{Entry, Name};
use crate::parse::Parsed;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A person, place or other entity as an original names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntity {
    /// Which register.
    pub kind: EntityKind,
    /// As shown: "Newton D. Baker".
    pub name: String,
    /// As sorted: "Baker, Newton D."; `None` when the name is sorted as it stands.
    pub sort: Option<String>,
    /// Other forms of the name.
    pub aliases: Vec<String>,
    /// Other fields of a register's entry, as `identification`, `born`, `gnd`, `type`.
    pub more: Fields,
}

impl NewEntity {
    /// An entity of which only the name is known.
    #[must_use]
    pub fn named(kind: EntityKind, name: impl Into<String>) -> Self {
        Self { kind, name: name.into(), sort: None, aliases: Vec::new(), more: Fields::new() }
    }
}

/// Names and ids in use. Made once for an import.
#[derive(Debug, Default)]
pub struct Shelf {
    /// Register and folded name → ids that have it, in order.
    named: BTreeMap<(EntityKind, String), Vec<String>>,
    /// The same for entries of the registers that no key has taken yet. Those taken are left behind once and for all, so that thousands of
    /// one name do not look through each other.
    free: BTreeMap<(EntityKind, String), VecDeque<String>>,
    /// Stem of an id or key → the first number that may be free after it.
    numbers: BTreeMap<String, usize>,
    /// Authority and identifier → id: `gnd 118…`.
    authorities: BTreeMap<(EntityKind, String), String>,
    /// Ids with the names of each.
    ids: BTreeMap<String, Vec<String>>,
    /// Register and key in the original → id.
    keyed: BTreeMap<(EntityKind, String), String>,
    /// Ids that a key of the original has already taken.
    claimed: BTreeSet<String>,
    new_entities: Vec<(String, NewEntity)>,
    /// Key → what tells the works apart that there are.
    works: BTreeMap<String, Traits>,
    /// Folded title, with and without the author → keys of the works that have it.
    titles: BTreeMap<String, BTreeSet<String>>,
    new_works: Vec<Entry>,
    /// DOI, or ISBN and folded title → key.
    serials: BTreeMap<String, String>,
    /// The documents there are, by id.
    documents: BTreeMap<String, There>,
}

/// A document that the edition has.
#[derive(Debug)]
struct There {
    path: ContentPath,
    /// From which original it is, in words, and the digest of that: `imported`.
    origin: Option<(String, String)>,
}

/// Fields of an entity that identify it in the world.
const AUTHORITIES: [&str; 6] = ["viaf", "gnd", "wikidata", "geonames", "lcnaf", "isni"];

impl Shelf {
    /// What the edition has.
    #[must_use]
    pub fn of(parsed: &Parsed) -> Self {
        let mut shelf = Self::default();
        let mut entities: Vec<&Entity> = parsed.edition.entities.values().collect();
        // As they were entered: `smith-2` before `smith-10`.
        entities.sort_by(|a, b| (a.id.len(), &a.id).cmp(&(b.id.len(), &b.id)));
        for entity in entities {
            let names = [&entity.name, &entity.sort].into_iter().chain(&entity.aliases);
            shelf.ids.insert(entity.id.clone(), names.clone().cloned().collect());
            for name in names.map(|name| folded(name)).collect::<BTreeSet<String>>() {
                shelf.named.entry((entity.kind, name.clone())).or_default().push(entity.id.clone());
                shelf.free.entry((entity.kind, name)).or_default().push_back(entity.id.clone());
            }
            for (authority, identifier) in &entity.authorities {
                shelf.authorities.entry((entity.kind, format!("{authority} {identifier}"))).or_insert_with(|| entity.id.clone());
            }
        }
        for entry in parsed.edition.entries.values() {
            shelf.enter(&entry.key, Traits::of(entry));
            for serial in serials_of(entry) {
                shelf.serials.entry(serial).or_insert_with(|| entry.key.clone());
            }
        }
        for document in &parsed.documents {
            let front = &document.summary.front;
            let origin = front.imported.as_ref().and_then(|from| Some((from.from.clone()?, from.sha256.clone()?)));
            shelf.documents.entry(front.id.value.0.clone()).or_insert_with(|| There { path: document.summary.file.clone(), origin });
        }
        shelf
    }

    /// The id of an entity. `key` is what identifies it in the original (`#p_BND1`, or its name where there is nothing else): one key, one id.
    /// An entity of the registers with the same authority or name is taken; two keys with one name are two entities.
    pub fn entity(&mut self, key: &str, new: NewEntity) -> String {
        let keyed = (new.kind, key.to_owned());
        if let Some(id) = self.keyed.get(&keyed) {
            return id.clone();
        }
        let id = self.find(&new).unwrap_or_else(|| self.add(new));
        self.claimed.insert(id.clone());
        self.keyed.insert(keyed, id.clone());
        id
    }

    /// The id of the entity that has this name or alias, when there is only one. Nothing is entered.
    #[must_use]
    pub fn known(&self, kind: EntityKind, name: &str) -> Option<String> {
        match self.named.get(&(kind, folded(name))).map(Vec::as_slice) {
            Some([only]) => Some(only.clone()),
            _ => None,
        }
    }

    /// The id that a key of the original was given, if it was.
    #[must_use]
    pub fn of_key(&self, kind: EntityKind, key: &str) -> Option<&str> {
        self.keyed.get(&(kind, key.to_owned())).map(String::as_str)
    }

    /// Whether an entity may be the one with this id: one has a name that could be short for a name of the other.
    #[must_use]
    pub fn may_be(&self, id: &str, new: &NewEntity) -> bool {
        let own = [Some(&new.name), new.sort.as_ref()].into_iter().flatten().chain(&new.aliases);
        let known = self.ids.get(id).map(Vec::as_slice).unwrap_or_default();
        own.into_iter().any(|own| known.iter().any(|known| agree(own, known)))
    }

    fn find(&mut self, new: &NewEntity) -> Option<String> {
        let authority = AUTHORITIES.iter().find_map(|authority| {
            let identifier = new.more.text(authority)?;
            self.authorities.get(&(new.kind, format!("{authority} {identifier}")))
        });
        if let Some(id) = authority {
            return Some(id.clone());
        }
        let names = [Some(&new.name), new.sort.as_ref()].into_iter().flatten();
        names.into_iter().find_map(|name| {
            let ids = self.free.get_mut(&(new.kind, folded(name)))?;
            while ids.front().is_some_and(|id| self.claimed.contains(id)) {
                ids.pop_front();
            }
            ids.front().cloned()
        })
    }

    fn add(&mut self, new: NewEntity) -> String {
        let sort = new.sort.as_deref().unwrap_or(&new.name);
        let family = sort.split(',').next().unwrap_or(sort);
        let short = shortened(if new.kind == EntityKind::Person { slug(family) } else { slug(&new.name) });
        let long = shortened(slug(sort));
        let stem = if long.is_empty() { new.kind.scheme().to_owned() } else { long };
        let whole = [short, stem.clone()].into_iter().find(|id| !id.is_empty() && !self.ids.contains_key(id));
        let id = whole.unwrap_or_else(|| numbered(&mut self.numbers, &stem, &|id| self.ids.contains_key(id)));
        let names = [Some(&new.name), new.sort.as_ref()].into_iter().flatten().chain(&new.aliases);
        self.ids.insert(id.clone(), names.clone().cloned().collect());
        for name in names {
            let ids = self.named.entry((new.kind, folded(name))).or_default();
            if !ids.contains(&id) {
                ids.push(id.clone());
            }
        }
        self.new_entities.push((id.clone(), new));
        id
    }

    /// The key of a work. `entry.key` is the wish; a work with the same title, volume and date that is there is taken.
    pub fn work(&mut self, mut entry: Entry) -> String {
        let traits = Traits::of(&entry);
        if self.works.get(&entry.key).is_some_and(|known| known.has_title_of(&traits) || entry.title == entry.key) {
            return entry.key;
        }
        let alike = [&traits.title, &traits.full_title].into_iter().filter_map(|title| self.titles.get(title)).flatten();
        if let Some(key) = alike.filter(|key| self.works.get(*key).is_some_and(|known| known.are(&traits))).min() {
            return key.clone();
        }
        let serials = serials_of(&entry);
        if let Some(key) = serials.iter().find_map(|serial| self.serials.get(serial)) {
            return key.clone();
        }
        if self.works.contains_key(&entry.key) {
            entry.key = numbered(&mut self.numbers, &entry.key, &|key| self.works.contains_key(key));
        }
        self.enter(&entry.key, traits);
        for serial in serials {
            self.serials.entry(serial).or_insert_with(|| entry.key.clone());
        }
        self.new_works.push(entry.clone());
        entry.key
    }

    fn enter(&mut self, key: &str, traits: Traits) {
        for title in [&traits.title, &traits.full_title] {
            self.titles.entry(title.clone()).or_default().insert(key.to_owned());
        }
        self.works.insert(key.to_owned(), traits);
    }

    /// Whether the bibliography has this key.
    #[must_use]
    pub fn has_work(&self, key: &str) -> bool {
        self.works.contains_key(key)
    }

    /// The file of a document that the edition has.
    #[must_use]
    pub fn document(&self, id: &str) -> Option<&ContentPath> {
        self.documents.get(id).map(|there| &there.path)
    }

    /// From which original a document of the edition is: in words, and the digest.
    #[must_use]
    pub fn origin(&self, id: &str) -> Option<(&str, &str)> {
        self.documents.get(id)?.origin.as_ref().map(|(from, digest)| (from.as_str(), digest.as_str()))
    }

    /// How many entities and works are new.
    #[must_use]
    pub fn added(&self) -> (usize, usize) {
        (self.new_entities.len(), self.new_works.len())
    }

    /// What is to be appended to the files of registers and to the bibliography, by path.
    #[must_use]
    pub fn additions(&self) -> BTreeMap<ContentPath, String> {
        let mut files: BTreeMap<ContentPath, String> = BTreeMap::new();
        let mut entities: Vec<&(String, NewEntity)> = self.new_entities.iter().collect();
        entities.sort_by(|a, b| a.0.cmp(&b.0));
        for (id, new) in entities {
            let path = ContentPath::new(format!("content/registers/{}.yaml", new.kind.register()));
            let mut fields = Fields::new();
            fields.put("name", new.name.as_str());
            fields.put_some("sort", new.sort.as_deref().filter(|sort| *sort != new.name));
            fields.put("aliases", new.aliases.clone());
            for (name, value) in new.more.iter() {
                fields.put(name, value.clone());
            }
            let out = files.entry(path).or_default();
            out.push_str(&format!("\n{id}:\n{}", front::print(&fields, 2)));
        }
        for entry in &self.new_works {
            let out = files.entry(ContentPath::new("content/bibliography.yaml")).or_default();
            out.push_str(&format!("\n{}:\n{}", front::word(&entry.key, false), front::print(&work_fields(entry), 2)));
        }
        files
    }
}

/// `smith-2`, `smith-3` …: the first that is not taken. `numbers` remembers where to go on.
fn numbered(numbers: &mut BTreeMap<String, usize>, stem: &str, taken: &dyn Fn(&str) -> bool) -> String {
    let number = numbers.entry(stem.to_owned()).or_insert(2);
    loop {
        let id = format!("{stem}-{number}");
        *number += 1;
        if !taken(&id) {
            return id;
        }
    }
}

/// What tells works apart.
#[derive(Debug)]
struct Traits {
    title: String,
    /// The title with the author before it, as books of collected works are often named: Lenin *Collected Works*.
    full_title: String,
    volume: Option<String>,
    date: Option<String>,
}

impl Traits {
    fn of(entry: &Entry) -> Self {
        let title = folded(&entry.title);
        let full_title = entry.authors.first().map_or_else(|| title.clone(), |author| format!("{} {title}", folded(&author.family)));
        Self { title, full_title, volume: entry.volume.clone(), date: entry.date.as_ref().map(|date| date.edtf.as_str().to_owned()) }
    }

    fn has_title_of(&self, other: &Self) -> bool {
        self.title == other.title || self.title == other.full_title || self.full_title == other.title
    }

    fn are(&self, other: &Self) -> bool {
        self.has_title_of(other) && self.volume == other.volume && self.date == other.date
    }
}

/// What identifies a work in the world: its DOI; an ISBN only with the title, since chapters have that of their book.
fn serials_of(entry: &Entry) -> Vec<String> {
    let plain = |value: &str| value.to_lowercase().replace(['-', ' '], "");
    let one = |(name, value): &(String, String)| match name.as_str() {
        "doi" => Some(format!("doi {}", plain(value.trim_start_matches("https://doi.org/").trim_start_matches("http://dx.doi.org/")))),
        "isbn" => Some(format!("isbn {} {}", plain(value), folded(&entry.title))),
        _ => None,
    };
    entry.serials.iter().filter_map(one).collect()
}

/// Longest id that is made of words of an original. A broken original may have half its text in one; an id is the name of a file, and a field's name in YAML.
const LONGEST: usize = 100;

/// An id with as many of its words as fit.
pub(super) fn shortened(mut id: String) -> String {
    if id.len() > LONGEST {
        id.truncate(id[..LONGEST].rfind('-').unwrap_or(LONGEST));
    }
    id
}

/// Whether two names may be of one person: `Lenin`, `Lenin, V. I.` and `Lenin, Vladimir Ilyich`, but not `Lenin, Nikolai Ivanovich`.
fn agree(one: &str, other: &str) -> bool {
    let (one, other) = (folded(one), folded(other));
    let parts = |name: &str| {
        let (family, given) = name.split_once(',').unwrap_or((name, ""));
        (family.trim().to_owned(), given.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    };
    let ((family, given), (other_family, other_given)) = (parts(&one), parts(&other));
    one == other
        || family == other_family && given.iter().zip(&other_given).all(|(a, b)| a.starts_with(b.as_str()) || b.starts_with(a.as_str()))
}

/// Names are compared without regard to case, blanks and points.
fn folded(name: &str) -> String {
    squeeze(&name.replace('.', " ")).to_lowercase()
}

/// An entry as Hayagriva's YAML, with our own fields beside it (`original-title`, `translator`).
fn work_fields(entry: &Entry) -> Fields {
    let mut fields = Fields::new();
    fields.put("type", entry.kind.as_str());
    // A work must have a title; where the source prints none, its key is seen to be one.
    fields.put("title", if entry.title.trim().is_empty() { entry.key.as_str() } else { entry.title.as_str() });
    fields.put_some("original-title", entry.title_original.as_deref());
    fields.put_some("short-title", entry.short_title.as_deref());
    for (name, names) in [("author", &entry.authors), ("editor", &entry.editors), ("translator", &entry.translators)] {
        fields.put_list(name, names.iter().map(|name| Value::Text(inverted(name))).collect());
    }
    match (&entry.publisher, &entry.location) {
        (Some(publisher), Some(location)) => {
            let mut place = Fields::new();
            place.put("name", publisher.as_str());
            place.put("location", location.as_str());
            fields.put("publisher", place);
        }
        (publisher, location) => {
            fields.put_some("publisher", publisher.as_deref());
            fields.put_some("location", location.as_deref());
        }
    }
    fields.put_some("date", entry.date.as_ref().map(date_text));
    fields.put_some("volume", entry.volume.as_deref());
    fields.put_some("edition", entry.edition.as_deref());
    fields.put_some("issue", entry.issue.as_deref());
    fields.put_some("page-range", entry.pages.as_deref());
    fields.put_some("url", entry.url.as_deref());
    let mut serials = Fields::new();
    for (name, number) in &entry.serials {
        serials.put(name, number.as_str());
    }
    fields.put("serial-number", serials);
    fields.put_some("language", entry.language.as_deref());
    fields.put_some("note", entry.note.as_deref());
    for (name, value) in &entry.more {
        fields.put(name, value.as_str());
    }
    fields.put_some("parent", entry.parent.as_ref().map(|parent| work_fields(parent)));
    fields
}

fn date_text(date: &Date) -> String {
    date.edtf.as_str().to_owned()
}

fn inverted(name: &Name) -> String {
    name.given.as_ref().map_or_else(|| name.family.clone(), |given| format!("{}, {given}", name.family))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_is_one_entity_and_two_keys_are_two() {
        let mut shelf = Shelf::default();
        let smith = || NewEntity { sort: Some("Smith, John".into()), ..NewEntity::named(EntityKind::Person, "John Smith") };
        let ids: Vec<String> = ["#a", "#b", "#a", "#c"].into_iter().map(|key| shelf.entity(key, smith())).collect();
        assert_eq!(ids, ["smith", "smith-john", "smith", "smith-john-2"]);
        assert_eq!(shelf.entity("Moscow", NewEntity::named(EntityKind::Place, "Moscow")), "moscow");
        let work = Entry { key: "frus".into(), title: "Papers".into(), volume: Some("3".into()), ..Entry::default() };
        assert_eq!([shelf.work(work.clone()), shelf.work(work)], ["frus", "frus"]);
        assert_eq!(shelf.added(), (4, 1));
        let endless = NewEntity::named(EntityKind::Place, "Washington and all that was said there ".repeat(40));
        assert_eq!(
            shelf.entity("#d", endless),
            "washington-and-all-that-was-said-there-washington-and-all-that-was-said-there-washington-and-all"
        );
    }
}
