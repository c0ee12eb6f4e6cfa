//! Which rows stand on which page: all on `chronology.html` while that stays light, then a page for each year or sparse decade.
//!
//! No page is to pass 300 KB, so rows are counted with what their words weigh; a year that is too heavy goes on on a second page.

use super::{year_and_month, year_id, year_name};
use crate::base::path::OutputPath;
use crate::model::date::{Date, Day};
use crate::model::document::FrontMatter;
use crate::model::theme::Words;
use crate::resolve::Site;
use crate::resolve::chronology::{Axis, Moment};
use crate::resolve::routes::CHRONOLOGY;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// More rows than this are divided into pages.
pub(super) const ROWS: usize = 1500;
/// Bytes of rows on a page; the rest of 300 KB is for what stands around them.
pub(super) const BYTES: usize = 240_000;
/// A decade with fewer rows is one page.
const SPARSE: usize = 300;

/// A page of rows: a run of moments, or of undated documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Where it is written.
    pub path: OutputPath,
    /// What it holds.
    span: Span,
    /// 1, 2, …
    part: usize,
    /// Indices of the chronology's moments.
    pub moments: Range<usize>,
    /// Indices of the chronology's undated documents.
    pub undated: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Span {
    Year(i32),
    Decade(i32),
    Undated,
}

impl Sheet {
    /// "1922", "1920s", "1922, part 2", "Undated"
    #[must_use]
    pub fn title(&self, words: &Words) -> String {
        let name = match self.span {
            Span::Year(year) => year_name(year),
            Span::Decade(year) => words.fill("decade", &[("year", &year.to_string())]),
            Span::Undated => words.get("undated").to_owned(),
        };
        if self.part == 1 { name } else { words.fill("sheet_part", &[("name", &name), ("number", &self.part.to_string())]) }
    }
}

/// Where a moment stands and what its row weighs. Documents lie far apart, so this is asked of each once.
pub(super) struct Spot {
    /// Its year; 0 without a day.
    year: i32,
    /// Exactly one day is meant.
    pub(super) one_day: Option<Day>,
    /// Bytes of its row.
    pub(super) weight: usize,
}

impl Spot {
    pub(super) fn of(site: &Site, moment: &Moment) -> Self {
        let date = moment.date(&site.documents);
        Self {
            year: date.and_then(year_and_month).map_or(0, |(year, _)| year),
            one_day: date.filter(|date| date.is_one_day()).and_then(Date::placed),
            weight: weight_of(&site.documents[moment.document.at()].front, moment.axis, date),
        }
    }
}

/// All pages of rows; none when everything stands on the chart page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Sheets {
    /// In the order of time, the undated last.
    pub pages: Vec<Sheet>,
    /// Year → the page that begins it.
    by_year: BTreeMap<i32, usize>,
    /// The first page of the undated.
    pub undated: Option<OutputPath>,
}

impl Sheets {
    /// `spots`: where each of the chronology's moments stands.
    pub(super) fn lay(site: &Site, spots: &[Spot]) -> Self {
        let weights: Vec<usize> = spots.iter().map(|spot| spot.weight).collect();
        let undated: Vec<usize> = site.chronology.undated.iter().map(|index| weight(site, &super::undated(*index))).collect();
        let mut sheets = Self::default();
        if fits(&weights, &undated) {
            return sheets;
        }
        let year_at = |at: usize| spots[at].year;
        let mut start = 0;
        while start < spots.len() {
            let year = year_at(start);
            let decade = year.div_euclid(10) * 10;
            let run = |within: &dyn Fn(i32) -> bool| start + (start..spots.len()).take_while(|at| within(year_at(*at))).count();
            // A sparse decade is one page, if it has more than one year and begins here.
            let (decade_end, year_end) = (run(&|other| other.div_euclid(10) * 10 == decade), run(&|other| other == year));
            let whole = sheets.by_year.range(decade..decade + 10).next().is_none();
            let sparse =
                decade > 0 && whole && decade_end > year_end && decade_end - start <= SPARSE && fits(&weights[start..decade_end], &[]);
            let (span, end) = if sparse { (Span::Decade(decade), decade_end) } else { (Span::Year(year), year_end) };
            for other in (start..end).map(year_at) {
                sheets.by_year.entry(other).or_insert(sheets.pages.len());
            }
            let stem = match span {
                Span::Decade(year) => format!("{year}s"),
                _ if year > 0 => year.to_string(),
                _ => format!("{}-bce", 1 - year),
            };
            for (part, moments) in (1..).zip(parts(&weights, start..end)) {
                sheets.pages.push(Sheet { path: path(&stem, part), span, part, moments, undated: 0..0 });
            }
            start = end;
        }
        for (part, undated) in (1..).zip(parts(&undated, 0..undated.len())) {
            sheets.pages.push(Sheet { path: path("undated", part), span: Span::Undated, part, moments: 0..0, undated });
        }
        sheets.undated = sheets.pages.iter().find(|sheet| sheet.span == Span::Undated).map(|sheet| sheet.path.clone());
        sheets
    }

    /// To the heading of a year, from the page `page`.
    #[must_use]
    pub fn year_link(&self, page: &OutputPath, year: i32) -> String {
        let chart_page = OutputPath::new(CHRONOLOGY);
        let path = self.by_year.get(&year).and_then(|at| self.pages.get(*at)).map_or(&chart_page, |sheet| &sheet.path);
        page.link_to(path, Some(&year_id(year))).as_str().to_owned()
    }
}

fn path(stem: &str, part: usize) -> OutputPath {
    OutputPath::new(if part == 1 { format!("chronology/{stem}.html") } else { format!("chronology/{stem}-{part}.html") })
}

fn fits(dated: &[usize], undated: &[usize]) -> bool {
    dated.len() + undated.len() <= ROWS && dated.iter().chain(undated).sum::<usize>() <= BYTES
}

/// Cuts a run of rows so that each part fits on a page.
pub(in crate::render) fn parts(weights: &[usize], run: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = run.start;
    while start < run.end {
        let mut bytes = 0;
        let mut room = |weight: &usize| {
            bytes += weight;
            bytes <= BYTES
        };
        let count = weights[start..run.end].iter().take(ROWS).take_while(|weight| room(weight)).count().max(1);
        parts.push(start..start + count);
        start += count;
    }
    parts
}

/// About how many bytes of HTML a row takes; rather too many.
pub(in crate::render) fn weight(site: &Site, moment: &Moment) -> usize {
    weight_of(&site.documents[moment.document.at()].front, moment.axis, moment.date(&site.documents))
}

fn weight_of(front: &FrontMatter, axis: Axis, date: Option<&Date>) -> usize {
    let title = front.short_title.as_ref().unwrap_or(&front.title.value).len();
    let plain = date.is_some_and(|date| !super::rows::is_uncertain(date) && date.old_style.is_none());
    let remark = if plain { 0 } else { 140 };
    let words = match axis {
        Axis::Embedded => 120 + title,
        Axis::Mentioned => 360 + title,
        _ => title + title / 16,
    };
    170 + front.id.value.0.len() + words + remark
}
