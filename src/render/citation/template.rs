//! Templates: what the processor makes of a thing of one shape, with holes where things of that shape differ.
//!
//! Ten thousand letters ask for few shapes: one author, a day, a title, an address. The processor formats each shape once, with marks in
//! place of the values; a value is put in afterwards, untouched. So a title stands in a citation exactly as it was typed, whatever a style
//! does to the case of titles. A shape whose marks do not come back whole is formatted anew for each thing.

use super::{Citations, Requests};
use crate::formats::csl::{self, Part, Run, Want};
use crate::formats::edtf;
use crate::model::citable::{CHANGED, Citable};
use crate::model::date::{Bound, Date, EdtfKind, Precision};
use crate::model::entry::Name;
use crate::model::locator::LocatorKind;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Answers of the processor by key. Plain data: it may be kept from one build to the next, since a key holds everything that was asked.
pub type Memo = BTreeMap<String, Template>;

/// What is asked of the processor.
#[derive(Clone, Debug)]
pub struct Request {
    /// Index of the style.
    pub style: usize,
    /// The thing and those it must be told apart from.
    pub items: Vec<Citable>,
    /// Which of them.
    pub which: usize,
    /// Cite or entry.
    pub want: Want,
    /// Kind of the place named, and whether it is several.
    pub place: Option<(LocatorKind, bool)>,
    /// How finely the date in the hole is stated.
    pub date: Option<Precision>,
    /// There is a hole for the day of the last change.
    pub changed: bool,
}

/// Runs with holes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// The runs; their texts are in `pieces`.
    pub runs: Vec<(Run, Vec<Piece>)>,
    /// All marks came back: things of this shape may share it.
    pub whole: bool,
}

/// A piece of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// As the style has it.
    Text(String),
    /// A value by its number.
    Value(u16),
    /// The first letter of a part of a given name.
    Initial(u16),
    /// The year of the date.
    Year,
    /// Its month in full or short; the short one without its stop.
    Month(MonthForm),
    /// Its day, of two figures where `true`.
    Day(bool),
    /// The pages or another place.
    Place,
    /// The mark of the note that cites a work first.
    FirstNote,
    /// The place of the work in the list of works.
    Number,
    /// A part of the day of the last change.
    Changed(Box<Piece>),
}

/// How a month is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say all")]
pub enum MonthForm {
    Long,
    Short,
    ShortWithoutStop,
    Number { padded: bool },
}

/// What stands where the marks are.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// Texts and family names.
    pub texts: Vec<String>,
    /// Parts of given names: first letter and the rest.
    pub given: Vec<(String, String)>,
}

/// A thing with marks in place of its values.
#[derive(Clone, Debug)]
pub struct Shape {
    /// The thing with marks.
    pub citable: Citable,
    /// The values, by the number of their marks.
    pub values: Values,
    /// How finely its date is stated.
    pub date: Option<Precision>,
    /// The day of its last change is known.
    pub changed: bool,
}

/// Capital letters that no text of an edition has, with their small ones: Deseret for texts, Old Hungarian for parts of given names.
const MARKS: [(u32, u32, u16); 2] = [(0x10400, 0x10428, 40), (0x10C80, 0x10CC0, 51)];
/// Number of the first mark of a given name.
const GIVEN: u16 = MARKS[0].2;

fn mark(alphabet: usize, number: usize) -> Option<(char, char)> {
    let (capital, small, count) = MARKS[alphabet];
    let at = u32::try_from(number).ok().filter(|at| *at < u32::from(count))?;
    Some((char::from_u32(capital + at)?, char::from_u32(small + at)?))
}

/// The number of a mark and whether it is the capital.
fn number_of(letter: char) -> Option<(u16, bool)> {
    let code = u32::from(letter);
    let mut before = 0;
    for (capital, small, count) in MARKS {
        for (first, is_capital) in [(capital, true), (small, false)] {
            if let Some(at) = code.checked_sub(first).and_then(|at| u16::try_from(at).ok()).filter(|at| *at < count) {
                return Some((before + at, is_capital));
            }
        }
        before += count;
    }
    None
}

