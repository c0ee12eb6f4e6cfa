//! Persons, places and bodies: from the lists of a volume or letter, and from the keys of names in the text.

use super::super::NewEntity;
use super::super::front::Fields;
use super::Reading;
use super::dates;
use super::inlines::kind_of;
use crate::base::text::squeeze;
use crate::formats::xml::{NodeId, Xml};
use crate::model::entity::EntityKind;
use crate::parse::register::names::number;
use std::collections::BTreeMap;

/// Most forms of a name that are entered beside it.
const ALIASES: usize = 12;

impl Reading<'_> {
    /// Enters all that lists describe.
    pub(super) fn people(&mut self, top: NodeId) {
        let xml = self.xml;
        let mut forms: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
        for node in xml.within(top).filter(|node| kind_of(xml.name(*node), xml.attribute(*node, "type")).is_some()) {
            if let Some(key) = key_of(xml, node) {
                *forms.entry(key).or_default().entry(squeeze(&xml.all_text(node))).or_default() += 1;
            }
        }
        for node in xml.within(top) {
            let Some(id) = xml.attribute(node, "xml:id") else { continue };
            let new = match xml.name(node) {
                "person" | "personGrp" => Some(person(xml, node)),
                "place" => Some(place(xml, node)),
                "org" => Some(body(xml, node)),
                "persName" => listed(xml, node),
                _ => None,
            };
            if let Some(mut new) = new.filter(|new| !new.name.is_empty()) {
                let known = [Some(new.name.clone()), new.sort.clone()];
                let mut found: Vec<(&String, &usize)> = forms.get(format!("#{id}").as_str()).into_iter().flatten().collect();
                found.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
                let found = found.into_iter().map(|(form, _)| form.trim_end_matches(['.', ',']).to_owned());
                for form in found.filter(|form| !form.is_empty()).take(ALIASES) {
                    if !known.contains(&Some(form.clone())) && !new.aliases.contains(&form) {
                        new.aliases.push(form);
                    }
                }
                let key = self.listed_key(id, &new, node);
                let kind = new.kind;
                let entity = self.shelf.entity(&key, new);
                self.listed.entry(id).or_insert((kind, entity));
            }
        }
    }

    /// The key of an entry of this file's own lists. One and the same list often stands in every letter of an edition, so one id with one
    /// name is one entry; but `p1` may also be counted anew in each letter, so other names are others.
    fn listed_key(&mut self, id: &str, new: &NewEntity, node: NodeId) -> String {
        let key = self.scoped(&format!("#{id}"));
        let other = self.shelf.of_key(new.kind, &key).filter(|known| !self.shelf.may_be(known, new)).map(str::to_owned);
        let Some(known) = other.filter(|_| self.single) else { return key };
        let text = format!("{id}: {}, elsewhere `{known}`", new.name);
        self.guess("one `xml:id` with another name in another file is another person, place or body", node, &text);
        format!("{key} {}", new.name)
    }

    /// Keys without a file belong to this file.
    fn scoped(&self, key: &str) -> String {
        match key.strip_prefix('#') {
            // Defined in a list that the letters share.
            Some(id) if self.single => id.to_owned(),
            Some(id) => format!("{}#{id}", self.name),
            None => key.to_owned(),
        }
    }

    /// The target of a mention: `person:summers`. `None` where nothing says who is meant.
    pub(super) fn mention(&mut self, node: NodeId) -> Option<String> {
        let xml = self.xml;
        let kind = kind_of(xml.name(node), xml.attribute(node, "type"))?;
        let key = match key_of(xml, node) {
            Some(key) => key.to_owned(),
            // Places named in datelines are told apart by their names.
            None if xml.name(node) == "placeName" && self.is_within(node, "dateline") => {
                return self.place(node).map(|id| format!("place:{id}"));
            }
            None => return None,
        };
        Some(format!("{}:{}", kind.scheme(), self.entity(kind, &key, node)?))
    }

    fn entity(&mut self, kind: EntityKind, key: &str, node: NodeId) -> Option<String> {
        let listed = key.strip_prefix('#').and_then(|id| self.listed.get(id));
        if let Some((_, id)) = listed.filter(|(own, _)| *own == kind) {
            return Some(id.clone());
        }
        let scoped = self.scoped(key);
        if let Some(id) = self.shelf.of_key(kind, &scoped) {
            return Some(id.to_owned());
        }
        let words = squeeze(&self.xml.all_text(node));
        let words = words.trim_end_matches([',', '.', ':', ';']);
        if words.is_empty() {
            return None;
        }
        let header = kind == EntityKind::Person && self.is_within(node, "correspAction");
        let mut new = if header && is_inverted(words) { by_sort(words) } else { NewEntity::named(kind, words) };
        identify(key, &mut new.more);
        self.guess("whoever is keyed but in no list has the name by which the text first calls them", node, &format!("{key}: {words}"));
        Some(self.shelf.entity(&scoped, new))
    }

    /// The target of a pointer to an entry of a list.
    pub(super) fn mention_of_key(&self, id: &str) -> Option<String> {
        if let Some((kind, entity)) = self.listed.get(id) {
            return Some(format!("{}:{entity}", kind.scheme()));
        }
        let key = self.scoped(&format!("#{id}"));
        EntityKind::ALL.iter().find_map(|(kind, scheme, _)| Some(format!("{scheme}:{}", self.shelf.of_key(*kind, &key)?)))
    }

    /// Whether a name says who is meant.
    pub(super) fn is_keyed(&self, node: NodeId) -> bool {
        key_of(self.xml, node).is_some()
    }

    /// The id of a sender or recipient; `at` counts names that share one element. Without a key they are told apart by their names alone.
    pub(super) fn party(&mut self, node: NodeId, at: usize, words: &str) -> Option<String> {
        let xml = self.xml;
        let kind = kind_of(xml.name(node), None)?;
        if let Some(key) = key_of(xml, node) {
            let key = key.to_owned();
            return self.entity(kind, &key, node);
        }
        let name = words.trim_end_matches(['.', ',']);
        if kind != EntityKind::Person || name.is_empty() {
            return None;
        }
        let Some((key, new)) = self.roll.person(node, at).map(|(key, new)| (key.to_owned(), new.clone())) else {
            self.guess("an office, a body or a group is no person; it stands as printed", node, name);
            return None;
        };
        if self.shelf.of_key(kind, &key).is_none() {
            self.guess("senders and recipients without a key are told apart by their names alone", node, &new.name);
        }
        Some(self.shelf.entity(&key, new))
    }

    /// The id of a place by its key or its name.
    pub(super) fn place(&mut self, node: NodeId) -> Option<String> {
        let xml = self.xml;
        if let Some(key) = key_of(xml, node) {
            let key = key.to_owned();
            return self.entity(EntityKind::Place, &key, node);
        }
        let words = self.words_in_line(node);
        self.place_named(&words, node)
    }

    /// The words of an element, a blank for each line end.
    pub(super) fn words_in_line(&self, node: NodeId) -> String {
        let mut words = String::new();
        for inner in self.xml.within(node) {
            match self.xml.text(inner) {
                Some(text) => words.push_str(text),
                None if self.xml.name(inner) == "lb" => words.push(' '),
                None => {}
            }
        }
        squeeze(&words)
    }
}

