//! Register entities: persons, organisations, places, events, periodicals, works, terms.

use super::date::Date;
use crate::base::path::ContentPath;
use crate::base::span::{Span, Spanned};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which register an entity stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say all")]
pub enum EntityKind {
    Person,
    Organisation,
    Place,
    Event,
    Periodical,
    Work,
    Term,
}

impl EntityKind {
    /// Kind, scheme of its mentions, file stem and page folder of its register.
    pub const ALL: [(Self, &'static str, &'static str); 7] = [
        (Self::Person, "person", "persons"),
        (Self::Organisation, "org", "organisations"),
        (Self::Place, "place", "places"),
        (Self::Event, "event", "events"),
        (Self::Periodical, "periodical", "periodicals"),
        (Self::Work, "work", "works"),
        (Self::Term, "term", "terms"),
    ];

    /// The scheme as typed before the colon of a mention.
    #[must_use]
    pub fn scheme(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Whether `scheme` is that of a register.
    #[must_use]
    pub fn is_scheme(scheme: &str) -> bool {
        Self::ALL.iter().any(|(_, name, _)| *name == scheme)
    }

    /// File stem of the register and folder of its pages.
    #[must_use]
    pub fn register(self) -> &'static str {
        Self::ALL[self as usize].2
    }
}

/// One entry of a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Which register.
    pub kind: EntityKind,
    /// Unique over all registers.
    pub id: String,
    /// As shown: "Georgy Chicherin".
    pub name: String,
    /// As sorted: "Chicherin, Georgy"; the name when not said.
    pub sort: String,
    /// Other forms of the name.
    pub aliases: Vec<String>,
    /// The name in its own script.
    pub original: Option<String>,
    /// One or two sentences.
    pub identification: Option<String>,
    /// Birth or foundation.
    pub born: Option<Date>,
    /// Death or end.
    pub died: Option<Date>,
    /// Authority → identifier or address: `viaf`, `gnd`, `wikidata`, `geonames`.
    pub authorities: BTreeMap<String, String>,
    /// What it is, as typed: `city`, `ministry`.
    pub nature: Option<String>,
    /// A longer remark; empty lines part its paragraphs.
    pub note: Option<String>,
    /// Addresses of authority records.
    pub same_as: Vec<String>,
    /// The place or body it is part of: an id of the registers.
    pub part_of: Option<Spanned<String>>,
    /// Latitude and longitude in degrees, as typed.
    pub coordinates: Option<(String, String)>,
    /// Where it is defined.
    pub file: ContentPath,
    /// Its id in that file.
    #[serde(with = "crate::base::span::compact")]
    pub span: Span,
}
