//! The reader of printed dates: what an edition prints above a letter, in English, German, French or Russian.
//!
//! Text → tokens (`token`, words in `lexicon`) → what is no date put aside (`aside`) → terms (`term`, by `grammar`) → missing parts
//! shared (`fill`) → days (`days`) → EDTF (`say`). One pass each, no regular expressions. A reading names the rule it
//! used. What cannot be read gives no date and a warning; a year is never guessed without one, and EDTF typed
//! as such is taken as it is.

mod aside;
mod calendars;
mod days;
mod fill;
mod grammar;
mod lexicon;
mod parts;
mod say;
mod term;
mod token;
mod unread;

use crate::base::span::Span;
use crate::formats::edtf;
use crate::model::date::{Calendar, CalendarDay, Certainty, Date, Day, EdtfKind, Evidence, Marks, Weekday};
pub use parts::{from_parts, read_day};
use serde::Serialize;
use term::Run;
use token::{Kind, Token};

/// A language dates are read in. Words of all four are known always; the language settles what differs between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
    /// French.
    French,
    /// Russian.
    Russian,
}

impl Language {
    /// From a BCP 47 tag: `en`, `de-CH`, `fr`, `ru`; other languages give none.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Language> {
        match tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase().as_str() {
            "en" => Some(Language::English),
            "de" => Some(Language::German),
            "fr" => Some(Language::French),
            "ru" => Some(Language::Russian),
            _ => None,
        }
    }
}

/// What is known about a date before it is read.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DateContext {
    /// Language of the text.
    pub language: Option<Language>,
    /// BCP 47 of the text, also of languages whose dates are not read; may be empty.
    pub tag: String,
    /// The calendar of a date that names none.
    pub calendar: Calendar,
    /// First day of the Gregorian calendar in that country: dates printed before it are Julian.
    pub switch: Option<Day>,
    /// The year of a date that prints none, or only its last digits.
    pub year_hint: Option<i32>,
}

impl DateContext {
    /// The calendar of a date printed so, if it names none.
    fn calendar_of(&self, year: i32, month: u8, day: u8) -> Calendar {
        match self.switch {
            None => self.calendar,
            Some(switch) if CalendarDay { year, month, day } < switch.on(Calendar::Gregorian) => {
                // Days between the last Julian and the first Gregorian day never were; `skips` reports them.
                Calendar::Julian
            }
            Some(_) => Calendar::Gregorian,
        }
    }

    /// The change of calendar left this day out.
    fn skips(&self, at: CalendarDay) -> bool {
        match self.switch {
            Some(switch) => at < switch.on(Calendar::Gregorian) && Day::julian(at.year, at.month, at.day).is_some_and(|day| day >= switch),
            None => self.calendar == Calendar::Gregorian && at.year == 1582 && at.month == 10 && (5..=14).contains(&at.day),
        }
    }

    fn is_french(&self) -> bool {
        self.language == Some(Language::French)
    }

    fn is_russian(&self) -> bool {
        self.language == Some(Language::Russian)
    }

    fn is_german(&self) -> bool {
        self.language == Some(Language::German)
    }
}

/// What a warning is about; the name of each is stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WarningKind {
    /// Nothing could be read as a date.
    Unread,
    /// A part of the text with figures or months in it was left out.
    ReadInPart,
    /// No year, and the context has none.
    NoYear,
    /// The year is from the context.
    YearFromContext,
    /// The year is from the note of receipt.
    YearFromReceipt,
    /// The year is from the year of a reign.
    YearFromReign,
    /// One year is printed for two dates in two years.
    YearShared,
    /// The year is apart from the rest of the date.
    YearApart,
    /// The century of the year is from the context.
    ShortYear,
    /// A year no source of ours can have.
    UnusualYear,
    /// The calendar has no such day or month.
    NoSuchDay,
    /// The day was left out when the calendar was changed.
    SkippedDay,
    /// The day of the week is another.
    Weekday,
    /// The two dates are not one day in two calendars.
    DualMismatch,
    /// Read as Old and New Style, but a range would be printed the same.
    RangeOrDual,
    /// The editors' bracket was taken for what is printed.
    Corrected,
    /// Day and month in figures, in either order.
    NumericOrder,
    /// A month named by its number, as Friends did.
    CountedMonth,
    /// A month one letter off.
    Misspelt,
    /// A date of another calendar is printed.
    OtherCalendar,
    /// From later to earlier.
    RunsBackwards,
}