impl Shape {
    /// The shape of a thing: `open` names the texts that differ from thing to thing. `None` when it has more values than there are marks.
    #[must_use]
    pub fn of(citable: &Citable, open: &[&str]) -> Option<Self> {
        let mut values = Values::default();
        let mut shaped = citable.clone();
        for (name, text) in &mut shaped.texts {
            if text.chars().any(|letter| number_of(letter).is_some()) {
                return None;
            }
            if open.contains(name) {
                *text = marked(text, &mut values)?;
            }
        }
        for name in shaped.names.values_mut().flatten() {
            *name = marked_name(name, &mut values)?;
        }
        let date = shaped.dates.remove("issued").map(|date| date.edtf.precision());
        // With the day of a version goes its number; a day that only this thing has is a hole.
        let changed = shaped.get("status").is_some() && shaped.dates.remove(CHANGED).is_some();
        Some(Self { citable: shaped, values, date, changed })
    }

    /// What two things of one shape have alike, as a key.
    #[must_use]
    pub fn key(&self) -> String {
        let changed = if self.changed { "\u{1e}changed" } else { "" };
        format!("{}{changed}", key_of(&self.citable, self.date))
    }
}

/// A thing as a key: everything that is said of it.
pub(super) fn key_of(citable: &Citable, date: Option<Precision>) -> String {
    let mut key = String::with_capacity(512);
    key.push_str(&citable.kind);
    let mut add = |parts: [&str; 4]| {
        key.push('\u{1e}');
        parts.iter().for_each(|part| key.push_str(part));
    };
    for (name, text) in &citable.texts {
        add([name, "=", text, ""]);
    }
    for (name, names) in &citable.names {
        for one in names {
            add([name, "=", &one.family, "\u{1d}"]);
            add([one.given.as_deref().unwrap_or("\u{1d}"), "", "", ""]);
        }
    }
    for (name, date) in &citable.dates {
        add([name, "=", date.edtf.as_str(), "\u{1d}"]);
        add([&date.printed, "", "", ""]);
    }
    key.push_str(&format!("\u{1e}{date:?}"));
    key
}

/// A mark for a text; what is not a letter or figure at its ends stays, since styles look at it.
fn marked(text: &str, values: &mut Values) -> Option<String> {
    let edge = |letter: char| !letter.is_alphanumeric();
    let inner = text.trim_matches(edge);
    if inner.is_empty() {
        return Some(text.to_owned());
    }
    let (capital, small) = mark(0, values.texts.len())?;
    let lead = text.len() - text.trim_start_matches(edge).len();
    values.texts.push(inner.to_owned());
    Some(format!("{}{capital}{small}{}", &text[..lead], &text[lead + inner.len()..]))
}

/// Marks for a name; each part of a given name has two, so that initials can be told from the whole.
fn marked_name(name: &Name, values: &mut Values) -> Option<Name> {
    if [Some(&name.family), name.given.as_ref()].into_iter().flatten().any(|text| text.chars().any(|letter| number_of(letter).is_some())) {
        return None;
    }
    let Some(given) = &name.given else { return Some(Name { family: marked(&name.family, values)?, given: None }) };
    // A family name that begins small has a particle, which styles move.
    let family = if name.family.starts_with(char::is_lowercase) { name.family.clone() } else { marked(&name.family, values)? };
    let mut shaped = String::new();
    for word in given.split_inclusive([' ', '-']) {
        let (word, end) = word.strip_suffix([' ', '-']).map_or((word, ""), |short| (short, &word[short.len()..]));
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if first.is_uppercase() => {
                let (capital, small) = mark(1, values.given.len())?;
                let rest = letters.as_str();
                let tail = rest.trim_end_matches('.');
                values.given.push((first.to_string(), tail.to_owned()));
                shaped.push(capital);
                if !tail.is_empty() {
                    shaped.push(small);
                }
                shaped.push_str(&rest[tail.len()..]);
            }
            _ => shaped.push_str(word),
        }
        shaped.push_str(end);
    }
    Some(Name { family, given: Some(shaped) })
}

/// Asks for what is not known yet, all at once, and forgets what nobody asks for any more.
pub(super) fn answer(citations: &Citations, requests: Requests) -> Memo {
    let mut memo = Memo::new();
    let mut open = Vec::new();
    for (key, request) in requests {
        match citations.memo.get().get(&key) {
            Some(known) => {
                memo.insert(key, known.clone());
            }
            None => open.push((key, request)),
        }
    }
    memo.par_extend(open.into_par_iter().map(|(key, request)| (key, make(citations, &request))));
    memo
}

