//! Dates that an editor gives in parts: `{printed, edtf, calendar, evidence, cert}`. What is typed wins over what would be read.

use super::{DateContext, DateReading, DateWarning, WarningKind, read};
use crate::base::span::Span;
use crate::formats::edtf;
use crate::model::date::{Calendar, Certainty, Date, Day, Evidence};

/// A date from its parts. With `edtf` the meaning is given, and `printed` is kept as it is; without, `printed` is read.
/// `evidence` other than `stated` says that the editors supplied the date; `cert` is `low`, `medium` or `high`.
#[must_use]
pub fn from_parts(
    printed: Option<&str>,
    edtf: Option<&str>,
    calendar: Option<Calendar>,
    evidence: Option<String>,
    cert: Option<String>,
    context: &DateContext,
) -> DateReading {
    let context = DateContext { calendar: calendar.unwrap_or(context.calendar), ..context.clone() };
    let mut reading = match edtf.map(edtf::read) {
        None => read(printed.unwrap_or_default(), &context),
        Some(Ok(value)) => {
            let typed = edtf.unwrap_or_default();
            let words = printed.unwrap_or(typed);
            let as_printed = printed.map(|printed| read(printed, &context)).and_then(|reading| reading.date);
            let mut date = Date::new(words, value);
            let old = |read: &&Date| calendar == Some(Calendar::Julian) && read.old_style.as_ref().is_some_and(|old| old.text == typed);
            if let Some(read) = as_printed.as_ref().filter(old) {
                // Both days are printed, and the typed one is said to be the Julian one.
                date = Date { printed: words.to_owned(), ..read.clone() };
            }
            // The Old Style form is in the words; the meaning is what was typed.
            if let Some(read) = as_printed.filter(|read| (read.earliest, read.latest) == (date.earliest, date.latest)) {
                (date.calendar, date.old_style, date.evidence) = (read.calendar, read.old_style, read.evidence);
            }
            DateReading { date: Some(date), rule: "given", span: Span::new(0, words.len()), place: None, time: None, warnings: Vec::new() }
        }
        Some(Err(error)) => DateReading {
            date: None,
            rule: "unread",
            span: Span::default(),
            place: None,
            time: None,
            warnings: vec![DateWarning {
                kind: WarningKind::Unread,
                message: not_edtf(edtf.unwrap_or_default(), error.message),
                span: Span::new(error.offset, edtf.unwrap_or_default().len()),
            }],
        },
    };
    if let Some(date) = &mut reading.date {
        match evidence.as_deref() {
            None | Some("stated") => {}
            Some("partly") => date.evidence = Evidence::Partly,
            Some(_) if date.evidence == Evidence::Stated => date.evidence = Evidence::Supplied,
            Some(_) => {}
        }
        if cert.as_deref().is_some_and(|cert| cert != "high") && date.certainty == Certainty::Certain {
            date.certainty = Certainty::Uncertain;
        }
        date.reason = evidence.filter(|evidence| !matches!(evidence.as_str(), "stated" | "partly" | "supplied"));
        date.cert = cert;
    }
    reading
}

fn not_edtf(typed: &str, why: &str) -> String {
    let plain = typed.replace(['–', '—', '−', '‐', '‑'], "-");
    match plain == typed {
        true => format!("`{typed}` is not EDTF: {why}"),
        false => format!("`{typed}` has dashes of print, as word processors make them: type hyphens, `{plain}`"),
    }
}

/// A day typed as `1918-02-14`, Gregorian.
#[must_use]
pub fn read_day(text: &str) -> Option<Day> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Day::gregorian(year, month, day)
}
