//! The chronology: charts of the years, rows by month on one page or on many, the ruler of a document's year.
//!
//! What every page with rows shares is a [`Timeline`], made once. Dates are placed by `resolve`; here they only get words and addresses.

mod charts;
pub mod export;
mod filter_style;
mod filters;
mod rows;
mod ruler;
pub mod sheets;
pub mod this_day;

use super::date_words::MONTHS;
use super::page_input::{ChronologyInput, Download, FilterGroup, LinkInput, MonthSection, Row, YearChart, YearSection};
use crate::base::path::OutputPath;
use crate::model::date::{Date, Day, Precision};
use crate::model::document::Summary;
use crate::model::theme::{Words, number};
use crate::resolve::chronology::Moment;
use crate::resolve::correspondence::{Correspondence, Pair};
use crate::resolve::order::principal_date;
use crate::resolve::routes::{CHRONOLOGY, CHRONOLOGY_ICS, CHRONOLOGY_JSON, ON_THIS_DAY};
use crate::resolve::{DocumentIndex, Site};
use filters::Filters;
use ruler::Rulers;
use serde::{Deserialize, Serialize};
use sheets::{Sheet, Sheets, Spot};
use std::collections::BTreeMap;

/// What every page that shows rows or rulers shares; made once.
#[derive(Default, Serialize, Deserialize)]
pub struct Timeline {
    filters: Filters,
    rulers: Rulers,
    /// Which rows stand on which page.
    pub sheets: Sheets,
    /// Which days of the year stand on which page.
    pub this_day: this_day::ThisDay,
    /// Register id → its correspondences.
    correspondences: BTreeMap<String, Vec<Pair>>,
}

impl Timeline {
    /// Counts kinds, people and days, and lays out the pages.
    #[must_use]
    pub fn of(site: &Site) -> Self {
        let mut correspondences: BTreeMap<String, Vec<Pair>> = BTreeMap::new();
        for pair in site.correspondences.keys() {
            for id in [&pair.0, &pair.1] {
                correspondences.entry(id.clone()).or_default().push(pair.clone());
            }
        }
        let spots: Vec<Spot> = site.chronology.moments.iter().map(|moment| Spot::of(site, moment)).collect();
        let (sheets, this_day) = (Sheets::lay(site, &spots), this_day::ThisDay::lay(site, &spots));
        Self { filters: Filters::of(site), rulers: Rulers::of(site), sheets, this_day, correspondences }
    }

