//! Imports of pages: whole documents, registers and reports from whole files.
//!
//! Case files are in `tests/import`; `BLESS=1` rewrites their expectations, which are then to be read before committing.

use crate::cases::{self, Case, sections};
use ibid::import::plan::{self, Changed};
use ibid::import::{self, Custody, Format, Original, Report, Shelf};
use ibid::load::Inputs;

/// The file's bytes: in the encoding that stands before its extension, as in `page.koi8-r.html`.
fn bytes_of(name: &str, text: &str) -> Vec<u8> {
    let label = name.rsplit('.').nth(1).and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    label.map_or_else(|| text.as_bytes().to_vec(), |encoding| encoding.encode(text).0.into_owned())
}

fn imported(case: &Case, format: Format) -> String {
    let originals: Vec<Original> =
        case.files.iter().map(|(path, text)| Original { name: path.as_str().to_owned(), bytes: bytes_of(path.as_str(), text) }).collect();
    let inputs = Inputs::default();
    let mut shelf = Shelf::of(&ibid::parse::parse(&inputs).value);
    let mut report = Report::default();
    let plan = plan::plan(format, &originals, &mut shelf, &inputs, &Custody::default(), Changed::Keep, &mut report);
    let mut parts: Vec<(String, String)> = Vec::new();
    for (path, bytes) in &plan.files {
        if path.as_str() != plan::LEDGER && path.as_str() != "content/edition.yaml" {
            parts.push((path.as_str().to_owned(), String::from_utf8(bytes.clone()).expect("what is written is UTF-8")));
        }
    }
    let mut whole = report.human();
    whole.push_str(if report.is_clean() { "\nexit status 0\n" } else { "\nexit status 1\n" });
    parts.push(("report".to_owned(), whole));
    let parts: Vec<(&str, String)> = parts.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    sections(&parts)
}

#[test]
fn pages_copied_as_plain_text() {
    cases::run("import/text", |case| imported(case, Format::Text));
}

#[test]
fn saved_web_pages() {
    cases::run("import/html", |case| imported(case, Format::Html));
}

#[test]
fn pages_of_wikis() {
    cases::run("import/mediawiki", |case| imported(case, Format::Mediawiki));
}

#[test]
fn libraries_of_works() {
    cases::run("import/bibliography", |case| imported(case, Format::Bibliography));
}

fn report_of(name: &str, bytes: Vec<u8>, format: Format) -> Report {
    let inputs = Inputs::default();
    let mut shelf = Shelf::of(&ibid::parse::parse(&inputs).value);
    let mut report = Report::default();
    let original = Original { name: name.to_owned(), bytes };
    drop(plan::plan(format, &[original], &mut shelf, &inputs, &Custody::default(), Changed::Keep, &mut report));
    report
}

/// Pages that break off anywhere: what is there comes in, and every character is accounted for.
#[test]
fn pages_that_break_off_lose_nothing() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let mut lost = Vec::new();
    for (folder, format) in [("text", Format::Text), ("html", Format::Html), ("mediawiki", Format::Mediawiki)] {
        let mut paths: Vec<_> =
            std::fs::read_dir(root.join(folder)).expect("cases are there").map(|entry| entry.expect("listed").path()).collect();
        paths.sort();
        for path in paths {
            let case = Case::read(&path);
            let (name, text) = &case.files[0];
            let letters: Vec<char> = text.chars().collect();
            for part in 1..=16 {
                let cut: String = letters[..letters.len() * part / 16].iter().collect();
                let report = report_of(name.as_str(), cut.clone().into_bytes(), format);
                for remark in report.remarks.iter().filter(|remark| remark.sort == import::Sort::Lost) {
                    lost.push(format!("{folder}/{name} {part}/16: {}: {}", remark.rule, remark.text));
                }
            }
        }
    }
    assert_eq!(lost, Vec::<String>::new());
}

