//! Order in time and in print: who stands before and after whom.

use super::DocumentIndex;
use crate::base::path::ContentPath;
use crate::model::date::{Date, Day};
use crate::model::document::Summary;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

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
    // Made once: many documents stand on one day, a key is dear, and a document lies far from the next.
    let keys = PrintKeys::of(documents);
    let mut order = Order { place_in_time: vec![None; documents.len()], place_in_print: vec![None; documents.len()], ..Order::default() };
    order.time = in_time(all(), &keys);
    let mut print: BTreeMap<&str, Vec<DocumentIndex>> = BTreeMap::new();
    for (index, summary) in all() {
        if let Some(work) = summary.front.source.as_ref().and_then(|source| source.work.as_ref()) {
            print.entry(work.value.as_str()).or_default().push(index);
        }
    }
    for (work, mut documents) in print.into_iter().filter(|(_, documents)| documents.len() > 1) {
        documents.sort_unstable_by(|a, b| keys.compare(*a, *b));
        order.print.insert(work.to_owned(), documents);
    }
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

/// By day and width of the date; among those of one day by the whole date, then as printed.
fn in_time<'a>(all: impl Iterator<Item = (DocumentIndex, &'a Summary)>, keys: &PrintKeys<'_>) -> Vec<DocumentIndex> {
    let mut time: Vec<TimeKey<'_>> = all.map(|(index, summary)| TimeKey::of(index, summary)).collect();
    time.sort_unstable_by_key(|key| (key.day, key.index));
    for run in time.chunk_by_mut(|a, b| a.day == b.day).filter(|run| run.len() > 1) {
        // Most dates of a day are printed alike.
        let dates: BTreeSet<Option<&Date>> = run.iter().map(|key| key.date).collect();
        let ranks: Vec<Option<&Date>> = dates.into_iter().collect();
        run.iter_mut().for_each(|key| key.rank = ranks.binary_search(&key.date).unwrap_or_default());
        run.sort_unstable_by(|a, b| (a.rank, a.order).cmp(&(b.rank, b.order)).then_with(|| keys.compare(a.index, b.index)));
    }
    time.into_iter().map(|key| key.index).collect()
}

/// What the order in time goes by: day and width in numbers; dates are compared only within a day.
struct TimeKey<'a> {
    /// Without a date, without a day, the day, the width.
    day: (bool, bool, i32, u32),
    date: Option<&'a Date>,
    /// Place of the date among those of the same day and width.
    rank: usize,
    order: i32,
    index: DocumentIndex,
}

impl<'a> TimeKey<'a> {
    fn of(index: DocumentIndex, summary: &'a Summary) -> Self {
        let date = principal_date(summary);
        let day = date.and_then(Date::placed).map(Day::number);
        Self {
            day: (date.is_none(), day.is_none(), day.unwrap_or(0), date.map_or(0, Date::width)),
            date,
            rank: 0,
            order: summary.front.order.unwrap_or(i32::MAX),
            index,
        }
    }
}

/// What printed order goes by: volume, document number and pages as one run of bytes, then id and file.
struct PrintKeys<'a> {
    /// The bytes of all documents, one after the other.
    bytes: Vec<u8>,
    keys: Vec<PrintKey<'a>>,
}

struct PrintKey<'a> {
    /// The first bytes as one number, which decides nearly always.
    head: u128,
    /// Where its bytes stand.
    bytes: Range<usize>,
    id: &'a str,
    file: &'a ContentPath,
}

impl<'a> PrintKeys<'a> {
    fn of(documents: &'a [Summary]) -> Self {
        let mut bytes = Vec::with_capacity(documents.len() * 16);
        let key = |summary: &'a Summary| {
            let front = &summary.front;
            let source = front.source.as_ref();
            let fields = source.map_or([None; 3], |source| [&source.volume, &source.number, &source.pages].map(Option::as_ref));
            let start = bytes.len();
            for field in fields {
                push_natural(field.map_or("", String::as_str), &mut bytes);
            }
            let head = bytes[start..].iter().chain(std::iter::repeat(&0)).take(16).fold(0, |head, byte| head << 8 | u128::from(*byte));
            PrintKey { head, bytes: start..bytes.len(), id: front.id.value.0.as_str(), file: &summary.file }
        };
        let keys = documents.iter().map(key).collect();
        Self { bytes, keys }
    }

    fn compare(&self, one: DocumentIndex, other: DocumentIndex) -> Ordering {
        let (one, other) = (&self.keys[one.at()], &self.keys[other.at()]);
        let rest = |key: &PrintKey<'a>| (&self.bytes[key.bytes.clone()], key.id, key.file);
        one.head.cmp(&other.head).then_with(|| rest(one).cmp(&rest(other)))
    }
}

/// Appends a text so that bytes sort as [`natural`] pieces do: end before number before text; `533b` after `533a`, before `534`.
fn push_natural(text: &str, bytes: &mut Vec<u8>) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let number = first.is_ascii_digit();
        let end = rest.find(|letter: char| letter.is_ascii_digit() != number).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        if number {
            let value = run.bytes().fold(0_u64, |value, digit| value.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
            // The longer number is the greater: so small ones take little room.
            let spare = value.leading_zeros() / 8;
            bytes.extend_from_slice(&[1, 8 - spare as u8]);
            bytes.extend_from_slice(&value.to_be_bytes()[spare as usize..]);
        } else {
            bytes.push(2);
            bytes.extend_from_slice(run.as_bytes());
            bytes.push(0);
        }
        rest = after;
    }
    bytes.push(0);
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

    #[test]
    fn bytes_sort_as_pieces_do() {
        let bytes = |text: &str| {
            let mut bytes = Vec::new();
            push_natural(text, &mut bytes);
            bytes
        };
        let texts =
            ["", "5", "05", "5a", "5ab", "5b", "10", "45/2", "45 bis", "a", "a5", "ab", "IV", "№ 12", "№ 2", "99999999999999999999999"];
        for one in texts {
            for other in texts {
                assert_eq!(bytes(one).cmp(&bytes(other)), natural(one).cmp(&natural(other)), "{one} {other}");
            }
        }
    }
}
