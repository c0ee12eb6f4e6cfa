//! EDTF (Library of Congress profile of ISO 8601-2, levels 0–2): read and print.
//!
//! The only door to `edtf-core`, which decides what is valid, at which level, and how it is canonically spelt.
//! The days an expression can mean are ours for seasons: `21`–`24` run from equinox to solstice as historians'
//! editions reckon them (spring 20 March – 20 June, summer 21 June – 23 September, autumn 24 September –
//! 20 December, winter 21 December – 19 March of the next year). Years past five million are clamped, not refused.

use crate::model::date::{Bound, Day, Edtf, EdtfFacts, EdtfKind, Precision};
use edtf_core::{IntervalEndpoint, SetElement, SetKind};

/// Why a text is not EDTF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotEdtf {
    /// The reason, in words.
    pub message: &'static str,
    /// Byte offset at which it stops being EDTF.
    pub offset: usize,
}

/// Reads an EDTF expression of any level. Spaces around it are not allowed.
///
/// # Errors
/// [`NotEdtf`] with the offset of the first byte that cannot stand there.
pub fn read(text: &str) -> Result<Edtf, NotEdtf> {
    let value = edtf_core::Edtf::parse(text).map_err(|error| NotEdtf { message: error.message, offset: error.offset })?;
    let (kind, precision, (earliest, latest)) = match &value {
        edtf_core::Edtf::Date(date) => (EdtfKind::Single, precision(date), days_of(date)),
        edtf_core::Edtf::DateTime(moment) => (EdtfKind::Single, Precision::Day, days_of(&moment.date)),
        edtf_core::Edtf::Interval(interval) => {
            let precision =
                endpoint_precision(&interval.start).into_iter().chain(endpoint_precision(&interval.end)).max().unwrap_or(Precision::Decade);
            (EdtfKind::Interval, precision, days_of_interval(interval))
        }
        edtf_core::Edtf::Set(set) => {
            let kind = match set.kind {
                SetKind::OneMember => EdtfKind::OneOf,
                SetKind::AllMembers => EdtfKind::AllOf,
            };
            let precision = set.elements.iter().map(element_precision).max().unwrap_or(Precision::Decade);
            (kind, precision, days_of_set(&set.elements))
        }
    };
    let facts = EdtfFacts {
        level: value.level(),
        kind,
        precision,
        uncertain: value.is_uncertain(),
        approximate: value.is_approximate(),
        earliest,
        latest,
    };
    Ok(Edtf::new(text, &value.to_string(), facts))
}

/// Prints an expression as it was typed: `print(&read(x)?) == x` for every valid `x`.
pub fn print(edtf: &Edtf) -> String {
    edtf.as_str().to_owned()
}

fn precision(date: &edtf_core::Date) -> Precision {
    match date.precision() {
        // "184X-05-03" is a day of every year of the decade.
        _ if date.year.has_unspecified() => Precision::Decade,
        edtf_core::Precision::Day => Precision::Day,
        edtf_core::Precision::Month => Precision::Month,
        edtf_core::Precision::Season => Precision::Season,
        edtf_core::Precision::Year => Precision::Year,
    }
}

fn endpoint_precision(endpoint: &IntervalEndpoint) -> Option<Precision> {
    match endpoint {
        IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrBefore(date) | IntervalEndpoint::OnOrAfter(date) => Some(precision(date)),
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
    }
}

fn element_precision(element: &SetElement) -> Precision {
    match element {
        SetElement::Date(date) | SetElement::OnOrBefore(date) | SetElement::OnOrAfter(date) => precision(date),
        SetElement::Range(from, to) => precision(from).max(precision(to)),
    }
}

fn days_of(date: &edtf_core::Date) -> (Bound, Bound) {
    let season = date.month.and_then(|month| month.value()).filter(|code| (21..=24).contains(code));
    if let (Some(season), Some(year)) = (season, date.year.value())
        && let Ok(year) = i32::try_from(year)
        && let Some((first, last)) = season_days(year, season - 20)
    {
        return (Bound::On(first), Bound::On(last));
    }
    let bounds = edtf_core::Edtf::Date(*date).bounds();
    (bound(bounds.earliest), bound(bounds.latest))
}

/// First and last day of a season of the northern hemisphere, 1 spring to 4 winter; winter begins in `year`.
pub fn season_days(year: i32, season: u8) -> Option<(Day, Day)> {
    let day = Day::gregorian;
    match season {
        1 => Some((day(year, 3, 20)?, day(year, 6, 20)?)),
        2 => Some((day(year, 6, 21)?, day(year, 9, 23)?)),
        3 => Some((day(year, 9, 24)?, day(year, 12, 20)?)),
        4 => Some((day(year, 12, 21)?, day(year + 1, 3, 19)?)),
        _ => None,
    }
}

fn bound(bound: edtf_core::Bound) -> Bound {
    match bound {
        edtf_core::Bound::NegativeInfinity | edtf_core::Bound::PositiveInfinity => Bound::Open,
        edtf_core::Bound::Unknown => Bound::Unknown,
        edtf_core::Bound::Date(date) => {
            let exact = i32::try_from(date.year).ok().and_then(|year| Day::gregorian(year, date.month, date.day));
            let end = if date.year < 0 { Day::MIN } else { Day::MAX };
            Bound::On(exact.unwrap_or(end))
        }
    }
}

fn days_of_interval(interval: &edtf_core::Interval) -> (Bound, Bound) {
    let earliest = match &interval.start {
        IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrAfter(date) => days_of(date).0,
        IntervalEndpoint::Open | IntervalEndpoint::OnOrBefore(_) => Bound::Open,
        IntervalEndpoint::Unknown => Bound::Unknown,
    };
    let latest = match &interval.end {
        IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrBefore(date) => days_of(date).1,
        IntervalEndpoint::Open | IntervalEndpoint::OnOrAfter(_) => Bound::Open,
        IntervalEndpoint::Unknown => Bound::Unknown,
    };
    ordered(earliest, latest)
}

/// An expression may be valid and yet run backwards in days (`2004-22/2004-06-22` with seasons placed by us).
fn ordered(earliest: Bound, latest: Bound) -> (Bound, Bound) {
    match (earliest, latest) {
        (Bound::On(first), Bound::On(last)) if last < first => (latest, earliest),
        _ => (earliest, latest),
    }
}

fn days_of_set(elements: &[SetElement]) -> (Bound, Bound) {
    let mut whole: Option<(Bound, Bound)> = None;
    for element in elements {
        let (first, last) = match element {
            SetElement::Date(date) => days_of(date),
            SetElement::OnOrBefore(date) => (Bound::Open, days_of(date).1),
            SetElement::OnOrAfter(date) => (days_of(date).0, Bound::Open),
            SetElement::Range(from, to) => ordered(days_of(from).0, days_of(to).1),
        };
        whole = Some(match whole {
            None => (first, last),
            Some((earliest, latest)) => (widen(earliest, first, Day::min), widen(latest, last, Day::max)),
        });
    }
    whole.unwrap_or((Bound::Unknown, Bound::Unknown))
}

fn widen(one: Bound, other: Bound, pick: fn(Day, Day) -> Day) -> Bound {
    match (one, other) {
        (Bound::On(one), Bound::On(other)) => Bound::On(pick(one, other)),
        (Bound::Open, _) | (_, Bound::Open) => Bound::Open,
        _ => Bound::Unknown,
    }
}
