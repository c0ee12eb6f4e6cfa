//! The readers of front matter, settings, registers and bibliography, each by its cases.

use crate::cases::{self, sections};
use crate::shown::shown;
use ibid::base::path::ContentPath;
use ibid::base::span::Span;
use ibid::model::entry::Entry;
use ibid::parse::date::DateContext;
use ibid::parse::{bibliography, config, front_matter, register};

#[test]
fn front_matter_is_read_as_the_cases_say() {
    cases::run("front_matter", |case| {
        let (mut model, mut findings) = (String::new(), Vec::new());
        for (path, text) in &case.files {
            let read = front_matter::read(path, text, &DateContext::default());
            let (front, body) = read.value;
            model.push_str(&shown(&front, text));
            model.push_str(&format!("body: {:?}\n", text[body..].lines().next().unwrap_or("")));
            findings.extend(read.findings);
        }
        sections(&[("Model", model), ("Findings", case.findings(findings))])
    });
}

#[test]
fn settings_are_read_as_the_cases_say() {
    cases::run("config", |case| {
        let (path, text) = case.files.first().expect("a case has a file");
        let read = config::read(path, text);
        sections(&[("Model", shown(&read.value, text)), ("Findings", case.findings(read.findings))])
    });
}

#[test]
fn registers_are_read_as_the_cases_say() {
    cases::run("registers", |case| {
        let files: Vec<(&ContentPath, &str)> = case.files.iter().map(|(path, text)| (path, text.as_str())).collect();
        let read = register::read_all(&files, &DateContext::default());
        let model =
            read.value.values().map(|entity| shown(entity, case.text_of(&entity.file).unwrap_or(""))).collect::<Vec<_>>().join("\n");
        sections(&[("Model", model), ("Findings", case.findings(read.findings))])
    });
}

#[test]
fn bibliographies_are_read_as_the_cases_say() {
    cases::run("bibliography", |case| {
        let files: Vec<(&ContentPath, &str)> = case.files.iter().map(|(path, text)| (path, text.as_str())).collect();
        let read = bibliography::read_all(&files, &DateContext::default());
        let model = read.value.values().map(|entry| shown(entry, case.text_of(&entry.file).unwrap_or(""))).collect::<Vec<_>>().join("\n");
        sections(&[("Model", model), ("Findings", case.findings(read.findings))])
    });
}

/// Without the places, which differ from file to file.
fn placeless(mut entry: Entry) -> Entry {
    entry.file = ContentPath::default();
    entry.span = Span::default();
    entry
}

#[test]
fn three_formats_of_the_same_works_give_the_same_entries() {
    let read = |path: &str, text: &str| {
        let path = ContentPath::new(path);
        let read = bibliography::read_all(&[(&path, text)], &DateContext::default());
        assert_eq!(read.findings, [], "{path}");
        read.value.into_values().map(placeless).collect::<Vec<_>>()
    };
    let yaml = read("content/bibliography.yaml", include_str!("../bibliography/ten.yaml"));
    let bib = read("content/bibliography.bib", include_str!("../bibliography/ten.bib"));
    let json = read("content/bibliography.json", include_str!("../bibliography/ten.json"));
    assert_eq!(yaml.len(), 10);
    for ((yaml, bib), json) in yaml.iter().zip(&bib).zip(&json) {
        assert_eq!(yaml, bib, "YAML (left) and BibLaTeX (right)");
        assert_eq!(yaml, json, "YAML (left) and CSL-JSON (right)");
    }
    assert_eq!((yaml.len(), bib.len()), (bib.len(), json.len()));
}
