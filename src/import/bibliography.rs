//! Libraries of other programs, BibLaTeX and CSL-JSON as Zotero exports them, into the edition's bibliography. Keys are kept, and nothing is
//! entered twice: a work with the same key, DOI, ISBN, or title, volume and year is the one that is there, which is never changed.

use super::plain_text::decoded;
use super::report::{Report, Sort};
use super::shelf::Shelf;
use super::{Imported, Original};
use crate::base::path::ContentPath;
use crate::base::text::head;
use crate::model::entry::Entry;
use crate::parse::bibliography;
use crate::parse::date::DateContext;

/// Names of other programs for those.
const NAMES: [(&str, &str); 12] = [
    ("archive_location", "archive-location"),
    ("archivelocation", "archive-location"),
    ("callnumber", "call-number"),
    ("lccn", "call-number"),
    ("annotation", "annote"),
    ("keyword", "keywords"),
    ("pagetotal", "page-total"),
    ("number-of-pages", "page-total"),
    ("number-of-volumes", "volume-total"),
    ("volumes", "volume-total"),
    ("copyright", "rights"),
    ("chapter-number", "chapter"),
];

/// Reads one library.
pub fn read(original: &Original, shelf: &mut Shelf, report: &mut Report, imported: &mut Imported) {
    let text = decoded(original, None, report);
    let json = text.trim_start_matches('\u{feff}').trim_start().starts_with(['[', '{']);
    let name = format!("{}.{}", original.stem(), if json { "json" } else { "bib" });
    let read = bibliography::read(&ContentPath::new(name), &text, &DateContext::default());
    for finding in &read.findings {
        let line = finding.primary.span.map_or(0, |span| line_of(&text, span.start as usize));
        let sort = if finding.severity == crate::diag::Severity::Error { Sort::Broken } else { Sort::NotUnderstood };
        report.say(sort, finding.code.row().summary, &original.name, line, finding.message.as_str());
    }
    let mut aside = String::new();
    let mut entered = 0;
    for entry in read.value {
        let line = line_of(&text, entry.span.start as usize);
        if entry.title.is_empty() {
            continue;
        }
        entered += 1;
        let (mut entry, left) = settled(entry);
        let wanted = citable(&entry.key);
        if wanted != entry.key {
            let rule = "a key has signs that no citation can name; hyphens stand in their place";
            report.say(Sort::Changed, rule, &original.name, line, format!("{} → {wanted}", head(&entry.key, LONGEST_KEY).0));
            entry.key.clone_from(&wanted);
        }
        for (name, value) in &left {
            aside.push_str(&format!("{wanted}: {name} = {value}\n"));
            report.say(
                Sort::SetAside,
                "a field that a bibliography of ours does not have",
                &original.name,
                line,
                format!("{wanted}: {name} = {value}"),
            );
        }
        enter(entry, &wanted, line, original, shelf, report);
    }
    if entered == 0 {
        report.say(Sort::Broken, "no work was found", &original.name, 0, "the file is no library of BibLaTeX or CSL-JSON");
    }
    if !aside.is_empty() {
        let head = format!("# Fields of {} that the bibliography does not have\n", original.file_name());
        imported.aside.push((format!("{}.txt", crate::base::slug::slug(original.stem())), format!("{head}{aside}")));
    }
}

/// Longest key in characters; a longer one is what a broken file has between two commas.
const LONGEST_KEY: usize = 120;

/// A key that `[@{key}]` can name.
fn citable(key: &str) -> String {
    let plain = |letter: char| if matches!(letter, '{' | '}' | '[' | ']') || letter.is_control() { '-' } else { letter };
    head(key, LONGEST_KEY).0.chars().map(plain).collect()
}

fn enter(entry: Entry, wanted: &str, line: usize, original: &Original, shelf: &mut Shelf, report: &mut Report) {
    let before = shelf.added().1;
    let key = shelf.work(entry);
    let new = shelf.added().1 > before;
    match (new, key == wanted) {
        (true, true) => {}
        (true, false) => {
            report.say(
                Sort::Changed,
                "another work has the key; the new one gets a number",
                &original.name,
                line,
                format!("{wanted} → {key}"),
            );
        }
        (false, true) => report.say(Sort::Guess, "the work is in the bibliography; it stays as it is", &original.name, line, key),
        (false, false) => {
            let rule = "the work is in the bibliography under another key, which stays";
            report.say(Sort::Guess, rule, &original.name, line, format!("{wanted} is {key}"));
        }
    }
}

/// An entry in our own fields, and what has no place among them.
fn settled(mut entry: Entry) -> (Entry, Vec<(String, String)>) {
    let mut left = Vec::new();
    let mut more = Vec::new();
    for (name, value) in std::mem::take(&mut entry.more) {
        let lower = name.to_lowercase();
        let own = NAMES.iter().find(|(other, _)| *other == lower).map_or(lower.as_str(), |(_, own)| *own);
        if bibliography::KEPT.contains(&own) && !more.iter().any(|(known, _)| known == own) {
            more.push((own.to_owned(), value));
        } else {
            left.push((name, value));
        }
    }
    entry.more = more;
    // Zotero writes fields it does not have into "Extra": `original-title: Документы…`.
    if let Some((_, value)) = entry
        .note
        .as_deref()
        .and_then(|note| note.split_once(':'))
        .filter(|(name, _)| name.eq_ignore_ascii_case("original-title") || name.eq_ignore_ascii_case("original title"))
        && entry.title_original.is_none()
    {
        entry.title_original = Some(value.trim().to_owned());
        entry.note = None;
    }
    if let Some(language) = entry.language.take() {
        match tag_of(&language) {
            Some(tag) => entry.language = Some(tag),
            None => left.push(("language".to_owned(), language)),
        }
    }
    if let Some(parent) = entry.parent.take() {
        let (parent, lost) = settled(*parent);
        left.extend(lost);
        entry.parent = Some(Box::new(parent));
    }
    (entry, left)
}

/// A language as BCP 47: codes stay, names of common languages are known.
fn tag_of(language: &str) -> Option<String> {
    const NAMES: [(&str, &str); 14] = [
        ("english", "en"),
        ("russian", "ru"),
        ("german", "de"),
        ("french", "fr"),
        ("polish", "pl"),
        ("italian", "it"),
        ("spanish", "es"),
        ("ukrainian", "uk"),
        ("английский", "en"),
        ("русский", "ru"),
        ("deutsch", "de"),
        ("немецкий", "de"),
        ("français", "fr"),
        ("rus", "ru"),
    ];
    let lower = language.trim().to_lowercase();
    if let Some((_, tag)) = NAMES.iter().find(|(name, _)| *name == lower) {
        return Some((*tag).to_owned());
    }
    let mut parts = language.trim().split(['-', '_']);
    let first = parts.next().filter(|first| (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic()))?;
    let rest: Vec<&str> = parts.collect();
    let sound = rest.iter().all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    sound.then(|| std::iter::once(first.to_lowercase()).chain(rest.into_iter().map(str::to_owned)).collect::<Vec<_>>().join("-"))
}

fn line_of(text: &str, byte: usize) -> usize {
    1 + text.as_bytes()[..byte.min(text.len())].iter().filter(|byte| **byte == b'\n').count()
}