impl WarningKind {
    /// The stable name: `no-year`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            WarningKind::Unread => "unread",
            WarningKind::ReadInPart => "read-in-part",
            WarningKind::NoYear => "no-year",
            WarningKind::YearFromContext => "year-from-context",
            WarningKind::YearFromReceipt => "year-from-receipt",
            WarningKind::YearFromReign => "year-from-reign",
            WarningKind::YearShared => "year-shared",
            WarningKind::YearApart => "year-apart",
            WarningKind::ShortYear => "short-year",
            WarningKind::UnusualYear => "unusual-year",
            WarningKind::NoSuchDay => "no-such-day",
            WarningKind::SkippedDay => "skipped-day",
            WarningKind::Weekday => "weekday",
            WarningKind::DualMismatch => "dual-mismatch",
            WarningKind::RangeOrDual => "range-or-dual",
            WarningKind::Corrected => "corrected",
            WarningKind::NumericOrder => "numeric-order",
            WarningKind::CountedMonth => "counted-month",
            WarningKind::Misspelt => "misspelt",
            WarningKind::OtherCalendar => "other-calendar",
            WarningKind::RunsBackwards => "runs-backwards",
        }
    }
}

/// Something the editor should know about a reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateWarning {
    /// What it is about.
    pub kind: WarningKind,
    /// The fact, in words.
    pub message: String,
    /// Bytes of the text that was read.
    pub span: Span,
}

/// A printed date, read.
#[derive(Debug, Clone, Serialize)]
pub struct DateReading {
    /// The date; `None` if it is undated or could not be read (then there is a warning).
    pub date: Option<Date>,
    /// The stable name of the rule: `day`, `dual-date`, `before`, `undated`, `unread`…
    pub rule: &'static str,
    /// Bytes of the date in the text; empty if there is none.
    pub span: Span,
    /// Bytes of the place before it.
    pub place: Option<Span>,
    /// Bytes of the time of day.
    pub time: Option<Span>,
    /// What the editor should know, in the order of the text.
    pub warnings: Vec<DateWarning>,
}

impl DateReading {
    /// It was read, or says that it is undated.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.date.is_some() || self.rule == "undated"
    }
}

/// The warnings of one reading; spans are given by tokens.
struct Warnings<'a> {
    text: &'a str,
    tokens: &'a [Token],
    list: Vec<DateWarning>,
}

impl Warnings<'_> {
    /// Adds a warning about the tokens `first..last`, each kind once at a place.
    fn add(&mut self, kind: WarningKind, first: usize, last: usize, message: impl FnOnce() -> String) {
        let start = self.tokens.get(first).map_or(0, |token| token.start);
        let end = last.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(start, |token| token.end);
        let span = Span::new(start, closed(self.text, start, end));
        if !self.list.iter().any(|warning| warning.kind == kind && warning.span == span) {
            self.list.push(DateWarning { kind, message: message(), span });
        }
    }

    /// The text of the tokens `first..last`.
    fn words(&self, first: usize, last: usize) -> String {
        let start = self.tokens.get(first).map_or(0, |token| token.start);
        let end = last.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(start, |token| token.end);
        self.text.get(start..closed(self.text, start, end)).unwrap_or_default().to_owned()
    }
}