/// The key of a name: `ref`, `corresp`, `key`. Of several the first.
fn key_of<'x>(xml: &'x Xml<'_>, node: NodeId) -> Option<&'x str> {
    ["ref", "corresp", "key", "sameAs"].iter().find_map(|name| xml.attribute(node, name)).and_then(|keys| keys.split_whitespace().next())
}

/// An item of a list of persons: `Baker, Newton D.`, and after it what they were.
fn listed(xml: &Xml<'_>, node: NodeId) -> Option<NewEntity> {
    let item = xml.parent(node).filter(|parent| matches!(xml.name(*parent), "item" | "p" | "hi" | "label"))?;
    let sort = squeeze(&xml.all_text(node));
    let sort = sort.trim_end_matches([',', ';', ':']).trim();
    let after = xml.children(item).iter().skip_while(|child| **child != node).skip(1).filter(|child| xml.name(**child) != "note");
    let rest: String = after.map(|child| xml.all_text(*child)).collect();
    let rest = squeeze(&rest);
    let rest = rest.trim_start_matches([',', ';', ':', ' ', '.']);
    let mut new = by_sort(sort);
    new.more.put("identification", rest.strip_suffix('.').unwrap_or(rest));
    Some(new)
}

/// `Baker, Newton D.` → Newton D. Baker; `Mirbach, Wilhelm, Count von` → Wilhelm, Count von Mirbach; names in parentheses are other names.
fn by_sort(sort: &str) -> NewEntity {
    let (plain, other) = match (sort.find('('), sort.rfind(')')) {
        (Some(open), Some(close)) if open < close => {
            (format!("{}{}", sort[..open].trim_end(), &sort[close + 1..]), Some(sort[open + 1..close].trim().to_owned()))
        }
        _ => (sort.to_owned(), None),
    };
    let name = match plain.split_once(',') {
        Some((family, given)) => squeeze(&format!("{} {family}", given.trim())),
        None => squeeze(&plain),
    };
    let mut new = NewEntity::named(EntityKind::Person, name);
    new.sort = Some(squeeze(&plain)).filter(|plain| plain.contains(','));
    new.aliases.extend(other.filter(|other| other.starts_with(char::is_uppercase)));
    new
}

/// `Keynes, John Maynard`, but not `J. M. Keynes, Esq.`
fn is_inverted(name: &str) -> bool {
    const TITLES: [&str; 8] = ["esq", "jr", "sr", "bart", "m.p", "mp", "k.c", "bt"];
    name.split_once(',').is_some_and(|(family, given)| {
        let given = given.trim();
        let upper = |part: &str| part.starts_with(char::is_uppercase);
        upper(family) && upper(given) && !given.contains(',') && !TITLES.contains(&given.trim_end_matches('.').to_lowercase().as_str())
    })
}

