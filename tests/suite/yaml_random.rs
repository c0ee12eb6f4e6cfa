//! Whatever is typed: no reader panics, and every place lies in the file, on borders of characters, in order.

use ibid::base::path::ContentPath;
use ibid::base::span::Span;
use ibid::diag::Diagnostic;
use ibid::parse::date::DateContext;
use ibid::parse::yaml::{self, Node, NodeKind};
use ibid::parse::{bibliography, config, front_matter, register};
use proptest::prelude::*;

/// Pieces that make a YAML parser stumble, joined at random.
fn yaml_ish() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "title",
        "date",
        "to",
        "source",
        "заголовок",
        "é",
        "a",
        "b: ",
        ": ",
        ":",
        "- ",
        "-",
        "\n",
        "\n",
        "\n  ",
        "\n    ",
        "\r\n",
        "\t",
        " ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "\"",
        "'",
        "|",
        ">",
        "|-\n  ",
        "#",
        " # c",
        "&a ",
        "*a",
        "!t ",
        "---\n",
        "...",
        "%",
        "@",
        "`",
        "~",
        "null",
        "\\",
        "\\x",
        "\u{feff}",
        "\u{0}",
        "\u{85}",
        "😀",
        "? ",
        "<<: ",
        "title: A: b\n",
        "author: lenin\n",
        "to:\n  - a\n  - ref: b\n",
        "x: [a, {b: c}]\n",
        "k: |\n  t: u: v\n",
        "\"q\" r",
        "[a] b",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn check_span(span: Span, text: &str) {
    let range = span.range();
    assert!(range.start <= range.end && text.get(range.clone()).is_some(), "{range:?} in {text:?}");
}

fn check_findings(findings: &[Diagnostic], text: &str) {
    for finding in findings {
        for label in std::iter::once(&finding.primary).chain(&finding.others) {
            if let Some(span) = label.span {
                check_span(span, text);
            }
        }
    }
}

fn check_node(node: &Node, text: &str) {
    check_span(node.span, text);
    let mut last = node.span.start;
    let mut inside = |span: Span| {
        check_span(span, text);
        assert!(last <= span.start && span.end <= node.span.end, "{span:?} in {:?} after {last} in {text:?}", node.span);
        last = span.end;
    };
    match &node.kind {
        NodeKind::List(items) => items.iter().for_each(|item| {
            inside(item.span);
            check_node(item, text);
        }),
        NodeKind::Map(entries) => entries.iter().for_each(|(key, value)| {
            inside(key.span);
            inside(value.span);
            check_node(value, text);
        }),
        NodeKind::Null | NodeKind::Scalar { .. } | NodeKind::Unreadable => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(1922), ..ProptestConfig::default() })]

    #[test]
    fn trees_lie_in_the_file(before in "[a-zé\n]{0,8}", text in yaml_ish()) {
        let file = ContentPath::new("content/edition.yaml");
        let whole = format!("{before}{text}");
        let read = yaml::read(&file, &whole, Span::new(before.len(), whole.len()));
        check_findings(&read.findings, &whole);
        if let Some(node) = &read.value {
            prop_assert!(node.span.start as usize >= before.len());
            check_node(node, &whole);
        }
        prop_assert!(read.value.is_some() || !read.findings.is_empty() || text.trim_matches(['\u{feff}']).lines().all(|line| {
            let line = line.trim();
            line.is_empty() || line.starts_with(['#', '%', '-', '.']) || line.contains('\u{85}')
        }), "{text:?} was passed over");
    }

    #[test]
    fn readers_take_anything(text in yaml_ish()) {
        let context = DateContext::default();
        let document = format!("---\n{text}\n---\nText");
        let path = ContentPath::new("content/documents/a.md");
        check_findings(&front_matter::read(&path, &document, &context).findings, &document);
        check_findings(&front_matter::read(&path, &text, &context).findings, &text);
        check_findings(&config::read(&path, &text).findings, &text);
        let persons = ContentPath::new("content/registers/persons.yaml");
        check_findings(&register::read(&persons, &text, &context).findings, &text);
        for end in ["yaml", "json"] {
            let path = ContentPath::new(format!("content/bibliography.{end}"));
            check_findings(&bibliography::read(&path, &text, &context).findings, &text);
        }
    }

    #[test]
    fn bibtex_takes_anything(pieces in prop::collection::vec(prop::sample::select(vec![
        "@book{", "@article{", "k", "é", ",", "=", "{", "}", "\"", "title", "author", "\n", "\n@", " ", "\\'e", "\\", "#", "and", "date", "1922", "@string{", "@comment{", "%", "😀", "crossref",
    ]), 0..30)) {
        let text = pieces.concat();
        let path = ContentPath::new("content/bibliography.bib");
        let read = bibliography::read(&path, &text, &DateContext::default());
        check_findings(&read.findings, &text);
        for entry in &read.value {
            check_span(entry.span, &text);
        }
    }
}

/// A value that holds something stays where it is, even when all of it is empty.
#[test]
fn an_empty_map_in_a_list_stays_in_it() {
    let file = ContentPath::new("content/edition.yaml");
    let text = "titleb: \n- : title";
    let read = yaml::read(&file, text, Span::new(0, text.len()));
    check_node(&read.value.expect("there is a field"), text);
}
