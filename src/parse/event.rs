//! Dates and dated acts: a date as printed, `{printed, edtf, calendar, evidence, cert}`, or `{place, date, from/by}`.

use super::date::{self, DateReading, DateWarning, WarningKind};
use super::fields::{Fields, Reader, has_any};
use super::yaml::{Node, NodeKind, Style, quoted};
use crate::base::span::Span;
use crate::diag::Code;
use crate::model::date::{Calendar, Date};
use crate::model::document::Event;

const CALENDARS: [(Calendar, &str); 2] = [(Calendar::Julian, "julian"), (Calendar::Gregorian, "gregorian")];
const PARTS: [&str; 5] = ["printed", "edtf", "calendar", "evidence", "cert"];
const EVENT: [&str; 4] = ["place", "date", "from", "by"];

/// Words for a day that nobody knows.
const NOT_KNOWN: [&str; 12] =
    ["unknown", "not known", "n/a", "none", "?", "??", "unbekannt", "inconnu", "inconnue", "неизвестно", "неизвестен", "tbd"];

impl Reader<'_> {
    /// A field with a calendar.
    pub(super) fn calendar_of(&mut self, fields: &Fields, name: &str) -> Option<Calendar> {
        self.word_of(fields, name, &CALENDARS)
    }

    /// A field with a date or a dated act.
    pub(super) fn event_of(&mut self, fields: &Fields, name: &str) -> Option<Event> {
        fields.get(name).and_then(|node| self.event(node, name))
    }

    fn event(&mut self, node: &Node, name: &str) -> Option<Event> {
        if !has_any(node, &EVENT) {
            let date = self.date(node, name)?;
            return Some(Event { date: Some(date), span: node.span, place: None, by: Vec::new() });
        }
        // Date parts may stand beside the place, so that `{printed, edtf, place}` needs no second map.
        let known = [EVENT.as_slice(), PARTS.as_slice()].concat();
        let fields = self.fields(node, &format!("`{name}`"), &known)?;
        let (date, span) = match fields.get("date") {
            Some(date) => (self.date(date, "date"), date.span),
            None => (self.date_from(&fields, node.span), node.span),
        };
        let place = self.spanned_of(&fields, "place").filter(|words| !self.tagged_id(words, "place", false));
        let mut by = self.parties_of(&fields, "from");
        by.extend(self.parties_of(&fields, "by"));
        (date.is_some() || place.is_some() || !by.is_empty()).then_some(Event { date, span, place, by })
    }

    /// A field with a date.
    pub(super) fn date_of(&mut self, fields: &Fields, name: &str) -> Option<Date> {
        fields.get(name).and_then(|node| self.date(node, name))
    }

    /// A date as printed or in parts.
    pub(super) fn date(&mut self, node: &Node, name: &str) -> Option<Date> {
        if matches!(node.kind, NodeKind::Map(_)) {
            let fields = self.fields(node, &format!("the date `{name}`"), &PARTS)?;
            let date = self.date_from(&fields, node.span);
            if date.is_none() && !fields.has("printed") && !fields.has("edtf") {
                self.missing(&format!("the date `{name}`"), "printed", node.span);
            }
            return date;
        }
        if self.unbraced(node, name, &[EVENT.as_slice(), PARTS.as_slice()].concat()) {
            return None;
        }
        let words = self.spanned(node, name)?;
        let reading = date::read(&words.value, &self.dates);
        let direct = matches!(node.kind, NodeKind::Scalar { style: Style::Plain, .. }) && words.value.len() == words.span.range().len();
        let read = words.value.get(reading.span.range()).unwrap_or_default();
        let more = read.len() < words.value.trim().trim_end_matches(['.', ',', ';', ':']).len();
        let mut date = self.dated(reading, words.span, direct)?;
        if more {
            // A place, an hour or an address typed with the day is kept with it.
            date.printed = words.value;
        }
        Some(date)
    }

    fn date_from(&mut self, fields: &Fields, span: Span) -> Option<Date> {
        let printed = self.text_of(fields, "printed");
        let edtf = self.spanned_of(fields, "edtf");
        let calendar = self.calendar_of(fields, "calendar");
        let evidence = self.text_of(fields, "evidence");
        let cert = self.text_of(fields, "cert");
        if printed.is_none() && edtf.is_none() {
            return None;
        }
        let span = edtf.as_ref().map_or(span, |edtf| edtf.span);
        let edtf = edtf.map(|edtf| edtf.value);
        let reading = date::from_parts(printed.as_deref(), edtf.as_deref(), calendar, evidence, cert, &self.dates);
        match (&edtf, &reading.date) {
            (Some(edtf), None) => self.without_edtf(edtf, printed.as_deref(), &reading, span),
            _ => self.dated(reading, span, false),
        }
    }

    /// Reports an `edtf` that is none. What is printed dates the document until it is mended.
    fn without_edtf(&mut self, edtf: &str, printed: Option<&str>, reading: &DateReading, span: Span) -> Option<Date> {
        let sure = |words: &str| date::read(words, &self.dates).date;
        let of_print = printed.and_then(sure);
        let meant =
            of_print.as_ref().map(|date| date.edtf.as_str().to_owned()).or_else(|| sure(edtf).map(|date| date.edtf.as_str().to_owned()));
        let help = match meant {
            Some(meant) => format!("write `edtf: {meant}`, if that is meant"),
            None => "write year, month and day as `edtf: 1922-04-24`, or the year alone".to_owned(),
        };
        let message = reading.warnings.first().map_or_else(|| format!("`{edtf}` is not EDTF"), |warning| warning.message.clone());
        self.report(Code::BadDate, message, span).help.push(help);
        of_print
    }

    /// Takes over what the reader of dates found; `direct` says that its offsets are those of the file.
    pub(super) fn dated(&mut self, reading: DateReading, span: Span, direct: bool) -> Option<Date> {
        let (text, start) = (self.text, span.start as usize);
        let whole = text.get(span.range()).unwrap_or_default().trim_matches(['"', '\'']);
        let typed = match reading.date.as_ref() {
            // In braces the words are one of several fields.
            Some(date) if whole.starts_with('{') => &date.printed,
            _ => whole,
        };
        for warning in &reading.warnings {
            let place = if direct { warning.span.shifted(start) } else { span };
            let problem = self.report(Code::BadDate, warning.message.clone(), place);
            // Why there is no such day is said with what to type.
            if warning.kind != WarningKind::NoSuchDay {
                problem.help.push(what_to_type(warning, typed, reading.date.as_ref()));
            }
        }
        reading.date
    }
}

