//! RIS, the line format of reference managers. Printed only: it says less than the other two and is read by everything.

use crate::base::text::squeeze;
use crate::model::citable::Citable;
use crate::model::date::{Date, Precision};
use crate::model::entry::Name;

/// CSL type, type of reference.
const TYPES: [(&str, &str); 20] = [
    ("personal_communication", "PCOMM"),
    ("book", "BOOK"),
    ("collection", "BOOK"),
    ("chapter", "CHAP"),
    ("article-journal", "JOUR"),
    ("article-newspaper", "NEWS"),
    ("article-magazine", "MGZN"),
    ("paper-conference", "CPAPER"),
    ("entry-encyclopedia", "ENCYC"),
    ("report", "RPRT"),
    ("thesis", "THES"),
    ("webpage", "ELEC"),
    ("post", "ELEC"),
    ("post-weblog", "BLOG"),
    ("manuscript", "MANSCPT"),
    ("periodical", "SER"),
    ("legislation", "STAT"),
    ("legal_case", "CASE"),
    ("patent", "PAT"),
    ("motion_picture", "VIDEO"),
];

/// CSL variable, tag.
const FIELDS: [(&str, &str); 20] = [
    ("title", "TI"),
    ("title-short", "ST"),
    ("original-title", "OP"),
    ("container-title", "T2"),
    ("collection-title", "T3"),
    ("genre", "M3"),
    ("volume", "VL"),
    ("issue", "IS"),
    ("number", "M1"),
    ("edition", "ET"),
    ("publisher", "PB"),
    ("publisher-place", "CY"),
    ("archive", "DB"),
    ("archive_location", "AV"),
    ("call-number", "CN"),
    ("abstract", "AB"),
    ("note", "N1"),
    ("language", "LA"),
    ("DOI", "DO"),
    ("URL", "UR"),
];

/// Prints things as RIS.
#[must_use]
pub fn print(items: &[Citable]) -> String {
    items.iter().map(record).collect::<Vec<_>>().join("\n")
}

fn record(citable: &Citable) -> String {
    let mut out = String::new();
    // Two letters, two blanks, a hyphen, a blank; one line each.
    let mut add = |tag: &str, value: &str| {
        let value = squeeze(value);
        if !value.is_empty() {
            out.push_str(&format!("{tag}  - {value}\n"));
        }
    };
    let kind = TYPES.iter().find(|(csl, _)| *csl == citable.kind).map_or("GEN", |(_, kind)| *kind);
    add("TY", kind);
    add("ID", &citable.id);
    for (role, tag) in [("author", "AU"), ("recipient", "A2"), ("editor", "ED"), ("translator", "A4")] {
        for name in citable.named(role) {
            add(tag, &listed(name));
        }
    }
    if let Some(date) = citable.issued() {
        let (year, day) = dated(date);
        add("PY", &year);
        add("DA", &day);
    }
    for (csl, tag) in FIELDS {
        add(tag, citable.get(csl).unwrap_or_default());
    }
    if let Some(pages) = citable.get("page") {
        let (first, last) = pages.split_once(['-', '–', '—']).unwrap_or((pages, ""));
        add("SP", first);
        add("EP", last);
    }
    for keyword in citable.get("keyword").into_iter().flat_map(|words| words.split(", ")) {
        add("KW", keyword);
    }
    for name in ["ISBN", "ISSN"] {
        add("SN", citable.get(name).unwrap_or_default());
    }
    out.push_str("ER  - \n");
    out
}

fn listed(name: &Name) -> String {
    name.given.as_ref().map_or_else(|| name.family.clone(), |given| format!("{}, {given}", name.family))
}

/// `1922` and `1922/04/24/`; a date that is no day, month or year as printed, after the three slashes that are for such words.
fn dated(date: &Date) -> (String, String) {
    let Some(day) = date.earliest.day().or(date.latest.day()) else { return (String::new(), format!("///{}", date.printed)) };
    let year = format!("{:04}", day.year());
    let exact = date.is_one_day();
    let text = match date.edtf.precision() {
        Precision::Day if exact => format!("{year}/{:02}/{:02}/", day.month(), day.day_of_month()),
        Precision::Month => format!("{year}/{:02}//", day.month()),
        Precision::Year if date.width() < 367 => format!("{year}///"),
        _ => format!("{year}///{}", date.printed),
    };
    (year, text)
}
