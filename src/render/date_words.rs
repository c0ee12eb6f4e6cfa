//! Dates in words of the interface's language, and as machines read them.

use super::page_input::DateInput;
use crate::model::date::{Bound, Date, EdtfKind, Precision};
use crate::model::theme::Words;

/// A date for a page: one certain day, month or year in the interface's words, everything else as the source prints it.
#[must_use]
pub fn input(date: &Date, words: &Words) -> DateInput {
    DateInput { text: text(date, words), datetime: machine(date) }
}

/// "24 April 1922"; uncertain dates as printed.
#[must_use]
pub fn text(date: &Date, words: &Words) -> String {
    let plain =
        date.edtf.kind() == EdtfKind::Single && !date.edtf.is_uncertain() && !date.edtf.is_approximate() && date.old_style.is_none();
    let (Bound::On(first), true) = (date.earliest, plain) else { return date.printed.clone() };
    let (year, month, day) = (first.year().to_string(), month(words, first.month()), first.day_of_month().to_string());
    match date.edtf.precision() {
        _ if first.year() < 1 => date.printed.clone(),
        Precision::Day => words.fill("date_day", &[("day", &day), ("month", month), ("year", &year)]),
        Precision::Month => words.fill("date_month", &[("month", words.get(MONTHS[usize::from(first.month() - 1)])), ("year", &year)]),
        Precision::Year => year,
        _ => date.printed.clone(),
    }
}

/// The date with the editors' reason beside it.
#[must_use]
pub fn full(date: &Date, words: &Words) -> String {
    let reason = reason(date, words).map(|reason| format!(" ({reason})")).unwrap_or_default();
    format!("{}{reason}", text(date, words))
}

/// The date in words; its printed form beside it where that says more than the day.
#[must_use]
pub fn whole(date: &Date, words: &Words) -> String {
    let text = text(date, words);
    if text == date.printed || is_plain(date) { text } else { format!("{text}, {}", words.fill("as_printed", &[("words", &date.printed)])) }
}

/// Whether the printed form is only a day, month and year: one word and no other number. An hour, a weekday or a place is more.
#[must_use]
pub fn is_plain(date: &Date) -> bool {
    let Bound::On(day) = date.earliest else { return true };
    let numbers = [day.year().unsigned_abs(), u32::from(day.month()), u32::from(day.day_of_month())];
    let mut names = 0;
    date.printed.split(|letter: char| !letter.is_alphanumeric()).filter(|token| !token.is_empty()).all(|token| {
        let digits = token.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        match digits.parse::<u32>() {
            Ok(number) => numbers.contains(&number) && token.len() - digits.len() <= 4,
            Err(_) => {
                names += usize::from(token.chars().count() > 2);
                names <= 1
            }
        }
    })
}

/// Why the editors date it so and how sure they are, in their words; `None` when they say nothing.
#[must_use]
pub fn reason(date: &Date, words: &Words) -> Option<String> {
    let cert = date.cert.as_deref().map(|cert| certainty(cert, words));
    let said: Vec<String> = date.reason.clone().into_iter().chain(cert).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// `low`, `medium`, `high` in words; other words as typed.
#[must_use]
pub fn certainty(typed: &str, words: &Words) -> String {
    let key = format!("cert_{typed}");
    let known = words.get(&key);
    if known == key { typed.to_owned() } else { known.to_owned() }
}

/// "24 April 1922" from its parts; the year is in words already.
#[must_use]
pub fn day_month_year(words: &Words, day: u8, number: u8, year: &str) -> String {
    words.fill("date_day", &[("day", &day.to_string()), ("month", month(words, number)), ("year", year)])
}

/// "24 April"
#[must_use]
pub fn day_month(words: &Words, day: u8, number: u8) -> String {
    words.fill("date_day_month", &[("day", &day.to_string()), ("month", month(words, number))])
}

/// Keys of month names as they stand alone.
pub const MONTHS: [&str; 12] =
    ["month_1", "month_2", "month_3", "month_4", "month_5", "month_6", "month_7", "month_8", "month_9", "month_10", "month_11", "month_12"];

/// Keys of month names inside a date (the Russian genitive).
const MONTHS_IN_DATE: [&str; 12] = [
    "in_month_1",
    "in_month_2",
    "in_month_3",
    "in_month_4",
    "in_month_5",
    "in_month_6",
    "in_month_7",
    "in_month_8",
    "in_month_9",
    "in_month_10",
    "in_month_11",
    "in_month_12",
];

fn month(words: &Words, month: u8) -> &str {
    let at = usize::from(month.clamp(1, 12) - 1);
    let inside = words.get(MONTHS_IN_DATE[at]);
    if inside == MONTHS_IN_DATE[at] { words.get(MONTHS[at]) } else { inside }
}

/// What HTML's `datetime` can say: the day, month or year of the common era that holds all the days a date can mean.
#[must_use]
pub fn machine(date: &Date) -> Option<String> {
    let (Bound::On(first), Bound::On(last)) = (date.earliest, date.latest) else { return None };
    if !(1..=9999).contains(&first.year()) || first.year() != last.year() {
        return None;
    }
    Some(match (first == last, first.month() == last.month()) {
        (true, _) => format!("{:04}-{:02}-{:02}", first.year(), first.month(), first.day_of_month()),
        (false, true) => format!("{:04}-{:02}", first.year(), first.month()),
        (false, false) => format!("{:04}", first.year()),
    })
}

/// Life dates of a person or body: "1872–1936".
#[must_use]
pub fn life(born: Option<&Date>, died: Option<&Date>, words: &Words) -> String {
    match (born, died) {
        (None, None) => String::new(),
        (born, died) => {
            format!("{}–{}", born.map_or("?".into(), |date| text(date, words)), died.map_or(String::new(), |date| text(date, words)))
        }
    }
}