/// Where a part of the text ends with the brackets that close in it and at its end.
fn closed(text: &str, start: usize, end: usize) -> usize {
    let open = |end: usize| {
        let count = |signs: &[char]| text[start..end].matches(signs).count();
        count(&['[', '(', '<', '〈', '⟨']) > count(&[']', ')', '>', '〉', '⟩'])
    };
    let mut last = end;
    let mut at = end;
    for char in text[end..].chars() {
        let closes = matches!(char, ']' | ')' | '>' | '〉' | '⟩');
        if !open(last) || !(closes || matches!(char, '.' | '?' | '!' | ' ' | '\u{a0}')) {
            break;
        }
        at += char.len_utf8();
        last = if closes { at } else { last };
    }
    last
}

/// Reads a printed date. Never fails: what cannot be read is a reading without a date and with a warning.
#[must_use]
pub fn read(text: &str, context: &DateContext) -> DateReading {
    if let Some(reading) = read_edtf(text) {
        return reading;
    }
    let tokens = token::tokens(text);
    let aside = aside::put_aside(text, &tokens, context);
    let mut warnings = Warnings { text, tokens: &aside.tokens, list: Vec::new() };
    let mut context = context.clone();
    let hinted = context.year_hint.is_some();
    let mut run = best_run(&aside.tokens);
    // "15 Ramadan 1334": a numeral beside a foreign month is no year of ours.
    if aside.other_calendar && run.terms.iter().all(|(_, term)| term.month.is_none()) {
        run.terms.clear();
    }
    weekday_and_feast(text, &aside, &mut run);
    lone_year(&aside.tokens, &mut run, &mut warnings);
    if let (Some(year), true) = (aside.received_year, run.terms.iter().all(|(_, term)| term.year.is_none())) {
        let later = run.terms.last().is_some_and(|(_, term)| term.month > aside.received_month);
        context.year_hint = Some(year - i32::from(later));
    }
    name_guesses(&aside, &run, &mut warnings);
    if let Some(reign) = aside.reign {
        year_of_reign(&reign, &mut run, &mut warnings);
    }
    let undated = run.terms.is_empty() && (run.undated || without_date(&aside.tokens));
    let bounds = (run.terms.first().map_or(0, |(_, term)| term.first), run.terms.last().map_or(0, |(_, term)| term.last));
    let mut said = say::say(&mut run, &context, &mut warnings);
    if !hinted && aside.received_year.is_some() {
        warnings.list.iter_mut().filter(|warning| warning.kind == WarningKind::YearFromContext).for_each(|warning| {
            warning.kind = WarningKind::YearFromReceipt;
            warning.message = warning.message.replace("the context", "the note of receipt");
        });
    }
    if let Some(said) = said.as_mut() {
        if aside.night_before {
            said.began_the_day_before();
        }
        aside.week.into_iter().for_each(|days| said.lasts(days));
    }
    check_weekday(&aside, said.as_ref(), &mut warnings);
    let dayless = run.terms.iter().all(|(_, term)| term.day.is_none() && term.feast.is_none());
    unread::left_over(&aside, bounds, dayless, &mut warnings);
    unread::day_unread(&aside, &run, &mut warnings);
    let span = span_of(text, &aside.tokens, bounds);
    let date = said.as_mut().and_then(|said| date_of(&text[span.range()], said, &aside.tokens, bounds));
    if date.is_none() && !undated {
        unread::unread(text, &aside, &mut warnings);
    }
    let rule = match (&date, &said) {
        (Some(_), Some(said)) => said.rule,
        _ if undated => "undated",
        _ => "unread",
    };
    let place = if aside.other_calendar { None } else { place_of(text, &aside.tokens, bounds, span, rule) };
    let mut warnings = warnings.list;
    warnings.sort_by_key(|warning| (warning.span, warning.kind));
    let span = if date.is_some() { span } else { Span::default() };
    DateReading { date, rule, span, place, time: aside.time, warnings }
}

