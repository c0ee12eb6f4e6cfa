//! What the templates of the chronology, of the days of the year and of correspondences may see.

use super::{Download, LinkInput};
use serde::Serialize;

/// A page of the chronology: the charts, with all rows in a small edition; or the rows of a year or decade.
#[derive(Clone, Debug, Serialize)]
pub struct ChronologyInput {
    /// A sentence on what is here: "37 documents, from 1917 to 1922".
    pub summary: String,
    /// How uncertain dates are placed.
    pub rule: String,
    /// One chart per year; none on the pages of years.
    pub charts: Vec<YearChart>,
    /// Filters by kind, person and certainty; one choice in each.
    pub filters: Vec<FilterGroup>,
    /// Style rules that hide what does not match the choices of all groups; empty without filters.
    pub filter_style: String,
    /// How many rows on this page; on a page without rows, documents and other rows of the edition.
    pub total: String,
    /// The years with their rows; empty on the chart page of a large edition.
    pub years: Vec<YearSection>,
    /// Rows without any date.
    pub undated: Vec<Row>,
    /// Anchor of the undated: `undated`.
    pub undated_id: &'static str,
    /// To the undated, where they have a page of their own; the date is how many.
    pub undated_link: Option<LinkInput>,
    /// To the days of the year; may be empty.
    pub this_day: String,
    /// The rows as data and as a calendar.
    pub downloads: Vec<Download>,
    /// From a page of rows to the charts.
    pub up: Option<LinkInput>,
    /// The page of rows before.
    pub previous: Option<LinkInput>,
    /// The page of rows after.
    pub next: Option<LinkInput>,
}

/// A small chart of one year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct YearChart {
    /// "1922"
    pub year: String,
    /// To the year's heading.
    pub href: String,
    /// How many documents.
    pub count: u32,
    /// The same as it is printed: "1,140"; empty for none.
    pub documents: String,
    /// The filter classes that its rows have, and each two of different groups: `c1 k1 k1c1 k1p2 p2 p2c1`; empty on pages without filters.
    pub class: String,
    /// Units of the canvas that its highest bar takes, 6–60; the rest above it can be cut off.
    pub tall: u32,
    /// One path per kind slot: class `k1`…`k6` and the path's `d` on a canvas of 96 × 60.
    pub paths: Vec<ChartPath>,
}

/// Bars of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChartPath {
    /// `k1` … `k6`
    pub class: String,
    /// SVG path data.
    pub d: String,
}

/// One line of filters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FilterGroup {
    /// `kind`, `person`, `certainty`
    pub name: &'static str,
    /// The choices.
    pub filters: Vec<Filter>,
}

/// A filter: rows of other classes vanish when it is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// `k1` … `k6` kinds, `k7` sent, `k8` received, `k9` first published, `k10` mentioned, `p1` … `p12` persons, `c1` sure, `c2` uncertain or undated.
    pub class: String,
    /// "letters"
    pub name: String,
    /// How many rows, as it is printed: "1,140".
    pub count: String,
}

/// A year's rows.
#[derive(Clone, Debug, Serialize)]
pub struct YearSection {
    /// "1922"
    pub year: String,
    /// Anchor: `y1922`.
    pub id: String,
    /// "58 documents"
    pub count: String,
    /// Its months.
    pub months: Vec<MonthSection>,
}

/// A month's rows; the last of a year holds what is dated to the year only.
#[derive(Clone, Debug, Serialize)]
pub struct MonthSection {
    /// "January", or "in 1922, month unknown".
    pub name: String,
    /// Anchor: `m1922-01`.
    pub id: String,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// One row of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Anchor of the row's day, on its first row: `d1922-04-24`; otherwise empty.
    pub id: String,
    /// The day as shown in its column: `4`, `[20?]`, `6–15`.
    pub day: String,
    /// The date in full, in words.
    pub date: String,
    /// For `<time datetime>`.
    pub datetime: Option<String>,
    /// The date is uncertain or supplied; marked as such.
    pub uncertain: bool,
    /// The date as printed, where the day column does not say all; may be empty.
    pub printed: String,
    /// Why it stands here, both styles of an Old Style date, where it is mentioned; may be empty.
    pub remark: String,
    /// Plain words.
    pub title: String,
    /// To the document, or to the place in it.
    pub href: String,
    /// Kind in words: "letter"; or what happened: "received".
    pub kind: String,
    /// Filter classes: `k1 p2 c1`; empty on pages without filters.
    pub class: String,
}

/// The days of the year, with the documents of each through all years.
#[derive(Clone, Debug, Serialize)]
pub struct ThisDayInput {
    /// "37 documents dated to the day"
    pub summary: String,
    /// The twelve months, each with all its days; only on the first page.
    pub months: Vec<CalendarMonth>,
    /// Days that have documents.
    pub days: Vec<DaySection>,
    /// To the chronology, or to the calendar.
    pub up: LinkInput,
}

/// A month of the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CalendarMonth {
    /// "January"
    pub name: String,
    /// Its days.
    pub days: Vec<CalendarDayInput>,
}

/// A day of the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CalendarDayInput {
    /// 1 to 31.
    pub day: u8,
    /// Its anchor, `d04-24`, where the day has no documents to lead to; otherwise empty.
    pub id: String,
    /// To its documents; empty when there are none.
    pub href: String,
    /// For the link's name: "24 April, 3 documents".
    pub label: String,
}

/// The documents of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DaySection {
    /// Anchor: `d04-24`.
    pub id: String,
    /// "24 April"
    pub name: String,
    /// In the order of years; the day column holds the year.
    pub rows: Vec<Row>,
}

/// What two register entries wrote to each other.
#[derive(Clone, Debug, Serialize)]
pub struct CorrespondenceInput {
    /// "12 letters, from 1917 to 1922"
    pub summary: String,
    /// The two entries; the date is how many letters each wrote.
    pub parties: [LinkInput; 2],
    /// To the list of correspondences.
    pub up: LinkInput,
    /// To the pages that continue this one, with their years; the page itself has no address. Empty if there is only one.
    pub parts: Vec<LinkInput>,
    /// The letters in time.
    pub letters: Vec<LetterInput>,
}

/// A letter of a correspondence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LetterInput {
    /// Anchor: the document's id.
    pub id: String,
    /// `there` when the first of the two wrote it, `back` otherwise: a class name.
    pub side: &'static str,
    /// "Lenin to Chicherin"
    pub direction: String,
    /// The letter.
    pub row: Row,
    /// What it answers, on the same page.
    pub answers: Vec<LinkInput>,
    /// It answers the letter just before it.
    pub follows: bool,
}

/// All correspondences.
#[derive(Clone, Debug, Serialize)]
pub struct CorrespondencesInput {
    /// "14 correspondences"
    pub summary: String,
    /// By the number of letters, then by name; the date says how many and when.
    pub pairs: Vec<LinkInput>,
}
