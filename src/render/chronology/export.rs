//! The rows of the chronology for other programs: `chronology.json`, and `chronology.ics` (RFC 5545) for what is dated to the day.
//!
//! Addresses are relative to the site's top, or public where the edition has a public address. There is no clock: the calendar is stamped with
//! the date of the edition's version.

use super::rows::{axis_word, snippet};
use crate::base::path::OutputPath;
use crate::model::date::{Date, Day};
use crate::model::document::Party;
use crate::model::theme::Words;
use crate::render::facts::embedded_name;
use crate::render::mentions::place_name;
use crate::resolve::Site;
use crate::resolve::chronology::{Axis, Moment};
use serde::Serialize;

/// `chronology.json`
#[derive(Serialize)]
struct Export<'a> {
    /// Grows when a field changes its meaning.
    version: u32,
    edition: &'a str,
    url: Option<&'a str>,
    rows: Vec<RowExport<'a>>,
}

#[derive(Serialize)]
struct RowExport<'a> {
    document: &'a str,
    axis: Axis,
    principal: bool,
    kind: &'a str,
    title: String,
    url: String,
    authors: Vec<&'a str>,
    recipients: Vec<&'a str>,
    date: Option<&'a Date>,
    /// The day it stands at.
    placed: Option<Day>,
}

/// The rows as JSON, a row to a line, undated documents last.
#[must_use]
pub fn json(site: &Site, words: &Words) -> String {
    let top = OutputPath::new("chronology.json");
    let undated = site.chronology.undated.iter().copied().map(super::undated);
    let rows: Vec<RowExport<'_>> =
        site.chronology.moments.iter().copied().chain(undated).map(|moment| row(site, words, &top, &moment)).collect();
    let export = Export { version: 1, edition: &site.config.title, url: site.config.public_url.as_deref(), rows };
    let lines: Vec<String> = export.rows.iter().map(to_json).collect();
    format!(
        "{{\"version\":{},\"edition\":{},\"url\":{},\"rows\":[\n{}\n]}}\n",
        export.version,
        to_json(&export.edition),
        to_json(&export.url),
        lines.join(",\n")
    )
}

fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("plain data without maps is always JSON")
}

fn row<'a>(site: &'a Site, words: &Words, top: &OutputPath, moment: &Moment) -> RowExport<'a> {
    let summary = &site.documents[moment.document.at()];
    let front = &summary.front;
    let embedded = front.contains.get(moment.at as usize).filter(|_| moment.axis == Axis::Embedded);
    let names = |parties: &'a [Party]| -> Vec<&'a str> {
        parties.iter().filter_map(|party| party.entity.as_ref().map(|id| id.value.as_str()).or(party.printed.as_deref())).collect()
    };
    let (authors, recipients) = embedded.map_or((&front.author, &front.to), |embedded| (&embedded.author, &embedded.to));
    let kind = embedded.map_or_else(|| front.kind.as_ref().map(|kind| kind.value.as_str()), |embedded| embedded.kind.as_deref());
    let date = moment.date(&site.documents);
    RowExport {
        document: &front.id.value.0,
        axis: moment.axis,
        principal: moment.principal,
        kind: kind.unwrap_or("document"),
        title: title(site, words, moment),
        url: top.link_to(&site.routes.documents[moment.document.at()], anchor(site, words, moment).as_deref()).as_str().to_owned(),
        authors: names(authors),
        recipients: names(recipients),
        date,
        placed: date.and_then(Date::placed),
    }
}

fn anchor(site: &Site, words: &Words, moment: &Moment) -> Option<String> {
    let summary = &site.documents[moment.document.at()];
    match moment.axis {
        Axis::Embedded => summary.front.contains.get(moment.at as usize).map(|embedded| embedded.id.value.clone()),
        Axis::Mentioned => place_name(site, words, moment.document, summary.dates.get(&moment.at)?.place).1,
        _ => None,
    }
}

