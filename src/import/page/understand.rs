//! From a page to a document: the order in which it is understood, and the proof at the end that every character went somewhere.

use super::facts::{self, Known};
use super::ledger::{Ledger, all_words};
use super::{Desk, Page, PageNote, Piece, closing, embedded, note_kind, opening, provenance, references, sections, suspects};
use crate::base::digest::sha256;
use crate::import::report::{Report, Sort};
use crate::import::shelf::Shelf;
use crate::import::text::{Block, BlockKind, Inline};
use crate::import::{Custody, Document, Expected, Imported, Original};
use crate::parse::date::{DateContext, Language};
use std::collections::{BTreeMap, BTreeSet};

/// Understands a page and adds its document. `ledger` holds the page's characters, less those the reader has accounted for.
pub fn understand(mut page: Page, original: &Original, ledger: Ledger, shelf: &mut Shelf, report: &mut Report, imported: &mut Imported) {
    let language = page.language.clone().or_else(|| language_of(&page.pieces));
    let dates = DateContext { language: language.as_deref().and_then(Language::of_tag), ..DateContext::default() };
    let mut desk = Desk { file: &original.name, report, ledger, dates };
    if page.language.is_none()
        && let Some(tag) = &language
    {
        desk.guess("the language is told by its most common words", 0, tag.as_str());
    }
    let expected_text = words_of(&page.pieces);
    let provenance = provenance::read(&page, shelf, &mut desk);
    let heading = page.title.as_ref().map(|(_, title)| title.clone()).unwrap_or_default();
    let opening = opening::find(&mut page.pieces, &heading, &mut desk);
    let mut people = facts::people(&page, &opening, &heading, &mut desk);
    let title = title_of(&page, &opening, &people, &provenance, original, &mut desk);
    let letter = opening.end > 0
        || !people.recipients.is_empty()
        || facts::kind_of_title(&title).is_some_and(|(_, kind)| matches!(kind, "letter" | "telegram" | "note"));
    let signature = closing::find(&mut page.pieces, opening.end, people.family(), letter, &mut desk);
    if let Some(name) = signature.as_deref().and_then(closing::signed_name).filter(|_| people.authors.is_empty()) {
        desk.guess("nobody is named as the author: the signature does", 0, name.as_str());
        people.authors.push(name);
    }
    sections::find(&mut page.pieces, people.family(), &mut desk);
    let within = embedded::find(&mut page.pieces, opening.end, &title, &mut desk);
    suspects::remark(&page.pieces, &mut desk);
    page.notes.iter().for_each(|note| suspects::in_blocks(&note.blocks, note.line, &mut desk));
    name_notes(&mut page, people.family(), &mut desk);
    let (notes, expected_notes) = notes_in_order(&mut page, &mut desk);
    let known = Known {
        page: &page,
        title: &title,
        opening: &opening,
        people: &people,
        within: &within,
        provenance: &provenance,
        language: provenance.language.as_deref().filter(|tag| tag.len() <= 3).or(language.as_deref()),
    };
    let front = facts::fields(&known, shelf, &mut desk);
    let mut document = Document {
        id: super::id_of(original),
        origin: (original.name.clone(), 0),
        front,
        blocks: page.pieces.iter().map(|piece| piece.block.clone()).collect(),
        notes,
        expected: Some(Expected { text: expected_text, notes: expected_notes }),
        moved: provenance.moved.clone(),
        sha256: sha256(&original.bytes),
        custody: Custody { from: page.site.clone(), url: page.url.clone(), retrieved: None },
        ..Document::default()
    };
    link_references(&mut document, &provenance, shelf, &mut desk);
    settle(&page, &provenance, &document, &mut desk);
    set_aside(&page, &provenance, &document.id, &mut desk, imported);
    imported.language = imported.language.take().or(language);
    imported.documents.push(document);
}

fn words_of(pieces: &[Piece]) -> String {
    let mut out = String::new();
    pieces.iter().for_each(|piece| all_words(std::slice::from_ref(&piece.block), &mut out));
    out
}

fn title_of(
    page: &Page,
    opening: &opening::Opening,
    people: &facts::People,
    provenance: &provenance::Provenance,
    original: &Original,
    desk: &mut Desk<'_>,
) -> String {
    if let Some((_, title)) = &page.title {
        return title.clone();
    }
    const RULE: &str = "the page has no title; one is made, for the editor to change";
    let made = if let Some(heading) = opening.headings.first() {
        super::names::lowered(heading)
    } else {
        let noun = if opening.salutation.is_some() || !people.recipients.is_empty() { "Letter" } else { "Document" };
        let to = people.recipients.first().map(|name| format!(" to {name}")).unwrap_or_default();
        match provenance.written.as_ref().map(|(words, _)| words).filter(|words| !words.is_empty()) {
            Some(words) => format!("[{noun}{to}, {words}]"),
            None if to.is_empty() => format!("[{}]", original.stem()),
            None => format!("[{noun}{to}]"),
        }
    };
    desk.guess(RULE, 0, made.as_str());
    made
}

