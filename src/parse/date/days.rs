//! Terms to days: calendars, dual dates, parts of months, seasons, feasts.
//!
//! The published rules live here: beginning of a month 1st–10th, middle 11th–20th, end 21st to the last, halves 1st–15th
//! and 16th to the last; of a year: January, June–July, December. A month or a part of one in the Julian calendar
//! becomes the days it has in the Gregorian; a year or anything coarser is left as printed.

use super::calendars;
use super::lexicon::{Feast, Part};
use super::term::{Beside, Second, Term, Year};
use super::token::{Kind, Token};
use super::{DateContext, WarningKind, Warnings};
use crate::formats::edtf::season_days;
use crate::model::date::{Calendar, CalendarDay, Day};

/// How a resolved term is written in EDTF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Day,
    Month,
    Season(u8),
    Year,
    /// Last digits of the year open.
    Open(u8),
    /// The same of a month, or of a day of it: `184X-05-03`.
    OpenMonth(u8),
    OpenDay(u8),
    /// From one year to another: "1867/68".
    Years,
    /// No unit of EDTF: one of the days from the first to the last.
    Days,
}

/// A term as days of the Gregorian calendar.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    pub form: Form,
    pub first: Day,
    pub last: Day,
    /// First and last day as printed in the Julian calendar.
    pub julian: Option<(CalendarDay, CalendarDay, Form)>,
    /// Names the reading, if this is the whole date.
    pub rule: &'static str,
}

/// The days of a term whose year is known; says why if there are none.
pub(super) fn days(term: &Term, context: &DateContext, warnings: &mut Warnings) -> Option<Days> {
    let Some(printed) = term.year else {
        warnings.add(WarningKind::NoYear, term.first, term.last, || "no year is printed".to_owned());
        return None;
    };
    if printed.short {
        warnings.add(WarningKind::NoYear, term.first, term.last, || {
            format!("only the last digits of the year are printed (`{}`), and the century is not known", printed.value)
        });
        return None;
    }
    if term.republican {
        return calendars::republican(term, printed.value, warnings);
    }
    if let Some(ours) = calendars::since_creation(term, printed.value, warnings) {
        let julian = Term { style: Some(Calendar::Julian), year: Some(Year { value: ours, ..printed }), ..*term };
        return if term.month.is_some() { days(&julian, context, warnings) } else { calendars::year_since_creation(ours) };
    }
    let year = if term.before_christ { 1 - printed.value } else { printed.value };
    unusual(term, &printed, warnings);
    let year = corrected(term, &printed, year, warnings);
    if term.century || printed.open > 0 {
        let month = term.month.filter(|_| !term.century && !term.before_christ && term.part.is_none());
        return match month {
            Some(month) => open_month(term, year, printed.open, month, warnings),
            None => open_years(term, year, printed.open),
        };
    }
    if let Some(feast) = term.feast {
        let days = feast_of_two_years(term, feast, &printed, year, context, warnings)?;
        return match term.beside_feast {
            Some((weekday, after)) => weekday_beside(&days, weekday, after, year, context),
            None => Some(days),
        };
    }
    if let Some(season) = term.season {
        // Every season but winter lies in one year.
        let year = if season == WINTER { year } else { year_of_two(term, &printed, year, season == SPRING, warnings) };
        let (first, last) = season_days(year, season)?;
        return Some(Days { form: Form::Season(season), first, last, julian: None, rule: "season" });
    }
    match (term.month, term.day) {
        (Some(month), day) if day.is_some() || term.roman.is_some() => a_day(term, &printed, year, month, context, warnings),
        (Some(month), _) => {
            let year = year_of_two(term, &printed, year, month <= 3, warnings);
            a_month(term, year, month, context, warnings)
        }
        (None, Some(_)) => {
            warnings.add(WarningKind::Unread, term.first, term.last, || "a day is printed without its month".to_owned());
            None
        }
        (None, None) => a_year(term, &printed, year),
    }
}

