//! Days of other ways of counting: the French Republic, the Roman month, the years since the creation of the world.
//!
//! Each is exact within the years in which it was in use; outside them nothing is converted, and the reading says so.

use super::days::{Days, Form, in_calendar, part_of_month};
use super::lexicon::RomanDay;
use super::term::Term;
use super::{DateContext, WarningKind, Warnings};
use crate::model::date::{Calendar, CalendarDay, Day};

/// The year of the Republic that the Commune of 1871 dated by, and the day it began.
const COMMUNE: (i32, i32, u8, u8) = (79, 1870, 9, 23);

/// 1 vendémiaire of the years I to XIV: the day of the autumnal equinox at Paris, as it was decreed.
const FIRST_DAYS: [(i32, u8); 14] = [
    (1792, 22),
    (1793, 22),
    (1794, 22),
    (1795, 23),
    (1796, 22),
    (1797, 22),
    (1798, 22),
    (1799, 23),
    (1800, 23),
    (1801, 23),
    (1802, 23),
    (1803, 24),
    (1804, 23),
    (1805, 23),
];

const COMPLEMENTARY: u8 = 13;

/// The days of a term whose month is one of the Republic; `year` is one of the Republic's, or one of ours ("18 brumaire 1799").
pub(super) fn republican(term: &Term, year: i32, warnings: &mut Warnings) -> Option<Days> {
    let month = term.month?;
    let republican = if year > 100 { (1..=14).find(|own| year_of(*own, month) == Some(year)) } else { Some(year) };
    let Some((year, start)) = republican.and_then(|year| Some((year, first_day(year)?))) else {
        warnings.add(WarningKind::OtherCalendar, term.first, term.last, || {
            "the calendar of the French Republic was in use from 22 September 1792 to 31 December 1805 (the years I to XIV), and in 1871 \
             (the year 79): no such date is converted"
                .to_owned()
        });
        return None;
    };
    // The years III, VII and XI had six complementary days.
    let length = match month {
        COMPLEMENTARY if matches!(year, 3 | 7 | 11) => 6,
        COMPLEMENTARY => 5,
        _ => 30,
    };
    let before = 30 * (i32::from(month) - 1);
    let (from, to) = match term.day {
        Some(day) => (u8::try_from(day).unwrap_or(u8::MAX), u8::try_from(day).unwrap_or(u8::MAX)),
        None => part_of_month(term.part, length),
    };
    if from == 0 || to > length {
        warnings.add(WarningKind::NoSuchDay, term.first, term.last, || {
            format!("that month of the calendar of the French Republic has {length} days: there is no day {from} of it")
        });
        return None;
    }
    let (first, last) = (start.plus(before + i32::from(from) - 1), start.plus(before + i32::from(to) - 1));
    let form = if first == last { Form::Day } else { Form::Days };
    Some(Days { form, first, last, julian: None, rule: "republican" })
}

fn first_day(year: i32) -> Option<Day> {
    if year == COMMUNE.0 {
        return Day::gregorian(COMMUNE.1, COMMUNE.2, COMMUNE.3);
    }
    let at = usize::try_from(year.checked_sub(1)?).ok()?;
    FIRST_DAYS.get(at).and_then(|(year, day)| Day::gregorian(*year, 9, *day))
}

/// Our year in which a month of a year of the Republic begins.
fn year_of(year: i32, month: u8) -> Option<i32> {
    first_day(year).map(|day| day.plus(30 * (i32::from(month) - 1)).year())
}

/// "V Id. Apr." is 9 April: the days before the Kalends, Nones and Ides are counted with both ends.
pub(super) fn roman(
    term: &Term,
    point: RomanDay,
    year: i32,
    month: u8,
    context: &DateContext,
    warnings: &mut Warnings,
) -> Option<CalendarDay> {
    let late = matches!(month, 3 | 5 | 7 | 10);
    let at = match point {
        RomanDay::Kalends => 1,
        RomanDay::Nones => 5 + 2 * u8::from(late),
        RomanDay::Ides => 13 + 2 * u8::from(late),
    };
    let back = u8::try_from(term.day.unwrap_or(1).max(1) - 1).unwrap_or(u8::MAX);
    let most = match point {
        RomanDay::Kalends => 18,
        RomanDay::Nones => 5,
        RomanDay::Ides => 7,
    };
    if back > most {
        warnings.add(WarningKind::NoSuchDay, term.first, term.last, || "no Roman month counts so many days".to_owned());
        return None;
    }
    if back < at {
        return Some(CalendarDay { year, month, day: at - back });
    }
    let (year, month) = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
    let calendar = context.calendar_of(year, month, 1);
    // The day that a leap year has more is the sixth before the Kalends of March once again.
    let leap = u8::from(month == 2 && calendar.is_leap(year) && back >= 5);
    let day = calendar.days_in_month(year, month) - leap + at - back;
    if month == 12 {
        warnings.add(WarningKind::YearShared, term.first, term.last, || {
            format!("a day before the Kalends of January lies in December; it is read in {year}, the year before the one printed")
        });
    }
    Some(CalendarDay { year, month, day })
}

/// A year that Russian sources count from the creation of the world, from 1 September on.
pub(super) fn since_creation(term: &Term, year: i32, warnings: &mut Warnings) -> Option<i32> {
    let cyrillic = || warnings.text.chars().any(|char| ('\u{400}'..='\u{4ff}').contains(&char));
    if term.era || term.before_christ || !(6300..=7300).contains(&year) || !cyrillic() {
        return None;
    }
    let ours = if term.month.is_some_and(|month| month >= 9) { year - 5509 } else { year - 5508 };
    warnings.add(WarningKind::OtherCalendar, term.first, term.last, || {
        format!("{year} is a year since the creation of the world, counted from 1 September; it is read as {ours}")
    });
    Some(ours)
}

/// The whole of such a year.
pub(super) fn year_since_creation(ours: i32) -> Option<Days> {
    let (first, last) = (Day::julian(ours - 1, 9, 1)?, Day::julian(ours, 8, 31)?);
    Some(in_calendar(Calendar::Julian, Form::Days, first, last, "since-creation"))
}
