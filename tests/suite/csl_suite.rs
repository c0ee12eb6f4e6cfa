//! Cases of the CSL test suite that apply to what an edition can ask: cites and entries of works with plain names and dates.
//!
//! `tests/csl/cases` holds a selection (see its README). `IBID_CSL_SUITE=FOLDER cargo test` runs the whole suite from a checkout as well. Which cases pass
//! is listed in `tests/csl/passes.txt`; the test fails when a listed case no longer passes and when another one does. `BLESS=1` rewrites the list for
//! the cases that were run.

use ibid::formats::csl::{self, Language, Run, Style, Want};
use ibid::formats::edtf;
use ibid::model::citable::Citable;
use ibid::model::date::Date;
use ibid::model::entry::Name;
use ibid::model::locator::LocatorKind;
use ibid::render::citation::marks;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A section of a case between its two marks.
fn section<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let open = format!("= {name} =");
    let start = text.lines().find(|line| line.starts_with(">>=") && line.contains(&open))?;
    let from = text.find(start)? + start.len();
    let end = text[from..].lines().find(|line| line.starts_with("<<=") && line.contains(&open))?;
    Some(text[from..from + text[from..].find(end)?].trim_matches('\n'))
}

/// An item with nothing but texts, plain names and plain dates.
fn citable(item: &Value) -> Option<Citable> {
    let fields = item.as_object()?;
    let id = fields.get("id").map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned))?;
    let mut made = Citable::new(id, fields.get("type")?.as_str()?);
    for (name, value) in fields {
        let name: &'static str = Box::leak(name.clone().into_boxed_str());
        match value {
            _ if matches!(name, "id" | "type") => {}
            Value::String(text) => made.text(name, Some(text.clone())),
            Value::Number(number) => made.text(name, Some(number.to_string())),
            Value::Array(people) => made.people(name, people.iter().map(person).collect::<Option<Vec<_>>>()?),
            Value::Object(date) => made.date(name, Some(&plain_date(date)?)),
            _ => return None,
        }
    }
    Some(made)
}

fn person(value: &Value) -> Option<Name> {
    let fields = value.as_object()?;
    if fields.keys().any(|key| !matches!(key.as_str(), "family" | "given" | "literal")) {
        return None;
    }
    let part = |name: &str| fields.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    match (part("literal"), part("family"), part("given")) {
        (Some(family), ..) | (None, Some(family), None) => Some(Name { family, given: None }),
        (None, Some(family), given) => Some(Name { family, given }),
        _ => None,
    }
}

fn plain_date(fields: &serde_json::Map<String, Value>) -> Option<Date> {
    if fields.keys().any(|key| key != "date-parts") {
        return None;
    }
    let [day] = fields.get("date-parts")?.as_array()?.as_slice() else { return None };
    let number = |part: &Value| part.as_i64().or_else(|| part.as_str()?.parse().ok());
    let parts: Vec<i64> = day.as_array()?.iter().map(number).collect::<Option<_>>()?;
    let typed = match parts.as_slice() {
        [year] if *year > 999 => format!("{year:04}"),
        [year, month] if *year > 999 => format!("{year:04}-{month:02}"),
        [year, month, day] if *year > 999 => format!("{year:04}-{month:02}-{day:02}"),
        _ => return None,
    };
    Some(Date::new(&typed, edtf::read(&typed).ok()?))
}

fn label(name: &str) -> Option<LocatorKind> {
    Some(match name {
        "page" => LocatorKind::Page,
        "chapter" => LocatorKind::Chapter,
        "volume" => LocatorKind::Volume,
        "section" => LocatorKind::Section,
        "paragraph" => LocatorKind::Paragraph,
        "line" => LocatorKind::Line,
        "folio" => LocatorKind::Folio,
        "note" => LocatorKind::Note,
        "sub verbo" | "sub-verbo" => LocatorKind::SubVerbo,
        _ => return None,
    })
}

/// An item and the place in it.
type Cited = (usize, Option<(LocatorKind, String)>);

