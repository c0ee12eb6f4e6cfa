//! What must hold for any bytes at all: no panic, no hang, places in order and on the borders of characters, output well-formed.
//!
//! Used by the fuzz targets, which run without end, and by the suite, which replays the corpus and some thousand changes of it.

use ibid::base::path::ContentPath;
use ibid::base::span::Span;
use ibid::diag::codes::TABLE;
use ibid::diag::levels::Level;
use ibid::diag::policy::Policy;
use ibid::diag::{Diagnostic, github, human, json, sarif, short};
use ibid::parse::date::{DateContext, Language};
use ibid::parse::{bibliography as works, body, citation as cites, config, date as dates, front_matter as fields, register};
use ibid::{pipeline, proof, resolve};

fn text(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    }
}

fn inside(span: Span, text: &str) {
    assert!(span.start <= span.end && text.get(span.range()).is_some(), "{span:?} is not a place in the text");
}

/// Every place of a finding lies in the text, and every form in which findings are shown can be made.
fn hold(findings: &[Diagnostic], text: &str) {
    for finding in findings {
        for label in std::iter::once(&finding.primary).chain(&finding.others) {
            label.span.into_iter().for_each(|span| inside(span, text));
        }
        finding.fix.iter().for_each(|edit| inside(edit.span, text));
    }
    let text_of = |_: &ContentPath| Some(text);
    human::print(findings, false, text_of);
    assert!(short::print(findings, text_of).lines().count() == findings.len());
    assert!(github::print(findings, "", text_of).lines().count() == findings.len());
    for form in [json::print(findings, text_of), sarif::print(findings, "a b/", text_of)] {
        serde_json::from_str::<serde_json::Value>(&form).expect("JSON is well-formed");
    }
    let fixed = ibid::diag::fix::apply(findings, text_of).0;
    fixed.iter().for_each(|(path, new)| drop(ibid::diag::fix::difference(path, text, new)));
}

/// Fields of documents, pages, the edition and registers.
pub fn front_matter(bytes: &[u8]) {
    let text = text(bytes);
    let context = DateContext::default();
    for path in ["content/documents/a.md", "content/pages/a.md"] {
        let read = fields::read(&ContentPath::new(path), text, &context);
        let (front, start) = read.value;
        assert!(text.is_char_boundary(start));
        inside(front.span, text);
        hold(&read.findings, text);
    }
    hold(&config::read(&ContentPath::new("content/edition.yaml"), text).findings, text);
    hold(&register::read(&ContentPath::new("content/registers/persons.yaml"), text, &context).findings, text);
}

/// The text of a document, and its proofreading.
pub fn document(bytes: &[u8]) {
    let text = text(bytes);
    let path = ContentPath::new("content/documents/a.md");
    let mut findings = Vec::new();
    proof::file(&path, text, &mut findings);
    for language in ["en", "de", "ru"] {
        let setting = proof::Setting { language: language.to_owned(), pages: Some((5, 12)) };
        let read = body::read_and_proof(&path, text, 0, &DateContext::default(), Some(&setting));
        let (tree, summary) = read.value;
        assert_eq!(tree.notes.len(), summary.notes.len());
        summary.annotations.iter().for_each(|annotation| inside(annotation.span, text));
        summary.notes.iter().for_each(|note| inside(note.span, text));
        for reference in &summary.note_refs {
            inside(reference.label.span, text);
            assert!(reference.note.is_none_or(|note| (note as usize) < summary.notes.len()));
        }
        findings.extend(read.findings);
    }
    hold(&findings, text);
}

/// Dates in all languages.
pub fn date(bytes: &[u8]) {
    let text = text(bytes);
    for language in [None, Some(Language::English), Some(Language::German), Some(Language::French), Some(Language::Russian)] {
        let reading = dates::read(text, &DateContext { language, year_hint: Some(1922), ..DateContext::default() });
        inside(reading.span, text);
        reading.place.into_iter().chain(reading.time).for_each(|span| inside(span, text));
        reading.warnings.iter().for_each(|warning| inside(warning.span, text));
        if let Some(date) = reading.date {
            if let (Some(first), Some(last)) = (date.earliest.day(), date.latest.day()) {
                assert!(first <= last, "{} ends before it begins", date.edtf);
            }
            let again = ibid::formats::edtf::read(&date.edtf.to_string()).expect("what was understood is EDTF");
            assert_eq!(again.to_string(), date.edtf.to_string());
        }
    }
    if let Ok(edtf) = ibid::formats::edtf::read(text) {
        assert!(ibid::formats::edtf::read(&edtf.to_string()).is_ok());
    }
}

/// A citation in brackets and one in running text.
pub fn citation(bytes: &[u8]) {
    let text = text(bytes);
    for (typed, in_text) in [(format!("[{text}]"), false), (format!("@key [{text}]"), true)] {
        let reading = cites::read(&typed, Span::new(0, typed.len()), in_text);
        reading.keyless.iter().for_each(|span| inside(*span, &typed));
        reading.citation.cites.iter().for_each(|cite| inside(cite.key.span, &typed));
        document(typed.as_bytes());
    }
    document(format!("@{text}").as_bytes());
}

/// The three forms of a bibliography.
pub fn bibliography(bytes: &[u8]) {
    let text = text(bytes);
    for end in ["bib", "json", "yaml"] {
        let read = works::read(&ContentPath::new(format!("content/bibliography.{end}")), text, &DateContext::default());
        read.value.iter().for_each(|entry| inside(entry.span, text));
        hold(&read.findings, text);
    }
}

/// A whole edition of one document: whatever it is, its files are well-formed.
pub fn edition(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let documents = folder.path().join("content/documents");
    std::fs::create_dir_all(&documents).expect("it can be made");
    std::fs::write(folder.path().join("content/edition.yaml"), "title: A <edition> & \"more\"\nurl: https://example.org/\n")
        .expect("it can be written");
    std::fs::write(documents.join("a.md"), bytes).expect("it can be written");
    let mut policy = Policy::default();
    TABLE.iter().for_each(|row| policy.levels.set(row.code, Level::Allow));
    let built = pipeline::build_with(folder.path(), resolve::Drafts::Shown, &policy);
    for artifact in &built.artifacts {
        let path = artifact.path.as_str();
        let text = || std::str::from_utf8(&artifact.bytes).unwrap_or_else(|_| panic!("{path} is not UTF-8"));
        match path.rsplit('.').next() {
            Some("html") => well_formed_html(path, text()),
            Some("json") => drop(serde_json::from_str::<serde_json::Value>(text()).unwrap_or_else(|error| panic!("{path}: {error}"))),
            Some("xml") => well_formed_xml(path, text()),
            Some("ics") => assert!(text().split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{path}: a line is too long"),
            _ => {}
        }
    }
}

/// No script but the theme's own, no attribute that acts, no address that acts.
fn well_formed_html(path: &str, text: &str) {
    let page = scraper::Html::parse_document(text);
    for element in page.tree.nodes().filter_map(|node| node.value().as_element()) {
        for (name, value) in element.attrs() {
            let value = value.trim().to_ascii_lowercase();
            assert!(!name.starts_with("on"), "{path}: an attribute `{name}` acts");
            assert!(!value.starts_with("javascript:") && !value.starts_with("vbscript:"), "{path}: an address acts: {value}");
        }
        let foreign = element.name() == "script" && element.attr("src").is_none() && element.attr("type").is_none();
        assert!(!foreign || !text.contains("alert("), "{path}: a script");
    }
}

fn well_formed_xml(path: &str, text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{path}: {error}"),
        }
    }
}