fn after(inputs: &Inputs, plan: &plan::Plan) -> Inputs {
    let file = |path: &ibid::base::path::ContentPath, bytes: &[u8]| ibid::load::File::new(path.clone(), bytes.to_vec(), Default::default());
    let old = inputs.content.iter().filter(|old| !plan.files.contains_key(&old.path)).map(|old| file(&old.path, old.bytes()));
    let mut content: Vec<ibid::load::File> = old.chain(plan.files.iter().map(|(path, bytes)| file(path, bytes))).collect();
    content.sort_by(|a, b| a.path.cmp(&b.path));
    let mut inputs = Inputs::default();
    inputs.content = content;
    inputs
}

/// A second import of the same originals writes nothing, and one over an editor's change leaves it and says so, whatever the format.
#[test]
fn importing_twice_changes_nothing_and_keeps_what_an_editor_did() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let formats =
        [("text", Format::Text), ("html", Format::Html), ("mediawiki", Format::Mediawiki), ("bibliography", Format::Bibliography)];
    let mut wrong = Vec::new();
    for (folder, format) in formats {
        let mut paths: Vec<_> =
            std::fs::read_dir(root.join(folder)).expect("cases are there").map(|entry| entry.expect("listed").path()).collect();
        paths.sort();
        for path in paths {
            let case = Case::read(&path);
            let original = |(path, text): &(ibid::base::path::ContentPath, String)| {
                let name = path.as_str().to_owned();
                Original { bytes: bytes_of(&name, text), name }
            };
            let originals: Vec<Original> = case.files.iter().map(original).collect();
            let import = |inputs: &Inputs| {
                let mut shelf = Shelf::of(&ibid::parse::parse(inputs).value);
                let mut report = Report::default();
                let plan = plan::plan(format, &originals, &mut shelf, inputs, &Custody::default(), Changed::Keep, &mut report);
                (plan, report)
            };
            let first = after(&Inputs::default(), &import(&Inputs::default()).0);
            let again: Vec<String> = import(&first).0.files.keys().map(ToString::to_string).collect();
            if !again.is_empty() {
                wrong.push(format!("{folder}/{}: a second import writes {again:?}", case.path.file_name().unwrap_or_default().display()));
            }
            let document = first.content.iter().find(|file| file.path.as_str().starts_with("content/documents/"));
            let Some(document) = document.map(|file| file.path.clone()) else { continue };
            let mut edited = plan::Plan::default();
            let mut text = first.content_file(&document).expect("it is there").bytes().to_vec();
            text.extend(b"\nA line of the editor.\n");
            edited.files.insert(document.clone(), text);
            let (third, report) = import(&after(&first, &edited));
            let kept = report.remarks.iter().any(|remark| remark.sort == import::Sort::Kept && remark.text == document.as_str());
            if !third.files.is_empty() || !kept || report.is_clean() {
                wrong.push(format!(
                    "{folder}/{}: an editor’s change is not kept, or not told",
                    case.path.file_name().unwrap_or_default().display()
                ));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// What is made to break readers: they end, and say what they could not read.
#[test]
fn monstrous_pages_are_survived() {
    let words = "The words of the letter stand here.";
    let many = 100_000;
    let pages = [
        (Format::Html, format!("<html><body>{}{words}", "<div>".repeat(many))),
        (Format::Html, format!("<html><body><p>{}{words}", "<b>".repeat(many))),
        (Format::Html, format!("<html><body>{}{words}", "<table><tr><td>".repeat(3000))),
        (Format::Html, format!("<p>{words}{}", "<a href=\"#x\">[1]</a>".repeat(2000))),
        (Format::Mediawiki, format!("{words}{}", "{{a|".repeat(many))),
        (Format::Mediawiki, format!("{words}{}", "[[".repeat(many))),
        (Format::Mediawiki, format!("{words}{}", "<ref>".repeat(3000))),
        (Format::Mediawiki, format!("{words}{}", "''".repeat(many))),
        (Format::Mediawiki, format!("{words}{}", "<blockquote>".repeat(3000))),
        (Format::Text, format!("Letter\n\n{words}\n{}", "1. x[1]\n\n".repeat(1000))),
        (Format::Text, format!("Letter\n\n{words}{}", "[1]".repeat(many / 10))),
        (Format::Text, format!("{}{words}", "“".repeat(many / 10))),
    ];
    for (format, page) in pages {
        let report = report_of("monster", page.clone().into_bytes(), format);
        let lost: Vec<_> = report.remarks.iter().filter(|remark| remark.sort == import::Sort::Lost).collect();
        assert!(lost.is_empty(), "{:.60}: {lost:?}", page);
        assert!(report.figures.characters > 0, "{:.60}", page);
    }
}

/// The document that an editor made by hand of the page in `tests/import/text/letter.md`, and what is made of that page for the same edition.
struct Letter {
    page: String,
    made: String,
    by_hand: String,
    aside: String,
    edition: String,
}

fn letter() -> Letter {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let case = Case::read(&root.join("tests/import/text/letter.md"));
    let page = case.files[0].1.clone();
    let inputs = ibid::load::load(root).value;
    let mut shelf = Shelf::of(&ibid::parse::parse(&inputs).value);
    let mut report = Report::default();
    let original = Original { name: "lenin-1922-04-24.txt".into(), bytes: page.clone().into_bytes() };
    let plan = plan::plan(Format::Text, &[original], &mut shelf, &inputs, &Custody::default(), Changed::Keep, &mut report);
    let text = |path: &str| {
        let found = plan.files.iter().find(|(own, _)| own.as_str() == path);
        String::from_utf8(found.unwrap_or_else(|| panic!("{path} is written")).1.clone()).expect("UTF-8")
    };
    assert!(report.is_clean(), "{}", report.human());
    assert_eq!(shelf.added(), (0, 0), "the edition has every name and work of the letter");
    let on_disk = |path: &str| std::fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Letter {
        page,
        made: text("content/documents/lenin-1922-04-24.md"),
        by_hand: on_disk("content/documents/lcw-45-1922-04-24-stalin.md"),
        aside: text("content/imported/lenin-1922-04-24.txt"),
        edition: on_disk("content/bibliography.yaml") + &on_disk("content/registers/persons.yaml"),
    }
}

/// Words with `[words](target)` as words, note marks left out, blanks and escapes as nothing.
fn dense(markdown: &str) -> String {
    let mut out = String::new();
    let mut rest = markdown;
    while let Some(letter) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("](") {
            let length = after.find(')').map_or(after.len(), |end| end + 1);
            rest = &after[length..];
            continue;
        }
        if rest.starts_with("[^") {
            rest = &rest[rest.find(']').map_or(rest.len(), |end| end + 1)..];
            continue;
        }
        if !letter.is_whitespace() && !matches!(letter, '[' | '\\') {
            out.push(letter);
        }
        rest = &rest[letter.len_utf8()..];
    }
    out
}

/// Where the words of one line of the page went.
fn fate(line: &str, letter: &Letter) -> String {
    let (front, body) = letter.made.split_once("\n---\n").expect("front matter ends");
    let inside = |text: &str, words: &str| dense(text).contains(&dense(words));
    let bare = line.trim().trim_end_matches("[1]").trim_start_matches("1. ");
    if inside(body, bare) {
        return format!("in the text{}", if bare == line.trim() { "" } else { ", its number as the note’s mark" });
    }
    if inside(front, bare) {
        return "in a field".to_owned();
    }
    if letter.aside.contains(bare) {
        return "set aside".to_owned();
    }
    let fields = format!("{front}\n{}", letter.edition);
    let labels = ["Author(s)", "Written", "Source:", "First published in", "in", "Volume", "pages"];
    let mut words = Vec::new();
    let mut by_form = Vec::new();
    for word in bare.split(' ') {
        let word = word.trim_end_matches(['.', ',']);
        if fields.contains(word) || word == "XXXVI" && fields.contains("36") {
            words.push(word);
        } else {
            by_form.push(word);
        }
    }
    let only_labels = by_form.iter().all(|word| labels.iter().any(|label| label.split(' ').any(|part| part == *word)));
    assert!(only_labels, "nowhere: {by_form:?} of {line}");
    format!("in fields, but for {}, which the fields’ names say", by_form.join(" "))
}

#[test]
fn every_line_of_the_letter_is_somewhere() {
    let letter = letter();
    let mut made = String::new();
    for line in letter.page.lines().filter(|line| !line.trim().is_empty()) {
        let head: String = line.trim().chars().take(60).collect();
        made.push_str(&format!("{head}\n    {}\n", fate(line, &letter)));
    }
    let expected = "\
Letter to Joseph Stalin for Members of the RCP(b) CC Politbu
    in a field
From Marxists-en
    set aside
Jump to navigation Jump to search
    set aside
Author(s) Lenin
    in fields, but for Author(s), which the fields’ names say
Written 24 April 1922
    in fields, but for Written, which the fields’ names say
First published in 1959 in Lenin Miscellany XXXVI. Printed f
    in fields, but for First, which the fields’ names say
Source: Lenin Collected Works, Progress Publishers, 1976, Mo
    in fields, but for Source: Volume, which the fields’ names say
April 24, 1922
    in the text
Comrade Stalin for the Politbureau
    in the text
Rudzutak’s telegram protesting against the letter sent to Ll
    in the text
I propose, therefore, that the Politbureau members should be
    in the text
“To Chicherin for all the members of the delegation
    in the text
“I consider Rudzutak’s opinion, stated in his telegram of Ap
    in the text
“I repeat once again that we have communicated to you the ab
    in the text
“1) The fundamental importance of the Russo-German treaty.
    in the text
“2) Our divergence on the question of restoring the capitali
    in the text
Please, let me know the opinion of all or at any rate of a m
    in the text, its number as the note’s mark
At 7 o’clock tonight let us meet together, and if possible w
    in the text
1. On April 24, 1922, the text of the telegram to G. V. Chic
    in the text, its number as the note’s mark
Lenin’s assessment of the stand taken by Lloyd George and ot
    in the text
";
    assert_eq!(made, expected);
}