/// Each citation of a case as item and place in it; `None` where a case asks for more.
fn cites(text: &str, items: &[Citable]) -> Option<Vec<Cited>> {
    let Some(asked) = section(text, "CITATION-ITEMS") else { return (items.len() == 1).then(|| vec![(0, None)]) };
    let lists: Value = serde_json::from_str(asked).ok()?;
    let one = |list: &Value| {
        let [item] = list.as_array()?.as_slice() else { return None };
        let fields = item.as_object()?;
        if fields.keys().any(|key| !matches!(key.as_str(), "id" | "locator" | "label")) {
            return None;
        }
        let id = fields.get("id").map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned))?;
        let at = items.iter().position(|item| item.id == id)?;
        let place = match fields.get("locator") {
            Some(value) => {
                let kind = label(fields.get("label").and_then(Value::as_str).unwrap_or("page"))?;
                Some((kind, value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
            }
            None => None,
        };
        Some((at, place))
    };
    lists.as_array()?.iter().map(one).collect()
}

fn shown(runs: &[Run]) -> String {
    marks::html(runs, &[], false)
        .replace("<span class=\"sc\">", "<span style=\"font-variant:small-caps;\">")
        .replace("&amp;", "&#38;")
        .replace("&quot;", "\"")
}

/// Whether a case passes; `None` where it asks for what no edition asks.
fn passes(text: &str) -> Option<bool> {
    for beyond in ["CITATIONS", "BIBENTRIES", "BIBSECTION", "ABBREVIATIONS", "OPTIONS", "LANGPARAMS"] {
        if section(text, beyond).is_some() {
            return None;
        }
    }
    let style = Style::read("case", section(text, "CSL")?).ok()?;
    let items: Value = serde_json::from_str(section(text, "INPUT")?).ok()?;
    let items: Vec<Citable> = items.as_array()?.iter().map(citable).collect::<Option<_>>()?;
    let language = Language::of("en-US");
    let wanted = section(text, "RESULT")?.trim();
    match section(text, "MODE")?.trim() {
        "citation" => {
            let (before, after) = style.brackets();
            let made: Vec<String> = cites(text, &items)?
                .into_iter()
                .map(|(at, place)| {
                    let place = place.as_ref().map(|(kind, value)| (*kind, value.as_str()));
                    let runs = csl::format(&style, &language, std::slice::from_ref(&items[at]), 0, Want::First, place);
                    format!("{before}{}{after}", shown(&runs))
                })
                .collect();
            Some(made.join("\n") == wanted)
        }
        "bibliography" => {
            let [item] = items.as_slice() else { return None };
            let runs = csl::format(&style, &language, std::slice::from_ref(item), 0, Want::Entry, None);
            Some(format!("<div class=\"csl-bib-body\">\n  <div class=\"csl-entry\">{}</div>\n</div>", shown(&runs)) == wanted)
        }
        _ => None,
    }
}

/// Cases of a folder by name.
fn read(folder: &Path) -> BTreeMap<String, String> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.filter_map(|path| Some((path.file_stem()?.to_string_lossy().into_owned(), std::fs::read_to_string(&path).ok()?))).collect()
}

#[test]
fn the_cases_that_pass_are_those_listed() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/csl");
    let mut cases = read(&root.join("cases"));
    assert!(!cases.is_empty(), "no cases");
    if let Some(whole) = std::env::var_os("IBID_CSL_SUITE") {
        let more = read(&Path::new(&whole).join("processor-tests/humans"));
        assert!(!more.is_empty(), "IBID_CSL_SUITE names no checkout of the test suite");
        cases.extend(more);
    }
    let tried: BTreeMap<&String, bool> = cases.iter().filter_map(|(name, text)| Some((name, passes(text)?))).collect();
    let passed: BTreeSet<&str> = tried.iter().filter(|(_, passed)| **passed).map(|(name, _)| name.as_str()).collect();
    println!("CSL test suite: {} of {} cases that apply pass ({} were read)", passed.len(), tried.len(), cases.len());
    let list = root.join("passes.txt");
    let known = std::fs::read_to_string(&list).unwrap_or_default();
    let known: BTreeSet<&str> = known.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    if std::env::var_os("BLESS").is_some() {
        let kept = known.iter().copied().filter(|name| !cases.contains_key(*name));
        let all: BTreeSet<&str> = kept.chain(passed.iter().copied()).collect();
        std::fs::write(&list, all.into_iter().map(|name| format!("{name}\n")).collect::<String>()).expect("the list can be written");
        return;
    }
    let lost: Vec<&&str> = known.iter().filter(|name| cases.contains_key(**name) && !passed.contains(**name)).collect();
    let new: Vec<&&str> = passed.iter().filter(|name| !known.contains(**name)).collect();
    assert!(lost.is_empty() && new.is_empty(), "listed and failing: {lost:?}\npassing and not listed: {new:?}");
    assert!(!known.is_empty(), "the list is empty");
}
