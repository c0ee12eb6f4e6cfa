//! The days of the year: what was written on a day, through all years. Only documents dated to the day, in the New Style.

use super::sheets::{BYTES, ROWS, Spot};
use super::{Timeline, rows, year_name};
use crate::base::path::OutputPath;
use crate::model::date::{Calendar, Date};
use crate::model::theme::Words;
use crate::render::date_words::{self, MONTHS};
use crate::render::page_input::{CalendarDayInput, CalendarMonth, DaySection, LinkInput, ThisDayInput};
use crate::resolve::Site;
use crate::resolve::chronology::{Axis, Moment};
use crate::resolve::routes::{CHRONOLOGY, ON_THIS_DAY};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A day of any year: month and day of the month.
type MonthDay = (u8, u8);

/// Which days stand on which page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ThisDay {
    /// Rows of each day that has any, in the order of time.
    days: BTreeMap<MonthDay, Vec<Moment>>,
    /// How the days are divided.
    division: Division,
}

/// How the days are divided into pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Division {
    #[default]
    OnePage,
    Months,
    Days,
}

/// A page of days: a month, or one day of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayPage {
    month: u8,
    day: Option<u8>,
}

impl ThisDay {
    pub(super) fn lay(site: &Site, spots: &[Spot]) -> Self {
        let mut days: BTreeMap<MonthDay, Vec<Moment>> = BTreeMap::new();
        let mut months: BTreeMap<u8, (usize, usize)> = BTreeMap::new();
        let own = |moment: &Moment| moment.principal || moment.axis == Axis::Embedded;
        for (moment, spot) in site.chronology.moments.iter().zip(spots).filter(|(moment, _)| own(moment)) {
            let Some(day) = spot.one_day else { continue };
            days.entry((day.month(), day.day_of_month())).or_default().push(*moment);
            let month = months.entry(day.month()).or_default();
            *month = (month.0 + 1, month.1 + spot.weight);
        }
        let fits = |(rows, bytes): (usize, usize)| rows <= ROWS && bytes <= BYTES;
        let all = months.values().fold((0, 0), |sum, month| (sum.0 + month.0, sum.1 + month.1));
        // The calendar itself takes a sixth of the page.
        let division = if fits((all.0, all.1 + BYTES / 6)) {
            Division::OnePage
        } else if months.values().all(|month| fits(*month)) {
            Division::Months
        } else {
            Division::Days
        };
        Self { days, division }
    }

    /// Whether any document is dated to the day.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// The pages beside the calendar's own.
    #[must_use]
    pub fn pages(&self) -> Vec<(OutputPath, DayPage)> {
        let pages: BTreeSet<(u8, Option<u8>)> = match self.division {
            Division::OnePage => BTreeSet::new(),
            Division::Months => self.days.keys().map(|(month, _)| (*month, None)).collect(),
            Division::Days => self.days.keys().map(|(month, day)| (*month, Some(*day))).collect(),
        };
        pages.into_iter().map(|(month, day)| (self.path((month, day.unwrap_or(1))), DayPage { month, day })).collect()
    }

    fn path(&self, (month, day): MonthDay) -> OutputPath {
        OutputPath::new(match self.division {
            Division::OnePage => ON_THIS_DAY.to_owned(),
            Division::Months => format!("on-this-day/{month:02}.html"),
            Division::Days => format!("on-this-day/{month:02}-{day:02}.html"),
        })
    }
}

/// The page `on-this-day.html`: the calendar, and the days if they fit.
#[must_use]
pub fn calendar(timeline: &Timeline, site: &Site, words: &Words, page: &OutputPath) -> ThisDayInput {
    let own = &timeline.this_day;
    let language = &site.config.language;
    let day = |month: u8, day: u8| {
        let rows = own.days.get(&(month, day)).map_or(0, Vec::len);
        let (id, name) = (anchor((month, day)), date_words::day_month(words, day, month));
        let count = words.count(language, "documents_count", rows);
        match rows {
            0 => CalendarDayInput { day, id, href: String::new(), label: String::new() },
            _ => CalendarDayInput {
                day,
                href: page.link_to(&own.path((month, day)), Some(&id)).as_str().to_owned(),
                id: String::new(),
                label: format!("{name}, {count}"),
            },
        }
    };
    let months = (1..=12_u8).map(|month| CalendarMonth {
        name: words.get(MONTHS[usize::from(month - 1)]).to_owned(),
        // 1904 is a leap year: every day of any year is in it.
        days: (1..=Calendar::Gregorian.days_in_month(1904, month)).map(|number| day(month, number)).collect(),
    });
    let shown = |_: &MonthDay| own.division == Division::OnePage;
    ThisDayInput {
        summary: words.count(language, "documents_to_the_day", own.days.values().map(Vec::len).sum()),
        months: months.collect(),
        days: sections(timeline, site, words, page, shown),
        up: up(words, page, CHRONOLOGY, "chronology"),
    }
}

/// A page of some days.
#[must_use]
pub fn days(timeline: &Timeline, site: &Site, words: &Words, page: &OutputPath, of: DayPage) -> ThisDayInput {
    let days = sections(timeline, site, words, page, |(month, day)| *month == of.month && of.day.is_none_or(|own| own == *day));
    let count = days.iter().map(|day| day.rows.len()).sum();
    ThisDayInput {
        summary: words.count(&site.config.language, "documents_to_the_day", count),
        months: Vec::new(),
        days,
        up: up(words, page, ON_THIS_DAY, "on_this_day"),
    }
}

/// The title of a page of some days: "April", "24 April".
#[must_use]
pub fn title(words: &Words, page: DayPage) -> String {
    page.day.map_or_else(|| words.get(MONTHS[usize::from(page.month - 1)]).to_owned(), |day| date_words::day_month(words, day, page.month))
}

fn up(words: &Words, page: &OutputPath, path: &str, word: &str) -> LinkInput {
    LinkInput {
        href: page.link_to(&OutputPath::new(path), None).as_str().to_owned(),
        title: words.get(word).to_owned(),
        date: String::new(),
    }
}

fn anchor((month, day): MonthDay) -> String {
    format!("d{month:02}-{day:02}")
}

fn sections(timeline: &Timeline, site: &Site, words: &Words, page: &OutputPath, shown: impl Fn(&MonthDay) -> bool) -> Vec<DaySection> {
    let row = |moment: &Moment| {
        let mut row = rows::moment(&timeline.filters, site, words, page, moment);
        row.class.clear();
        if let Some(day) = moment.date(&site.documents).and_then(Date::placed) {
            row.day = year_name(day.year());
        }
        row
    };
    let section = |(at, moments): (&MonthDay, &Vec<Moment>)| DaySection {
        id: anchor(*at),
        name: date_words::day_month(words, at.1, at.0),
        rows: moments.iter().map(row).collect(),
    };
    timeline.this_day.days.iter().filter(|(at, _)| shown(at)).map(section).collect()
}
