//! When the text of this edition changed: days and moments of editing, never of history.

use super::date::{Calendar, Day};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// A moment of editing: a day, with the time of day where it is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// The day where the editor was.
    pub day: Day,
    /// Time and distance from Greenwich as RFC 3339 has them: `19:20:48+02:00`, `08:00:00Z`.
    pub time: Option<String>,
    /// Seconds since 1 January 1970, Greenwich; midnight of the day when the time is not known.
    seconds: i64,
}

impl Moment {
    /// A day of which the time is not known.
    #[must_use]
    pub fn of_day(day: Day) -> Self {
        Self { day, time: None, seconds: i64::from(day.number()) * 86_400 }
    }

    /// Reads RFC 3339: `2026-11-25T19:20:48+02:00`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (date, time) = text.split_once('T')?;
        let mut parts = date.splitn(3, '-');
        let day = Day::of(Calendar::Gregorian, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)?;
        let number = |from: usize| time.get(from..from + 2)?.parse::<i64>().ok();
        let clock = number(0)? * 3600 + number(3)? * 60 + number(6)?;
        let zone = time.get(8..)?;
        let offset = match zone.as_bytes().first()? {
            b'Z' => 0,
            sign @ (b'+' | b'-') => {
                let minutes = zone.get(1..3)?.parse::<i64>().ok()? * 60 + zone.get(4..6)?.parse::<i64>().ok()?;
                if *sign == b'-' { -minutes } else { minutes }
            }
            _ => return None,
        };
        Some(Self { day, time: Some(time.to_owned()), seconds: i64::from(day.number()) * 86_400 + clock - offset * 60 })
    }

    /// As feeds need it, with a time in any case (RFC 3339).
    #[must_use]
    pub fn rfc3339(&self) -> String {
        format!("{}T{}", self.day, self.time.as_deref().unwrap_or("00:00:00Z"))
    }

    /// As site maps need it, where a day is enough (W3C date and time formats).
    #[must_use]
    pub fn w3c(&self) -> String {
        self.time.as_ref().map_or_else(|| self.day.to_string(), |time| format!("{}T{time}", self.day))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.seconds, self.day, &self.time).cmp(&(other.seconds, other.day, &other.time))
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What is known of the editing of one document or page. Absent facts stay absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// When it came into the edition.
    pub published: Option<Moment>,
    /// The version of the edition in which it first was.
    pub version: Option<String>,
    /// When its text was last changed.
    pub changed: Option<Moment>,
    /// Who changed it then.
    pub by: Vec<String>,
    /// The commit that changed it.
    pub commit: Option<String>,
    /// Its file from the top of the repository.
    pub path: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_ordered_by_the_clock_of_greenwich() {
        let moment = |text: &str| Moment::read(text).expect(text);
        let evening = moment("2026-11-25T23:30:00-05:00");
        let morning = moment("2026-11-26T05:00:00+02:00");
        assert!(morning < evening, "03:00 and 04:30 in Greenwich");
        assert_eq!((evening.w3c(), morning.rfc3339()), ("2026-11-25T23:30:00-05:00".into(), "2026-11-26T05:00:00+02:00".into()));
        let day = Moment::of_day(morning.day);
        assert_eq!((day.w3c(), day.rfc3339()), ("2026-11-26".into(), "2026-11-26T00:00:00Z".into()));
        for wrong in ["2026-11-26", "2026-13-26T05:00:00Z", "2026-11-26T05:00:00", "2026-11-26T05", "T"] {
            assert_eq!(Moment::read(wrong), None, "{wrong}");
        }
    }
}
