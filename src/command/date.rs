//! `ibid date`: shows an editor what a printed date is understood to mean, before it goes into a document.
//!
//! One date per argument, or per line of standard input. Reads nothing else, writes nothing but its answer.

use crate::model::date::{Bound, Calendar, Date, Day};
use crate::parse::date::{DateContext, DateReading, Language, read};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::io::{self, BufRead, Write};

/// What `ibid date` is asked.
#[derive(Debug, Clone, Args)]
#[command(
    about = "Say what a printed date means",
    after_help = "Examples:\n  ibid date \"November 7 (20), 1912\"\n  ibid date --lang de \"nach dem 10. und vor dem 18. April 1799\"\n  ibid date --calendar julian --switch 1918-02-14 \"25 октября 1917 г.\"\n  ibid date --format json < dates.txt"
)]
pub struct DateArgs {
    /// Dates as printed, or EDTF; lines of standard input if none is given
    pub texts: Vec<String>,
    /// Language of the text: en, de, fr, ru
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Calendar of dates that name none
    #[arg(long, value_enum, default_value_t = CalendarName::Gregorian)]
    pub calendar: CalendarName,
    /// First day of the Gregorian calendar there: dates printed before it are Julian
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub switch: Option<String>,
    /// Year of dates that print none
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i32>,
    /// How to answer
    #[arg(long, value_enum, default_value_t = DateFormat::Human)]
    pub format: DateFormat,
}

/// A calendar on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CalendarName {
    /// New Style.
    Gregorian,
    /// Old Style.
    Julian,
}

/// How the answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DateFormat {
    /// For people.
    Human,
    /// One JSON object a line.
    Json,
}

#[derive(Serialize)]
struct Line<'a> {
    printed: &'a str,
    edtf: Option<&'a str>,
    calendar: Option<Calendar>,
    earliest: Option<Bound>,
    latest: Option<Bound>,
    rule: &'static str,
    warnings: Vec<Note<'a>>,
}

#[derive(Serialize)]
struct Note<'a> {
    kind: &'static str,
    message: &'a str,
    text: &'a str,
}

/// Reads each date and says what it means. The exit status: 0, 1 if a date could not be read, 2 if an option could not.
///
/// # Errors
/// What reading the input or writing the output reports.
pub fn run(args: &DateArgs, input: &mut dyn BufRead, out: &mut dyn Write) -> io::Result<u8> {
    let context = match context(args) {
        Ok(context) => context,
        Err(problem) => {
            writeln!(out, "{problem}")?;
            return Ok(2);
        }
    };
    let mut unread = false;
    for text in &args.texts {
        unread |= !answer(text, &context, args.format, out)?;
    }
    if args.texts.is_empty() {
        let mut line = Vec::new();
        while input.read_until(b'\n', &mut line)? > 0 {
            // A line in another encoding is shown as far as it can be read; its date mostly can.
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_start_matches('\u{feff}').trim_end_matches(['\n', '\r']);
            if !text.trim().is_empty() {
                unread |= !answer(text, &context, args.format, out)?;
            }
            line.clear();
        }
    }
    Ok(u8::from(unread))
}

fn context(args: &DateArgs) -> Result<DateContext, String> {
    let day = |text: &String| crate::formats::edtf::read(text).ok().and_then(|edtf| edtf.earliest().day());
    let switch = match &args.switch {
        None => None,
        Some(text) => Some(day(text).ok_or(format!("error: `--switch {text}` is no day\nhelp: type it as `1918-02-14`"))?),
    };
    let language =
        match &args.lang {
            None => None,
            Some(tag) => Some(Language::of_tag(tag).ok_or(format!(
                "error: dates are not read in the language `{tag}`\nhelp: type `en`, `de`, `fr` or `ru`, or leave it out"
            ))?),
        };
    let calendar = match args.calendar {
        CalendarName::Gregorian => Calendar::Gregorian,
        CalendarName::Julian => Calendar::Julian,
    };
    Ok(DateContext { tag: args.lang.clone().unwrap_or_default(), language, calendar, switch, year_hint: args.year })
}

fn answer(text: &str, context: &DateContext, format: DateFormat, out: &mut dyn Write) -> io::Result<bool> {
    let reading = read(text, context);
    match format {
        DateFormat::Human => human(text, &reading, out)?,
        DateFormat::Json => json(text, &reading, out)?,
    }
    Ok(reading.is_read())
}

fn json(text: &str, reading: &DateReading, out: &mut dyn Write) -> io::Result<()> {
    let date = reading.date.as_ref();
    let slice = |span: crate::base::span::Span| text.get(span.range()).unwrap_or("");
    let warnings = reading.warnings.iter();
    let line = Line {
        printed: text,
        edtf: date.map(|date| date.edtf.as_str()),
        calendar: date.map(|date| date.calendar),
        earliest: date.map(|date| date.earliest),
        latest: date.map(|date| date.latest),
        rule: reading.rule,
        warnings: warnings
            .map(|warning| Note { kind: warning.kind.name(), message: &warning.message, text: slice(warning.span) })
            .collect(),
    };
    serde_json::to_writer(&mut *out, &line)?;
    writeln!(out)
}

fn human(text: &str, reading: &DateReading, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{text}")?;
    match &reading.date {
        Some(date) => meaning(date, out)?,
        None if reading.rule == "undated" => writeln!(out, "  undated")?,
        None => writeln!(out, "  not read")?,
    }
    writeln!(out, "  rule      {}", reading.rule)?;
    for (name, span) in [("place", reading.place), ("time", reading.time)] {
        if let Some(part) = span.and_then(|span| text.get(span.range())) {
            writeln!(out, "  {name:9} {part}")?;
        }
    }
    for warning in &reading.warnings {
        writeln!(out, "  warning   {} [{}]", warning.message, warning.kind.name())?;
    }
    Ok(())
}

fn meaning(date: &Date, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  edtf      {}", date.edtf)?;
    if let Some(old) = &date.old_style {
        writeln!(out, "  julian    {}", old.text)?;
    }
    writeln!(out, "  earliest  {}", end(date.earliest))?;
    writeln!(out, "  latest    {}", end(date.latest))
}

fn end(bound: Bound) -> String {
    match bound {
        Bound::On(day) => Day::to_string(&day),
        Bound::Open => "open".to_owned(),
        Bound::Unknown => "unknown".to_owned(),
    }
}
