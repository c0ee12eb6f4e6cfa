//! The resolver of printed places: "this volume, Document 704", "p. 112" → the document of the edition that stands there.

use super::DocumentIndex;
use crate::model::annotation::{AnnotationKind, PrintedTarget};
use crate::model::document::Summary;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Which printed places the edition holds.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct PrintedPlaces {
    numbers: HashMap<(String, String), DocumentIndex>,
    /// A page on which a page break stands: the document and that it has an anchor there.
    breaks: HashMap<(String, String), DocumentIndex>,
    /// Work → page ranges of its documents.
    ranges: HashMap<String, Vec<(u64, u64, DocumentIndex)>>,
}

/// Where a printed place is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PrintedAnswer {
    /// In this document, at this anchor if it is not its beginning.
    Found(DocumentIndex, Option<String>),
    /// Not in the edition.
    Wanted,
}

impl PrintedPlaces {
    /// Collects numbers, page breaks and page ranges of all documents and of their other editions.
    #[must_use]
    pub fn collect(documents: &[Summary]) -> Self {
        let mut places = Self::default();
        for (index, summary) in (0_u32..).zip(documents).filter(|(_, summary)| !summary.page) {
            let index = DocumentIndex(index);
            for source in summary.front.source.iter().chain(&summary.front.also_in) {
                let Some(work) = &source.work else { continue };
                if let Some(number) = &source.number {
                    places.numbers.entry((work.value.clone(), number.clone())).or_insert(index);
                }
                if let Some((from, to)) = source.pages.as_deref().and_then(page_range) {
                    places.ranges.entry(work.value.clone()).or_default().push((from, to, index));
                }
            }
            let own = summary.front.source.as_ref().and_then(|source| source.work.as_ref());
            for annotation in &summary.annotations {
                if let (AnnotationKind::PageBreak(page), Some(work)) = (&annotation.kind, own) {
                    places.breaks.entry((work.value.clone(), page.clone())).or_insert(index);
                }
            }
        }
        places
    }

    /// The document at a printed place of `work`.
    #[must_use]
    pub fn find(&self, work: &str, target: &PrintedTarget) -> PrintedAnswer {
        match target {
            PrintedTarget::Number(number) => self
                .numbers
                .get(&(work.to_owned(), number.clone()))
                .map_or(PrintedAnswer::Wanted, |index| PrintedAnswer::Found(*index, None)),
            PrintedTarget::Page(page) => {
                if let Some(index) = self.breaks.get(&(work.to_owned(), page.clone())) {
                    return PrintedAnswer::Found(*index, Some(page_anchor(page)));
                }
                // `page-range` starts with the page asked for: a range of pages names its first.
                let Some((wanted, _)) = page_range(page) else { return PrintedAnswer::Wanted };
                let holders = self.ranges.get(work).map(Vec::as_slice).unwrap_or_default();
                holders
                    .iter()
                    .find(|(from, to, _)| (*from..=*to).contains(&wanted))
                    .map_or(PrintedAnswer::Wanted, |(_, _, index)| PrintedAnswer::Found(*index, None))
            }
        }
    }
}

/// The anchor of a page break: `page-534a`.
#[must_use]
pub fn page_anchor(page: &str) -> String {
    format!("page-{}", crate::base::slug::slug(page))
}

/// First and last page number of `533b-534a`, `276–77`, `12`; `None` without digits.
#[must_use]
pub fn page_range(pages: &str) -> Option<(u64, u64)> {
    let mut numbers = pages.split(['-', '–', '—']).map(|part| part.chars().filter(char::is_ascii_digit).collect::<String>());
    let first = numbers.next()?;
    let from: u64 = first.parse().ok()?;
    let to = match numbers.next() {
        Some(last) if !last.is_empty() => {
            // `276–77` is short for `276–277`.
            let whole = if last.len() < first.len() { format!("{}{last}", &first[..first.len() - last.len()]) } else { last };
            whole.parse().ok()?
        }
        _ => from,
    };
    Some((from, to.max(from)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_ranges_as_printed() {
        assert_eq!(page_range("533b-534a"), Some((533, 534)));
        assert_eq!(page_range("276–77"), Some((276, 277)));
        assert_eq!(page_range("12"), Some((12, 12)));
        assert_eq!(page_range("xii"), None);
    }
}