/// Differences between the import and the document made by hand, each with its reason.
const DIFFERENCES: [(&str, &str); 14] = [
    ("id: lenin-1922-04-24 | lcw-45-1922-04-24-stalin", "the file’s name is the id until an editor chooses one"),
    ("short_title: | To Stalin for the Politbureau, with a draft telegram to Chicherin", "the page has none; an editor wrote it"),
    (
        "copy_text: {kind: typewritten-copy, statement: Printed from a typewritten copy.} | Printed from a typewritten copy.",
        "the import also says what kind of copy it is",
    ),
    (
        "contains: [{author: lenin, id: draft-telegram, kind: telegram, state: draft, title: Draft Telegram to Georgy Chicherin, to: [{as: To Chicherin, ref: chicherin}, {as: for all the members of the delegation, role: for}]}] | \
         [{author: lenin, date: {edtf: 1922-04-24, evidence: the date of the letter it is part of; note 1 says the text was approved on this day, printed: April 24, 1922}, id: draft-telegram, kind: telegram, state: draft, title: Draft telegram to Georgy Chicherin, to: [{as: To Chicherin, ref: chicherin}, {as: for all the members of the delegation, ref: soviet-delegation, role: for}]}]",
        "the telegram has no date of its own, and which delegation is meant is not said on the page: an editor inferred both",
    ),
    ("keywords: | [repudiation of debts, nationalised property]", "the page has none; an editor chose them"),
    (
        "rights: | {text: Text of the printed edition: Lenin, Collected Works, vol. 45, Progress Publishers, Moscow, 1976, quoted as printed; notes of this edition CC0}",
        "the page states no rights; an editor wrote them",
    ),
    ("words: 10 annotations person", "names are not tagged by an import, only by an editor"),
    ("words: 1 annotations place", "names are not tagged by an import, only by an editor"),
    ("words: 5 annotations org", "names are not tagged by an import, only by an editor"),
    ("words: 6 annotations date", "dates mentioned are not tagged by an import, only by an editor"),
    ("words: 2 annotations sic", "slips of the page are told, never mended; an editor mended two"),
    ("paragraph: foreign, capitalists | foreign capitalists", "a slip of the page, mended by an editor"),
    ("paragraph: their -agreement | their agreement", "a slip of the page, told in the report and mended by an editor"),
    ("note: | [@dvp-5, pp. 276–77].", "a note of the edition’s own"),
];

