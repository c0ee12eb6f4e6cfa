//! Filters of the chronology: a row has one class for its kind, one for each of the most frequent people, one for its certainty.
//!
//! One choice of each group holds, all groups together; `filter_style.rs` makes rows, months and years that do not match vanish without script.

use super::{kind, rows};
use crate::model::document::{Party, Summary};
use crate::model::theme::{Words, number};
use crate::render::facts::{kind_word, noun_inside};
use crate::render::page_input::{Filter, FilterGroup};
use crate::resolve::Site;
use crate::resolve::chronology::{Axis, Moment};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// Kinds that have a colour of their own; the last is for all others.
pub(super) const SLOTS: usize = 6;
/// Rows of other acts, in the place of a kind.
const SENT: usize = 7;
const RECEIVED: usize = 8;
const PUBLISHED: usize = 9;
const MENTIONED: usize = 10;
/// People that have a filter.
const PEOPLE: usize = 12;
/// Nobody is worth a filter with fewer documents.
const LEAST: usize = 2;

/// Certainty.
const SURE: usize = 1;
const UNSURE: usize = 2;

/// What a filter asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Kind,
    Person,
    Certainty,
}

/// A class of a row: `k1`, `p12`, `c2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Class {
    pub(super) group: Group,
    slot: u8,
}

impl Class {
    fn new(group: Group, slot: usize) -> Self {
        Self { group, slot: u8::try_from(slot).unwrap_or(u8::MAX) }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = match self.group {
            Group::Kind => 'k',
            Group::Person => 'p',
            Group::Certainty => 'c',
        };
        write!(f, "{letter}{}", self.slot)
    }
}

/// The classes of a row: those of its kind, its people and its certainty, in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Classes(u32);

impl Classes {
    /// Before the first bit of each group: kinds, people, certainty.
    const GROUPS: [(Group, usize); 3] = [(Group::Kind, 0), (Group::Person, MENTIONED), (Group::Certainty, MENTIONED + PEOPLE)];

    fn add(&mut self, group: Group, slot: usize) {
        let before = Self::GROUPS.iter().find(|(own, _)| *own == group).map_or(0, |(_, before)| *before);
        self.0 |= 1 << (before + slot - 1);
    }

    /// One after the other.
    pub(super) fn iter(self) -> impl Iterator<Item = Class> {
        (1..=MENTIONED + PEOPLE + UNSURE).filter(move |bit| self.0 & 1 << (bit - 1) != 0).filter_map(|bit| {
            let (group, before) = Self::GROUPS.iter().rev().find(|(_, before)| bit > *before)?;
            Some(Class::new(*group, bit - before))
        })
    }
}

/// Who has which class.
#[derive(Default, Serialize, Deserialize)]
pub struct Filters {
    /// Kind as typed → its slot from 1.
    slots: BTreeMap<String, usize>,
    /// Register id → slot from 1.
    people: BTreeMap<String, usize>,
}

impl Filters {
    pub(super) fn of(site: &Site) -> Self {
        let mut kinds: HashMap<&str, usize> = HashMap::new();
        let mut people: HashMap<&str, usize> = HashMap::new();
        for index in &site.order.time {
            let summary = &site.documents[index.at()];
            *kinds.entry(kind(summary)).or_default() += 1;
            for embedded in &summary.front.contains {
                *kinds.entry(embedded.kind.as_deref().unwrap_or("document")).or_default() += 1;
            }
            for id in parties(summary) {
                *people.entry(id).or_default() += 1;
            }
            for id in summary.front.contains.iter().flat_map(|embedded| ids(embedded.author.iter().chain(&embedded.to))) {
                *people.entry(id).or_default() += 1;
            }
        }
        people.retain(|id, count| *count >= LEAST && site.entities.contains_key(id));
        let ranked = |counts: HashMap<&str, usize>| {
            let mut ranked: Vec<(String, usize)> = counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
            ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            (1..).zip(ranked).map(|(rank, (name, _))| (name, rank))
        };
        Self { slots: ranked(kinds).map(|(kind, rank)| (kind, rank.min(SLOTS))).collect(), people: ranked(people).take(PEOPLE).collect() }
    }

    /// The slot of a row's kind, from 1.
    pub(super) fn kind_slot(&self, site: &Site, moment: &Moment) -> usize {
        self.slots.get(kind_of(site, moment)).copied().unwrap_or(SLOTS)
    }

