//! An EDTF value: what was typed, and what it says about days.
//!
//! The text is kept as it was typed (printing gives it back unchanged); beside it stand the facts the rest of
//! the program asks for. Reading and validity live in `formats/edtf.rs`; nothing here can fail.

use super::Day;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// One end of the days an expression can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// Open (`..`): no end is stated.
    Open,
    /// Unknown (an empty end of an interval).
    Unknown,
    /// This day, counted in.
    On(Day),
}

impl Bound {
    /// The day, if the end is one.
    pub fn day(self) -> Option<Day> {
        match self {
            Bound::On(day) => Some(day),
            Bound::Open | Bound::Unknown => None,
        }
    }
}

impl Serialize for Bound {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return match self {
                Bound::Open => (0_u8, 0_i32).serialize(serializer),
                Bound::Unknown => (1_u8, 0_i32).serialize(serializer),
                Bound::On(day) => (2_u8, day.number()).serialize(serializer),
            };
        }
        match self {
            Bound::On(day) => serializer.collect_str(day),
            Bound::Open => serializer.serialize_str(".."),
            Bound::Unknown => serializer.serialize_none(),
        }
    }
}

/// Reads the compact form only.
impl<'de> Deserialize<'de> for Bound {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (kind, number): (u8, i32) = Deserialize::deserialize(deserializer)?;
        Ok(match kind {
            0 => Bound::Open,
            1 => Bound::Unknown,
            _ => Bound::On(Day::from_number(number)),
        })
    }
}

/// The four kinds of expression EDTF knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EdtfKind {
    /// One date, of any precision.
    Single,
    /// From … to … (`a/b`).
    Interval,
    /// One of several (`[a,b]`, `[a..b]`).
    OneOf,
    /// All of several (`{a,b}`).
    AllOf,
}

/// How finely a date is stated, finest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// A day (or a moment of it).
    Day,
    /// A month.
    Month,
    /// A season, quarter or half year.
    Season,
    /// A year.
    Year,
    /// A decade or coarser (unspecified digits of the year).
    Decade,
}

/// The facts of an expression; see [`Edtf::new`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EdtfFacts {
    /// 0, 1 or 2: the lowest level of the standard that has the expression.
    pub level: u8,
    /// Single, interval, one of, all of.
    pub kind: EdtfKind,
    /// The coarsest precision in the expression.
    pub precision: Precision,
    /// Marked `?` or `%` anywhere.
    pub uncertain: bool,
    /// Marked `~` or `%` anywhere.
    pub approximate: bool,
    /// First day it can mean.
    pub earliest: Bound,
    /// Last day it can mean.
    pub latest: Bound,
}

/// A valid EDTF expression (Library of Congress, levels 0–2) with its facts. Gregorian throughout.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edtf {
    facts: EdtfFacts,
    text: Box<str>,
    canonical: Box<str>,
}

impl Edtf {
    /// Text as typed, its canonical spelling and its facts. Only `formats::edtf::read` should call this: it knows what is valid.
    pub fn new(text: &str, canonical: &str, facts: EdtfFacts) -> Edtf {
        Edtf { facts, text: text.into(), canonical: canonical.into() }
    }

    /// The expression as it was typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The one preferred spelling of the same value: `?2004-?06-?11` is `2004-06-11?`.
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// The lowest level of the standard that has it: 0, 1 or 2.
    pub fn level(&self) -> u8 {
        self.facts.level
    }

    /// Single, interval, one of, all of.
    pub fn kind(&self) -> EdtfKind {
        self.facts.kind
    }

    /// The coarsest precision in it.
    pub fn precision(&self) -> Precision {
        self.facts.precision
    }

    /// Marked uncertain (`?`, `%`) anywhere.
    pub fn is_uncertain(&self) -> bool {
        self.facts.uncertain
    }

    /// Marked approximate (`~`, `%`) anywhere.
    pub fn is_approximate(&self) -> bool {
        self.facts.approximate
    }

    /// First day it can mean. Unspecified digits count as any digit, `~` does not widen.
    pub fn earliest(&self) -> Bound {
        self.facts.earliest
    }

    /// Last day it can mean.
    pub fn latest(&self) -> Bound {
        self.facts.latest
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Edtf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(&self.text)
        } else {
            (&self.facts, &self.text, &self.canonical).serialize(serializer)
        }
    }
}

/// Reads the compact form only: what was typed is read by `formats::edtf`, which knows what is valid.
impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (facts, text, canonical) = Deserialize::deserialize(deserializer)?;
        Ok(Edtf { facts, text, canonical })
    }
}