/// Place names that come back in one piece whatever a style does to ranges: no two figures in the same column are alike.
const SEVERAL: &str = "1741-2852";
const ONE: &str = "1741";
/// Dates that differ in every figure, and of which one has a small month and day.
const DATES: [Figures; 2] = [("7853", "11", "27"), ("6942", "03", "07")];
/// The same for the day of the last change; no figure of one is that of the other.
const CHANGES: [Figures; 2] = [("8364", "10", "25"), ("9517", "04", "08")];

/// Year, month and day as figures.
type Figures = (&'static str, &'static str, &'static str);

fn day_of(typed: &str) -> Option<Date> {
    edtf::read(typed).ok().map(|value| Date::new(typed, value))
}

pub(super) fn make(citations: &Citations, request: &Request) -> Template {
    let style = &citations.styles[request.style];
    let place = request.place.map(|(kind, several)| (kind, if several { SEVERAL } else { ONE }));
    let ask = |at: usize| {
        let mut items = request.items.clone();
        let typed = |(year, month, day): Figures, precision| match precision {
            Precision::Day => format!("{year}-{month}-{day}"),
            Precision::Month => format!("{year}-{month}"),
            _ => year.to_owned(),
        };
        let item = &mut items[request.which];
        item.date("issued", request.date.and_then(|precision| day_of(&typed(DATES[at], precision))).as_ref());
        item.date(CHANGED, request.changed.then(|| day_of(&typed(CHANGES[at], Precision::Day))).flatten().as_ref());
        csl::format(style, &citations.language, &items, request.which, request.want, place)
    };
    let runs = ask(0);
    let other = if request.date.is_some() || request.changed { ask(1) } else { runs.clone() };
    let months = citations.months[request.style].as_deref();
    let mut template = Template { runs: Vec::with_capacity(runs.len()), whole: runs.len() == other.len() };
    for (at, run) in runs.into_iter().enumerate() {
        let again = other.get(at).map_or("", |run| run.text.as_str());
        let pieces = if run.part == Part::Number {
            Some(vec![Piece::Number])
        } else if run.text == again {
            pieces(&run.text, request.place.is_some() || request.items.iter().any(|item| item.get("page").is_some()))
        } else {
            let changed = || date_pieces(&run.text, again, CHANGES, months).map(|pieces| pieces.into_iter().map(of_change).collect());
            date_pieces(&run.text, again, DATES, months).or_else(changed).filter(|_| run.part == Part::Date)
        };
        template.whole &= pieces.is_some();
        let text = run.text.clone();
        template.runs.push((Run { text: String::new(), ..run }, pieces.unwrap_or_else(|| vec![Piece::Text(text)])));
    }
    template
}

/// Text with its marks as pieces; `None` when a mark did not come back whole.
fn pieces(text: &str, place: bool) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    let first_note = csl::FIRST_NOTE.to_string();
    while let Some(letter) = rest.chars().next() {
        let several = SEVERAL.replace('-', "–");
        let found = if let Some((number, capital)) = number_of(letter) {
            let after = rest[letter.len_utf8()..].chars().next().and_then(number_of);
            match (capital, after) {
                (true, Some((same, false))) if same == number => Some((Piece::Value(number), letter.len_utf8() * 2)),
                (true, _) if number >= GIVEN => Some((Piece::Initial(number), letter.len_utf8())),
                _ => return None,
            }
        } else if let Some(value) = [several.as_str(), SEVERAL, ONE].iter().find(|value| place && rest.starts_with(**value)) {
            Some((Piece::Place, value.len()))
        } else if rest.starts_with(&first_note) {
            Some((Piece::FirstNote, first_note.len()))
        } else {
            None
        };
        match found {
            Some((piece, length)) => {
                if !plain.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut plain)));
                }
                pieces.push(piece);
                rest = &rest[length..];
            }
            None => {
                plain.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    pieces.iter_mut().for_each(one_stop);
    Some(pieces)
}