const SPRING: u8 = 1;
const WINTER: u8 = 4;

/// Old English years began on 25 March: "10 February 1750/51" lies in the second of the two, as we count.
fn year_of_two(term: &Term, printed: &Year, year: i32, early: bool, warnings: &mut Warnings) -> i32 {
    match printed.second {
        Some(second) if early => second,
        Some(second) => {
            warnings.add(WarningKind::YearShared, term.first, term.last, || {
                format!("two years are printed, but the new year cannot lie between them; read as {year}, not {second}")
            });
            year
        }
        None => year,
    }
}

/// "Candlemas 1532/3" lies in the second year, "Christmas 1532/3" cannot.
fn feast_of_two_years(
    term: &Term,
    feast: Feast,
    printed: &Year,
    year: i32,
    context: &DateContext,
    warnings: &mut Warnings,
) -> Option<Days> {
    let Some(second) = printed.second else { return feast_days(feast, year, context) };
    let later = feast_days(feast, second, context)?;
    let at = later.julian.map_or_else(|| later.first.on(Calendar::Gregorian), |(first, ..)| first);
    // The last night of the year belongs to both.
    let year =
        if feast == Feast::Fixed(12, 31, 31) { year } else { year_of_two(term, printed, year, (at.month, at.day) <= (3, 25), warnings) };
    feast_days(feast, year, context)
}

fn unusual(term: &Term, year: &Year, warnings: &mut Warnings) {
    let three = |token: &Token| matches!(token.kind, Kind::Number(number) if number.digits == 3);
    let stop = |token: &Token| three(token) && warnings.text[token.end..].starts_with('.');
    if year.open == 1 && !term.decade && warnings.tokens.get(term.first..term.last).is_some_and(|tokens| tokens.iter().any(stop)) {
        warnings.add(WarningKind::UnusualYear, term.first, term.last, || {
            format!("three figures of a year are printed; read as one of the years {} to {}", year.value, year.value + 9)
        });
    }
    if !term.era && year.open == 0 && (year.value > 2100 || year.value < 1000) {
        warnings.add(WarningKind::UnusualYear, term.first, term.last, || format!("the year is read as {}: is it?", year.value));
    }
}

/// "1918 [1919]": the editors' bracket corrects the print.
fn corrected(term: &Term, printed: &Year, year: i32, warnings: &mut Warnings) -> i32 {
    let Some(right) = printed.corrected.filter(|_| !term.before_christ) else { return year };
    warnings.add(WarningKind::Corrected, term.first, term.last, || {
        format!("`{}` is printed, and `{right}` in brackets beside it is taken", printed.value)
    });
    right
}

/// "Nov. 30, 191?": a day or a month of every year that the figures left open allow.
fn open_month(term: &Term, year: i32, open: u8, month: u8, warnings: &mut Warnings) -> Option<Days> {
    let years = || year..year + 10_i32.pow(u32::from(open));
    let (from, to, form) = match term.day.map(|day| u8::try_from(day).unwrap_or(u8::MAX)) {
        Some(day) => (day, day, Form::OpenDay(open)),
        None => (1, 31, Form::OpenMonth(open)),
    };
    let day = |year: i32, day: u8| {
        let length = Calendar::Gregorian.days_in_month(year, month);
        Day::gregorian(year, month, if term.day.is_some() { day } else { day.min(length) })
    };
    let found = years().find_map(|year| day(year, from)).zip(years().rev().find_map(|year| day(year, to)));
    if found.is_none() {
        no_such_day(term, CalendarDay { year, month, day: from }, warnings);
    }
    found.map(|(first, last)| Days { form, first, last, julian: None, rule: "open-year" })
}

