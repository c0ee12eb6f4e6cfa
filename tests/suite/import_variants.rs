//! One letter in thirty shapes: other fields, other order, other line ends, notes elsewhere. What each shape changes in the document, against
//! the letter as it is, stands in `tests/import/variants.txt`; `BLESS=1` writes it anew. No shape may lose a character.

use crate::cases::Case;
use ibid::import::plan::{self, Changed};
use ibid::import::{Custody, Format, Original, Report, Shelf, Sort};
use ibid::load::Inputs;
use std::fmt::Write;
use std::path::Path;

type Edit = fn(&str) -> String;

fn swapped(page: &str, from: &str, to: &str) -> String {
    assert!(page.contains(from), "the letter has `{from}`");
    page.replacen(from, to, 1)
}

fn without(page: &str, line: &str) -> String {
    page.lines().filter(|own| !own.starts_with(line)).fold(String::new(), |out, own| out + own + "\n")
}

/// The notes, from their first line on.
fn notes(page: &str) -> (String, String) {
    let at = page.find("  1. On April 24").expect("the letter has a note");
    (page[..at].to_owned(), page[at..].trim().trim_start_matches("1. ").to_owned())
}

fn with_notes(page: &str, form: fn(&str) -> String) -> String {
    let (text, note) = notes(page);
    format!("{text}{}\n", form(&note))
}

const SHAPES: [(&str, Edit); 30] = [
    ("another author", |page| swapped(page, "Author(s) Lenin", "Author(s) Leon Trotsky")),
    ("two authors", |page| swapped(page, "Author(s) Lenin", "Author(s) Lenin, Trotsky")),
    ("no author", |page| without(page, "Author(s)")),
    ("an author with a colon", |page| swapped(page, "Author(s) Lenin", "Author: V. I. Lenin")),
    ("the author over the title", |page| format!("V. I. Lenin\n\n{}", without(page, "Author(s)"))),
    ("no date of writing", |page| without(page, "Written")),
    ("another form of the date", |page| swapped(page, "Written 24 April 1922", "Written: April 24, 1922")),
    ("dictated", |page| swapped(page, "Written 24 April 1922", "Dictated by phone on April 24, 1922")),
    ("no source", |page| without(page, "Source:")),
    ("no first publication", |page| without(page, "First published")),
    ("the source first", |page| {
        let source = page.lines().find(|line| line.starts_with("Source:")).expect("there is a source").to_owned();
        let rest = without(page, "Source:");
        swapped(&rest, "Author(s) Lenin", &format!("{source}\nAuthor(s) Lenin"))
    }),
    ("the source at the end", |page| {
        let source = page.lines().find(|line| line.starts_with("Source:")).expect("there is a source").to_owned();
        format!("{}\n\n{source}\n", without(page, "Source:").trim_end())
    }),
    ("a place in the dateline", |page| swapped(page, "\nApril 24, 1922\n", "\nMoscow, April 24, 1922\n")),
    ("no dateline", |page| swapped(page, "\nApril 24, 1922\n", "\n")),
    ("no addressee", |page| swapped(page, "Comrade Stalin for the Politbureau\n", "")),
    ("a salutation", |page| swapped(page, "Comrade Stalin for the Politbureau", "Dear Comrade Stalin,")),
    ("an office as addressee", |page| swapped(page, "Comrade Stalin for the Politbureau", "To the Secretary of the Central Committee")),
    ("a signature and a postscript", |page| {
        swapped(
            page,
            "for a quarter of an hour.",
            "for a quarter of an hour.\n\nWith communist greetings,\n\nLenin\n\nP.S. Return this to me.",
        )
    }),
    ("lines of Windows", |page| page.replace('\n', "\r\n")),
    ("lines of old Macs", |page| page.replace('\n', "\r")),
    ("blanks that do not break", |page| page.replace("April 24, 1922", "April\u{a0}24, 1922").replace("Volume 45", "Volume\u{a0}45")),
    ("a mark of order of bytes", |page| format!("\u{feff}{page}")),
    ("no empty lines in the header", |page| {
        let (head, text) = page.split_at(page.find("\nApril 24, 1922\n").expect("there is a dateline"));
        head.lines().filter(|line| !line.trim().is_empty()).fold(String::new(), |out, line| out + line + "\n") + text
    }),
    ("notes with brackets", |page| with_notes(page, |note| format!("[1] {note}"))),
    ("notes with arrows", |page| with_notes(page, |note| format!("- ↑ {note}"))),
    ("notes under a heading", |page| with_notes(page, |note| format!("Notes\n\n1. {note}"))),
    ("a note signed by the editors", |page| format!("{}—Ed.\n", page.trim_end())),
    ("a star for the note", |page| with_notes(&page.replace("members.[1]", "members.*"), |note| format!("* {note}"))),
    ("a raised figure for the note", |page| with_notes(&page.replace("members.[1]", "members.¹"), |note| format!("¹ {note}"))),
    ("a second note, earlier", |page| {
        let page = swapped(page, "should be sent on my behalf:", "should be sent on my behalf[2]:");
        format!("{}\n  2. A note of the second mark.\n", page.trim_end())
    }),
];

fn imported(page: String) -> (String, Report) {
    let inputs = Inputs::default();
    let mut shelf = Shelf::of(&ibid::parse::parse(&inputs).value);
    let mut report = Report::default();
    let original = Original { name: "letter.txt".into(), bytes: page.into_bytes() };
    let plan = plan::plan(Format::Text, &[original], &mut shelf, &inputs, &Custody::default(), Changed::Keep, &mut report);
    let parts = [
        "content/documents/letter.md",
        "content/registers/persons.yaml",
        "content/registers/organisations.yaml",
        "content/bibliography.yaml",
    ];
    let found = parts.iter().filter_map(|path| plan.files.iter().find(|(own, _)| own.as_str() == *path));
    let text = found.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect::<Vec<_>>().join("\n");
    (text.lines().filter(|line| !line.starts_with("imported:") && !line.is_empty()).collect::<Vec<_>>().join("\n"), report)
}

#[test]
fn one_letter_in_thirty_shapes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let page = Case::read(&root.join("text/letter.md")).files[0].1.clone();
    let (usual, _) = imported(page.clone());
    let mut out = String::new();
    for (name, edit) in SHAPES {
        let (text, report) = imported(edit(&page));
        assert_eq!(report.figures.characters_lost, 0, "{name}: {}", report.human());
        assert!(!report.remarks.iter().any(|remark| remark.sort == Sort::Lost), "{name}: {}", report.human());
        writeln!(out, "{name}").expect("strings take all");
        for (sign, from, to) in [('-', &usual, &text), ('+', &text, &usual)] {
            for line in from.lines().filter(|line| !to.lines().any(|own| own == *line)) {
                writeln!(out, "  {sign} {}", line.chars().take(150).collect::<String>()).expect("strings take all");
            }
        }
        for remark in report.remarks.iter().filter(|remark| remark.sort.is_grave()) {
            writeln!(out, "  ! {}: {}", remark.rule, remark.text).expect("strings take all");
        }
    }
    let expectation = root.join("variants.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&expectation, &out).expect("it can be written");
    }
    assert_eq!(out, std::fs::read_to_string(&expectation).unwrap_or_default(), "run with BLESS=1 and read the difference");
}