/// A title that ends with a stop needs none of the style's. An ellipsis stays as it is.
fn one_stop(piece: &mut Piece) {
    if let Piece::Text(text) = piece
        && text.contains("..")
        && !text.contains("...")
    {
        *text = text.replace("..", ".");
    }
}

/// A date, formatted for two days, as pieces; `None` when it holds something that hangs on the day.
fn date_pieces(text: &str, other: &str, dates: [Figures; 2], months: Option<&[(String, String)]>) -> Option<Vec<Piece>> {
    let (one, two) = (read_date(text, dates[0], months?)?, read_date(other, dates[1], months?)?);
    if one.len() != two.len() {
        return None;
    }
    let alike = one.into_iter().zip(two).map(|pair| match pair {
        (Piece::Day(_), Piece::Day(padded)) => Some(Piece::Day(padded)),
        (Piece::Month(MonthForm::Number { .. }), Piece::Month(form @ MonthForm::Number { .. })) => Some(Piece::Month(form)),
        // A month that is short already is not told from a long one.
        (Piece::Month(form @ (MonthForm::Short | MonthForm::ShortWithoutStop)), Piece::Month(MonthForm::Long)) => Some(Piece::Month(form)),
        (a, b) => (a == b).then_some(a),
    });
    alike.collect()
}

/// The same piece, of the day of the last change.
fn of_change(piece: Piece) -> Piece {
    if piece.is_of_date() { Piece::Changed(Box::new(piece)) } else { piece }
}

fn read_date(text: &str, (year, month, day): Figures, months: &[(String, String)]) -> Option<Vec<Piece>> {
    let (long, short) = months.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    let bare = short.trim_end_matches('.');
    let (plain_day, plain_month) = (day.trim_start_matches('0'), month.trim_start_matches('0'));
    let words: [(&str, Piece); 8] = [
        (year, Piece::Year),
        (long, Piece::Month(MonthForm::Long)),
        (short, Piece::Month(MonthForm::Short)),
        (bare, Piece::Month(MonthForm::ShortWithoutStop)),
        (day, Piece::Day(true)),
        (plain_day, Piece::Day(false)),
        (month, Piece::Month(MonthForm::Number { padded: true })),
        (plain_month, Piece::Month(MonthForm::Number { padded: false })),
    ];
    let mut pieces: Vec<Piece> = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        match words.iter().find(|(word, _)| !word.is_empty() && rest.starts_with(word)) {
            Some((word, piece)) => {
                if !plain.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut plain)));
                }
                pieces.push(piece.clone());
                rest = &rest[word.len()..];
                // "27th": the ending hangs on the day.
                if matches!(piece, Piece::Day(_)) && rest.starts_with(char::is_alphabetic) {
                    return None;
                }
            }
            None => {
                plain.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    Some(pieces)
}

/// What fills the holes of a template.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filling<'a> {
    /// Values by number; none where a thing was formatted for itself.
    pub values: Option<&'a Values>,
    /// The date.
    pub date: Option<&'a Date>,
    /// The day of the last change.
    pub changed: Option<&'a Date>,
    /// Pages or another place, as printed.
    pub place: &'a str,
    /// The mark of the note that cites the work first.
    pub first_note: &'a str,
    /// The place of the work in the list of works.
    pub number: &'a str,
}

impl Template {
    /// The runs with their holes filled.
    #[must_use]
    pub fn fill(&self, filling: &Filling<'_>, months: Option<&[(String, String)]>) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::with_capacity(self.runs.len());
        for (run, pieces) in &self.runs {
            let mut text = String::new();
            match filling.date.filter(|date| !is_plain(date) && pieces.iter().any(Piece::is_of_date)) {
                Some(date) => text.push_str(&spoken(date, pieces)),
                None => pieces.iter().for_each(|piece| put(piece, filling, months, &mut text)),
            }
            // Where a part of a date is not said, the mark after it goes as well.
            let after_nothing = runs.last().is_some_and(|last| last.part == Part::Date && last.text.is_empty());
            if after_nothing && runs.iter().any(|run| !run.text.is_empty()) {
                text = text.trim_start_matches(['.', ',', ';', ':', ' ']).to_owned();
            }
            // "1917 г." ends with the stop that the style would put.
            if text.starts_with('.') && runs.last().is_some_and(|last| last.text.ends_with('.')) {
                text.remove(0);
            }
            let url = run.url.as_ref().map(|_| text.clone());
            runs.push(Run { text, url, ..run.clone() });
        }
        runs.retain(|run| !run.text.is_empty());
        runs
    }
}

