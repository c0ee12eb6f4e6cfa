//! CSL-JSON, as Zotero and citation processors exchange it. Field names follow CSL 1.0.2, appendix IV.

use super::{Record, hold, surround};
use crate::base::path::ContentPath;
use crate::base::span::{Span, Spanned};
use crate::base::suggest::nearest;
use crate::diag::{Checked, Code, Diagnostic, Label};
use crate::model::citable::{CONTAINER_ISSUED, Citable};
use crate::model::date::{Bound, Date, Day, EdtfKind, Precision};
use crate::model::entry::{Entry, Name};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// CSL type, our kind, kind of the work that holds it.
const KINDS: [(&str, &str, &str); 22] = [
    ("article-journal", "article", "periodical"),
    ("article-magazine", "article", "periodical"),
    ("article-newspaper", "article", "newspaper"),
    ("article", "article", "periodical"),
    ("review", "article", "periodical"),
    ("book", "book", "book"),
    ("chapter", "anthos", "anthology"),
    ("collection", "anthology", "anthology"),
    ("entry", "entry", "reference"),
    ("entry-dictionary", "entry", "reference"),
    ("entry-encyclopedia", "entry", "reference"),
    ("paper-conference", "article", "proceedings"),
    ("report", "report", "anthology"),
    ("thesis", "thesis", "anthology"),
    ("manuscript", "manuscript", "anthology"),
    ("webpage", "web", "web"),
    ("post-weblog", "post", "blog"),
    ("legislation", "legislation", "anthology"),
    ("legal_case", "case", "anthology"),
    ("motion_picture", "video", "video"),
    ("song", "audio", "audio"),
    ("periodical", "periodical", "periodical"),
];

/// Types of CSL 1.0.2 that are kept as works of no special kind.
const OTHERS: [&str; 26] = [
    "bill",
    "broadcast",
    "classic",
    "dataset",
    "document",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "map",
    "musical_score",
    "pamphlet",
    "patent",
    "performance",
    "personal_communication",
    "post",
    "regulation",
    "review-book",
    "software",
    "speech",
    "standard",
    "treaty",
    "article-newspaper",
    "misc",
    "thesis",
];

/// Reads a list of items, or one item, or `{items: […]}`.
#[must_use]
pub fn read(file: &ContentPath, text: &str) -> Checked<Vec<Record>> {
    let mut findings = Vec::new();
    let text_start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let json = &text[text_start..];
    let items = match list(json) {
        Ok(items) => items,
        Err(error) => {
            let at = text_start + byte_of(json, error.line(), error.column());
            let message = format!("this is no JSON: {}", reason(&error));
            let help = "export the bibliography again as CSL-JSON, or mend the place shown";
            findings.push(Diagnostic::new(Code::JsonSyntax, message, Label::new(file, Span::at(at))).help(help));
            return Checked::new(Vec::new(), findings);
        }
    };
    if items.is_empty() {
        let place = Label::new(file, Span::new(text_start, text_start + json.trim_end().len()));
        findings.push(
            Diagnostic::new(Code::EmptyValue, "no work is in this file", place).help("export the bibliography again, or remove the file"),
        );
    }
    let mut records = Vec::new();
    for item in items {
        let start = place(text, item.get());
        let whole = Span::new(start, start + item.get().len());
        match serde_json::from_str::<BTreeMap<String, &RawValue>>(item.get()) {
            Ok(fields) => records.extend(record(file, text, whole, &fields, &mut findings)),
            Err(_) => {
                let place = Label::new(file, whole);
                findings.push(Diagnostic::new(Code::WrongType, "an item of the bibliography must be an object `{…}`", place));
            }
        }
    }
    Checked::new(records, findings)
}

/// A type that is none of CSL's.
fn unknown_type(file: &ContentPath, typed: &str, at: Span) -> Option<Diagnostic> {
    let known = || KINDS.iter().map(|(name, ..)| *name).chain(OTHERS);
    if typed.is_empty() || known().any(|name| name == typed) {
        return None;
    }
    let help = match nearest(typed, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write `book`, `chapter`, `article-journal`, `webpage` or another type of CSL".to_owned(),
    };
    Some(Diagnostic::new(Code::UnknownValue, format!("`type` cannot be `{typed}`"), Label::new(file, at)).help(help))
}

fn list(json: &str) -> Result<Vec<&RawValue>, serde_json::Error> {
    match json.trim_start().chars().next() {
        Some('{') => {
            let fields: BTreeMap<String, &RawValue> = serde_json::from_str(json)?;
            match fields.get("items") {
                Some(items) => serde_json::from_str(items.get()),
                None => Ok(vec![serde_json::from_str(json)?]),
            }
        }
        _ => serde_json::from_str(json),
    }
}

