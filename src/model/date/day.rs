//! Days and the two calendars European sources are dated in.
//!
//! A [`Day`] is a point on one line of days; a [`CalendarDay`] is what a calendar calls it. Everything is
//! integer arithmetic over years of 365 and 366 days, so any year works, before Christ too: years are
//! astronomical (1 BCE is 0, 44 BCE is -43). This file refuses to know when a country changed its calendar.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A calendar a source can be dated in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Calendar {
    /// New Style; before 1582 reckoned backwards (proleptic), as EDTF and ISO 8601 demand.
    #[default]
    Gregorian,
    /// Old Style.
    Julian,
}

impl Calendar {
    /// The English name in lower case: `gregorian`, `julian`.
    pub fn name(self) -> &'static str {
        match self {
            Calendar::Gregorian => "gregorian",
            Calendar::Julian => "julian",
        }
    }

    /// Whether `year` (astronomical) has a 29 February in this calendar.
    pub fn is_leap(self, year: i32) -> bool {
        let fourth = year.rem_euclid(4) == 0;
        match self {
            Calendar::Julian => fourth,
            Calendar::Gregorian => fourth && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0),
        }
    }

    /// Days in `month` (1–12) of `year` (astronomical); 0 for any other month.
    pub fn days_in_month(self, year: i32, month: u8) -> u8 {
        match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if self.is_leap(year) => 29,
            2 => 28,
            _ => 0,
        }
    }
}

/// What a calendar calls a day: astronomical year, month 1–12, day of the month from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarDay {
    /// Astronomical year: 0 is 1 BCE.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl fmt::Display for CalendarDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}-{:02}-{:02}", self.year.unsigned_abs(), self.month, self.day)
    }
}

impl Serialize for CalendarDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { (self.year, self.month, self.day).serialize(serializer) }
    }
}

/// Reads the compact form only: nobody types a calendar day as data.
impl<'de> Deserialize<'de> for CalendarDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (year, month, day) = Deserialize::deserialize(deserializer)?;
        Ok(CalendarDay { year, month, day })
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl Weekday {
    /// All seven, Monday first.
    pub const ALL: [Weekday; 7] =
        [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday, Weekday::Saturday, Weekday::Sunday];

    /// The English name.
    pub fn name(self) -> &'static str {
        match self {
            Weekday::Monday => "Monday",
            Weekday::Tuesday => "Tuesday",
            Weekday::Wednesday => "Wednesday",
            Weekday::Thursday => "Thursday",
            Weekday::Friday => "Friday",
            Weekday::Saturday => "Saturday",
            Weekday::Sunday => "Sunday",
        }
    }
}

/// A day: the number of days since 1 January 1970 (Gregorian), negative before.
///
/// Prints and serialises as its Gregorian `YYYY-MM-DD`. Reaches 5.8 million years each way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// Days from 1 March of year 0 to 1 January 1970, in either calendar's own reckoning of 1 March 0000.
const GREGORIAN_EPOCH: i64 = 719_468;
const JULIAN_EPOCH: i64 = 719_470;

impl Day {
    /// The first day that can be held.
    pub const MIN: Day = Day(i32::MIN);
    /// The last day that can be held.
    pub const MAX: Day = Day(i32::MAX);

    /// The day with this number, counted from 1 January 1970 = 0.
    pub fn from_number(number: i32) -> Day {
        Day(number)
    }

    /// Days since 1 January 1970.
    pub fn number(self) -> i32 {
        self.0
    }

    /// The day `calendar` calls so; `None` if it has no such day (29 February 1900 Gregorian) or it is out of reach.
    pub fn of(calendar: Calendar, year: i32, month: u8, day: u8) -> Option<Day> {
        if day == 0 || day > calendar.days_in_month(year, month) {
            return None;
        }
        let shifted = i64::from(year) - i64::from(month <= 2);
        let from_march = (i64::from(month) + 9) % 12;
        let in_year = (153 * from_march + 2) / 5 + i64::from(day) - 1;
        let number = match calendar {
            Calendar::Julian => shifted * 365 + shifted.div_euclid(4) + in_year - JULIAN_EPOCH,
            Calendar::Gregorian => {
                shifted * 365 + shifted.div_euclid(4) - shifted.div_euclid(100) + shifted.div_euclid(400) + in_year - GREGORIAN_EPOCH
            }
        };
        i32::try_from(number).ok().map(Day)
    }

    /// A day of the Gregorian calendar (proleptic before 1582).
    pub fn gregorian(year: i32, month: u8, day: u8) -> Option<Day> {
        Day::of(Calendar::Gregorian, year, month, day)
    }

    /// A day of the Julian calendar.
    pub fn julian(year: i32, month: u8, day: u8) -> Option<Day> {
        Day::of(Calendar::Julian, year, month, day)
    }

    /// What `calendar` calls this day.
    pub fn on(self, calendar: Calendar) -> CalendarDay {
        let number = i64::from(self.0);
        let (cycle_years, in_cycle_year, in_year) = match calendar {
            Calendar::Julian => {
                let days = number + JULIAN_EPOCH;
                let cycle = days.div_euclid(1461);
                let rest = days.rem_euclid(1461);
                let year = (rest - rest / 1460) / 365;
                (cycle * 4, year, rest - year * 365)
            }
            Calendar::Gregorian => {
                let days = number + GREGORIAN_EPOCH;
                let cycle = days.div_euclid(146_097);
                let rest = days.rem_euclid(146_097);
                let year = (rest - rest / 1460 + rest / 36_524 - rest / 146_096) / 365;
                (cycle * 400, year, rest - (365 * year + year / 4 - year / 100))
            }
        };
        let from_march = (5 * in_year + 2) / 153;
        let day = in_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = cycle_years + in_cycle_year + i64::from(month <= 2);
        CalendarDay { year: year as i32, month: month as u8, day: day as u8 }
    }

    /// Gregorian year (astronomical).
    pub fn year(self) -> i32 {
        self.on(Calendar::Gregorian).year
    }

    /// Gregorian month, 1–12.
    pub fn month(self) -> u8 {
        self.on(Calendar::Gregorian).month
    }

    /// Gregorian day of the month, from 1.
    pub fn day_of_month(self) -> u8 {
        self.on(Calendar::Gregorian).day
    }

    /// The day of the week, the same in both calendars.
    pub fn weekday(self) -> Weekday {
        Weekday::ALL[(i64::from(self.0) + 3).rem_euclid(7) as usize]
    }

    /// This day and `days` more (fewer if negative), stopping at the ends of what can be held.
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.on(Calendar::Gregorian).fmt(f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
    }
}

/// Reads the compact form only.
impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        i32::deserialize(deserializer).map(Day)
    }
}