/// The language by script and by small words; `None` when nothing decides.
fn language_of(pieces: &[Piece]) -> Option<String> {
    let words = words_of(pieces);
    let cyrillic = words.chars().filter(|letter| ('\u{400}'..='\u{4ff}').contains(letter)).count();
    let latin = words.chars().filter(char::is_ascii_alphabetic).count();
    if cyrillic > latin {
        return Some("ru".into());
    }
    const SMALL: [(&str, &[&str]); 3] = [
        ("en", &["the", "of", "and", "to", "that", "is", "with", "not", "have", "you"]),
        ("de", &["der", "die", "und", "nicht", "das", "ist", "mit", "ich", "zu", "ein"]),
        ("fr", &["le", "la", "les", "et", "que", "est", "des", "pas", "vous", "une"]),
    ];
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in words.split(|letter: char| !letter.is_alphabetic()) {
        for (tag, small) in SMALL {
            if small.contains(&word) {
                *counts.entry(tag).or_default() += 1;
            }
        }
    }
    let mut ranked: Vec<(usize, &str)> = counts.into_iter().map(|(tag, count)| (count, tag)).collect();
    ranked.sort_unstable();
    let (count, tag) = ranked.pop()?;
    let second = ranked.pop().map_or(0, |(count, _)| count);
    (count >= 3 && count > 2 * second).then(|| tag.to_owned())
}

/// Gives each note the label it is printed with: its mark, and its kind when it is not an editor's.
fn name_notes(page: &mut Page, author: Option<&str>, desk: &mut Desk<'_>) {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for note in &mut page.notes {
        let mut mark = bare_mark(&note.label).to_owned();
        let mut opening = String::new();
        all_words(&note.blocks, &mut opening);
        if let Some((sign, said)) = note_kind::flattened(&mut note.blocks) {
            desk.ledger.form(&said);
            desk.guess(
                "the printed sign of a note, written into its text by the copy, is its mark again",
                note.line,
                format!("{said} → {sign}"),
            );
            mark = sign;
        }
        let signed = note_kind::read(&mut note.blocks, author);
        if let Some(signed) = &signed {
            if signed.taken {
                desk.ledger.form(&signed.sign);
            }
            let fate = if signed.taken { "taken out, since the series of editors’ notes prints it" } else { "kept in the text" };
            desk.guess("the sign at the end of a note says who speaks", note.line, format!("{} → {} ({fate})", signed.sign, signed.kind));
        }
        let kind = signed.map(|signed| signed.kind).filter(|kind| *kind != "editor");
        let wanted = kind.filter(|_| !mark.contains(':')).map_or(mark.clone(), |kind| format!("{kind}:{mark}"));
        let free =
            std::iter::once(wanted.clone()).chain((2..).map(|number| format!("{wanted}-{number}"))).find(|label| !taken.contains(label));
        let label = free.unwrap_or(wanted.clone());
        if label != wanted {
            desk.guess(
                "two notes have one mark; the later gets the next mark of its series",
                note.line,
                format!("{wanted}: {}", crate::base::text::head(&crate::base::text::squeeze(&opening), 50).0),
            );
        }
        taken.insert(label.clone());
        names.insert(note.label.clone(), label.clone());
        note.label = label;
    }
    let mut rename = |text: &mut Vec<Inline>| rename_in(text, &names);
    page.pieces.iter_mut().for_each(|piece| each_text(std::slice::from_mut(&mut piece.block), &mut rename));
    page.notes.iter_mut().for_each(|note| each_text(&mut note.blocks, &mut rename));
}

/// A reader tells notes with one mark apart by `1~2`.
fn bare_mark(label: &str) -> &str {
    label.split_once('~').map_or(label, |(mark, _)| mark)
}

fn rename_in(text: &mut [Inline], names: &BTreeMap<String, String>) {
    for inline in text {
        match inline {
            Inline::Note(label) => {
                if let Some(name) = names.get(label) {
                    label.clone_from(name);
                }
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) | Inline::Annotated { words: inner, .. } => {
                rename_in(inner, names)
            }
            _ => {}
        }
    }
}

/// Calls `with` for each run of text in blocks.
pub fn each_text(blocks: &mut [Block], with: &mut impl FnMut(&mut Vec<Inline>)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading(_, text) => with(text),
            BlockKind::Quote(blocks) => each_text(blocks, with),
            BlockKind::Bullets(items) => items.iter_mut().for_each(|blocks| each_text(blocks, with)),
            BlockKind::Numbered(_, items) => items.iter_mut().for_each(|(_, blocks)| each_text(blocks, with)),
            BlockKind::Table(_, rows) => rows.iter_mut().flatten().for_each(&mut *with),
            BlockKind::Stars | BlockKind::Code(_) => {}
        }
    }
}

