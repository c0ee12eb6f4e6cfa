//! The historical date: what the source prints beside what it was understood to mean.
//!
//! Editors type dates as the paper has them; indexes need days. A [`Date`] holds both, and the one total order
//! every chronology of the program uses. Plain data: it is read in `parse/date.rs`, and EDTF in `formats/edtf.rs`.
//!
//! # The order of dates
//!
//! A date is placed at the **last** day it can have; at its first day when no last one is stated ("after 6 June
//! 1804"). Among dates placed on one day the narrower stands first: a document of 31 December 1922 before one
//! "December 1922", that before one "1922". So a document dated only by its year follows everything dated in the year,
//! "not later than 4 September" follows what is dated 4 September, and "6–15 September" follows 15 September.
//! Then: earlier first day, certain before uncertain, EDTF text, printed form. Undated documents are no `Date`.

mod day;
mod edtf;

pub use day::{Calendar, CalendarDay, Day, Weekday};
pub use edtf::{Bound, Edtf, EdtfFacts, EdtfKind, Precision};

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};
use std::cmp::Ordering;

/// Where the statement of a date comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// The source states it.
    #[default]
    Stated,
    /// A part of it is supplied by the editors, in square brackets.
    Partly,
    /// All of it is supplied by the editors.
    Supplied,
}

/// How sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Nothing says otherwise.
    #[default]
    Certain,
    /// About then (`~`).
    Approximate,
    /// Perhaps then (`?`).
    Uncertain,
    /// Perhaps about then (`%`).
    Both,
}

impl Certainty {
    /// From the two marks a date can carry.
    pub fn of_marks(marks: Marks) -> Certainty {
        match (marks.uncertain, marks.approximate) {
            (false, false) => Certainty::Certain,
            (false, true) => Certainty::Approximate,
            (true, false) => Certainty::Uncertain,
            (true, true) => Certainty::Both,
        }
    }
}

/// The two marks of doubt a date can carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Marks {
    /// `?` in print.
    pub uncertain: bool,
    /// "about", "circa", `~`.
    pub approximate: bool,
}

/// The date in the Julian calendar, where the source prints one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OldStyle {
    /// In the notation of EDTF, but Julian: `1912-11-07`, `1900-02-29`, `1905-11`.
    pub text: String,
    /// First Julian day it can mean, if it has one.
    pub earliest: Option<CalendarDay>,
    /// Last Julian day it can mean, if it has one.
    pub latest: Option<CalendarDay>,
}

/// A historical date. `Ord` is the order of chronologies, described at the head of this file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
pub struct Date {
    /// As the source prints it, place and time of day aside.
    pub printed: String,
    /// What it means, in EDTF, Gregorian.
    pub edtf: Edtf,
    /// The calendar it was printed in; a dual date counts as Julian.
    pub calendar: Calendar,
    /// The Old Style date, if it was printed in the Julian calendar.
    pub old_style: Option<OldStyle>,
    /// Stated by the source or supplied by the editors.
    pub evidence: Evidence,
    /// How sure it is.
    pub certainty: Certainty,
    /// First day it can mean.
    pub earliest: Bound,
    /// Last day it can mean.
    pub latest: Bound,
    /// Why the editors date it so, in their words, when they say it (`evidence`).
    pub reason: Option<String>,
    /// How sure the editors are, as typed (`cert`): `low`, `medium`, `high`, or words of their own.
    pub cert: Option<String>,
}

impl Date {
    /// A Gregorian date stated by the source, from its printed form and its value.
    pub fn new(printed: &str, edtf: Edtf) -> Date {
        let marks = Marks { uncertain: edtf.is_uncertain(), approximate: edtf.is_approximate() };
        Date {
            printed: printed.to_owned(),
            calendar: Calendar::Gregorian,
            old_style: None,
            evidence: Evidence::Stated,
            certainty: Certainty::of_marks(marks),
            earliest: edtf.earliest(),
            latest: edtf.latest(),
            edtf,
            reason: None,
            cert: None,
        }
    }

    /// The day it stands at in a chronology: its last day, else its first; `None` if neither is stated.
    pub fn placed(&self) -> Option<Day> {
        self.latest.day().or(self.earliest.day())
    }

    /// Exactly one day is meant.
    pub fn is_one_day(&self) -> bool {
        self.latest.day().is_some() && self.earliest == self.latest
    }

    /// How many days it can mean, less one; open ends count as endless.
    pub fn width(&self) -> u32 {
        match (self.earliest.day(), self.latest.day()) {
            (Some(first), Some(last)) => first.number().abs_diff(last.number()),
            _ => u32::MAX,
        }
    }
}

/// Data for people leave out what is not stated; the compact form has every field in its place.
impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let every = !serializer.is_human_readable();
        let stated = [&self.reason, &self.cert].into_iter().filter(|words| every || words.is_some()).count();
        let mut fields = serializer.serialize_struct("Date", 8 + stated)?;
        fields.serialize_field("printed", &self.printed)?;
        fields.serialize_field("edtf", &self.edtf)?;
        fields.serialize_field("calendar", &self.calendar)?;
        fields.serialize_field("old_style", &self.old_style)?;
        fields.serialize_field("evidence", &self.evidence)?;
        fields.serialize_field("certainty", &self.certainty)?;
        fields.serialize_field("earliest", &self.earliest)?;
        fields.serialize_field("latest", &self.latest)?;
        for (name, words) in [("reason", &self.reason), ("cert", &self.cert)] {
            if every || words.is_some() {
                fields.serialize_field(name, words)?;
            }
        }
        fields.end()
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Date) -> Ordering {
        // A date without any day stands after all others.
        let placed = |date: &Date| date.placed().map_or((true, 0), |day| (false, day.number()));
        placed(self)
            .cmp(&placed(other))
            .then_with(|| self.width().cmp(&other.width()))
            .then_with(|| self.earliest.cmp(&other.earliest))
            .then_with(|| self.latest.cmp(&other.latest))
            .then_with(|| self.certainty.cmp(&other.certainty))
            .then_with(|| self.edtf.as_str().cmp(other.edtf.as_str()))
            .then_with(|| self.edtf.cmp(&other.edtf))
            .then_with(|| self.printed.cmp(&other.printed))
            .then_with(|| self.calendar.cmp(&other.calendar))
            .then_with(|| self.old_style.cmp(&other.old_style))
            .then_with(|| self.evidence.cmp(&other.evidence))
            .then_with(|| self.reason.cmp(&other.reason))
            .then_with(|| self.cert.cmp(&other.cert))
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Date) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
