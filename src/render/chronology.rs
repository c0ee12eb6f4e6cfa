//! The chronology: charts of the years, rows by month, the ruler of a document's year.

use super::date_words::{self, MONTHS};
use super::facts::{kind_word, noun_inside};
use super::page_input::{ChartPath, ChronologyInput, KindFilter, MonthSection, Row, Ruler, YearChart, YearSection};
use crate::base::path::OutputPath;
use crate::model::date::{Date, Day, Evidence, Precision};
use crate::model::document::Summary;
use crate::model::theme::Words;
use crate::resolve::order::principal_date;
use crate::resolve::routes::CHRONOLOGY;
use crate::resolve::{DocumentIndex, Site};
use std::collections::BTreeMap;

/// What every page that shows rows or rulers shares; made once.
pub struct Timeline {
    /// Kind as typed → its slot `k1`…`k6`.
    slots: BTreeMap<String, usize>,
    /// Year → days of the year (0–365) that have a document, each once, and how many documents the year has.
    years: BTreeMap<i32, (Vec<u16>, u32)>,
}

const SLOTS: usize = 6;

impl Timeline {
    /// Counts kinds and days of all documents.
    #[must_use]
    pub fn of(site: &Site) -> Self {
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        let mut years: BTreeMap<i32, (Vec<u16>, u32)> = BTreeMap::new();
        for index in &site.order.time {
            let summary = &site.documents[index.at()];
            *kinds.entry(kind(summary).to_owned()).or_default() += 1;
            if let Some(day) = principal_date(summary).and_then(Date::placed) {
                let year = years.entry(day.year()).or_default();
                year.1 += 1;
                if principal_date(summary).is_some_and(|date| date.edtf.precision() == Precision::Day) {
                    year.0.push(day_of_year(day));
                }
            }
        }
        years.values_mut().for_each(|(days, _)| {
            days.sort_unstable();
            days.dedup();
        });
        let mut ranked: Vec<(String, usize)> = kinds.into_iter().collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let slots = ranked.into_iter().enumerate().map(|(rank, (kind, _))| (kind, rank.min(SLOTS - 1) + 1)).collect();
        Self { slots, years }
    }

    fn slot(&self, summary: &Summary) -> String {
        format!("k{}", self.slots.get(kind(summary)).copied().unwrap_or(SLOTS))
    }

    /// The ruler of a document's year; `None` without a date.
    #[must_use]
    pub fn ruler(&self, summary: &Summary, page: &OutputPath, words: &Words) -> Option<Ruler> {
        let date = principal_date(summary)?;
        let day = date.placed()?;
        let (days, count) = self.years.get(&day.year())?;
        let tick = |day: u16| format!("M{day} 0v10");
        let here = if date.edtf.precision() == Precision::Day { tick(day_of_year(day)) } else { String::new() };
        Some(Ruler {
            year: year_name(day.year()),
            href: page.link_to(&OutputPath::new(CHRONOLOGY), Some(&year_id(day.year()))).as_str().to_owned(),
            count: *count,
            ticks: days.iter().map(|day| tick(*day)).collect(),
            here,
            months: MONTHS.iter().map(|key| words.get(&format!("{key}_short")).to_owned()).collect(),
        })
    }

    /// One row of an index.
    #[must_use]
    pub fn row(&self, site: &Site, words: &Words, page: &OutputPath, index: DocumentIndex) -> Row {
        let summary = &site.documents[index.at()];
        let date = principal_date(summary);
        let kind_word = noun_inside(site, &kind_word(site, words, kind(summary)));
        Row {
            day: date.map_or(String::new(), day_text),
            date: date.map_or(String::new(), |date| date_words::text(date, words)),
            datetime: date.and_then(date_words::machine),
            uncertain: date.is_some_and(is_uncertain),
            remark: date.map_or(String::new(), |date| remark(date, words)),
            title: summary.front.short_title.as_ref().unwrap_or(&summary.front.title.value).clone(),
            href: page.link_to(&site.routes.documents[index.at()], None).as_str().to_owned(),
            kind: kind_word,
            class: self.slot(summary),
        }
    }

    /// The whole chronology.
    #[must_use]
    pub fn chronology(&self, site: &Site, words: &Words, page: &OutputPath) -> ChronologyInput {
        let language = &site.config.language;
        let mut years: BTreeMap<i32, BTreeMap<u8, Vec<Row>>> = BTreeMap::new();
        let mut undated = Vec::new();
        let mut counts: BTreeMap<String, (String, u32)> = BTreeMap::new();
        for index in &site.order.time {
            let summary = &site.documents[index.at()];
            let row = self.row(site, words, page, *index);
            let name = if row.class == format!("k{SLOTS}") && self.slots.len() > SLOTS {
                words.get("kinds_other").to_owned()
            } else {
                let key = format!("kinds_{}", kind(summary));
                if words.get(&key) == key { row.kind.clone() } else { words.get(&key).to_owned() }
            };
            counts.entry(row.class.clone()).or_insert((name, 0)).1 += 1;
            match principal_date(summary).and_then(|date| Some((date, date.placed()?))) {
                Some((date, day)) => {
                    let month = if matches!(date.edtf.precision(), Precision::Day | Precision::Month) && date.width() < 62 {
                        day.month()
                    } else {
                        13
                    };
                    years.entry(day.year()).or_default().entry(month).or_default().push(row);
                }
                None => undated.push(row),
            }
        }
        let total = site.order.time.len();
        ChronologyInput {
            summary: summary_line(site, words),
            rule: words.get("chronology_rule").to_owned(),
            charts: self.charts(site, page),
            kinds: counts.into_iter().map(|(class, (name, count))| KindFilter { class, name, count }).collect(),
            total: u32::try_from(total).unwrap_or(u32::MAX),
            years: years.into_iter().map(|(year, months)| year_section(words, language, year, months)).collect(),
            undated,
            undated_id: "undated",
        }
    }

