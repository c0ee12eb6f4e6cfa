//! Words that mean something in the files made for other programs: each is there as it was typed, and nothing else.

use ibid::base::path::ContentPath;
use ibid::formats::bibtex;
use ibid::pipeline;
use std::fs;

/// Titles that close what they stand in, open something new, or are a command.
const TITLES: [&str; 12] = [
    "A}, title = {B",
    "A} @book{b, title = {B}",
    "\\input{/etc/passwd} and \\write18{rm}",
    "50 % of $x_1$ & #5 ~ ^",
    "{unclosed",
    "unclosed}",
    "back\\slash at the end\\",
    "\"quoted\", and 'so'",
    "@comment{gone} @string(a = b)",
    "ER  - ",
    "TY  - JOUR",
    "=cmd|' /C calc'!A0",
];

/// The files of an edition with one letter of this title.
fn made(title: &str) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: String| {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("it can be made");
        fs::write(file, text).expect("it can be written");
    };
    let quoted = format!("'{}'", title.replace('\'', "''"));
    write("content/edition.yaml", "title: Letters\nurl: https://example.org/\nexports: [bibtex, ris, csl-json]\n".into());
    // Braces in a bibliography keep capitals, and are taken away.
    write("content/bibliography.yaml", format!("w:\n  type: book\n  title: {}\n", quoted.replace(['{', '}'], "")));
    write("content/documents/x.md", format!("---\ntitle: {quoted}\nauthor: {quoted}\ndate: 1922-04-24\nsource: w\n---\n\nText.\n"));
    let built = pipeline::build(folder.path());
    assert!(!built.artifacts.is_empty(), "{title}: {:#?}", built.findings);
    built
        .artifacts
        .into_iter()
        .filter_map(|artifact| Some((artifact.path.as_str().to_owned(), String::from_utf8(artifact.bytes).ok()?)))
        .collect()
}

/// The words of a title as this file has them: with single blanks, and in a bibliography without braces.
fn words(title: &str, file: &str) -> String {
    let title = if file.starts_with("bibliography") { title.replace(['{', '}'], "") } else { title.to_owned() };
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn file<'f>(files: &'f [(String, String)], name: &str) -> &'f str {
    files.iter().find(|(path, _)| path == name).map(|(_, text)| text.as_str()).expect("the file is made")
}

#[test]
fn bibtex_holds_any_words() {
    for title in TITLES {
        let files = made(title);
        for (name, count) in [("documents/x.bib", 1), ("edition.bib", 1), ("bibliography.bib", 1)] {
            let text = file(&files, name);
            let read = bibtex::read(&ContentPath::new("a.bib"), text);
            assert!(read.findings.is_empty(), "{title}: {name}: {:?}\n{text}", read.findings);
            let entries: Vec<&str> = read.value.iter().map(|record| record.entry.title.as_str()).collect();
            assert_eq!(entries.len(), count, "{title}: {name}\n{text}");
            let words = words(title, name);
            assert!(entries.iter().all(|entry| entry.contains(&words)), "{title}: {name}: {entries:?}\n{text}");
        }
    }
}

/// Each line of RIS begins with a tag, and there are as many records as works, whatever a title says.
#[test]
fn ris_holds_any_words() {
    for title in TITLES {
        let files = made(title);
        for name in ["documents/x.ris", "edition.ris", "bibliography.ris"] {
            let text = file(&files, name);
            let tags: Vec<&str> =
                text.split(['\r', '\n']).filter(|line| !line.is_empty()).map(|line| line.get(..6).unwrap_or(line)).collect();
            assert!(tags.iter().all(|tag| tag.ends_with("  - ")), "{title}: {name}\n{text}");
            let count = |tag: &str| tags.iter().filter(|found| **found == tag).count();
            assert_eq!([count("TY  - "), count("ER  - ")], [1, 1], "{title}: {name}\n{text}");
            assert!(text.contains(&words(title, name)), "{title}: {name}\n{text}");
        }
    }
}

#[test]
fn csl_json_and_calendars_hold_any_words() {
    for title in TITLES {
        let files = made(title);
        for (path, text) in &files {
            match path.rsplit('.').next() {
                Some("json") => {
                    drop(serde_json::from_str::<serde_json::Value>(text).unwrap_or_else(|error| panic!("{title}: {path}: {error}")))
                }
                Some("ics") => assert!(text.split("\r\n").all(|line| !line.contains('\n')), "{title}: {path}"),
                _ => {}
            }
        }
    }
}