fn shown(value: Option<&serde_json::Value>) -> String {
    match value {
        None => String::new(),
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(serde_json::Value::Array(all)) => format!("[{}]", all.iter().map(|value| shown(Some(value))).collect::<Vec<_>>().join(", ")),
        Some(serde_json::Value::Object(fields)) => {
            format!("{{{}}}", fields.iter().map(|(name, value)| format!("{name}: {}", shown(Some(value)))).collect::<Vec<_>>().join(", "))
        }
        Some(other) => other.to_string(),
    }
}

fn differences(made: &str, by_hand: &str) -> Vec<String> {
    let mut out = Vec::new();
    let apart = |text: &str| {
        let (front, body) = text
            .trim_start_matches("---\n")
            .split_once("\n---\n")
            .map(|(front, body)| (front.to_owned(), body.to_owned()))
            .expect("front matter");
        (ibid::formats::yaml::read::<std::collections::BTreeMap<String, serde_json::Value>>(&front).expect("fields"), body)
    };
    let ((fields, body), (hand_fields, hand_body)) = (apart(made), apart(by_hand));
    let order = ["id", "short_title", "copy_text", "contains", "keywords", "rights"];
    let mut names: Vec<&String> = fields.keys().chain(hand_fields.keys()).collect();
    names.sort_by_key(|name| (order.iter().position(|own| own == name), (*name).clone()));
    names.dedup();
    for name in names {
        let (own, hand) = (shown(fields.get(name)), shown(hand_fields.get(name)));
        if own != hand {
            out.push(format!("{name}: {own} | {hand}").replace(":  |", ": |"));
        }
    }
    for scheme in ["person", "place", "org", "date", "sic", "at", "work", "term", "page"] {
        let count = |text: &str| text.matches(&format!("]({scheme}:")).count() + text.matches(&format!("](<{scheme}:")).count();
        if count(&body) != count(&hand_body) {
            out.push(format!("words: {} annotations {scheme}", count(&hand_body) - count(&body)));
        }
    }
    let (own, hand): (Vec<String>, Vec<String>) = (blocks(&body), blocks(&hand_body));
    for at in 0..own.len().max(hand.len()) {
        let (own, hand) = (own.get(at).map_or("", String::as_str), hand.get(at).map_or("", String::as_str));
        if own == hand {
            continue;
        }
        if own.is_empty() {
            out.push(format!("note: | {hand}"));
            continue;
        }
        let begin = own
            .char_indices()
            .zip(hand.char_indices())
            .take_while(|((_, a), (_, b))| a == b)
            .last()
            .map_or(0, |((at, a), _)| at + a.len_utf8());
        let begin = own[..begin].rfind(' ').map_or(0, |at| at + 1);
        let words =
            |text: &str, count: usize| text[begin..].split(' ').take(count).collect::<Vec<_>>().join(" ").trim_end_matches('.').to_owned();
        let first = own[..begin.saturating_sub(1)].rfind(' ').map_or(0, |at| at + 1);
        let before = if own[begin..].starts_with('-') { &own[first..begin] } else { "" };
        out.push(format!(
            "paragraph: {before}{} | {before}{}",
            words(own, if before.is_empty() { 2 } else { 1 }),
            words(hand, if before.is_empty() { 2 } else { 1 })
        ));
    }
    out
}

/// Paragraphs as words, annotations left out.
fn blocks(body: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut rest = body;
    while let Some(letter) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("](") {
            rest = &after[after.find(')').map_or(after.len(), |end| end + 1)..];
            continue;
        }
        if letter == '[' && !rest.starts_with("[^") && !rest.starts_with("[@") {
            rest = &rest[1..];
            continue;
        }
        plain.push(letter);
        rest = &rest[letter.len_utf8()..];
    }
    let plain = plain.replace("[^edition:a]: ", "").replace("[^edition:a]", "");
    plain.split("\n\n").map(|block| block.trim().to_owned()).filter(|block| !block.is_empty()).collect()
}

#[test]
fn the_letter_is_as_made_by_hand_but_for_what_is_explained() {
    let letter = letter();
    let found = differences(&letter.made, &letter.by_hand);
    let explained: Vec<&str> = DIFFERENCES.iter().map(|(difference, _)| *difference).collect();
    assert_eq!(found, explained, "each difference has its reason in this file");
}
