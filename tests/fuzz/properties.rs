//! What must hold for any bytes at all: no panic, no hang, places in order and on the borders of characters, output well-formed.
//!
//! Used by the fuzz targets, which run without end, and by the suite, which replays the corpus and some thousand changes of it.

use ibid::base::path::ContentPath;
use ibid::base::span::Span;
use ibid::diag::codes::Severity;
use ibid::diag::codes::TABLE;
use ibid::diag::levels::Level;
use ibid::diag::policy::Policy;
use ibid::diag::{Diagnostic, github, human, json, sarif, short};
use ibid::import::plan::{self, Changed, Plan};
use ibid::import::{Custody, Format, Original, Report, Shelf};
use ibid::load::Inputs;
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

/// An edition of one document, all of whose findings are allowed.
fn built(bytes: &[u8]) -> pipeline::Built {
    let folder = tempfile::tempdir().expect("a folder");
    let documents = folder.path().join("content/documents");
    std::fs::create_dir_all(&documents).expect("it can be made");
    std::fs::write(folder.path().join("content/edition.yaml"), "title: A <edition> & \"more\"\nurl: https://example.org/\n")
        .expect("it can be written");
    std::fs::write(documents.join("a.md"), bytes).expect("it can be written");
    let mut policy = Policy::default();
    TABLE.iter().for_each(|row| policy.levels.set(row.code, Level::Allow));
    pipeline::build_with(folder.path(), resolve::Drafts::Shown, &policy)
}

/// A whole edition of one document: whatever it is, its files are well-formed.
pub fn edition(bytes: &[u8]) {
    for artifact in &built(bytes).artifacts {
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

/// Pages copied as plain text.
pub fn import_text(bytes: &[u8]) {
    imported(Format::Text, "page.txt", bytes);
}

/// Saved web pages.
pub fn import_html(bytes: &[u8]) {
    imported(Format::Html, "page.html", bytes);
}

/// Pages of wikis.
pub fn import_mediawiki(bytes: &[u8]) {
    imported(Format::Mediawiki, "page.wiki", bytes);
}

/// Letters and volumes in TEI.
pub fn import_tei(bytes: &[u8]) {
    imported(Format::Tei, "letter.xml", bytes);
}

/// Libraries of works.
pub fn import_bibliography(bytes: &[u8]) {
    let name = if bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| *byte == b'[') { "a.json" } else { "a.bib" };
    imported(Format::Bibliography, name, bytes);
}

/// Imports one file into an empty edition. What is written can be read again, without an error.
fn imported(format: Format, name: &str, bytes: &[u8]) -> Report {
    let inputs = Inputs::default();
    let (mut shelf, mut report) = (Shelf::default(), Report::default());
    let original = Original { name: name.to_owned(), bytes: bytes.to_vec() };
    let plan = plan::plan(format, &[original], &mut shelf, &inputs, &Custody::default(), Changed::Keep, &mut report);
    assert!(!report.human().is_empty());
    serde_json::to_vec(&report).expect("the report can be printed");
    read_again(&plan);
    report
}

fn read_again(plan: &Plan) {
    let context = DateContext::default();
    for (path, bytes) in &plan.files {
        let text = std::str::from_utf8(bytes).expect("what is written is UTF-8");
        let findings = match path.as_str() {
            plan::LEDGER => Vec::new(),
            "content/edition.yaml" => config::read(path, text).findings,
            "content/bibliography.yaml" => works::read(path, text, &context).findings,
            other if other.starts_with("content/registers/") => register::read(path, text, &context).findings,
            other if other.ends_with(".md") => {
                let fields = fields::read(path, text, &context);
                let body = body::read_body(path, text, fields.value.1, &context);
                fields.findings.into_iter().chain(body.findings).collect()
            }
            _ => Vec::new(),
        };
        hold(&findings, text);
        let error = findings.iter().find(|finding| finding.severity == Severity::Error);
        assert!(error.is_none(), "{path}: {error:?} in\n{text}");
    }
}

/// A document to TEI and back: no word of the export is lost.
pub fn round_trip(bytes: &[u8]) {
    let mut document = b"---\nid: a\ntitle: A letter\n---\n\n".to_vec();
    document.extend_from_slice(text(bytes).as_bytes());
    for artifact in built(&document).artifacts {
        if artifact.path.as_str() == "documents/a.xml" {
            let report = imported(Format::Tei, "a.xml", &artifact.bytes);
            assert_eq!(report.figures.characters_lost, 0, "{}\n{}", report.human(), String::from_utf8_lossy(&artifact.bytes));
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
