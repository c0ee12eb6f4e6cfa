//! An edition of 10,000 documents: every list stays a page that a telephone can hold (T9 of the acceptance list).

use ibid::parse::theme;
use ibid::render::World;
use ibid::render::chronology::Timeline;
use ibid::render::citation::Citations;
use ibid::render::divisions::{self, Divisions};
use ibid::render::routes::{self, Page, Subject};
use ibid::render::templates::Templates;
use ibid::{load, parse, render, resolve};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const DOCUMENTS: usize = 10_000;
const PERSONS: usize = 3_000;
/// Bytes of HTML.
const HEAVIEST: usize = 300_000;

const KINDS: [&str; 8] = ["letter", "telegram", "note", "minutes", "decree", "speech", "memorandum", "report"];
const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// Writes the edition: dates of 1860–1930 with four years that hold half of them, one person in four documents of ten, one work cited in each
/// fourth.
fn write(root: &Path) {
    let content = root.join("content");
    fs::create_dir_all(content.join("registers")).expect("a folder for the registers");
    fs::create_dir_all(content.join("documents")).expect("a folder for the documents");
    fs::write(content.join("edition.yaml"), "title: Ten thousand papers\nurl: https://edition.example/\n").expect("settings");
    let works = "papers: {type: book, title: Collected Papers, author: \"Andersen, Nikolai\", date: 1935}\nrare: {type: book, title: A Rare Book, author: \"Berg, Anna\", date: 1936}\n";
    fs::write(content.join("bibliography.yaml"), works).expect("a bibliography");
    let mut persons = String::new();
    for number in 0..PERSONS {
        let letter = char::from(b'A' + u8::try_from(number % 26).expect("a letter"));
        writeln!(persons, "p{number}: {{name: \"Nikolai {letter}ndersen the {number}th\", sort: \"{letter}ndersen {number}, Nikolai\", identification: Deputy of the district assembly}}")
            .expect("memory");
    }
    fs::write(content.join("registers/persons.yaml"), persons).expect("a register");
    for number in 0..DOCUMENTS {
        fs::write(content.join(format!("documents/d{number}.md")), document(number)).expect("a document");
    }
}

fn document(number: usize) -> String {
    let (a, b) = (number * 7919 % 10_007, number * 104_729 % 9_973);
    let year = if number.is_multiple_of(2) { [1917, 1918, 1919, 1922][a % 4] } else { 1860 + a % 71 };
    let (month, day) = (MONTHS[b % 12], 1 + a % 28);
    let date = match number % 25 {
        0 => format!("[{month} {day}, {year}?]"),
        1 => format!("{month} {year}"),
        2 => format!("Not later than {month} {day}, {year}"),
        3 => format!("between {month} {} and {}, {year}", day.min(20), day.min(20) + 5),
        4 => "undated".to_owned(),
        5 if year < 1918 => format!("{month} {day}, {year} O.S."),
        _ => format!("{month} {day}, {year}"),
    };
    let author = if number % 5 < 2 { 0 } else { a % PERSONS };
    let to = if number.is_multiple_of(10) { 1 } else { 2 + b % (PERSONS - 2) };
    let kind = KINDS[[0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7][b % 12]];
    let mention = if number.is_multiple_of(3) {
        "He met [Nikolai Andersen](person:p0) there, in the presence of several members of the delegation. "
    } else {
        ""
    };
    let cited = match number {
        7 => " So he wrote [@rare, p. 4].",
        number if number.is_multiple_of(4) => " So he wrote [@papers, p. 12].",
        _ => "",
    };
    format!(
        "---\nid: d{number}\nkind: {kind}\ntitle: \"A {kind} to Nikolai Andersen the {to}th on the affairs of the district, no. {number}\"\nauthor: p{author}\nto: p{to}\ndate: \"{date}\"\n---\n\n{mention}The assembly has heard the report.{cited}\n"
    )
}

#[test]
fn ten_thousand_documents_make_no_page_too_heavy() {
    let folder = tempfile::tempdir().expect("a folder for the edition");
    write(folder.path());
    let inputs = load::load(folder.path()).value;
    let parsed = parse::parse(&inputs);
    assert_eq!(parsed.findings, []);
    let theme = theme::read(&parsed.value.edition.config, &inputs.themes, load::builtin::FILES).value;
    let styles = std::sync::Arc::new(parse::styles::read(&parsed.value.edition.config, &inputs.content).value);
    let site = resolve::resolve(parsed.value, resolve::Drafts::LeftOut).value;
    let citations = Citations::of(&site, &theme.words, &styles, 0, Default::default());
    let world = World { site: &site, theme: &theme, inputs: &inputs, citations: &citations };
    let templates = Templates::compile(&theme, &render::home::edition(&site, &theme)).expect("the built-in theme compiles");
    let timeline = Timeline::of(&site);
    let divisions = Divisions::new(divisions::DIVISION, 0, divisions::all(&site, &theme.words));
    let pages = routes::pages(&site, &timeline, &divisions);
    let is_list = |page: &&Page| !matches!(page.subject, Subject::Document(_) | Subject::Source(_));
    let paths = |stem: &str| pages.iter().filter(|page| page.path.as_str().starts_with(stem)).count();
    // T9: over 1,500 entries a page for each year, with the chart page above; the heavy lists go on on further pages.
    assert!(paths("chronology/19") >= 31 && paths("chronology/18") >= 40, "a page for each year");
    assert!(paths("persons/p0/") >= 5 && paths("correspondence/p0--p1/") >= 1 && paths("persons/index/") >= 1, "lists in parts");
    assert!(
        paths("bibliography/papers.html") == 1 && paths("bibliography/papers/") >= 4 && paths("bibliography/rare") == 0,
        "places that cite"
    );
    let mut heaviest = (0, String::new());
    // Most persons are alike: one in a hundred is looked at, and all that have parts.
    let chosen = pages
        .iter()
        .filter(is_list)
        .enumerate()
        .filter(|(at, page)| !matches!(&page.subject, Subject::Entity(id, 0) if id != "p0" && at % 100 > 0));
    for (_, page) in chosen {
        let bytes = templates.page(&routes::input(&world, &timeline, &divisions, page)).expect("the page can be made").len();
        assert!(bytes <= HEAVIEST, "{}: {bytes} bytes", page.path);
        heaviest = heaviest.max((bytes, page.path.as_str().to_owned()));
    }
    println!("the heaviest list is {} with {} bytes", heaviest.1, heaviest.0);
}