/// Says what was taken for a month or a figure that is not quite one.
fn name_guesses(aside: &aside::Aside, run: &Run, warnings: &mut Warnings) {
    for (token, month, name) in &aside.misspelt {
        warnings.add(WarningKind::Misspelt, *token, *token + 1, || format!("read as month {month} (`{name}`)"));
    }
    let counted_month = aside.counted_month.filter(|(span, ..)| {
        aside.tokens.iter().enumerate().any(|(at, token)| {
            token.start == span.start as usize && run.terms.iter().any(|(_, term)| (term.first..term.last).contains(&at))
        })
    });
    if let Some((span, month, from_march)) = counted_month {
        let message = if from_march {
            format!("a month is named by its number, and until 1751 the first was March; read as month {month} of ours")
        } else {
            format!("a month is named by its number; read as month {month}")
        };
        warnings.list.push(DateWarning { kind: WarningKind::CountedMonth, message, span });
    }
    for (at, token) in aside.tokens.iter().enumerate() {
        if let Kind::Number(number) = token.kind
            && number.garbled
        {
            warnings.add(WarningKind::Misspelt, at, at + 1, || format!("read as {}", number.value));
        }
    }
}

/// Text that is EDTF is EDTF: `1922-04-24`, `[1667,1668]`, `1868~`.
fn read_edtf(text: &str) -> Option<DateReading> {
    let trimmed = text.trim();
    let first = trimmed.as_bytes().first()?;
    if !matches!(first, b'0'..=b'9' | b'[' | b'{' | b'-' | b'Y' | b'X' | b'.' | b'?' | b'~' | b'%' | b'/') || !trimmed.is_ascii() {
        return None;
    }
    let value = edtf::read(trimmed).ok()?;
    // `[1849]` is a year supplied by the editors before it is a set of one.
    if matches!(value.kind(), EdtfKind::OneOf | EdtfKind::AllOf) && !trimmed.contains([',', '.']) {
        return None;
    }
    let rule = if trimmed.len() == 4 && trimmed.bytes().all(|byte| byte.is_ascii_digit()) { "year" } else { "edtf" };
    let start = text.len() - text.trim_start().len();
    let span = Span::new(start, start + trimmed.len());
    Some(DateReading { date: Some(Date::new(trimmed, value)), rule, span, place: None, time: None, warnings: Vec::new() })
}

/// Of the runs between foreign words the one that says most: a whole date before a part, the first before later ones.
fn best_run(tokens: &[Token]) -> Run {
    let mut best = Run::default();
    let mut best_score = 0;
    let mut undated = false;
    let mut start = 0;
    while start < tokens.len() {
        let length = tokens[start..].iter().position(|token| token.kind == Kind::Other).unwrap_or(tokens.len() - start);
        if length > 0 {
            let run = term::run(&tokens[start..start + length], start);
            undated |= run.undated;
            let score = run.terms.iter().map(|(_, term)| score(term)).max().unwrap_or(0);
            if score > best_score {
                best_score = score;
                best = run;
            }
        }
        start += length + 1;
    }
    // One numeral or "early" alone is no date.
    if best_score < 2 {
        best.terms.clear();
    }
    best.undated = undated;
    best
}

fn score(term: &term::Term) -> u32 {
    let year = term.year.map_or(0, |year| if year.short { 3 } else { 6 });
    // A day and its month are worth more than a year alone, which may stand apart from them. The day itself decides nothing: of a month
    // and a later day, the month is what the document is dated by ("written in August 1917, published on 5 September").
    let month = if term.month.is_some() || term.feast.is_some() || term.season.is_some() { 6 } else { 0 };
    year + month + u32::from(term.day.is_some() && term.year.is_none())
}

/// "Mittwoch vor Pfingsten 1530" is one day, not all the time before.
fn weekday_and_feast(text: &str, aside: &aside::Aside, run: &mut Run) {
    let ([(_, term)], Some((weekday, span))) = (run.terms.as_mut_slice(), aside.weekday) else { return };
    let next = aside.tokens.get(term.first..term.last).unwrap_or_default().iter().find(|token| token.start >= span.end as usize);
    let adjoins = next.is_some_and(|next| says_side(next) && text[span.end as usize..next.start].trim().is_empty());
    if let (Some(limit), Some(_), true) = (term.limit, term.feast, adjoins) {
        term.beside_feast = Some((weekday, limit.is_lower()));
        term.limit = None;
    }
    // "Monday in Easter week"
    if let Some(lexicon::Feast::Easter(offset, length @ 2..)) = term.feast.filter(|_| term.limit.is_none()) {
        // Easter is a Sunday, the last of the seven.
        let day = (0..i8::try_from(length).unwrap_or(0))
            .map(|later| offset + later)
            .find(|day| (day + 6).rem_euclid(7) == i8::try_from(weekday).unwrap_or(0));
        term.feast = day.map(|day| lexicon::Feast::Easter(day, 1)).or(term.feast);
    }
}

