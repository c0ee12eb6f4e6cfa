//! Places that nothing but their names identifies. All datelines of a volume are seen before the first document is read, so that
//! `Washington, D. C.` and `Washington` are one place when no other Washington is named.

use super::super::NewEntity;
use super::super::page::names::is_office;
use super::Reading;
use super::volume::without_stop;
use crate::base::text::squeeze;
use crate::formats::xml::NodeId;
use crate::model::entity::EntityKind;
use std::collections::{BTreeMap, BTreeSet};

/// Words of offices and bodies that stand before a place, or in its stead.
const SEATS: [&str; 14] = [
    "Department",
    "Legation",
    "Embassy",
    "Consulate",
    "Ministry",
    "Foreign Office",
    "Headquarters",
    "Consulat",
    "Association",
    "Agent",
    "White House",
    "Executive Mansion",
    "Mission",
    "Field Force",
];

/// Countries and states as they stand after the name of a town.
const LANDS: [&str; 74] = [
    "A. R.",
    "Ala.",
    "Alabama",
    "Austria",
    "Belgium",
    "Brazil",
    "California",
    "Canada",
    "Chile",
    "Chili",
    "China",
    "Conn.",
    "Connecticut",
    "Cuba",
    "D. C.",
    "Denmark",
    "Egypt",
    "England",
    "Finland",
    "Florida",
    "France",
    "Ga.",
    "Georgia",
    "Germany",
    "Great Britain",
    "Greece",
    "Holland",
    "Ill.",
    "Illinois",
    "India",
    "Ireland",
    "Italy",
    "Japan",
    "Korea",
    "La.",
    "Louisiana",
    "Maryland",
    "Mass.",
    "Massachusetts",
    "Md.",
    "Mexico",
    "N. J.",
    "N. Y.",
    "New Jersey",
    "New York",
    "Norway",
    "Ohio",
    "Pa.",
    "Pennsylvania",
    "Persia",
    "Peru",
    "Poland",
    "Portugal",
    "Prussia",
    "R. I.",
    "Rhode Island",
    "Russia",
    "S. C.",
    "Scotland",
    "Siberia",
    "South Carolina",
    "Spain",
    "Sweden",
    "Switzerland",
    "Tex.",
    "Texas",
    "Turkey",
    "U. S. A.",
    "Ukraine",
    "Va.",
    "Virginia",
    "Wales",
    "Wisconsin",
    "Vt.",
];

impl Reading<'_> {
    /// Sees all datelines of a volume.
    pub(super) fn places_of(&mut self, top: NodeId) {
        let xml = self.xml;
        let named =
            xml.within(top).filter(|node| xml.name(*node) == "placeName" && !self.is_keyed(*node) && self.is_within(*node, "dateline"));
        let mut forms: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for node in named {
            let words = self.words_in_line(node);
            if let Some(name) = place_in(&words) {
                *forms.entry(folded(name)).or_default().entry(name.to_owned()).or_default() += 1;
            }
        }
        let best: BTreeMap<String, String> = forms.into_iter().filter_map(|(key, forms)| Some((key, most(forms)?))).collect();
        let mut lands: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for name in best.values() {
            if let Some((town, land)) = name.split_once(", ").filter(|(_, land)| LANDS.contains(land)) {
                lands.entry(folded(town)).or_default().insert(land);
            }
        }
        for (key, name) in &best {
            let town = name.split_once(", ").map(|(town, _)| folded(town));
            let same = town.filter(|town| lands.get(town).is_some_and(|lands| lands.len() == 1)).and_then(|town| best.get(&town));
            let one = same.filter(|_| name.split_once(", ").is_some_and(|(_, land)| LANDS.contains(&land)));
            self.places.insert(key.clone(), one.unwrap_or(name).clone());
        }
    }

    /// The id of a place by its name alone.
    pub(super) fn place_named(&mut self, words: &str, node: NodeId) -> Option<String> {
        let Some(own) = place_in(words) else {
            if !squeeze(words).is_empty() {
                self.guess("an office or a body is no place", node, words);
            }
            return None;
        };
        if own.len() < trimmed(words).len() {
            self.guess("an office or a body before the name of a place is no part of it", node, &format!("{} → {own}", trimmed(words)));
        }
        let name = self.places.get(&folded(own)).cloned().unwrap_or_else(|| own.to_owned());
        let key = format!("name {}", folded(&name));
        if self.shelf.of_key(EntityKind::Place, &key).is_none() {
            self.guess("places without a key are told apart by their names alone", node, &name);
        }
        let mut new = NewEntity::named(EntityKind::Place, name.as_str());
        let one = self.places.iter().filter(|(_, other)| **other == name);
        let land = one.filter(|(key, _)| **key != folded(&name)).map(|(key, _)| key.clone()).next();
        if let Some(land) = land {
            if self.shelf.of_key(EntityKind::Place, &key).is_none() {
                self.guess("a town with its country, and without, is one where the volume names no other country with it", node, &land);
            }
            new.aliases.extend(LANDS.iter().map(|land| format!("{name}, {land}")).find(|form| folded(form) == land));
        }
        Some(self.shelf.entity(&key, new))
    }
}

fn trimmed(words: &str) -> &str {
    without_stop(words.trim_end_matches([',', ';', ':', ' ']))
}

/// The name of a place in the words of a dateline; `None` where an office or a body stands alone.
fn place_in(words: &str) -> Option<&str> {
    let mut rest = trimmed(words);
    let seat = |words: &str| is_office(words) || SEATS.iter().any(|seat| words.contains(seat));
    while let Some((first, after)) = rest.split_once(", ").filter(|(first, _)| seat(first)) {
        debug_assert!(!first.is_empty(), "an office has words");
        rest = after;
    }
    (!crate::base::slug::slug(rest).is_empty() && !seat(rest)).then_some(rest)
}

fn folded(name: &str) -> String {
    squeeze(&name.replace(['-', '.'], " ")).to_lowercase()
}

/// The form that is printed most.
fn most(forms: BTreeMap<String, usize>) -> Option<String> {
    forms.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0))).map(|(form, _)| form)
}