fn person(xml: &Xml<'_>, node: NodeId) -> NewEntity {
    let names: Vec<NodeId> = xml.named(node, "persName").collect();
    let first = names.first().copied();
    let part =
        |name: NodeId, element: &str| xml.find(name, element).map(|part| squeeze(&xml.all_text(part))).filter(|part| !part.is_empty());
    let mut new = match first.map(|name| (part(name, "surname"), part(name, "forename"), name)) {
        Some((Some(family), Some(given), _)) => by_sort(&format!("{family}, {given}")),
        Some((_, _, name)) => by_sort(&squeeze(&xml.all_text(name))),
        None => NewEntity::named(EntityKind::Person, String::new()),
    };
    new.aliases.extend(names.iter().skip(1).map(|name| squeeze(&xml.all_text(*name))).filter(|name| !name.is_empty()));
    for (element, field) in [("birth", "born"), ("death", "died")] {
        let date = xml
            .child(node, element)
            .and_then(|event| dates::edtf(xml, event).or_else(|| xml.within(event).find_map(|inner| dates::edtf(xml, inner))));
        new.more.put_some(field, date.filter(|date| !date.starts_with("0001")));
    }
    let words = ["occupation", "note"].iter().flat_map(|name| xml.named(node, name)).map(|inner| squeeze(&xml.all_text(inner)));
    new.more.put("identification", words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; "));
    identifiers(xml, node, &mut new.more);
    new
}

fn place(xml: &Xml<'_>, node: NodeId) -> NewEntity {
    let mut new = named(xml, node, EntityKind::Place, &["placeName", "settlement", "geogName"]);
    let geo = xml.find(node, "geo").map(|geo| squeeze(&xml.all_text(geo).replace(',', " ")));
    if let Some(Some((latitude, longitude))) = geo.map(|geo| geo.split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned()))) {
        let fits = |text: &str, most: f64| text.parse::<f64>().is_ok_and(|degree| degree.abs() <= most);
        if fits(&latitude, 90.0) && fits(&longitude, 180.0) {
            new.more.put("coordinates", vec![latitude, longitude]);
        }
    }
    new
}

fn body(xml: &Xml<'_>, node: NodeId) -> NewEntity {
    named(xml, node, EntityKind::Organisation, &["orgName"])
}

fn named(xml: &Xml<'_>, node: NodeId, kind: EntityKind, elements: &[&str]) -> NewEntity {
    let mut names = elements
        .iter()
        .flat_map(|element| xml.named(node, element))
        .map(|name| squeeze(&xml.all_text(name)))
        .filter(|name| !name.is_empty());
    let mut new = NewEntity::named(kind, names.next().unwrap_or_default());
    new.aliases.extend(names);
    let words = xml.named(node, "desc").chain(xml.named(node, "note")).map(|inner| squeeze(&xml.all_text(inner)));
    new.more.put("identification", words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; "));
    identifiers(xml, node, &mut new.more);
    new
}

fn identifiers(xml: &Xml<'_>, node: NodeId, more: &mut Fields) {
    for idno in xml.named(node, "idno") {
        identify(squeeze(&xml.all_text(idno)).as_str(), more);
        let kind = xml.attribute(idno, "subtype").or_else(|| xml.attribute(idno, "type")).unwrap_or_default().to_lowercase();
        let value = squeeze(&xml.all_text(idno));
        let value = value.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
        for authority in ["viaf", "gnd", "wikidata", "geonames", "lcnaf", "isni"] {
            if kind == authority {
                put_number(authority, &value, more);
            }
        }
    }
    if let Some(key) = xml.attribute(node, "sameAs").or_else(|| xml.attribute(node, "corresp")) {
        identify(key, more);
    }
}

/// A number of an authority file; what is none is kept in words.
fn put_number(authority: &str, value: &str, more: &mut Fields) {
    match number(authority, value) {
        Some(number) => more.put(authority, number),
        None if value.trim().is_empty() => {}
        None => more.put("note", format!("{}: {value}", authority.to_uppercase())),
    }
}

/// An authority by its address.
fn identify(address: &str, more: &mut Fields) {
    let addresses = [
        ("d-nb.info/gnd/", "gnd"),
        ("viaf.org/viaf/", "viaf"),
        ("wikidata.org/entity/", "wikidata"),
        ("wikidata.org/wiki/", "wikidata"),
        ("geonames.org/", "geonames"),
        ("id.loc.gov/authorities/names/", "lcnaf"),
        ("isni.org/isni/", "isni"),
    ];
    for (part, authority) in addresses {
        if let Some((_, rest)) = address.split_once(part) {
            put_number(authority, rest.split(['/', '?', '#']).next().unwrap_or_default(), more);
        }
    }
}