fn says_side(token: &Token) -> bool {
    use lexicon::Sense::{After, AfterCounted, Before, BeforeCounted};
    matches!(token.kind, Kind::Word(Before | After | BeforeCounted | AfterCounted))
}

/// "26 February, Manchester 1851": a year that stands by itself completes a date without one.
fn lone_year(tokens: &[Token], run: &mut Run, warnings: &mut Warnings) {
    if run.terms.is_empty() || run.terms.iter().any(|(_, term)| term.year.is_some()) {
        return;
    }
    let last = run.terms.last().map_or(0, |(_, term)| term.last);
    let first = run.terms.first().map_or(0, |(_, term)| term.first);
    let year = |(at, token): (usize, &Token)| match token.kind {
        Kind::Number(number) if number.digits == 4 && (1000..=2100).contains(&number.value) => Some((at, number.value)),
        _ => None,
    };
    let found = tokens.iter().enumerate().skip(last).find_map(year).or_else(|| tokens.iter().enumerate().take(first).find_map(year));
    if let (Some((at, value)), Some((_, term))) = (found, run.terms.last_mut()) {
        let value = i32::try_from(value).unwrap_or(0);
        term.year = Some(term::Year { value, short: false, open: 0, second: None, corrected: None });
        warnings.add(WarningKind::YearApart, at, at + 1, || format!("the year {value} stands apart from day and month"));
    }
}

/// "2d April, 5 Geo. III": the year in which that day lies.
fn year_of_reign(reign: &aside::ReignYear, run: &mut Run, warnings: &mut Warnings) {
    let none = run.terms.iter().all(|(_, term)| term.year.is_none());
    let Some((_, term)) = run.terms.iter_mut().find(|(_, term)| term.month.is_some()).filter(|_| none) else { return };
    let value = reign.year_of(term.month.unwrap_or(1), term.day.and_then(|day| u8::try_from(day).ok()).unwrap_or(1));
    term.year = Some(term::Year { value, short: false, open: 0, second: None, corrected: None });
    let message = format!("no year is printed; by the year of the reign it is {value}");
    warnings.list.push(DateWarning { kind: WarningKind::YearFromReign, message, span: reign.span });
}

/// The bytes of the date with the brackets and question marks around it.
fn span_of(text: &str, tokens: &[Token], (first, last): (usize, usize)) -> Span {
    let Some(end) = last.checked_sub(1).and_then(|at| tokens.get(at)) else { return Span::default() };
    let start = tokens.get(first).map_or(0, |token| token.start);
    let before = text[..start].trim_end_matches(['[', '(', '〈', '⟨', '<', '\'', '’']).len();
    let after = &text[end.end..];
    // "1917 г.": the stop is of the abbreviation.
    let stop = usize::from(end.dot && matches!(end.kind, Kind::Word(_)) && after.starts_with('.'));
    let rest = &after[stop..];
    let closing = stop + rest.len() - rest.trim_start_matches(['?', ')', ']', '〉', '⟩', '>']).len();
    let query =
        ["(?)", " (?)", "\u{a0}(?)", "[?]", " [?]"].iter().find(|mark| after[closing..].starts_with(**mark)).map_or(0, |mark| mark.len());
    let closing = if closing == 0 && after.starts_with(" ?)") { 3 } else { closing };
    let unopened =
        text[before..end.end + closing].matches(['[', '(']).count() < text[before..end.end + closing].matches([']', ')']).count();
    let closing = if unopened && query == 0 { stop } else { closing };
    balanced(text, before, end.end + closing + query)
}