/// What to do about the doubt of a date, of which `typed` are the words.
fn what_to_type(warning: &DateWarning, typed: &str, date: Option<&Date>) -> String {
    if warning.kind == WarningKind::Unread && NOT_KNOWN.contains(&typed.to_lowercase().as_str()) {
        return "leave the line out until the day is known".to_owned();
    }
    let short = !typed.is_empty() && typed.chars().count() <= 60 && !typed.contains(['\n', '{']);
    let printed = if short { quoted(typed) } else { "\"…\"".to_owned() };
    let shown = format!("`ibid date {printed}` shows how a date is read");
    let Some(date) = date else { return format!("say what it means, as `{{printed: {printed}, edtf: 1922-04-24}}`; {shown}") };
    let meant = format!("`{{printed: {printed}, edtf: {}}}`", date.edtf.as_str());
    let slip =
        typed.get(warning.span.range()).zip(warning.message.split('`').nth(1)).filter(|_| warning.kind == WarningKind::Misspelt && short);
    match slip {
        Some((word, name)) => {
            let name = if word.starts_with(char::is_uppercase) { capital(name) } else { name.to_owned() };
            let range = warning.span.range();
            format!("write `{}{name}{}`; if the source prints it so, {meant}", &typed[..range.start], &typed[range.end..])
        }
        None => format!("if that is right, say so, as {meant}; {shown}"),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
