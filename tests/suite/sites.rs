//! Golden sites: `tests/sites/NAME/content` builds to `tests/sites/NAME/expected`, byte for byte. Theme files are left out: they are in `themes/`.
//! `BLESS=1` rewrites the expectation; read it before you commit it.

use ibid::diag::human;
use ibid::pipeline::{self, Built};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn sites() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/sites")
}

/// Builds an edition that must have no finding at all.
pub fn build_clean(root: &Path) -> Built {
    let built = pipeline::build(root);
    let findings = human::print(&built.findings, false, |path| built.text_of(path));
    assert_eq!(findings, "", "{}", root.display());
    built
}

/// The files of a build as text by path, without the theme's.
fn pages(built: &Built) -> BTreeMap<String, String> {
    let pages = built.artifacts.iter().filter(|artifact| !artifact.path.as_str().starts_with("theme/"));
    pages.map(|artifact| (artifact.path.as_str().to_owned(), String::from_utf8(artifact.bytes.clone()).expect("pages are text"))).collect()
}

/// The files of a folder as text by path.
fn read_folder(folder: &Path) -> BTreeMap<String, String> {
    fn walk(folder: &Path, base: &Path, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("expectations can be read").path();
            if path.is_dir() {
                walk(&path, base, found);
            } else {
                let name = path.strip_prefix(base).expect("inside").to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).expect("expectations are text"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

fn check(name: &str) {
    let root = sites().join(name);
    let built = pages(&build_clean(&root));
    let folder = root.join("expected");
    if std::env::var_os("BLESS").is_some() {
        drop(fs::remove_dir_all(&folder));
        for (path, text) in &built {
            let file = folder.join(path);
            fs::create_dir_all(file.parent().expect("a file has a folder")).expect("expectations can be written");
            fs::write(file, text).expect("expectations can be written");
        }
    }
    let expected = read_folder(&folder);
    assert_eq!(built.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "files of {name}");
    for (path, text) in &built {
        assert_eq!(text, &expected[path], "{name}: {path}");
    }
}

#[test]
fn the_letter() {
    check("letter");
}

/// Feeds and site map have the dates of editing, and no date where none is known; a draft is nowhere.
#[test]
fn letters_with_a_history_of_editing() {
    check("revised");
}

/// The letter of the example edition is the one of the golden site.
#[test]
fn the_letter_is_the_example_editions() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/documents/lcw-45-1922-04-24-stalin.md");
    let golden = sites().join("letter/content/documents/lcw-45-1922-04-24-stalin.md");
    assert_eq!(fs::read_to_string(example).expect("the letter"), fs::read_to_string(golden).expect("the golden letter"));
}

/// What stands otherwise on our page than in the text as a wiki printed it: the wiki's words, ours. Each must occur there exactly once.
const LETTER: [(&str, &str); 9] = [
    ("From Marxists-en", "Taken over from Marxists-en"),
    // Furniture of the wiki's page, and its labels.
    ("\nJump to navigation Jump to search\n", "\n"),
    ("Author(s) Lenin", "From Lenin"),
    ("Written 24 April 1922", "Letter · 24 April 1922"),
    ("Source: Lenin Collected Works", "Source Lenin Collected Works"),
    // The two slips, emended; the source's readings are looked for besides.
    ("foreign, capitalists", "foreign capitalists"),
    ("their -agreement", "their agreement"),
    // The mark of the note, and its number.
    ("members.[1]", "members."),
    ("  1. On April 24, 1922, the text", "1 On April 24, 1922, the text"),
];

/// Every line of the letter as a wiki printed it is on the page we print, character by character.
#[test]
fn the_letter_comes_through_whole() {
    let built = build_clean(&sites().join("letter"));
    let page = &pages(&built)["documents/lcw-45-1922-04-24-stalin.html"];
    // Labels and what they are put to, and the lines of the source, are parted by their elements alone.
    let page = page.replace("</dt>", " ").replace("</h2>", " ");
    let words = plain(&page);
    let mut text = fs::read_to_string(sites().join("letter/letter.txt")).expect("the letter as printed");
    for (theirs, ours) in LETTER {
        assert_eq!(text.matches(theirs).count(), 1, "in the letter as printed: {theirs}");
        text = text.replace(theirs, ours);
    }
    // Sentences that the wiki runs together and we set apart; a dash between pages, as the wiki itself has it elsewhere.
    text = text.replace("Miscellany XXXVI. Printed", "Miscellany XXXVI.\nPrinted").replace("533b-534a", "533b–534a");
    let lines: Vec<String> = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let lines = lines.iter().filter(|line| !line.is_empty());
    assert_eq!(lines.clone().count(), 20, "lines of the letter");
    for line in lines {
        assert!(words.contains(line.as_str()), "not on the page: {line}\n{words}");
    }
    for slip in ["foreign, capitalists", "their -agreement"] {
        assert!(words.contains(slip), "the source's reading is lost: {slip}");
    }
    for place in ["Document 704", "Document 705"] {
        assert!(plain(&pages(&built)["wanted.html"]).contains(place), "not among the wanted documents: {place}");
    }
}

/// The words of a page, tags and paragraph links left out, white space as one space.
pub fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let skipped = if rest[at..].starts_with("<a class=\"pl\"") || rest[at..].starts_with("<sup") {
            let end = if rest[at..].starts_with("<sup") { "</sup>" } else { "</a>" };
            at + rest[at..].find(end).map_or(rest.len() - at, |found| found + end.len())
        } else {
            if ["<p", "<li", "<h", "<br", "<div"].iter().any(|tag| rest[at..].starts_with(tag)) {
                text.push(' ');
            }
            at + rest[at..].find('>').map_or(rest.len() - at, |found| found + 1)
        };
        rest = &rest[skipped..];
    }
    text.push_str(rest);
    let text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