    /// The classes of a row. Acts that are not the document's own row have classes after those of the kinds.
    pub(super) fn classes(&self, site: &Site, moment: &Moment) -> Classes {
        let summary = &site.documents[moment.document.at()];
        let kind = match moment.axis {
            Axis::Sent if !moment.principal => SENT,
            Axis::Received if !moment.principal => RECEIVED,
            Axis::Published => PUBLISHED,
            Axis::Mentioned => MENTIONED,
            _ => self.kind_slot(site, moment),
        };
        let mut classes = Classes::default();
        classes.add(Group::Kind, kind);
        let mut person = |id: &str| {
            if let Some(slot) = self.people.get(id) {
                classes.add(Group::Person, *slot);
            }
        };
        // Who chooses a person asks for documents, each once: those that are embedded by their own parties.
        match moment.axis {
            _ if moment.principal => party_ids(summary).for_each(&mut person),
            Axis::Embedded => {
                let embedded = summary.front.contains.get(moment.at as usize);
                embedded.into_iter().flat_map(|embedded| ids(embedded.author.iter().chain(&embedded.to))).for_each(&mut person);
            }
            _ => {}
        }
        let date = moment.date(&site.documents);
        let sure = date.is_some_and(|date| !rows::is_uncertain(date));
        classes.add(Group::Certainty, if sure { SURE } else { UNSURE });
        classes
    }

    /// The filters that some rows need; a group with one choice is none.
    pub(super) fn groups(&self, site: &Site, words: &Words, moments: impl Iterator<Item = Moment>) -> Vec<FilterGroup> {
        let mut counts: BTreeMap<Class, (String, usize)> = BTreeMap::new();
        for moment in moments {
            for class in self.classes(site, &moment).iter() {
                counts.entry(class).or_insert_with(|| (self.name(site, words, class, &moment), 0)).1 += 1;
            }
        }
        let group = |name: &'static str, group: Group| {
            let own = counts.iter().filter(|(class, _)| class.group == group);
            FilterGroup {
                name,
                filters: own
                    .map(|(class, (name, count))| Filter {
                        class: class.to_string(),
                        name: name.clone(),
                        count: number(&site.config.language, *count),
                    })
                    .collect(),
            }
        };
        let groups = [group("kind", Group::Kind), group("person", Group::Person), group("certainty", Group::Certainty)];
        groups.into_iter().filter(|group| group.filters.len() > 1).collect()
    }

    fn name(&self, site: &Site, words: &Words, class: Class, moment: &Moment) -> String {
        match (class.group, usize::from(class.slot)) {
            (Group::Kind, SENT..=PUBLISHED) => rows::axis_word(words, moment.axis).to_owned(),
            (Group::Kind, MENTIONED) => words.get("filter_mentioned").to_owned(),
            (Group::Certainty, SURE) => words.get("filter_sure").to_owned(),
            (Group::Certainty, _) => words.get("filter_unsure").to_owned(),
            (Group::Person, slot) => {
                let id = self.people.iter().find(|(_, own)| **own == slot).map_or("", |(id, _)| id.as_str());
                site.entities.get(id).map_or(id, |entity| entity.name.as_str()).to_owned()
            }
            (_, SLOTS) if self.slots.len() > SLOTS => words.get("kinds_other").to_owned(),
            _ => {
                let kind = kind_of(site, moment);
                let key = format!("kinds_{kind}");
                if words.get(&key) == key { noun_inside(site, &kind_word(site, words, kind)) } else { words.get(&key).to_owned() }
            }
        }
    }
}

/// The kind of the thing a row shows.
fn kind_of<'a>(site: &'a Site, moment: &Moment) -> &'a str {
    let summary = &site.documents[moment.document.at()];
    match moment.axis {
        Axis::Embedded => {
            summary.front.contains.get(moment.at as usize).and_then(|embedded| embedded.kind.as_deref()).unwrap_or("document")
        }
        _ => kind(summary),
    }
}

/// Ids of who wrote and who received a document; one may be both.
fn party_ids(summary: &Summary) -> impl Iterator<Item = &str> {
    let front = &*summary.front;
    ids(front.author.iter().chain(&front.to))
}

fn ids<'a>(parties: impl Iterator<Item = &'a Party>) -> impl Iterator<Item = &'a str> {
    parties.filter_map(|party| party.entity.as_ref()).map(|id| id.value.as_str())
}

/// The same, each once.
fn parties(summary: &Summary) -> Vec<&str> {
    let mut ids: Vec<&str> = party_ids(summary).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
