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
    let mut chronology = Chronology::default();
    for index in &order.time {
        let summary = &documents[index.at()];
        let first = chronology.moments.len();
        rows_of(*index, summary, &mut chronology.moments);
        if !chronology.moments[first..].iter().any(|moment| moment.principal) {
            chronology.undated.push(*index);
        }
    }
    let place = |moment: &Moment| order.place_in_time[moment.document.at()].unwrap_or(u32::MAX);
    // Day, width, whether it is not the document's own row, and the order that documents have already: numbers decide nearly always.
    let numbers = |date: &Date, moment: &Moment| {
        (date.placed().map(Day::number), date.width(), !moment.principal, if moment.principal { place(moment) } else { 0 })
    };
    let keyed = |moment: &Moment| moment.date(documents).map(|date| (numbers(date, moment), date, *moment));
    let mut dated: Vec<_> = chronology.moments.iter().filter_map(keyed).collect();
    dated.sort_unstable_by(|(a, date, x), (b, other, y)| {
        // One day is one day, however it is printed: what is mentioned for it stands after what was written on it.
        a.cmp(b).then_with(|| date.cmp(other)).then_with(|| (place(x), x.axis, x.at).cmp(&(place(y), y.axis, y.at)))
    });
    chronology.moments = dated.into_iter().map(|(_, _, moment)| moment).collect();
    chronology
}

/// The rows of one document; only dates that have a day to stand at.
fn rows_of(document: DocumentIndex, summary: &Summary, rows: &mut Vec<Moment>) {
    let front = &summary.front;
    let main = principal_date(summary).filter(|date| date.placed().is_some());
    let differs = |date: &Date| main.is_none_or(|main| (main.earliest, main.latest) != (date.earliest, date.latest));
    let mut seen_main = false;
    for (axis, event) in [(Axis::Written, &front.written), (Axis::Sent, &front.sent), (Axis::Received, &front.received)] {
        let Some(date) = event.as_ref().and_then(|event| event.date.as_ref()).filter(|date| date.placed().is_some()) else { continue };
        let principal = !seen_main && main == Some(date);
        seen_main |= principal;
        if principal || differs(date) {
            rows.push(Moment { document, axis, at: 0, principal });
        }
    }
    let placed = |date: Option<&Date>| date.is_some_and(|date| date.placed().is_some());
    for (at, publication) in (0_u32..).zip(&front.first_published) {
        if placed(publication.date.as_ref()) && publication.date.as_ref().is_some_and(differs) {
            rows.push(Moment { document, axis: Axis::Published, at, principal: false });
        }
    }
    for (at, embedded) in (0_u32..).zip(&front.contains) {
        if placed(embedded.date.as_ref().and_then(|event| event.date.as_ref())) {
            rows.push(Moment { document, axis: Axis::Embedded, at, principal: false });
        }
    }
    let mut seen = BTreeSet::new();
    for (at, annotation) in (0_u32..).zip(&summary.annotations) {
        // A date that is named again in the same words says nothing new.
        if let AnnotationKind::Dated(date) = &annotation.kind
            && placed(Some(date))
            && seen.insert((date.edtf.canonical(), annotation.context.text.as_str()))
        {
            rows.push(Moment { document, axis: Axis::Mentioned, at, principal: false });
        }
    }
}
