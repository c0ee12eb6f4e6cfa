//! Every dated thing of the edition in one order of time: documents by their date of writing, and beside them what else has a date.
//!
//! A document has one principal row, by its date of writing, else of sending, else of receipt. Its other dates, its embedded documents and
//! the dated things its text and notes mention have rows of their own, so that a chronology can show them and tell them apart.

use super::DocumentIndex;
use super::order::{Order, principal_date};
use crate::model::annotation::AnnotationKind;
use crate::model::date::{Date, Day};
use crate::model::document::{Event, Summary};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What happened on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Axis {
    /// The document was written.
    Written,
    /// It was sent.
    Sent,
    /// It was received.
    Received,
    /// It was first published; `at` is the publication.
    Published,
    /// A document inside it was written; `at` is the embedded document.
    Embedded,
    /// The text or a note mentions the date; `at` is the annotation.
    Mentioned,
}

impl Axis {
    /// The stable name: `received`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Axis::Written => "written",
            Axis::Sent => "sent",
            Axis::Received => "received",
            Axis::Published => "published",
            Axis::Embedded => "embedded",
            Axis::Mentioned => "mentioned",
        }
    }
}

/// One row of the chronology.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// The document it belongs to.
    pub document: DocumentIndex,
    /// What happened.
    pub axis: Axis,
    /// Which of several: index of the publication, embedded document or annotation; 0 otherwise.
    pub at: u32,
    /// The row that stands for the document itself.
    pub principal: bool,
}

impl Moment {
    /// The row that stands for a document: by its date of writing, else of sending, else of receipt; undated if it has none.
    #[must_use]
    pub fn of_document(documents: &[Summary], document: DocumentIndex) -> Moment {
        let front = &documents[document.at()].front;
        let acts = [(Axis::Written, &front.written), (Axis::Sent, &front.sent), (Axis::Received, &front.received)];
        let dated = |event: &Option<Event>| event.as_ref().is_some_and(|event| event.date.is_some());
        let axis = acts.into_iter().find(|(_, event)| dated(event)).map_or(Axis::Written, |(axis, _)| axis);
        Moment { document, axis, at: 0, principal: true }
    }

    /// Its date.
    #[must_use]
    pub fn date<'a>(&self, documents: &'a [Summary]) -> Option<&'a Date> {
        let summary = &documents[self.document.at()];
        let front = &summary.front;
        let of = |event: &'a Option<Event>| event.as_ref().and_then(|event| event.date.as_ref());
        match self.axis {
            Axis::Written => of(&front.written),
            Axis::Sent => of(&front.sent),
            Axis::Received => of(&front.received),
            Axis::Published => front.first_published.get(self.at as usize)?.date.as_ref(),
            Axis::Embedded => of(&front.contains.get(self.at as usize)?.date),
            Axis::Mentioned => match &summary.dates.get(&self.at)?.kind {
                AnnotationKind::Dated(date) => Some(date),
                _ => None,
            },
        }
    }
}

/// All rows.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Chronology {
    /// In the order of time: by date, the documents themselves before the other rows of an equal date.
    pub moments: Vec<Moment>,
    /// Documents whose date is not known at all, in printed order.
    pub undated: Vec<DocumentIndex>,
}

/// Collects and sorts the rows of all documents.
#[must_use]
pub fn collect(documents: &[Summary], order: &Order) -> Chronology {
    let mut undated = Vec::new();
    let mut dated: Vec<Dated<'_>> = Vec::with_capacity(order.time.len() + order.time.len() / 2);
    for (place, index) in (0_u32..).zip(&order.time) {
        let first = dated.len();
        rows_of(*index, place, &documents[index.at()], &mut dated);
        if !dated[first..].iter().any(|row| row.moment.principal) {
            undated.push(*index);
        }
    }
    dated.sort_unstable_by(|one, other| {
        // One day is one day, however it is printed: what is mentioned for it stands after what was written on it.
        let rest = |row: &Dated<'_>| (row.place, row.moment.axis, row.moment.at);
        one.numbers.cmp(&other.numbers).then_with(|| one.date.cmp(other.date)).then_with(|| rest(one).cmp(&rest(other)))
    });
    Chronology { moments: dated.into_iter().map(|row| row.moment).collect(), undated }
}

/// A row with what it is sorted by.
struct Dated<'a> {
    /// Day, width, whether it is not the document's own row, and the order that documents have already: these decide nearly always.
    numbers: (Day, u32, bool, u32),
    date: &'a Date,
    /// Of its document, in the order of time.
    place: u32,
    moment: Moment,
}

/// The rows of one document; only dates that have a day to stand at.
fn rows_of<'a>(document: DocumentIndex, place: u32, summary: &'a Summary, rows: &mut Vec<Dated<'a>>) {
    let front = &*summary.front;
    let mut push = |axis: Axis, at: u32, principal: bool, date: &'a Date| {
        let Some(day) = date.placed() else { return };
        let numbers = (day, date.width(), !principal, if principal { place } else { 0 });
        rows.push(Dated { numbers, date, place, moment: Moment { document, axis, at, principal } });
    };
    let main = principal_date(summary).filter(|date| date.placed().is_some());
    let differs = |date: &Date| main.is_none_or(|main| (main.earliest, main.latest) != (date.earliest, date.latest));
    let mut seen_main = false;
    for (axis, event) in [(Axis::Written, &front.written), (Axis::Sent, &front.sent), (Axis::Received, &front.received)] {
        let Some(date) = event.as_ref().and_then(|event| event.date.as_ref()).filter(|date| date.placed().is_some()) else { continue };
        let principal = !seen_main && main == Some(date);
        seen_main |= principal;
        if principal || differs(date) {
            push(axis, 0, principal, date);
        }
    }
    for (at, publication) in (0_u32..).zip(&front.first_published) {
        if let Some(date) = publication.date.as_ref().filter(|date| differs(date)) {
            push(Axis::Published, at, false, date);
        }
    }
    for (at, embedded) in (0_u32..).zip(&front.contains) {
        if let Some(date) = embedded.date.as_ref().and_then(|event| event.date.as_ref()) {
            push(Axis::Embedded, at, false, date);
        }
    }
    let mut seen = BTreeSet::new();
    for (at, annotation) in (0_u32..).zip(&summary.annotations) {
        // A date that is named again in the same words says nothing new.
        if let AnnotationKind::Dated(date) = &annotation.kind
            && date.placed().is_some()
            && seen.insert((date.edtf.canonical(), annotation.context.text.as_str()))
        {
            push(Axis::Mentioned, at, false, date);
        }
    }
}
