//! Pages that would grow too heavy for a reader are continued on further pages: a person with thousands of documents, a long correspondence, a long
//! register. The first page keeps its address; the others stand in a folder of its name, `persons/lenin/2.html`, which no id can take.

use super::chronology::sheets;
use super::page_input::LinkInput;
use crate::base::path::OutputPath;
use crate::model::theme::Words;
use crate::resolve::DocumentIndex;
use crate::resolve::Site;
use crate::resolve::chronology::{Axis, Moment};
use crate::resolve::order::principal_date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// How one list is divided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    /// The lines of each page.
    pub cuts: Vec<Range<usize>>,
    /// What each page is called among the others: its years, mostly.
    pub labels: Vec<String>,
    /// Year → its first line, where charts lead.
    pub years: BTreeMap<i32, usize>,
    /// What is said of the whole list.
    pub summary: String,
}

impl Division {
    /// The page that holds a line, counted from 0.
    #[must_use]
    pub fn page_of(&self, line: usize) -> usize {
        self.cuts.partition_point(|cut| cut.end <= line).min(self.cuts.len().saturating_sub(1))
    }

    /// The lines of a page.
    #[must_use]
    pub fn lines(&self, part: usize) -> Range<usize> {
        self.cuts.get(part).cloned().unwrap_or(0..0)
    }
}

/// Cuts a list of things that weigh so many bytes into pages; one empty page for nothing.
#[must_use]
pub fn cut(weights: &[usize]) -> Vec<Range<usize>> {
    if weights.is_empty() { std::iter::once(0..0).collect() } else { sheets::parts(weights, 0..weights.len()) }
}

/// The page of a part, counted from 0.
#[must_use]
pub fn path(first: &OutputPath, part: usize) -> OutputPath {
    match part {
        0 => first.clone(),
        part => OutputPath::new(format!("{}/{}.html", first.as_str().trim_end_matches(".html"), part + 1)),
    }
}

/// The first page, from that of a part.
#[must_use]
pub fn first(page: &OutputPath, part: usize) -> OutputPath {
    match page.as_str().rsplit_once('/') {
        Some((folder, _)) if part > 0 => OutputPath::new(format!("{folder}.html")),
        _ => page.clone(),
    }
}

/// "Chicherin", "Chicherin, part 2"
#[must_use]
pub fn title(words: &Words, name: &str, part: usize) -> String {
    if part == 0 { name.to_owned() } else { words.fill("sheet_part", &[("name", name), ("number", &(part + 1).to_string())]) }
}

/// Links to all parts but the own one, which has no address; none for a list that is not divided.
#[must_use]
pub fn links(page: &OutputPath, first: &OutputPath, own: usize, division: Option<&Division>) -> Vec<LinkInput> {
    let link = |(part, label): (usize, &String)| LinkInput {
        href: if part == own { String::new() } else { page.link_to(&path(first, part), None).as_str().to_owned() },
        title: label.clone(),
        date: String::new(),
    };
    division.map_or_else(Vec::new, |division| division.labels.iter().enumerate().map(link).collect())
}

/// The years of some documents in the order of time: "1917–1922".
#[must_use]
pub fn years(site: &Site, documents: impl Iterator<Item = DocumentIndex>) -> Option<String> {
    let years = documents.filter_map(|index| Some(principal_date(&site.documents[index.at()])?.placed()?.year()));
    let (first, last) =
        years.fold(None, |span: Option<(i32, i32)>, year| Some(span.map_or((year, year), |(a, b)| (a.min(year), b.max(year)))))?;
    Some(if first == last { first.to_string() } else { format!("{first}–{last}") })
}

/// About how many bytes the row of a document takes with its date in full.
#[must_use]
pub fn row_weight(site: &Site, document: DocumentIndex) -> usize {
    60 + sheets::weight(site, &Moment { document, axis: Axis::Written, at: 0, principal: true })
}

/// About how many bytes a place with the words around it takes; rather too many. The words themselves are not looked at: which pages there are
/// must not depend on every text.
pub const PLACE_WEIGHT: usize = 380;