/// Where `part`, a slice of `text`, stands in it. Raw values borrow from the text they were read from.
fn place(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len())
}

/// The byte of a place counted from 1 in lines and bytes.
fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// serde's words without its place, which stands beside the caret.
fn reason(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words.split(" at line ").next().unwrap_or_default().to_owned()
}

struct Item<'a> {
    fields: BTreeMap<String, (Value, Span)>,
    used: Vec<&'a str>,
}

impl<'a> Item<'a> {
    fn text(&mut self, name: &'a str) -> Option<String> {
        self.used.push(name);
        plain(&self.fields.get(name)?.0)
    }

    fn names(&mut self, name: &'a str) -> Vec<Name> {
        self.used.push(name);
        match self.fields.get(name) {
            Some((Value::Array(people), _)) => people.iter().filter_map(person).collect(),
            Some((value, _)) => person(value).into_iter().collect(),
            None => Vec::new(),
        }
    }
}

/// A value as text; markup of citation processors (`<i>`) stays as typed. Lists become their items, names and dates their words, so that
/// nothing is lost where a field holds more than it should.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Bool(false) => None,
        Value::Bool(true) => Some("true".to_owned()),
        Value::String(text) => Some(crate::base::text::squeeze(text)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => Some(items.iter().filter_map(plain).collect::<Vec<_>>().join("; ")).filter(|text| !text.is_empty()),
        Value::Object(fields) if fields.is_empty() => None,
        Value::Object(_) => date(value).or_else(|| person(value).map(|name| name.straight())).or_else(|| Some(value.to_string())),
    }
}

fn person(value: &Value) -> Option<Name> {
    if let Value::String(name) = value {
        return Some(Name::read(&crate::base::text::squeeze(name))).filter(|name| !name.family.is_empty());
    }
    let part = |name: &str| value.get(name).and_then(plain);
    if let Some(literal) = part("literal") {
        return Some(Name { family: literal, given: None });
    }
    let family = [part("dropping-particle"), part("non-dropping-particle"), part("family"), part("suffix")];
    let family = family.into_iter().flatten().collect::<Vec<_>>().join(" ");
    match (family.is_empty(), part("given")) {
        (true, given) => given.map(|name| Name { family: name, given: None }),
        (false, given) => Some(Name { family, given }),
    }
}