    /// The correspondences of a register entry, by their pair of ids.
    #[must_use]
    pub fn correspondences_of<'a>(&'a self, site: &'a Site, id: &str) -> Vec<(&'a Pair, &'a Correspondence)> {
        self.correspondences.get(id).into_iter().flatten().filter_map(|pair| Some((pair, site.correspondences.get(pair)?))).collect()
    }

    /// One row of an index: a document by its principal date. It has no classes, since only pages of the chronology have filters.
    #[must_use]
    pub fn row(&self, site: &Site, words: &Words, page: &OutputPath, index: DocumentIndex) -> Row {
        rows::document(site, words, page, index)
    }

    /// One undated row of the chronology.
    fn undated_row(&self, site: &Site, words: &Words, page: &OutputPath, index: DocumentIndex) -> Row {
        rows::moment(&self.filters, site, words, page, &Moment::of_document(&site.documents, index))
    }

    /// A small chart for each year.
    #[must_use]
    pub fn charts(&self, site: &Site, page: &OutputPath) -> Vec<YearChart> {
        let undated = site.chronology.undated.iter().copied().map(undated);
        let all: Vec<Moment> = site.chronology.moments.iter().copied().chain(undated).collect();
        charts::of(&self.filters, site, &all, (page.as_str() == CHRONOLOGY, true), |year| self.sheets.year_link(page, year))
    }

    /// Small charts of some documents only, in one colour, since nothing beside them names the kinds; `link` gives the address of a year.
    #[must_use]
    pub fn charts_of(&self, site: &Site, documents: &[DocumentIndex], link: impl Fn(i32) -> String) -> Vec<YearChart> {
        let own: Vec<Moment> = documents.iter().map(|index| Moment::of_document(&site.documents, *index)).collect();
        charts::of(&self.filters, site, &own, (false, false), link)
    }

    /// The page `chronology.html`: charts, and all rows in a small edition.
    #[must_use]
    pub fn chronology(&self, site: &Site, words: &Words, page: &OutputPath) -> ChronologyInput {
        let undated = &site.chronology.undated;
        let all = || site.chronology.moments.iter().copied().chain(undated.iter().copied().map(self::undated));
        let mut input = self.without_rows(words, page);
        input.summary = summary_line(site, words);
        input.charts = self.charts(site, page);
        input.filters = self.filters.groups(site, words, all());
        say_what_is_counted(&mut input, words);
        if !self.sheets.pages.is_empty() {
            // Without rows only the charts can answer a choice, and they know kinds and people.
            input.filters.retain(|group: &FilterGroup| group.name != "certainty");
        }
        input.filter_style = filter_style::of(&self.filters, site, &input.filters, all());
        input.total = number(&site.config.language, all().count());
        match &self.sheets.pages[..] {
            [] => {
                input.years = self.years_of(site, words, page, &site.chronology.moments);
                input.undated = undated.iter().map(|index| self.undated_row(site, words, page, *index)).collect();
            }
            _ => {
                input.undated_link = self.sheets.undated.as_ref().map(|path| LinkInput {
                    href: page.link_to(path, Some("undated")).as_str().to_owned(),
                    title: words.get("undated").to_owned(),
                    date: number(&site.config.language, undated.len()),
                });
            }
        }
        input
    }

    /// A page of rows.
    #[must_use]
    pub fn sheet(&self, site: &Site, words: &Words, page: &OutputPath, at: usize) -> ChronologyInput {
        let sheet = &self.sheets.pages[at];
        let moments = &site.chronology.moments[sheet.moments.clone()];
        let undated = &site.chronology.undated[sheet.undated.clone()];
        let all = || moments.iter().copied().chain(undated.iter().copied().map(self::undated));
        let mut input = self.without_rows(words, page);
        let documents = moments.iter().filter(|moment| moment.principal).count() + undated.len();
        input.summary = words.count(&site.config.language, "documents_count", documents);
        input.filters = self.filters.groups(site, words, all());
        say_what_is_counted(&mut input, words);
        input.filter_style = filter_style::of(&self.filters, site, &input.filters, all());
        input.total = number(&site.config.language, all().count());
        input.years = self.years_of(site, words, page, moments);
        input.undated = undated.iter().map(|index| self.undated_row(site, words, page, *index)).collect();
        if let [year] = input.years.as_mut_slice() {
            // It is said under the title.
            year.count.clear();
        }
        input.this_day = String::new();
        input.downloads = Vec::new();
        input.up = Some(LinkInput {
            href: page.link_to(&OutputPath::new(CHRONOLOGY), None).as_str().to_owned(),
            title: words.get("chronology").to_owned(),
            date: String::new(),
        });
        let neighbour = |at: Option<usize>| {
            let other = at.and_then(|at| self.sheets.pages.get(at))?;
            Some(LinkInput { href: page.link_to(&other.path, None).as_str().to_owned(), title: other.title(words), date: String::new() })
        };
        (input.previous, input.next) = (neighbour(at.checked_sub(1)), neighbour(at.checked_add(1)));
        input
    }

    fn without_rows(&self, words: &Words, page: &OutputPath) -> ChronologyInput {
        let link = |path: &str| page.link_to(&OutputPath::new(path), None).as_str().to_owned();
        let download = |path: &str, title: &str, media_type: &str| Download {
            href: link(path),
            title: title.to_owned(),
            media_type: media_type.to_owned(),
        };
        ChronologyInput {
            summary: String::new(),
            rule: words.get("chronology_rule").to_owned(),
            charts: Vec::new(),
            filters: Vec::new(),
            filter_style: String::new(),
            total: String::new(),
            years: Vec::new(),
            undated: Vec::new(),
            undated_id: "undated",
            undated_link: None,
            this_day: if self.this_day.is_empty() { String::new() } else { link(ON_THIS_DAY) },
            downloads: vec![download(CHRONOLOGY_JSON, "JSON", "application/json"), download(CHRONOLOGY_ICS, "iCalendar", "text/calendar")],
            up: None,
            previous: None,
            next: None,
        }
    }

    /// Rows by year and month; they must be in the order of time, but months that are not known stand last in their year.
    fn years_of(&self, site: &Site, words: &Words, page: &OutputPath, moments: &[Moment]) -> Vec<YearSection> {
        let mut years: BTreeMap<i32, BTreeMap<u8, Vec<Moment>>> = BTreeMap::new();
        for moment in moments {
            if let Some((year, month)) = moment.date(&site.documents).and_then(year_and_month) {
                years.entry(year).or_default().entry(month).or_default().push(*moment);
            }
        }
        let month = |year: i32, (month, moments): (u8, Vec<Moment>)| MonthSection {
            name: match month {
                UNKNOWN_MONTH => words.fill("in_year_month_unknown", &[("year", &year_name(year))]),
                known => words.get(MONTHS[usize::from(known - 1)]).to_owned(),
            },
            id: format!("m{year}-{month:02}"),
            rows: rows::with_day_anchors(&moments, site, |moment| rows::moment(&self.filters, site, words, page, moment)),
        };
        let section = |(year, months): (i32, BTreeMap<u8, Vec<Moment>>)| {
            let documents = months.values().flatten().filter(|moment| moment.principal).count();
            YearSection {
                year: year_name(year),
                id: year_id(year),
                count: if documents == 0 { String::new() } else { words.count(&site.config.language, "documents_count", documents) },
                months: months.into_iter().map(|rows| month(year, rows)).collect(),
            }
        };
        years.into_iter().map(section).collect()
    }

    /// The title of a page of rows.
    #[must_use]
    pub fn sheet_title(&self, words: &Words, at: usize) -> String {
        self.sheets.pages.get(at).map_or_else(String::new, |sheet: &Sheet| sheet.title(words))
    }
}