/// Takes in the bracket that closes soon behind the date ("[26 February 1851, evening]"), or leaves out the one that does not.
fn balanced(text: &str, start: usize, end: usize) -> Span {
    const SOON: usize = 24;
    let closed = closed(text, start, end);
    let open = |end: usize| text[start..end].matches(['[', '(']).count() > text[start..end].matches([']', ')']).count();
    if !open(closed) {
        return Span::new(start, closed);
    }
    let behind = text[end..].find([']', ')', '[', '(']).filter(|gap| *gap <= SOON && text[end + gap..].starts_with([']', ')']));
    match behind {
        Some(gap) if !text[end..end + gap].contains(|char: char| char.is_ascii_digit()) => Span::new(start, end + gap + 1),
        _ => Span::new(start + usize::from(text[start..].starts_with(['[', '('])), end),
    }
}

/// "ohne Ort und Datum", "sans lieu ni date": a few words may stand between.
fn without_date(tokens: &[Token]) -> bool {
    let word = |token: &Token, sense: lexicon::Sense| token.kind == Kind::Word(sense);
    let without = tokens.iter().position(|token| word(token, lexicon::Sense::Without));
    without.is_some_and(|at| tokens[at..].iter().take(5).any(|token| word(token, lexicon::Sense::DateWord)))
}

fn date_of(printed: &str, said: &mut say::Said, tokens: &[Token], (first, last): (usize, usize)) -> Option<Date> {
    let value = edtf::read(&said.edtf).ok()?;
    let mut date = Date::new(printed, value);
    let says = |token: &&Token| matches!(token.kind, Kind::Number(_) | Kind::Roman(_) | Kind::Word(lexicon::Sense::Month(_)));
    let parts = || tokens.get(first..last).unwrap_or_default().iter().filter(says);
    date.evidence = match (parts().any(|token| token.square), parts().all(|token| token.square)) {
        (true, true) => Evidence::Supplied,
        (true, false) => Evidence::Partly,
        (false, _) => Evidence::Stated,
    };
    let marks = Marks {
        uncertain: said.marks.uncertain || date.edtf.is_uncertain(),
        approximate: said.marks.approximate || date.edtf.is_approximate(),
    };
    date.certainty = Certainty::of_marks(marks);
    date.old_style = said.old_style.take();
    date.calendar = if date.old_style.is_some() { Calendar::Julian } else { Calendar::Gregorian };
    Some(date)
}

fn check_weekday(aside: &aside::Aside, said: Option<&say::Said>, warnings: &mut Warnings) {
    let (Some((printed, span)), Some(said)) = (&aside.weekday, said) else { return };
    let Some(day) = said.one_day.filter(|_| !said.marks.approximate) else { return };
    let weekday = Weekday::ALL[usize::from(*printed) % 7];
    if day.weekday() == weekday {
        return;
    }
    let at = day.on(Calendar::Gregorian);
    let julian = Day::julian(at.year, at.month, at.day).filter(|other| said.old_style.is_none() && other.weekday() == weekday);
    let hint = julian.map_or(String::new(), |_| "; in the Julian calendar it was".to_owned());
    let message = format!("{day} was a {}, not a {}{hint}", day.weekday().name(), weekday.name());
    warnings.list.push(DateWarning { kind: WarningKind::Weekday, message, span: *span });
}

/// The text before the date, without the signs and small words between.
fn place_of(text: &str, tokens: &[Token], (first, last): (usize, usize), span: Span, rule: &str) -> Option<Span> {
    let before = if first < last { tokens.get(..first)? } else { tokens.get(..0)? };
    let named = before.iter().rposition(|token| token.kind == Kind::Other)?;
    if rule == "unread" {
        return None;
    }
    let end = tokens.get(named)?.end.min(span.start as usize);
    let start = before.iter().find(|token| token.kind != Kind::Comma)?.start;
    let end = if start < end { closed(text, start, end) } else { end };
    Some(Span::new(start, end)).filter(|span| span.start < span.end)
}
