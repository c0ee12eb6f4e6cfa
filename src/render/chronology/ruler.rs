//! The ruler above a document: where it stands in its year, among the documents of that year.
//!
//! A year with one document has no neighbours to show, so its ruler is that of the years instead: where the document stands in the edition. An edition
//! of one document has none.

use super::{MONTHS, Timeline, day_of_year, year_name};
use crate::base::path::OutputPath;
use crate::model::date::{Calendar, Date, Day, Precision};
use crate::model::document::Summary;
use crate::model::theme::Words;
use crate::render::page_input::Ruler;
use crate::resolve::Site;
use crate::resolve::order::principal_date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Units of the canvas from end to end.
const WIDTH: i32 = 365;

/// At most so many names of years stand below a ruler: each must have room on a phone.
const NAMES: i32 = 8;

/// The marks of all years.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Rulers {
    years: BTreeMap<i32, Ticks>,
    /// For the years with one document.
    edition: Option<Years>,
}

/// The marks of a year's documents.
#[derive(Serialize, Deserialize)]
struct Ticks {
    /// SVG path: a tick for each day (0–365) that has a document.
    path: String,
    /// How many documents the year has.
    count: u32,
}

/// The marks of all documents on a line of round years.
#[derive(Serialize, Deserialize)]
struct Years {
    /// The first year of the line.
    first: i32,
    /// Years from one name to the next, and how many there are.
    step: i32,
    names: i32,
    path: String,
    count: u32,
}

fn tick(at: i32) -> String {
    format!("M{at} 0v10")
}

impl Rulers {
    pub(super) fn of(site: &Site) -> Self {
        let mut years: BTreeMap<i32, (Vec<i32>, u32)> = BTreeMap::new();
        let mut all: Vec<Day> = Vec::new();
        for index in &site.order.time {
            let Some((date, day)) = principal_date(&site.documents[index.at()]).and_then(|date| Some((date, date.placed()?))) else {
                continue;
            };
            let year = years.entry(day.year()).or_default();
            year.1 += 1;
            all.push(day);
            if date.edtf.precision() == Precision::Day {
                year.0.push(i32::from(day_of_year(day)));
            }
        }
        let lone = years.values().any(|(_, count)| *count == 1) && all.len() > 1;
        let edition = if lone { Years::of(&all) } else { None };
        let years = years.into_iter().map(|(year, (days, count))| (year, Ticks { path: path(days), count })).collect();
        Self { years, edition }
    }
}

/// A tick for each place, once.
fn path(mut places: Vec<i32>) -> String {
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(tick).collect()
}

impl Years {
    /// `None` when no document has a day.
    fn of(days: &[Day]) -> Option<Self> {
        let (first, last) = (days.iter().min()?.year(), days.iter().max()?.year());
        let step = (0..)
            .flat_map(|power| [1, 2, 5].map(|step| step * 10_i32.saturating_pow(power)))
            .find(|step| last.div_euclid(*step) - first.div_euclid(*step) < NAMES)?;
        let names = last.div_euclid(step) - first.div_euclid(step) + 1;
        let line = Self {
            first: first.div_euclid(step) * step,
            step,
            names,
            path: String::new(),
            count: u32::try_from(days.len()).unwrap_or(u32::MAX),
        };
        let path = path(days.iter().map(|day| line.place(*day)).collect());
        Some(Self { path, ..line })
    }

    /// Where a day stands on the canvas.
    fn place(&self, day: Day) -> i32 {
        let number = |year: i32| Day::of(Calendar::Gregorian, year, 1, 1).map_or(0, Day::number);
        let (from, to) = (number(self.first), number(self.first + self.step * self.names));
        let along = i64::from(day.number() - from) * i64::from(WIDTH) / i64::from((to - from).max(1));
        i32::try_from(along).unwrap_or(0).clamp(0, WIDTH)
    }
}

/// The mark of a document on the ruler of the year it stands in: a tick for a day, a line along the days that "c. October 1860" can mean.
fn here(date: &Date, placed: Day) -> String {
    let at = |day: Day| i32::from(day_of_year(day));
    let (Some(first), Some(last)) = (date.earliest.day(), date.latest.day()) else { return tick(at(placed)) };
    if first == last {
        return tick(at(placed));
    }
    let from = if first.year() == placed.year() { at(first) } else { 0 };
    format!("M{from} 9h{}", at(last) + 1 - from)
}

impl Timeline {
    /// The ruler of a document's year; `None` without a date.
    #[must_use]
    pub fn ruler(&self, site: &Site, summary: &Summary, page: &OutputPath, words: &Words) -> Option<Ruler> {
        let date = principal_date(summary)?;
        let day = date.placed()?;
        let Ticks { path, count } = self.rulers.years.get(&day.year())?;
        let documents = |count: u32| words.count(&site.config.language, "documents_count", count as usize);
        let (year, href) = (year_name(day.year()), self.sheets.year_link(page, day.year()));
        if let (1, Some(line)) = (*count, &self.rulers.edition) {
            let names: Vec<String> = (0..line.names).map(|at| year_name(line.first + at * line.step)).collect();
            let label = words.fill("ruler_years", &[("year", &year), ("documents", &documents(*count)), ("all", &documents(line.count))]);
            return Some(Ruler { year, href, label, ticks: line.path.clone(), here: tick(line.place(day)), names, years: true });
        }
        let label = words.fill("ruler", &[("year", &year), ("documents", &documents(*count))]);
        let names = MONTHS.iter().map(|key| words.get(&format!("{key}_short")).to_owned()).collect();
        // A year with one document, and no other year: nothing to stand among.
        (*count > 1).then(|| Ruler { year, href, label, ticks: path.clone(), here: here(date, day), names, years: false })
    }
}
