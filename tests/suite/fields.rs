//! Nothing an editor types may vanish: an edition that types every field once, and a page that says where a reader finds each. A field that
//! the readers know and the page does not is an error, so a new field cannot be forgotten.

use crate::sites::{build_clean, plain};
use ibid::parse::{bibliography, config, front_matter, register};
use std::collections::BTreeMap;
use std::path::Path;

/// The table under a heading: field, page, words.
fn rows<'a>(page: &'a str, heading: &str) -> Vec<[&'a str; 3]> {
    let (_, after) = page.split_once(&format!("\n## {heading}\n")).expect("the heading is there");
    let section = after.split("\n## ").next().unwrap_or(after);
    let cells = |line: &'a str| -> Option<[&'a str; 3]> {
        let mut cells = line.strip_prefix("| ")?.strip_suffix(" |")?.splitn(3, " | ");
        Some([cells.next()?, cells.next()?, cells.next()?])
    };
    section.lines().filter_map(cells).filter(|[field, ..]| *field != "field").collect()
}

#[test]
fn every_field_is_shown_or_used() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fields");
    let page = std::fs::read_to_string(folder.join("shown.md")).expect("the page is there");
    let built = build_clean(&folder);
    let html: BTreeMap<&str, String> = built
        .artifacts
        .iter()
        .filter(|artifact| artifact.path.as_str().ends_with(".html"))
        .map(|artifact| (artifact.path.as_str(), String::from_utf8_lossy(&artifact.bytes).into_owned()))
        .collect();
    let works: Vec<&str> = bibliography::FIELDS.into_iter().chain(bibliography::KEPT).collect();
    let sections: [(&str, &[&str]); 6] = [
        ("Document", &front_matter::DOCUMENT),
        ("Text", &["supplied", "unclear", "sic", "gap", "page"]),
        ("Page", &front_matter::PAGE),
        ("Register", &register::FIELDS),
        ("Edition", &config::FIELDS),
        ("Bibliography", &works),
    ];
    let mut wrong = Vec::new();
    for (heading, fields) in sections {
        let rows = rows(&page, heading);
        wrong.extend(
            fields
                .iter()
                .filter(|field| !rows.iter().any(|[named, ..]| named == *field))
                .map(|field| format!("{heading}: `{field}` has no row in shown.md")),
        );
        for [field, place, words] in rows.iter().filter(|[_, place, _]| *place != "—") {
            let Some(html) = html.get(place) else {
                wrong.push(format!("{heading}, {field}: there is no page {place}"));
                continue;
            };
            if !html.contains(words) && !plain(html).contains(words) {
                wrong.push(format!("{heading}, {field}: not on {place}: {words}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