fn title(site: &Site, words: &Words, moment: &Moment) -> String {
    let summary = &site.documents[moment.document.at()];
    match moment.axis {
        Axis::Embedded => {
            summary.front.contains.get(moment.at as usize).map_or(String::new(), |embedded| embedded_name(site, words, embedded))
        }
        Axis::Mentioned => summary.dates.get(&moment.at).map_or(String::new(), snippet),
        _ => summary.front.title.value.clone(),
    }
}

/// The rows dated to one day from year 1 on, as all-day events.
#[must_use]
pub fn calendar(site: &Site, words: &Words) -> String {
    let top = OutputPath::new("chronology.ics");
    let stamp = site
        .config
        .version_date
        .as_ref()
        .and_then(Date::placed)
        .filter(|day| (1..=9999).contains(&day.year()))
        .map_or("19700101".to_owned(), compact);
    let mut lines = vec!["BEGIN:VCALENDAR".to_owned(), "VERSION:2.0".to_owned(), "PRODID:-//ibid//chronology//EN".to_owned()];
    lines.push(format!("X-WR-CALNAME:{}", text(&site.config.title)));
    for moment in &site.chronology.moments {
        let Some(day) = moment.date(&site.documents).filter(|date| date.is_one_day()).and_then(Date::placed) else { continue };
        if !(1..=9999).contains(&day.year()) {
            continue;
        }
        let row = row(site, words, &top, moment);
        let mut summary = row.title;
        if !matches!(moment.axis, Axis::Written | Axis::Embedded) {
            summary = format!("{summary} ({})", axis_word(words, moment.axis));
        }
        let suffix = if moment.principal { String::new() } else { format!(".{}.{}", moment.axis.name(), moment.at) };
        lines.push("BEGIN:VEVENT".to_owned());
        lines.push(format!("UID:{}{suffix}@{}", row.document, host(site)));
        lines.push(format!("DTSTAMP:{stamp}T000000Z"));
        lines.push(format!("DTSTART;VALUE=DATE:{}", compact(day)));
        lines.push(format!("SUMMARY:{}", text(&summary)));
        lines.push(format!("CATEGORIES:{}", text(row.kind)));
        if let Some(public) = &site.config.public_url {
            lines.push(format!("URL:{public}{}", row.url));
        }
        lines.push("TRANSP:TRANSPARENT".to_owned());
        lines.push("END:VEVENT".to_owned());
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn compact(day: Day) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day_of_month())
}

/// The part after `@` that makes ids unique in the world.
fn host(site: &Site) -> String {
    let public = site.config.public_url.as_deref().unwrap_or_default();
    let host = public.split("://").nth(1).unwrap_or_default().split('/').next().unwrap_or_default();
    if host.is_empty() { "ibid.invalid".to_owned() } else { host.to_owned() }
}

/// TEXT of RFC 5545, section 3.3.11.
fn text(plain: &str) -> String {
    let mut escaped = String::with_capacity(plain.len());
    for letter in plain.chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// A content line of at most 75 octets a line, never cut inside a letter (section 3.1).
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 8);
    let mut width = 0;
    for letter in line.chars() {
        if width + letter.len_utf8() > 75 {
            folded.push_str("\r\n ");
            width = 1;
        }
        width += letter.len_utf8();
        folded.push(letter);
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_by_octets_and_unfold_to_themselves() {
        for line in
            ["SUMMARY:short".to_owned(), format!("SUMMARY:{}", "a".repeat(200)), format!("SUMMARY:{}", "ж".repeat(90)), "x".repeat(75)]
        {
            let folded = folded(&line);
            assert!(folded.split("\r\n").all(|part| part.len() <= 75), "{folded}");
            assert_eq!(folded.replace("\r\n ", ""), format!("{line}\r\n"));
        }
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(text("To Stalin; for \\all\\, today\nnow"), "To Stalin\\; for \\\\all\\\\\\, today\\nnow");
    }
}
