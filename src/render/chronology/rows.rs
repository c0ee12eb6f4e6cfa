//! One row: when, what, and why it stands where it stands.

use super::filters::Filters;
use super::kind;
use crate::base::path::OutputPath;
use crate::base::text::{head, tail};
use crate::model::annotation::Annotation;
use crate::model::date::{Calendar, CalendarDay, Certainty, Date, Evidence, Precision};
use crate::model::theme::Words;
use crate::render::date_words;
use crate::render::facts::{embedded_name, kind_word, noun_inside};
use crate::render::mentions::place_name;
use crate::render::page_input::Row;
use crate::resolve::chronology::{Axis, Moment};
use crate::resolve::order::principal_date;
use crate::resolve::{DocumentIndex, Site};

/// Characters of the text shown before and after a dated thing that is mentioned.
const BEFORE: usize = 36;
const AFTER: usize = 64;

/// A document by its principal date, without classes.
pub(super) fn document(site: &Site, words: &Words, page: &OutputPath, index: DocumentIndex) -> Row {
    let summary = &site.documents[index.at()];
    let date = principal_date(summary);
    let axis = Moment::of_document(&site.documents, index).axis;
    let mut row = dated(date, words);
    row.title = title(site, index);
    row.href = page.link_to(&site.routes.documents[index.at()], None).as_str().to_owned();
    row.kind = noun_inside(site, &kind_word(site, words, kind(summary)));
    // A document that is dated by another act than writing says so.
    if axis != Axis::Written {
        row.kind = format!("{}, {}", row.kind, axis_word(words, axis));
    }
    row
}

/// Any row of the chronology.
pub(super) fn moment(filters: &Filters, site: &Site, words: &Words, page: &OutputPath, moment: &Moment) -> Row {
    if moment.principal {
        let class = class_words(filters, site, moment);
        return Row { class, ..document(site, words, page, moment.document) };
    }
    let summary = &site.documents[moment.document.at()];
    let link = |anchor: Option<&str>| page.link_to(&site.routes.documents[moment.document.at()], anchor).as_str().to_owned();
    let mut row = dated(moment.date(&site.documents), words);
    row.class = class_words(filters, site, moment);
    match moment.axis {
        Axis::Embedded => {
            let Some(embedded) = summary.front.contains.get(moment.at as usize) else { return row };
            row.title = embedded_name(site, words, embedded);
            row.href = link(Some(&embedded.id.value));
            row.kind = noun_inside(site, &kind_word(site, words, embedded.kind.as_deref().unwrap_or("document")));
            add_remark(&mut row, words.fill("in_document", &[("title", &title(site, moment.document))]));
        }
        Axis::Mentioned => {
            let Some(annotation) = summary.dates.get(&moment.at) else { return row };
            let (place, anchor) = place_name(site, words, moment.document, annotation.place);
            row.title = snippet(annotation);
            row.href = link(anchor.as_deref());
            row.kind = words.get("axis_mentioned").to_owned();
            add_remark(&mut row, words.fill("mentioned_in_document", &[("title", &title(site, moment.document)), ("place", &place)]));
        }
        axis => {
            row.title = title(site, moment.document);
            row.href = link(None);
            row.kind = axis_word(words, axis).to_owned();
        }
    }
    row
}

fn class_words(filters: &Filters, site: &Site, moment: &Moment) -> String {
    filters.classes(site, moment).iter().map(|class| class.to_string()).collect::<Vec<_>>().join(" ")
}

/// Rows of a month, each exact day with an anchor on its first row.
pub(super) fn with_day_anchors(moments: &[Moment], site: &Site, make: impl Fn(&Moment) -> Row) -> Vec<Row> {
    let mut last = None;
    let row = |moment: &Moment| {
        let mut row = make(moment);
        let day = moment.date(&site.documents).filter(|date| date.is_one_day()).and_then(Date::placed);
        if let Some(day) = day.filter(|day| last != Some(*day)) {
            row.id = format!("d{day}");
            last = Some(day);
        }
        row
    };
    moments.iter().map(row).collect()
}

fn add_remark(row: &mut Row, remark: String) {
    row.remark = if row.remark.is_empty() { remark } else { format!("{}; {remark}", row.remark) };
}

fn title(site: &Site, index: DocumentIndex) -> String {
    let front = &site.documents[index.at()].front;
    front.short_title.as_ref().unwrap_or(&front.title.value).clone()
}

pub(super) fn axis_word(words: &Words, axis: Axis) -> &str {
    match axis {
        Axis::Sent => words.get("axis_sent"),
        Axis::Received => words.get("axis_received"),
        Axis::Published => words.get("axis_published"),
        Axis::Mentioned => words.get("axis_mentioned"),
        Axis::Written | Axis::Embedded => words.get("axis_written"),
    }
}