fn open_years(term: &Term, year: i32, open: u8) -> Option<Days> {
    let span = 10_i32.pow(u32::from(open));
    // The first century before our era ends with the year 0 of astronomers; no digits are left open in it.
    let year = if term.before_christ && open == 2 { 2 - year - span } else { year };
    let rule = if open == 1 { "decade" } else { "century" };
    let (from, to) = match term.part {
        None => (0, span - 1),
        Some(Part::Begin) => (0, span * 3 / 10),
        Some(Part::Middle) => (span * 4 / 10, span * 6 / 10),
        Some(Part::End) => (span * 7 / 10, span - 1),
        Some(Part::Half(half)) => (span / 2 * (i32::from(half) - 1), span / 2 * i32::from(half) - 1),
        Some(Part::Quarter(quarter)) if span == 100 => (25 * (i32::from(quarter) - 1), 25 * i32::from(quarter) - 1),
        Some(Part::Week(_) | Part::Quarter(_) | Part::From(_) | Part::Last) => return None,
    };
    let first = Day::gregorian(year + from, 1, 1)?;
    let last = Day::gregorian(year + to, 12, 31)?;
    let form = if term.part.is_some() || term.before_christ { Form::Years } else { Form::Open(open) };
    Some(Days { form, first, last, julian: None, rule })
}

/// The calendar in which a feast is counted, and the one its day is printed in. Before the reform there was one only: without a word of the
/// edition a day of 1525 keeps its printed number, as every other day of that year does.
fn calendars_of_feast(year: i32, month: u8, day: u8, context: &DateContext) -> (Calendar, Calendar) {
    let printed = context.calendar_of(year, month, day);
    (if year < 1583 { Calendar::Julian } else { printed }, printed)
}

fn feast_days(feast: Feast, year: i32, context: &DateContext) -> Option<Days> {
    let (counted, printed) = match feast {
        Feast::Fixed(month, from, _) => calendars_of_feast(year, month, from, context),
        Feast::Easter(..) => calendars_of_feast(year, 4, 1, context),
        Feast::Advent(..) => calendars_of_feast(year, 12, 1, context),
    };
    let (first, last) = match feast {
        Feast::Fixed(month, from, to) => (Day::of(counted, year, month, from)?, Day::of(counted, year, month, to)?),
        Feast::Easter(offset, length) => {
            let day = easter(counted, year)?.plus(i32::from(offset));
            (day, day.plus(i32::from(length) - 1))
        }
        Feast::Advent(offset, length) => {
            // The fourth Sunday before Christmas.
            let christmas = Day::of(counted, year, 12, 25)?;
            let sunday = (1..=7).map(|back| christmas.plus(-back)).find(|day| day.weekday() as u8 == 6)?;
            let day = sunday.plus(-21 + i32::from(offset));
            (day, if length == 0 { christmas.plus(-1) } else { day.plus(i32::from(length) - 1) })
        }
    };
    let form = if first == last { Form::Day } else { Form::Days };
    Some(in_calendar(printed, form, renamed(first, counted, printed)?, renamed(last, counted, printed)?, "feast"))
}

/// The day of another calendar with the same number, month and year.
fn renamed(day: Day, from: Calendar, to: Calendar) -> Option<Day> {
    let at = day.on(from);
    if from == to { Some(day) } else { Day::of(to, at.year, at.month, at.day) }
}

/// The nearest such day of the week before a feast, or after it; never the feast itself.
fn weekday_beside(feast: &Days, weekday: u8, after: bool, year: i32, context: &DateContext) -> Option<Days> {
    let (counted, printed) = calendars_of_feast(year, 4, 1, context);
    let (first, last) = (renamed(feast.first, printed, counted)?, renamed(feast.last, printed, counted)?);
    let step = |days: i32| if after { last.plus(days) } else { first.plus(-days) };
    let day = renamed((1..=7).map(step).find(|day| day.weekday() as u8 == weekday)?, counted, printed)?;
    Some(in_calendar(printed, Form::Day, day, day, "feast"))
}