/// Beside a person documents are counted, elsewhere entries.
fn say_what_is_counted(input: &mut ChronologyInput, words: &Words) {
    if input.filters.iter().any(|group| group.name == "person") {
        input.rule = format!("{} {}", input.rule, words.get("filter_rule"));
    }
}

/// A document without a date, as a row.
fn undated(document: DocumentIndex) -> Moment {
    Moment { document, axis: crate::resolve::chronology::Axis::Written, at: 0, principal: true }
}

/// The month of what is dated to a year only.
const UNKNOWN_MONTH: u8 = 13;

/// Where a date stands: its year, and its month if that is known.
fn year_and_month(date: &Date) -> Option<(i32, u8)> {
    let day = date.placed()?;
    // With an open end it stands at the end that is stated; between two far days no month is known.
    let near = date.width() < 62 || date.earliest.day().is_none() || date.latest.day().is_none();
    let known = matches!(date.edtf.precision(), Precision::Day | Precision::Month) && near;
    Some((day.year(), if known { day.month() } else { UNKNOWN_MONTH }))
}

/// "37 documents, from 1917 to 1922"
pub(super) fn summary_line(site: &Site, words: &Words) -> String {
    let count = words.count(&site.config.language, "documents_count", site.order.time.len());
    span_of(&count, site, words, &site.order.time)
}

/// A count with the years of some documents.
pub(super) fn span_of(count: &str, site: &Site, words: &Words, documents: &[DocumentIndex]) -> String {
    let years: Vec<i32> =
        documents.iter().filter_map(|index| Some(principal_date(&site.documents[index.at()])?.placed()?.year())).collect();
    match (years.iter().min(), years.iter().max()) {
        (Some(first), Some(last)) if first == last => words.fill("count_in_year", &[("count", count), ("year", &year_name(*first))]),
        (Some(first), Some(last)) => {
            words.fill("count_from_to", &[("count", count), ("first", &year_name(*first)), ("last", &year_name(*last))])
        }
        _ => count.to_owned(),
    }
}

fn kind(summary: &Summary) -> &str {
    summary.front.kind.as_ref().map_or("document", |kind| kind.value.as_str())
}

pub(super) fn year_id(year: i32) -> String {
    format!("y{year}")
}

/// Years before our era are printed as historians count them: year 0 is 1 BCE.
fn year_name(year: i32) -> String {
    if year > 0 { year.to_string() } else { format!("{} BCE", 1 - year) }
}

fn day_of_year(day: Day) -> u16 {
    let first = Day::gregorian(day.year(), 1, 1).map_or(0, Day::number);
    u16::try_from(day.number() - first).unwrap_or(0)
}
