//! Order in time and in print: who stands before and after whom.

use super::DocumentIndex;
use crate::base::path::ContentPath;
use crate::model::date::Date;
use crate::model::document::Summary;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The orders of the edition's documents (pages are in none).
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Order {
    /// By date of writing, undated last.
    pub time: Vec<DocumentIndex>,
    /// Bibliography key → its documents in printed order; only works that more than one document was printed from.
    pub print: BTreeMap<String, Vec<DocumentIndex>>,
    /// For each document its place in `time`; `None` for pages.
    pub place_in_time: Vec<Option<u32>>,
    /// For each document its place in the printed order of its source.
    pub place_in_print: Vec<Option<u32>>,
}

/// The date by which a document stands in time: of writing, else of sending, else of receipt.
#[must_use]
pub fn principal_date(summary: &Summary) -> Option<&Date> {
    let front = &summary.front;
    [&front.written, &front.sent, &front.received].into_iter().flatten().find_map(|event| event.date.as_ref())
}

/// Puts the documents in order.
#[must_use]
pub fn arrange(documents: &[Summary]) -> Order {
    let all = || (0_u32..).zip(documents).filter(|(_, summary)| !summary.page).map(|(index, summary)| (DocumentIndex(index), summary));
    // Made once: many documents stand on one day, and a key is dear.
    let keys: Vec<PrintKey<'_>> = documents.iter().map(print_key).collect();
    let by_print = |a: &DocumentIndex, b: &DocumentIndex| keys[a.at()].cmp(&keys[b.at()]);
    let mut time: Vec<(DocumentIndex, &Summary)> = all().collect();
    time.sort_by(|(x, a), (y, b)| compare_dates(a, b).then_with(|| by_print(x, y)));
    let mut print: BTreeMap<String, Vec<(DocumentIndex, &Summary)>> = BTreeMap::new();
    for (index, summary) in all() {
        if let Some(work) = summary.front.source.as_ref().and_then(|source| source.work.as_ref()) {
            print.entry(work.value.clone()).or_default().push((index, summary));
        }
    }
    print.retain(|_, documents| documents.len() > 1);
    for documents in print.values_mut() {
        documents.sort_by(|(x, _), (y, _)| by_print(x, y));
    }
    let mut order = Order { place_in_time: vec![None; documents.len()], place_in_print: vec![None; documents.len()], ..Order::default() };
    order.time = time.into_iter().map(|(index, _)| index).collect();
    order.print = print.into_iter().map(|(work, documents)| (work, documents.into_iter().map(|(index, _)| index).collect())).collect();
    for (place, index) in (0_u32..).zip(&order.time) {
        order.place_in_time[index.at()] = Some(place);
    }
    for documents in order.print.values() {
        for (place, index) in (0_u32..).zip(documents) {
            order.place_in_print[index.at()] = Some(place);
        }
    }
    order
}

/// By date, then `order`; undated documents last.
fn compare_dates(a: &Summary, b: &Summary) -> Ordering {
    match (principal_date(a), principal_date(b)) {
        (Some(x), Some(y)) => x.cmp(y),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
    .then_with(|| a.front.order.unwrap_or(i32::MAX).cmp(&b.front.order.unwrap_or(i32::MAX)))
}

/// What printed order goes by: volume, document number, pages, then id and file.
type PrintKey<'a> = ([Vec<Piece>; 3], &'a str, &'a ContentPath);

/// Numbers in a text count as numbers: `533b` after `533a`, before `534`.
fn print_key(summary: &Summary) -> PrintKey<'_> {
    let source = summary.front.source.as_ref();
    let part = |field: Option<&String>| natural(field.map_or("", String::as_str));
    let fields = source.map_or([None; 3], |source| [source.volume.as_ref(), source.number.as_ref(), source.pages.as_ref()]);
    (fields.map(part), summary.front.id.value.0.as_str(), &summary.file)
}

/// A piece of a text for natural order.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// A run of digits.
    Number(u64),
    /// Anything between.
    Text(String),
}

/// Splits a text so that numbers compare as numbers.
#[must_use]
pub fn natural(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for letter in text.chars() {
        match (letter.to_digit(10), pieces.last_mut()) {
            (Some(digit), Some(Piece::Number(number))) => *number = number.saturating_mul(10).saturating_add(u64::from(digit)),
            (Some(digit), _) => pieces.push(Piece::Number(u64::from(digit))),
            (None, Some(Piece::Text(run))) => run.push(letter),
            (None, _) => pieces.push(Piece::Text(letter.to_string())),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_sort_as_printed() {
        let mut pages = ["534", "533b", "533a", "1000", "533"];
        pages.sort_by_key(|page| natural(page));
        assert_eq!(pages, ["533", "533a", "533b", "534", "1000"]);
    }
}