fn marks_in(text: &[Inline], out: &mut Vec<String>) {
    for inline in text {
        match inline {
            Inline::Note(label) => out.push(label.clone()),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) | Inline::Annotated { words: inner, .. } => {
                marks_in(inner, out)
            }
            _ => {}
        }
    }
}

/// Notes in the order in which the text, then the notes themselves, refer to them; a note without a mark is set aside.
fn notes_in_order(page: &mut Page, desk: &mut Desk<'_>) -> (Vec<(String, Vec<Block>)>, String) {
    let mut order: Vec<String> = Vec::new();
    for piece in &mut page.pieces {
        each_text(std::slice::from_mut(&mut piece.block), &mut |text| marks_in(text, &mut order));
    }
    let mut notes: Vec<(String, Vec<Block>)> = Vec::new();
    let mut left: Vec<PageNote> = std::mem::take(&mut page.notes);
    let mut at = 0;
    while at < order.len() {
        if let Some(found) = left.iter().position(|note| note.label == order[at]) {
            let mut note = left.remove(found);
            each_text(&mut note.blocks, &mut |text| marks_in(text, &mut order));
            notes.push((note.label, note.blocks));
        }
        at += 1;
    }
    for note in left {
        let mut words = String::new();
        all_words(&note.blocks, &mut words);
        let words = words.trim().to_owned();
        let text = format!("[{}] {words}", note.label);
        desk.report.say(Sort::Broken, "no mark in the text leads to a note; it is set aside", desk.file, note.line, text);
        page.aside.push(("a note without a mark in the text", note.line, format!("[{}] {words}", note.label)));
        desk.ledger.aside(&words);
    }
    let mut expected = String::new();
    notes.iter().for_each(|(_, blocks)| all_words(blocks, &mut expected));
    (notes, expected)
}

fn link_references(document: &mut Document, provenance: &provenance::Provenance, shelf: &mut Shelf, desk: &mut Desk<'_>) {
    let mut said: Vec<(String, Option<String>)> = Vec::new();
    let mut key = |volume: Option<&str>| match volume {
        None => provenance.work.as_ref().map(|(key, _)| key.clone()),
        Some(volume) => provenance.volume(volume, shelf),
    };
    let mut seen = |words: &str, target: Option<&str>| said.push((words.to_owned(), target.map(str::to_owned)));
    references::link(&mut document.blocks, &mut key, &mut seen);
    for (_, blocks) in &mut document.notes {
        references::link(blocks, &mut key, &mut seen);
    }
    for (words, target) in said {
        match target {
            Some(target) => {
                desk.guess("“this volume” and “present edition” are the printed source of the page", 0, format!("{words} → {target}"))
            }
            None => desk.puzzled("a reference relative to a book that the page does not name stays words", 0, words),
        }
    }
}

/// Strikes out what stands in the document and its fields, and says what is left.
fn settle(page: &Page, provenance: &provenance::Provenance, document: &Document, desk: &mut Desk<'_>) {
    desk.ledger.text(&document.blocks);
    document.notes.iter().for_each(|(_, blocks)| desk.ledger.text(blocks));
    for (_, words) in page.title.iter().chain(&page.author) {
        desk.ledger.field(words);
    }
    for labelled in &page.labels {
        desk.ledger.form(&labelled.printed);
        if provenance.left.iter().any(|(_, line, words)| *line == labelled.line && words.ends_with(labelled.value.trim())) {
            desk.ledger.aside(&labelled.value);
        } else {
            desk.ledger.field(&labelled.value);
        }
    }
    let (lost, letters) = desk.ledger.lost();
    if lost > 0 {
        desk.report.say(
            Sort::Lost,
            "characters of the page that are neither in the document nor set aside",
            desk.file,
            0,
            format!("{lost}: {letters}"),
        );
    }
    let (invented, letters) = desk.ledger.invented();
    if invented > 0 {
        desk.report.say(
            Sort::Changed,
            "characters of the document that the page does not have",
            desk.file,
            0,
            format!("{invented}: {letters}"),
        );
    }
}

/// What belongs to no document goes to a file of its own, each thing with its rule and line.
fn set_aside(page: &Page, provenance: &provenance::Provenance, id: &str, desk: &mut Desk<'_>, imported: &mut Imported) {
    let file = desk.file.rsplit(['/', '\\']).next().unwrap_or(desk.file);
    let mut all: Vec<&(&'static str, usize, String)> = page.aside.iter().chain(&provenance.left).collect();
    all.sort_by_key(|(_, line, _)| *line);
    if all.is_empty() {
        return;
    }
    let mut text = format!("# Words of {} that are no part of the document\n", file);
    for (rule, line, words) in all {
        let place = if *line == 0 { String::new() } else { format!(", line {line}") };
        text.push_str(&format!("\n# {rule}{place}\n{words}\n"));
        desk.report.say(Sort::SetAside, rule, desk.file, *line, words.as_str());
    }
    imported.aside.push((format!("{id}.txt"), text));
}