    /// A small chart for each year.
    #[must_use]
    pub fn charts(&self, site: &Site, page: &OutputPath) -> Vec<YearChart> {
        let mut bars: BTreeMap<i32, [[u32; SLOTS]; 12]> = BTreeMap::new();
        for index in &site.order.time {
            let summary = &site.documents[index.at()];
            let Some((date, day)) = principal_date(summary).and_then(|date| Some((date, date.placed()?))) else { continue };
            let year = bars.entry(day.year()).or_default();
            if matches!(date.edtf.precision(), Precision::Day | Precision::Month) {
                let slot = self.slots.get(kind(summary)).copied().unwrap_or(SLOTS);
                year[usize::from(day.month() - 1)][slot - 1] += 1;
            }
        }
        let greatest = bars.values().flatten().map(|month| month.iter().sum::<u32>()).max().unwrap_or(1).max(1);
        let chart = |(year, months): (i32, [[u32; SLOTS]; 12])| YearChart {
            year: year_name(year),
            href: page.link_to(&OutputPath::new(CHRONOLOGY), Some(&year_id(year))).as_str().to_owned(),
            count: self.years.get(&year).map_or(0, |(_, count)| *count),
            paths: paths(&months, greatest),
        };
        bars.into_iter().map(chart).collect()
    }
}

/// Bars of a year on a canvas of 96 × 60, stacked by kind from the base.
fn paths(months: &[[u32; SLOTS]; 12], greatest: u32) -> Vec<ChartPath> {
    let height = |count: u32| (count * 600).div_ceil(greatest);
    let tenth = |value: u32| if value % 10 == 0 { (value / 10).to_string() } else { format!("{}.{}", value / 10, value % 10) };
    let mut base = [0_u32; 12];
    let mut paths = Vec::new();
    for slot in 0..SLOTS {
        let mut d = String::new();
        for (month, counts) in months.iter().enumerate().filter(|(_, counts)| counts[slot] > 0) {
            let bar = height(counts[slot]).min(600 - base[month].min(600));
            base[month] += bar;
            d.push_str(&format!("M{} {}h7v{}h-7z", 8 * month, tenth(600 - base[month]), tenth(bar)));
        }
        if !d.is_empty() {
            paths.push(ChartPath { class: format!("k{}", slot + 1), d });
        }
    }
    paths
}

fn year_section(words: &Words, language: &str, year: i32, months: BTreeMap<u8, Vec<Row>>) -> YearSection {
    let count: usize = months.values().map(Vec::len).sum();
    let name = year_name(year);
    let section = |(month, rows): (u8, Vec<Row>)| MonthSection {
        name: if month == 13 {
            words.fill("in_year_month_unknown", &[("year", &name)])
        } else {
            words.get(MONTHS[usize::from(month - 1)]).to_owned()
        },
        id: format!("m{year}-{month:02}"),
        rows,
    };
    YearSection {
        year: name.clone(),
        id: year_id(year),
        count: words.count(language, "documents_count", count),
        months: months.into_iter().map(section).collect(),
    }
}

/// "37 documents, from 1917 to 1922"
pub(super) fn summary_line(site: &Site, words: &Words) -> String {
    let count = words.count(&site.config.language, "documents_count", site.order.time.len());
    let years: Vec<i32> =
        site.order.time.iter().filter_map(|index| Some(principal_date(&site.documents[index.at()])?.placed()?.year())).collect();
    match (years.iter().min(), years.iter().max()) {
        (Some(first), Some(last)) if first == last => words.fill("count_in_year", &[("count", &count), ("year", &year_name(*first))]),
        (Some(first), Some(last)) => {
            words.fill("count_from_to", &[("count", &count), ("first", &year_name(*first)), ("last", &year_name(*last))])
        }
        _ => count,
    }
}

fn kind(summary: &Summary) -> &str {
    summary.front.kind.as_ref().map_or("document", |kind| kind.value.as_str())
}

fn year_id(year: i32) -> String {
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

fn is_uncertain(date: &Date) -> bool {
    date.edtf.is_uncertain() || date.edtf.is_approximate() || !matches!(date.evidence, Evidence::Stated) || !date.is_one_day()
}

/// The day as it stands in its column: `4`, `[20?]`, `6–15`; a month or a year has none.
fn day_text(date: &Date) -> String {
    let (Some(first), Some(last)) = (date.earliest.day(), date.latest.day()) else {
        return "…".to_owned();
    };
    let doubt = if date.edtf.is_uncertain() { "?" } else { "" };
    let about = if date.edtf.is_approximate() { "c. " } else { "" };
    let days = match date.edtf.precision() {
        Precision::Day if first == last => first.day_of_month().to_string(),
        Precision::Day if (first.year(), first.month()) == (last.year(), last.month()) => {
            format!("{}–{}", first.day_of_month(), last.day_of_month())
        }
        Precision::Day => format!("…{}", last.day_of_month()),
        _ => String::new(),
    };
    let text = format!("{about}{days}{doubt}");
    let supplied = !matches!(date.evidence, Evidence::Stated) || !doubt.is_empty();
    if supplied && !text.is_empty() { format!("[{text}]") } else { text }
}

/// Why a date stands where it stands, when that is not plain.
fn remark(date: &Date, words: &Words) -> String {
    if date.old_style.is_some() {
        return words.fill("dated_as_printed", &[("date", &date.printed)]);
    }
    if is_uncertain(date) && date_words::text(date, words) == date.printed { date.printed.clone() } else { String::new() }
}