/// The words of a dated thing with a little of what stands around them: "April 22" alone says nothing.
pub(super) fn snippet(annotation: &Annotation) -> String {
    let context = &annotation.context;
    let (before, cut) = tail(&context.before, BEFORE);
    let before = if cut && !before.starts_with('…') { format!("…{}", before.trim_start()) } else { before.to_owned() };
    let (after, cut) = head(&context.after, AFTER);
    let after = if cut && !after.ends_with('…') { format!("{}…", after.trim_end()) } else { after.to_owned() };
    format!("{before}{}{after}", context.text).trim().to_owned()
}

/// The part of a row that only its date decides.
fn dated(date: Option<&Date>, words: &Words) -> Row {
    let text = date.map_or(String::new(), |date| date_words::text(date, words));
    let uncertain = date.is_some_and(is_uncertain);
    Row {
        id: String::new(),
        day: date.map_or(String::new(), day_text),
        printed: date
            .filter(|date| uncertain && text == date.printed && date.old_style.is_none())
            .map_or(String::new(), |date| date.printed.clone()),
        date: text,
        datetime: date.and_then(date_words::machine),
        uncertain,
        remark: date.map_or(String::new(), |date| remark(date, words)),
        title: String::new(),
        href: String::new(),
        kind: String::new(),
        class: String::new(),
    }
}

pub(super) fn is_uncertain(date: &Date) -> bool {
    date.certainty != Certainty::Certain || !matches!(date.evidence, Evidence::Stated) || !date.is_one_day()
}

/// The day as it stands in its column: `4`, `[20?]`, `6–15`, `…4` for "not later than the 4th"; a month or a year has none.
fn day_text(date: &Date) -> String {
    let doubt = if date.edtf.is_uncertain() { "?" } else { "" };
    let about = if date.edtf.is_approximate() { "c. " } else { "" };
    let days = match (date.edtf.precision(), date.earliest.day(), date.latest.day()) {
        (Precision::Day, Some(first), Some(last)) if first == last => first.day_of_month().to_string(),
        (Precision::Day, Some(first), Some(last)) if (first.year(), first.month()) == (last.year(), last.month()) => {
            format!("{}–{}", first.day_of_month(), last.day_of_month())
        }
        (Precision::Day, _, Some(last)) => format!("…{}", last.day_of_month()),
        (Precision::Day, Some(first), None) => format!("{}…", first.day_of_month()),
        _ => return String::new(),
    };
    let text = format!("{about}{days}{doubt}");
    let supplied = !matches!(date.evidence, Evidence::Stated) || !doubt.is_empty();
    if supplied { format!("[{text}]") } else { text }
}

/// Why a date stands where it stands, when that is not plain: both styles, what the editors supplied, the rule of the last day.
fn remark(date: &Date, words: &Words) -> String {
    let mut parts = Vec::new();
    if let Some(old) = &date.old_style {
        parts.push(match (old.earliest, old.latest, date.placed()) {
            (Some(first), Some(last), Some(new)) if first == last && date.is_one_day() => {
                let (old, new) = (day_in_words(first, words), day_in_words(new.on(Calendar::Gregorian), words));
                words.fill("old_and_new_style", &[("old", &old), ("new", &new)])
            }
            _ => words.fill("dated_as_printed", &[("date", &date.printed)]),
        });
    }
    let reason = date_words::reason(date, words);
    parts.extend(reason.clone());
    match date.evidence {
        _ if reason.is_some() => {}
        Evidence::Stated => {}
        Evidence::Partly => parts.push(words.get("reason_partly").to_owned()),
        Evidence::Supplied => parts.push(words.get("reason_supplied").to_owned()),
    }
    match date.certainty {
        Certainty::Certain => {}
        Certainty::Approximate => parts.push(words.get("reason_approximate").to_owned()),
        Certainty::Uncertain | Certainty::Both => parts.push(words.get("reason_uncertain").to_owned()),
    }
    match (date.earliest.day(), date.latest.day()) {
        (Some(first), Some(last)) if first == last => {}
        (_, Some(_)) => parts.push(words.get("reason_last_day").to_owned()),
        _ => parts.push(words.get("reason_first_day").to_owned()),
    }
    parts.join("; ")
}

/// "7 November 1912", in whatever calendar the day was given.
fn day_in_words(day: CalendarDay, words: &Words) -> String {
    date_words::day_month_year(words, day.day, day.month, &super::year_name(day.year))
}