/// Easter Sunday of the calendar's own church (Meeus's two algorithms).
fn easter(calendar: Calendar, year: i32) -> Option<Day> {
    let golden = year.rem_euclid(19);
    let (month, day) = match calendar {
        Calendar::Julian => {
            let moon = (19 * golden + 15).rem_euclid(30);
            let sunday = (2 * year.rem_euclid(4) + 4 * year.rem_euclid(7) - moon + 34).rem_euclid(7);
            let sum = moon + sunday + 114;
            (sum / 31, sum % 31 + 1)
        }
        Calendar::Gregorian => {
            let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
            let correction = (century + 8).div_euclid(25);
            let third = (century - correction + 1).div_euclid(3);
            let moon = (19 * golden + century - century.div_euclid(4) - third + 15).rem_euclid(30);
            let sunday = (32 + 2 * century.rem_euclid(4) + 2 * (of_century / 4) - moon - of_century % 4).rem_euclid(7);
            let late = (golden + 11 * moon + 22 * sunday) / 451;
            let sum = moon + sunday - 7 * late + 114;
            (sum / 31, sum % 31 + 1)
        }
    };
    Day::of(calendar, year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

pub(super) fn in_calendar(calendar: Calendar, form: Form, first: Day, last: Day, rule: &'static str) -> Days {
    match calendar {
        Calendar::Gregorian => Days { form, first, last, julian: None, rule },
        Calendar::Julian => {
            let julian = Some((first.on(Calendar::Julian), last.on(Calendar::Julian), form));
            let form = if form == Form::Day { Form::Day } else { Form::Days };
            Days { form, first, last, julian, rule }
        }
    }
}

fn a_year(term: &Term, printed: &Year, year: i32) -> Option<Days> {
    if let Some(second) = printed.second {
        let first = Day::gregorian(year, 1, 1)?;
        return Some(Days { form: Form::Years, first, last: Day::gregorian(second, 12, 31)?, julian: None, rule: "years" });
    }
    let (from, to, form) = match term.part {
        None => (1, 12, Form::Year),
        Some(Part::Begin) => (1, 1, Form::Month),
        Some(Part::Middle) => (6, 7, Form::Days),
        Some(Part::End) => (12, 12, Form::Month),
        Some(Part::Half(half)) => (half * 6 - 5, half * 6, Form::Days),
        Some(Part::Quarter(quarter)) => (quarter * 3 - 2, quarter * 3, Form::Days),
        Some(Part::Last) => (12, 12, Form::Month),
        Some(Part::Week(_) | Part::From(_)) => return None,
    };
    let first = Day::gregorian(year, from, 1)?;
    let last = Day::gregorian(year, to, Calendar::Gregorian.days_in_month(year, to))?;
    let rule = if term.part.is_some() { "part-of-year" } else { "year" };
    Some(Days { form, first, last, julian: None, rule })
}

fn a_month(term: &Term, year: i32, month: u8, context: &DateContext, warnings: &mut Warnings) -> Option<Days> {
    let calendar = term.style.unwrap_or_else(|| context.calendar_of(year, month, 1));
    let length = calendar.days_in_month(year, month);
    if length == 0 {
        no_such_day(term, CalendarDay { year, month, day: 1 }, warnings);
        return None;
    }
    let (from, to) = part_of_month(term.part, length);
    let form = match term.part {
        None => Form::Month,
        Some(Part::Last) => Form::Day,
        Some(_) => Form::Days,
    };
    let rule = if term.part.is_some() { "part-of-month" } else { "month" };
    let first = Day::of(calendar, year, month, from)?;
    let last = Day::of(calendar, year, month, to)?;
    // The month of the Russian change: 1–13 February 1918 did not exist.
    let first = context.switch.filter(|switch| first < *switch && last >= *switch && calendar == Calendar::Gregorian).unwrap_or(first);
    Some(in_calendar(calendar, form, first, last, rule))
}

/// First and last day of a part of a month of `length` days, by the published rules.
pub(super) fn part_of_month(part: Option<Part>, length: u8) -> (u8, u8) {
    match part {
        None | Some(Part::Quarter(_)) => (1, length),
        Some(Part::Begin | Part::Week(5..)) => (1, 10.min(length)),
        Some(Part::Middle) => (11.min(length), 20.min(length)),
        Some(Part::End) => (21.min(length), length),
        Some(Part::Half(1)) => (1, 15.min(length)),
        Some(Part::Half(_)) => (16.min(length), length),
        Some(Part::From(day)) => (day, (day + 9).min(length)),
        Some(Part::Last) => (length, length),
        Some(Part::Week(0)) => (length.saturating_sub(6).max(1), length),
        Some(Part::Week(week)) => (week * 7 - 6, week * 7),
    }
}

fn a_day(term: &Term, printed: &Year, year: i32, month: u8, context: &DateContext, warnings: &mut Warnings) -> Option<Days> {
    let day = u8::try_from(term.day.unwrap_or(1)).unwrap_or(u8::MAX);
    let (mut day, mut month) = (day, month);
    let year = year_of_two(term, printed, year, month <= 3, warnings);
    if let Some(head) = term.day_head.filter(|_| day > 31) {
        // "3[5?]": the bracket stands for the digit before it.
        let offered = day % 10;
        day = u8::try_from(head).unwrap_or(u8::MAX);
        warnings.add(WarningKind::Corrected, term.first, term.last, || {
            format!("`{day}` is printed and `{offered}` offered in brackets; `{day}` is kept")
        });
    }
    if let Some(point) = term.roman {
        let at = calendars::roman(term, point, year, month, context, warnings)?;
        return one_day(&Term { roman: None, ..*term }, at, context, warnings);
    }
    if let Some(second) = term.second {
        if let Some(days) = dual(CalendarDay { year, month, day }, second) {
            return Some(days);
        }
        return beside(term, CalendarDay { year, month, day }, second, context, warnings);
    }
    let rule = if term.numeric { order_of_figures(term, &mut day, &mut month, context, warnings) } else { "day" };
    one_day(term, CalendarDay { year, month, day }, context, warnings).map(|days| Days { rule, ..days })
}

/// "3/5/1918" can be May or March. The day is taken first, but in texts of the United States; the rule says which was, and a warning that it
/// could be the other. Stops are put after days by writers of German, French and Russian, and by nobody after months.
fn order_of_figures(term: &Term, day: &mut u8, month: &mut u8, context: &DateContext, warnings: &mut Warnings) -> &'static str {
    let american = context.tag.eq_ignore_ascii_case("en-US");
    let swap = if *day <= 12 && *month <= 12 { american && !term.day_ordinal } else { *month > 12 && *day <= 12 };
    let printed = warnings.words(term.first, term.last);
    let stops = term.day_ordinal && (context.is_german() || context.is_french() || context.is_russian() || printed.contains(". "));
    let either = *day <= 12 && *month <= 12 && day != month && !stops;
    if swap {
        std::mem::swap(day, month);
    }
    if either {
        let (day, month) = (*day, *month);
        warnings
            .add(WarningKind::NumericOrder, term.first, term.last, || format!("which is the month? read as day {day} of month {month}"));
    }
    if swap { "month-day" } else { "day-month" }
}

fn one_day(term: &Term, at: CalendarDay, context: &DateContext, warnings: &mut Warnings) -> Option<Days> {
    let calendar = term.style.unwrap_or_else(|| context.calendar_of(at.year, at.month, at.day));
    let Some(day) = Day::of(calendar, at.year, at.month, at.day) else {
        no_such_day(term, at, warnings);
        return None;
    };
    if term.style.is_none() && context.skips(at) {
        let julian = Day::julian(at.year, at.month, at.day)?;
        warnings.add(WarningKind::SkippedDay, term.first, term.last, || {
            format!("{at} did not exist: the calendar was changed then; Old Style it would be {julian}")
        });
        return None;
    }
    Some(in_calendar(calendar, Form::Day, day, day, "day"))
}

/// Says why a calendar has no such day, and what to type.
fn no_such_day(term: &Term, at: CalendarDay, warnings: &mut Warnings) {
    const NAMES: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    let CalendarDay { year, month, day } = at;
    let name = usize::from(month).checked_sub(1).and_then(|month| NAMES.get(month));
    let printed = warnings.words(term.first, term.last);
    warnings.add(WarningKind::NoSuchDay, term.first, term.last, || {
        let length = Calendar::Gregorian.days_in_month(year, month);
        let Some(name) = name else {
            // Figures in the order of a dateline: the day stands where the month belongs.
            let meant = if Day::of(Calendar::Gregorian, year, day, month).is_some() { format!("{year:04}-{day:02}-{month:02}") } else { format!("{year:04}") };
            return format!("a year has 12 months, so there is no month {month}; type the day that is meant: `{{printed: \"{printed}\", edtf: {meant}}}`");
        };
        let julian = Calendar::Julian.days_in_month(year, month) >= day && day > 0;
        let why = match (julian, day) {
            (true, _) => format!(
                "{year} is a leap year in the Julian calendar only, so there is no {day} {name} in the Gregorian; type \
                 `{{printed: \"{printed}\", calendar: julian}}` or, if it is a slip,"
            ),
            (false, 32..) => format!("no month has {day} days ({name} has {length}); type"),
            (false, _) => format!("{name} {year} has {length} days, so there is no {day} {name}; type"),
        };
        format!("{why} what is meant beside what is printed: `{{printed: \"{printed}\", edtf: {year:04}-{month:02}}}`")
    });
}

/// Old and New Style beside each other, in either order, if they are one day.
pub(super) fn dual(one: CalendarDay, second: Second) -> Option<Days> {
    let month = second.month.unwrap_or(one.month);
    let next = if month == 12 { 1 } else { month + 1 };
    let day = u8::try_from(second.day).ok()?;
    let years = [second.year.unwrap_or(one.year), one.year + 1, one.year - 1];
    let months: &[u8] = if second.month.is_some() { &[month] } else { &[month, next] };
    for (old, new) in [(Calendar::Julian, Calendar::Gregorian), (Calendar::Gregorian, Calendar::Julian)] {
        let Some(at) = Day::of(old, one.year, one.month, one.day) else { continue };
        for (year, month) in years.iter().flat_map(|year| months.iter().map(move |month| (*year, *month))) {
            if Day::of(new, year, month, day) == Some(at) && one != (CalendarDay { year, month, day }) {
                return Some(Days { rule: "dual-date", ..in_calendar(Calendar::Julian, Form::Day, at, at, "dual-date") });
            }
        }
    }
    None
}

/// Two days that are not one: a night, a correction, or a slip.
fn beside(term: &Term, one: CalendarDay, second: Second, context: &DateContext, warnings: &mut Warnings) -> Option<Days> {
    let other = CalendarDay {
        year: second.year.unwrap_or(one.year),
        month: second.month.unwrap_or(one.month),
        day: u8::try_from(second.day).ok()?,
    };
    match second.beside {
        Beside::Square => {
            warnings
                .add(WarningKind::Corrected, term.first, term.last, || format!("`{}` in brackets is taken for `{}`", other.day, one.day));
            one_day(term, other, context, warnings)
        }
        Beside::Round => {
            warnings.add(WarningKind::DualMismatch, term.first, term.last, || {
                format!("{one} Old Style is not {other} New Style; read as {other}")
            });
            let new_style = Term { style: Some(Calendar::Gregorian), ..*term };
            one_day(&new_style, other, context, warnings)
        }
        Beside::Slash => {
            let first = one_day(term, one, context, warnings)?;
            let last = one_day(term, other, context, warnings)?;
            if first.last.plus(1) != last.first {
                warnings.add(WarningKind::DualMismatch, term.first, term.last, || {
                    format!("{one} Old Style is not {other} New Style; read as from one to the other")
                });
            }
            (first.first <= last.last).then_some(Days { form: Form::Days, first: first.first, last: last.last, julian: None, rule: "days" })
        }
    }
}