impl Piece {
    /// Whether it is a part of the date in the hole.
    fn is_of_date(&self) -> bool {
        matches!(self, Self::Year | Self::Month(_) | Self::Day(_))
    }
}

fn put(piece: &Piece, filling: &Filling<'_>, months: Option<&[(String, String)]>, text: &mut String) {
    let day = filling.date.and_then(|date| date.earliest.day().or(date.latest.day()));
    match piece {
        Piece::Text(plain) => text.push_str(if text.ends_with('.') { plain.strip_prefix('.').unwrap_or(plain) } else { plain }),
        Piece::Value(number) | Piece::Initial(number) => {
            let Some(values) = filling.values else { return };
            match number.checked_sub(GIVEN) {
                None => text.push_str(values.texts.get(usize::from(*number)).map_or("", String::as_str)),
                Some(at) => {
                    let Some((first, rest)) = values.given.get(usize::from(at)) else { return };
                    text.push_str(first);
                    if matches!(piece, Piece::Value(_)) {
                        text.push_str(rest);
                    }
                }
            }
        }
        Piece::Year => text.push_str(&day.map_or(String::new(), |day| day.year().to_string())),
        Piece::Month(form) => {
            let Some(number) = day.map(|day| usize::from(day.month())) else { return };
            let names = months.and_then(|months| months.get(number - 1));
            match (form, names) {
                (MonthForm::Long, Some((long, _))) => text.push_str(long),
                (MonthForm::Short, Some((_, short))) => text.push_str(short),
                (MonthForm::ShortWithoutStop, Some((_, short))) => text.push_str(short.trim_end_matches('.')),
                (MonthForm::Number { padded: true }, _) => text.push_str(&format!("{number:02}")),
                _ => text.push_str(&number.to_string()),
            }
        }
        Piece::Day(padded) => {
            let number = day.map_or(0, |day| day.day_of_month());
            text.push_str(&if *padded { format!("{number:02}") } else { number.to_string() });
        }
        Piece::Changed(piece) => put(piece, &Filling { date: filling.changed, ..*filling }, months, text),
        Piece::Place => text.push_str(filling.place),
        Piece::FirstNote => text.push_str(filling.first_note),
        Piece::Number => text.push_str(filling.number),
    }
}

/// One certain day, month or year in the calendar of today: what a style can format.
#[must_use]
pub fn is_plain(date: &Date) -> bool {
    date.edtf.kind() == EdtfKind::Single
        && !date.edtf.is_uncertain()
        && !date.edtf.is_approximate()
        && date.old_style.is_none()
        && matches!(date.edtf.precision(), Precision::Day | Precision::Month | Precision::Year)
        && matches!(date.earliest, Bound::On(day) if (1000..=9999).contains(&day.year()))
}

/// A date that no style can format, as the source prints it. Where a style parts the year from the day, the year stands alone if it is one,
/// and the day brings the whole; otherwise the year brings the whole and the day nothing.
fn spoken(date: &Date, pieces: &[Piece]) -> String {
    let year = |bound: Bound| bound.day().map(|day| day.year());
    let one_year = year(date.earliest).filter(|first| Some(*first) == year(date.latest));
    let (has_year, has_day) = (pieces.contains(&Piece::Year), pieces.iter().any(|piece| matches!(piece, Piece::Month(_) | Piece::Day(_))));
    let doubt = if date.edtf.is_uncertain() { "?" } else { "" };
    match (has_year, has_day, one_year) {
        (true, false, Some(year)) => format!("{year}{doubt}"),
        (true, false, None) => match (year(date.earliest), year(date.latest)) {
            (Some(first), Some(last)) => format!("{first}–{last}{doubt}"),
            _ => date.printed.clone(),
        },
        (false, _, None) if year(date.earliest).is_none() || year(date.latest).is_none() => String::new(),
        _ => date.printed.clone(),
    }
}