fn record(
    file: &ContentPath,
    text: &str,
    whole: Span,
    raw: &BTreeMap<String, &RawValue>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Record> {
    let mut fields = BTreeMap::new();
    for (name, value) in raw {
        let start = place(text, value.get());
        let span = Span::new(start, start + value.get().len());
        // A raw value was read as JSON once already.
        if let Ok(parsed) = serde_json::from_str::<Value>(value.get()) {
            fields.insert(name.clone(), (parsed, span));
        }
    }
    let mut item = Item { fields, used: Vec::new() };
    let Some(key) = item.text("id") else {
        let place = Label::new(file, Span::new(whole.start as usize, whole.start as usize + 1));
        findings.push(Diagnostic::new(Code::MissingField, "this item of the bibliography has no `id`", place).help("add `\"id\": \"…\"`"));
        return None;
    };
    let csl_type = item.text("type").unwrap_or_default();
    findings.extend(unknown_type(file, &csl_type, item.fields.get("type").map_or(whole, |(_, span)| *span)));
    let (_, kind, holder) = KINDS.iter().find(|(csl, ..)| *csl == csl_type).copied().unwrap_or(("", "misc", "misc"));
    let mut entry = Entry {
        span: item.fields.get("id").map_or(whole, |(_, span)| *span),
        file: file.clone(),
        key,
        kind: kind.into(),
        title: item.text("title").unwrap_or_default(),
        title_original: item.text("original-title"),
        short_title: item.text("title-short").or_else(|| item.text("shortTitle")),
        language: item.text("language"),
        authors: item.names("author"),
        editors: item.names("editor"),
        translators: item.names("translator"),
        publisher: item.text("publisher"),
        location: item.text("publisher-place"),
        volume: item.text("volume"),
        edition: item.text("edition"),
        issue: item.text("issue"),
        pages: item.text("page"),
        url: item.text("URL"),
        note: item.text("note"),
        ..Entry::default()
    };
    for (name, csl) in [("doi", "DOI"), ("isbn", "ISBN"), ("issn", "ISSN"), ("pmcid", "PMCID"), ("pmid", "PMID")] {
        entry.serials.extend(item.text(csl).map(|value| (name.to_owned(), value)));
    }
    if let Some(title) = item.text("container-title") {
        hold(&mut entry, Entry { kind: holder.into(), title, ..Entry::default() });
    }
    if let Some(title) = item.text("collection-title") {
        let volume = item.text("collection-number");
        surround(&mut entry, Entry { kind: "anthology".into(), title, volume, ..Entry::default() });
    }
    let date = item.fields.get("issued").and_then(|(value, span)| date(value).map(|date| Spanned::new(date, *span)));
    item.used.push("issued");
    entry.more = item
        .fields
        .iter()
        .filter(|(name, _)| !item.used.contains(&name.as_str()))
        .filter_map(|(name, (value, _))| Some((name.clone(), plain(value)?)))
        .collect();
    Some(Record { entry, date })
}

/// A CSL date as EDTF, or as typed when it is words.
fn date(value: &Value) -> Option<String> {
    if let Some(words) = value.get("raw").or_else(|| value.get("literal")).and_then(plain) {
        return Some(words);
    }
    let ends = value.get("date-parts")?.as_array()?.iter().filter_map(day).collect::<Vec<_>>();
    let circa = value.get("circa").is_some_and(|circa| !matches!(circa, Value::Null | Value::Bool(false)));
    let mark = if circa { "~" } else { "" };
    (!ends.is_empty()).then(|| ends.iter().map(|end| format!("{end}{mark}")).collect::<Vec<_>>().join("/"))
}

fn day(parts: &Value) -> Option<String> {
    let numbers: Vec<i64> =
        parts.as_array()?.iter().filter_map(|part| part.as_i64().or_else(|| part.as_str()?.trim().parse().ok())).collect();
    match numbers.as_slice() {
        [year] => Some(format!("{year:04}")),
        [year, month] => Some(format!("{year:04}-{month:02}")),
        [year, month, day, ..] => Some(format!("{year:04}-{month:02}-{day:02}")),
        [] => None,
    }
}

/// What the schema has no field for; it stands under `custom`.
const BEYOND: [&str; 1] = ["license"];

/// Prints things as CSL-JSON (`csl-data.json`, CSL 1.0.2), a list with one item on each line group.
#[must_use]
pub fn print(items: &[Citable]) -> String {
    let list: Vec<Value> = items.iter().map(printed).collect();
    // Values made of maps, lists and strings always print.
    let mut text = serde_json::to_string_pretty(&list).unwrap_or_default();
    text.push('\n');
    text
}

fn printed(citable: &Citable) -> Value {
    let mut fields = serde_json::Map::new();
    fields.insert("id".into(), Value::from(citable.id.as_str()));
    fields.insert("type".into(), Value::from(citable.kind.as_str()));
    let mut own = serde_json::Map::new();
    for (name, text) in &citable.texts {
        let place = if BEYOND.contains(name) { &mut own } else { &mut fields };
        place.insert((*name).to_owned(), Value::from(text.as_str()));
    }
    if !own.is_empty() {
        fields.insert("custom".into(), Value::Object(own));
    }
    for (name, names) in &citable.names {
        fields.insert((*name).to_owned(), names.iter().map(name_value).collect());
    }
    for (name, date) in citable.dates.iter().filter(|(name, _)| **name != CONTAINER_ISSUED) {
        fields.insert((*name).to_owned(), date_value(date));
    }
    Value::Object(fields)
}

fn name_value(name: &Name) -> Value {
    match &name.given {
        Some(given) => serde_json::json!({ "family": name.family, "given": given }),
        None => serde_json::json!({ "literal": name.family }),
    }
}

/// A day, month or year in parts; anything else as the source prints it, with its ends where they are known.
fn date_value(date: &Date) -> Value {
    let parts = |bound: Bound| bound.day().map(|day| parts(date, day));
    let doubtful = date.edtf.is_approximate() || date.edtf.is_uncertain();
    let ends: Vec<Value> = match (parts(date.earliest), parts(date.latest), date.edtf.kind()) {
        (Some(first), _, EdtfKind::Single) => vec![first],
        (Some(first), Some(last), _) => vec![first, last],
        _ => Vec::new(),
    };
    let mut fields = serde_json::Map::new();
    if ends.is_empty() {
        fields.insert("literal".into(), Value::from(date.printed.as_str()));
        return Value::Object(fields);
    }
    fields.insert("date-parts".into(), Value::from(ends));
    if doubtful || date.edtf.kind() == EdtfKind::OneOf {
        fields.insert("circa".into(), Value::from(true));
    }
    Value::Object(fields)
}

fn parts(date: &Date, day: Day) -> Value {
    let (year, month, of_month) = (Value::from(day.year()), Value::from(day.month()), Value::from(day.day_of_month()));
    Value::from(match date.edtf.precision() {
        Precision::Day => vec![year, month, of_month],
        Precision::Month => vec![year, month],
        _ => vec![year],
    })
}
